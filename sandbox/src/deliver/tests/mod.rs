//! Deliveries to receivers that are really there, on the loopback.

mod asking;
mod chaotic;
mod judged;
mod receiver;
mod repeating;
mod schedule;
mod sending;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Map;

use super::{Chaos, Deliverer, Emit};
use crate::delivery::{Attempt, Delivery, State, Truth};
use crate::moment::{Moment, Speed};
use crate::provider::Provider;
use crate::store::Store;
use crate::subscription::{SecretText, Subscription, Tally};

/// A secret that every provider's scheme takes: base64 after its prefix for Sent.
pub(crate) const SECRET: &str = "whsec_Q5VvFg7vvDnxI1xq9NwKUlqq4ArAlmAgJ5QzFWSkEGc=";

/// As fast as a day passes in 86 ms.
pub(super) const FAST: u32 = 1_000_000;

/// A subscription that wants every event that there is.
pub(crate) fn subscription(provider: Provider, url: &str) -> Subscription {
    let events: &[&str] = match provider {
        Provider::Sendmux => &["message.delivered", "message.bounced"],
        Provider::MailingApi => &["delivered"],
        Provider::SendKit => &["email.sent", "email.replied"],
        Provider::JetEmail => &["outbound.delivered"],
        Provider::Sent => &["message"],
    };
    let now = Moment::now();
    Subscription {
        id: format!("sub_{provider}"),
        provider,
        url: url.to_owned(),
        secret: SecretText::new(SECRET),
        events: events.iter().map(|event| (*event).to_owned()).collect(),
        name: None,
        on: true,
        failing: false,
        retries: 3,
        timeout: Duration::from_secs(10),
        failures_in_a_row: 0,
        tally: Tally::default(),
        created: now,
        updated: now,
        extra: Map::new(),
    }
}

/// A store and what delivers from it.
pub(super) struct Stand {
    pub(super) store: Arc<Store>,
    pub(super) deliverer: Arc<Deliverer>,
}

impl Stand {
    pub(super) fn new(speed: u32, chaos: Chaos) -> Self {
        let store = Arc::new(Store::default());
        let speed = Speed::new(NonZeroU32::new(speed).expect("a speed"));
        let deliverer = Deliverer::new(Arc::clone(&store), speed, chaos);
        Self {
            store,
            deliverer: Arc::new(deliverer),
        }
    }

    /// One subscription, and a speed at which a day is nothing.
    pub(super) fn with(subscription: Subscription) -> Self {
        let stand = Self::new(FAST, Chaos::none());
        stand.add(subscription);
        stand
    }

    pub(super) fn add(&self, subscription: Subscription) {
        self.store.add(subscription).expect("there is room");
    }

    pub(super) fn subscription(&self, provider: Provider) -> Subscription {
        let id = format!("sub_{provider}");
        let kept = self.store.subscription(provider, &id);
        kept.expect("the subscription")
    }

    /// Emits to the one subscription that there is, and waits for what becomes of it.
    pub(super) async fn deliver(&self, provider: Provider, emit: &Emit) -> Delivery {
        let numbers = self.deliverer.emit(provider, emit).expect("it is emitted");
        let [number] = numbers[..] else {
            panic!("{numbers:?} should be one");
        };
        self.over(number).await
    }

    pub(super) async fn over(&self, number: u64) -> Delivery {
        self.deliverer.settled(number).await.expect("it is kept");
        self.deliverer.idle().await;
        self.store.delivery(number).expect("it is kept")
    }
}

pub(super) fn emit() -> Emit {
    Emit::default()
}

pub(super) fn emit_as(truth: Truth) -> Emit {
    Emit::default().truth(truth)
}

pub(super) fn why(state: &State) -> &str {
    match state {
        State::GaveUp { why } | State::NotSent { why } => why,
        other => panic!("{other:?} has no reason"),
    }
}

pub(super) fn truths(attempts: &[Attempt]) -> Vec<Truth> {
    attempts.iter().map(|attempt| attempt.truth).collect()
}
