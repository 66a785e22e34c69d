//! Every vendored delivery gets its verdict.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod support;

#[cfg(feature = "all-providers")]
use bytes::Bytes;
use hookproof::{Delivery, Secret, Verifier, VerifyErrorKind, providers};
#[cfg(feature = "all-providers")]
use hookproof::{Proven, UnixTime};
#[cfg(feature = "all-providers")]
use support::vectors::Vector;
use support::vectors::load;

/// Runs a file and says how many of its rows were judged.
fn judged(file: &str) -> usize {
    let vectors = load(file);
    let wrong: Vec<String> = vectors
        .iter()
        .filter(|vector| vector.firm)
        .filter_map(|vector| {
            let verdict = vector.judge();
            (!vector.wants(&verdict)).then(|| {
                format!(
                    "{}: {verdict}, not {} {:?}",
                    vector.id, vector.expect, vector.reason
                )
            })
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong verdicts:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    vectors.iter().filter(|vector| vector.firm).count()
}

#[test]
fn seed_deliveries_get_their_verdict() {
    assert_eq!(judged("seeds.jsonl"), 551);
}

#[test]
fn other_presets_deliveries_get_their_verdict() {
    let judged = judged("providers.jsonl");
    if cfg!(feature = "all-providers") {
        assert_eq!(judged, 1129);
    }
}

#[test]
fn firm_hostile_headers_get_their_verdict() {
    assert_eq!(judged("hostile.jsonl"), 127);
}

/// Where established verifiers disagree, these are this crate's choices.
const CHOICES: [(&str, &str, &str); 16] = [
    (
        "hx-h-008",
        "accept",
        "junk pairs within 8 KiB are unknown keys, passed over",
    ),
    (
        "hx-h-012",
        "mismatch",
        "of 100 candidates the first 32 are looked at",
    ),
    (
        "hx-h-020",
        "malformed",
        "a tab belongs to the key after it, so there is no v1",
    ),
    (
        "hx-h-021",
        "malformed",
        "a blank belongs to the key after it, so there is no v1",
    ),
    (
        "hx-h-046",
        "malformed",
        "nothing is trimmed: a timestamp is digits alone",
    ),
    (
        "hx-h-056",
        "accept",
        "hex is compared as bytes, so either case will do",
    ),
    (
        "hx-h-057",
        "accept",
        "hex is compared as bytes, so mixed case will do",
    ),
    (
        "hx-h-059",
        "malformed",
        "nothing is trimmed: 64 digits and a blank are no MAC",
    ),
    (
        "hx-h-070",
        "accept",
        "a word without = is no pair, passed over",
    ),
    (
        "hx-h-101",
        "malformed",
        "one MAC has one base64 text, and it is padded",
    ),
    (
        "hx-h-102",
        "malformed",
        "the scheme writes the standard alphabet",
    ),
    (
        "hx-h-110",
        "accept",
        "an id of 8 KiB is within the limit of a header",
    ),
    (
        "hx-h-117",
        "accept",
        "the prefix of a base64 secret may be absent",
    ),
    (
        "hx-h-119",
        "accept",
        "items between two blanks are empty, passed over",
    ),
    (
        "hx-h-129",
        "accept",
        "hex is compared as bytes, so either case will do",
    ),
    (
        "hx-h-132",
        "bad-secret",
        "a pasted line break is refused, not trimmed",
    ),
];

#[test]
fn choices_on_open_hostile_headers_are_kept() {
    let judged: Vec<(String, String)> = load("hostile.jsonl")
        .iter()
        .filter(|vector| !vector.firm)
        .map(|vector| (vector.id.clone(), vector.judge()))
        .collect();
    let chosen = CHOICES.map(|(id, verdict, _)| (id.to_owned(), verdict.to_owned()));
    assert_eq!(judged, chosen);
}

/// With nothing in its place a signature over less than the vendor signs would pass.
#[test]
fn without_what_is_configured_nothing_is_judged() {
    let verifier = Verifier::new(&providers::TIKTOK_SHOP, Secret::new("tts-app-secret"));
    let verifier = verifier.expect("a usable secret");
    for vector in load("providers.jsonl") {
        if vector.provider == "tiktok-shop" {
            let headers = vector.headers().expect("headers");
            let body = vector.body();
            let delivery = Delivery::new(&headers, &body);
            let refused = verifier.verify(delivery).expect_err(&vector.id);
            assert_eq!(
                refused.kind(),
                VerifyErrorKind::Unavailable,
                "{}",
                vector.id
            );
        }
    }
}

/// A verdict must not depend on how the body comes.
#[test]
fn streamed_deliveries_get_the_same_verdict() {
    let mut streamed = 0;
    for file in ["seeds.jsonl", "providers.jsonl", "hostile.jsonl"] {
        for vector in load(file) {
            assert_eq!(vector.judge_streamed(7), vector.judge(), "{}", vector.id);
            streamed += 1;
        }
    }
    assert!(streamed > 1200, "only {streamed} deliveries were streamed");
}

/// The proof of a vector's delivery.
#[cfg(feature = "all-providers")]
fn proven(id: &str) -> Proven {
    let is_it = |vector: &Vector| vector.id == id;
    let vector = load("providers.jsonl").into_iter().find(is_it);
    let vector = vector.expect("a vector of that id");
    let scheme = providers::find(&vector.provider).expect("a preset");
    let verifier = Verifier::new(scheme, Secret::new(vector.secret.clone()));
    let headers = vector.headers().expect("headers");
    let now = UnixTime::from_secs(vector.now);
    let verification = verifier.expect("a usable secret").begin_at(&headers, now);
    let mut verification = verification.expect("a good head");
    let taken = verification.update(Bytes::from(vector.body()));
    taken.expect("a body within the limit");
    verification.finish().expect("a good delivery")
}

/// Every item of a batch is signed, so what the first says of itself is.
#[cfg(feature = "all-providers")]
#[test]
fn the_id_of_a_signed_item_is_signed() {
    let proven = proven("adyen-standard-batch");
    let id = proven.delivery_id();
    assert_eq!(id.as_deref(), Some("vpspReference"));
    assert!(
        proven
            .unsigned_delivery_id(&http::HeaderMap::new())
            .is_none()
    );
}

/// A form is read while its content type is known, though the MAC is over the raw body.
#[cfg(feature = "all-providers")]
#[test]
fn names_in_a_form_that_is_signed_as_a_whole_are_read() {
    let proven = proven("maxio-01-accept");
    assert_eq!(proven.delivery_id().as_deref(), Some("9000"));
    assert_eq!(proven.event_type().as_deref(), Some("payment_success"));
}
