//! What Sent delivers, what it has delivered, and test deliveries. The names of the fields are those
//! of the provider's own clients.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use http::{StatusCode, Uri};
use serde_json::{Value, json};

use super::form::{Sent, done, dry, paged, pagination};
use crate::api::attempts;
use crate::api::fields::Fields;
use crate::api::form::Answer;
use crate::api::page::part;
use crate::api::path::Ids;
use crate::api::refusal::{Fault, Refusal, Wrong};
use crate::app::App;
use crate::deliver::{Emit, EmitError};
use crate::delivery::{Attempt, Delivery, Outcome, State as Became};
use crate::excerpt::excerpt;
use crate::provider::Provider;

/// The events of a message.
const MESSAGE: [&str; 10] = [
    "queued",
    "routed",
    "sent",
    "delivered",
    "read",
    "failed",
    "scheduled",
    "filtered",
    "blocked",
    "received",
];

pub(super) async fn types() -> Answer<Sent> {
    let of_message = MESSAGE.map(|name| {
        let mut kind = kind(name);
        kind["event_type"] = format!("message.{name}").into();
        kind
    });
    let mut message = kind("message");
    message["sub_types"] = of_message.to_vec().into();
    let types = [message, kind("templates")];
    let pagination = pagination(1, 100, types.len());
    let data = json!({ "event_types": types, "pagination": pagination });
    Ok(done(StatusCode::OK, &data))
}

fn kind(name: &str) -> Value {
    json!({
        "name": name,
        "display_name": name,
        "description": null,
        "event_type": null,
        "is_active": true,
        "sub_types": null,
    })
}

/// Newest first.
pub(super) async fn list(State(app): State<App>, ids: Ids, uri: Uri) -> Answer<Sent> {
    let (page, size) = paged(&uri)?;
    let webhook = ids.find(&app, Provider::Sent)?;
    let mut deliveries = app.store.deliveries_to(&webhook.id);
    deliveries.retain(attempts::knows);
    deliveries.reverse();
    let pagination = pagination(page, size, deliveries.len());
    let events: Vec<_> = part(deliveries, (page - 1).saturating_mul(size), size)
        .map(|delivery| shown(&delivery))
        .collect();
    let data = json!({ "events": events, "pagination": pagination });
    Ok(done(StatusCode::OK, &data))
}

fn shown(delivery: &Delivery) -> Value {
    let own = attempts::own(delivery);
    let last = own.last();
    let failed = |attempt: &&Attempt| match &attempt.outcome {
        Outcome::Failed { why } => Some(why.clone()),
        Outcome::Answered { .. } | Outcome::Waiting => None,
    };
    let number = || delivery.number.to_string();
    let body: Value = serde_json::from_slice(&delivery.body).unwrap_or(Value::Null);
    json!({
        "id": delivery.event_id.clone().unwrap_or_else(number),
        "event_type": delivery.event,
        "event_data": body,
        "delivery_status": status(&delivery.state),
        "delivery_attempts": own.len(),
        "http_status_code": attempts::status(delivery),
        "response_body": null,
        "error_message": last.and_then(failed),
        "processing_started_at": own.first().map(|first| first.at.iso_secs()),
        "processing_completed_at": last.and_then(|last| completed(delivery, last)),
        "created_at": delivery.created.iso_secs(),
    })
}

/// When a delivery ended that is over.
fn completed(delivery: &Delivery, last: &Attempt) -> Option<String> {
    let took = match last.outcome {
        Outcome::Answered { took_ms, .. } => took_ms,
        Outcome::Failed { .. } | Outcome::Waiting => 0,
    };
    let at = last.at.after(Duration::from_millis(took));
    delivery.is_over().then(|| at.iso_secs())
}

const fn status(became: &Became) -> &'static str {
    match became {
        Became::Sending => "PENDING",
        Became::Retrying { .. } => "RETRYING",
        Became::Delivered => "DELIVERED",
        Became::GaveUp { .. } | Became::NotSent { .. } => "FAILED",
    }
}

/// Sends one event, once. Without a name, and for the whole family, it is the first that the webhook
/// wants. How often in a minute this may be asked is not judged: the documentation has two numbers.
pub(super) async fn test(State(app): State<App>, ids: Ids, body: Bytes) -> Answer<Sent> {
    let webhook = ids.find(&app, Provider::Sent)?;
    let fields = Fields::read_or_none(&body)?;
    let event = fields.text("event_type")?;
    let event = event.filter(|name| !["message", "messages"].contains(&name.as_str()));
    let sent = done(
        StatusCode::OK,
        &json!({ "success": true, "message": "Test event sent" }),
    );
    if fields.flag("sandbox")?.unwrap_or(false) {
        return Ok(dry(sent));
    }
    let emit = Emit {
        event,
        subscription: Some(webhook.id),
        once: true,
        ..Emit::default()
    };
    match app.deliverer.emit(Provider::Sent, &emit) {
        Ok(_) => Ok(sent),
        Err(EmitError::UnknownEvent(name)) => {
            let says = format!("is not a known event: {}", excerpt(&name));
            let wrong = Wrong::new("event_type", Fault::Event, says);
            Err(Refusal::Field(wrong).into())
        }
        Err(other) => Err(Refusal::from(other).into()),
    }
}
