//! Clocks that jump: no delivery is handled twice for them.

use std::time::Duration;

use hookproof::replay::{MemoryStore, ReplayGuard};
use hookproof::{Endpoint, Tolerance, providers};

use super::clock::Moved;
use super::driver::{App, Driver, all};
use super::forms::event;
use crate::support::delivered::{Delivered, NOW};

const HOUR: Duration = Duration::from_secs(3_600);

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A receiver and its memory on one machine, with one clock.
fn receiver(driver: Driver, clock: &Moved, retention: Option<Duration>) -> App {
    let store = MemoryStore::default().with_clock(clock.clone());
    let guard = ReplayGuard::new(store);
    let guard = match retention {
        Some(retention) => guard.retention(retention),
        None => guard,
    };
    let verifier = event(&providers::SVIX, 1)
        .verifier
        .with_clock(clock.clone());
    let endpoint = Endpoint::builder("hooks", verifier).replay(guard);
    App::quick(driver, &endpoint.build().expect("a sound endpoint"))
}

/// Stamped so long after the usual second.
fn stamped(later: i64) -> Delivered {
    let mut delivered = event(&providers::SVIX, 1).at(NOW + later);
    delivered.sign();
    delivered
}

#[tokio::test(start_paused = true)]
async fn once_forgotten_a_delivery_is_stale() {
    for driver in all() {
        for stamp in [-300, 0, 299] {
            let clock = Moved::at(NOW);
            let app = receiver(driver, &clock, Some(secs(601)));
            assert!(app.send(&stamped(stamp)).await.is_handlers(), "{driver:?}");
            for _ in 0..120 {
                clock.pass(secs(7));
                let reply = app.send(&stamped(stamp)).await;
                let refused = reply.status == 401;
                assert!(reply.is_duplicate() || refused, "{driver:?} {reply:?}");
            }
            assert_eq!(app.send(&stamped(stamp)).await.status, 401, "{driver:?}");
            assert_eq!(app.calls(), 1, "{driver:?} {stamp}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_shortest_retention_reaches_to_the_last_moment_of_the_window() {
    for driver in all() {
        for (begun, later) in [(0, 600_000), (0, 600_999), (500, 600_400), (999, 600_000)] {
            let clock = Moved::at(NOW);
            clock.pass(Duration::from_millis(begun));
            // As far ahead as the window allows: accepted for ten minutes, both ends included.
            let delivered = stamped(300);
            let retention = shortest_retention();
            let app = receiver(driver, &clock, Some(retention));
            assert!(app.send(&delivered).await.is_handlers(), "{driver:?}");
            clock.pass(Duration::from_millis(later));
            app.send(&delivered).await;
            assert_eq!(app.calls(), 1, "{driver:?} {begun} {later} {retention:?}");
        }
    }
}

/// The shortest with which an endpoint starts, to the second.
fn shortest_retention() -> Duration {
    let starts = |retention: &Duration| {
        let guard = ReplayGuard::new(MemoryStore::default()).retention(*retention);
        let endpoint = Endpoint::builder("hooks", event(&providers::SVIX, 1).verifier);
        endpoint.replay(guard).build().is_ok()
    };
    (590..700)
        .map(secs)
        .find(starts)
        .expect("one that is long enough")
}

#[tokio::test(start_paused = true)]
async fn a_wall_clock_that_is_set_back_or_ahead_handles_nothing_twice() {
    for driver in all() {
        let clock = Moved::at(NOW);
        let app = receiver(driver, &clock, None);
        assert!(app.send(&stamped(0)).await.is_handlers(), "{driver:?}");

        clock.jump(-3_600);
        assert_eq!(app.send(&stamped(0)).await.status, 401, "{driver:?}");
        assert!(
            app.send(&stamped(-3_600)).await.is_duplicate(),
            "{driver:?}"
        );
        clock.jump(3_600);
        assert!(app.send(&stamped(0)).await.is_duplicate(), "{driver:?}");

        clock.jump(86_400);
        assert_eq!(app.send(&stamped(0)).await.status, 401, "{driver:?}");
        assert!(
            app.send(&stamped(86_400)).await.is_duplicate(),
            "{driver:?}"
        );

        // Real time passes, and the wall clock is put back to where it was.
        clock.pass(HOUR * 27);
        clock.jump(-86_400 - 27 * 3_600);
        assert!(app.send(&stamped(0)).await.is_duplicate(), "{driver:?}");
        assert_eq!(app.calls(), 1, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wall_clock_that_jumps_while_the_handler_runs_frees_no_claim() {
    for driver in all() {
        let clock = Moved::at(NOW);
        let store = MemoryStore::default().with_clock(clock.clone());
        let verifier = event(&providers::SVIX, 1)
            .verifier
            .with_clock(clock.clone());
        let endpoint = Endpoint::builder("hooks", verifier)
            .tolerance(Tolerance::symmetric(Tolerance::MAX_SECS))
            .replay(store)
            .build()
            .expect("a sound endpoint");
        let app = App::new(driver, &endpoint, |_| async {
            tokio::time::sleep(secs(5)).await;
            200
        });
        let first = app.spawn(&stamped(0));
        tokio::time::sleep(secs(1)).await;
        for jump in [-3_600, 86_400, -7_200] {
            clock.jump(jump);
            assert!(
                app.send(&stamped(0)).await.is_not_now(),
                "{driver:?} {jump}"
            );
        }
        assert!(first.await.expect("no panic").is_handlers(), "{driver:?}");
        assert!(app.send(&stamped(0)).await.is_duplicate(), "{driver:?}");
        assert_eq!(app.calls(), 1, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_stamped_anew_after_it_was_forgotten_is_handled_again() {
    for driver in all() {
        let clock = Moved::at(NOW);
        let app = receiver(driver, &clock, Some(HOUR));
        assert!(app.send(&stamped(0)).await.is_handlers(), "{driver:?}");
        clock.pass(HOUR - secs(1));
        assert!(app.send(&stamped(3_599)).await.is_duplicate(), "{driver:?}");
        clock.pass(secs(2));
        assert!(app.send(&stamped(3_601)).await.is_handlers(), "{driver:?}");
    }
}
