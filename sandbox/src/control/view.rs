//! Subscriptions and deliveries as JSON. A subscription's secret never stands in it.

use serde::Serialize;

use crate::deliver::is_stamped;
use crate::delivery::{Attempt, Delivery, Outcome, State, Truth};
use crate::events;
use crate::excerpt::excerpt;
use crate::moment::Moment;
use crate::provider::Provider;
use crate::store::Store;
use crate::subscription::Subscription;

#[cfg(test)]
#[path = "view_tests.rs"]
mod tests;

/// Deliveries that a snapshot shows, the newest.
pub(crate) const SHOWN_DELIVERIES: usize = 200;

/// Attempts of a delivery that are shown, the newest.
const SHOWN_ATTEMPTS: usize = 40;

/// How many events of a subscription, which are as many as somebody likes.
const SHOWN_EVENTS: usize = 100;

/// Bytes that are shown of a body, and of what was signed.
const SHOWN_BYTES: usize = 8 * 1024;

/// Everything, as text.
pub(crate) fn snapshot(store: &Store) -> String {
    let subscriptions = Provider::ALL.map(|provider| store.subscriptions(provider));
    let deliveries = store.deliveries();
    let hidden = deliveries.len().saturating_sub(SHOWN_DELIVERIES);
    text(&Snapshot {
        providers: Provider::ALL.map(|provider| About {
            slug: provider.slug(),
            title: provider.title(),
            events: events::all(provider)
                .iter()
                .map(|known| known.name)
                .collect(),
            is_stamped: is_stamped(provider),
        }),
        subscriptions: subscriptions.iter().flatten().map(subscription).collect(),
        deliveries: deliveries[hidden..].iter().map(delivery).collect(),
    })
}

/// As JSON. What is kept here has no key but text, and so always has that form.
pub(crate) fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[derive(Serialize)]
struct Snapshot<'s> {
    providers: [About; 5],
    subscriptions: Vec<SubscriptionView<'s>>,
    /// Oldest first.
    deliveries: Vec<DeliveryView<'s>>,
}

#[derive(Serialize)]
struct About {
    slug: &'static str,
    title: &'static str,
    events: Vec<&'static str>,
    /// Whether it signs a timestamp, so that an attempt can be late or early.
    is_stamped: bool,
}

#[derive(Serialize)]
pub(crate) struct SubscriptionView<'s> {
    provider: Provider,
    id: &'s str,
    url: &'s str,
    events: Vec<String>,
    name: Option<String>,
    on: bool,
    failing: bool,
    failures_in_a_row: u32,
    attempts: u64,
    succeeded: u64,
    failed: u64,
    created: Moment,
    updated: Moment,
}

pub(crate) fn subscription(kept: &Subscription) -> SubscriptionView<'_> {
    SubscriptionView {
        provider: kept.provider,
        id: &kept.id,
        url: &kept.url,
        events: kept
            .events
            .iter()
            .take(SHOWN_EVENTS)
            .map(|name| excerpt(name))
            .collect(),
        name: kept.name.as_deref().map(excerpt),
        on: kept.on,
        failing: kept.failing,
        failures_in_a_row: kept.failures_in_a_row,
        attempts: kept.tally.attempts,
        succeeded: kept.tally.succeeded,
        failed: kept.tally.failed,
        created: kept.created,
        updated: kept.updated,
    }
}

#[derive(Serialize)]
pub(crate) struct DeliveryView<'s> {
    number: u64,
    provider: Provider,
    subscription: &'s str,
    event: &'s str,
    event_id: Option<&'s str>,
    created: Moment,
    #[serde(flatten)]
    state: &'s State,
    /// The newest of them, oldest first.
    attempts: Vec<AttemptView<'s>>,
    attempts_in_all: usize,
}

pub(crate) fn delivery(kept: &Delivery) -> DeliveryView<'_> {
    let hidden = kept.attempts.len().saturating_sub(SHOWN_ATTEMPTS);
    DeliveryView {
        number: kept.number,
        provider: kept.provider,
        subscription: &kept.subscription,
        event: &kept.event,
        event_id: kept.event_id.as_deref(),
        created: kept.created,
        state: &kept.state,
        attempts: kept.attempts[hidden..].iter().map(attempt).collect(),
        attempts_in_all: kept.attempts.len(),
    }
}

#[derive(Serialize)]
struct AttemptView<'s> {
    number: u32,
    truth: Truth,
    at: Moment,
    headers: &'s [(String, String)],
    signed: Vec<Shown>,
    body: Shown,
    #[serde(flatten)]
    outcome: &'s Outcome,
}

fn attempt(kept: &Attempt) -> AttemptView<'_> {
    AttemptView {
        number: kept.number,
        truth: kept.truth,
        at: kept.at,
        headers: &kept.headers,
        signed: kept
            .signed
            .iter()
            .map(|signed| shown(&[&signed.before, &signed.body]))
            .collect(),
        body: shown(&[&kept.body]),
        outcome: &kept.outcome,
    }
}

/// Bytes as text.
#[derive(Serialize)]
struct Shown {
    /// Their beginning; what is not UTF-8 stands there as U+FFFD.
    text: String,
    /// How many there are.
    bytes: usize,
    /// Whether the text is all of them, as they are.
    whole: bool,
}

fn shown(parts: &[&[u8]]) -> Shown {
    let all = parts.iter().copied().flatten().copied();
    let beginning: Vec<u8> = all.take(SHOWN_BYTES).collect();
    let bytes = parts.iter().map(|part| part.len()).sum();
    let text = String::from_utf8_lossy(&beginning).into_owned();
    Shown {
        whole: bytes == beginning.len() && text.as_bytes() == beginning,
        bytes,
        text,
    }
}
