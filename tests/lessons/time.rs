//! Time: signed stamps alone, in one spelling, judged in a window that is there by default.

use std::time::Duration;

use hookproof::VerifyErrorKind::{Future, Malformed, Stale};
use hookproof::config::{Format, Schemes};
use hookproof::replay::{MemoryStore, ReplayGuard};
use hookproof::scheme::{Part, Scheme, Timestamp, Unit};
use hookproof::{Endpoint, Tolerance, providers};
use http::HeaderMap;

use crate::captured::captured;
use crate::driver::{App, all as drivers, builder, guarded};
use crate::drivers::Driver;
use crate::support::clock::Fixed;
use crate::support::delivered::{Delivered, NOW, Verdict};
use crate::support::http::{Scripted, request};
use crate::support::shapes;
use crate::support::signing::{self, put};
use crate::wire;

/// Schemes that sign a timestamp.
fn stamped() -> impl Iterator<Item = Scheme> {
    let all = shapes::all().into_iter();
    all.filter(|it| it.timestamp().is_some() && it.tolerance().is_some())
}

/// The delivery with that text for its timestamp, and signed with it.
fn stamped_with(delivered: &Delivered, stamp: &str) -> Delivered {
    let mut changed = delivered.clone();
    let candidate = changed.encoded(&changed.mac(stamp));
    let scheme = changed.scheme;
    signing::write(&scheme, &mut changed.headers, stamp, &[&candidate]);
    changed
}

/// Signed with those texts, deliveries get that verdict in every scheme.
fn verdicts(stamps: &[&str], verdict: Verdict) {
    for scheme in stamped() {
        let delivered = Delivered::signed(&scheme);
        for stamp in stamps {
            let judged = stamped_with(&delivered, stamp).verdict();
            assert_eq!(judged, verdict, "{}: {stamp}", scheme.slug());
        }
    }
}

/// Gitlawb/node PR 457, camunda/connectors PR 8989, solana-developer-platform PR 1407:
/// `(now - t).abs()` wrapped to "fresh" at `i64::MIN`, or panicked. Where this runs, an overflow
/// panics; so none happens, and a build in which it would wrap comes to the same.
#[test]
fn lesson_26_no_stamp_at_the_end_of_a_number_is_fresh() {
    let ends = [
        i64::MIN.to_string(),
        (i64::MIN + NOW).to_string(),
        (i64::MIN + 1).to_string(),
        i64::MAX.to_string(),
        u64::MAX.to_string(),
        (i128::from(u64::MAX) + i128::from(NOW) + 1).to_string(),
        "9".repeat(40),
        "9".repeat(400),
        format!("{}{NOW}", "0".repeat(30)),
    ];
    for scheme in stamped() {
        let delivered = Delivered::signed(&scheme);
        for stamp in &ends {
            for now in [NOW, 0, i64::MIN, i64::MIN + 1, -1, i64::MAX] {
                let judged = stamped_with(&delivered, stamp).at(now).verdict();
                assert_eq!(
                    judged,
                    Err(Malformed),
                    "{}: {stamp} at {now}",
                    scheme.slug()
                );
            }
        }
        // The largest and the least that are stamps, at either end of the clock.
        for stamp in ["0", "999999999999"] {
            let delivered = stamped_with(&delivered, stamp);
            assert_eq!(delivered.at(i64::MIN).verdict(), Err(Future));
            assert_eq!(delivered.at(i64::MAX).verdict(), Err(Stale));
        }
    }
    for unit in [Unit::Millis, Unit::Micros] {
        let own = providers::STRIPE.adjust().unit(unit).build();
        let delivered = Delivered::signed(&own);
        for stamp in &ends {
            assert_eq!(
                stamped_with(&delivered, stamp).verdict(),
                Err(Malformed),
                "{stamp}"
            );
        }
    }
}

/// KiroCrew PR 819, PostHog PR 103583: a timestamp of 309 digits became a 500.
#[tokio::test]
async fn lesson_27_a_stamp_of_309_digits_is_refused_as_any_other() {
    let stamp = "1".repeat(309);
    verdicts(&[&stamp], Err(Malformed));
    for scheme in [
        &providers::STRIPE,
        &providers::SLACK,
        &providers::STANDARD_WEBHOOKS,
    ] {
        let delivered = Delivered::signed(scheme);
        let endpoint = plain(&delivered);
        let cases = [stamped_with(&delivered, &stamp), delivered.with_body("{}")];
        for driver in Driver::ALL {
            let [long, other] = [&cases[0], &cases[1]]
                .map(|it| request(it.headers.clone(), Scripted::data(&it.body)));
            let (long, other) = (
                driver.send(&endpoint, long).await,
                driver.send(&endpoint, other).await,
            );
            assert_eq!(long.0, 401, "{driver:?}");
            assert_eq!(long, other, "{driver:?}: byte for byte");
        }
    }
    let server = wire::Server::start().await;
    let mut headers = HeaderMap::new();
    let text = format!("t={stamp},v1={}", "0".repeat(64));
    put(&mut headers, "x-mailingapi-signature", text.as_bytes());
    let sent = server.head_with("content-length: 0\r\n", &headers);
    assert_eq!(server.send(&sent).await.statuses(), [401]);
}

fn plain(delivered: &Delivered) -> Endpoint {
    let verifier = delivered.verifier.clone().with_clock(Fixed::at(NOW));
    let builder = Endpoint::builder("hooks", verifier).without_replay_guard();
    builder.build().expect("a sound endpoint")
}

/// elizaOS PR 24389: a stamp that was no number compared as neither old nor new, and passed;
/// svix-webhooks PR 2548: so did every stamp where the tolerance was NaN.
#[test]
fn lesson_28_what_is_no_number_is_no_stamp_and_no_tolerance() {
    let fraction = format!("{NOW}.5");
    let float = format!("{NOW}.0");
    let exponent = "1.767e9";
    verdicts(
        &[
            "abc", "NaN", "nan", "inf", "-inf", "null", "", &fraction, &float, exponent,
        ],
        Err(Malformed),
    );
    // A tolerance is a whole number of seconds up to a week.
    let _: fn(u32, u32) -> Option<Tolerance> = Tolerance::try_new;
    assert_eq!(Tolerance::try_new(Tolerance::MAX_SECS + 1, 0), None);
    assert_eq!(Tolerance::try_new(0, u32::MAX), None);
    for tolerance in [
        "nan",
        "-nan",
        "inf",
        "-1",
        "1e9",
        "300.5",
        "18446744073709551615",
        "604801",
        "\"300\"",
    ] {
        let text = format!(
            "[[scheme]]\nslug = \"own\"\nsignature = {{ header = \"own-signature\" }}\ntimestamp = {{ header = \"own-timestamp\" }}\ncontent = [\"timestamp\", \"body\"]\ntolerance = {tolerance}\n"
        );
        let refused = Schemes::parse(&text, Format::Toml).expect_err(tolerance);
        assert!(refused.to_string().contains("tolerance"), "{refused}");
    }
}

/// Bug 458 as told in mercadopago/sdk-ruby PR 163, workos-ruby PR 138: seconds were compared with
/// milliseconds.
#[test]
fn lesson_29_the_unit_is_the_schemes() {
    let millis = (NOW * 1_000).to_string();
    let micros = (NOW * 1_000_000).to_string();
    verdicts(&[&millis, &micros], Err(Malformed));
    let own = providers::STRIPE.adjust().unit(Unit::Millis).build();
    let delivered = Delivered::signed(&own);
    assert_eq!(stamped_with(&delivered, &millis).verdict(), Ok(()));
    assert_eq!(
        stamped_with(&delivered, &NOW.to_string()).verdict(),
        Err(Stale)
    );
    assert_eq!(stamped_with(&delivered, &micros).verdict(), Err(Future));
}

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
    for scheme in crate::forms::presets().filter(|it| it.tolerance().is_some()) {
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
            let mut again = crate::forms::event(scheme, 1);
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
    let built = own.clone().try_build().expect("sound");
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
    let sources = crate::sources::all()
        .iter()
        .filter(|it| it.path.starts_with("providers/"));
    let text: String = sources.map(crate::sources::Source::text).collect();
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

/// A class: number parsers take more than digits, and what they took verifies when it is printed anew.
#[test]
fn lesson_34_one_number_has_one_spelling_and_the_signed_text_is_the_received() {
    let now = NOW.to_string();
    let spelt = [
        format!("+{now}"),
        format!("-{now}"),
        format!("0{now}"),
        format!("000{now}"),
        format!(" {now}"),
        format!("{now} "),
        format!("{}_{}", &now[..1], &now[1..]),
        format!("0x{NOW:x}"),
        "00".to_owned(),
        "-0".to_owned(),
    ];
    for scheme in stamped() {
        let delivered = Delivered::signed(&scheme);
        for stamp in &spelt {
            // Signed as it stands there, and as a reader would print it anew.
            let as_sent = stamped_with(&delivered, stamp);
            let mut printed = delivered.clone();
            let candidate = printed.encoded(&printed.mac(&now));
            signing::write(&scheme, &mut printed.headers, stamp, &[&candidate]);
            for changed in [as_sent, printed] {
                assert_eq!(
                    changed.verdict(),
                    Err(Malformed),
                    "{}: {stamp:?}",
                    scheme.slug()
                );
            }
        }
    }
}
