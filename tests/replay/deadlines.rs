//! The handler's deadline, and how long an answer can take.

use std::time::Duration;

use hookproof::scheme::Scheme;
use hookproof::{Answers, ConfigErrorKind, Endpoint, UnhandledKind, providers};
use tokio::time::{Instant, sleep};

use super::driver::{ATTACHED, App, DETACHED, all, builder};
use super::forms::event;
use super::puppet::{Act, Ask, Puppet};
use crate::support::delivered::Delivered;
use crate::support::shapes::presets;

fn delivery() -> Delivered {
    event(&providers::GITHUB, 1)
}

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// An endpoint that gives its handler five seconds.
fn hasty(store: Puppet) -> Endpoint {
    builder(&providers::GITHUB, store)
        .handler_deadline(secs(5))
        .build()
        .expect("a sound endpoint")
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_takes_too_long_is_answered_for() {
    for driver in all() {
        let app = App::new(driver, &hasty(Puppet::default()), |_| async {
            sleep(secs(20)).await;
            200
        });
        let started = Instant::now();
        let reply = app.send(&delivery()).await;
        assert!(reply.is_not_now(), "{driver:?}: {reply:?}");
        assert_eq!(started.elapsed().as_secs(), 5, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_attached_handler_that_takes_too_long_is_dropped_and_its_claim_given_up() {
    for &driver in ATTACHED {
        let store = Puppet::default();
        let app = App::new(driver, &hasty(store.clone()), |job| async move {
            sleep(secs(if job.nth == 1 { 20 } else { 1 })).await;
            200
        });
        assert!(app.send(&delivery()).await.is_not_now(), "{driver:?}");
        assert_eq!(store.asked(Ask::Release), 1, "{driver:?}");
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        sleep(secs(60)).await;
        let told = (app.calls(), store.asked(Ask::Complete));
        assert_eq!(told, (2, 1), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_detached_handler_that_takes_too_long_goes_on_and_its_success_counts() {
    for &driver in DETACHED {
        let store = Puppet::default();
        let app = App::new(driver, &hasty(store.clone()), |_| async {
            sleep(secs(20)).await;
            200
        });
        assert!(app.send(&delivery()).await.is_not_now(), "{driver:?}");
        sleep(secs(5)).await;
        assert!(app.send(&delivery()).await.is_not_now(), "{driver:?}");
        sleep(secs(11)).await;
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        let told = (app.calls(), store.asked(Ask::Release));
        assert_eq!(told, (1, 0), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_handler_in_time_is_not_late_because_the_store_is() {
    for driver in all() {
        let store = Puppet::that(Ask::Claim, Act::Late(Duration::from_millis(1_500)));
        store.always(Ask::Complete, Act::Late(Duration::from_millis(1_500)));
        let app = App::new(driver, &hasty(store), |_| async {
            sleep(secs(4)).await;
            200
        });
        let reply = app.send(&delivery()).await;
        assert!(reply.is_handlers(), "{driver:?}: {reply:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_guard_the_deadline_holds_too() {
    for driver in all() {
        let verifier = delivery().verifier;
        let endpoint = Endpoint::builder("hooks", verifier)
            .without_replay_guard()
            .handler_deadline(secs(5))
            .build()
            .expect("a sound endpoint");
        let app = App::new(driver, &endpoint, |job| async move {
            assert!(job.lease.is_none(), "nothing is claimed");
            sleep(secs(if job.nth == 1 { 20 } else { 4 })).await;
            200
        });
        assert!(app.send(&delivery()).await.is_not_now(), "{driver:?}");
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
    }
}

#[test]
fn a_deadline_of_zero_does_not_start() {
    let error = builder(&providers::GITHUB, Puppet::default())
        .handler_deadline(Duration::ZERO)
        .build()
        .expect_err("nothing would pass");
    assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
    assert_eq!(
        error.to_string(),
        "the handler's deadline is zero: nothing would pass"
    );
}

#[test]
fn the_longest_answer_adds_up_body_store_and_handler() {
    let longest = |scheme: &Scheme| {
        let built = builder(scheme, Puppet::default()).build();
        built.expect("sound").longest_answer().as_millis()
    };
    // Acknowledged within 10 s: half of it for the body, twice a fifth for the store.
    assert_eq!(longest(&providers::GITHUB), 5_000 + 2 * 2_000);
    assert_eq!(longest(&providers::SENDKIT), 5_000 + 2 * 2_000);
    // Not known: 10 s for the body, twice 2 s for the store. Within 30 s: the same.
    assert_eq!(longest(&providers::SVIX), 10_000 + 2 * 2_000);
    assert_eq!(longest(&providers::SENT), 10_000 + 2 * 2_000);
    #[cfg(feature = "json")]
    {
        assert_eq!(longest(&providers::SENDMUX), 5_000 + 2 * 2_000);
        assert_eq!(longest(&providers::SLACK), 1_500 + 2 * 600);
    }

    let endpoint = |store_deadline, handler_deadline| {
        let guard = hookproof::replay::ReplayGuard::new(Puppet::default());
        builder(&providers::GITHUB, guard.store_deadline(store_deadline))
            .body_deadline(secs(1))
            .handler_deadline(handler_deadline)
            .build()
            .expect("sound")
            .longest_answer()
    };
    assert_eq!(endpoint(secs(3), secs(7)), secs(1 + 2 * 3 + 7));
    assert_eq!(endpoint(Duration::MAX, Duration::MAX), Duration::MAX);

    let unguarded = Endpoint::builder("hooks", delivery().verifier).without_replay_guard();
    let unguarded = unguarded.handler_deadline(secs(2)).build().expect("sound");
    assert_eq!(unguarded.longest_answer(), secs(5 + 2));
}

#[cfg(feature = "json")]
#[test]
fn by_default_every_answer_is_in_time_but_for_the_handlers_part() {
    use hookproof::scheme::ReplayId;

    for scheme in presets() {
        let undecided = Endpoint::builder("hooks", Delivered::signed(scheme).verifier);
        let endpoint = match scheme.replay_id() {
            ReplayId::Indistinct => undecided.without_replay_guard(),
            _ => undecided.replay(Puppet::default()),
        };
        let endpoint = endpoint.build().expect("sound");
        if let Some(wanted) = scheme.retries().acknowledge_secs {
            let longest = endpoint.longest_answer();
            assert!(
                longest < secs(wanted.into()),
                "{} {longest:?}",
                scheme.slug()
            );
        }
    }
}

#[test]
fn what_is_not_handled_now_is_503_with_a_short_wait_and_a_duplicate_is_200() {
    for scheme in providers::ALL {
        let answers = Answers::for_scheme(scheme);
        let slug = scheme.slug();
        let duplicate = answers.to_unhandled(UnhandledKind::Duplicate);
        assert_eq!(duplicate.status(), 200, "{slug}");
        assert_eq!(duplicate.retry_after_secs(), None, "{slug}");
        for kind in [
            UnhandledKind::InProgress,
            UnhandledKind::Overdue,
            UnhandledKind::StoreFull,
            UnhandledKind::StoreUnavailable,
        ] {
            let answer = answers.to_unhandled(kind);
            assert_eq!(answer.status(), 503, "{slug} {kind}");
            assert_eq!(answer.retry_after_secs(), Some(5), "{slug} {kind}");
        }
    }
}
