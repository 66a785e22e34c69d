//! What a scheme needs, told from the scheme.

use hookproof::scheme::{
    Algorithm, Digest, FormJson, KeyFormat, Part, Place, ReplayId, Scheme, Timestamp, Unit,
};
use hookproof::{ConfigErrorKind, Secret, Verifier, providers};

use crate::support::vectors::is_judged_here;

static PLAIN: Scheme = Scheme::builder("plain", "plain-signature").build();

#[test]
fn a_scheme_of_headers_and_body_needs_nothing_more() {
    assert!(!PLAIN.covers_url() && !PLAIN.reads_query() && !PLAIN.covers_method());
    assert!(PLAIN.features().is_empty());
}

#[test]
fn a_place_in_the_query_is_read_from_the_url_that_is_not_signed() {
    static SIGNATURE: Scheme = Scheme::builder_at("signature", Place::Query("sign")).build();
    static CONTENT: Scheme = PLAIN
        .adjust()
        .content(&[Part::Query("id"), Part::Literal("."), Part::Body])
        .build();
    for scheme in [&SIGNATURE, &CONTENT] {
        assert!(scheme.reads_query() && !scheme.covers_url());
        assert_eq!(scheme.features(), ["forms"]);
    }
}

#[test]
fn features_are_told_from_digests_places_and_units() {
    static MANY: Scheme = Scheme::builder_at(
        "many",
        Place::FormJson(&FormJson {
            field: "data",
            pointer: "/sign",
        }),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .timestamp(Timestamp::Header("many-at"))
    .unit(Unit::Rfc3339)
    .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
    .replay_id(ReplayId::Body)
    .build();
    let needed = ["dates", "forms", "json", "legacy-digests"];
    assert_eq!(MANY.features(), needed);
    static DIGEST: Scheme = PLAIN
        .adjust()
        .content(&[Part::BodyDigest(Digest::Keccak256)])
        .replay_id(ReplayId::Body)
        .build();
    assert_eq!(DIGEST.features(), ["keccak"]);
}

#[test]
fn features_are_told_from_the_key_and_from_each_part_of_the_content() {
    static DIGEST_OF_TEXT: Scheme = PLAIN
        .adjust()
        .key_format(KeyFormat::TextDigest(Digest::Md5))
        .build();
    static FORM_JSON: Scheme = PLAIN
        .adjust()
        .content(&[Part::FormJson(&FormJson {
            field: "data",
            pointer: "/id",
        })])
        .dangerous_body_unsigned("fields alone are read here")
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .build();
    static JSON: Scheme = PLAIN
        .adjust()
        .content(&[Part::Json {
            pointer: "/id",
            absent: None,
        }])
        .dangerous_body_unsigned("fields alone are read here")
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .build();
    assert_eq!(DIGEST_OF_TEXT.features(), ["legacy-digests"]);
    assert_eq!(FORM_JSON.features(), ["forms", "json"]);
    assert_eq!(JSON.features(), ["json"]);
    assert!(providers::STRIPE.features().is_empty());
}

#[test]
fn whether_the_method_is_signed_is_told() {
    static METHOD: Scheme = PLAIN
        .adjust()
        .content(&[Part::Method, Part::Literal("."), Part::Body])
        .build();
    assert!(METHOD.covers_method() && !METHOD.covers_url());
    assert!(!providers::STRIPE.covers_method());
}

/// Never a weaker check instead.
#[test]
fn a_preset_whose_feature_is_off_is_refused_and_says_which() {
    for scheme in providers::ALL {
        if is_judged_here(scheme) {
            continue;
        }
        let error = Verifier::new(scheme, Secret::new("0123456789abcdef0123456789abcdef"));
        let error = error.expect_err("its feature is off");
        assert_eq!(error.kind(), ConfigErrorKind::BadScheme);
        let says = |feature: &str| format!("needs the feature {feature} of hookproof");
        let features = scheme.features();
        let mut said = features
            .iter()
            .map(|feature| error.to_string().contains(&says(feature)));
        assert!(said.any(|said| said), "{error}");
    }
}
