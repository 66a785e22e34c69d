//! The texts that keys are pasted as.

use super::*;

const ED25519: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAq0XDuIhpAn6Rbf88OQlgRljMAFGhliQCHtzXa3k1NyM=\n-----END PUBLIC KEY-----";
const P384: &str = "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEEd4kosJRx3dXPKxeoCXkZ/II5R2/+Y/FT2Zhy+Vlg7A3iC9KHKKX5gq828ODbYS8j6aWx3RA+S0PWDfpCgDnxShLRHdU1d7ojJhlM7aQGusxd2htCuj7MxhEFKvmwXE6";
const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----
MIHDMHegAwIBAgIBATAFBgMrZXAwDDEKMAgGA1UEAwwBeDAeFw0yNjAxMDEwMDAw
MDBaFw0yNzAxMDEwMDAwMDBaMAwxCjAIBgNVBAMMAXgwKjAFBgMrZXADIQD9FyQ4
WqDHW2T7eM1gL6HZkf3r92sTxY7XAurINen2GDAFBgMrZXADQQD1jsdGKUw9yiB6
/iqCXERuK36WUJ1duzt0Vd3VSlmGloGJgcorn9+3WwCAxiPIcS0D6LxOsVgcc2Mx
goaTNLoF
-----END CERTIFICATE-----";
const CERTIFICATE_DER: &str = "MIHDMHegAwIBAgIBATAFBgMrZXAwDDEKMAgGA1UEAwwBeDAeFw0yNjAxMDEwMDAwMDBaFw0yNzAxMDEwMDAwMDBaMAwxCjAIBgNVBAMMAXgwKjAFBgMrZXADIQD9FyQ4WqDHW2T7eM1gL6HZkf3r92sTxY7XAurINen2GDAFBgMrZXADQQD1jsdGKUw9yiB6/iqCXERuK36WUJ1duzt0Vd3VSlmGloGJgcorn9+3WwCAxiPIcS0D6LxOsVgcc2MxgoaTNLoF";

/// Private keys in DER: PKCS#8, the same under a password, and SEC1.
const PRIVATE: [&str; 3] = [
    "MC4CAQAwBQYDK2VwBCIEIAkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJ",
    "MIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBAZkw3RgWzoHqMWwGMGr67wAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQzGa+fOit1cVO3DKtpVvYXARAflf/yOAG+I5Vjz3kv/KMqPPq6uOQ/IM6/vUSncIB2XZ/L8hQ/Ji3uI1CuV7yg/uy1QBwsZ4khA7AhOkcevha1A==",
    "MHcCAQEEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHoAoGCCqGSM49AwEHoUQDQgAEHhhTL9R1TALzBB2cdc6zO4P/2BrHzk/ogsyxyYvFiW6kbDEcTi/0DdlqNlPm5FRF0y3+SG7O11x6kMahiIHAow==",
];

const ALL: [PublicAlgorithm; 5] = [
    PublicAlgorithm::Ed25519,
    PublicAlgorithm::EcdsaP256Sha1,
    PublicAlgorithm::EcdsaP256Sha256,
    PublicAlgorithm::RsaSha1,
    PublicAlgorithm::RsaSha256,
];

const CONTAINERS: [Container; 4] = [
    Container::Pem,
    Container::SpkiBase64,
    Container::RawHex,
    Container::RawBase64 { prefix: "whpk_" },
];

fn pem(text: &str) -> Result<PublicKey, ConfigError> {
    PublicKey::read(PublicAlgorithm::Ed25519, Container::Pem, text)
}

fn block(label: &str, base64: &str) -> String {
    format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n")
}

#[test]
fn a_pem_block_may_be_broken_anywhere_and_have_white_space_around_it() {
    for text in [
        ED25519.to_owned(),
        format!("\r\n\t {ED25519} \n\n"),
        ED25519.replace('\n', "\r\n"),
        ED25519.replace('\n', " "),
        ED25519.replace('\n', ""),
        ED25519.replace("VwAyEA", "VwA\n yEA"),
    ] {
        assert!(pem(&text).is_ok(), "{text}");
    }
}

#[test]
fn a_pem_block_with_anything_else_around_it_is_refused() {
    for text in [
        format!("key: {ED25519}"),
        format!("{ED25519}\nkey"),
        format!("{ED25519}\n{ED25519}"),
        format!("\u{feff}{ED25519}"),
        format!("\"{ED25519}\""),
    ] {
        assert_refused(pem(&text), "before or after");
    }
}

#[test]
fn what_is_not_whole_pem_is_refused() {
    for text in [
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN ",
        "MCowBQYDK2VwAyEAq0XDuIhpAn6Rbf88OQlgRljMAFGhliQCHtzXa3k1NyM=",
        &ED25519.replace("-----END PUBLIC KEY-----", ""),
        &ED25519.replace("END PUBLIC", "END RSA PUBLIC"),
        &ED25519.replace("KEY-----", "KEY--"),
        &ED25519.to_lowercase(),
    ] {
        assert_refused(pem(text), "is not PEM");
    }
    assert_refused(pem(&ED25519.replace('\n', "\\n")), "written out");
    for text in [
        ED25519.replace("MCow", "MC*ow"),
        ED25519.replace("MCow", "Comment: a key\n\nMCow"),
        ED25519.replace("NyM=", "NyM=NyM="),
        ED25519.replace("MCow", "MCo\u{a0}w"),
    ] {
        assert_refused(pem(&text), "not base64");
    }
    assert_refused(pem(&ED25519.replace("MCow", "")), "cut off");
    assert_refused(pem(&block("PUBLIC KEY", "")), "cut off");
}

#[test]
fn a_private_key_is_refused_loudly_in_every_container() {
    let labels = [
        "PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "EC PRIVATE KEY",
        "RSA PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
    ];
    for container in CONTAINERS {
        for algorithm in ALL {
            for label in labels {
                let text = block(label, PRIVATE[0]);
                assert_shouts(PublicKey::read(algorithm, container, &text));
                let both = format!("{ED25519}\n{text}");
                assert_shouts(PublicKey::read(algorithm, container, &both));
            }
            assert_shouts(PublicKey::read(algorithm, container, "whsk_CQkJCQkJ"));
        }
    }
}

#[test]
fn a_private_key_without_its_label_is_refused_loudly_too() {
    let base64 = Container::RawBase64 { prefix: "whpk_" };
    for key in PRIVATE {
        assert_shouts(pem(&block("PUBLIC KEY", key)));
        assert_shouts(read_spki(PublicAlgorithm::EcdsaP256Sha256, &bytes(key)));
        assert_shouts(PublicKey::read(PublicAlgorithm::Ed25519, base64, key));
        let hex = hex::encode(bytes(key));
        assert_shouts(PublicKey::read(
            PublicAlgorithm::Ed25519,
            Container::RawHex,
            &hex,
        ));
    }
    // The seed and the public key in a row.
    let pair = ed25519_dalek::SigningKey::from_bytes(&[9; 32]).to_keypair_bytes();
    for (container, text) in [
        (Container::RawHex, hex::encode(pair)),
        (base64, STANDARD.encode(pair)),
    ] {
        assert_shouts(PublicKey::read(PublicAlgorithm::Ed25519, container, &text));
    }
}

#[test]
fn no_error_and_no_debug_shows_the_text() {
    let error = pem(&block("PRIVATE KEY", PRIVATE[0])).expect_err("refused");
    assert!(!format!("{error:?}").contains("MC4C"));
    for vector in vectors() {
        let debug = format!("{:?}", vector.key());
        assert!(
            debug.starts_with("PublicKey(") && debug.len() < 30,
            "{debug}"
        );
    }
}

#[test]
fn a_certificate_is_refused_with_the_way_out_of_it() {
    assert_refused(pem(CERTIFICATE), "openssl x509 -pubkey");
    assert_refused(
        pem(&block("PUBLIC KEY", CERTIFICATE_DER)),
        "openssl x509 -pubkey",
    );
    let der = bytes(CERTIFICATE_DER);
    assert_refused(
        read_spki(PublicAlgorithm::Ed25519, &der),
        "openssl x509 -pubkey",
    );
}

#[test]
fn a_bare_rsa_key_is_refused_with_the_way_out_of_it() {
    let key = der(0x30, &[&integer(&[0xff; 256]), &integer(&[3])]);
    assert_refused(
        read_spki(PublicAlgorithm::RsaSha256, &key),
        "RSAPublicKey_in",
    );
    let text = block("RSA PUBLIC KEY", &STANDARD.encode(key));
    assert_refused(pem(&text), "RSAPublicKey_in");
    assert_refused(pem(&block("PARAMETERS", "AAAA")), "not a public key");
}

#[test]
fn a_key_of_another_algorithm_is_refused_and_named() {
    let names = ["an Ed25519 key", "an ECDSA key on P-256", "an RSA key"];
    let of = |algorithm| match algorithm {
        PublicAlgorithm::Ed25519 => names[0],
        PublicAlgorithm::EcdsaP256Sha1 | PublicAlgorithm::EcdsaP256Sha256 => names[1],
        PublicAlgorithm::RsaSha1 | PublicAlgorithm::RsaSha256 => names[2],
    };
    let in_spki =
        |vector: &&Vector| matches!(vector.container, Container::Pem | Container::SpkiBase64);
    for vector in vectors().filter(in_spki) {
        let found = of(vector.algorithm);
        for algorithm in ALL.into_iter().filter(|wanted| of(*wanted) != found) {
            let read = || PublicKey::read(algorithm, vector.container, vector.key);
            assert_refused(read(), &format!("is {found}, but"));
            assert_refused(read(), &format!("with {}:", of(algorithm)));
        }
    }
    let ecdsa = PublicAlgorithm::EcdsaP256Sha256;
    assert_refused(read_spki(ecdsa, &bytes(P384)), "not on P-256");
    let pss = spki(&[RSA_PSS_OID], &[0; 300]);
    assert_refused(
        read_spki(PublicAlgorithm::RsaSha256, &pss),
        "another algorithm",
    );
}

#[test]
fn an_algorithm_has_its_parameters_and_no_others() {
    let curve_384 = &[6, 5, 0x2b, 0x81, 4, 0, 0x22];
    for (algorithm, identifier, says) in [
        (
            PublicAlgorithm::Ed25519,
            &[ED25519_OID, NULL][..],
            "parameters",
        ),
        (
            PublicAlgorithm::Ed25519,
            &[ED25519_OID, P256_OID],
            "parameters",
        ),
        (PublicAlgorithm::EcdsaP256Sha256, &[EC_OID], "not on P-256"),
        (
            PublicAlgorithm::EcdsaP256Sha256,
            &[EC_OID, NULL],
            "not on P-256",
        ),
        (
            PublicAlgorithm::EcdsaP256Sha256,
            &[EC_OID, curve_384],
            "not on P-256",
        ),
        (
            PublicAlgorithm::EcdsaP256Sha256,
            &[EC_OID, P256_OID, NULL],
            "cut off",
        ),
        (PublicAlgorithm::RsaSha256, &[RSA_OID], "parameters"),
        (
            PublicAlgorithm::RsaSha256,
            &[RSA_OID, P256_OID],
            "parameters",
        ),
        (
            PublicAlgorithm::RsaSha256,
            &[RSA_OID, &[5, 1, 0]],
            "parameters",
        ),
    ] {
        assert_refused(read_spki(algorithm, &spki(identifier, &[7; 32])), says);
    }
}

#[test]
fn an_spki_is_der_and_nothing_more() {
    let good = spki(
        &[ED25519_OID],
        &unhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
    );
    let read = |der: &[u8]| read_spki(PublicAlgorithm::Ed25519, der);
    assert!(read(&good).is_ok());
    for length in 1..good.len() {
        assert_refused(read(&good[..length]), "cut off");
    }
    let identifier = der(0x30, &[ED25519_OID]);
    let odd = der(0x30, &[&identifier, &der(3, &[&[1], &[2; 32]])]);
    assert_refused(read(&odd), "whole bytes");
    for bad in [
        [good.as_slice(), &[0]].concat(),
        [&[0x30, 0x81], &good[1..]].concat(),
        der(0x30, &[&identifier, &der(3, &[&[8], &[2; 32]])]),
        der(0x30, &[&identifier, &der(3, &[])]),
        der(0x30, &[&good]),
        der(0x30, &[]),
        vec![0xff; 44],
    ] {
        assert_refused(read(&bad), "cut off");
    }
}

#[test]
fn a_key_without_a_container_is_read_with_and_without_its_prefix() {
    let read = |text: &str| {
        let container = Container::RawBase64 { prefix: "whpk_" };
        PublicKey::read(PublicAlgorithm::Ed25519, container, text)
    };
    let key = "EZzmYA8Lo6EiJ0mJHY8JOxRdQOHme4UR+xatrLtbRWU=";
    assert!(read(key).is_ok());
    assert!(read(&format!("whpk_{key}")).is_ok());
    assert!(read(&format!(" whpk_{key}\n")).is_ok());
    assert_refused(read(&format!("whpk_whpk_{key}")), "not base64");
    assert_refused(read(&format!("whsec_{key}")), "not base64");
    assert_refused(read("whpk_"), "0 bytes");
}

#[test]
fn a_key_in_the_wrong_container_is_refused() {
    for container in [
        Container::SpkiBase64,
        Container::RawHex,
        Container::RawBase64 { prefix: "" },
    ] {
        let read = PublicKey::read(PublicAlgorithm::Ed25519, container, ED25519);
        assert_refused(read, "PEM block");
    }
    let read = PublicKey::read(PublicAlgorithm::Ed25519, Container::RawHex, "0x07");
    assert_refused(read, "not hex");
    let read = PublicKey::read(PublicAlgorithm::Ed25519, Container::SpkiBase64, "MCow-_");
    assert_refused(read, "not base64");
    for container in CONTAINERS {
        for blank in ["", " ", "\n"] {
            let read = PublicKey::read(PublicAlgorithm::Ed25519, container, blank);
            assert_refused(read, "empty");
        }
    }
}

#[test]
fn only_ed25519_comes_without_a_container() {
    let key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    for algorithm in ALL.into_iter().skip(1) {
        let error = PublicKey::read(algorithm, Container::RawHex, key).expect_err("refused");
        assert_eq!(error.kind(), ConfigErrorKind::BadScheme);
    }
}

#[cfg(not(feature = "legacy-digests"))]
#[test]
fn sha1_without_its_feature_is_refused_with_the_features_name() {
    let feature = "feature `legacy-digests`";
    for vector in vectors() {
        let legacy = match vector.algorithm {
            PublicAlgorithm::EcdsaP256Sha256 => PublicAlgorithm::EcdsaP256Sha1,
            PublicAlgorithm::RsaSha256 => PublicAlgorithm::RsaSha1,
            _ => continue,
        };
        let error = PublicKey::read(legacy, vector.container, vector.key).expect_err("refused");
        assert_eq!(error.kind(), ConfigErrorKind::BadScheme);
        assert!(error.to_string().contains(feature), "{error}");
    }
}

/// Whatever one byte becomes, there is an answer and no panic.
#[test]
fn damaged_keys_are_answered() {
    for vector in vectors() {
        let text: String = vector
            .key
            .lines()
            .filter(|line| !line.starts_with("-----"))
            .collect();
        let Ok(der) = STANDARD.decode(text) else {
            continue;
        };
        for place in 0..der.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff, der[place] ^ 0x10] {
                let mut damaged = der.clone();
                damaged[place] = value;
                if let Ok(key) = read_spki(vector.algorithm, &damaged) {
                    let same = damaged == der;
                    let verifies = place % 16 == 0
                        && key.verifies(vector.message.as_bytes(), &vector.signature());
                    assert!(same || !verifies);
                }
            }
        }
    }
}
