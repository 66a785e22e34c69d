//! Signatures of private keys, by another library than the one that is judged for most of them:
//! `ring` for all but ECDSA over SHA-1, which this reference leaves undecided.

use hookproof::scheme::{Algorithm, Digest, KeyFormat};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};

use super::codec::{BASE64, decode_base64, decode_hex, trim_padding};

/// The key's bytes, without what they are wrapped in; none where this does not read it.
pub(super) fn read(format: KeyFormat, text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    let base64 = |text: &str| decode_base64(BASE64, trim_padding(text.as_bytes()));
    match format {
        KeyFormat::PublicHex => decode_hex(text.as_bytes()),
        KeyFormat::PublicBase64 { prefix } => base64(text.strip_prefix(prefix).unwrap_or(text)),
        KeyFormat::PublicDer => unwrapped(&base64(text)?),
        KeyFormat::PublicPem => {
            let lines = text.lines().filter(|line| !line.starts_with("-----"));
            unwrapped(&base64(&lines.map(str::trim).collect::<String>())?)
        }
        _ => None,
    }
}

/// The key inside a `SubjectPublicKeyInfo` (RFC 5280): a sequence of the algorithm and a bit string.
fn unwrapped(spki: &[u8]) -> Option<Vec<u8>> {
    let (inside, _) = element(spki, 0x30)?;
    let (_, rest) = element(inside, 0x30)?;
    let (bits, _) = element(rest, 0x03)?;
    bits.strip_prefix(&[0]).map(<[u8]>::to_vec)
}

/// The content of the DER element that stands first, and what follows it.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&found, rest) = der.split_first()?;
    let (&short, rest) = rest.split_first()?;
    let (length, rest) = match short {
        0..=0x7f => (usize::from(short), rest),
        0x81 => (usize::from(*rest.first()?), &rest[1..]),
        0x82 => (
            usize::from(*rest.first()?) * 256 + usize::from(*rest.get(1)?),
            &rest[2..],
        ),
        _ => return None,
    };
    if found != tag {
        return None;
    }
    rest.split_at_checked(length)
}

/// Whether a signature is the message's; none where this reference does not know.
pub(super) fn verifies(
    algorithm: Algorithm,
    key: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Option<bool> {
    let algorithm: &dyn VerificationAlgorithm = match algorithm {
        Algorithm::Ed25519 => &ED25519,
        Algorithm::EcdsaP256(Digest::Sha256) => &ECDSA_P256_SHA256_ASN1,
        Algorithm::Rsa(Digest::Sha1) => &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
        Algorithm::Rsa(Digest::Sha256) => &RSA_PKCS1_2048_8192_SHA256,
        _ => return None,
    };
    let key = UnparsedPublicKey::new(algorithm, key);
    Some(key.verify(message, signature).is_ok())
}
