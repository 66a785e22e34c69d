//! Receivers inside of the test, one that is sound and ones that are weak on purpose. They write
//! the lines of the example.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::{MethodRouter, post};
use hookproof::axum::VerifiedBytes;
use hookproof::replay::MemoryStore;
use hookproof::{Endpoint, Secret, Verifier};
use serde_json::{Value, json};

use super::support::process::{accepted, refused};
use super::webhooks::{Webhook, preset};

/// What a receiver does before it handles a delivery.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Care {
    /// It proves the delivery, and remembers it.
    Sound,
    /// It proves the delivery alone.
    WithoutReplayGuard,
    /// Nothing.
    WithoutVerification,
}

/// What a receiver has written.
#[derive(Clone, Default)]
pub(crate) struct Lines(Arc<Mutex<Vec<Value>>>);

impl Lines {
    fn write(&self, line: Value) {
        self.0.lock().expect("no panic").push(line);
    }

    pub(crate) fn all(&self) -> Vec<Value> {
        self.0.lock().expect("no panic").clone()
    }
}

/// A receiver of these webhooks.
pub(crate) fn router(care: Care, webhooks: &[Webhook], lines: &Lines) -> Router {
    let webhooks = webhooks.iter();
    webhooks.fold(Router::new(), |router, webhook| {
        let slug = preset(webhook.provider).slug();
        let handled = lines.clone();
        let handle = move |body: &[u8]| {
            let (event, id) = named(body);
            handled.write(accepted(slug, event.as_deref(), id.as_deref()));
            StatusCode::OK
        };
        let receive = match care {
            Care::WithoutVerification => post(async move |body: Bytes| handle(&body)),
            _ => proving(care, webhook, lines.clone(), handle),
        };
        router.route(&format!("/webhooks/{slug}"), receive)
    })
}

fn proving(
    care: Care,
    webhook: &Webhook,
    lines: Lines,
    handle: impl Fn(&[u8]) -> StatusCode + Clone + Send + Sync + 'static,
) -> MethodRouter {
    let scheme = preset(webhook.provider);
    let secret = Secret::new(webhook.secret.expose());
    let verifier = Verifier::new(scheme, secret).expect("a verifier");
    let refusals = lines.clone();
    let builder = Endpoint::builder(scheme.slug(), verifier)
        .on_refusal(move |refusal| {
            let status = refusal.answer().status().as_u16();
            let reason = refusal.error().kind().as_str();
            refusals.write(refused(scheme.slug(), status, reason));
        })
        .on_unhandled(move |unhandled| {
            let (event, id) = named(unhandled.proven().body());
            let mut line = accepted(scheme.slug(), event.as_deref(), id.as_deref());
            line["verdict"] = json!(unhandled.kind().as_str());
            line["status"] = json!(unhandled.answer().status().as_u16());
            lines.write(line);
        });
    let endpoint = match care {
        Care::Sound => builder.replay(MemoryStore::default()),
        _ => builder.without_replay_guard(),
    };
    let endpoint = endpoint.build().expect("an endpoint");
    post(endpoint.handler(move |body: VerifiedBytes| {
        let status = handle(&body);
        async move { status }
    }))
}

/// The names of an event and of its delivery, where a body has them.
fn named(body: &[u8]) -> (Option<String>, Option<String>) {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |key: &str| body[key].as_str().map(str::to_owned);
    (text("type").or_else(|| text("event")), text("id"))
}
