//! An endpoint in front of a handler, behind each driver: the tower layer and the axum adapter.

use std::convert::Infallible;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use hookproof::replay::{LeaseWatch, ReplayGuard};
use hookproof::scheme::Scheme;
use hookproof::{Endpoint, EndpointBuilder, Proven, ReplayDecided, VerifiedBody};
use http::{Request, Response, StatusCode};
use http_body::Body;
use http_body_util::Full;
use tokio::task::JoinHandle;
use tower::{Layer, Service, ServiceExt, service_fn};

use crate::support::clock::Fixed;
use crate::support::delivered::{Delivered, NOW};
use crate::support::http::{outward, request};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Driver {
    #[cfg(feature = "axum")]
    Adapter,
    #[cfg(feature = "axum")]
    DetachedAdapter,
    DetachedLayer,
    Layer,
}

/// Those that run the handler in the request's own task.
pub(crate) const ATTACHED: &[Driver] = &[
    #[cfg(feature = "axum")]
    Driver::Adapter,
    Driver::Layer,
];

/// Those that run it in a task of its own.
pub(crate) const DETACHED: &[Driver] = &[
    #[cfg(feature = "axum")]
    Driver::DetachedAdapter,
    Driver::DetachedLayer,
];

pub(crate) fn all() -> impl Iterator<Item = Driver> {
    ATTACHED.iter().chain(DETACHED).copied()
}

/// One call of the handler.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// Which call it is, from 1.
    pub(crate) nth: usize,
    pub(crate) proven: Proven,
    pub(crate) lease: Option<LeaseWatch>,
}

impl Job {
    pub(crate) fn lease(&self) -> LeaseWatch {
        self.lease.clone().expect("a guard is in front")
    }
}

/// What the sender is told.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<u64>,
    pub(crate) body: Bytes,
}

pub(crate) const HANDLED: &str = "handled";

impl Reply {
    /// Whether it comes from the handler.
    pub(crate) fn is_handlers(&self) -> bool {
        self.body == HANDLED
    }

    /// Whether it asks to come back soon.
    pub(crate) fn is_not_now(&self) -> bool {
        self.status == 503
            && self.body.is_empty()
            && self.retry_after.is_some_and(|secs| (1..=5).contains(&secs))
    }

    /// Whether it says that the delivery was handled before.
    pub(crate) fn is_duplicate(&self) -> bool {
        self.status == 200 && self.body.is_empty() && self.retry_after.is_none()
    }
}

type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type Handle = Arc<dyn Fn(Job) -> Later<u16> + Send + Sync>;

/// Copies are one receiver.
#[derive(Clone)]
pub(crate) struct App {
    send: Arc<dyn Fn(Request<Bytes>) -> Later<Reply> + Send + Sync>,
    calls: Arc<AtomicUsize>,
}

impl App {
    /// A receiver whose handler answers with that status.
    pub(crate) fn new<F>(
        driver: Driver,
        endpoint: &Endpoint,
        handler: impl Fn(Job) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = u16> + Send + 'static,
    {
        let calls = Arc::new(AtomicUsize::new(0));
        let handle: Handle = Arc::new(move |job| Box::pin(handler(job)));
        let counted = Counted {
            calls: Arc::clone(&calls),
            handle,
        };
        let send = match driver {
            Driver::Layer => erased(endpoint.layer().layer(counted.service())),
            Driver::DetachedLayer => erased(endpoint.layer().detached().layer(counted.service())),
            #[cfg(feature = "axum")]
            Driver::Adapter => counted.adapter(endpoint, false),
            #[cfg(feature = "axum")]
            Driver::DetachedAdapter => counted.adapter(endpoint, true),
        };
        Self { send, calls }
    }

    /// One whose handler is done at once.
    pub(crate) fn quick(driver: Driver, endpoint: &Endpoint) -> Self {
        Self::new(driver, endpoint, |_| async { 200 })
    }

    /// How often the handler was called.
    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    pub(crate) fn send(&self, delivered: &Delivered) -> Later<Reply> {
        let body = Bytes::from(delivered.body.clone());
        (self.send)(request(delivered.headers.clone(), body))
    }

    /// Sends from a task of its own, so that a panic stays there.
    pub(crate) fn spawn(&self, delivered: &Delivered) -> JoinHandle<Reply> {
        tokio::spawn(self.send(delivered))
    }
}

#[derive(Clone)]
struct Counted {
    calls: Arc<AtomicUsize>,
    handle: Handle,
}

impl Counted {
    fn call(&self, proven: Proven, lease: Option<LeaseWatch>) -> Later<Response<Full<Bytes>>> {
        let nth = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        let work = (self.handle)(Job { nth, proven, lease });
        Box::pin(async move {
            let mut answer = Response::new(Full::from(HANDLED));
            *answer.status_mut() = StatusCode::from_u16(work.await).expect("a status");
            answer
        })
    }

    fn service(
        self,
    ) -> impl Service<
        Request<VerifiedBody>,
        Response = Response<Full<Bytes>>,
        Error = Infallible,
        Future: Send + 'static,
    > + Clone
    + Send
    + Sync {
        service_fn(move |request: Request<VerifiedBody>| {
            let extensions = request.extensions();
            let proven = Proven::of(extensions).expect("a proof").clone();
            let work = self.call(proven, LeaseWatch::of(extensions).cloned());
            async move { Ok(work.await) }
        })
    }

    #[cfg(feature = "axum")]
    fn adapter(
        self,
        endpoint: &Endpoint,
        detached: bool,
    ) -> Arc<dyn Fn(Request<Bytes>) -> Later<Reply> + Send + Sync> {
        use axum::body::Body;
        use axum::{Router, routing::post};

        let webhook = endpoint.handler(
            move |proven: Proven, lease: Option<LeaseWatch>| async move {
                self.call(proven, lease).await.map(Body::new)
            },
        );
        let webhook = if detached {
            webhook.detached()
        } else {
            webhook
        };
        let app: Router = Router::new().route("/", post(webhook));
        erased(app.map_request(|sent: Request<Full<Bytes>>| sent.map(Body::new)))
    }
}

fn erased<S, B>(service: S) -> Arc<dyn Fn(Request<Bytes>) -> Later<Reply> + Send + Sync>
where
    S: Service<Request<Full<Bytes>>, Response = Response<B>, Error = Infallible>,
    S: Clone + Send + Sync + 'static,
    S::Future: Send,
    B: Body<Data = Bytes> + Send,
    B::Error: Debug,
{
    Arc::new(move |request| {
        let answering = service.clone().oneshot(request.map(Full::new));
        Box::pin(async move {
            let (status, headers, body) = outward(answering.await.expect("infallible")).await;
            let retry_after = headers.get("retry-after").map(|value| {
                let text = value.to_str().expect("a text");
                text.parse().expect("seconds")
            });
            Reply {
                status: status.as_u16(),
                retry_after,
                body,
            }
        })
    })
}

/// An endpoint of that scheme at the time at which deliveries are signed here.
pub(crate) fn builder(
    scheme: &Scheme,
    guard: impl Into<ReplayGuard>,
) -> EndpointBuilder<ReplayDecided> {
    let verifier = Delivered::signed(scheme).verifier;
    Endpoint::builder("hooks", verifier.with_clock(Fixed::at(NOW))).replay(guard)
}

pub(crate) fn guarded(scheme: &Scheme, guard: impl Into<ReplayGuard>) -> Endpoint {
    builder(scheme, guard).build().expect("a sound endpoint")
}
