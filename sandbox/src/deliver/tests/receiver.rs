//! Receivers: one that answers as it is told, one that proves, and ones that do not behave.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use axum::routing::post;
use bytes::Bytes;
use hookproof::axum::VerifiedBytes;
use hookproof::replay::MemoryStore;
use hookproof::scheme::Scheme;
use hookproof::{Endpoint, Secret, Verifier, providers};
use http::{HeaderMap, StatusCode};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::SECRET;
use crate::provider::Provider;

/// A request as it came.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// A server that answers each request with what it is told, and keeps it.
pub(super) struct Receiver {
    pub(super) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    server: JoinHandle<()>,
}

impl Receiver {
    /// Answers the request of this count, from 1, with this status.
    pub(super) async fn answering(
        status: impl Fn(usize) -> u16 + Clone + Send + Sync + 'static,
    ) -> Self {
        Self::responding(move |count| {
            let status = StatusCode::from_u16(status(count)).expect("a status");
            let mut response = Response::new(Body::empty());
            *response.status_mut() = status;
            response
        })
        .await
    }

    pub(super) async fn responding(
        respond: impl Fn(usize) -> Response + Clone + Send + Sync + 'static,
    ) -> Self {
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let count = Arc::new(AtomicUsize::new(0));
        let kept = Arc::clone(&seen);
        let router = Router::new().fallback(move |request: Request| async move {
            if let Some(request) = read(request).await {
                lock(&kept).push(request);
            }
            respond(count.fetch_add(1, Ordering::SeqCst) + 1)
        });
        let (address, server) = serve(router).await;
        Self {
            url: format!("http://{address}/hook"),
            seen,
            server,
        }
    }

    /// The requests that came whole, in the order in which they did.
    pub(super) fn seen(&self) -> Vec<Seen> {
        lock(&self.seen).clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// `None`: its body broke off.
async fn read(request: Request) -> Option<Seen> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.ok()?;
    Some(Seen {
        path: parts.uri.to_string(),
        headers: parts.headers,
        body,
    })
}

pub(super) async fn serve(router: Router) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = tokio::spawn(async move {
        let _ = axum::serve(listener, router).await;
    });
    (address.to_string(), server)
}

/// The scheme by which a provider's deliveries are to be proven.
pub(super) fn scheme(provider: Provider) -> &'static Scheme {
    match provider {
        Provider::Sendmux => &providers::SENDMUX_V2,
        Provider::MailingApi => &providers::MAILINGAPI,
        Provider::SendKit => &providers::SENDKIT,
        Provider::JetEmail => &providers::JETEMAIL,
        Provider::Sent => &providers::SENT,
    }
}

/// A path `/hook` that proves deliveries and handles each once, telling of each that it handles; the
/// handler answers with what it is told back.
pub(super) fn proving(
    scheme: &'static Scheme,
    store: MemoryStore,
    handle: impl Fn(&Bytes) -> StatusCode + Clone + Send + Sync + 'static,
) -> Router {
    let verifier = Verifier::new(scheme, Secret::new(SECRET)).expect("a verifier");
    let endpoint = Endpoint::builder(scheme.slug(), verifier)
        .replay(store)
        .build()
        .expect("an endpoint");
    let handler = endpoint.handler(move |body: VerifiedBytes| {
        let status = handle(&body);
        async move { status }
    });
    Router::new().route("/hook", post(handler))
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
