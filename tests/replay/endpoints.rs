//! Endpoints with a guard: what does not start, how long what is kept, and several of them.

use std::time::Duration;

use hookproof::replay::ReplayGuard;
use hookproof::scheme::Scheme;
use hookproof::{ConfigErrorKind, Endpoint, Tolerance, VerifyErrorKind, providers};

use super::driver::{App, all, builder, guarded};
use super::forms::{event, indistinct, presets};
use super::puppet::{Ask, Puppet};
use crate::support::delivered::Delivered;
use crate::support::reading::window;

const HOUR: u64 = 3_600;

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn guard() -> ReplayGuard {
    ReplayGuard::new(Puppet::default())
}

#[track_caller]
fn does_not_start(scheme: &Scheme, guard: ReplayGuard, why: &str) {
    let error = builder(scheme, guard).build().expect_err(why);
    assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
    assert_eq!(error.to_string(), why);
}

#[test]
fn a_guard_that_makes_no_sense_does_not_start_and_says_why() {
    let scheme = &providers::GITHUB;
    let why = "the lease of claims goes from one second to one hour";
    for lease in [0, 999, 3_600_001] {
        does_not_start(scheme, guard().lease(Duration::from_millis(lease)), why);
    }
    for lease in [1, 3_600] {
        let endpoint = builder(scheme, guard().lease(secs(lease))).build();
        assert!(endpoint.is_ok(), "{lease}");
    }
    let why = "the store's deadline is zero: nothing would pass";
    does_not_start(scheme, guard().store_deadline(Duration::ZERO), why);

    let short = builder(&providers::SVIX, guard().retention(secs(599))).build();
    let error = short.expect_err("it would forget inside the window");
    assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
    let said = error.to_string();
    let why = "a delivery would be forgotten while it can still be replayed";
    assert!(
        said.starts_with("the retention is 599 s, but svix accepts"),
        "{said}"
    );
    assert!(said.ends_with(why), "{said}");
    let error = builder(scheme, guard().retention(Duration::ZERO)).build();
    let error = error.expect_err("it would remember nothing");
    assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
}

#[test]
fn the_retention_must_outlast_the_endpoints_own_window() {
    let with = |past, future, retention| {
        let guard = guard().retention(secs(retention));
        builder(&providers::SVIX, guard).tolerance(Tolerance::new(past, future))
    };
    for (past, future, retention) in [(600, 100, 650), (0, 604_800, 604_000)] {
        let error = with(past, future, retention)
            .build()
            .expect_err("too short");
        assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
    }
    assert!(with(10, 5, 60).build().is_ok());
}

#[test]
fn deliveries_that_nothing_tells_apart_are_not_guarded() {
    for scheme in indistinct() {
        let why = format!(
            "{} sends deliveries that nothing signed tells apart, so a replay guard would swallow events: build the endpoint without_replay_guard()",
            scheme.slug()
        );
        does_not_start(&scheme, guard(), &why);
        let unguarded = Endpoint::builder("hooks", Delivered::signed(&scheme).verifier)
            .without_replay_guard()
            .build();
        assert!(unguarded.is_ok());
    }
}

#[cfg(not(feature = "json"))]
#[test]
fn an_id_in_a_json_body_that_cannot_be_read_is_not_guarded() {
    does_not_start(
        &providers::SENDMUX,
        guard(),
        "what identifies a delivery of sendmux stands in its JSON body: enable the feature json",
    );
}

/// What the store is told to remember a handled delivery for.
async fn retention(scheme: &Scheme, tolerance: Option<Tolerance>) -> u64 {
    let store = Puppet::default();
    let mut builder = builder(scheme, store.clone());
    if let Some(tolerance) = tolerance {
        builder = builder.tolerance(tolerance);
    }
    let endpoint = builder.build().expect("a sound endpoint");
    let app = App::quick(all().next().expect("a driver"), &endpoint);
    assert!(app.send(&event(scheme, 1)).await.is_handlers());
    store.given(Ask::Complete).as_secs()
}

#[tokio::test(start_paused = true)]
async fn a_delivery_is_remembered_for_as_long_as_its_provider_may_send_it_again() {
    for scheme in presets() {
        let told = retention(scheme, None).await;
        let slug = scheme.slug();
        let horizon = scheme.retries().horizon_secs;
        let wanted = horizon.map_or(7 * 24 * HOUR, u64::from);
        match window(scheme).map(|(past, future)| past.unsigned_abs() + future.unsigned_abs()) {
            // Both ends of the window are inside it, and then some.
            Some(window) if wanted <= window => {
                assert!((window + 1..window + 10).contains(&told), "{slug}: {told}");
            }
            Some(_) => assert_eq!(told, wanted, "{slug}"),
            // Without a window a captured one is never stale, whenever retries end.
            None => assert_eq!(told, wanted.max(48 * HOUR), "{slug}"),
        }
    }
    assert_eq!(ReplayGuard::DEFAULT_RETENTION, secs(7 * 24 * HOUR));
}

#[tokio::test(start_paused = true)]
async fn among_them_are_these_times() {
    for (scheme, wanted) in [
        (&providers::GITHUB, 7 * 24 * HOUR),
        (
            &providers::JETEMAIL_INBOUND,
            30 + 120 + 600 + 3_600 + 14_400,
        ),
        (&providers::SENT, 7 * 24 * HOUR),
        (&providers::SVIX, 28 * HOUR),
        // Its retries end after 36 hours, but it has no window.
        (&providers::META, 48 * HOUR),
        (&providers::WHATSAPP, 7 * 24 * HOUR),
    ] {
        assert_eq!(retention(scheme, None).await, wanted, "{}", scheme.slug());
    }
    #[cfg(feature = "json")]
    for (scheme, wanted) in [
        (&providers::JETEMAIL, 48 * HOUR),
        (&providers::PADDLE_BILLING, 72 * HOUR),
        (&providers::SENDMUX, 48 * HOUR),
        (&providers::SENDMUX_V2, 48 * HOUR),
        // Its retries end within the window of its timestamp.
        (&providers::SLACK, 601),
        (&providers::STRIPE, 72 * HOUR),
    ] {
        assert_eq!(retention(scheme, None).await, wanted, "{}", scheme.slug());
    }
}

#[tokio::test(start_paused = true)]
async fn a_delivery_is_remembered_for_no_less_than_its_window() {
    let widest = Tolerance::symmetric(Tolerance::MAX_SECS);
    let told = retention(&providers::SVIX, Some(widest)).await;
    assert!(told >= 14 * 24 * HOUR, "{told}");
    let narrow = Tolerance::symmetric(10);
    assert_eq!(retention(&providers::SVIX, Some(narrow)).await, 28 * HOUR);

    // Without a window, for no less than two days, unless the endpoint says otherwise.
    let open = providers::SVIX.adjust().dangerous_without_window().build();
    assert_eq!(retention(&open, None).await, 48 * HOUR);
    assert_eq!(ReplayGuard::WITHOUT_WINDOW, secs(48 * HOUR));
    assert!(builder(&open, guard().retention(secs(60))).build().is_ok());
}

#[tokio::test(start_paused = true)]
async fn times_of_ones_own_reach_the_store() {
    for driver in all() {
        let store = Puppet::default();
        let guard = ReplayGuard::new(store.clone())
            .retention(secs(72 * HOUR))
            .lease(secs(60));
        let app = App::quick(driver, &guarded(&providers::GITHUB, guard));
        app.send(&event(&providers::GITHUB, 1)).await;
        assert_eq!(store.given(Ask::Claim), secs(60), "{driver:?}");
        assert_eq!(store.given(Ask::Complete), secs(72 * HOUR), "{driver:?}");
    }
    assert_eq!(ReplayGuard::DEFAULT_LEASE, secs(30));
    assert_eq!(ReplayGuard::DEFAULT_STORE_DEADLINE, secs(2));
}

#[tokio::test(start_paused = true)]
async fn two_endpoints_with_one_store_each_handle_the_same_body() {
    for driver in all() {
        let store = Puppet::default();
        let named = |name| {
            let verifier = Delivered::signed(&providers::GITHUB).verifier;
            let endpoint = Endpoint::builder(name, verifier).replay(store.clone());
            App::quick(driver, &endpoint.build().expect("sound"))
        };
        let (one, two) = (named("one"), named("two"));
        let delivered = event(&providers::GITHUB, 1);
        for app in [&one, &two] {
            assert!(app.send(&delivered).await.is_handlers(), "{driver:?}");
            assert!(app.send(&delivered).await.is_duplicate(), "{driver:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn two_endpoints_of_one_name_and_store_handle_a_delivery_once() {
    for driver in all() {
        let store: std::sync::Arc<dyn hookproof::replay::ReplayStore> =
            std::sync::Arc::new(Puppet::default());
        let app = || App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        let (one, two) = (app(), app());
        let delivered = event(&providers::GITHUB, 1);
        assert!(one.send(&delivered).await.is_handlers(), "{driver:?}");
        assert!(two.send(&delivered).await.is_duplicate(), "{driver:?}");
    }
}

#[cfg(feature = "json")]
#[tokio::test(start_paused = true)]
async fn a_delivery_under_both_schemes_of_its_provider_is_handled_once() {
    for driver in all() {
        let store = Puppet::default();
        let [old, new] = [&providers::SENDMUX, &providers::SENDMUX_V2]
            .map(|scheme| (scheme, App::quick(driver, &guarded(scheme, store.clone()))));
        assert!(
            old.1.send(&event(old.0, 1)).await.is_handlers(),
            "{driver:?}"
        );
        assert!(
            new.1.send(&event(new.0, 1)).await.is_duplicate(),
            "{driver:?}"
        );
        assert!(
            new.1.send(&event(new.0, 2)).await.is_handlers(),
            "{driver:?}"
        );
        assert!(
            old.1.send(&event(old.0, 2)).await.is_duplicate(),
            "{driver:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_promotion_of_keys_a_retry_is_still_the_same_delivery() {
    use hookproof::{Keyring, Secret, Verifier};

    const NEWER: &str = "00112233445566778899aabbccddeeff6d1f0c3b8a7e5492d0b1c2a3f4e59687";
    for driver in all() {
        let store = Puppet::default();
        let delivered = event(&providers::GITHUB, 1);
        let mut again = delivered.clone();
        NEWER.clone_into(&mut again.secret);
        again.sign();
        let old = App::quick(driver, &guarded(&providers::GITHUB, store.clone()));
        assert!(old.send(&delivered).await.is_handlers(), "{driver:?}");

        let ring =
            Keyring::new(Secret::new(NEWER)).with_previous(Secret::new(delivered.secret.clone()));
        let verifier = Verifier::new(&providers::GITHUB, ring).expect("usable");
        let promoted = Endpoint::builder("hooks", verifier).replay(store);
        let new = App::quick(driver, &promoted.build().expect("sound"));
        for delivered in [&delivered, &again] {
            assert!(new.send(delivered).await.is_duplicate(), "{driver:?}");
        }
    }
}

#[test]
fn a_proof_is_not_accepted_past_the_guard() {
    let delivered = event(&providers::GITHUB, 1);
    let guarded = guarded(&providers::GITHUB, Puppet::default());
    let proven = delivered.stream(&[&delivered.body]).expect("genuine");
    let error = guarded.accept(&proven).expect_err("it is guarded");
    assert_eq!(error.kind(), VerifyErrorKind::Unavailable);
    let unguarded = Endpoint::builder("hooks", delivered.verifier).without_replay_guard();
    let unguarded = unguarded.build().expect("sound");
    assert!(unguarded.accept(&proven).is_ok());
}

#[test]
fn a_guard_shows_its_times_and_not_its_store() {
    let shown = format!("{:?}", guard().lease(secs(45)));
    assert!(shown.starts_with("ReplayGuard"), "{shown}");
    assert!(
        shown.contains("45s") && !shown.contains("store:"),
        "{shown}"
    );
}
