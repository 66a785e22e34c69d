//! Timestamps in every unit: what is read, where the window ends, and what is no timestamp.

use hookproof::Tolerance;
use hookproof::VerifyErrorKind::{Future, Malformed, Mismatch, Stale};
use hookproof::scheme::{Part, ReplayId, Scheme, SchemeBuilder, Timestamp, Unit};

use super::kit::{NOW, Sent, mac, verifier};
use crate::support::delivered::Verdict;

const BODY: &str = r#"{"id":"evt_1"}"#;

const fn stamped(slug: &'static str, unit: Unit) -> SchemeBuilder {
    Scheme::builder(slug, "own-signature")
        .timestamp(Timestamp::Header("own-time"))
        .unit(unit)
        .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
}

static SECONDS: Scheme = stamped("seconds", Unit::Seconds).build();
static MILLIS: Scheme = stamped("millis", Unit::Millis).build();
static MICROS: Scheme = stamped("micros", Unit::Micros).build();
#[cfg(feature = "dates")]
static RFC_3339: Scheme = stamped("rfc-3339", Unit::Rfc3339).build();
#[cfg(feature = "dates")]
static HTTP_DATE: Scheme = stamped("http-date", Unit::HttpDate).build();

/// A genuine delivery of that stamp.
fn sent(stamp: impl AsRef<[u8]>) -> Sent {
    let stamp = stamp.as_ref();
    let content = [stamp, b".", BODY.as_bytes()].concat();
    Sent::to("/")
        .with("own-time", stamp)
        .with("own-signature", mac(content))
        .body(BODY)
}

fn verdict(scheme: &Scheme, stamp: &str) -> Verdict {
    sent(stamp).verdict(&verifier(scheme))
}

/// The stamps that are no timestamps of a scheme, of which each is signed.
fn refuse(scheme: &Scheme, stamps: &[&str]) {
    for stamp in stamps {
        assert_eq!(verdict(scheme, stamp), Err(Malformed), "{stamp:?}");
    }
}

#[test]
fn the_window_ends_where_it_says_to_the_last_part_of_a_second() {
    let cases: [(&Scheme, i64); 3] = [(&SECONDS, 1), (&MILLIS, 1_000), (&MICROS, 1_000_000)];
    for (scheme, parts) in cases {
        let at = |moment: i64| verdict(scheme, &moment.to_string());
        let (oldest, latest) = ((NOW - 300) * parts, (NOW + 300) * parts);
        assert_eq!(at(NOW * parts), Ok(()), "{}", scheme.slug());
        assert_eq!(at(oldest), Ok(()), "{}", scheme.slug());
        assert_eq!(at(oldest - 1), Err(Stale), "{}", scheme.slug());
        assert_eq!(at(latest), Ok(()), "{}", scheme.slug());
        assert_eq!(at(latest + 1), Err(Future), "{}", scheme.slug());
        assert_eq!(at(0), Err(Stale), "{}", scheme.slug());
        if parts > 1 {
            assert_eq!(at(oldest + 1), Ok(()), "{}", scheme.slug());
            assert_eq!(at(latest - 1), Ok(()), "{}", scheme.slug());
        }
    }
}

#[test]
fn a_window_of_no_width_takes_the_second_it_is_and_no_part_more() {
    let verifier = verifier(&MILLIS).with_tolerance(Tolerance::symmetric(0));
    let at = |millis: i64| sent(millis.to_string()).verdict(&verifier);
    assert_eq!(at(NOW * 1000), Ok(()));
    assert_eq!(at(NOW * 1000 - 1), Err(Stale));
    assert_eq!(at(NOW * 1000 + 1), Err(Future));
}

#[test]
fn a_number_has_one_spelling() {
    let digits = |count: usize| "1".repeat(count);
    let whole = NOW.to_string();
    for (scheme, most) in [(&SECONDS, 12), (&MILLIS, 18), (&MICROS, 18)] {
        let zeros = "0".repeat(most - whole.len());
        let now = match scheme.unit() {
            Unit::Seconds => whole.clone(),
            Unit::Millis => format!("{whole}000"),
            _ => format!("{whole}000000"),
        };
        assert_eq!(verdict(scheme, &now), Ok(()));
        assert_eq!(
            verdict(scheme, &digits(most)),
            Err(Future),
            "{}",
            scheme.slug()
        );
        assert_eq!(
            verdict(scheme, &"9".repeat(most)),
            Err(Future),
            "{}",
            scheme.slug()
        );
        let padded = format!("{whole}{zeros}");
        assert_eq!(verdict(scheme, &padded), Err(Future), "{}", scheme.slug());
        refuse(
            scheme,
            &[
                &digits(most + 1),
                &"9".repeat(19),
                &"9".repeat(20),
                &format!("0{now}"),
                &format!("00{now}"),
                "00",
                &format!("+{now}"),
                &format!("-{now}"),
                "-0",
                "-1",
                &format!("{now}.0"),
                &format!("{now}."),
                &format!("{now}e0"),
                &format!(" {now}"),
                &format!("{now} "),
                &format!("{now}\t"),
                &format!("{now}s"),
                &format!("0x{now}"),
                "1_767_225_600",
                "1,767,225,600",
                "2026-01-01T00:00:00Z",
                "\u{661}\u{662}",
                "NaN",
                "now",
            ],
        );
        let empty = sent("");
        assert_eq!(empty.verdict(&verifier(scheme)), Err(Malformed));
    }
}

#[test]
fn a_stamp_that_is_malformed_or_stale_hides_a_mismatch() {
    for (stamp, kind) in [("0", Stale), ("x", Malformed), ("999999999999", Future)] {
        let forged = sent(stamp).body("{}");
        assert_eq!(forged.verdict(&verifier(&SECONDS)), Err(kind));
    }
    let forged = sent(NOW.to_string()).body("{}");
    assert_eq!(forged.verdict(&verifier(&SECONDS)), Err(Mismatch));
}

#[test]
fn the_text_that_came_is_what_is_signed() {
    let other = Sent::to("/")
        .with("own-time", NOW.to_string())
        .with("own-signature", mac(format!("{}.{BODY}", NOW + 1)))
        .body(BODY);
    assert_eq!(other.verdict(&verifier(&SECONDS)), Err(Mismatch));
}

#[test]
fn the_receipt_tells_whole_seconds() {
    let age = |scheme: &Scheme, stamp: String| {
        let proven = sent(stamp).proven(&verifier(scheme));
        let receipt = proven.receipt();
        let at = receipt.timestamp().expect("a timestamp").as_secs();
        (at, receipt.age_secs().expect("an age"))
    };
    assert_eq!(age(&SECONDS, format!("{}", NOW - 2)), (NOW - 2, 2));
    assert_eq!(age(&MILLIS, format!("{}", NOW * 1000 - 1)), (NOW - 1, 1));
    assert_eq!(age(&MICROS, format!("{}", NOW * 1_000_000 + 1)), (NOW, 0));
}

#[test]
fn stamps_within_one_second_are_told_apart() {
    for (scheme, parts) in [(&MILLIS, 1_000), (&MICROS, 1_000_000)] {
        let scheme = scheme.adjust().replay_id(ReplayId::Content).build();
        let verifier = verifier(&scheme);
        let id = |at: i64| sent(at.to_string()).identity(&verifier);
        let first = id(NOW * parts);
        assert_eq!(id(NOW * parts), first, "{}", scheme.slug());
        assert_ne!(id(NOW * parts + 1), first, "{}", scheme.slug());
        assert_ne!(id(NOW * parts + parts - 1), first, "{}", scheme.slug());
        assert_ne!(id((NOW + 1) * parts), first, "{}", scheme.slug());
        // The same of a delivery that is remembered by its stamp for want of a body.
        let empty = |at: i64| {
            let stamp = at.to_string();
            let content = mac(format!("{stamp}."));
            let sent = Sent::to("/")
                .with("own-time", &stamp)
                .with("own-signature", content);
            sent.identity(&verifier)
        };
        assert_ne!(
            empty(NOW * parts),
            empty(NOW * parts + 1),
            "{}",
            scheme.slug()
        );
    }
}

#[test]
fn without_a_window_a_stamp_must_still_be_one() {
    let scheme = stamped("ever", Unit::Millis)
        .dangerous_without_window()
        .build();
    for good in ["0", "1", "999999999999999999"] {
        assert_eq!(verdict(&scheme, good), Ok(()), "{good}");
    }
    refuse(&scheme, &["", "00", "x", "1000000000000000000"]);
}

#[cfg(feature = "dates")]
#[test]
fn rfc_3339_is_read_with_a_fraction_and_an_offset() {
    let now = [
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.0Z",
        "2026-01-01T00:00:00.000000000Z",
        "2026-01-01T00:00:00+00:00",
        "2026-01-01T00:00:00-00:00",
        "2026-01-01T05:30:00+05:30",
        "2025-12-31T16:00:00-08:00",
        "2026-01-01t00:00:00z",
        "2026-01-01T00:00:00.999Z",
    ];
    for stamp in now {
        let proven = sent(stamp).proven(&verifier(&RFC_3339));
        let at = proven.receipt().timestamp().expect("a timestamp");
        assert_eq!(at.as_secs(), NOW, "{stamp}");
    }
    let cases = [
        ("2025-12-31T23:55:00Z", Ok(())),
        ("2025-12-31T23:54:59.999Z", Err(Stale)),
        ("2025-12-31T23:55:00.001Z", Ok(())),
        ("2025-12-31T23:54:59.999999999Z", Err(Stale)),
        ("2026-01-01T00:05:00Z", Ok(())),
        ("2026-01-01T00:05:00.000Z", Ok(())),
        ("2026-01-01T00:05:00.001Z", Err(Future)),
        ("2026-01-01T00:05:00.000000001Z", Err(Future)),
        ("2026-01-01T00:04:59.999Z", Ok(())),
        ("2026-01-01T00:00:00+01:00", Err(Stale)),
        ("2026-01-01T00:00:00-01:00", Err(Future)),
        ("1969-12-31T23:59:59Z", Err(Stale)),
        ("0001-01-01T00:00:00Z", Err(Stale)),
        ("9999-12-31T23:59:59Z", Err(Future)),
        ("2024-02-29T00:00:00Z", Err(Stale)),
    ];
    for (stamp, wanted) in cases {
        assert_eq!(verdict(&RFC_3339, stamp), wanted, "{stamp}");
    }
}

#[cfg(feature = "dates")]
#[test]
fn what_is_no_rfc_3339_is_malformed() {
    let long = format!("2026-01-01T00:00:00.{}Z", "0".repeat(100));
    refuse(
        &RFC_3339,
        &[
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00,0Z",
            "2026-01-01T00:00Z",
            "2026-01-01 00:00:00Z",
            "2026-01-01_00:00:00Z",
            "2026-01-01",
            "2026-01-01T24:00:00Z",
            "2025-12-31T24:00:00Z",
            "2026-01-01T23:60:00Z",
            "2016-12-31T23:59:60Z",
            "2016-12-31T23:59:60.5Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:61Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-32T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "26-01-01T00:00:00Z",
            "+2026-01-01T00:00:00Z",
            "02026-01-01T00:00:00Z",
            "2026-1-1T00:00:00Z",
            "2026-01-01T0:00:00Z",
            "2026-01-01T00:00:00+0000",
            "2026-01-01T00:00:00+00",
            "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00+00:60",
            "2026-01-01T00:00:00 Z",
            "2026-01-01T00:00:00Z ",
            " 2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00Z\t",
            "2026-01-01T00:00:00ZZ",
            "2026-01-01T00:00:00UTC",
            "20260101T000000Z",
            "2026-W01-4T00:00:00Z",
            "2026-001T00:00:00Z",
            "1767225600",
            "Thu, 01 Jan 2026 00:00:00 GMT",
            "\u{662}026-01-01T00:00:00Z",
            &long,
        ],
    );
}

#[cfg(feature = "dates")]
#[test]
fn an_http_date_is_read_in_the_form_that_senders_write() {
    let cases = [
        ("Thu, 01 Jan 2026 00:00:00 GMT", Ok(())),
        ("Wed, 31 Dec 2025 23:55:00 GMT", Ok(())),
        ("Wed, 31 Dec 2025 23:54:59 GMT", Err(Stale)),
        ("Thu, 01 Jan 2026 00:05:00 GMT", Ok(())),
        ("Thu, 01 Jan 2026 00:05:01 GMT", Err(Future)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", Err(Stale)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", Err(Stale)),
    ];
    for (stamp, wanted) in cases {
        assert_eq!(verdict(&HTTP_DATE, stamp), wanted, "{stamp}");
    }
    refuse(
        &HTTP_DATE,
        &[
            "Thursday, 01-Jan-26 00:00:00 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Thu Jan  1 00:00:00 2026",
            "Sun Nov  6 08:49:37 1994",
            "Thu, 01 Jan 26 00:00:00 GMT",
            "Thu, 1 Jan 2026 00:00:00 GMT",
            "Thu, 01 Jan 2026 00:00:00 UTC",
            "Thu, 01 Jan 2026 00:00:00 +0000",
            "Thu, 01 Jan 2026 00:00:00",
            "Thu, 01 Jan 2026 00:00:00 GMT ",
            " Thu, 01 Jan 2026 00:00:00 GMT",
            "Thu,  01 Jan 2026 00:00:00 GMT",
            "Thu 01 Jan 2026 00:00:00 GMT",
            "Fri, 01 Jan 2026 00:00:00 GMT",
            "Thu, 01 Jan 2026 24:00:00 GMT",
            "Thu, 01 Jan 2026 00:60:00 GMT",
            "Thu, 01 Jan 2026 00:00:60 GMT",
            "Sat, 31 Dec 2016 23:59:60 GMT",
            "Thu, 00 Jan 2026 00:00:00 GMT",
            "Sun, 29 Feb 2026 00:00:00 GMT",
            "Wed, 31 Dec 1969 23:59:59 GMT",
            "01 Jan 2026 00:00:00 GMT",
            "2026-01-01T00:00:00Z",
            "1767225600",
        ],
    );
}

#[cfg(feature = "dates")]
#[test]
fn fractions_of_a_second_are_told_apart_in_dates_too() {
    let scheme = RFC_3339.adjust().replay_id(ReplayId::Content).build();
    let verifier = verifier(&scheme);
    let id = |stamp: &str| sent(stamp).identity(&verifier);
    let first = id("2026-01-01T00:00:00.001Z");
    assert_eq!(id("2026-01-01T00:00:00.001Z"), first);
    assert_ne!(id("2026-01-01T00:00:00.002Z"), first);
    assert_ne!(id("2026-01-01T00:00:00Z"), first);
}
