//! Receivers of `mailingapi` behind hyper on a loopback port, with the layer or the axum adapter in
//! front of a handler that counts its calls by path.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::routing::{get, post};
use hookproof::axum::VerifiedBytes;
use hookproof::replay::MemoryStore;
use hookproof::{Endpoint, Secret, VerifiedBody, Verifier, providers};
use http::{Method, Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncWriteExt as _, copy, sink};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tower::util::BoxCloneSyncService;
use tower::{Layer as _, ServiceExt as _, service_fn};

use crate::wire::expect::Target;
use crate::wire::row::{CAP, Row, SECRET};

/// Deliveries go below it: what follows is counted apart.
const HOOKS: &str = "/hooks/";

/// For how long what a sender still has under way is taken off the wire after the last answer.
const LINGER: Duration = Duration::from_secs(1);

/// What stands behind a connection.
pub(crate) type App = BoxCloneSyncService<Request<Incoming>, Response<Body>, Infallible>;

/// How often the handler was called, by path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calls(Arc<Mutex<BTreeMap<String, usize>>>);

/// The ways to put an endpoint in front of the handler.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Front {
    Layer,
    Adapter,
}

impl Front {
    pub(crate) const ALL: [Self; 2] = [Self::Layer, Self::Adapter];

    pub(crate) fn app(self, endpoint: &Endpoint, calls: &Calls) -> App {
        match self {
            Self::Layer => layered(endpoint, calls.clone()),
            Self::Adapter => adapted(endpoint, calls.clone()),
        }
    }
}

/// The receiver that the rows are written for.
pub(crate) fn receiver(body_deadline: Duration) -> Endpoint {
    let verifier = Verifier::new(&providers::MAILINGAPI, Secret::new(SECRET));
    Endpoint::builder("mailingapi", verifier.expect("a usable secret"))
        .body_limit(CAP)
        .body_deadline(body_deadline)
        .replay(MemoryStore::default())
        .build()
        .expect("a sound endpoint")
}

/// The receiver that the rows are written for, twice: with a short deadline for the bodies of rows
/// that nothing good can come of, some of which wait for it, and with a long one for the others, so
/// that a machine that is slow by itself does not refuse what is good.
pub(crate) struct Receivers {
    patient: SocketAddr,
    hasty: SocketAddr,
}

impl Receivers {
    pub(crate) async fn serve(front: Front, calls: &Calls, haste: Duration) -> Self {
        let at = async |deadline| {
            let app = front.app(&receiver(deadline), calls);
            serve(app, Version::Http1).await
        };
        Self {
            patient: at(Duration::from_secs(20)).await,
            hasty: at(haste).await,
        }
    }

    /// Where a row is sent to.
    pub(crate) fn target(&self, row: &Row) -> Target {
        let is_good = row.expect.responses.iter().flatten().any(|it| *it == 200);
        Target {
            address: if is_good { self.patient } else { self.hasty },
            path: path(&row.id),
        }
    }
}

/// The path whose calls are counted under a name.
pub(crate) fn path(name: &str) -> String {
    format!("{HOOKS}{name}")
}

impl Calls {
    fn count(&self, path: &str) {
        let mut calls = self.0.lock().expect("no panic");
        *calls.entry(path.to_owned()).or_default() += 1;
    }

    pub(crate) fn of(&self, path: &str) -> usize {
        let calls = self.0.lock().expect("no panic");
        calls.get(path).copied().unwrap_or_default()
    }

    pub(crate) fn all(&self) -> usize {
        self.0.lock().expect("no panic").values().sum()
    }
}

/// The layer on what hyper gives, with nothing between.
fn layered(endpoint: &Endpoint, calls: Calls) -> App {
    let handler = service_fn(move |request: Request<VerifiedBody>| {
        calls.count(request.uri().path());
        async { Ok::<_, Infallible>(Response::new(Body::empty())) }
    });
    let hook = endpoint.layer().layer(handler);
    BoxCloneSyncService::new(service_fn(move |request: Request<Incoming>| {
        let hook = hook.clone();
        let is_hook = request.uri().path().starts_with(HOOKS);
        async move {
            let status = match *request.method() {
                Method::POST if is_hook => return hook.oneshot(request).await,
                _ if is_hook => StatusCode::METHOD_NOT_ALLOWED,
                Method::GET if request.uri().path() == "/" => StatusCode::OK,
                _ => StatusCode::NOT_FOUND,
            };
            let mut response = Response::new(Body::empty());
            *response.status_mut() = status;
            Ok(response)
        }
    }))
}

fn adapted(endpoint: &Endpoint, calls: Calls) -> App {
    let handler = move |_: VerifiedBytes, Path(name): Path<String>| async move {
        calls.count(&path(&name));
    };
    let app: Router = Router::new()
        .route("/hooks/{name}", post(endpoint.handler(handler)))
        .route("/", get(|| async {}));
    BoxCloneSyncService::new(app)
}

/// Serves HTTP/1.1, or HTTP/2, for as long as the runtime lives.
pub(crate) async fn serve(app: App, version: Version) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let app = app.clone();
            tokio::spawn(async move {
                match version {
                    Version::Http1 => http1(stream, app).await,
                    Version::Http2 => http2(stream, app).await,
                }
            });
        }
    });
    address
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Version {
    Http1,
    Http2,
}

/// Reads on for a moment after the last answer: a system that closes with bytes unread resets the
/// connection, and on some the reset overtakes the answer.
async fn http1(stream: TcpStream, app: App) {
    stream.set_nodelay(true).expect("an option");
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(app));
    // What goes wrong with a connection is its sender's.
    let _ = poll_fn(|cx| connection.poll_without_shutdown(cx)).await;
    let mut stream = connection.into_parts().io.into_inner();
    if stream.shutdown().await.is_ok() {
        let unread = async { copy(&mut stream, &mut sink()).await };
        let _ = timeout(LINGER, unread).await;
    }
}

async fn http2(stream: TcpStream, app: App) {
    let _ = http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(app))
        .await;
}
