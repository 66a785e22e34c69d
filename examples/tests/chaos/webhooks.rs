//! Webhooks at the five providers, created through their own APIs, and what they are sent.

use axum::http::{Request, Response};
use bytes::Bytes;
use hookproof::scheme::Scheme;
use hookproof::subscribe::{ApiKey, Call, jetemail, mailingapi, sendkit, sendmux, sent};
use hookproof::{Secret, providers};
use hookproof_sandbox::{Emit, Provider, Running};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::json;

/// Where a name has to be given.
const NAME: &str = "receiver";

/// A webhook that listens for all of its provider's events.
pub(crate) struct Webhook {
    pub(crate) provider: Provider,
    pub(crate) id: String,
    pub(crate) secret: Secret,
    events: Vec<String>,
}

/// The preset by which a provider's deliveries are proven. Of Sendmux's two it is the one that
/// judges when a delivery was signed.
pub(crate) fn preset(provider: Provider) -> &'static Scheme {
    match provider {
        Provider::Sendmux => &providers::SENDMUX_V2,
        Provider::MailingApi => &providers::MAILINGAPI,
        Provider::SendKit => &providers::SENDKIT,
        Provider::JetEmail => &providers::JETEMAIL,
        Provider::Sent => &providers::SENT,
        other => panic!("no preset is known for {other}"),
    }
}

/// The variable in which the receiver looks for a provider's secret.
fn variable(provider: Provider) -> &'static str {
    match provider {
        Provider::Sendmux => "SENDMUX_WEBHOOK_SECRET",
        Provider::MailingApi => "MAILINGAPI_WEBHOOK_SECRET",
        Provider::SendKit => "SENDKIT_WEBHOOK_SECRET",
        Provider::JetEmail => "JETEMAIL_WEBHOOK_SECRET",
        Provider::Sent => "SENT_WEBHOOK_SECRET",
        other => panic!("no variable is known for {other}"),
    }
}

/// Creates a webhook for all events, and gives its id, its secret and the events. The five modules
/// call alike what they have in common.
macro_rules! created {
    ($module:ident at $base:expr, $($argument:expr),+) => {{
        use $module::{Api, CreateWebhook, EventType};
        let webhook = CreateWebhook::new($($argument,)+ EventType::ALL.iter().cloned());
        let key = ApiKey::new("any-key-will-do-here").expect("a key");
        let api = Api::new(key).at($base).expect("an address");
        let created = ask(api.create(&webhook).expect("a request")).await;
        let events = EventType::ALL.iter().map(ToString::to_string).collect();
        (created.webhook.id, created.secret, events)
    }};
}

impl Webhook {
    /// Creates a webhook at each provider, for a receiver with a path for each preset.
    pub(crate) async fn create_all(sandbox: &Running, receiver: &str) -> Vec<Self> {
        let mut webhooks = Vec::new();
        for provider in Provider::ALL {
            let url = format!("{receiver}/webhooks/{}", preset(provider).slug());
            webhooks.push(Self::create(sandbox, provider, url).await);
        }
        webhooks
    }

    async fn create(sandbox: &Running, provider: Provider, url: String) -> Self {
        let base = &sandbox.url(provider);
        let (id, secret, events) = match provider {
            Provider::Sendmux => created!(sendmux at base, url),
            Provider::MailingApi => created!(mailingapi at base, url),
            Provider::SendKit => created!(sendkit at base, NAME, url),
            Provider::JetEmail => created!(jetemail at base, NAME, url),
            Provider::Sent => created!(sent at base, NAME, url),
            other => panic!("nothing is known of creating webhooks at {other}"),
        };
        Self {
            provider,
            id,
            secret,
            events,
        }
    }

    /// The secret, as the receiver is given it.
    pub(crate) fn variable(&self) -> (&str, &str) {
        (variable(self.provider), self.secret.expose())
    }

    /// An event to this webhook alone, of another kind each time.
    pub(crate) fn event(&self, nth: usize) -> Emit {
        let event = &self.events[nth % self.events.len()];
        let emit = Emit::default().subscription(&self.id);
        match self.provider {
            // No signature of theirs covers an id: what tells one event from another in a
            // receiver's log is a name of its own.
            Provider::SendKit | Provider::Sent => {
                let name = format!("{event}.{nth}");
                let body = json!({"event": name, "data": {}, "payload": {}});
                emit.event(name).body(body.to_string())
            }
            _ => emit.event(event),
        }
    }
}

/// Sends a call, and reads the answer to it.
async fn ask<T>(call: Call<T>) -> T {
    let (request, reply) = call.into_parts();
    let request: Request<Full<Bytes>> = request.map(Full::new);
    let client = Client::builder(TokioExecutor::new()).build_http();
    let answer = client.request(request).await.expect("an answer");
    let (head, body) = answer.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    let answer = Response::from_parts(head, body);
    reply.read(&answer).expect("a webhook")
}
