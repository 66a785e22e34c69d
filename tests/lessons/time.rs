//! Time: signed stamps alone, judged in a window that is there by default.

use std::time::Duration;

use hookproof::VerifyErrorKind::{Future, Stale};
use hookproof::replay::{MemoryStore, ReplayGuard};
use hookproof::scheme::{Part, Scheme, Timestamp};
use hookproof::{Tolerance, providers};

use crate::captured::captured;
use crate::driver::{App, all as drivers, builder, guarded};
use crate::drivers::Driver;
use crate::forms::{event, presets};
use crate::sources;
use crate::stamps::{plain, stamped, stamped_with};
use crate::support::delivered::{Delivered, NOW};
use crate::support::http::{Scripted, request};
use crate::support::signing::put;

/// stripe-php issue 657 asks why stamps of the future pass.
#[test]
fn lesson_30_the_window_has_two_ends_and_the_guard_outlasts_both() {
    for scheme in stamped() {
        let window = scheme.tolerance().expect("a window");
        let delivered = Delivered::signed(&scheme);
        let (past, future) = (i64::from(window.past()), i64::from(window.future()));
        for (at, verdict) in [
            (NOW + future, Ok(())),
            (NOW + future + 1, Err(Future)),
            (NOW - past, Ok(())),
            (NOW - past - 1, Err(Stale)),
        ] {
            let judged = stamped_with(&delivered, &at.to_string()).verdict();
            assert_eq!(judged, verdict, "{}: {at}", scheme.slug());
        }
    }
    assert_eq!(
        providers::STRIPE.tolerance(),
        Some(Tolerance::symmetric(300))
    );
    let remembered = |seconds| {
        let guard = ReplayGuard::new(MemoryStore::default());
        builder(
            &providers::STRIPE,
            guard.retention(Duration::from_secs(seconds)),
        )
        .build()
    };
    assert!(remembered(599).is_err(), "shorter than the whole window");
    for scheme in presets().filter(|it| it.tolerance().is_some()) {
        let window = scheme.tolerance().expect("a window");
        let endpoint = guarded(scheme, MemoryStore::default());
        let least = Duration::from_secs((window.past() + window.future()).into());
        assert!(endpoint.retention() >= Some(least), "{}", scheme.slug());
    }
}

/// linear PR 1268: a fresh stamp that nothing signed let an old signed payload through.
#[tokio::test(start_paused = true)]
async fn lesson_31_a_stamp_that_is_not_signed_says_nothing() {
    let unsigned = Scheme::builder("own", "own-signature")
        .timestamp(Timestamp::Header("own-timestamp"))
        .content(&[Part::Body])
        .try_build();
    assert!(
        unsigned
            .expect_err("judged and not signed")
            .to_string()
            .contains("timestamp")
    );

    // JetEmail sends one beside what it signs.
    let scheme = &providers::JETEMAIL;
    assert_eq!((scheme.timestamp(), scheme.tolerance()), (None, None));
    for driver in drivers() {
        let app = App::quick(driver, &guarded(scheme, MemoryStore::default()));
        for (nth, stamp) in [NOW - 86_400, NOW, NOW + 86_400].into_iter().enumerate() {
            let mut again = event(scheme, 1);
            put(
                &mut again.headers,
                "x-webhook-timestamp",
                stamp.to_string().as_bytes(),
            );
            let receipt = again.judge().expect("genuine");
            assert_eq!((receipt.timestamp(), receipt.age_secs()), (None, None));
            let reply = app.send(&again).await;
            assert_eq!(reply.is_duplicate(), nth > 0, "{driver:?}: {stamp}");
        }
        assert_eq!(app.calls(), 1, "{driver:?}");
    }
}

/// GHSA-q9g3-q6fj-hc2x (windmill), flipper PR 1022, slackers issue 3: how old a delivery was, nobody
/// asked.
#[test]
fn lesson_32_freshness_is_judged_unless_its_name_says_danger() {
    const CONTENT: &[Part] = &[Part::Timestamp, Part::Literal("."), Part::Body];
    let own = Scheme::builder("own", "own-signature")
        .timestamp(Timestamp::Header("own-timestamp"))
        .content(CONTENT);
    let built = own.try_build().expect("sound");
    assert_eq!(built.tolerance(), Some(Tolerance::DEFAULT));
    assert_eq!(Tolerance::DEFAULT, Tolerance::symmetric(300));
    let delivered = Delivered::signed(&built);
    assert_eq!(
        stamped_with(&delivered, &(NOW - 301).to_string()).verdict(),
        Err(Stale)
    );
    let without = own.dangerous_without_window().try_build().expect("sound");
    assert_eq!(without.tolerance(), None);
    // No preset is without, but where its own source says so.
    let sources = sources::all()
        .iter()
        .filter(|it| it.path.starts_with("providers/"));
    let text: String = sources.map(sources::Source::text).collect();
    let without = |it: &&&Scheme| it.timestamp().is_some() && it.tolerance().is_none();
    let presets = providers::ALL.iter().filter(without).count();
    assert_eq!(text.matches(".dangerous_without_window()").count(), presets);
}

/// bolt-python issue 195: the server's clock was months behind, every delivery failed, and nothing
/// said why.
#[test]
fn lesson_33_a_clock_that_is_off_is_told_with_its_seconds() {
    let scheme = &providers::STRIPE;
    let months = 90 * 86_400;
    let delivered = Delivered::signed(scheme);
    let endpoint = plain(&delivered);
    let captured = captured(async {
        for age in [
            301, -301, 4_000, -months, -months, -months, -months, -months,
        ] {
            let sent = stamped_with(&delivered, &(NOW - age).to_string());
            let request = request(sent.headers, Scripted::data(&sent.body));
            Driver::Layer.send(&endpoint, request).await;
        }
    });
    for reason in [
        "timestamp is 301 s old, tolerance is 300 s",
        "timestamp is 301 s ahead, tolerance is 300 s",
        "timestamp is 4000 s old, tolerance is 300 s",
    ] {
        captured.line(&["WARN", "delivery refused", reason, r#"endpoint="hooks""#]);
    }
    captured.line(&["WARN", &format!("your clock is {months} s behind")]);
}
