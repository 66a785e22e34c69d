//! Signatures that are made with the provider's private key.

use hookproof::ConfigErrorKind::BadSecret;
use hookproof::VerifyErrorKind::{Malformed, Mismatch};
#[cfg(feature = "legacy-digests")]
use hookproof::scheme::Digest::Sha1;
use hookproof::scheme::Digest::Sha256;
use hookproof::scheme::{Algorithm, Encoding, Grammar, KeyFormat, Scheme, SchemeBuilder};
use hookproof::{ConfigError, Keyring, Secret, Verifier};

use super::kit::{KEY, Sent, mac, with_keys};
use super::signatures::{
    BODY, ED_A_BASE64, ED_A_DER, ED_A_HEX, ED_A_PEM, ED_A_PRIVATE, ED_A_SIG, ED_B_PEM, ED_B_SIG,
    P256_A_PEM, P256_A_SHA256, P256_B_PEM, P256_B_SHA256, RSA_A_PEM, RSA_A_PSS, RSA_A_SHA256,
    RSA_B_PEM, RSA_B_SHA256,
};

const fn own(algorithm: Algorithm) -> SchemeBuilder {
    Scheme::builder("own", "own-signature")
        .algorithm(algorithm)
        .key_format(KeyFormat::PublicPem)
        .encoding(Encoding::Base64)
}

static ED25519: Scheme = own(Algorithm::Ed25519).build();
static P256: Scheme = own(Algorithm::EcdsaP256(Sha256)).build();
static RSA: Scheme = own(Algorithm::Rsa(Sha256)).build();

/// A scheme, a key with its signature, and another key with its own.
type Kind = (&'static Scheme, [&'static str; 2], [&'static str; 2]);

const KINDS: [Kind; 3] = [
    (&ED25519, [ED_A_PEM, ED_A_SIG], [ED_B_PEM, ED_B_SIG]),
    (
        &P256,
        [P256_A_PEM, P256_A_SHA256],
        [P256_B_PEM, P256_B_SHA256],
    ),
    (&RSA, [RSA_A_PEM, RSA_A_SHA256], [RSA_B_PEM, RSA_B_SHA256]),
];

fn sent(signature: &str) -> Sent {
    Sent::json(BODY).with("own-signature", signature)
}

fn refused(scheme: &Scheme, text: &str) -> ConfigError {
    Verifier::new(scheme, Secret::new(text)).expect_err("no key of the scheme")
}

#[test]
fn a_signature_by_the_owner_of_the_key_is_taken() {
    for (scheme, [key, signature], [other_key, other]) in KINDS {
        let verifier = with_keys(scheme, Secret::new(key));
        assert_eq!(
            sent(signature).verdict(&verifier),
            Ok(()),
            "{:?}",
            scheme.algorithm()
        );
        assert_eq!(
            sent(other).verdict(&verifier),
            Err(Mismatch),
            "another key's"
        );
        let verifier = with_keys(scheme, Secret::new(other_key));
        assert_eq!(sent(other).verdict(&verifier), Ok(()));
        assert_eq!(sent(signature).verdict(&verifier), Err(Mismatch));
    }
}

#[test]
fn what_was_changed_is_refused() {
    for (scheme, [key, signature], _) in KINDS {
        let verifier = with_keys(scheme, Secret::new(key));
        for body in ["", "{}", r#"{"id":"evt_2"}"#, r#"{"id":"evt_1"} "#] {
            assert_eq!(
                sent(signature).body(body).verdict(&verifier),
                Err(Mismatch),
                "{body}"
            );
        }
        for at in [0, 5, 20, 60] {
            let mut text = signature.as_bytes().to_vec();
            text[at] = if text[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(text).expect("ASCII");
            assert_eq!(sent(&changed).verdict(&verifier), Err(Mismatch), "{at}");
        }
    }
}

#[test]
fn what_is_no_signature_is_refused() {
    for (scheme, [key, signature], _) in KINDS {
        let verifier = with_keys(scheme, Secret::new(key));
        for text in [
            "",
            "!",
            "=",
            " ",
            "A",
            &signature[1..],
            &format!("{signature} "),
        ] {
            assert_eq!(sent(text).verdict(&verifier), Err(Malformed), "{text:?}");
        }
        for text in ["AAAA", &"A".repeat(88), &mac(BODY)] {
            let refused = sent(text).verdict(&verifier);
            assert!(matches!(refused, Err(Malformed | Mismatch)), "{text:?}");
        }
    }
    let verifier = with_keys(&ED25519, Secret::new(ED_A_PEM));
    assert_eq!(
        sent("AAAA").verdict(&verifier),
        Err(Malformed),
        "64 bytes, or none"
    );
}

#[test]
fn a_signature_under_another_padding_or_digest_is_refused() {
    let verifier = with_keys(&RSA, Secret::new(RSA_A_PEM));
    assert_eq!(sent(RSA_A_PSS).verdict(&verifier), Err(Mismatch));
    #[cfg(feature = "legacy-digests")]
    {
        use super::signatures::{P256_A_SHA1, RSA_A_SHA1};
        static P256_SHA1: Scheme = own(Algorithm::EcdsaP256(Sha1)).build();
        static RSA_SHA1: Scheme = own(Algorithm::Rsa(Sha1)).build();
        for (scheme, key, good, wrong) in [
            (&P256, P256_A_PEM, P256_A_SHA256, P256_A_SHA1),
            (&P256_SHA1, P256_A_PEM, P256_A_SHA1, P256_A_SHA256),
            (&RSA, RSA_A_PEM, RSA_A_SHA256, RSA_A_SHA1),
            (&RSA_SHA1, RSA_A_PEM, RSA_A_SHA1, RSA_A_SHA256),
        ] {
            let verifier = with_keys(scheme, Secret::new(key));
            assert_eq!(
                sent(good).verdict(&verifier),
                Ok(()),
                "{:?}",
                scheme.algorithm()
            );
            assert_eq!(
                sent(wrong).verdict(&verifier),
                Err(Mismatch),
                "{:?}",
                scheme.algorithm()
            );
        }
    }
}

#[test]
fn two_public_keys_are_in_force_while_they_are_rotated() {
    for (scheme, [key, signature], [other_key, other]) in KINDS {
        let keys = Keyring::new(Secret::new(other_key)).with_previous(Secret::new(key));
        let verifier = with_keys(scheme, keys);
        assert_eq!(
            sent(signature).proven(&verifier).receipt().key(),
            "previous"
        );
        assert_eq!(sent(other).proven(&verifier).receipt().key(), "primary");
        let same = sent(signature).identity(&verifier) == sent(other).identity(&verifier);
        assert!(same, "whichever key matched");
        assert!(verifier.short_keys().is_empty());
        verifier
            .rotate(Secret::new(other_key))
            .expect("a usable key");
        assert_eq!(sent(signature).verdict(&verifier), Err(Mismatch));
        assert_eq!(sent(other).verdict(&verifier), Ok(()));
        assert!(verifier.rotate(Secret::new(KEY)).is_err());
        assert_eq!(sent(other).verdict(&verifier), Ok(()), "the keys stay");
    }
}

#[test]
fn an_ed25519_key_may_be_written_in_four_ways() {
    let cases = [
        (KeyFormat::PublicPem, ED_A_PEM.to_owned()),
        (KeyFormat::PublicDer, ED_A_DER.to_owned()),
        (KeyFormat::PublicHex, ED_A_HEX.to_owned()),
        (KeyFormat::PublicHex, ED_A_HEX.to_uppercase()),
        (
            KeyFormat::PublicBase64 { prefix: "" },
            ED_A_BASE64.to_owned(),
        ),
        (
            KeyFormat::PublicBase64 { prefix: "whpk_" },
            ED_A_BASE64.to_owned(),
        ),
        (
            KeyFormat::PublicBase64 { prefix: "whpk_" },
            format!("whpk_{ED_A_BASE64}"),
        ),
    ];
    for (format, text) in cases {
        let scheme = ED25519.adjust().key_format(format).build();
        for text in [text.clone(), format!(" {text}\n")] {
            let verifier = with_keys(&scheme, Secret::new(text));
            assert_eq!(sent(ED_A_SIG).verdict(&verifier), Ok(()), "{format:?}");
        }
    }
}

#[test]
fn line_breaks_of_a_pem_block_are_borne() {
    for (scheme, [key, signature], _) in KINDS {
        let middle = key.trim_start_matches("-----BEGIN PUBLIC KEY-----");
        let middle = middle.trim_end_matches("-----END PUBLIC KEY-----");
        let joined: String = middle.split_whitespace().collect();
        for text in [
            key.to_owned(),
            format!("{key}\n\n"),
            key.replace('\n', "\r\n"),
            key.replace('\n', " "),
            format!("-----BEGIN PUBLIC KEY-----{joined}-----END PUBLIC KEY-----"),
        ] {
            let verifier = with_keys(scheme, Secret::new(text.clone()));
            assert_eq!(sent(signature).verdict(&verifier), Ok(()), "{text}");
        }
        let escaped = refused(scheme, &key.replace('\n', "\\n"));
        assert!(escaped.to_string().contains("line breaks"), "{escaped}");
    }
}

#[test]
fn a_key_of_another_kind_is_refused() {
    let pems = [ED_A_PEM, P256_A_PEM, RSA_A_PEM];
    for (nth, scheme) in [&ED25519, &P256, &RSA].into_iter().enumerate() {
        for (other, pem) in pems.into_iter().enumerate() {
            if other == nth {
                continue;
            }
            let error = refused(scheme, pem);
            assert_eq!(error.kind(), BadSecret, "{error}");
        }
        for text in [
            KEY,
            "",
            " ",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            ED_A_HEX,
            ED_A_DER,
        ] {
            let error = refused(scheme, text);
            assert_eq!(error.kind(), BadSecret, "{error}");
            assert!(
                text.trim().is_empty() || !error.to_string().contains(text),
                "{error}"
            );
        }
    }
}

#[test]
fn a_private_key_is_refused_and_said_to_have_leaked() {
    for scheme in [&ED25519, &P256, &RSA] {
        let error = refused(scheme, ED_A_PRIVATE);
        assert_eq!(error.kind(), BadSecret);
        assert!(error.to_string().contains("PRIVATE"), "{error}");
        let inner = ED_A_PRIVATE.lines().nth(1).expect("a line");
        assert!(!error.to_string().contains(inner), "{error}");
        assert!(!format!("{error:?}").contains(inner), "{error}");
    }
}

/// A public key in place of a secret would let anybody sign who knows it: the scheme decides which
/// it is, and no delivery.
#[test]
fn a_public_keys_text_is_never_the_key_of_a_mac() {
    let as_secret: Vec<String> = [ED_A_PEM, ED_A_HEX, ED_A_BASE64]
        .map(|text| super::kit::mac_under(text, BODY))
        .to_vec();
    for scheme in [&ED25519, &P256, &RSA] {
        let key = match scheme.algorithm() {
            Algorithm::Ed25519 => ED_A_PEM,
            Algorithm::EcdsaP256(_) => P256_A_PEM,
            _ => RSA_A_PEM,
        };
        let verifier = with_keys(scheme, Secret::new(key));
        for text in &as_secret {
            let verdict = sent(text).verdict(&verifier);
            assert!(matches!(verdict, Err(Malformed | Mismatch)), "{text}");
        }
    }
    let own = Scheme::builder("own", "own-signature");
    for format in [
        KeyFormat::PublicPem,
        KeyFormat::PublicHex,
        KeyFormat::PublicDer,
    ] {
        assert!(own.key_format(format).try_build().is_err(), "{format:?}");
    }
    for format in [
        KeyFormat::Text,
        KeyFormat::Hex,
        KeyFormat::Base64 { prefix: "" },
    ] {
        let scheme = own.algorithm(Algorithm::Ed25519).key_format(format);
        assert!(scheme.try_build().is_err(), "{format:?}");
    }
}

static LIST: Scheme = own(Algorithm::Ed25519)
    .key_format(KeyFormat::PublicBase64 { prefix: "whpk_" })
    .grammar(Grammar::List {
        prefix: "v1a,",
        separator: b' ',
    })
    .build();

/// Each costs a verification, where others share one MAC.
#[test]
fn no_more_than_eight_candidates_are_verified() {
    let verifier = with_keys(&LIST, Secret::new(format!("whpk_{ED_A_BASE64}")));
    for (wrong, verdict) in [(7, Ok(())), (8, Err(Mismatch)), (31, Err(Mismatch))] {
        let wrong = format!("v1a,{ED_B_SIG} ").repeat(wrong);
        let text = format!("{wrong}v1a,{ED_A_SIG}");
        assert_eq!(sent(&text).verdict(&verifier), verdict, "{text}");
    }
}

#[test]
fn candidates_of_another_version_are_passed_over() {
    let verifier = with_keys(&LIST, Secret::new(format!("whpk_{ED_A_BASE64}")));
    let symmetric = "K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=";
    let good = [
        format!("v1a,{ED_A_SIG}"),
        format!("v1,{symmetric} v1a,{ED_A_SIG}"),
        format!("v1a,{ED_A_SIG} v1,{symmetric}"),
        format!("v1a,{ED_B_SIG} v1a,{ED_A_SIG}"),
        format!("v1a, v1a,x v1a,{ED_A_SIG}"),
    ];
    for text in good {
        assert_eq!(sent(&text).verdict(&verifier), Ok(()), "{text}");
    }
    let bad = [
        (format!("v1,{symmetric}"), Malformed),
        (format!("v1,{ED_A_SIG}"), Malformed),
        (format!("v1a,{symmetric}"), Malformed),
        (ED_A_SIG.to_owned(), Malformed),
        (format!("V1A,{ED_A_SIG}"), Malformed),
        (format!("v1a,{ED_B_SIG}"), Mismatch),
    ];
    for (text, kind) in bad {
        assert_eq!(sent(&text).verdict(&verifier), Err(kind), "{text}");
    }
}

#[test]
fn nothing_shows_a_public_key_either() {
    for (scheme, [key, signature], _) in KINDS {
        let verifier = with_keys(scheme, Secret::new(key));
        let proven = sent(signature).proven(&verifier);
        let line = key.lines().nth(1).expect("a line");
        for shown in [format!("{verifier:?}"), format!("{proven:?}")] {
            assert!(!shown.contains(line), "{shown}");
        }
    }
}

/// A file has a secret a line, but a block in PEM is one key, whatever its line ends.
#[test]
fn a_file_of_two_public_keys_is_a_keyring_of_both() {
    let folder = std::env::temp_dir().join(format!("hookproof-pem-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("keys");
    let [new, old] = [ED_B_PEM, ED_A_PEM].map(|pem| format!("{}\n", pem.trim_end()));
    for text in [
        format!("{new}{old}"),
        format!("{new}{old}").replace('\n', "\r\n"),
    ] {
        std::fs::write(&file, text).expect("a file");
        let keys = hookproof::Keyring::from_file(&file).expect("two keys");
        assert!(keys.labels().eq(["primary", "previous"]));
        let verifier = hookproof::Verifier::new(&ED25519, keys).expect("public keys");
        for (signature, label) in [(ED_B_SIG, "primary"), (ED_A_SIG, "previous")] {
            assert_eq!(sent(signature).proven(&verifier).receipt().key(), label);
        }
    }
    // What begins and does not end is no block: each line is a secret, and none is a key.
    let cut = new.replace("-----END", "-----");
    std::fs::write(&file, cut).expect("a file");
    let keys = hookproof::Keyring::from_file(&file).expect("lines");
    assert!(hookproof::Verifier::new(&ED25519, keys).is_err());
    std::fs::remove_dir_all(&folder).expect("the folder");
}
