//! A kept delivery, sent once more.

use super::receiver::Receiver;
use super::{Stand, emit, emit_as, subscription, truths};
use crate::deliver::{Emit, EmitError};
use crate::delivery::{State, Truth};
use crate::moment::Moment;
use crate::provider::Provider;

/// A delivery that was taken, and its receiver.
async fn delivered(provider: Provider, emit: &Emit) -> (Stand, Receiver) {
    let receiver = Receiver::answering(|_| 200).await;
    let stand = Stand::with(subscription(provider, &receiver.url));
    stand.deliver(provider, emit).await;
    (stand, receiver)
}

#[tokio::test]
async fn a_duplicate_is_the_first_genuine_attempt_byte_for_byte() {
    let (stand, receiver) = delivered(Provider::Sendmux, &emit()).await;
    assert_eq!(stand.deliverer.repeat(1, Truth::Duplicate), Ok(()));
    stand.deliverer.idle().await;
    let [first, second] = &receiver.seen()[..] else {
        panic!("two requests");
    };
    assert_eq!(first.body, second.body);
    assert_eq!(first.headers, second.headers);
    let tally = stand.subscription(Provider::Sendmux).tally;
    assert_eq!(tally.attempts, 1, "it is not the provider's");
}

#[tokio::test]
async fn a_duplicate_of_what_is_older_than_the_window_is_late() {
    for (provider, truth) in [
        (Provider::Sendmux, Truth::Late),
        (Provider::JetEmail, Truth::Duplicate),
    ] {
        let (stand, _receiver) = delivered(provider, &emit()).await;
        stand
            .store
            .change_delivery(1, |delivery| delivery.attempts[0].at = Moment::EPOCH);
        assert_eq!(stand.deliverer.repeat(1, Truth::Duplicate), Ok(()));
        let delivery = stand.over(1).await;
        assert_eq!(truths(&delivery.attempts), [Truth::Genuine, truth]);
    }
}

#[tokio::test]
async fn a_genuine_one_is_the_providers_replay() {
    let receiver = Receiver::answering(|count| if count == 1 { 404 } else { 200 }).await;
    let stand = Stand::with(subscription(Provider::JetEmail, &receiver.url));
    let delivery = stand.deliver(Provider::JetEmail, &emit()).await;
    assert!(matches!(delivery.state, State::GaveUp { .. }));
    assert_eq!(stand.deliverer.repeat(1, Truth::Genuine), Ok(()));
    stand.deliverer.idle().await;
    let delivery = stand.over(1).await;
    assert_eq!(delivery.state, State::Delivered);
    assert_eq!(stand.subscription(Provider::JetEmail).tally.attempts, 2);
}

#[tokio::test]
async fn a_replay_that_fails_takes_nothing_back() {
    let receiver = Receiver::answering(|count| if count == 1 { 200 } else { 500 }).await;
    let stand = Stand::with(subscription(Provider::Sendmux, &receiver.url));
    stand.deliver(Provider::Sendmux, &emit()).await;
    assert_eq!(stand.deliverer.repeat(1, Truth::Genuine), Ok(()));
    stand.deliverer.idle().await;
    let delivery = stand.over(1).await;
    assert_eq!(delivery.state, State::Delivered);
    assert_eq!(delivery.attempts.len(), 2);
    assert_eq!(
        receiver.seen()[1].headers["x-sendmux-delivery-attempt"],
        "2"
    );
}

#[tokio::test]
async fn a_replay_that_fails_ends_no_schedule() {
    let receiver = Receiver::answering(|_| 500).await;
    let stand = Stand::with(subscription(Provider::Sendmux, &receiver.url));
    stand.deliver(Provider::Sendmux, &emit()).await;
    let on = |kept: &mut super::Subscription| kept.failing = false;
    stand.store.change(Provider::Sendmux, "sub_sendmux", on);
    assert_eq!(stand.deliverer.repeat(1, Truth::Genuine), Ok(()));
    stand.deliverer.idle().await;
    assert_eq!(receiver.seen().len(), 10);
    assert!(!stand.subscription(Provider::Sendmux).failing);
}

#[tokio::test]
async fn an_attack_on_a_kept_delivery_is_kept_with_it() {
    let (stand, receiver) = delivered(Provider::Sent, &emit()).await;
    for truth in [Truth::Tampered, Truth::Forged, Truth::Late, Truth::Early] {
        assert_eq!(stand.deliverer.repeat(1, truth), Ok(()));
        stand.deliverer.idle().await;
        let delivery = stand.over(1).await;
        assert_eq!(delivery.attempts.last().map(|last| last.truth), Some(truth));
        assert_eq!(delivery.state, State::Delivered);
    }
    let bodies = receiver.seen().into_iter().map(|seen| seen.body);
    let bodies: std::collections::HashSet<_> = bodies.collect();
    assert_eq!(
        bodies.len(),
        3,
        "the tampered and the forged have their own"
    );
    assert_eq!(stand.subscription(Provider::Sent).tally.attempts, 1);
}

#[tokio::test]
async fn what_cannot_be_repeated_is_told() {
    let (stand, _receiver) = delivered(Provider::SendKit, &emit_as(Truth::Forged)).await;
    let repeat = |number, truth| stand.deliverer.repeat(number, truth);
    assert_eq!(repeat(2, Truth::Duplicate), Err(EmitError::NotFound));
    let nothing = "there is no genuine attempt to be sent again".to_owned();
    assert_eq!(
        repeat(1, Truth::Duplicate),
        Err(EmitError::Unsendable(nothing))
    );
    assert!(matches!(
        repeat(1, Truth::Late),
        Err(EmitError::Unsendable(_))
    ));
    stand.store.remove(Provider::SendKit, "sub_sendkit");
    assert_eq!(repeat(1, Truth::Forged), Err(EmitError::NotFound));
}

#[tokio::test]
async fn however_often_it_is_repeated_the_attempts_that_are_kept_are_bounded() {
    let (stand, _receiver) = delivered(Provider::SendKit, &emit()).await;
    for _ in 0..120 {
        assert_eq!(stand.deliverer.repeat(1, Truth::Duplicate), Ok(()));
    }
    stand.deliverer.idle().await;
    let delivery = stand.over(1).await;
    assert_eq!(delivery.attempts.len(), 100);
    assert_eq!(delivery.attempts[0].truth, Truth::Genuine);
    assert_eq!(delivery.attempts.last().map(|last| last.number), Some(121));
    assert_eq!(stand.deliverer.log().lines().len(), 121);
}
