//! Leases: renewed while the handler runs, and what the handler sees when one is lost.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;

use hookproof::providers;
use hookproof::replay::ReplayGuard;
use tokio::time::{Instant, advance, sleep, timeout};

use super::driver::{App, Job, all, guarded};
use super::forms::event;
use super::puppet::{Act, Ask, Puppet};
use crate::support::delivered::Delivered;

fn delivery() -> Delivered {
    event(&providers::GITHUB, 1)
}

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// When the handler's lease was lost, in whole seconds, if it was within that time.
async fn lost_after(job: Job, within: Duration) -> Option<u64> {
    let started = Instant::now();
    let lease = job.lease();
    timeout(within, lease.lost()).await.ok()?;
    assert!(lease.is_lost(), "it says so too");
    Some(started.elapsed().as_secs())
}

/// Runs one delivery whose handler waits so long for the loss of its lease, and tells what it saw.
async fn watched(guard: ReplayGuard, waits: Duration) -> Vec<Option<u64>> {
    let mut seen = Vec::new();
    for driver in all() {
        let saw = Arc::new(Mutex::new(None));
        let endpoint = guarded(&providers::GITHUB, guard.clone());
        let app = {
            let saw = Arc::clone(&saw);
            App::new(driver, &endpoint, move |job| {
                let saw = Arc::clone(&saw);
                async move {
                    let lost = lost_after(job, waits).await;
                    *saw.lock().expect("no panic") = lost;
                    500
                }
            })
        };
        app.send(&delivery()).await;
        seen.push(saw.lock().expect("no panic").take());
    }
    seen
}

#[tokio::test(start_paused = true)]
async fn it_is_renewed_at_each_third_while_the_handler_runs() {
    for driver in all() {
        let store = Puppet::default();
        let endpoint = guarded(&providers::GITHUB, store.clone());
        let app = App::new(driver, &endpoint, |job| async move {
            sleep(secs(99)).await;
            assert!(!job.lease().is_lost(), "it was renewed");
            200
        });
        let first = app.spawn(&delivery());
        sleep(secs(95)).await;
        assert!(app.send(&delivery()).await.is_not_now(), "{driver:?}");
        assert!(first.await.expect("no panic").is_handlers(), "{driver:?}");
        let renewed = store.seconds(Ask::Renew);
        assert_eq!(renewed, [10, 20, 30, 40, 50, 60, 70, 80, 90], "{driver:?}");
        assert_eq!(store.given(Ask::Renew), secs(30), "{driver:?}");
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        assert_eq!(app.calls(), 1, "{driver:?}");

        let told = store.calls();
        sleep(secs(3_600)).await;
        assert_eq!(store.calls(), told, "{driver:?}: nothing goes on");
    }
}

#[tokio::test(start_paused = true)]
async fn it_lasts_as_long_as_it_is_told_and_retry_after_tells_how_long() {
    for driver in all() {
        let store = Puppet::default();
        let guard = ReplayGuard::new(store.clone()).lease(secs(3));
        let app = App::new(driver, &guarded(&providers::GITHUB, guard), |_| async {
            sleep(Duration::from_millis(2_500)).await;
            200
        });
        let first = app.spawn(&delivery());
        sleep(Duration::from_millis(900)).await;
        let reply = app.send(&delivery()).await;
        assert_eq!(reply.retry_after, Some(3), "{driver:?}");
        first.await.expect("no panic");
        assert_eq!(store.given(Ask::Claim), secs(3), "{driver:?}");
        assert_eq!(store.seconds(Ask::Renew), [1, 2], "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_quick_handler_is_never_renewed() {
    for driver in all() {
        let store = Puppet::default();
        let app = App::new(
            driver,
            &guarded(&providers::GITHUB, store.clone()),
            |_| async {
                sleep(secs(9)).await;
                200
            },
        );
        app.send(&delivery()).await;
        assert_eq!(store.asked(Ask::Renew), 0, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_claim_is_renewed_the_sooner() {
    for driver in all() {
        let store = Puppet::that(Ask::Claim, Act::Late(Duration::from_millis(1_500)));
        let app = App::new(
            driver,
            &guarded(&providers::GITHUB, store.clone()),
            |_| async {
                sleep(secs(15)).await;
                200
            },
        );
        app.send(&delivery()).await;
        assert_eq!(store.seconds(Ask::Renew), [10], "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_handler_learns_that_the_store_lost_its_lease() {
    for driver in all() {
        let store = Puppet::default();
        store.next(Ask::Renew, [Act::Keeps, Act::Refuses]);
        let endpoint = guarded(&providers::GITHUB, store.clone());
        let app = App::new(driver, &endpoint, |job| async move {
            let (lease, other) = (job.lease(), job.lease());
            assert!(!lease.is_lost(), "not yet");
            let waiting = tokio::spawn(async move { other.lost().await });
            assert_eq!(lost_after(job, secs(60)).await, Some(20));
            waiting.await.expect("whoever waits is told");
            lease.lost().await;
            sleep(secs(100)).await;
            assert!(lease.is_lost(), "once lost it stays so");
            503
        });
        let reply = app.send(&delivery()).await;
        assert_eq!(reply.status, 503, "{driver:?}");
        assert_eq!(store.asked(Ask::Renew), 2, "{driver:?}: it is over then");
    }
}

#[tokio::test(start_paused = true)]
async fn another_attempt_after_the_store_forgot_does_not_stay_unseen() {
    for driver in all() {
        let store = Puppet::default();
        let endpoint = guarded(&providers::GITHUB, store.clone());
        let app = App::new(driver, &endpoint, |job| async move {
            match job.nth {
                1 => lost_after(job, secs(60)).await.map_or(200, |_| 503),
                _ => 200,
            }
        });
        let first = app.spawn(&delivery());
        sleep(secs(5)).await;
        store.forget();
        assert_eq!(app.send(&delivery()).await.status, 200, "{driver:?}");
        assert_eq!(first.await.expect("no panic").status, 503, "{driver:?}");
        // Its release freed nothing of the other's.
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn errors_until_the_lease_ends_are_a_loss() {
    for act in [Act::Fails, Act::FailsAfter(Duration::from_millis(200))] {
        let guard = ReplayGuard::new(Puppet::that(Ask::Renew, act));
        for lost in watched(guard, secs(100)).await {
            assert_eq!(lost, Some(30), "{act:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_does_not_answer_until_the_lease_ends_is_a_loss() {
    let guard = ReplayGuard::new(Puppet::that(Ask::Renew, Act::Hangs));
    for lost in watched(guard, secs(100)).await {
        assert_eq!(lost, Some(30));
    }
}

#[tokio::test(start_paused = true)]
async fn the_loss_is_told_when_the_lease_ends_however_long_the_store_may_take() {
    let guard = ReplayGuard::new(Puppet::that(Ask::Renew, Act::Hangs)).store_deadline(secs(7));
    for lost in watched(guard, secs(100)).await {
        assert_eq!(lost, Some(30));
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_comes_back_in_time_is_no_loss() {
    let store = Puppet::default();
    for _ in all() {
        store.next(Ask::Renew, [Act::Fails, Act::Hangs, Act::Fails, Act::Keeps]);
    }
    let guard = ReplayGuard::new(store.clone());
    for lost in watched(guard, secs(29)).await {
        assert_eq!(lost, None);
    }
    // One that fails is asked again after a thirtieth.
    assert_eq!(store.seconds(Ask::Renew)[..4], [10, 11, 14, 15]);
    assert_eq!(store.seconds(Ask::Renew)[4], 25);
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_was_suspended_past_its_lease_sees_it_before_it_goes_on() {
    for driver in all() {
        let endpoint = guarded(&providers::GITHUB, Puppet::default());
        let app = App::new(driver, &endpoint, |job| async move {
            sleep(secs(1)).await;
            // The machine sleeps: time passes between two steps of the handler.
            let mut cx = Context::from_waker(Waker::noop());
            let suspended = pin!(advance(secs(100))).poll(&mut cx);
            assert!(suspended.is_pending(), "the clock moves at the first poll");
            if job.lease().is_lost() { 503 } else { 200 }
        });
        assert_eq!(app.send(&delivery()).await.status, 503, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_lease_shows_whether_it_is_lost_and_nothing_else() {
    for driver in all() {
        let endpoint = guarded(&providers::GITHUB, Puppet::default());
        let app = App::new(driver, &endpoint, |job| async move {
            assert_eq!(
                format!("{:?}", job.lease()),
                "LeaseWatch { is_lost: false }"
            );
            200
        });
        assert_eq!(app.send(&delivery()).await.status, 200, "{driver:?}");
    }
}
