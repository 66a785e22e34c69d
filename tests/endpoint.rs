//! What an endpoint is built of, and what does not start.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

use std::time::Duration;

use hookproof::{
    Answers, ConfigErrorKind, Delivery, Endpoint, EndpointBuilder, ReplayDecided, Secret, Signer,
    Tolerance, UnixTime, Verifier, VerifyErrorKind, providers,
};
use http::{HeaderMap, StatusCode};

const SECRET: &str = "whsec_a-secret-that-is-long-enough";

fn verifier() -> Verifier {
    Verifier::new(&providers::STRIPE, Secret::new(SECRET)).expect("a usable secret")
}

fn builder() -> EndpointBuilder<ReplayDecided> {
    Endpoint::builder("stripe", verifier()).without_replay_guard()
}

#[test]
fn defaults_are_those_documented() {
    let endpoint = builder().build().expect("sound");
    assert_eq!(endpoint.name(), "stripe");
    assert_eq!(endpoint.body_deadline(), Duration::from_secs(10));
    assert_eq!(Verifier::DEFAULT_BODY_LIMIT, 1_048_576);
    assert_eq!(Verifier::MAX_HEADER, 8_192);
    assert_eq!(Verifier::MAX_CANDIDATES, 32);
    assert_eq!(*endpoint.answers(), Answers::for_scheme(&providers::STRIPE));
}

#[test]
fn what_makes_no_sense_does_not_start_and_says_why() {
    let answers = |status| Answers::for_scheme(&providers::STRIPE).unparsable(status);
    let raw_body = Verifier::new(&providers::SENDMUX, Secret::new(SECRET)).expect("usable");
    let wrong = [
        (
            builder().body_limit(0),
            "the body limit is 0 bytes: nothing would pass",
        ),
        (
            builder().header_limit(0),
            "the header limit is 0 bytes: it goes from 1 to 8192",
        ),
        (
            builder().header_limit(8_193),
            "the header limit is 8193 bytes: it goes from 1 to 8192",
        ),
        (
            builder().body_deadline(Duration::ZERO),
            "the body deadline is zero: nothing would pass",
        ),
        (
            builder().answers(answers(StatusCode::NO_CONTENT)),
            "a refusal cannot be answered 204: the provider would take it for success; use a status in the 400s or 500s",
        ),
        (
            builder().answers(answers(StatusCode::FOUND)),
            "a refusal cannot be answered 302: the provider would take it for success; use a status in the 400s or 500s",
        ),
        (
            Endpoint::builder("", verifier()).without_replay_guard(),
            "an endpoint's name is empty or has control characters: it stands in logs and metrics",
        ),
        (
            Endpoint::builder("a\nb", verifier()).without_replay_guard(),
            "an endpoint's name is empty or has control characters: it stands in logs and metrics",
        ),
        (
            Endpoint::builder("sendmux", raw_body)
                .tolerance(Tolerance::DEFAULT)
                .without_replay_guard(),
            "a tolerance is set, but sendmux signs no timestamp: leave the tolerance out",
        ),
    ];
    for (builder, message) in wrong {
        let error = builder.build().expect_err(message);
        assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn the_endpoints_tolerance_is_the_one_that_is_judged_by() {
    let endpoint = builder()
        .tolerance(Tolerance::new(600, 0))
        .build()
        .expect("sound");
    let now = UnixTime::from_secs(1_767_225_600);
    let judge = |stamped: i64| {
        let headers = Signer::new(&providers::STRIPE, Secret::new(SECRET))
            .expect("usable")
            .sign_at(&HeaderMap::new(), b"{}", UnixTime::from_secs(stamped))
            .expect("signed");
        let verdict = endpoint
            .verifier()
            .expect("one keyring")
            .verify_at(Delivery::new(&headers, b"{}"), now);
        verdict
            .map(|receipt| receipt.age_secs())
            .map_err(|error| error.kind())
    };
    assert_eq!(judge(now.as_secs() - 600), Ok(Some(600)));
    assert_eq!(judge(now.as_secs() - 601), Err(VerifyErrorKind::Stale));
    assert_eq!(judge(now.as_secs() + 1), Err(VerifyErrorKind::Future));
    assert_eq!(endpoint.scheme().tolerance(), Some(Tolerance::new(600, 0)));
}

#[test]
fn the_endpoints_limits_hold_for_its_own_drivers() {
    let endpoint = builder()
        .body_limit(10)
        .header_limit(79)
        .build()
        .expect("sound");
    let mut headers = Signer::new(&providers::STRIPE, Secret::new(SECRET))
        .expect("usable")
        .sign(b"{}")
        .expect("signed");
    assert_eq!(
        endpoint.begin(&headers).expect_err("80 bytes").kind(),
        VerifyErrorKind::Malformed
    );
    let endpoint = builder().body_limit(10).build().expect("sound");
    assert!(endpoint.begin(&headers).is_ok());
    headers.insert("content-length", "11".parse().expect("a value"));
    assert_eq!(
        endpoint.begin(&headers).expect_err("too long").kind(),
        VerifyErrorKind::TooLarge
    );
}

#[test]
fn every_kind_has_its_answer() {
    let plain = Answers::for_scheme(&providers::STRIPE);
    let lossy = Answers::for_scheme(&providers::JETEMAIL_INBOUND);
    let kinds = [
        (VerifyErrorKind::BodyError, 400, 503),
        (VerifyErrorKind::DuplicateHeader, 401, 503),
        (VerifyErrorKind::Future, 401, 503),
        (VerifyErrorKind::Malformed, 401, 503),
        (VerifyErrorKind::Mismatch, 401, 503),
        (VerifyErrorKind::MissingHeader, 401, 503),
        (VerifyErrorKind::Stale, 401, 503),
        (VerifyErrorKind::Timeout, 408, 503),
        (VerifyErrorKind::TooLarge, 413, 413),
        (VerifyErrorKind::Unavailable, 503, 503),
    ];
    for (kind, status, where_lost) in kinds {
        for (answers, status) in [(plain, status), (lossy, where_lost)] {
            let answer = answers.to(kind);
            assert_eq!(answer.status().as_u16(), status, "{kind}");
            assert_eq!(answer.retry_after_secs().is_some(), status == 503, "{kind}");
            let response = answer.into_response::<String>();
            assert_eq!(
                response.headers().contains_key("retry-after"),
                status == 503
            );
            assert!(response.body().is_empty());
        }
    }
    assert_eq!(plain.to_unparsable().status().as_u16(), 422);
    assert_eq!(lossy.to_unparsable().status().as_u16(), 503);
}

#[test]
fn the_answer_to_refusals_changes_as_a_whole() {
    let endpoint = builder()
        .answers(Answers::for_scheme(&providers::STRIPE).not_authentic(StatusCode::NOT_FOUND))
        .build()
        .expect("sound");
    for kind in [
        VerifyErrorKind::Mismatch,
        VerifyErrorKind::Stale,
        VerifyErrorKind::MissingHeader,
    ] {
        assert_eq!(endpoint.answers().to(kind).status(), StatusCode::NOT_FOUND);
    }
}
