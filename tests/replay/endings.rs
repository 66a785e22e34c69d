//! How a handler can end, and what becomes of its claim: answers, panics, senders that hang up.

use std::time::Duration;

use hookproof::providers;
use tokio::time::{sleep, timeout};

use super::driver::{ATTACHED, App, DETACHED, all, guarded};
use super::forms::event;
use super::puppet::{Act, Ask, Puppet};
use crate::support::delivered::Delivered;

fn delivery() -> Delivered {
    event(&providers::GITHUB, 1)
}

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test(start_paused = true)]
async fn an_answer_in_the_200s_marks_the_delivery_as_done() {
    for driver in all() {
        for status in [200, 201, 202, 204, 206, 299] {
            let store = Puppet::default();
            let endpoint = guarded(&providers::GITHUB, store.clone());
            let app = App::new(driver, &endpoint, move |_| async move { status });
            assert_eq!(app.send(&delivery()).await.status, status, "{driver:?}");
            assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
            assert_eq!(app.calls(), 1, "{driver:?} {status}");
            let told = (store.asked(Ask::Complete), store.asked(Ask::Release));
            assert_eq!(told, (1, 0), "{driver:?} {status}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn any_other_answer_gives_the_claim_up() {
    for driver in all() {
        for status in [
            300, 302, 304, 400, 401, 404, 409, 422, 429, 500, 502, 503, 599,
        ] {
            let store = Puppet::default();
            let endpoint = guarded(&providers::GITHUB, store.clone());
            let app = App::new(driver, &endpoint, move |job| async move {
                if job.nth < 3 { status } else { 200 }
            });
            for _ in 0..2 {
                let reply = app.send(&delivery()).await;
                assert_eq!(reply.status, status, "{driver:?}");
                assert!(reply.is_handlers(), "{driver:?}");
            }
            assert_eq!(app.send(&delivery()).await.status, 200, "{driver:?}");
            assert_eq!(app.calls(), 3, "{driver:?} {status}");
            let told = (store.asked(Ask::Complete), store.asked(Ask::Release));
            assert_eq!(told, (1, 2), "{driver:?} {status}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_panic_the_next_attempt_is_handled() {
    for driver in all() {
        let endpoint = guarded(&providers::GITHUB, Puppet::default());
        let app = App::new(driver, &endpoint, |job| async move {
            sleep(secs(1)).await;
            assert!(job.nth > 1, "the first attempt panics");
            200
        });
        let first = app.spawn(&delivery()).await;
        assert!(first.expect_err("it panicked").is_panic(), "{driver:?}");
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        assert_eq!(app.calls(), 2, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_before_the_handlers_future_is_made_gives_the_claim_up_too() {
    for driver in all() {
        let endpoint = guarded(&providers::GITHUB, Puppet::default());
        let app = App::new(driver, &endpoint, |job| {
            assert!(job.nth > 1, "the first attempt panics");
            async { 200 }
        });
        let first = app.spawn(&delivery()).await;
        assert!(first.expect_err("it panicked").is_panic(), "{driver:?}");
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn when_the_sender_hangs_up_the_claim_is_given_up_at_once() {
    for &driver in ATTACHED {
        let store = Puppet::default();
        let endpoint = guarded(&providers::GITHUB, store.clone());
        let app = App::new(driver, &endpoint, |_| async {
            sleep(secs(5)).await;
            200
        });
        let hung_up = timeout(secs(1), app.send(&delivery())).await;
        assert!(hung_up.is_err(), "{driver:?}");
        assert_eq!(store.asked(Ask::Release), 1, "{driver:?}");
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        assert_eq!(app.calls(), 2, "{driver:?}");
        assert_eq!(store.asked(Ask::Complete), 1, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_detached_handler_goes_on_without_its_sender_and_is_not_run_again() {
    for &driver in DETACHED {
        let store = Puppet::default();
        let endpoint = guarded(&providers::GITHUB, store.clone());
        let app = App::new(driver, &endpoint, |_| async {
            sleep(secs(100)).await;
            200
        });
        let hung_up = timeout(secs(1), app.send(&delivery())).await;
        assert!(hung_up.is_err(), "{driver:?}");
        for _ in 0..9 {
            sleep(secs(10)).await;
            assert!(app.send(&delivery()).await.is_not_now(), "{driver:?}");
        }
        sleep(secs(10)).await;
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        assert_eq!(app.calls(), 1, "{driver:?}");
        let told = (store.asked(Ask::Complete), store.asked(Ask::Release));
        assert_eq!(told, (1, 0), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_detached_handler_that_fails_without_its_sender_gives_the_claim_up() {
    for &driver in DETACHED {
        for panics in [false, true] {
            let endpoint = guarded(&providers::GITHUB, Puppet::default());
            let app = App::new(driver, &endpoint, move |job| async move {
                sleep(secs(5)).await;
                assert!(job.nth > 1 || !panics, "the first attempt panics");
                if job.nth == 1 { 500 } else { 200 }
            });
            let hung_up = timeout(secs(1), app.send(&delivery())).await;
            assert!(hung_up.is_err(), "{driver:?}");
            assert!(app.send(&delivery()).await.is_not_now(), "{driver:?}");
            sleep(secs(5)).await;
            assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
            assert_eq!(app.calls(), 2, "{driver:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_sender_that_hangs_up_after_the_handlers_success_does_not_undo_it() {
    for driver in all() {
        let store = Puppet::default();
        // The word that the delivery is done is lost on its way.
        store.next(Ask::Complete, [Act::Hangs]);
        let app = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        let hung_up = timeout(secs(1), app.send(&delivery())).await;
        assert!(hung_up.is_err(), "{driver:?}");
        sleep(secs(2)).await;
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        assert_eq!(app.calls(), 1, "{driver:?}");
        let told = (store.asked(Ask::Complete), store.asked(Ask::Release));
        assert_eq!(told, (2, 0), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_sender_that_hangs_up_after_the_handlers_failure_does_not_keep_the_claim() {
    for driver in all() {
        let store = Puppet::default();
        store.next(Ask::Release, [Act::Hangs]);
        let endpoint = guarded(&providers::GITHUB, store.clone());
        let app = App::new(driver, &endpoint, |job| async move {
            if job.nth == 1 { 500 } else { 200 }
        });
        let hung_up = timeout(secs(1), app.send(&delivery())).await;
        assert!(hung_up.is_err(), "{driver:?}");
        sleep(secs(2)).await;
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        assert_eq!(store.asked(Ask::Complete), 1, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_sender_that_hangs_up_while_the_store_is_asked_leaves_no_claim_behind() {
    for driver in all() {
        let store = Puppet::default();
        store.next(Ask::Claim, [Act::Late(secs(1))]);
        let app = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        let hung_up = timeout(Duration::from_millis(500), app.send(&delivery())).await;
        assert!(hung_up.is_err(), "{driver:?}");
        assert_eq!(app.calls(), 0, "{driver:?}");
        assert_eq!(store.asked(Ask::Release), 1, "{driver:?}");
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_duplicate_that_hangs_up_does_not_free_the_first() {
    for driver in all() {
        let store = Puppet::default();
        let endpoint = guarded(&providers::GITHUB, store.clone());
        let app = App::new(driver, &endpoint, |_| async {
            sleep(secs(10)).await;
            200
        });
        let first = app.spawn(&delivery());
        sleep(secs(1)).await;
        store.next(Ask::Claim, [Act::Late(secs(1))]);
        let hung_up = timeout(Duration::from_millis(500), app.send(&delivery())).await;
        assert!(hung_up.is_err(), "{driver:?}");
        assert!(app.send(&delivery()).await.is_not_now(), "{driver:?}");
        assert!(first.await.expect("no panic").is_handlers(), "{driver:?}");
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        assert_eq!(app.calls(), 1, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_cannot_be_given_up_frees_itself_when_its_lease_ends() {
    for driver in all() {
        for act in [Act::Hangs, Act::Fails, Act::FailsAfter(secs(1))] {
            let store = Puppet::that(Ask::Release, act);
            let endpoint = guarded(&providers::GITHUB, store.clone());
            let app = App::new(driver, &endpoint, |job| async move {
                if job.nth == 1 { 500 } else { 200 }
            });
            let first = timeout(secs(2) + Duration::from_millis(1), app.send(&delivery()));
            let first = first.await.expect("no later than the store's deadline");
            assert_eq!(first.status, 500, "{driver:?} {act:?}");
            assert!(
                app.send(&delivery()).await.is_not_now(),
                "{driver:?} {act:?}"
            );
            sleep(secs(30)).await;
            assert!(
                app.send(&delivery()).await.is_handlers(),
                "{driver:?} {act:?}"
            );
        }
    }
}
