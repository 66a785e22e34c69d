//! A platform with tenants behind each driver, at a clock that a test moves.

use std::convert::Infallible;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use hookproof::scheme::Scheme;
use hookproof::tenants::{TenantAt, Tenants};
use hookproof::{
    Clock as _, Endpoint, EndpointBuilder, Proven, Receipt, ReplayDecided, VerifiedBody,
    VerifyErrorKind, providers,
};
use http::{HeaderMap, Request, Response};
use http_body::Body;
use http_body_util::Full;
use tokio::task::JoinHandle;
use tower::{Layer, Service, ServiceExt, service_fn};

use super::clock::Moved;
use super::register::{Register, secret_of};
use crate::support::delivered::{Delivered, NOW};
use crate::support::http::{Scripted, outward};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Driver {
    #[cfg(feature = "axum")]
    Adapter,
    Layer,
}

pub(crate) const DRIVERS: &[Driver] = &[
    #[cfg(feature = "axum")]
    Driver::Adapter,
    Driver::Layer,
];

/// What the sender is told.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    /// Whether it comes from the handler.
    pub(crate) fn is_handlers(&self) -> bool {
        self.status == 200 && self.body == "handled"
    }

    /// Whether it is what refusals of authenticity have in common.
    pub(crate) fn is_refusal(&self) -> bool {
        self.status == 401 && self.body.is_empty() && !self.headers.contains_key("retry-after")
    }

    /// Whether it asks to come back later.
    pub(crate) fn is_unavailable(&self) -> bool {
        let later = self.headers.get("retry-after");
        self.status == 503 && self.body.is_empty() && later.is_some_and(|it| it == "30")
    }
}

pub(crate) type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type Post = Arc<dyn Fn(Request<Scripted>) -> Later<Reply> + Send + Sync>;
type Told = (VerifyErrorKind, Option<String>);

#[derive(Clone)]
pub(crate) struct Platform {
    scheme: Scheme,
    pub(crate) register: Register,
    pub(crate) clock: Moved,
    pub(crate) endpoint: Endpoint,
    send: Post,
    handled: Arc<Mutex<Vec<Receipt>>>,
    refused: Arc<Mutex<Vec<Told>>>,
}

impl Platform {
    /// Stripe's deliveries, with all that has a default.
    pub(crate) fn new(driver: Driver) -> Self {
        Self::with(driver, |tenants| tenants)
    }

    pub(crate) fn with(driver: Driver, set: impl FnOnce(Tenants) -> Tenants) -> Self {
        Self::of(&providers::STRIPE, driver, set)
    }

    pub(crate) fn of(
        scheme: &Scheme,
        driver: Driver,
        set: impl FnOnce(Tenants) -> Tenants,
    ) -> Self {
        let unguarded = EndpointBuilder::without_replay_guard;
        Self::built(scheme, driver, set, unguarded)
    }

    pub(crate) fn built(
        scheme: &Scheme,
        driver: Driver,
        set: impl FnOnce(Tenants) -> Tenants,
        build: impl FnOnce(EndpointBuilder) -> EndpointBuilder<ReplayDecided>,
    ) -> Self {
        let register = Register::default();
        let clock = Moved::at(NOW);
        let at = TenantAt::path("/hooks/{tenant}");
        let tenants = Tenants::new(scheme, at, register.clone()).clock(clock.clone());
        let refused: Arc<Mutex<Vec<Told>>> = Arc::default();
        let hears = Arc::clone(&refused);
        let endpoint = build(Endpoint::for_tenants("hooks", set(tenants)))
            .on_refusal(move |refusal| {
                let tenant = refusal.error().tenant().map(str::to_owned);
                let told = (refusal.error().kind(), tenant);
                hears.lock().expect("not poisoned").push(told);
            })
            .build()
            .expect("a sound endpoint");
        let handled = Arc::default();
        let send = mounted(driver, &endpoint, &handled);
        Self {
            scheme: *scheme,
            register,
            clock,
            endpoint,
            send,
            handled,
            refused,
        }
    }

    /// A good delivery for a tenant, signed now under its own secret.
    pub(crate) fn delivery(&self, tenant: &str) -> Delivered {
        self.delivery_under(&secret_of(tenant))
    }

    /// A delivery signed now under that secret.
    pub(crate) fn delivery_under(&self, secret: &str) -> Delivered {
        let mut delivered = Delivered::signed(&self.scheme);
        delivered.secret = secret.to_owned();
        delivered.now = self.clock.now().expect("a reading").as_secs();
        delivered.sign();
        delivered
    }

    /// Sends a delivery to the address of a tenant.
    pub(crate) fn send(&self, tenant: &str, delivered: &Delivered) -> Later<Reply> {
        self.post(addressed(tenant, delivered))
    }

    pub(crate) fn post(&self, request: Request<Scripted>) -> Later<Reply> {
        (self.send)(request)
    }

    /// Sends a tenant its own delivery.
    pub(crate) fn serve(&self, tenant: &str) -> Later<Reply> {
        self.send(tenant, &self.delivery(tenant))
    }

    /// The same from a task of its own.
    pub(crate) fn spawn(&self, tenant: &str) -> JoinHandle<Reply> {
        tokio::spawn(self.serve(tenant))
    }

    /// The receipts of what was handled.
    pub(crate) fn receipts(&self) -> Vec<Receipt> {
        self.handled.lock().expect("not poisoned").clone()
    }

    /// How many deliveries were handled.
    pub(crate) fn handled(&self) -> usize {
        self.receipts().len()
    }

    /// What the operator was told of refusals since this was asked last.
    pub(crate) fn refusals(&self) -> Vec<Told> {
        std::mem::take(&mut *self.refused.lock().expect("not poisoned"))
    }

    /// The kind of the one refusal since then.
    #[track_caller]
    pub(crate) fn refusal(&self) -> VerifyErrorKind {
        let refusals = self.refusals();
        assert_eq!(refusals.len(), 1, "{refusals:?}");
        refusals[0].0
    }
}

/// A delivery on its way to a tenant.
pub(crate) fn addressed(tenant: &str, delivered: &Delivered) -> Request<Scripted> {
    let mut request = Request::post(format!("/hooks/{tenant}"))
        .body(Scripted::data(&delivered.body))
        .expect("a request");
    *request.headers_mut() = delivered.headers.clone();
    request
}

fn mounted(driver: Driver, endpoint: &Endpoint, handled: &Arc<Mutex<Vec<Receipt>>>) -> Post {
    let handled = Arc::clone(handled);
    let note = move |proven: &Proven| {
        let receipt = proven.receipt().clone();
        handled.lock().expect("not poisoned").push(receipt);
    };
    match driver {
        Driver::Layer => erased(endpoint.layer().layer(service_fn(
            move |request: Request<VerifiedBody>| {
                note(Proven::of(request.extensions()).expect("a proof"));
                async { Ok::<_, Infallible>(Response::new(Full::from("handled"))) }
            },
        ))),
        #[cfg(feature = "axum")]
        Driver::Adapter => {
            use axum::{Router, body, routing::post};
            let webhook = endpoint.handler(move |proven: Proven| async move {
                note(&proven);
                "handled"
            });
            let app: Router = Router::new().route("/{*rest}", post(webhook));
            erased(app.map_request(|sent: Request<Scripted>| sent.map(body::Body::new)))
        }
    }
}

fn erased<S, B>(service: S) -> Post
where
    S: Service<Request<Scripted>, Response = Response<B>, Error = Infallible>,
    S: Clone + Send + Sync + 'static,
    S::Future: Send,
    B: Body<Data = Bytes> + Send,
    B::Error: Debug,
{
    Arc::new(move |request| {
        let answering = service.clone().oneshot(request);
        Box::pin(async move {
            let (status, headers, body) = outward(answering.await.expect("infallible")).await;
            Reply {
                status: status.as_u16(),
                headers,
                body,
            }
        })
    })
}
