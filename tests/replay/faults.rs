//! A store that fails: nothing is handled without a claim, nothing handled is handled again.

use std::time::Duration;

use hookproof::providers;
use hookproof::replay::ReplayGuard;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use super::driver::{ATTACHED, App, all, guarded};
use super::forms::event;
use super::puppet::{Act, Ask, Puppet};
use crate::support::delivered::Delivered;

fn delivery() -> Delivered {
    event(&providers::GITHUB, 1)
}

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

#[tokio::test(start_paused = true)]
async fn without_an_answer_to_the_claim_nothing_is_handled() {
    for driver in all() {
        for act in [Act::Fails, Act::FailsAfter(secs(1)), Act::Refuses] {
            let store = Puppet::that(Ask::Claim, act);
            let app = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
            let reply = app.send(&delivery()).await;
            assert!(reply.is_not_now(), "{driver:?} {act:?}: {reply:?}");
            assert_eq!(app.calls(), 0, "{driver:?} {act:?}");

            store.always(Ask::Claim, Act::Keeps);
            assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_is_not_answered_is_refused_at_the_deadline_and_given_up() {
    for driver in all() {
        let store = Puppet::that(Ask::Claim, Act::Hangs);
        let app = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        let started = Instant::now();
        assert!(app.send(&delivery()).await.is_not_now(), "{driver:?}");
        assert_eq!(started.elapsed().as_secs(), 2, "{driver:?}");
        assert_eq!(store.asked(Ask::Release), 1, "{driver:?}");
        assert_eq!(app.calls(), 0, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_was_taken_but_not_answered_does_not_block_the_next_attempt() {
    for driver in all() {
        let store = Puppet::default();
        store.next(Ask::Claim, [Act::Late(secs(60))]);
        let app = App::quick(driver, &guarded(&providers::GITHUB, store));
        assert!(app.send(&delivery()).await.is_not_now(), "{driver:?}");
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_slow_within_its_deadline_does_no_harm() {
    for driver in all() {
        let store = Puppet::that(Ask::Claim, Act::Late(millis(1_900)));
        store.always(Ask::Complete, Act::Late(millis(1_900)));
        let app = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        assert_eq!((app.calls(), store.asked(Ask::Complete)), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn the_stores_deadline_can_be_set_and_follows_a_provider_in_a_hurry() {
    let guard = |store| ReplayGuard::new(store).store_deadline(millis(250));
    let hangs = || Puppet::that(Ask::Claim, Act::Hangs);
    let hurried = providers::GITHUB
        .adjust()
        .retries(providers::GITHUB.retries().acknowledge_within(3))
        .build();
    for driver in all() {
        let set = guarded(&providers::GITHUB, guard(hangs()));
        let derived = guarded(&hurried, hangs());
        for (endpoint, expected) in [(set, 250), (derived, 600)] {
            let app = App::quick(driver, &endpoint);
            let started = Instant::now();
            assert!(app.send(&delivery()).await.is_not_now(), "{driver:?}");
            let elapsed = started.elapsed().as_millis();
            assert!(elapsed.abs_diff(expected) <= 5, "{driver:?} {elapsed}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_success_is_answered_by_the_deadline_and_told_to_the_store_until_it_hears() {
    for driver in all() {
        let store = Puppet::default();
        store.next(
            Ask::Complete,
            [Act::Hangs, Act::Hangs, Act::Fails, Act::Hangs],
        );
        let app = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        let started = Instant::now();
        let first = app.send(&delivery()).await;
        assert!(first.is_handlers(), "{driver:?}: {first:?}");
        assert_eq!(first.status, 200, "{driver:?}");
        assert_eq!(started.elapsed().as_secs(), 2, "{driver:?}");

        // Until the store hears of it, this process remembers by itself.
        store.forget();
        let claims = store.asked(Ask::Claim);
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        assert_eq!(store.asked(Ask::Claim), claims, "{driver:?}");

        sleep(secs(60)).await;
        assert_eq!(store.asked(Ask::Complete), 5, "{driver:?}");
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        assert_eq!(store.asked(Ask::Claim), claims + 1, "{driver:?}");
        let told = (app.calls(), store.asked(Ask::Release));
        assert_eq!(told, (1, 0), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_success_that_the_store_refuses_to_hear_is_answered_at_once() {
    for driver in all() {
        let store = Puppet::default();
        store.next(Ask::Complete, [Act::Fails; 10]);
        let app = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        let started = Instant::now();
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        assert_eq!(started.elapsed(), Duration::ZERO, "{driver:?}");
        store.forget();
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        sleep(secs(60)).await;
        assert_eq!(store.asked(Ask::Complete), 11, "{driver:?}");
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        assert_eq!(app.calls(), 1, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn while_the_store_is_down_for_hours_what_was_handled_is_not_handled_again() {
    for driver in all() {
        let store = Puppet::that(Ask::Complete, Act::Hangs);
        let app = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        for _ in 0..4 {
            sleep(secs(3_600)).await;
            assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        }
        // Attempts are 7 s apart at most, and not a flood.
        let attempts = store.asked(Ask::Complete);
        assert!((2_000..2_200).contains(&attempts), "{driver:?} {attempts}");
        store.always(Ask::Complete, Act::Keeps);
        sleep(secs(10)).await;
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        assert_eq!(app.calls(), 1, "{driver:?}");
        let told = store.asked(Ask::Complete);
        sleep(secs(3_600)).await;
        assert_eq!(store.asked(Ask::Complete), told, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn it_is_given_up_when_it_could_be_forgotten_anyway() {
    for driver in all() {
        let store = Puppet::that(Ask::Complete, Act::Hangs);
        let guard = ReplayGuard::new(store.clone()).retention(secs(600));
        let app = App::quick(driver, &guarded(&providers::GITHUB, guard));
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        sleep(secs(620)).await;
        let told = store.asked(Ask::Complete);
        sleep(secs(3_600)).await;
        assert_eq!(store.asked(Ask::Complete), told, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_delivery_whose_lease_ends_while_the_store_is_told_is_not_handled_again() {
    for driver in all() {
        let store = Puppet::default();
        store.next(Ask::Complete, [Act::Hangs]);
        let guard = ReplayGuard::new(store.clone()).lease(secs(1));
        let app = App::quick(driver, &guarded(&providers::GITHUB, guard));
        let first = app.spawn(&delivery());
        sleep(millis(1_500)).await;
        let second = app.send(&delivery()).await;
        assert!(first.await.expect("no panic").is_handlers(), "{driver:?}");
        assert_eq!(app.calls(), 1, "{driver:?}: {second:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_claim_whose_lease_ended_before_its_answer_came_is_no_claim() {
    for driver in all() {
        let store = Puppet::that(Ask::Claim, Act::Late(millis(1_500)));
        let guard = ReplayGuard::new(store).lease(secs(1));
        let app = App::quick(driver, &guarded(&providers::GITHUB, guard));
        let first = app.spawn(&delivery());
        sleep(millis(1_200)).await;
        let second = app.send(&delivery()).await;
        let first = first.await.expect("no panic");
        assert!(app.calls() <= 1, "{driver:?}: {first:?} {second:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_mark_that_the_store_says_is_anothers_changes_nothing_in_the_answer() {
    for driver in all() {
        let store = Puppet::default();
        store.next(Ask::Complete, [Act::Refuses]);
        let app = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        let reply = app.send(&delivery()).await;
        assert_eq!(reply.status, 200, "{driver:?}");
        assert!(reply.is_handlers(), "{driver:?}");
        sleep(secs(60)).await;
        let told = (store.asked(Ask::Complete), store.asked(Ask::Release));
        assert_eq!(told, (1, 0), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn while_the_store_is_down_giving_claims_up_does_not_pile_up() {
    for driver in all() {
        let store = Puppet::that(Ask::Claim, Act::Hangs);
        store.always(Ask::Release, Act::Hangs);
        let app = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        let mut senders = JoinSet::new();
        for nth in 0..1_000 {
            senders.spawn(app.send(&event(&providers::GITHUB, nth)));
        }
        let replies = senders.join_all().await;
        assert!(replies.iter().all(|it| it.is_not_now()), "{driver:?}");
        assert_eq!(store.asked(Ask::Release), 1_000, "{driver:?}");
        sleep(millis(2_500)).await;
        let again = store.asked(Ask::Release) - 1_000;
        assert!((1..=256).contains(&again), "{driver:?} {again}");
        // The rest is left to the end of the leases.
        sleep(secs(60)).await;
        let asked = store.asked(Ask::Release);
        sleep(secs(3_600)).await;
        assert_eq!(store.asked(Ask::Release), asked, "{driver:?}");
    }
}

#[test]
fn without_a_runtime_a_store_to_wait_for_is_503_not_a_panic() {
    use std::task::{Context, Poll, Waker};

    for &driver in ATTACHED {
        let store = Puppet::that(Ask::Claim, Act::Hangs);
        let app = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        let mut cx = Context::from_waker(Waker::noop());
        let Poll::Ready(reply) = app.send(&delivery()).as_mut().poll(&mut cx) else {
            panic!("the answer is there at once");
        };
        assert!(reply.is_not_now(), "{driver:?}");
        assert_eq!(store.asked(Ask::Release), 1, "{driver:?}");
        assert_eq!(app.calls(), 0, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn two_endpoints_may_share_a_store_that_is_slow_for_one_of_them() {
    let store = Puppet::default();
    store.next(Ask::Claim, [Act::Hangs]);
    for &driver in ATTACHED {
        let slow = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        let waiting = slow.spawn(&delivery());
        let quick = App::quick(driver, &guarded(&providers::SENT, store.clone()));
        tokio::task::yield_now().await;
        let reply = timeout(millis(10), quick.send(&event(&providers::SENT, 1))).await;
        assert!(reply.expect("not held up").is_handlers(), "{driver:?}");
        waiting.await.expect("no panic");
        store.forget();
        store.next(Ask::Claim, [Act::Hangs]);
    }
}
