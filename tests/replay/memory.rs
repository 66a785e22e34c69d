//! The memory store: bounded, and true to what it holds.

use std::future::Future;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use hookproof::replay::{
    Claim, Identity, Lease, MemoryStats, MemoryStore, Renewal, ReplayStore, StoreFuture,
};

use super::clock::Moved;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

fn quota(entries: usize) -> MemoryStore {
    MemoryStore::with_quota(NonZeroUsize::new(entries).expect("not zero"))
}

/// An attempt at the delivery of that number, whose identity is spread as digests are.
fn attempt(endpoint: &Arc<str>, nth: u64) -> Lease {
    let mixed = |seed: u64| {
        let mut bits = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u128::from(bits ^ (bits >> 31))
    };
    let bits = mixed(nth * 2 + 1) << 64 | mixed(nth * 2 + 2);
    Lease::new(
        Identity::from_bytes(bits.to_be_bytes()),
        Arc::clone(endpoint),
    )
}

fn hooks() -> Arc<str> {
    Arc::from("hooks")
}

/// The memory store never makes anybody wait.
fn now<T>(answer: StoreFuture<T>) -> T {
    let mut cx = Context::from_waker(Waker::noop());
    match std::pin::pin!(answer).poll(&mut cx) {
        Poll::Ready(Ok(answer)) => answer,
        _ => panic!("the memory store answers at once, and never an error"),
    }
}

/// Claims and completes.
fn handle(store: &MemoryStore, lease: &Lease, retention: Duration) {
    assert_eq!(now(store.claim(lease, MINUTE)), Claim::Claimed);
    assert_eq!(now(store.complete(lease, retention)), Renewal::Held);
}

fn stats(store: &MemoryStore) -> (usize, usize, u64) {
    let MemoryStats {
        entries,
        in_progress,
        refused,
        ..
    } = store.stats();
    (entries, in_progress, refused)
}

#[test]
fn without_room_a_claim_is_refused_and_counted() {
    let (store, hooks) = (quota(2), hooks());
    handle(&store, &attempt(&hooks, 1), HOUR);
    let claimed = attempt(&hooks, 2);
    assert_eq!(now(store.claim(&claimed, MINUTE)), Claim::Claimed);
    assert_eq!(stats(&store), (2, 1, 0));

    assert_eq!(now(store.claim(&attempt(&hooks, 3), MINUTE)), Claim::Full);
    assert_eq!(now(store.claim(&attempt(&hooks, 4), MINUTE)), Claim::Full);
    assert_eq!(stats(&store), (2, 1, 2));

    // What is held is answered as ever, and counts as no refusal.
    assert_eq!(now(store.claim(&attempt(&hooks, 1), MINUTE)), Claim::Done);
    assert_eq!(now(store.claim(&claimed, MINUTE)), Claim::Claimed);
    let rival = now(store.claim(&attempt(&hooks, 2), MINUTE));
    assert!(matches!(rival, Claim::InProgress { .. }), "{rival:?}");
    assert_eq!(stats(&store), (2, 1, 2));

    now(store.release(&claimed));
    assert_eq!(
        now(store.claim(&attempt(&hooks, 3), MINUTE)),
        Claim::Claimed
    );
}

#[test]
fn a_full_store_never_forgets_what_is_live() {
    let (store, hooks) = (quota(1_000), hooks());
    for nth in 0..1_000 {
        handle(&store, &attempt(&hooks, nth), HOUR);
    }
    assert_eq!(
        now(store.claim(&attempt(&hooks, 1_000), MINUTE)),
        Claim::Full
    );
    for nth in 0..1_000 {
        assert_eq!(now(store.claim(&attempt(&hooks, nth), MINUTE)), Claim::Done);
    }
    assert_eq!(stats(&store), (1_000, 0, 1));
}

#[test]
fn a_full_store_never_forgets_a_claim_either() {
    let (store, hooks) = (quota(100), hooks());
    let claims: Vec<Lease> = (0..100).map(|nth| attempt(&hooks, nth)).collect();
    for lease in &claims {
        assert_eq!(now(store.claim(lease, MINUTE)), Claim::Claimed);
    }
    for nth in 100..1_000 {
        assert_eq!(now(store.claim(&attempt(&hooks, nth), MINUTE)), Claim::Full);
    }
    for lease in &claims {
        assert_eq!(now(store.renew(lease, MINUTE)), Renewal::Held);
        assert_eq!(now(store.complete(lease, HOUR)), Renewal::Held);
    }
    assert_eq!(stats(&store), (100, 0, 900));
}

#[test]
fn memory_stays_flat_under_refused_claims() {
    let (store, hooks) = (quota(1_000), hooks());
    for nth in 0..1_000 {
        handle(&store, &attempt(&hooks, nth), HOUR);
    }
    for nth in 0..100_000 {
        let lease = attempt(&hooks, 1_000 + nth);
        assert_eq!(now(store.claim(&lease, MINUTE)), Claim::Full);
        now(store.release(&lease));
        assert_eq!(now(store.renew(&lease, MINUTE)), Renewal::Lost);
    }
    assert_eq!(stats(&store), (1_000, 0, 100_000));
}

#[test]
fn a_noisy_endpoint_takes_no_other_endpoints_room() {
    let store = quota(10);
    let (noisy, quiet): (Arc<str>, Arc<str>) = (Arc::from("noisy"), Arc::from("quiet"));
    for nth in 0..100 {
        let expected = if nth < 10 {
            Claim::Claimed
        } else {
            Claim::Full
        };
        assert_eq!(now(store.claim(&attempt(&noisy, nth), MINUTE)), expected);
    }
    for nth in 0..10 {
        handle(&store, &attempt(&quiet, nth), HOUR);
    }
    assert_eq!(stats(&store), (20, 10, 90));
}

#[test]
fn endpoints_are_known_by_their_names() {
    let store = quota(1);
    handle(&store, &attempt(&hooks(), 1), HOUR);
    assert_eq!(now(store.claim(&attempt(&hooks(), 1), MINUTE)), Claim::Done);
    assert_eq!(now(store.claim(&attempt(&hooks(), 2), MINUTE)), Claim::Full);
    let other = attempt(&Arc::from("others"), 1);
    assert_eq!(now(store.claim(&other, MINUTE)), Claim::Claimed);
}

#[test]
fn what_has_expired_makes_room() {
    let clock = Moved::default();
    let (store, hooks) = (quota(2).with_clock(clock.clone()), hooks());
    handle(&store, &attempt(&hooks, 1), HOUR);
    assert_eq!(
        now(store.claim(&attempt(&hooks, 2), MINUTE)),
        Claim::Claimed
    );
    assert_eq!(now(store.claim(&attempt(&hooks, 3), MINUTE)), Claim::Full);

    clock.pass(MINUTE);
    assert_eq!(now(store.claim(&attempt(&hooks, 3), HOUR)), Claim::Claimed);
    assert_eq!(now(store.claim(&attempt(&hooks, 4), MINUTE)), Claim::Full);
    assert_eq!(now(store.claim(&attempt(&hooks, 1), MINUTE)), Claim::Done);

    clock.pass(HOUR - MINUTE);
    assert_eq!(
        now(store.claim(&attempt(&hooks, 4), MINUTE)),
        Claim::Claimed
    );
    assert_eq!(now(store.claim(&attempt(&hooks, 5), MINUTE)), Claim::Full);
    assert_eq!(stats(&store), (2, 2, 3));
}

#[test]
fn what_was_handled_is_marked_even_without_room() {
    let clock = Moved::default();
    let (store, hooks) = (quota(1).with_clock(clock.clone()), hooks());
    let outlived = attempt(&hooks, 1);
    assert_eq!(now(store.claim(&outlived, MINUTE)), Claim::Claimed);
    clock.pass(MINUTE);
    handle(&store, &attempt(&hooks, 2), HOUR);
    assert_eq!(now(store.complete(&outlived, HOUR)), Renewal::Held);
    for nth in [1, 2] {
        assert_eq!(now(store.claim(&attempt(&hooks, nth), MINUTE)), Claim::Done);
    }
    assert_eq!(now(store.claim(&attempt(&hooks, 3), MINUTE)), Claim::Full);
}

#[test]
fn what_was_handled_is_marked_though_another_claimed_it_since_and_let_its_lease_end() {
    let clock = Moved::default();
    let (store, hooks) = (quota(10).with_clock(clock.clone()), hooks());
    let (first, second) = (attempt(&hooks, 1), attempt(&hooks, 1));
    for lease in [&first, &second] {
        assert_eq!(now(store.claim(lease, MINUTE)), Claim::Claimed);
        clock.pass(MINUTE);
    }
    assert_eq!(now(store.complete(&first, HOUR)), Renewal::Held);
    assert_eq!(now(store.claim(&second, MINUTE)), Claim::Done);
    assert_eq!(stats(&store), (1, 0, 0));
}

#[test]
fn it_expires_by_the_monotonic_clock_alone() {
    let clock = Moved::at(1_767_225_600);
    let (store, hooks) = (MemoryStore::default().with_clock(clock.clone()), hooks());
    let claimed = attempt(&hooks, 1);
    assert_eq!(now(store.claim(&claimed, MINUTE)), Claim::Claimed);
    handle(&store, &attempt(&hooks, 2), HOUR);
    for jump in [86_400, -172_800, -1_767_225_600] {
        clock.jump(jump);
        let retry_after = MINUTE;
        assert_eq!(
            now(store.claim(&attempt(&hooks, 1), MINUTE)),
            Claim::InProgress { retry_after }
        );
        assert_eq!(now(store.claim(&attempt(&hooks, 2), MINUTE)), Claim::Done);
    }
    clock.pass(MINUTE - Duration::from_millis(1));
    let retry_after = Duration::from_millis(1);
    assert_eq!(
        now(store.claim(&attempt(&hooks, 1), MINUTE)),
        Claim::InProgress { retry_after }
    );
    clock.pass(Duration::from_millis(1));
    assert_eq!(now(store.renew(&claimed, MINUTE)), Renewal::Lost);
    assert_eq!(
        now(store.claim(&attempt(&hooks, 1), MINUTE)),
        Claim::Claimed
    );
    clock.pass(HOUR - MINUTE - Duration::from_millis(1));
    assert_eq!(now(store.claim(&attempt(&hooks, 2), MINUTE)), Claim::Done);
    clock.pass(Duration::from_millis(1));
    assert_eq!(
        now(store.claim(&attempt(&hooks, 2), MINUTE)),
        Claim::Claimed
    );
}

#[test]
fn a_mark_lasts_no_less_than_its_retention_wherever_the_second_begins() {
    for begun in [0, 1, 500, 999] {
        let clock = Moved::default();
        clock.pass(Duration::from_millis(begun));
        let (store, hooks) = (quota(10).with_clock(clock.clone()), hooks());
        handle(&store, &attempt(&hooks, 1), MINUTE);
        clock.pass(MINUTE - Duration::from_millis(1));
        assert_eq!(now(store.claim(&attempt(&hooks, 1), MINUTE)), Claim::Done);
        clock.pass(Duration::from_secs(1));
        assert_eq!(
            now(store.claim(&attempt(&hooks, 1), MINUTE)),
            Claim::Claimed
        );
    }
}

#[test]
fn completing_again_never_shortens_a_mark() {
    let clock = Moved::default();
    let (store, hooks) = (quota(10).with_clock(clock.clone()), hooks());
    let lease = attempt(&hooks, 1);
    handle(&store, &lease, HOUR);
    assert_eq!(now(store.complete(&lease, MINUTE)), Renewal::Held);
    clock.pass(HOUR - MINUTE);
    assert_eq!(now(store.claim(&attempt(&hooks, 1), MINUTE)), Claim::Done);
}

#[test]
fn a_large_quota_is_never_exceeded_and_nearly_used() {
    for entries in [5_000, 66_000] {
        let (store, hooks) = (quota(entries), hooks());
        let mut first_refusal = None;
        for nth in 0..u64::try_from(entries * 2).expect("few") {
            let lease = attempt(&hooks, nth);
            match now(store.claim(&lease, MINUTE)) {
                Claim::Full => first_refusal = first_refusal.or(Some(nth)),
                _ => assert_eq!(now(store.complete(&lease, HOUR)), Renewal::Held),
            }
        }
        let first = usize::try_from(first_refusal.expect("a refusal")).expect("few");
        assert!(first > entries * 8 / 10, "{first} of {entries}");
        assert!(store.stats().entries <= entries, "{entries}");
    }
}

#[test]
fn copies_share_what_they_remember_and_another_clock_begins_anew() {
    let (store, hooks) = (quota(3), hooks());
    handle(&store.clone(), &attempt(&hooks, 1), HOUR);
    assert_eq!(now(store.claim(&attempt(&hooks, 1), MINUTE)), Claim::Done);
    let fresh = store.clone().with_clock(Moved::default());
    assert_eq!(stats(&fresh), (0, 0, 0));
    for nth in 0..3 {
        handle(&fresh, &attempt(&hooks, nth), HOUR);
    }
    assert_eq!(now(fresh.claim(&attempt(&hooks, 3), MINUTE)), Claim::Full);
    assert_eq!(stats(&store), (1, 0, 0));
}

#[test]
fn the_default_quota_is_a_million() {
    assert_eq!(MemoryStore::DEFAULT_QUOTA.get(), 1_000_000);
    assert_eq!(MemoryStore::default().stats(), MemoryStats::default());
}

#[cfg(feature = "tower")]
#[tokio::test(start_paused = true)]
async fn behind_an_endpoint_a_full_store_refuses_new_deliveries_alone() {
    use super::driver::{App, all, guarded};
    use super::forms::event;
    use hookproof::providers;

    for driver in all() {
        let store = quota(3);
        let app = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        for nth in 0..5 {
            let reply = app.send(&event(&providers::GITHUB, nth)).await;
            assert_eq!(reply.is_handlers(), nth < 3, "{driver:?} {nth}");
            assert_eq!(reply.is_not_now(), nth >= 3, "{driver:?} {nth}");
        }
        for nth in 0..3 {
            let reply = app.send(&event(&providers::GITHUB, nth)).await;
            assert!(reply.is_duplicate(), "{driver:?} {nth}");
        }
        assert_eq!(stats(&store), (3, 0, 2), "{driver:?}");
    }
}

#[cfg(feature = "tower")]
#[tokio::test(start_paused = true)]
async fn behind_an_endpoint_claims_that_came_to_nothing_take_no_room() {
    use super::driver::{App, all, guarded};
    use super::forms::event;
    use hookproof::providers;

    for driver in all() {
        let store = quota(1);
        let endpoint = guarded(&providers::GITHUB, store.clone());
        let app = App::new(driver, &endpoint, |_| async { 500 });
        for nth in 0..100 {
            let reply = app.send(&event(&providers::GITHUB, nth)).await;
            assert_eq!(reply.status, 500, "{driver:?} {nth}");
        }
        assert_eq!(stats(&store), (0, 0, 0), "{driver:?}");
    }
}
