//! Deliveries without an id: what they are told apart by, and where that is not possible.

use hookproof::VerifyErrorKind;
use hookproof::replay::Identity;
use hookproof::scheme::{Part, Place, ReplayId, Scheme, Timestamp};
use hookproof::{ConfigErrorKind, VerifyError, providers};

use super::forms::{event, identity, indistinct, presets, rewritten, stamped_anew};
use crate::support::delivered::{Delivered, NOW};
use crate::support::signing::{hex, put};

/// Several signed headers beside an id.
static FOUR_HEADERS: Scheme = Scheme::builder("four-headers", "own-signature")
    .content(&[
        Part::Header("own-id"),
        Part::Literal("."),
        Part::Header("own-region"),
        Part::Literal("."),
        Part::Timestamp,
        Part::Literal("."),
        Part::Header("own-object"),
        Part::Literal("."),
        Part::Body,
    ])
    .timestamp(Timestamp::Header("own-timestamp"))
    .delivery_id(Place::Header("own-id"))
    .build();

/// An id in a header and nothing else.
static HEADER_ID: Scheme = Scheme::builder("header-id", "own-signature")
    .content(&[Part::Header("own-id"), Part::Literal("."), Part::Body])
    .delivery_id(Place::Header("own-id"))
    .replay_id(ReplayId::Id(Place::Header("own-id")))
    .build();

/// Bodies that repeat byte for byte.
static PINGS: Scheme = Scheme::builder("pings", "own-signature")
    .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
    .timestamp(Timestamp::Header("own-timestamp"))
    .replay_id(ReplayId::Content)
    .build();

/// A delivery with these headers and this body, stamped so long after the usual second.
fn delivery(scheme: &Scheme, headers: &[(&str, &[u8])], body: &[u8], later: i64) -> Delivered {
    let mut delivered = Delivered::signed(scheme).with_body(body).at(NOW + later);
    for (name, value) in headers {
        put(&mut delivered.headers, name, value);
    }
    delivered.sign();
    delivered
}

fn outcome(delivered: &Delivered) -> Result<Identity, VerifyError> {
    let proven = delivered.stream(&[&delivered.body]).expect("genuine");
    proven.identity()
}

fn by_header(id: &[u8], body: &[u8]) -> Identity {
    identity(&delivery(&HEADER_ID, &[("own-id", id)], body, 0))
}

#[cfg(feature = "json")]
fn in_body(body: &str) -> Identity {
    identity(&delivery(&providers::SENDMUX, &[], body.as_bytes(), 0))
}

#[cfg(feature = "json")]
#[test]
fn a_body_whose_id_is_no_id_is_told_apart_by_its_bytes() {
    let long = format!(r#"{{"id":"{}","n":N}}"#, "x".repeat(257));
    let bodies = [
        r#"{"n":N}"#,
        r#"{"id":"","n":N}"#,
        r#"{"id":null,"n":N}"#,
        r#"{"id":{},"n":N}"#,
        r#"{"id":["evt"],"n":N}"#,
        r#"{"id":"evt\u0000","n":N}"#,
        r#"{"id":"evt\n","n":N}"#,
        r#"{"id":"evt\u007f","n":N}"#,
        r#"{"id":"evt\u0085","n":N}"#,
        r#"{"id":"evt","id":"evt","n":N}"#,
        r#"{"id":"evt","\u0069d":"evt","n":N}"#,
        r#"{"data":{"id":"evt"},"n":N}"#,
        r#"[{"id":"evt"},N]"#,
        r#"{"id":"evt","n":N} {}"#,
        r#"{"id":"evt","n":N"#,
        "\u{feff}{\"id\":\"evt\",\"n\":N}",
        "id=evt&n=N",
        &long,
    ];
    for body in bodies {
        let one = in_body(&body.replace('N', "1"));
        assert_eq!(one, in_body(&body.replace('N', "1")), "{body}");
        assert_ne!(one, in_body(&body.replace('N', "2")), "{body}");
    }
}

#[cfg(feature = "json")]
#[test]
fn an_id_in_the_body_of_1_to_256_bytes_identifies() {
    let longest = "é".repeat(128);
    for id in ["1", "a b", "\"quoted\\\"", "\u{1F4EC}", &longest] {
        let quoted = serde_json::to_string(id).expect("JSON");
        let body = |nth: u8| format!(r#"{{"id":{quoted},"n":{nth}}}"#);
        assert_eq!(in_body(&body(1)), in_body(&body(2)), "{id}");
    }
    assert_ne!(in_body(r#"{"id":"a"}"#), in_body(r#"{"id":"A"}"#));
    assert_ne!(in_body(r#"{"id":"a"}"#), in_body(r#"{"id":"a "}"#));
}

#[cfg(feature = "json")]
#[test]
fn slack_without_an_event_id_is_told_apart_by_its_form() {
    let form = |text: &[u8]| identity(&delivery(&providers::SLACK, &[], text, 0));
    assert_eq!(form(b"command=%2Fgo&n=1"), form(b"command=%2Fgo&n=1"));
    assert_ne!(form(b"command=%2Fgo&n=1"), form(b"command=%2Fgo&n=2"));
}

#[test]
fn a_header_whose_id_is_no_id_leaves_it_to_the_body() {
    for id in [&[b'x'; 257][..], b"evt\t1"] {
        assert_eq!(by_header(id, b"[1]"), by_header(id, b"[1]"));
        assert_ne!(by_header(id, b"[1]"), by_header(id, b"[2]"));
    }
    for id in [&[b'x'; 256][..], b"x", b"evt \xe9"] {
        assert_eq!(by_header(id, b"[1]"), by_header(id, b"[2]"));
    }
}

#[test]
fn an_id_cannot_be_taken_for_the_digest_of_a_body() {
    // The body is told apart by its digest, since the tab spoils the id.
    let body = b"{}";
    let nameless = by_header(b"\t", body);
    let digest: [u8; 32] = {
        use sha2::Digest as _;
        sha2::Sha256::digest(body).into()
    };
    let guesses = [
        body.to_vec(),
        nameless.to_string().into_bytes(),
        hex(&digest).into_bytes(),
        hex(&digest).to_uppercase().into_bytes(),
    ];
    for id in guesses {
        assert_ne!(by_header(&id, body), nameless);
        assert_ne!(by_header(&id, b"[]"), nameless);
    }
}

#[test]
fn a_signed_header_id_identifies_an_empty_body_too() {
    let by = |id: &[u8], later| {
        let headers = [("webhook-id", id)];
        identity(&delivery(
            &providers::STANDARD_WEBHOOKS,
            &headers,
            b"",
            later,
        ))
    };
    assert_eq!(by(b"msg_1", 0), by(b"msg_1", 60));
    assert_ne!(by(b"msg_1", 0), by(b"msg_2", 0));
    assert_eq!(by_header(b"msg_1", b""), by_header(b"msg_1", b""));
}

#[test]
fn an_empty_body_is_told_apart_by_what_else_is_signed() {
    let usual: [(&str, &[u8]); 3] = [
        ("own-id", b"1"),
        ("own-region", b"ab"),
        ("own-object", b"c"),
    ];
    let with = |changed: &[(&str, &[u8])], later| {
        let headers = [&usual[..], changed].concat();
        identity(&delivery(&FOUR_HEADERS, &headers, b"", later))
    };
    let first = with(&[], 0);
    assert_eq!(first, with(&[], 0));
    assert_ne!(first, with(&[], 1), "the timestamp");
    assert_ne!(first, with(&[("own-id", b"2")], 0), "the id");
    assert_ne!(first, with(&[("own-region", b"eu")], 0), "another header");
    assert_ne!(first, with(&[("own-object", b"d")], 0), "the last header");
    let moved: [(&str, &[u8]); 2] = [("own-region", b"a"), ("own-object", b"bc")];
    assert_ne!(first, with(&moved, 0), "a byte moved to the next header");
    let swapped: [(&str, &[u8]); 2] = [("own-region", b"c"), ("own-object", b"ab")];
    assert_ne!(first, with(&swapped, 0), "two headers swapped");
    let moved: [(&str, &[u8]); 2] = [("own-id", b"1ab"), ("own-region", b".")];
    assert_ne!(first, with(&moved, 0), "a byte moved to the id");
}

#[test]
fn an_empty_body_of_every_preset_is_told_apart_or_refused() {
    for scheme in presets() {
        let empty = |later| delivery(scheme, &[], b"", later);
        let has_id = matches!(scheme.replay_id(), ReplayId::Id(Place::Header(_)));
        let slug = scheme.slug();
        if scheme.timestamp().is_none() && !has_id {
            let error = outcome(&empty(0)).expect_err(slug);
            assert_eq!(error.kind(), VerifyErrorKind::Malformed, "{slug}");
            continue;
        }
        assert_eq!(identity(&empty(0)), identity(&empty(0)), "{slug}");
        let stamped_anew = identity(&empty(0)) == identity(&empty(60));
        assert_eq!(stamped_anew, has_id, "{slug}");
        for (form, other) in rewritten(&empty(0)) {
            assert_eq!(identity(&other), identity(&empty(0)), "{slug} {form}");
        }
    }
}

#[test]
fn where_bodies_repeat_the_signed_content_identifies() {
    let ping = |body: &[u8], later| delivery(&PINGS, &[], body, later);
    let first = ping(b"ping", 0);
    assert_eq!(identity(&first), identity(&ping(b"ping", 0)));
    assert_ne!(identity(&first), identity(&ping(b"ping", 1)));
    assert_ne!(identity(&first), identity(&ping(b"pong", 0)));
    assert_ne!(identity(&ping(b"", 0)), identity(&ping(b"", 1)));
    for (form, other) in rewritten(&first) {
        assert_eq!(identity(&other), identity(&first), "{form}");
    }
}

#[test]
fn a_preset_whose_content_identifies_tells_a_new_stamp_from_a_replay() {
    let by_content = |scheme: &&Scheme| scheme.replay_id() == ReplayId::Content;
    let schemes: Vec<_> = presets().filter(by_content).collect();
    assert!(!schemes.is_empty());
    for scheme in schemes {
        let delivered = event(scheme, 1);
        let again = identity(&stamped_anew(&delivered));
        assert_eq!(identity(&delivered), identity(&delivered));
        assert_ne!(again, identity(&delivered), "{}", scheme.slug());
    }
}

#[test]
fn signed_content_identifies_only_with_a_timestamp_in_it() {
    let error = Scheme::builder("own", "own-signature")
        .replay_id(ReplayId::Content)
        .try_build()
        .expect_err("it identifies no better than the body");
    assert_eq!(error.kind(), ConfigErrorKind::BadScheme);
    assert_eq!(
        error.to_string(),
        "scheme own: without a timestamp in it the signed content identifies no better than the body: use ReplayId::Body, or ReplayId::ContentWithoutTimestamp where the content is more than the body"
    );
}

#[test]
fn deliveries_that_nothing_tells_apart_have_no_identity() {
    for scheme in indistinct() {
        let error = outcome(&event(&scheme, 1)).expect_err("nothing tells them apart");
        assert_eq!(error.kind(), VerifyErrorKind::Malformed);
    }
}
