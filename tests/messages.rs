//! The exact texts of refusals and set-up mistakes.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::error::Error as _;
use std::time::Duration;

use hookproof::VerifyErrorKind::{
    self, BodyError, DuplicateHeader, Future, Malformed, Mismatch, MissingHeader, Stale, Timeout,
    TooLarge, Unavailable,
};
use hookproof::scheme::Scheme;
use hookproof::{
    Answers, ConfigErrorKind, Endpoint, EndpointBuilder, Secret, SignError, Verifier, VerifyError,
    providers,
};
use http::{HeaderValue, StatusCode};
use support::clock::Fixed;
use support::delivered::{Delivered, NOW};
use support::shapes::presets;

/// A refusal's kind, text and `Debug` form; and that every text is a clause, not a sentence.
#[track_caller]
fn says(error: &VerifyError, kind: VerifyErrorKind, text: &str) {
    assert_eq!(error.kind(), kind);
    assert_eq!(error.to_string(), text);
    assert_eq!(format!("{error:?}"), format!("VerifyError({kind}: {text})"));
    assert_eq!(format!("{error:#?}"), format!("{error:?}"));
    assert!(
        !text.ends_with('.') && !text.starts_with(char::is_uppercase),
        "{text}"
    );
}

fn of(scheme: &Scheme) -> Delivered {
    Delivered::signed(scheme)
}

#[track_caller]
fn refusal(delivered: &Delivered) -> VerifyError {
    delivered.judge().expect_err("a refusal")
}

/// A good delivery with one header's value changed.
#[track_caller]
fn changed(scheme: &Scheme, name: &'static str, value: &[u8]) -> VerifyError {
    refusal(&of(scheme).with(name, value).expect("a value"))
}

/// A refusal that names its header.
#[track_caller]
fn names(error: &VerifyError, header: &str) {
    assert_eq!(error.header().expect("a header"), header);
    assert_eq!(error.claimed_age(), None);
    assert!(error.source().is_none());
}

#[test]
fn a_missing_header_is_named() {
    let mut delivered = of(&providers::STRIPE);
    delivered.headers.clear();
    let error = refusal(&delivered);
    says(&error, MissingHeader, "missing header stripe-signature");
    names(&error, "stripe-signature");
    for name in ["webhook-signature", "webhook-timestamp", "webhook-id"] {
        let mut delivered = of(&providers::STANDARD_WEBHOOKS);
        delivered.headers.remove(name);
        let error = refusal(&delivered);
        says(&error, MissingHeader, &format!("missing header {name}"));
        names(&error, name);
    }
}

#[test]
fn a_repeated_header_is_named() {
    for name in ["webhook-signature", "webhook-timestamp", "webhook-id"] {
        let mut delivered = of(&providers::STANDARD_WEBHOOKS);
        delivered
            .headers
            .append(name, HeaderValue::from_static("x"));
        let error = refusal(&delivered);
        says(
            &error,
            DuplicateHeader,
            &format!("more than one header {name}"),
        );
        names(&error, name);
    }
}

#[test]
fn a_malformed_header_is_named_with_what_is_wrong() {
    let (stripe, sent, github) = (&providers::STRIPE, &providers::SENT, &providers::GITHUB);
    let mac = "0".repeat(64);
    let long = "x".repeat(8193);
    let two_stamps = format!("t=1,t=1,v1={mac}");
    let no_stamp = format!("v1={mac}");
    let odd_stamp = format!("t=01,v1={mac}");
    let rows: [(&Scheme, &'static str, &str, &str); 13] = [
        (stripe, "stripe-signature", "", "it is empty"),
        (stripe, "stripe-signature", &long, "it is too long"),
        (
            stripe,
            "stripe-signature",
            &two_stamps,
            "more than one timestamp",
        ),
        (stripe, "stripe-signature", &no_stamp, "no timestamp"),
        (
            stripe,
            "stripe-signature",
            &odd_stamp,
            "the timestamp is not 1 to 12 plain digits",
        ),
        (
            stripe,
            "stripe-signature",
            "t=1",
            "no well-formed signature of the scheme's version",
        ),
        (
            github,
            "x-hub-signature-256",
            &mac,
            "the signature does not start with the scheme's prefix",
        ),
        (
            github,
            "x-hub-signature-256",
            "sha256=",
            "no well-formed signature of the scheme's version",
        ),
        (
            sent,
            "x-webhook-signature",
            "v2,x",
            "no well-formed signature of the scheme's version",
        ),
        (sent, "x-webhook-timestamp", "", "it is empty"),
        (
            sent,
            "x-webhook-timestamp",
            "+1",
            "the timestamp is not 1 to 12 plain digits",
        ),
        (sent, "x-webhook-id", "", "it is empty"),
        (sent, "x-webhook-id", &long, "it is too long"),
    ];
    for (scheme, name, value, why) in rows {
        let error = changed(scheme, name, value.as_bytes());
        says(
            &error,
            Malformed,
            &format!("malformed header {name}: {why}"),
        );
        names(&error, name);
    }
}

#[test]
fn a_mismatch_tells_nothing_more() {
    for scheme in presets() {
        let error = refusal(&of(scheme).with_body(*b"{}"));
        says(&error, Mismatch, "signature does not match");
        assert_eq!(error.header(), None);
        assert_eq!(error.claimed_age(), None);
        assert!(error.source().is_none());
    }
}

#[test]
fn a_stale_timestamp_says_its_age_and_the_tolerance() {
    let error = refusal(&of(&providers::STRIPE).at(NOW + 421));
    says(&error, Stale, "timestamp is 421 s old, tolerance is 300 s");
    assert_eq!(error.claimed_age(), Some(421));
    assert_eq!(error.header(), None);
    let error = refusal(&of(&providers::STRIPE).at(i64::MAX));
    says(
        &error,
        Stale,
        "timestamp is 9223372035087550207 s old, tolerance is 300 s",
    );
}

#[test]
fn a_future_timestamp_says_how_far_and_the_tolerance() {
    let error = refusal(&of(&providers::SENT).at(NOW - 301));
    says(
        &error,
        Future,
        "timestamp is 301 s ahead, tolerance is 300 s",
    );
    assert_eq!(error.claimed_age(), Some(-301));
    assert_eq!(error.header(), None);
    let error = refusal(&of(&providers::SENT).at(i64::MIN));
    says(
        &error,
        Future,
        "timestamp is 9223372036854775807 s ahead, tolerance is 300 s",
    );
    assert_eq!(error.claimed_age(), Some(-i64::MAX));
}

#[test]
fn a_body_that_is_too_large_says_the_limit() {
    let mut delivered = of(&providers::GITHUB);
    delivered.verifier = delivered.verifier.with_body_limit(42);
    let error = delivered.stream(&[&delivered.body]).expect_err("43 bytes");
    says(&error, TooLarge, "the body is longer than 42 bytes");
    says(
        &VerifyError::too_large(0),
        TooLarge,
        "the body is longer than 0 bytes",
    );
}

#[test]
fn a_broken_clock_says_so() {
    let delivered = of(&providers::STRIPE);
    let verifier = delivered.verifier.with_clock(Fixed::broken());
    let error = verifier.begin(&delivered.headers).expect_err("no clock");
    says(&error, Unavailable, "the clock is not available");
}

#[test]
fn what_a_driver_reports_has_its_texts() {
    says(
        &VerifyError::timeout(),
        Timeout,
        "the body did not come whole within its deadline",
    );
    let error = VerifyError::body_error(None);
    says(&error, BodyError, "the body could not be read to its end");
    assert!(error.source().is_none());
    let error = VerifyError::body_error(Some("connection reset".into()));
    says(&error, BodyError, "the body could not be read to its end");
    assert_eq!(
        error.source().expect("a source").to_string(),
        "connection reset"
    );
}

/// One line a kind: name, and whether it is a refusal of authenticity.
#[test]
fn kinds_have_names() {
    for (kind, name, authenticity) in [
        (BodyError, "body-error", false),
        (DuplicateHeader, "duplicate-header", true),
        (Future, "future", true),
        (Malformed, "malformed", true),
        (Mismatch, "mismatch", true),
        (MissingHeader, "missing-header", true),
        (Stale, "stale", true),
        (Timeout, "timeout", false),
        (TooLarge, "too-large", false),
        (Unavailable, "unavailable", false),
    ] {
        assert_eq!(kind.as_str(), name);
        assert_eq!(kind.to_string(), name);
        assert_eq!(kind.is_authenticity(), authenticity, "{name}");
    }
    for (kind, name) in [
        (ConfigErrorKind::BadEndpoint, "bad-endpoint"),
        (ConfigErrorKind::BadKeyring, "bad-keyring"),
        (ConfigErrorKind::BadScheme, "bad-scheme"),
        (ConfigErrorKind::BadSecret, "bad-secret"),
    ] {
        assert_eq!(kind.as_str(), name);
        assert_eq!(kind.to_string(), name);
    }
}

/// Nothing that the sender wrote is repeated, whatever it is.
#[test]
fn no_message_repeats_what_was_sent() {
    const MARK: &str = "Zq7";
    for scheme in presets() {
        let delivered = of(scheme);
        for name in delivered.read_headers() {
            for value in [
                MARK.to_owned(),
                format!("t={MARK},v1={MARK}"),
                MARK.repeat(3000),
            ] {
                let error = changed(scheme, name, value.as_bytes());
                assert!(!format!("{error} {error:?}").contains(MARK), "{error}");
            }
        }
    }
}

#[test]
fn signing_errors_say_what_to_give() {
    assert_eq!(
        SignError::Clock.to_string(),
        "the clock gives no timestamp that the scheme could write"
    );
    assert_eq!(
        SignError::Header("webhook-id").to_string(),
        "the scheme signs the header webhook-id: give its value"
    );
    assert_eq!(
        SignError::Config("app_key").to_string(),
        "the scheme signs the configured text app_key: give it by with_config"
    );
    assert_eq!(
        SignError::Url.to_string(),
        "the scheme signs the URL: give it by with_url"
    );
}

type Undecided = EndpointBuilder<hookproof::ReplayUndecided>;

#[track_caller]
fn bad_endpoint(name: &str, with: impl FnOnce(Undecided) -> Undecided, text: &str) {
    let verifier = Verifier::new(&providers::STRIPE, Secret::new("a-secret-of-the-test"));
    let builder = Endpoint::builder(name, verifier.expect("a secret"));
    let error = with(builder)
        .without_replay_guard()
        .build()
        .expect_err("a mistake");
    assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
    assert_eq!(error.to_string(), text);
    assert_eq!(
        format!("{error:?}"),
        format!("ConfigError(bad-endpoint: {text})")
    );
}

#[test]
fn mistakes_of_an_endpoint_say_what_to_mend() {
    let name =
        "an endpoint's name is empty or has control characters: it stands in logs and metrics";
    bad_endpoint("", |builder| builder, name);
    bad_endpoint("a\nb", |builder| builder, name);
    bad_endpoint(
        "stripe",
        |builder| builder.body_limit(0),
        "the body limit is 0 bytes: nothing would pass",
    );
    bad_endpoint(
        "stripe",
        |builder| builder.header_limit(0),
        "the header limit is 0 bytes: it goes from 1 to 8192",
    );
    bad_endpoint(
        "stripe",
        |builder| builder.header_limit(8193),
        "the header limit is 8193 bytes: it goes from 1 to 8192",
    );
    bad_endpoint(
        "stripe",
        |builder| builder.body_deadline(Duration::ZERO),
        "the body deadline is zero: nothing would pass",
    );
    for status in [StatusCode::OK, StatusCode::NO_CONTENT, StatusCode::FOUND] {
        let answers = Answers::for_scheme(&providers::STRIPE);
        let code = status.as_u16();
        let text = format!(
            "a refusal cannot be answered {code}: the provider would take it for success; use a status in the 400s or 500s"
        );
        for answers in [
            answers.not_authentic(status),
            answers.too_large(status),
            answers.timeout(status),
            answers.body_error(status),
            answers.unavailable(status),
            answers.unparsable(status),
        ] {
            bad_endpoint("stripe", |builder| builder.answers(answers), &text);
        }
    }
}
