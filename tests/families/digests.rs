//! Every digest, in HMACs and plain, and every way from the secret's text to the key.

use hookproof::VerifyErrorKind::{Malformed, Mismatch};
use hookproof::scheme::{Algorithm, Digest, Encoding, KeyFormat, Part, Scheme, SchemeBuilder};
use hookproof::{Secret, Verifier};

use super::kit::{Sent, verifier, with_keys};

const BODY: &str = r#"{"id":"evt_1"}"#;

const fn own(algorithm: Algorithm) -> SchemeBuilder {
    Scheme::builder("own", "own-signature").algorithm(algorithm)
}

fn available(digest: Digest) -> bool {
    match digest {
        Digest::Md5 | Digest::Sha1 => cfg!(feature = "legacy-digests"),
        Digest::Keccak256 => cfg!(feature = "keccak"),
        _ => true,
    }
}

/// Which feature a scheme needs, as the refusal says.
fn needs(scheme: &Scheme) -> String {
    use hookproof::ConfigErrorKind::BadScheme;
    let error = Verifier::new(scheme, Secret::new("digest-secret"));
    let error = error.expect_err("the feature is off");
    assert_eq!(error.kind(), BadScheme);
    error.to_string()
}

fn feature(digest: Digest) -> &'static str {
    match digest {
        Digest::Keccak256 => "keccak",
        _ => "legacy-digests",
    }
}

/// The second of the published test vectors of RFC 2202 and RFC 4231.
#[test]
fn hmacs_are_those_of_the_rfcs() {
    let cases = [
        (Digest::Md5, "750c783e6ab0b503eaa86e310a5db738"),
        (Digest::Sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        (
            Digest::Sha256,
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            Digest::Sha384,
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        ),
        (
            Digest::Sha512,
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
    ];
    for (digest, mac) in cases {
        let scheme = own(Algorithm::Hmac(digest)).build();
        if !available(digest) {
            assert!(needs(&scheme).contains(feature(digest)));
            continue;
        }
        let verifier = with_keys(&scheme, Secret::new("Jefe"));
        let sent = |text: &str| {
            Sent::to("/")
                .with("own-signature", text)
                .body("what do ya want for nothing?")
        };
        assert_eq!(sent(mac).verdict(&verifier), Ok(()), "{digest:?}");
        assert_eq!(
            sent(&mac.to_uppercase()).verdict(&verifier),
            Ok(()),
            "{digest:?}"
        );
        assert_eq!(
            sent(mac).body("").verdict(&verifier),
            Err(Mismatch),
            "{digest:?}"
        );
        for (other, long) in cases {
            if other != digest {
                assert_eq!(
                    sent(long).verdict(&verifier),
                    Err(Malformed),
                    "{digest:?} {other:?}"
                );
            }
        }
        let cut = &mac[..mac.len() - 2];
        for wrong in [
            cut,
            &format!("{mac}00"),
            &format!("{mac} "),
            &format!("0x{cut}"),
        ] {
            assert_eq!(sent(wrong).verdict(&verifier), Err(Malformed), "{wrong}");
        }
        let other_key = with_keys(&scheme, Secret::new("jefe"));
        assert_eq!(sent(mac).verdict(&other_key), Err(Mismatch), "{digest:?}");
    }
}

/// Made with Python's `hashlib` over `digest-secret:{"id":"evt_1"}`.
#[test]
fn plain_digests_cover_the_secret_and_the_body() {
    const CONTENT: &[Part] = &[Part::Secret, Part::Literal(":"), Part::Body];
    let cases = [
        (Digest::Md5, "f67f10da1193ae52b00531723fe349e3"),
        (Digest::Sha1, "cac6d4d1e4720a93f19ec6af0aa6fa906322141a"),
        (
            Digest::Sha256,
            "4b7fee4803e19c4494809694e1665cb21b4880ca0317e014a744158e6556d6bb",
        ),
        (
            Digest::Sha384,
            "a6d4e4ed32e83bd777d14acab61672d947e79094f125563bcb5519a5d4c80183bffc2ef3a604342ff8939f597111fb40",
        ),
        (
            Digest::Sha512,
            "c205bf72d018ca41a14171159f1833e2e46445ec65b23fb15dc16b1f2b98ba9b9edf8fb3406289b751e34dbd2162b3f0cd7517e1438466d900f8142fe7c864fe",
        ),
    ];
    for (digest, text) in cases {
        let scheme = own(Algorithm::Digest(digest)).content(CONTENT).build();
        if !available(digest) {
            assert!(needs(&scheme).contains(feature(digest)));
            continue;
        }
        let verifier = with_keys(&scheme, Secret::new("digest-secret"));
        let sent = Sent::to("/").with("own-signature", text).body(BODY);
        assert_eq!(sent.verdict(&verifier), Ok(()), "{digest:?}");
        assert_eq!(sent.clone().body("{}").verdict(&verifier), Err(Mismatch));
        let other = with_keys(&scheme, Secret::new("digest-secrets"));
        assert_eq!(sent.verdict(&other), Err(Mismatch), "{digest:?}");
        let keys = hookproof::Keyring::new(Secret::new("a-newer-secret-012"))
            .with_previous(Secret::new("digest-secret"));
        let rotating = with_keys(&scheme, keys);
        assert_eq!(sent.proven(&rotating).receipt().key(), "previous");
    }
}

/// Made with Python's `hmac` over `digest-secret:{"id":"evt_1"}`, under the secret that it begins with.
#[test]
fn a_secret_that_a_mac_signs_too_is_each_keys_own() {
    const CONTENT: &[Part] = &[Part::Secret, Part::Literal(":"), Part::Body];
    let cases = [
        (
            Digest::Sha256,
            "f738eed9cf2beac7bc69d2af9e8619eafc0f32a26f491703fe8104175fae82d1",
        ),
        (
            Digest::Sha384,
            "461179613d1e59dbb1919e3f7e2ac9c307fae4100e1c34fcca86f9975c7c651ff2e5b6e6c449896d82d65e7544b7a17a",
        ),
        (
            Digest::Sha512,
            "a1f6b1c7dfa32fd4497bacf0761d68fb974889db0ba3f7fcdd2e126ec670877f247689a3e3f44bd0766e85a70fc98546d96ffe84f7db6f00abc31c504d58c558",
        ),
    ];
    for (digest, text) in cases {
        let scheme = own(Algorithm::Hmac(digest)).content(CONTENT).build();
        let sent = Sent::to("/").with("own-signature", text).body(BODY);
        let keys = hookproof::Keyring::new(Secret::new("a-newer-secret-012"))
            .with_previous(Secret::new("digest-secret"));
        let rotating = with_keys(&scheme, keys);
        assert_eq!(sent.proven(&rotating).receipt().key(), "previous");
        let other = with_keys(&scheme, Secret::new("digest-secrets"));
        assert_eq!(sent.verdict(&other), Err(Mismatch), "{digest:?}");
    }
}

/// Published values of Ethereum's digest, cut between secret and body.
#[test]
fn keccak_is_ethereums_and_not_the_standards() {
    let scheme = own(Algorithm::Digest(Digest::Keccak256))
        .content(&[Part::Secret, Part::Body])
        .build();
    if !available(Digest::Keccak256) {
        assert!(needs(&scheme).contains("keccak"));
        return;
    }
    let judge = |secret: &str, body: &str, text: &str| {
        let verifier = with_keys(&scheme, Secret::new(secret));
        let sent = Sent::to("/").with("own-signature", text).body(body);
        sent.verdict(&verifier)
    };
    let abc = "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45";
    let hello = "1c8aff950685c2ed4bc3174f3472287b56d9517b9c948127319a09a7a36deac8";
    let standard = "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532";
    assert_eq!(judge("abc", "", abc), Ok(()));
    assert_eq!(judge("ab", "c", abc), Ok(()));
    assert_eq!(judge("he", "llo", hello), Ok(()));
    assert_eq!(judge("he", "lla", hello), Err(Mismatch));
    assert_eq!(judge("abc", "", standard), Err(Mismatch), "SHA3-256");
}

/// Made with Python's `hmac` and `hashlib`, under the usual secret.
#[test]
fn the_text_becomes_the_key_as_the_scheme_says() {
    let good = |format: KeyFormat, text: &str| {
        let scheme = own(Algorithm::HMAC_SHA256).key_format(format).build();
        let sent = Sent::to("/").with("own-signature", text).body(BODY);
        sent.verdict(&verifier(&scheme))
    };
    let then = "1c9c89eb9a2a5f33ae5aecc8db9292d0a3b2f762b71054aec08c1f90da893365";
    let sha256 = "1f1e8c2b2b33dd8e61c46ebc45be0778684e90f53a53e3baba836a79b4aee2bf";
    let sha1 = "cf8a37bf8376167ca94bb74861ed1de0931aa3c9e3a2f32b0007e456ea194f02";
    assert_eq!(good(KeyFormat::TextThen("&"), then), Ok(()));
    assert_eq!(good(KeyFormat::TextThen("&"), sha256), Err(Mismatch));
    assert_eq!(good(KeyFormat::TextThen("&&"), then), Err(Mismatch));
    assert_eq!(good(KeyFormat::Text, then), Err(Mismatch));
    assert_eq!(good(KeyFormat::TextDigest(Digest::Sha256), sha256), Ok(()));
    assert_eq!(
        good(KeyFormat::TextDigest(Digest::Sha256), then),
        Err(Mismatch)
    );
    let by_sha1 = KeyFormat::TextDigest(Digest::Sha1);
    if available(Digest::Sha1) {
        assert_eq!(good(by_sha1, sha1), Ok(()));
        let hmac = own(Algorithm::Hmac(Digest::Sha1)).key_format(KeyFormat::TextThen("&"));
        let text = "d51258ef4caf7d21c7e0bd0e62331f0ed49b50d3";
        let sent = Sent::to("/").with("own-signature", text).body(BODY);
        assert_eq!(sent.verdict(&verifier(&hmac.build())), Ok(()));
    } else {
        let scheme = own(Algorithm::HMAC_SHA256).key_format(by_sha1).build();
        assert!(needs(&scheme).contains("legacy-digests"));
    }
}

#[test]
fn hex_is_taken_in_either_case_whichever_the_provider_prints() {
    use super::kit::mac;
    let mixed: String = mac(BODY)
        .chars()
        .enumerate()
        .map(|(nth, digit)| {
            if nth % 2 == 0 {
                digit.to_ascii_uppercase()
            } else {
                digit
            }
        })
        .collect();
    for encoding in [Encoding::Hex, Encoding::HexUpper] {
        let scheme = own(Algorithm::HMAC_SHA256).encoding(encoding).build();
        let verifier = verifier(&scheme);
        for text in [mac(BODY), mac(BODY).to_uppercase(), mixed.clone()] {
            let sent = Sent::to("/").with("own-signature", text).body(BODY);
            assert_eq!(sent.verdict(&verifier), Ok(()), "{encoding:?}");
        }
    }
    let scheme = own(Algorithm::HMAC_SHA256)
        .encoding(Encoding::HexUpper)
        .build();
    let signer = hookproof::Signer::new(&scheme, Secret::new(super::kit::KEY)).expect("a signer");
    let headers = signer.sign(BODY).expect("signed");
    assert_eq!(headers["own-signature"], mac(BODY).to_uppercase());
}

#[test]
fn a_digest_of_the_body_may_be_signed_in_its_place() {
    use super::kit::mac;
    let cases = [
        (
            Digest::Sha256,
            "40993c639ffb5f13a0a2ef5c93c965f10b405f2b87a379272381da2dbc158dfa",
        ),
        (
            Digest::Sha512,
            "6368d586cf35c13d010e702f7f3893ca83acbfb08e27e767f694062058a092272f4f23d923c7b77937a3721cb876898222e10d73db2d1bb7f5532e2b99d2d6b2",
        ),
    ];
    for (digest, hex) in cases {
        let sha256 = &[Part::Literal("v:"), Part::BodyDigest(Digest::Sha256)];
        let sha512 = &[Part::Literal("v:"), Part::BodyDigest(Digest::Sha512)];
        let content = if digest == Digest::Sha256 {
            sha256
        } else {
            sha512
        };
        let scheme = own(Algorithm::HMAC_SHA256).content(content).build();
        assert!(scheme.covers_body());
        let verifier = verifier(&scheme);
        let sent = Sent::to("/")
            .with("own-signature", mac(format!("v:{hex}")))
            .body(BODY);
        assert_eq!(sent.verdict(&verifier), Ok(()));
        assert_eq!(sent.clone().body("{}").verdict(&verifier), Err(Mismatch));
        let upper = mac(format!("v:{}", hex.to_uppercase()));
        assert_eq!(
            sent.with("own-signature", upper).verdict(&verifier),
            Err(Mismatch)
        );
    }
}

/// SHA-256 of `{"id":"evt_1"}`.
const DIGEST: &str = "40993c639ffb5f13a0a2ef5c93c965f10b405f2b87a379272381da2dbc158dfa";

#[test]
fn a_digest_in_a_signed_header_must_agree_with_the_body() {
    use super::kit::mac;
    use hookproof::VerifyErrorKind::{DuplicateHeader, MissingHeader};
    use hookproof::scheme::Place;
    let scheme = own(Algorithm::HMAC_SHA256)
        .content(&[Part::Literal("v:"), Part::Header("own-digest")])
        .body_digest(Place::Header("own-digest"), Digest::Sha256)
        .replay_id(hookproof::scheme::ReplayId::ContentWithoutTimestamp)
        .build();
    assert!(scheme.covers_body());
    let verifier = verifier(&scheme);
    let of = |digest: &str| {
        Sent::to("/")
            .with("own-digest", digest)
            .with("own-signature", mac(format!("v:{digest}")))
            .body(BODY)
    };
    assert_eq!(of(DIGEST).verdict(&verifier), Ok(()));
    assert_eq!(of(DIGEST).body("{}").verdict(&verifier), Err(Mismatch));
    assert_eq!(of(DIGEST).body("").verdict(&verifier), Err(Mismatch));
    assert_eq!(of(&DIGEST.to_uppercase()).verdict(&verifier), Err(Mismatch));
    assert_eq!(of("x").verdict(&verifier), Err(Mismatch));
    assert_eq!(
        of(DIGEST).without("own-digest").verdict(&verifier),
        Err(MissingHeader)
    );
    assert_eq!(
        of(DIGEST).and("own-digest", DIGEST).verdict(&verifier),
        Err(DuplicateHeader)
    );
}

#[test]
fn a_digest_in_a_header_that_is_not_signed_must_agree_too() {
    use super::kit::mac;
    use hookproof::VerifyErrorKind::MissingHeader;
    use hookproof::scheme::Place;
    let scheme = own(Algorithm::HMAC_SHA256)
        .body_digest(Place::Header("own-digest"), Digest::Sha256)
        .build();
    let verifier = verifier(&scheme);
    let sent = Sent::to("/").with("own-signature", mac(BODY)).body(BODY);
    assert_eq!(sent.verdict(&verifier), Err(MissingHeader));
    // Not even where a form that is signed field by field could do without.
    let empty = Sent::to("/").with("own-signature", mac(""));
    assert_eq!(empty.verdict(&verifier), Err(MissingHeader));
    let form = Sent::form("a=1").with("own-signature", mac("a=1"));
    assert_eq!(form.verdict(&verifier), Err(MissingHeader));
    assert_eq!(
        sent.clone().with("own-digest", DIGEST).verdict(&verifier),
        Ok(())
    );
    assert_eq!(
        sent.with("own-digest", "x").verdict(&verifier),
        Err(Mismatch)
    );
}

#[cfg(feature = "forms")]
mod in_the_query {
    use hookproof::VerifyErrorKind::{DuplicateHeader, Mismatch, MissingHeader};
    use hookproof::scheme::{Digest, Part, Place, ReplayId, Scheme};
    use hookproof::{PublicUrl, Verifier};

    use super::super::kit::{FORM, Sent, mac, verifier};
    use super::{BODY, DIGEST};

    static QUERY: Scheme = Scheme::builder("query", "own-signature")
        .content(&[Part::Url])
        .body_digest(Place::Query("sha"), Digest::Sha256)
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .build();

    static FORMS: Scheme = Scheme::builder("forms", "own-signature")
        .content(&[Part::Url, Part::SortedForm])
        .dangerous_parts_touch("the vendor joins them so")
        .body_digest(Place::Query("sha"), Digest::Sha256)
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .build();

    fn base(scheme: &Scheme) -> Verifier {
        let url = PublicUrl::base("https://hooks.example.com").expect("a URL");
        verifier(scheme).with_public_url(url)
    }

    fn signed(target: &str, further: &str) -> Sent {
        let content = format!("https://hooks.example.com{target}{further}");
        Sent::to(target).with("own-signature", mac(content))
    }

    #[test]
    fn a_digest_in_a_signed_url_must_agree_with_the_body() {
        let verifier = base(&QUERY);
        let sent = signed(&format!("/in?sha={DIGEST}&n=1"), "").body(BODY);
        assert_eq!(sent.verdict(&verifier), Ok(()));
        assert_eq!(sent.clone().body("{}").verdict(&verifier), Err(Mismatch));
        assert_eq!(sent.clone().body("").verdict(&verifier), Err(Mismatch));
        assert_eq!(
            sent.with("content-type", FORM).body("=").verdict(&verifier),
            Err(Mismatch)
        );
        let without = signed("/in?n=1", "").body(BODY);
        assert_eq!(without.verdict(&verifier), Err(MissingHeader));
        let twice = signed(&format!("/in?sha={DIGEST}&sha={DIGEST}"), "").body(BODY);
        assert_eq!(twice.verdict(&verifier), Err(DuplicateHeader));
    }

    #[test]
    fn a_form_is_signed_field_by_field_and_all_else_by_its_digest() {
        let verifier = base(&FORMS);
        let form = signed("/in", "a1b2b3").with("content-type", FORM);
        assert_eq!(
            form.clone().body("b=3&a=1&b=2&b=3").verdict(&verifier),
            Ok(())
        );
        assert_eq!(form.clone().body("b=3&a=1&b=2").verdict(&verifier), Ok(()));
        assert_eq!(
            form.clone().body("b=3&a=1").verdict(&verifier),
            Err(Mismatch)
        );
        assert_eq!(
            form.without("content-type")
                .body("b=3&a=1&b=2")
                .verdict(&verifier),
            Err(MissingHeader)
        );
        let json =
            signed(&format!("/in?sha={DIGEST}"), "").with("content-type", "application/json");
        assert_eq!(json.clone().body(BODY).verdict(&verifier), Ok(()));
        assert_eq!(json.body("{}").verdict(&verifier), Err(Mismatch));
        let empty = signed("/in", "");
        assert_eq!(empty.verdict(&verifier), Ok(()), "a request without a body");
    }

    /// Whoever holds a genuine delivery must not be able to leave its body out.
    #[test]
    fn a_digest_that_is_there_is_never_passed_over() {
        let verifier = base(&FORMS);
        let json = signed(&format!("/in?sha={DIGEST}"), "");
        assert_eq!(json.clone().body(BODY).verdict(&verifier), Ok(()));
        for content_type in ["application/json", FORM] {
            for body in ["", "=", "&&", "=&="] {
                let stripped = json.clone().with("content-type", content_type).body(body);
                assert_eq!(
                    stripped.verdict(&verifier),
                    Err(Mismatch),
                    "{content_type} {body:?}"
                );
            }
        }
    }
}

#[cfg(not(feature = "asymmetric"))]
#[test]
fn a_public_key_needs_its_feature() {
    let scheme = own(Algorithm::Ed25519)
        .key_format(KeyFormat::PublicHex)
        .build();
    assert!(needs(&scheme).contains("asymmetric"));
}

#[cfg(not(feature = "dates"))]
#[test]
fn a_date_needs_its_feature() {
    use hookproof::scheme::{Timestamp, Unit};
    for unit in [Unit::HttpDate, Unit::Rfc3339] {
        let scheme = own(Algorithm::HMAC_SHA256)
            .timestamp(Timestamp::Header("own-time"))
            .unit(unit)
            .content(&[Part::Timestamp, Part::Literal("."), Part::Body]);
        assert!(needs(&scheme.build()).contains("dates"));
    }
}

#[cfg(not(feature = "forms"))]
#[test]
fn a_form_or_a_query_needs_its_feature() {
    use hookproof::scheme::Place;
    for place in [Place::Form("sig"), Place::Query("sig")] {
        let scheme = own(Algorithm::HMAC_SHA256).signature(place).build();
        assert!(needs(&scheme).contains("forms"));
    }
}

#[cfg(not(feature = "json"))]
#[test]
fn a_value_of_json_needs_its_feature() {
    use hookproof::scheme::Place;
    let scheme = own(Algorithm::HMAC_SHA256)
        .signature(Place::Json("/sig"))
        .build();
    assert!(needs(&scheme).contains("json"));
}
