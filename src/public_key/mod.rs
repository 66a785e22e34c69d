//! A provider's public key: what verifies a signature where the provider keeps the only secret.
//!
//! Verification alone. Nothing here signs, and a private key that is pasted is refused.

mod read;
#[cfg(test)]
mod tests;

use core::fmt;

use p256::ecdsa::DerSignature;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
#[cfg(feature = "legacy-digests")]
use ring::signature::RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaParameters, RsaPublicKeyComponents};
use sha2::{Digest as _, Sha256};

use crate::error::ConfigError;

/// How the operator's text holds a public key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Container {
    /// A PEM block that holds an SPKI: `-----BEGIN PUBLIC KEY-----`.
    Pem,
    /// The same SPKI in base64, on one line, without the block's first and last line.
    SpkiBase64,
    /// The 32 bytes of an Ed25519 key in hex.
    RawHex,
    /// The 32 bytes of an Ed25519 key in base64, after a prefix that may be absent.
    RawBase64 { prefix: &'static str },
}

/// What a signature is made with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum PublicAlgorithm {
    /// Ed25519 as in RFC 8032, without the choices that it leaves to verifiers.
    Ed25519,
    /// ECDSA on P-256 over SHA-1, the signature in DER.
    EcdsaP256Sha1,
    /// ECDSA on P-256 over SHA-256, the signature in DER.
    EcdsaP256Sha256,
    /// RSA with the padding of PKCS#1 v1.5 over SHA-1.
    RsaSha1,
    /// RSA with the padding of PKCS#1 v1.5 over SHA-256.
    RsaSha256,
}

/// A public key that has been checked, and the one algorithm that it may be used with.
pub(crate) struct PublicKey(Key);

enum Key {
    Ed25519(ed25519_dalek::VerifyingKey),
    EcdsaP256(Digest, p256::ecdsa::VerifyingKey),
    Rsa(Digest, RsaPublicKeyComponents<Vec<u8>>),
}

/// The digest that is signed, where the algorithm leaves a choice.
#[derive(Clone, Copy)]
enum Digest {
    #[cfg(feature = "legacy-digests")]
    Sha1,
    Sha256,
}

impl PublicKey {
    /// Reads the text that the provider's dashboard or documentation shows.
    pub(crate) fn read(
        algorithm: PublicAlgorithm,
        container: Container,
        text: &str,
    ) -> Result<Self, ConfigError> {
        read::key(algorithm, container, text).map(Self)
    }

    /// Whether the signature is one of the message by the key's owner. Everything that is compared
    /// is public, so nothing here needs constant time.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.0 {
            Key::Ed25519(key) => ed25519_dalek::Signature::from_slice(signature)
                // The strict form refuses points of small order, with which one signature is good
                // for many messages. Both forms refuse a scalar or point that is not canonical.
                .and_then(|signature| key.verify_strict(message, &signature))
                .is_ok(),
            Key::EcdsaP256(digest, key) => DerSignature::from_bytes(signature)
                // Of (r, s) and (r, n - s) both are taken, as vendors' own verifiers do: signers
                // make either. That is safe, for no delivery is identified by its signature.
                .and_then(|signature| digest.verifies_p256(key, message, &signature))
                .is_ok(),
            Key::Rsa(digest, key) => key
                .verify(digest.rsa_parameters(), message, signature)
                .is_ok(),
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Key::Ed25519(_) => f.write_str("PublicKey(Ed25519)"),
            Key::EcdsaP256(digest, _) => write!(f, "PublicKey(ECDSA-P256-{})", digest.as_str()),
            Key::Rsa(digest, _) => write!(f, "PublicKey(RSA-{})", digest.as_str()),
        }
    }
}

impl Digest {
    const fn as_str(self) -> &'static str {
        match self {
            #[cfg(feature = "legacy-digests")]
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
        }
    }

    /// The signature is over the digest, since the curve's own digest is not always the one used.
    fn verifies_p256(
        self,
        key: &p256::ecdsa::VerifyingKey,
        message: &[u8],
        signature: &DerSignature,
    ) -> Result<(), p256::ecdsa::Error> {
        match self {
            #[cfg(feature = "legacy-digests")]
            Self::Sha1 => key.verify_prehash(&sha1::Sha1::digest(message), signature),
            Self::Sha256 => key.verify_prehash(&Sha256::digest(message), signature),
        }
    }

    fn rsa_parameters(self) -> &'static RsaParameters {
        match self {
            #[cfg(feature = "legacy-digests")]
            Self::Sha1 => &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &RSA_PKCS1_2048_8192_SHA256,
        }
    }
}
