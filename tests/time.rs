//! Time: timestamps, windows and clocks.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use hookproof::VerifyErrorKind::{Future, Malformed, Mismatch, Stale, Unavailable};
use hookproof::scheme::{Scheme, Timestamp};
use hookproof::{Clock, Delivery, SystemClock, Tolerance, UnixTime, providers};
use support::clock::Fixed;
use support::delivered::{Delivered, NOW, Verdict, kind};
use support::reading::window;
use support::{shapes, signing};

/// Stripe's scheme with another window.
fn within(past: u32, future: u32) -> Delivered {
    let tolerance = Tolerance::new(past, future);
    Delivered::signed(&providers::STRIPE.adjust().tolerance(tolerance).build())
}

/// A good delivery whose timestamp is that text, signed as it stands.
fn stamped(scheme: &Scheme, stamp: &str, now: i64) -> Delivered {
    let mut delivered = Delivered::signed(scheme).at(now);
    let candidate = delivered.encoded(&delivered.mac(stamp));
    signing::write(scheme, &mut delivered.headers, stamp, &[&candidate]);
    delivered
}

#[test]
fn both_ends_of_the_window_are_inside() {
    for scheme in shapes::all() {
        let delivered = Delivered::signed(&scheme);
        let slug = scheme.slug();
        let Some((past, future)) = window(&scheme) else {
            for now in [i64::MIN, 0, NOW - 1_000_000, NOW + 1_000_000, i64::MAX] {
                assert_eq!(delivered.at(now).verdict(), Ok(()), "{slug} at {now}");
            }
            continue;
        };
        for (age, verdict) in [
            (-future - 1, Err(Future)),
            (-future, Ok(())),
            (-future + 1, Ok(())),
            (0, Ok(())),
            (past - 1, Ok(())),
            (past, Ok(())),
            (past + 1, Err(Stale)),
        ] {
            let judged = delivered.at(NOW + age).verdict();
            assert_eq!(judged, verdict, "{slug}, {age} s old");
        }
    }
}

#[test]
fn past_and_future_have_tolerances_of_their_own() {
    for (past, future) in [
        (0, 0),
        (0, 5),
        (5, 0),
        (1, 2),
        (600, 30),
        (604_800, 604_800),
    ] {
        let delivered = within(past, future);
        let (past, future) = (i64::from(past), i64::from(future));
        let rows: [(i64, Verdict); 5] = [
            (past, Ok(())),
            (past + 1, Err(Stale)),
            (-future, Ok(())),
            (-future - 1, Err(Future)),
            (0, Ok(())),
        ];
        for (age, verdict) in rows {
            assert_eq!(
                delivered.at(NOW + age).verdict(),
                verdict,
                "{age} of {past}, {future}"
            );
        }
    }
}

/// Zero is a window of one second, not the absence of a window.
#[test]
fn zero_tolerance_means_this_very_second() {
    let delivered = within(0, 0);
    assert_eq!(delivered.verdict(), Ok(()));
    assert_eq!(delivered.at(NOW + 1).verdict(), Err(Stale));
    assert_eq!(delivered.at(NOW - 1).verdict(), Err(Future));
}

#[test]
fn a_tolerance_is_seven_days_at_most() {
    assert_eq!(Tolerance::MAX_SECS, 604_800);
    for (past, future, legal) in [
        (0, 0, true),
        (604_800, 0, true),
        (0, 604_800, true),
        (604_800, 604_800, true),
        (604_801, 0, false),
        (0, 604_801, false),
        (u32::MAX, u32::MAX, false),
    ] {
        let tolerance = Tolerance::try_new(past, future);
        assert_eq!(tolerance.is_some(), legal, "{past}, {future}");
        if let Some(tolerance) = tolerance {
            assert_eq!((tolerance.past(), tolerance.future()), (past, future));
            assert_eq!(tolerance, Tolerance::new(past, future));
        }
    }
    assert_eq!(Tolerance::default(), Tolerance::symmetric(300));
    assert_eq!(Tolerance::DEFAULT, Tolerance::new(300, 300));
}

#[test]
#[should_panic(expected = "the tolerance is longer than seven days, which is no window")]
fn a_longer_tolerance_panics_where_it_is_no_constant() {
    let _ = Tolerance::symmetric(604_801);
}

#[test]
fn clocks_at_the_ends_of_the_range_refuse() {
    for (stamp, now, verdict) in [
        ("0", i64::MIN, Err(Future)),
        ("999999999999", i64::MIN, Err(Future)),
        ("0", i64::MAX, Err(Stale)),
        ("999999999999", i64::MAX, Err(Stale)),
        ("0", -5, Ok(())),
        ("0", -300, Ok(())),
        ("0", -301, Err(Future)),
        ("295", -5, Ok(())),
        ("296", -5, Err(Future)),
        ("0", 0, Ok(())),
        ("0", 300, Ok(())),
        ("0", 301, Err(Stale)),
        ("999999999999", 999_999_999_999, Ok(())),
        ("999999999999", 1_000_000_000_299, Ok(())),
        ("999999999999", 1_000_000_000_300, Err(Stale)),
    ] {
        for scheme in [&providers::STRIPE, &providers::SENT, &providers::SLACK] {
            let delivered = stamped(scheme, stamp, now);
            assert_eq!(delivered.verdict(), verdict, "{stamp} at {now}");
        }
    }
}

/// The timestamp's text is what was signed: one number has one spelling.
const GRAMMAR: [(&str, bool); 33] = [
    ("0", true),
    ("1", true),
    ("9", true),
    ("10", true),
    ("1767225600", true),
    ("123456789012", true),
    ("999999999999", true),
    ("00", false),
    ("01", false),
    ("01767225600", false),
    ("000000000000", false),
    ("1234567890123", false),
    ("1767225600000", false),
    ("9223372036854775807", false),
    ("9223372036854775808", false),
    ("-9223372036854775808", false),
    ("18446744073709551615", false),
    ("18446744073709551616", false),
    ("-0", false),
    ("-1", false),
    ("+1767225600", false),
    ("1767225600.0", false),
    ("1.7672256e9", false),
    ("1e9", false),
    ("0x6955b900", false),
    ("1_767_225_600", false),
    ("1767225600\t", false),
    ("\t1767225600", false),
    ("17672 25600", false),
    ("NaN", false),
    ("Infinity", false),
    ("abc", false),
    ("１７６７２２５６００", false),
];

#[test]
fn a_timestamp_is_1_to_12_plain_digits() {
    let long_ones = [40, 309, 400].map(|length| "9".repeat(length));
    let rows = GRAMMAR
        .into_iter()
        .chain(long_ones.iter().map(|text| (text.as_str(), false)));
    for (stamp, legal) in rows {
        for scheme in shapes::all() {
            if scheme.timestamp().is_none() {
                continue;
            }
            // At the second that the timestamp says, if it says one; signed as it stands.
            let now = stamp.parse().unwrap_or(NOW);
            let delivered = stamped(&scheme, stamp, now);
            let verdict = if legal { Ok(()) } else { Err(Malformed) };
            assert_eq!(delivered.verdict(), verdict, "{stamp:?} in {scheme:?}");
        }
    }
}

#[test]
fn one_timestamp_stands_in_a_pair() {
    let good = Delivered::signed(&providers::STRIPE);
    let mac = good.encoded(&good.mac(&NOW.to_string()));
    for (value, verdict) in [
        (format!("t={NOW},v1={mac}"), Ok(())),
        (format!("v1={mac},t={NOW}"), Ok(())),
        (format!("v1={mac},x=y,,t={NOW},"), Ok(())),
        (format!("v1={mac}"), Err(Malformed)),
        (format!("t=,v1={mac}"), Err(Malformed)),
        (format!("t,v1={mac}"), Err(Malformed)),
        (format!("T={NOW},v1={mac}"), Err(Malformed)),
        (format!("t={NOW},t={NOW},v1={mac}"), Err(Malformed)),
        (format!("t={NOW},v1={mac},t=1"), Err(Malformed)),
        (format!("t=1,v1={mac},t={NOW}"), Err(Malformed)),
        (format!("t={},v1={mac}", NOW + 1), Err(Mismatch)),
        (format!("t={NOW}=,v1={mac}"), Err(Malformed)),
    ] {
        let name = good.signature_header();
        let delivered = good.with(name, value.as_bytes()).expect("a value");
        assert_eq!(delivered.verdict(), verdict, "{value}");
    }
}

#[test]
fn the_verifiers_own_clock_is_read() {
    for scheme in shapes::all() {
        let delivered = Delivered::signed(&scheme);
        let ends = window(&scheme);
        let (past, future) = ends.unwrap_or((300, 300));
        for (clock, verdict) in [
            (Fixed::at(NOW), Ok(())),
            (Fixed::at(NOW + past), Ok(())),
            (Fixed::at(NOW - future), Ok(())),
            (Fixed::at(NOW + past + 1), Err(Stale)),
            (Fixed::at(NOW - future - 1), Err(Future)),
            (Fixed::at(i64::MIN), Err(Future)),
            (Fixed::at(i64::MAX), Err(Stale)),
            (Fixed::broken(), Err(Unavailable)),
        ] {
            let verdict = match verdict {
                // A stamp's age is told though no window judges it.
                Err(Unavailable) if scheme.timestamp().is_some() => verdict,
                _ if ends.is_none() => Ok(()),
                _ => verdict,
            };
            let verifier = delivered.verifier.clone().with_clock(clock);
            let delivery = Delivery::new(&delivered.headers, &delivered.body);
            assert_eq!(kind(&verifier.verify(delivery)), verdict, "{clock:?}");
            assert_eq!(
                kind(&verifier.begin(&delivered.headers)),
                verdict,
                "{clock:?}"
            );
            // A reading of the caller's goes before the clock.
            assert_eq!(
                kind(&verifier.verify_at(delivery, UnixTime::from_secs(NOW))),
                Ok(())
            );
        }
    }
}

/// What is wrong with the head is found before the clock is asked.
#[test]
fn a_broken_clock_hides_no_earlier_fault() {
    let delivered = Delivered::signed(&providers::STRIPE);
    let verifier = delivered.verifier.clone().with_clock(Fixed::broken());
    let name = delivered.signature_header();
    let bad = delivered.with(name, b"t=1").expect("a value");
    assert_eq!(kind(&verifier.begin(&bad.headers)), Err(Malformed));
}

#[test]
fn without_a_window_old_timestamps_pass_and_the_grammar_stays() {
    for scheme in shapes::all() {
        if scheme.timestamp().is_none() {
            continue;
        }
        let open = scheme.adjust().dangerous_without_window().build();
        assert_eq!(open.tolerance(), None);
        for (stamp, now) in [
            ("0", NOW),
            ("1", i64::MAX),
            ("999999999999", NOW),
            ("1767225600", i64::MIN),
        ] {
            let delivered = stamped(&open, stamp, now);
            assert_eq!(delivered.verdict(), Ok(()), "{stamp} at {now}");
        }
        for (stamp, legal) in GRAMMAR {
            let verdict = if legal { Ok(()) } else { Err(Malformed) };
            assert_eq!(stamped(&open, stamp, NOW).verdict(), verdict, "{stamp:?}");
        }
        let delivered = Delivered::signed(&open);
        if let Some(Timestamp::Header(name)) = open.timestamp() {
            let moved = delivered.with(name, b"1767225601").expect("a value");
            assert_eq!(moved.verdict(), Err(Mismatch), "it is signed still");
        }
        let window_again = open.adjust().tolerance(Tolerance::DEFAULT).build();
        assert_eq!(stamped(&window_again, "0", NOW).verdict(), Err(Stale));
    }
}

#[test]
fn the_receipt_says_when_and_how_old() {
    let delivered = Delivered::signed(&providers::STRIPE);
    for age in [-300, -1, 0, 1, 300] {
        let receipt = delivered.at(NOW + age).judge().expect("a good delivery");
        assert_eq!(receipt.timestamp(), Some(UnixTime::from_secs(NOW)));
        assert_eq!(receipt.age_secs(), Some(age));
    }
    let open = providers::STRIPE
        .adjust()
        .dangerous_without_window()
        .build();
    let receipt = stamped(&open, "0", NOW).judge().expect("no window");
    assert_eq!(receipt.age_secs(), Some(NOW));
    let receipt = Delivered::signed(&providers::GITHUB)
        .judge()
        .expect("a good delivery");
    assert_eq!((receipt.timestamp(), receipt.age_secs()), (None, None));
}

#[test]
fn ages_saturate() {
    for (at, now, age) in [
        (0, 0, 0),
        (0, 5, 5),
        (5, 0, -5),
        (i64::MIN, i64::MAX, i64::MAX),
        (i64::MAX, i64::MIN, i64::MIN),
        (1, i64::MIN, i64::MIN),
        (i64::MIN, 0, i64::MAX),
    ] {
        let (at, now) = (UnixTime::from_secs(at), UnixTime::from_secs(now));
        assert_eq!(at.age_at(now), age);
    }
    assert_eq!(UnixTime::from_secs(-7).as_secs(), -7);
    assert_eq!(UnixTime::from_secs(-7).to_string(), "-7");
}

/// That it runs is all that can be said of a clock without waiting for it.
#[test]
fn the_system_clock_has_both_readings() {
    let clock: SystemClock = Default::default();
    assert!(clock.now().is_some());
    let earlier = clock.monotonic();
    assert!(clock.monotonic() >= earlier);
    assert_eq!(Fixed::at(1).monotonic(), Duration::ZERO);
}
