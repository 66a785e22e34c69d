//! What each provider does with each answer, over the whole of its schedule.

use std::sync::Arc;

use hookproof::{Delivery, Secret, Verifier, providers};

use super::receiver::Receiver;
use super::{SECRET, Stand, emit, subscription, why};
use crate::delivery::{Outcome, State};
use crate::provider::Provider;
use crate::subscription::SecretText;

/// How many attempts are made at a receiver that always answers this.
async fn attempts(provider: Provider, status: u16) -> usize {
    let receiver = Receiver::answering(move |_| status).await;
    let stand = Stand::with(subscription(provider, &receiver.url));
    let delivery = stand.deliver(provider, &emit()).await;
    let tally = stand.subscription(provider).tally;
    let seen = receiver.seen().len();
    assert_eq!(delivery.attempts.len(), seen);
    assert_eq!(tally.attempts, u64::try_from(seen).expect("a count"));
    assert_eq!(tally.succeeded + tally.failed, tally.attempts);
    let delivered = (200..300).contains(&status);
    assert_eq!(delivery.state == State::Delivered, delivered, "{status}");
    for attempt in &delivery.attempts {
        let answered =
            matches!(attempt.outcome, Outcome::Answered { status: told, .. } if told == status);
        assert!(answered, "{:?}", attempt.outcome);
    }
    seen
}

#[tokio::test]
async fn each_provider_tries_as_often_as_its_schedule_says() {
    for (provider, on_200, on_404, on_429, on_500) in [
        (Provider::Sendmux, 1, 9, 9, 9),
        (Provider::MailingApi, 1, 6, 6, 6),
        (Provider::SendKit, 1, 4, 4, 4),
        (Provider::JetEmail, 1, 1, 6, 6),
        (Provider::Sent, 1, 4, 4, 4),
    ] {
        assert_eq!(attempts(provider, 200).await, on_200, "{provider}");
        assert_eq!(attempts(provider, 404).await, on_404, "{provider}");
        assert_eq!(attempts(provider, 429).await, on_429, "{provider}");
        assert_eq!(attempts(provider, 500).await, on_500, "{provider}");
    }
}

#[tokio::test]
async fn a_retry_is_the_same_body_stamped_and_counted_anew() {
    let receiver = Receiver::answering(|count| if count < 3 { 503 } else { 200 }).await;
    let stand = Stand::with(subscription(Provider::Sendmux, &receiver.url));
    let delivery = stand.deliver(Provider::Sendmux, &emit()).await;
    assert_eq!(delivery.state, State::Delivered);
    let seen = receiver.seen();
    let counts = seen
        .iter()
        .map(|seen| &seen.headers["x-sendmux-delivery-attempt"]);
    assert_eq!(counts.collect::<Vec<_>>(), ["1", "2", "3"]);
    let verifier = Verifier::new(&providers::SENDMUX_V2, Secret::new(SECRET)).expect("a verifier");
    for seen in &seen {
        assert_eq!(seen.body, delivery.body);
        let proven = verifier.verify(Delivery::new(&seen.headers, &seen.body));
        assert!(proven.is_ok(), "{proven:?}");
    }
}

#[tokio::test]
async fn sendmux_marks_a_webhook_failing_and_skips_it_from_then_on() {
    let receiver = Receiver::answering(|_| 500).await;
    let stand = Stand::with(subscription(Provider::Sendmux, &receiver.url));
    stand.deliver(Provider::Sendmux, &emit()).await;
    assert!(stand.subscription(Provider::Sendmux).failing);
    let skipped = stand.deliver(Provider::Sendmux, &emit()).await;
    assert!(matches!(skipped.state, State::NotSent { .. }));
    assert!(why(&skipped.state).starts_with("the webhook is failing"));
    assert_eq!(receiver.seen().len(), 9);
    // Its owner has switched it off and on.
    let on = |kept: &mut super::Subscription| kept.failing = false;
    stand.store.change(Provider::Sendmux, "sub_sendmux", on);
    stand.deliver(Provider::Sendmux, &emit()).await;
    assert_eq!(receiver.seen().len(), 18);
}

#[tokio::test]
async fn mailingapi_marks_a_webhook_failing_until_it_succeeds() {
    let receiver = Receiver::answering(|count| if count <= 6 { 500 } else { 200 }).await;
    let stand = Stand::with(subscription(Provider::MailingApi, &receiver.url));
    stand.deliver(Provider::MailingApi, &emit()).await;
    assert!(stand.subscription(Provider::MailingApi).failing);
    stand.deliver(Provider::MailingApi, &emit()).await;
    assert!(!stand.subscription(Provider::MailingApi).failing);
}

#[tokio::test]
async fn sent_switches_a_webhook_off_after_ten_failures_in_a_row() {
    let receiver = Receiver::answering(|_| 500).await;
    let mut sent = subscription(Provider::Sent, &receiver.url);
    sent.retries = 5;
    let stand = Stand::with(sent);
    let first = stand.deliver(Provider::Sent, &emit()).await;
    assert_eq!(first.attempts.len(), 6);
    assert!(stand.subscription(Provider::Sent).on);
    let second = stand.deliver(Provider::Sent, &emit()).await;
    assert_eq!(second.attempts.len(), 4);
    assert_eq!(why(&second.state), "the webhook is off");
    assert!(!stand.subscription(Provider::Sent).on);
    let third = stand.deliver(Provider::Sent, &emit()).await;
    assert!(matches!(third.state, State::NotSent { .. }));
}

#[tokio::test]
async fn one_success_at_sent_starts_the_count_of_failures_anew() {
    let receiver = Receiver::answering(|count| if count % 4 == 0 { 200 } else { 500 }).await;
    let stand = Stand::with(subscription(Provider::Sent, &receiver.url));
    for _ in 0..5 {
        let delivery = stand.deliver(Provider::Sent, &emit()).await;
        assert_eq!(delivery.state, State::Delivered);
    }
    let sent = stand.subscription(Provider::Sent);
    assert!(sent.on);
    assert_eq!(sent.failures_in_a_row, 0);
    assert_eq!((sent.tally.failed, sent.tally.succeeded), (15, 5));
}

#[tokio::test]
async fn a_test_delivery_is_sent_once_and_marks_nothing() {
    for provider in Provider::ALL {
        let receiver = Receiver::answering(|_| 500).await;
        let stand = Stand::with(subscription(provider, &receiver.url));
        let delivery = stand.deliver(provider, &emit().once()).await;
        assert_eq!(why(&delivery.state), "it is sent once");
        assert_eq!(receiver.seen().len(), 1);
        assert!(!stand.subscription(provider).failing);
    }
}

#[tokio::test]
async fn a_secret_that_is_rotated_between_attempts_signs_the_next() {
    let stand = Arc::new(Stand::new(super::FAST, super::Chaos::none()));
    let rotating = Arc::clone(&stand);
    let new = "whsec_bmV3IHNlY3JldCBvZiB0aGlydHktdHdvIGJ5dGVz";
    let receiver = Receiver::answering(move |count| {
        let rotate = |kept: &mut super::Subscription| kept.secret = SecretText::new(new);
        rotating.store.change(Provider::Sent, "sub_sent", rotate);
        if count == 1 { 500 } else { 200 }
    })
    .await;
    stand.add(subscription(Provider::Sent, &receiver.url));
    stand.deliver(Provider::Sent, &emit()).await;
    let [first, second] = &receiver.seen()[..] else {
        panic!("two requests");
    };
    for (seen, secret) in [(first, SECRET), (second, new)] {
        let verifier = Verifier::new(&providers::SENT, Secret::new(secret)).expect("a verifier");
        let proven = verifier.verify(Delivery::new(&seen.headers, &seen.body));
        assert!(proven.is_ok(), "{proven:?}");
    }
}

#[tokio::test]
async fn a_webhook_that_goes_away_or_elsewhere_between_attempts_is_given_up() {
    type Change = fn(&super::Store);
    let changes: [(Change, &str); 3] = [
        (
            |store| drop(store.remove(Provider::SendKit, "sub_sendkit")),
            "the webhook was removed",
        ),
        (
            |store| drop(store.change(Provider::SendKit, "sub_sendkit", |kept| kept.on = false)),
            "the webhook is off",
        ),
        (
            |store| {
                store.change(Provider::SendKit, "sub_sendkit", |kept| {
                    "http://example.com/".clone_into(&mut kept.url);
                });
            },
            "the sandbox calls loopback addresses alone, and this is none",
        ),
    ];
    for (change, reason) in changes {
        let stand = Stand::new(super::FAST, super::Chaos::none());
        let store = Arc::clone(&stand.store);
        let receiver = Receiver::answering(move |_| {
            change(&store);
            500
        })
        .await;
        stand.add(subscription(Provider::SendKit, &receiver.url));
        let delivery = stand.deliver(Provider::SendKit, &emit()).await;
        assert_eq!(
            delivery.state,
            State::GaveUp {
                why: reason.to_owned()
            }
        );
        assert_eq!(receiver.seen().len(), 1);
    }
}
