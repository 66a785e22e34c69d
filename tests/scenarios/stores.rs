//! Stores that fail, hang, or are full.

use std::num::NonZeroUsize;

use hookproof::providers;
use hookproof::replay::MemoryStore;
use http::HeaderMap;
use tokio::time::Instant;

use crate::captured::captured;
use crate::driver::{App, Driver, all, guarded};
use crate::forms::event;
use crate::puppet::{Act, Ask, Puppet};
use crate::support::delivered::Delivered;

fn delivery(nth: usize) -> Delivered {
    event(&providers::MAILINGAPI, nth)
}

fn app(driver: Driver, store: &Puppet) -> App {
    App::quick(driver, &guarded(&providers::MAILINGAPI, store.clone()))
}

fn quota(entries: usize) -> MemoryStore {
    MemoryStore::with_quota(NonZeroUsize::new(entries).expect("not zero"))
}

/// hx-s-015, store down, fail-closed: 503 with `Retry-After`.
#[test]
fn hx_s_015_the_store_is_down() {
    for driver in all() {
        let captured = captured(async move {
            let app = app(driver, &Puppet::that(Ask::Claim, Act::Fails));
            assert!(app.send(&delivery(1)).await.is_not_now(), "{driver:?}");
            assert_eq!(app.calls(), 0, "{driver:?}");
        });
        captured.line(&["WARN", "replay store", "as told"]);
        captured.line(&["WARN", "kind=\"store-unavailable\""]);
    }
}

/// hx-s-016, store black-holed: 503 at the store's deadline of two seconds.
#[tokio::test(start_paused = true)]
async fn hx_s_016_the_store_never_answers() {
    for driver in all() {
        let app = app(driver, &Puppet::that(Ask::Claim, Act::Hangs));
        let begun = Instant::now();
        assert!(app.send(&delivery(1)).await.is_not_now(), "{driver:?}");
        assert_eq!(begun.elapsed().as_secs(), 2, "{driver:?}");
        assert_eq!(app.calls(), 0, "{driver:?}");
    }
}

/// hx-s-017, store slow to finish: the handler's answer, at the deadline, every time; and the
/// delivery counts as handled (`docs/replay.md`, What happens at each fault).
#[tokio::test(start_paused = true)]
async fn hx_s_017_the_store_is_slow_to_finish() {
    for driver in all() {
        let app = app(driver, &Puppet::that(Ask::Complete, Act::Hangs));
        for nth in 1..=5 {
            let begun = Instant::now();
            assert!(app.send(&delivery(nth)).await.is_handlers(), "{driver:?}");
            assert_eq!(begun.elapsed().as_secs(), 2, "{driver:?}");
            assert!(app.send(&delivery(nth)).await.is_duplicate(), "{driver:?}");
            assert_eq!(app.calls(), nth, "{driver:?}");
        }
    }
}

/// hx-s-018, memory store full: 503 at capacity, and whatever was handled is still known.
#[tokio::test(start_paused = true)]
async fn hx_s_018_the_memory_store_is_full() {
    let store = quota(1_000);
    let app = App::quick(
        Driver::Layer,
        &guarded(&providers::MAILINGAPI, store.clone()),
    );
    let mut handled = Vec::new();
    for nth in 1..=1_001 {
        let delivered = delivery(nth);
        let reply = app.send(&delivered).await;
        assert!(
            reply.is_handlers() || reply.is_not_now(),
            "{nth}: {reply:?}"
        );
        if reply.is_handlers() {
            handled.push(delivered);
        }
    }
    assert!(handled.len() <= 1_000, "{} of 1000", handled.len());
    assert!(app.send(&delivery(1)).await.is_duplicate(), "the first");
    for delivered in &handled {
        assert!(app.send(delivered).await.is_duplicate());
    }
    assert_eq!(app.calls(), handled.len());
    assert_eq!(store.stats().entries, handled.len());
}

/// hx-s-019, memory store under a flood of refused deliveries: it stays empty.
#[tokio::test(start_paused = true)]
async fn hx_s_019_the_memory_store_under_a_flood_of_refused_deliveries() {
    let store = quota(1_000);
    let app = App::quick(
        Driver::Layer,
        &guarded(&providers::MAILINGAPI, store.clone()),
    );
    let mut unsigned = delivery(1);
    unsigned.headers = HeaderMap::new();
    let mut forged = delivery(1);
    forged.write(&[&forged.encoded(&[7; 32])]);
    for nth in 0..100_000 {
        // A signature costs its MAC, which is slow in a build for tests.
        let refused = if nth % 20 == 0 { &forged } else { &unsigned };
        assert_eq!(app.send(refused).await.status, 401);
    }
    assert_eq!((app.calls(), store.stats().entries), (0, 0));
    assert!(app.send(&delivery(1)).await.is_handlers());
    assert_eq!(store.stats().entries, 1);
}
