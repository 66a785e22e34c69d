//! Handlers of typed events, on both roads: behind the handler adapter, and behind the layer.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use hookproof::axum::Verified;
use hookproof::events::Event as _;
use hookproof::events::{jetemail, jetemail_inbound, mailingapi, sendkit, sendmux, sent};
use hookproof::scheme::Scheme;
use hookproof::{ConfigError, Endpoint, Receipt, providers};

/// What a handler was given.
#[derive(Debug)]
pub(crate) struct Event {
    /// The preset under which it was proven.
    pub(crate) preset: &'static str,
    /// The variant of the typed event.
    pub(crate) variant: String,
    /// The name that it came under.
    pub(crate) name: Option<String>,
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{} ({name})", self.variant),
            None => f.write_str(&self.variant),
        }
    }
}

/// What the handlers were given, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Handled(Arc<Mutex<Vec<Event>>>);

impl Handled {
    /// Takes out what was handled since the last call.
    pub(crate) fn take(&self) -> Vec<Event> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes one call of a handler. A real one would act on the event.
    fn note(&self, receipt: &Receipt, name: Option<&str>, kind: &dyn fmt::Debug) -> StatusCode {
        let event = Event {
            preset: receipt.scheme().slug(),
            variant: variant(kind),
            name: name.map(str::to_owned),
        };
        let mut handled = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        handled.push(event);
        StatusCode::OK
    }
}

/// The first word of a value's debug form: the name of its variant or type.
fn variant(kind: &dyn fmt::Debug) -> String {
    let text = format!("{kind:?}");
    let end = text.find(|c: char| !c.is_alphanumeric());
    text[..end.unwrap_or(text.len())].to_owned()
}

/// All endpoints, in front of handlers that each take the events of one provider. `endpoint` makes
/// the endpoint of a preset.
pub(crate) fn router(
    handled: Handled,
    endpoint: impl Fn(&Scheme) -> Result<Endpoint, ConfigError>,
) -> Result<Router, ConfigError> {
    let sendmux = endpoint(&providers::SENDMUX)?;
    let sendmux_v2 = endpoint(&providers::SENDMUX_V2)?;
    let mailingapi = endpoint(&providers::MAILINGAPI)?;
    let sendkit = endpoint(&providers::SENDKIT)?;
    let email = endpoint(&providers::JETEMAIL_INBOUND)?;
    let jetemail = endpoint(&providers::JETEMAIL)?;
    let sent = endpoint(&providers::SENT)?;

    // The adapter stands in front of one handler, which cannot be mounted without it.
    let adapted = Router::new()
        .route("/webhooks/sendmux", post(sendmux.handler(on_sendmux)))
        .route("/webhooks/sendmux-v2", post(sendmux_v2.handler(on_sendmux)))
        .route(
            "/webhooks/mailingapi",
            post(mailingapi.handler(on_mailingapi)),
        )
        .route("/webhooks/sendkit", post(sendkit.handler(on_sendkit)))
        .route("/webhooks/jetemail-inbound", post(email.handler(on_email)));
    // The layer covers the routes that are there when it is added.
    let behind_jetemail = Router::new()
        .route("/webhooks/jetemail", post(on_jetemail))
        .route_layer(jetemail.layer());
    let behind_sent = Router::new()
        .route("/webhooks/sent", post(on_sent))
        .route_layer(sent.layer());

    Ok(adapted
        .merge(behind_jetemail)
        .merge(behind_sent)
        .with_state(handled))
}

async fn on_sendmux(
    event: Verified<sendmux::Event>,
    receipt: Receipt,
    State(handled): State<Handled>,
) -> StatusCode {
    handled.note(&receipt, event.name(), &event.kind)
}

async fn on_mailingapi(
    event: Verified<mailingapi::Event>,
    receipt: Receipt,
    State(handled): State<Handled>,
) -> StatusCode {
    handled.note(&receipt, event.name(), &event.kind)
}

async fn on_sendkit(
    event: Verified<sendkit::Event>,
    receipt: Receipt,
    State(handled): State<Handled>,
) -> StatusCode {
    handled.note(&receipt, event.name(), &event.kind)
}

async fn on_jetemail(
    event: Verified<jetemail::Event>,
    receipt: Receipt,
    State(handled): State<Handled>,
) -> StatusCode {
    handled.note(&receipt, event.name(), &event.kind)
}

async fn on_email(
    email: Verified<jetemail_inbound::Email>,
    receipt: Receipt,
    State(handled): State<Handled>,
) -> StatusCode {
    handled.note(&receipt, email.name(), &*email)
}

async fn on_sent(
    event: Verified<sent::Event>,
    receipt: Receipt,
    State(handled): State<Handled>,
) -> StatusCode {
    handled.note(&receipt, event.name(), &event.kind)
}
