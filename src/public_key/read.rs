//! An operator's text, read into a public key, with errors that name what was pasted instead.

use core::ops::RangeInclusive;

use p256::ecdsa;
use ring::signature::RsaPublicKeyComponents;
use spki::der::asn1::{AnyRef, ObjectIdentifier, UintRef};
use spki::der::{Decode, Tag, Tagged};
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use zeroize::Zeroizing;

use super::{Container, Digest, Key, PublicAlgorithm};
use crate::encoding::{base64_secret, hex_secret};
use crate::error::ConfigError;

const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

const ED25519_KEY: &str = "an Ed25519 key";
const P256_KEY: &str = "an ECDSA key on P-256";
const RSA_KEY: &str = "an RSA key";

/// What the library verifies with; the upper ends bound its work. Checked when a key is read, so
/// that none is taken with which nothing would verify.
const RSA_MIN_BITS: usize = 2048;
const RSA_MAX_BITS: usize = 8192;
const RSA_EXPONENTS: RangeInclusive<u64> = 3..=(1 << 33) - 1;

/// Standard Webhooks' mark of a private key.
const PRIVATE_PREFIX: &str = "whsk_";

const PRIVATE: &str = "the text is a PRIVATE key: NEVER paste a private key, here or elsewhere, and replace this one, for it must count as leaked; verifying takes the provider's PUBLIC key";
const CERTIFICATE: &str = "the text is a certificate, not a public key: take the key out of it with `openssl x509 -pubkey -noout` and put that here";
const PKCS1: &str = "the public key is a bare RSA key: convert it with `openssl rsa -RSAPublicKey_in -pubout` and put the result here";
const NOT_PEM: &str = "the public key is not PEM: copy all of it, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----";
const NOT_BASE64: &str =
    "the public key is not base64: copy the whole key again, on one line, with its = signs";

pub(super) fn key(
    algorithm: PublicAlgorithm,
    container: Container,
    text: &str,
) -> Result<Key, ConfigError> {
    // White space around a public key is never part of it, in any container.
    let text = text.trim();
    if text.is_empty() {
        return Err(ConfigError::secret(
            "the public key is empty: copy it from the provider's dashboard or documentation",
        ));
    }
    // Before all else, and whatever else is wrong: this mistake costs the operator a key.
    if text.contains("PRIVATE KEY") || text.starts_with(PRIVATE_PREFIX) {
        return Err(ConfigError::secret(PRIVATE));
    }
    if container != Container::Pem && text.starts_with("-----BEGIN") {
        return Err(ConfigError::secret(
            "the public key is a PEM block, but this provider shows its key as one line: copy that",
        ));
    }
    match container {
        Container::Pem => in_spki(algorithm, &pem(text)?),
        Container::SpkiBase64 => in_spki(algorithm, &base64(text)?),
        Container::RawHex => raw(
            algorithm,
            &hex_secret(text).ok_or_else(|| {
                ConfigError::secret(
                    "the public key is not hex: this scheme's keys are 64 hex digits, so copy the whole key again",
                )
            })?,
        ),
        Container::RawBase64 { prefix } => raw(
            algorithm,
            &base64(text.strip_prefix(prefix).unwrap_or(text))?,
        ),
    }
}

fn base64(text: &str) -> Result<Zeroizing<Vec<u8>>, ConfigError> {
    base64_secret(text).ok_or_else(|| ConfigError::secret(NOT_BASE64))
}

/// The bytes of a PEM block with nothing around it. Lines may end and break anywhere, since
/// environment variables and dashboards break them anew.
fn pem(text: &str) -> Result<Zeroizing<Vec<u8>>, ConfigError> {
    const STRAY: &str = "the public key's PEM block has text before or after it: leave -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY----- alone";
    let Some(block) = text.strip_prefix("-----BEGIN ") else {
        return Err(ConfigError::secret(if text.contains("-----BEGIN ") {
            STRAY
        } else {
            NOT_PEM
        }));
    };
    let parts = block
        .split_once("-----")
        .and_then(|(label, rest)| Some((label, rest.split_once("-----END ")?)));
    let Some((label, (body, end))) = parts else {
        return Err(ConfigError::secret(NOT_PEM));
    };
    if label != "PUBLIC KEY" {
        return Err(ConfigError::secret(match label {
            "RSA PUBLIC KEY" => PKCS1,
            _ if label.ends_with("CERTIFICATE") => CERTIFICATE,
            _ => "the PEM block is not a public key: it must begin with -----BEGIN PUBLIC KEY-----",
        }));
    }
    if end != "PUBLIC KEY-----" {
        return Err(ConfigError::secret(if end.starts_with("PUBLIC KEY-----") {
            STRAY
        } else {
            NOT_PEM
        }));
    }
    if body.contains('\\') {
        return Err(ConfigError::secret(
            "the public key has \\n written out in it: put line breaks in their places",
        ));
    }
    let lines: String = body.split_ascii_whitespace().collect();
    base64_secret(&lines).ok_or_else(|| {
        ConfigError::secret("the public key's PEM block is not base64: copy the whole block again")
    })
}

/// A key in an SPKI, whose own word on the algorithm must be exactly the scheme's.
fn in_spki(algorithm: PublicAlgorithm, der: &[u8]) -> Result<Key, ConfigError> {
    let spki = SubjectPublicKeyInfoRef::from_der(der)
        .map_err(|_| ConfigError::secret(instead_of_spki(der)))?;
    check_algorithm(algorithm, &spki.algorithm)?;
    let bytes = spki
        .subject_public_key
        .as_bytes()
        .ok_or_else(|| damaged("its bits are no whole bytes"))?;
    Ok(match algorithm {
        PublicAlgorithm::Ed25519 => Key::Ed25519(ed25519(bytes)?),
        PublicAlgorithm::EcdsaP256Sha1 => Key::EcdsaP256(sha1()?, p256(bytes)?),
        PublicAlgorithm::EcdsaP256Sha256 => Key::EcdsaP256(Digest::Sha256, p256(bytes)?),
        PublicAlgorithm::RsaSha1 => Key::Rsa(sha1()?, rsa(bytes)?),
        PublicAlgorithm::RsaSha256 => Key::Rsa(Digest::Sha256, rsa(bytes)?),
    })
}

fn raw(algorithm: PublicAlgorithm, bytes: &[u8]) -> Result<Key, ConfigError> {
    if algorithm != PublicAlgorithm::Ed25519 {
        return Err(ConfigError::scheme(
            "the scheme takes a key without a container: only Ed25519 keys come so",
        ));
    }
    match bytes.len() {
        ed25519_dalek::PUBLIC_KEY_LENGTH => Ok(Key::Ed25519(ed25519(bytes)?)),
        // What libraries write as the secret: the seed, then the public key.
        ed25519_dalek::KEYPAIR_LENGTH => Err(ConfigError::secret(PRIVATE)),
        _ if instead_of_spki(bytes) == PRIVATE => Err(ConfigError::secret(PRIVATE)),
        length => Err(ConfigError::secret(format!(
            "the public key has {length} bytes: an Ed25519 key has 32, so copy the whole key again"
        ))),
    }
}

/// What was pasted in place of an SPKI, as far as its outline tells.
fn instead_of_spki(der: &[u8]) -> &'static str {
    const UNKNOWN: &str =
        "the text is not a public key in SPKI form, or is cut off: copy the whole public key again";
    let Some(outer) = AnyRef::from_der(der)
        .ok()
        .filter(|any| any.tag() == Tag::Sequence)
    else {
        return UNKNOWN;
    };
    let Ok((first, rest)) = AnyRef::from_der_partial(outer.value()) else {
        return UNKNOWN;
    };
    match first.tag() {
        // A private key begins with its format's version, a bare RSA key with its modulus.
        Tag::Integer if first.value().len() == 1 => PRIVATE,
        Tag::Integer => PKCS1,
        Tag::Sequence => {
            let inner = AnyRef::from_der_partial(first.value()).map(|(any, _)| any.tag());
            match inner {
                // An algorithm, then not bits but octets: a private key under a password.
                Ok(Tag::ObjectIdentifier)
                    if AnyRef::from_der(rest).is_ok_and(|any| any.tag() == Tag::OctetString) =>
                {
                    PRIVATE
                }
                Ok(Tag::Integer | Tag::ContextSpecific { .. }) => CERTIFICATE,
                _ => UNKNOWN,
            }
        }
        _ => UNKNOWN,
    }
}

/// Each algorithm has one identifier, parameters included; a key under another is for another use.
fn check_algorithm(
    algorithm: PublicAlgorithm,
    found: &AlgorithmIdentifierRef<'_>,
) -> Result<(), ConfigError> {
    let (fits, wanted) = match algorithm {
        PublicAlgorithm::Ed25519 => (
            found.oid == ED25519 && found.parameters.is_none(),
            ED25519_KEY,
        ),
        PublicAlgorithm::EcdsaP256Sha1 | PublicAlgorithm::EcdsaP256Sha256 => {
            (found.assert_oids(EC, P256).is_ok(), P256_KEY)
        }
        PublicAlgorithm::RsaSha1 | PublicAlgorithm::RsaSha256 => (
            found.oid == RSA && found.parameters.is_some_and(AnyRef::is_null),
            RSA_KEY,
        ),
    };
    let named = named(found);
    if fits {
        Ok(())
    } else if named == wanted {
        Err(damaged("its algorithm has the wrong parameters"))
    } else {
        Err(ConfigError::secret(format!(
            "the public key is {named}, but this scheme's signatures are verified with {wanted}: copy the key that the provider shows for webhooks"
        )))
    }
}

fn named(found: &AlgorithmIdentifierRef<'_>) -> &'static str {
    if found.oid == ED25519 {
        ED25519_KEY
    } else if found.oid == RSA {
        RSA_KEY
    } else if found.oid != EC {
        "a key of another algorithm"
    } else if found.assert_parameters_oid(P256).is_ok() {
        P256_KEY
    } else {
        "an elliptic curve key that is not on P-256"
    }
}

fn ed25519(bytes: &[u8]) -> Result<ed25519_dalek::VerifyingKey, ConfigError> {
    let key = ed25519_dalek::VerifyingKey::try_from(bytes)
        .map_err(|_| damaged("it is no point of the curve"))?;
    if key.is_weak() {
        return Err(ConfigError::secret(
            "the public key is a weak Ed25519 key, for which anybody can make signatures: take the provider's own key",
        ));
    }
    // The library takes coordinates that are not reduced; no honest key has them.
    if ed25519_dalek::VerifyingKey::from(key.to_edwards()).as_bytes() != key.as_bytes() {
        return Err(damaged("it is not in its canonical form"));
    }
    Ok(key)
}

fn p256(bytes: &[u8]) -> Result<ecdsa::VerifyingKey, ConfigError> {
    // SPKIs hold points whole or compressed. The library also knows forms that they do not hold.
    if !matches!(bytes.first(), Some(2..=4)) {
        return Err(damaged("it is no point of the curve"));
    }
    ecdsa::VerifyingKey::from_sec1_bytes(bytes).map_err(|_| damaged("it is no point of the curve"))
}

fn rsa(bytes: &[u8]) -> Result<RsaPublicKeyComponents<Vec<u8>>, ConfigError> {
    let pair = |any: AnyRef<'_>| {
        any.sequence(|reader| Ok((UintRef::decode(reader)?, UintRef::decode(reader)?)))
            .map(|(n, e)| (n.as_bytes().to_vec(), e.as_bytes().to_vec()))
    };
    let (n, e) = AnyRef::from_der(bytes)
        .and_then(pair)
        .map_err(|_: spki::der::Error| damaged("it is not a modulus and an exponent"))?;
    let unused = n.first().map_or(0, |byte| byte.leading_zeros() as usize);
    let bits = n.len() * 8 - unused;
    if bits < RSA_MIN_BITS {
        return Err(ConfigError::secret(format!(
            "the public key is an RSA key of {bits} bits, and fewer than {RSA_MIN_BITS} can be broken: ask the provider for a longer one"
        )));
    }
    if bits > RSA_MAX_BITS {
        return Err(ConfigError::secret(format!(
            "the public key is an RSA key of {bits} bits, and more than {RSA_MAX_BITS} are not supported: ask the provider for a shorter one"
        )));
    }
    let is_odd = |number: &[u8]| number.last().is_some_and(|byte| byte % 2 == 1);
    let exponent = e.iter().try_fold(0_u64, |value, byte| {
        value.checked_mul(256)?.checked_add(u64::from(*byte))
    });
    if !is_odd(&n) || !is_odd(&e) || !exponent.is_some_and(|e| RSA_EXPONENTS.contains(&e)) {
        return Err(damaged("its modulus or exponent is none that RSA can have"));
    }
    Ok(RsaPublicKeyComponents { n, e })
}

/// The feature is the builder's choice, so that nobody verifies over SHA-1 unawares.
#[cfg(feature = "legacy-digests")]
fn sha1() -> Result<Digest, ConfigError> {
    Ok(Digest::Sha1)
}

#[cfg(not(feature = "legacy-digests"))]
fn sha1() -> Result<Digest, ConfigError> {
    Err(ConfigError::scheme(
        "the scheme's signatures are over SHA-1: switch on the feature `legacy-digests` to take them",
    ))
}

fn damaged(how: &str) -> ConfigError {
    ConfigError::secret(format!(
        "the public key is damaged, for {how}: copy the whole key again"
    ))
}
