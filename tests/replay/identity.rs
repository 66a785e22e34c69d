//! One event has one identity however it is sent, and no two events share one.

use std::collections::HashMap;

use hookproof::replay::Identity;
use hookproof::scheme::{Part, Place, ReplayId, Scheme};
use hookproof::{Keyring, Secret, Verifier, providers};
use sha2::{Digest, Sha256};

use super::forms::{at_endpoint, body, event, identity, others, presets};
use crate::support::delivered::{Delivered, SECRET};
use crate::support::signing::put;

/// A secret under every key format, other than the usual one.
const NEWER: &str = "00112233445566778899aabbccddeeff6d1f0c3b8a7e5492d0b1c2a3f4e59687";

#[test]
fn it_is_the_same_in_every_form_of_a_delivery() {
    for scheme in presets() {
        let delivered = event(scheme, 1);
        for (form, other) in others(&delivered) {
            let slug = scheme.slug();
            assert_eq!(identity(&other), identity(&delivered), "{slug} {form}");
        }
    }
}

#[test]
fn it_is_the_same_however_the_body_arrives() {
    for scheme in presets() {
        let delivered = event(scheme, 1);
        let frames: Vec<&[u8]> = delivered.body.chunks(3).collect();
        let proven = delivered.stream(&frames).expect("genuine");
        assert_eq!(
            proven.identity().expect("an identity"),
            identity(&delivered),
            "{}",
            scheme.slug()
        );
    }
}

#[test]
fn it_is_the_same_whichever_key_matched_and_after_a_promotion() {
    for scheme in presets() {
        let signed_by = |secret: &str, ring: Keyring| {
            let mut delivered = event(scheme, 1);
            delivered.secret = secret.to_owned();
            delivered.verifier = Verifier::new(scheme, ring).expect("usable secrets");
            delivered.sign();
            identity(&delivered)
        };
        let old = || Secret::new(SECRET);
        let new = || Secret::new(NEWER);
        let before = signed_by(SECRET, Keyring::new(old()));
        let rings = [
            (SECRET, Keyring::new(old()).with_previous(new())),
            (NEWER, Keyring::new(old()).with_previous(new())),
            (SECRET, Keyring::new(new()).with_previous(old())),
            (NEWER, Keyring::new(new()).with_previous(old())),
            (NEWER, Keyring::new(new())),
        ];
        for (secret, ring) in rings {
            let labels = format!("{} {ring:?}", scheme.slug());
            assert_eq!(signed_by(secret, ring), before, "{labels}");
        }
    }
}

#[test]
fn events_of_the_same_second_have_identities_of_their_own() {
    for scheme in presets() {
        let mut seen = HashMap::new();
        for nth in 0..20 {
            let earlier = seen.insert(identity(&event(scheme, nth)), nth);
            assert_eq!(earlier, None, "{} {nth}", scheme.slug());
        }
    }
}

#[test]
fn an_id_that_names_the_endpoint_does_not_make_two_events_one() {
    let event = |body: &str| {
        let mut delivered = Delivered::signed(&providers::SENT).with_body(body);
        assert_eq!(delivered.value("x-webhook-id"), b"id_1");
        delivered.sign();
        identity(&delivered)
    };
    assert_ne!(event(r#"{"message":1}"#), event(r#"{"message":2}"#));
    assert_eq!(event(r#"{"message":1}"#), event(r#"{"message":1}"#));
}

#[test]
fn an_id_is_kept_by_a_retry_whose_body_tells_the_attempt() {
    for scheme in presets() {
        let attempt = |nth: usize| {
            let body = body(scheme, "evt_1", &nth.into());
            let mut delivered = Delivered::signed(scheme).with_body(body);
            delivered.sign();
            identity(&delivered)
        };
        let has_id = matches!(scheme.replay_id(), ReplayId::Id(_));
        assert_eq!(attempt(1) == attempt(2), has_id, "{}", scheme.slug());
    }
}

#[test]
fn endpoints_have_namespaces_of_their_own() {
    for scheme in presets() {
        let delivered = event(scheme, 1);
        let at = |name: &str| identity(&at_endpoint(&delivered, name));
        assert_eq!(at("one"), at("one"), "{}", scheme.slug());
        assert_ne!(at("one"), at("two"), "{}", scheme.slug());
        assert_ne!(at("one"), identity(&delivered), "{}", scheme.slug());
    }
}

#[test]
fn providers_have_namespaces_of_their_own() {
    let mut whose: HashMap<Identity, &str> = HashMap::new();
    for scheme in presets() {
        let identity = identity(&at_endpoint(&event(scheme, 1), "hooks"));
        let earlier = whose.insert(identity, scheme.provider());
        assert!(
            earlier.is_none_or(|provider| provider == scheme.provider()),
            "{} reads as {earlier:?}",
            scheme.slug()
        );
    }
}

#[cfg(feature = "json")]
#[test]
fn two_schemes_of_one_provider_share_a_namespace() {
    let by = |scheme| identity(&at_endpoint(&event(scheme, 1), "mail"));
    assert_eq!(by(&providers::SENDMUX), by(&providers::SENDMUX_V2));
    let adjusted = providers::SENDMUX.adjust().slug("sendmux-behind-a-proxy");
    assert_eq!(by(&providers::SENDMUX), by(&adjusted.build()));
}

/// Two signed headers; the one that identifies is not the one that names the delivery.
static TWO_IDS: Scheme = Scheme::builder("two-ids", "own-signature")
    .content(&[
        Part::Header("object-id"),
        Part::Literal("."),
        Part::Header("event-id"),
        Part::Literal("."),
        Part::Body,
    ])
    .replay_id(ReplayId::Id(Place::Header("event-id")))
    .build();

#[test]
fn the_header_that_the_scheme_names_identifies_whatever_its_delivery_id_is() {
    let none = TWO_IDS;
    let object = TWO_IDS.adjust().delivery_id(Place::Header("object-id"));
    let event = TWO_IDS.adjust().delivery_id(Place::Header("event-id"));
    for scheme in [event.build(), object.build(), none] {
        let by = |object: &[u8], event: &[u8], body: &[u8]| {
            let mut delivered = Delivered::signed(&scheme).with_body(body);
            put(&mut delivered.headers, "object-id", object);
            put(&mut delivered.headers, "event-id", event);
            delivered.sign();
            identity(&delivered)
        };
        let first = by(b"customer", b"evt_1", b"{}");
        let what = format!("{:?}", scheme.delivery_id());
        assert_ne!(first, by(b"customer", b"evt_2", b"{}"), "{what}");
        assert_eq!(first, by(b"other", b"evt_1", b"{1}"), "{what}");
    }
}

/// What an identity is, written anew: receivers of two versions share a store.
#[test]
fn it_is_sixteen_bytes_of_a_digest_of_length_framed_fields() {
    let digest = |fields: &[&[u8]]| {
        let mut digest = Sha256::new();
        for field in fields {
            let length = u64::try_from(field.len()).expect("short");
            digest.update(length.to_be_bytes());
            digest.update(field);
        }
        digest.finalize()[..16].to_vec()
    };
    let delivered = at_endpoint(&event(&providers::SVIX, 7), "hooks");
    let by_id: [&[u8]; 6] = [
        b"hookproof identity 1",
        b"hooks",
        b"",
        b"svix",
        b"id",
        b"id_7",
    ];
    assert_eq!(identity(&delivered).as_bytes()[..], digest(&by_id));

    let delivered = at_endpoint(&event(&providers::GITHUB, 7), "hooks");
    let by_body: [&[u8]; 6] = [
        b"hookproof identity 1",
        b"hooks",
        b"",
        b"github",
        b"body",
        &delivered.body,
    ];
    assert_eq!(identity(&delivered).as_bytes()[..], digest(&by_body));
}

#[test]
fn it_is_shown_as_hex_and_made_again_from_its_bytes() {
    let bytes = [
        0x00, 0x01, 0x0a, 0xff, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x80, 0x90, 0xa0, 0xb0,
        0xc0,
    ];
    let identity = Identity::from_bytes(bytes);
    assert_eq!(identity.to_string(), "00010aff102030405060708090a0b0c0");
    assert_eq!(
        format!("{identity:?}"),
        "Identity(00010aff102030405060708090a0b0c0)"
    );
    assert_eq!(Identity::from_bytes(*identity.as_bytes()), identity);
}

#[cfg(not(feature = "json"))]
#[test]
fn an_id_in_a_json_body_that_cannot_be_read_is_unavailable_not_another_identity() {
    use hookproof::VerifyErrorKind;

    for scheme in [&providers::SENDMUX, &providers::STRIPE, &providers::SLACK] {
        let delivered = event(scheme, 1);
        let proven = delivered.stream(&[&delivered.body]).expect("genuine");
        let error = proven.identity().expect_err("it is not read");
        assert_eq!(error.kind(), VerifyErrorKind::Unavailable);
    }
}
