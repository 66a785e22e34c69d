//! Stamps: digits of one unit, in one spelling, and no number at its end.

use hookproof::VerifyErrorKind::{Future, Malformed, Stale};
use hookproof::config::{Format, Schemes};
use hookproof::scheme::{Scheme, Unit};
use hookproof::{Endpoint, Tolerance, providers};
use http::HeaderMap;

use crate::drivers::Driver;
use crate::support::clock::Fixed;
use crate::support::delivered::{Delivered, NOW, Verdict};
use crate::support::http::{Scripted, request};
use crate::support::shapes;
use crate::support::signing::{self, put};
use crate::wire::Server;

/// Schemes that sign a timestamp.
pub(crate) fn stamped() -> impl Iterator<Item = Scheme> {
    let all = shapes::all().into_iter();
    all.filter(|it| it.timestamp().is_some() && it.tolerance().is_some())
}

/// The delivery with that text for its timestamp, and signed with it.
pub(crate) fn stamped_with(delivered: &Delivered, stamp: &str) -> Delivered {
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
    let server = Server::start().await;
    let mut headers = HeaderMap::new();
    let text = format!("t={stamp},v1={}", "0".repeat(64));
    put(&mut headers, "x-mailingapi-signature", text.as_bytes());
    let sent = server.head_with("content-length: 0\r\n", &headers);
    assert_eq!(server.send(&sent).await.statuses(), [401]);
}

pub(crate) fn plain(delivered: &Delivered) -> Endpoint {
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
