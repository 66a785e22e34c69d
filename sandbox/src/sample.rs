//! Subscriptions and deliveries for the tests of what shows them.

use std::time::Duration;

use bytes::Bytes;
use serde_json::Map;

use crate::delivery::{Attempt, Delivery, Outcome, Signed, State, Truth};
use crate::moment::Moment;
use crate::provider::Provider;
use crate::subscription::{SecretText, Subscription, Tally};

/// The secret of every sample, which nothing may show.
pub(crate) const SECRET: &str = "whsec_canary-that-nothing-shows";

pub(crate) fn subscription(provider: Provider, id: &str, event: &str) -> Subscription {
    Subscription {
        id: id.to_owned(),
        provider,
        url: format!("http://127.0.0.1:3000/webhooks/{provider}"),
        secret: SecretText::new(SECRET),
        events: vec![event.to_owned()],
        name: Some("Receiver".to_owned()),
        on: true,
        failing: false,
        retries: 3,
        timeout: Duration::from_secs(10),
        failures_in_a_row: 0,
        tally: Tally::default(),
        created: Moment::now(),
        updated: Moment::now(),
        extra: Map::new(),
    }
}

/// A delivery to that subscription of its first event, whose attempts ended as these.
pub(crate) fn delivery(
    to: &Subscription,
    state: State,
    attempts: &[(Truth, u16)],
) -> impl FnOnce(u64) -> Delivery {
    let attempts = (1..).zip(attempts);
    let attempts = attempts.map(|(number, (truth, status))| attempt(number, *truth, *status));
    let attempts = attempts.collect();
    let (provider, subscription) = (to.provider, to.id.clone());
    let event = to.events.first().cloned().unwrap_or_default();
    move |number| Delivery {
        number,
        provider,
        subscription,
        event,
        event_id: Some(format!("evt_{number}")),
        body: body(),
        created: Moment::now(),
        state,
        attempts,
    }
}

pub(crate) fn attempt(number: u32, truth: Truth, status: u16) -> Attempt {
    let sent = if truth == Truth::Tampered {
        Bytes::from_static(br#"{"id":"evt_1","amount":9000}"#)
    } else {
        body()
    };
    Attempt {
        number,
        truth,
        at: Moment::now(),
        headers: vec![("x-signature".to_owned(), format!("v1=0123{number}"))],
        signed: vec![Signed {
            before: Bytes::new(),
            body: body(),
        }],
        body: sent,
        outcome: Outcome::Answered { status, took_ms: 7 },
    }
}

fn body() -> Bytes {
    Bytes::from_static(br#"{"id":"evt_1","amount":1}"#)
}
