//! Drivers of one's own: claim, run, settle.

use std::time::Duration;

use hookproof::replay::Claimed;
use hookproof::{Answer, Endpoint, Proven, providers};
use tokio::time::{Instant, sleep, timeout};

use super::driver::guarded;
use super::forms::event;
use super::puppet::{Act, Ask, Puppet};

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A delivery as the endpoint proves it.
fn proven(endpoint: &Endpoint) -> Proven {
    let delivered = event(&providers::GITHUB, 1);
    let mut verification = endpoint.begin(&delivered.headers).expect("a good head");
    verification.update(delivered.body.into()).expect("short");
    verification.finish().expect("genuine")
}

fn claimed(claim: Result<Claimed, Answer>) -> Claimed {
    claim.expect("nobody else has it")
}

fn refused(claim: Result<Claimed, Answer>) -> (u16, Option<u16>) {
    let answer = claim.expect_err("it is not to be handled now");
    (answer.status().as_u16(), answer.retry_after_secs())
}

#[tokio::test(start_paused = true)]
async fn a_claim_is_settled_as_done_or_given_up() {
    let store = Puppet::default();
    let endpoint = guarded(&providers::GITHUB, store.clone());
    let proven = proven(&endpoint);

    let mut first = claimed(endpoint.claim(&proven).await);
    assert_eq!(refused(endpoint.claim(&proven).await), (503, Some(5)));
    assert!(!first.run(async { false }).await);
    first.settle(false).await;

    let mut second = claimed(endpoint.claim(&proven).await);
    assert_eq!(second.run(async { 7 }).await, 7);
    second.settle(true).await;
    assert_eq!(refused(endpoint.claim(&proven).await), (200, None));
    let told = (store.asked(Ask::Complete), store.asked(Ask::Release));
    assert_eq!(told, (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_is_dropped_is_given_up() {
    let store = Puppet::default();
    let endpoint = guarded(&providers::GITHUB, store.clone());
    let proven = proven(&endpoint);
    drop(claimed(endpoint.claim(&proven).await));
    assert_eq!(store.asked(Ask::Release), 1);
    assert!(endpoint.claim(&proven).await.is_ok());

    let mut dropped_midway = claimed(endpoint.claim(&proven).await);
    let running = dropped_midway.run(sleep(secs(100)));
    assert!(timeout(secs(1), running).await.is_err());
    drop(dropped_midway);
    assert!(endpoint.claim(&proven).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn the_lease_is_renewed_while_the_handler_runs() {
    let store = Puppet::default();
    let endpoint = guarded(&providers::GITHUB, store.clone());
    let proven = proven(&endpoint);
    let mut first = claimed(endpoint.claim(&proven).await);
    let lease = first.lease().expect("a guard is there");
    first.run(sleep(secs(45))).await;
    assert_eq!(store.seconds(Ask::Renew), [10, 20, 30, 40]);
    assert!(!lease.is_lost());

    store.forget();
    first.run(sleep(secs(45))).await;
    assert!(lease.is_lost());
    assert!(first.lease().expect("a guard is there").is_lost());
    first.settle(true).await;
}

#[tokio::test(start_paused = true)]
async fn settling_waits_for_the_store_no_longer_than_its_deadline() {
    let store = Puppet::default();
    store.next(Ask::Complete, [Act::Hangs, Act::Fails]);
    let endpoint = guarded(&providers::GITHUB, store.clone());
    let proven = proven(&endpoint);
    let first = claimed(endpoint.claim(&proven).await);
    let started = Instant::now();
    first.settle(true).await;
    assert_eq!(started.elapsed().as_secs(), 2);
    assert_eq!(refused(endpoint.claim(&proven).await), (200, None));
    sleep(secs(10)).await;
    assert_eq!(store.asked(Ask::Complete), 3);
    assert_eq!(refused(endpoint.claim(&proven).await), (200, None));
}

#[tokio::test(start_paused = true)]
async fn settling_that_is_broken_off_goes_on_in_the_background() {
    let store = Puppet::default();
    store.next(Ask::Complete, [Act::Hangs]);
    let endpoint = guarded(&providers::GITHUB, store.clone());
    let proven = proven(&endpoint);
    let first = claimed(endpoint.claim(&proven).await);
    assert!(timeout(secs(1), first.settle(true)).await.is_err());
    assert_eq!(store.asked(Ask::Complete), 2);
    assert_eq!(store.asked(Ask::Release), 0);
    assert_eq!(refused(endpoint.claim(&proven).await), (200, None));
}

#[tokio::test(start_paused = true)]
async fn a_success_whose_settling_is_never_waited_for_is_not_undone() {
    let store = Puppet::default();
    let endpoint = guarded(&providers::GITHUB, store.clone());
    let proven = proven(&endpoint);
    let mut first = claimed(endpoint.claim(&proven).await);
    first.run(async {}).await;
    drop(first.settle(true));
    assert_eq!(refused(endpoint.claim(&proven).await), (200, None));
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_is_broken_off_is_given_up() {
    let store = Puppet::default();
    store.next(Ask::Claim, [Act::Late(secs(1))]);
    let endpoint = guarded(&providers::GITHUB, store.clone());
    let proven = proven(&endpoint);
    let asking = timeout(Duration::from_millis(500), endpoint.claim(&proven));
    assert!(asking.await.is_err());
    assert_eq!(store.asked(Ask::Release), 1);
    assert!(endpoint.claim(&proven).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn without_a_guard_there_is_always_leave_and_nothing_to_settle() {
    let verifier = event(&providers::GITHUB, 1).verifier;
    let endpoint = Endpoint::builder("hooks", verifier).without_replay_guard();
    let endpoint = endpoint.build().expect("a sound endpoint");
    let proven = proven(&endpoint);
    for handled in [true, false, true] {
        let mut leave = claimed(endpoint.claim(&proven).await);
        assert!(leave.lease().is_none());
        assert_eq!(leave.run(async { 7 }).await, 7);
        leave.settle(handled).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_claim_shows_its_lease_and_nothing_else() {
    let endpoint = guarded(&providers::GITHUB, Puppet::default());
    let claim = claimed(endpoint.claim(&proven(&endpoint)).await);
    assert_eq!(
        format!("{claim:?}"),
        "Claimed { lease: Some(LeaseWatch { is_lost: false }), .. }"
    );
}
