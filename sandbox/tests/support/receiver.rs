//! A receiver that proves what it is sent, at `/PROVIDER`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    dead_code,
    reason = "helpers fail the test that calls them, and not every test calls all of them"
)]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::routing::post;
use hookproof::axum::VerifiedBytes;
use hookproof::replay::MemoryStore;
use hookproof::scheme::Scheme;
use hookproof::{Endpoint, Secret, Verifier, providers};
use hookproof_sandbox::{Provider, Running};
use http::StatusCode;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::ask;

/// One that is registered, and that serves.
#[derive(Debug)]
pub(crate) struct Receiver {
    /// The subscription's id.
    pub(crate) id: String,
    handled: Arc<AtomicUsize>,
}

impl Receiver {
    /// Registers at a provider under this name, for this event, and answers the deliveries that are
    /// proven: the first with this status, the second with the next, and from then on with 200.
    pub(crate) async fn register(
        sandbox: &Running,
        provider: Provider,
        name: &str,
        event: &str,
        statuses: &'static [u16],
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let url = format!("http://{address}/{provider}");
        let created = create(sandbox.address(), provider, name, &url, event).await;
        let handled = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&handled);
        let answer = move || {
            let number = count.fetch_add(1, Ordering::SeqCst);
            let status = statuses.get(number).copied().unwrap_or(200);
            StatusCode::from_u16(status).expect("a status")
        };
        let router = proving(provider, &created.secret, answer);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            id: created.id,
            handled,
        }
    }

    /// How often its handler has run.
    pub(crate) fn handled(&self) -> usize {
        self.handled.load(Ordering::SeqCst)
    }
}

struct Created {
    id: String,
    secret: String,
}

async fn create(
    sandbox: SocketAddr,
    provider: Provider,
    name: &str,
    url: &str,
    event: &str,
) -> Created {
    let (path, key, body, id, secret) = match provider {
        Provider::Sendmux => (
            "/sendmux/api/v1/webhooks",
            ("authorization", "Bearer smx_root_1"),
            json!({ "name": name, "url": url, "event_types": [event] }),
            "/data/id",
            "/data/secret",
        ),
        Provider::MailingApi => (
            "/mailingapi/v1/webhooks",
            ("authorization", "Bearer key"),
            json!({ "description": name, "url": url, "events": [event] }),
            "/id",
            "/secret",
        ),
        Provider::SendKit => (
            "/sendkit/v1/webhooks",
            ("x-api-key", "sk_1"),
            json!({ "name": name, "url": url, "events": [event] }),
            "/data/_id",
            "/data/secret",
        ),
        Provider::JetEmail => (
            "/jetemail/webhooks",
            ("authorization", "Bearer api_1"),
            json!({ "name": name, "url": url, "events": [event] }),
            "/webhook/uuid",
            "/webhook/secret",
        ),
        Provider::Sent => (
            "/sent/v3/webhooks",
            ("x-api-key", "sk_test_1"),
            json!({ "display_name": name, "endpoint_url": url, "event_types": [event] }),
            "/data/id",
            "/data/signing_secret",
        ),
        other => panic!("no such provider: {other}"),
    };
    let headers = [key, ("content-type", "application/json")];
    let answer = ask::send(sandbox, "POST", path, &headers, &body.to_string()).await;
    let answer = answer.json();
    let text = |at| {
        let text = answer.pointer(at).and_then(Value::as_str);
        let text = text.unwrap_or_else(|| panic!("{provider}: no {at} in {answer}"));
        text.to_owned()
    };
    Created {
        id: text(id),
        secret: text(secret),
    }
}

fn proving(
    provider: Provider,
    secret: &str,
    answer: impl Fn() -> StatusCode + Clone + Send + Sync + 'static,
) -> Router {
    let scheme: &'static Scheme = match provider {
        Provider::Sendmux => &providers::SENDMUX_V2,
        Provider::MailingApi => &providers::MAILINGAPI,
        Provider::SendKit => &providers::SENDKIT,
        Provider::JetEmail => &providers::JETEMAIL,
        _ => &providers::SENT,
    };
    let verifier = Verifier::new(scheme, Secret::new(secret)).expect("a verifier");
    let endpoint = Endpoint::builder(scheme.slug(), verifier)
        .replay(MemoryStore::default())
        .build()
        .expect("an endpoint");
    let handler = endpoint.handler(move |_: VerifiedBytes| {
        let status = answer();
        async move { status }
    });
    Router::new().route(&format!("/{provider}"), post(handler))
}
