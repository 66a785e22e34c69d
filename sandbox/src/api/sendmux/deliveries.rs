//! Sendmux's record of attempts, as its documentation names the fields.

use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::form::{Sendmux, done, listed};
use crate::api::attempts;
use crate::api::form::Answer;
use crate::api::path::Ids;
use crate::api::refusal::Refusal;
use crate::app::App;
use crate::delivery::{Attempt, Delivery, Outcome, State as Became};
use crate::moment::Moment;
use crate::provider::Provider;

/// After this many attempts a webhook is failing: the first, and one after each of the eight waits.
const MAX_ATTEMPTS: usize = 9;

/// For how long a payload is said to be kept. It is as long as the sandbox keeps the delivery.
const PAYLOAD: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// An attempt with its number among those of the provider, from 1, and whether it is the last.
struct Numbered<'a> {
    delivery: &'a Delivery,
    attempt: &'a Attempt,
    number: usize,
    last: bool,
}

/// Newest first.
pub(super) async fn list(State(app): State<App>, ids: Ids) -> Answer<Sendmux> {
    let webhook = ids.find(&app, Provider::Sendmux)?;
    let deliveries = app.store.deliveries_to(&webhook.id);
    let attempts = deliveries.iter().flat_map(numbered);
    let mut shown: Vec<_> = attempts.filter_map(|attempt| shown(&attempt)).collect();
    shown.reverse();
    Ok(listed(&shown))
}

pub(super) async fn payload(State(app): State<App>, ids: Ids) -> Answer<Sendmux> {
    let webhook = ids.find(&app, Provider::Sendmux)?;
    let deliveries = app.store.deliveries_to(&webhook.id);
    let mut attempts = deliveries.iter().flat_map(numbered);
    let attempt = attempts.find(|attempt| attempt.id() == ids.part);
    Ok(kept(&attempt.ok_or(Refusal::Webhook)?))
}

/// What the provider itself sent: an attacker's deliveries are not in its records.
fn numbered(delivery: &Delivery) -> Vec<Numbered<'_>> {
    let own = attempts::own(delivery);
    let count = own.len();
    let number = |(attempt, number)| Numbered {
        delivery,
        attempt,
        number,
        last: number == count,
    };
    own.into_iter().zip(1..).map(number).collect()
}

impl Numbered<'_> {
    fn id(&self) -> String {
        format!("wda_{}_{}", self.delivery.number, self.number)
    }

    fn expires(&self) -> String {
        self.delivery.created.after(PAYLOAD).iso_secs()
    }

    fn result(&self, delivered: bool) -> &'static str {
        let retried = !self.last || matches!(self.delivery.state, Became::Retrying { .. });
        match (delivered, retried) {
            (true, _) => "success",
            (false, true) => "retrying",
            (false, false) if self.number >= MAX_ATTEMPTS => "permanent_failure",
            (false, false) => "failed",
        }
    }

    fn next(&self) -> Option<String> {
        match self.delivery.state {
            Became::Retrying { due } if self.last => Some(Moment::at(due).iso_secs()),
            _ => None,
        }
    }
}

/// An attempt that has an outcome.
fn shown(numbered: &Numbered<'_>) -> Option<Value> {
    let Numbered {
        delivery, attempt, ..
    } = numbered;
    let (status, took, error) = match &attempt.outcome {
        Outcome::Waiting => return None,
        Outcome::Answered { status, took_ms } => (Some(*status), *took_ms, None),
        // For how long nothing came is not kept.
        Outcome::Failed { why } => (None, 0, Some(why)),
    };
    let delivered = status.is_some_and(|status| (200..300).contains(&status));
    Some(json!({
        "id": numbered.id(),
        "event_id": delivery.event_id.as_deref().unwrap_or_default(),
        "event_type": delivery.event,
        "delivery_attempt": numbered.number,
        "max_attempts": MAX_ATTEMPTS,
        "result": numbered.result(delivered),
        "response_status": status,
        "response_ms": took,
        "response_body": null,
        "error_message": error,
        "next_retry_at": if delivered { None } else { numbered.next() },
        "request_payload_bytes": attempt.body.len(),
        "request_payload_sha256": hex::encode(Sha256::digest(&attempt.body)),
        "payload_available": true,
        "payload_expires_at": numbered.expires(),
        "created_at": attempt.at.iso_secs(),
    }))
}

fn kept(numbered: &Numbered<'_>) -> Response {
    let delivery = numbered.delivery;
    let payload: Value = serde_json::from_slice(&numbered.attempt.body).unwrap_or(Value::Null);
    let data = json!({
        "id": numbered.id(),
        "event_id": delivery.event_id.as_deref().unwrap_or_default(),
        "event_type": delivery.event,
        "delivery_attempt": numbered.number,
        "payload": payload,
        "created_at": numbered.attempt.at.iso_secs(),
        "expires_at": numbered.expires(),
    });
    done(StatusCode::OK, &data)
}
