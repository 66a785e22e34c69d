//! Schemes of a user's own: what is said is followed; in `schemes/`, what may not be said.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "schemes/lints.rs"]
mod lints;
#[path = "schemes/needs.rs"]
mod needs;
mod support;

use hookproof::VerifyErrorKind::{DuplicateHeader, Malformed, Mismatch, MissingHeader, Stale};
use hookproof::scheme::{Encoding, KeyFormat, Part, Place, Scheme, SchemeBuilder, Timestamp};
use hookproof::{Secret, Tolerance, Verifier, providers};
use http::HeaderValue;
use support::delivered::{Delivered, NOW, SECRET, kind};
use support::shapes;

const fn own() -> SchemeBuilder {
    Scheme::builder("own", "own-signature")
}

#[test]
fn an_adjusted_preset_verifies_under_another_header() {
    let scheme = providers::MAILINGAPI
        .adjust()
        .slug("mailingapi-outer")
        .signature_header("x-outer-signature")
        .tolerance(Tolerance::new(600, 0))
        .build();
    assert_eq!(
        (scheme.slug(), scheme.provider()),
        ("mailingapi-outer", "mailingapi")
    );
    let delivered = Delivered::signed(&scheme);
    assert_eq!(delivered.verdict(), Ok(()));
    assert_eq!(delivered.at(NOW + 600).verdict(), Ok(()));
    assert_eq!(delivered.at(NOW + 601).verdict(), Err(Stale));
    assert_eq!(delivered.with_body(*b"{}").verdict(), Err(Mismatch));
    assert_eq!(Delivered::signed(&providers::MAILINGAPI).headers.len(), 1);
    let mut inner = Delivered::signed(&providers::MAILINGAPI);
    inner.verifier = delivered.verifier;
    assert_eq!(inner.verdict(), Err(MissingHeader));
}

#[test]
fn a_body_that_is_signed_first_verifies() {
    let content: &[Part] = &[
        Part::Body,
        Part::Literal("."),
        Part::Header("own-id"),
        Part::Literal("."),
        Part::Timestamp,
        Part::Literal("$"),
    ];
    let scheme = own()
        .content(content)
        .timestamp(Timestamp::Header("own-timestamp"))
        .build();
    let delivered = Delivered::signed(&scheme);
    assert_eq!(delivered.verdict(), Ok(()));
    for size in 1..=delivered.body.len() {
        let frames: Vec<&[u8]> = delivered.body.chunks(size).collect();
        assert_eq!(kind(&delivered.stream(&frames)), Ok(()), "frames of {size}");
        assert_eq!(kind(&delivered.stream(&frames[1..])), Err(Mismatch));
    }
    assert_eq!(
        delivered
            .with("own-id", b"id_2")
            .expect("a value")
            .verdict(),
        Err(Mismatch)
    );
    let other_second = (NOW + 1).to_string();
    let restamped = delivered.with("own-timestamp", other_second.as_bytes());
    assert_eq!(restamped.expect("a value").verdict(), Err(Mismatch));
}

#[test]
fn an_alias_is_read_only_where_all_before_it_are_absent() {
    let scheme = own().aliases(&["alias-one", "alias-two"]).build();
    let names = ["own-signature", "alias-one", "alias-two"];
    let good = Delivered::signed(&scheme);
    let value = good.headers["own-signature"].clone();
    let wrong = HeaderValue::from_bytes("0".repeat(64).as_bytes()).expect("a value");
    for (first, name) in names.into_iter().enumerate() {
        let mut delivered = good.clone();
        delivered.headers.clear();
        delivered.headers.insert(name, value.clone());
        assert_eq!(delivered.verdict(), Ok(()), "{name} alone");
        // What stands under later names makes no difference, whatever it is and however often.
        for later in &names[first + 1..] {
            delivered.headers.append(*later, wrong.clone());
            delivered.headers.append(*later, wrong.clone());
            assert_eq!(delivered.verdict(), Ok(()), "{name} before {later}");
        }
        // The first that is there is judged alone: a good one after it does not save it.
        for (bad, refusal) in [
            (wrong.clone(), Mismatch),
            (HeaderValue::from_static(""), Malformed),
        ] {
            let mut delivered = delivered.clone();
            delivered.headers.insert(name, bad);
            for later in &names[first + 1..] {
                delivered.headers.insert(*later, value.clone());
            }
            assert_eq!(delivered.verdict(), Err(refusal), "{name} is bad");
        }
        delivered.headers.append(name, value.clone());
        let error = delivered.judge().expect_err("twice");
        assert_eq!(error.kind(), DuplicateHeader);
        assert_eq!(error.header().expect("a header"), name);
    }
}

/// RFC 9110 has an authentication scheme's name in any case; elsewhere a prefix is exact.
#[test]
fn a_prefix_is_read_in_any_case_in_an_authorization_header_alone() {
    let teams = Delivered::signed(&providers::MICROSOFT_TEAMS_OUTGOING);
    let github = Delivered::signed(&providers::GITHUB);
    for (delivered, prefix, verdict) in [
        (&teams, "HMAC ", Ok(())),
        (&teams, "hmac ", Ok(())),
        (&teams, "Hmac ", Ok(())),
        (&teams, "HMAC", Err(Malformed)),
        (&teams, "HMAC\t", Err(Malformed)),
        (&github, "sha256=", Ok(())),
        (&github, "SHA256=", Err(Malformed)),
    ] {
        let candidate = delivered.encoded(&delivered.mac(""));
        let value = format!("{prefix}{candidate}");
        let name = delivered.signature_header();
        let delivered = delivered.with(name, value.as_bytes()).expect("a value");
        assert_eq!(delivered.verdict(), verdict, "{prefix:?}");
    }
}

#[test]
fn a_scheme_says_what_it_was_told() {
    let scheme = own()
        .provider("someone")
        .encoding(Encoding::Base64Url)
        .key_format(KeyFormat::Hex)
        .delivery_id(Place::Header("own-id"))
        .event_type(Place::Json("/type"))
        .build();
    assert_eq!((scheme.slug(), scheme.provider()), ("own", "someone"));
    assert_eq!(scheme.about(), None);
    assert_eq!(scheme.encoding(), Encoding::Base64Url);
    assert_eq!(scheme.key_format(), KeyFormat::Hex);
    assert_eq!(scheme.content(), [Part::Body]);
    assert_eq!((scheme.timestamp(), scheme.tolerance()), (None, None));
    assert!(!scheme.covers(Place::Header("own-id")));
    assert!(scheme.covers(Place::Json("/type")));
    let verifier = Verifier::new(&scheme, Secret::new(SECRET)).expect("a secret");
    assert_eq!(verifier.scheme().slug(), "own");
}

#[test]
fn a_receipt_says_whose_delivery_it_is() {
    let scheme = own().provider("someone").build();
    let receipt = Delivered::signed(&scheme).judge().expect("a good delivery");
    assert_eq!((receipt.provider(), receipt.key()), ("someone", "primary"));
    assert_eq!((receipt.endpoint(), receipt.tenant()), (None, None));
    assert_eq!(receipt.scheme(), &scheme);
}

#[test]
fn an_id_in_a_signed_header_is_the_receipts_and_the_proofs() {
    let running = own()
        .content(&[Part::Header("own-id"), Part::Literal("."), Part::Body])
        .delivery_id(Place::Header("own-id"));
    for scheme in [running.build(), running.alternates(&["other"]).build()] {
        let delivered = Delivered::signed(&scheme);
        let receipt = delivered.judge().expect("good");
        assert_eq!(receipt.signed_id(), Some("id_1"));
        let proven = delivered.stream(&[&delivered.body]).expect("good");
        assert_eq!(proven.receipt().signed_id(), Some("id_1"));
        #[cfg(feature = "json")]
        assert_eq!(proven.delivery_id().as_deref(), Some("id_1"));
    }
}

#[test]
fn a_provider_that_is_named_as_the_slug_is_the_default() {
    let other = own().provider("other").slug("other").build();
    assert_eq!(own().provider("own").build(), own().build());
    assert_eq!(other, Scheme::builder("other", "own-signature").build());
    let renamed = other.adjust().slug("own").build();
    assert_eq!((renamed.slug(), renamed.provider()), ("own", "other"));
}

#[test]
fn own_schemes_are_followed_in_every_combination() {
    let schemes = shapes::own();
    assert_eq!(schemes.len(), 5 * 3 * 3 * 4 + 3 * 3);
    for scheme in schemes {
        assert_eq!(Delivered::signed(&scheme).verdict(), Ok(()), "{scheme:?}");
    }
}
