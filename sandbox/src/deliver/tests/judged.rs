//! What each attempt truly is, judged by a receiver that proves.

use std::sync::{Arc, Mutex};

use hookproof::providers;
use hookproof::replay::MemoryStore;
use hookproof::scheme::Scheme;
use http::StatusCode;

use super::receiver::{lock, proving, scheme, serve};
use super::{Stand, emit_as, subscription, truths};
use crate::delivery::{Delivery, Expected, Outcome, State, Truth};
use crate::provider::Provider;

/// A delivery as this, and how many events the receiver has handled.
async fn judged(provider: Provider, scheme: &'static Scheme, truth: Truth) -> (Delivery, usize) {
    let handled: Arc<Mutex<usize>> = Arc::default();
    let count = Arc::clone(&handled);
    let router = proving(scheme, MemoryStore::default(), move |_| {
        *lock(&count) += 1;
        StatusCode::NO_CONTENT
    });
    let (address, server) = serve(router).await;
    let stand = Stand::with(subscription(provider, &format!("http://{address}/hook")));
    let delivery = stand.deliver(provider, &emit_as(truth)).await;
    server.abort();
    let handled = *lock(&handled);
    (delivery, handled)
}

fn last_status(delivery: &Delivery) -> Option<u16> {
    match delivery.attempts.last()?.outcome {
        Outcome::Answered { status, .. } => Some(status),
        _ => None,
    }
}

#[tokio::test]
async fn what_the_provider_sends_is_handled_once() {
    for provider in Provider::ALL {
        for (truth, attempts) in [
            (Truth::Genuine, &[Truth::Genuine][..]),
            (Truth::Slow, &[Truth::Slow]),
            (Truth::Broken, &[Truth::Broken, Truth::Genuine]),
            (Truth::Duplicate, &[Truth::Genuine, Truth::Duplicate]),
        ] {
            let (delivery, handled) = judged(provider, scheme(provider), truth).await;
            assert_eq!(delivery.state, State::Delivered, "{provider} {truth:?}");
            assert_eq!(truths(&delivery.attempts), attempts, "{provider} {truth:?}");
            assert_eq!(handled, 1, "{provider} {truth:?}");
        }
    }
}

#[tokio::test]
async fn what_an_attacker_sends_is_refused_and_never_tried_again() {
    for provider in Provider::ALL {
        let refusal = match provider {
            Provider::JetEmail => 503,
            _ => 401,
        };
        for truth in [Truth::Late, Truth::Early, Truth::Tampered, Truth::Forged] {
            if super::super::attack::check(provider, truth).is_err() {
                continue;
            }
            assert_eq!(truth.expected(), Expected::Refused);
            let (delivery, handled) = judged(provider, scheme(provider), truth).await;
            assert_eq!(
                last_status(&delivery),
                Some(refusal),
                "{provider} {truth:?}"
            );
            assert!(matches!(delivery.state, State::GaveUp { .. }));
            assert_eq!(delivery.attempts.len(), 1);
            assert_eq!(handled, 0, "{provider} {truth:?}");
        }
    }
}

#[tokio::test]
async fn a_late_one_of_sendmux_is_taken_where_the_older_signature_is_judged() {
    let (delivery, handled) = judged(Provider::Sendmux, &providers::SENDMUX, Truth::Late).await;
    assert_eq!(delivery.state, State::Delivered);
    assert_eq!(handled, 1);
}
