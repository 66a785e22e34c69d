//! Signing: what is signed verifies, here and by an HMAC of another make.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use hookproof::scheme::{Grammar, KeyFormat, Part, Scheme, Timestamp};
use hookproof::{Delivery, Secret, SignError, Signer, UnixTime, Verifier, providers};
use http::{HeaderMap, HeaderValue};
use support::delivered::{BODY, Delivered, NOW, SECRET};
use support::{shapes, signing};

fn signer(scheme: &Scheme) -> Signer {
    Signer::new(scheme, Secret::new(SECRET)).expect("a usable secret")
}

/// The headers that the scheme signs beside the timestamp.
fn given(scheme: &Scheme) -> HeaderMap {
    let mut given = HeaderMap::new();
    for name in Delivered::signed(scheme).signed_headers() {
        given.insert(name, HeaderValue::from_static("id_1"));
    }
    given
}

fn signed(scheme: &Scheme, body: &[u8], now: i64) -> Result<HeaderMap, SignError> {
    signer(scheme).sign_at(&given(scheme), body, UnixTime::from_secs(now))
}

#[test]
fn what_is_signed_verifies() {
    for scheme in shapes::all() {
        for body in [BODY, b"", b"\0\xff\r\n", &[b'x'; 5000]] {
            let mut delivered = Delivered::signed(&scheme).with_body(body);
            delivered.headers = signed(&scheme, body, NOW).expect("signed");
            assert_eq!(delivered.verdict(), Ok(()), "{scheme:?}");
        }
    }
}

/// The same header, byte for byte, as this test writes from the scheme's facts.
#[test]
fn the_signature_is_that_of_another_make() {
    for scheme in shapes::all() {
        let expected = Delivered::signed(&scheme);
        let headers = signed(&scheme, BODY, NOW).expect("signed");
        let mut wanted = expected.headers.clone();
        // Where the prefix may be left off, it is.
        if let Grammar::Prefixed {
            prefix,
            optional: true,
        } = scheme.grammar()
        {
            let name = scheme.signature_header().expect("a signature in a header");
            let text = expected.value(name);
            signing::put(&mut wanted, name, &text[prefix.len()..]);
        }
        assert_eq!(headers, wanted, "{scheme:?}");
    }
}

#[test]
fn what_is_given_is_kept_and_old_signatures_are_replaced() {
    let scheme = &providers::STANDARD_WEBHOOKS;
    let mut given = given(scheme);
    given.insert("content-type", HeaderValue::from_static("application/json"));
    given.insert("webhook-signature", HeaderValue::from_static("v1,old"));
    given.append("webhook-signature", HeaderValue::from_static("v1,older"));
    given.insert("webhook-timestamp", HeaderValue::from_static("1"));
    let headers = signer(scheme)
        .sign_at(&given, BODY, UnixTime::from_secs(NOW))
        .expect("signed");
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(headers["webhook-timestamp"], NOW.to_string());
    let mut delivered = Delivered::signed(scheme);
    delivered.headers = headers;
    assert_eq!(delivered.verdict(), Ok(()));
}

#[test]
fn a_signed_header_must_be_given() {
    for scheme in shapes::all() {
        for name in Delivered::signed(&scheme).signed_headers() {
            let mut given = given(&scheme);
            given.remove(name);
            let now = UnixTime::from_secs(NOW);
            let error = signer(&scheme).sign_at(&given, BODY, now);
            assert_eq!(error.expect_err(name), SignError::Header(name));
            assert_eq!(
                signer(&scheme).sign(BODY).expect_err(name),
                SignError::Header(name)
            );
        }
    }
}

/// A moment that the scheme's grammar cannot write is not signed; where none is written, any will do.
#[test]
fn a_moment_outside_the_grammar_is_not_signed() {
    for scheme in shapes::all() {
        for (now, writable) in [
            (0, true),
            (1, true),
            (999_999_999_999, true),
            (-1, false),
            (1_000_000_000_000, false),
            (i64::MIN, false),
            (i64::MAX, false),
        ] {
            let signed = signed(&scheme, BODY, now);
            if writable || scheme.timestamp().is_none() {
                let mut delivered = Delivered::signed(&scheme).at(now);
                delivered.headers = signed.expect("signed");
                assert_eq!(delivered.verdict(), Ok(()), "at {now}");
            } else {
                assert_eq!(
                    signed.expect_err("no timestamp"),
                    SignError::Clock,
                    "at {now}"
                );
            }
        }
    }
}

/// `sign` takes the machine's second; verified at that same second, no window is in the way.
#[test]
fn what_is_signed_now_verifies_at_that_second() {
    let headers = signer(&providers::SENDMUX_V2).sign(BODY).expect("signed");
    let stamp = headers["x-sendmux-timestamp"].to_str().expect("digits");
    let now = UnixTime::from_secs(stamp.parse().expect("digits"));
    let verifier = Verifier::new(&providers::SENDMUX_V2, Secret::new(SECRET)).expect("a secret");
    let receipt = verifier.verify_at(Delivery::new(&headers, BODY), now);
    assert_eq!(receipt.expect("a good delivery").age_secs(), Some(0));
}

/// Each key format leads to other key bytes, and so to another signature.
#[test]
fn key_formats_are_different_keys() {
    let mut signatures: Vec<HeaderValue> = [
        KeyFormat::Text,
        KeyFormat::Hex,
        KeyFormat::Base64 { prefix: "" },
        KeyFormat::Base64 { prefix: "6d1f" },
    ]
    .into_iter()
    .map(|key| {
        let scheme = Scheme::builder("own", "own-signature")
            .key_format(key)
            .build();
        signed(&scheme, BODY, NOW).expect("signed")["own-signature"].clone()
    })
    .collect();
    signatures.sort();
    signatures.dedup();
    assert_eq!(signatures.len(), 4);
}

/// What a scheme can be written with, a signer can write.
#[test]
fn every_separator_that_is_taken_can_be_written() {
    for byte in 0..=255_u8 {
        let grammar = Grammar::Pairs {
            signature: "v1",
            separator: byte,
            assign: b'=',
        };
        let scheme = Scheme::builder("own", "own-signature")
            .grammar(grammar)
            .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
            .timestamp(Timestamp::Pair("t"))
            .try_build();
        if let Ok(scheme) = scheme {
            let mut delivered = Delivered::signed(&providers::GITHUB);
            delivered.scheme = scheme;
            delivered.verifier = Verifier::new(&scheme, Secret::new(SECRET)).expect("a secret");
            delivered.headers = signed_without_given(&scheme, byte);
            assert_eq!(delivered.verdict(), Ok(()), "separated by {byte:#x}");
        }
    }
}

fn signed_without_given(scheme: &Scheme, byte: u8) -> HeaderMap {
    let now = UnixTime::from_secs(NOW);
    match signer(scheme).sign_at(&HeaderMap::new(), BODY, now) {
        Ok(headers) => headers,
        Err(error) => unreachable!("separated by {byte:#x}: {error}"),
    }
}

#[test]
fn a_signer_tells_of_a_short_key() {
    for (secret, short) in [("fifteen-bytes-x", true), ("sixteen-bytes-xx", false)] {
        let signer = Signer::new(&providers::GITHUB, Secret::new(secret)).expect("taken");
        assert_eq!(signer.has_short_key(), short, "{secret}");
    }
}
