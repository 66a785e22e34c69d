//! What a signature is, and how a secret's text becomes its key.

pub use crate::digest::Digest;

/// How a signature is made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Algorithm {
    /// No signature: the secret, `user:password`, comes along as HTTP Basic credentials (RFC 7617).
    /// Nothing else is proven, and who sees one delivery can forge the next.
    Basic,
    /// A plain digest over content that holds the secret ([`Part::Secret`](super::Part::Secret)).
    Digest(Digest),
    /// ECDSA on the curve P-256 over that digest, as ASN.1 DER: the key is public (feature
    /// `asymmetric`).
    EcdsaP256(Digest),
    /// Ed25519, strictly verified: the key is public (feature `asymmetric`).
    Ed25519,
    /// HMAC under that digest.
    Hmac(Digest),
    /// RSA over that digest, by PKCS #1 v1.5: the key is public (feature `asymmetric`).
    Rsa(Digest),
    /// The same over the digest that the field `/SignatureVersion` of the JSON body names: `1` is
    /// SHA-1, `2` SHA-256, and everything else malformed (features `asymmetric`, `json` and
    /// `legacy-digests`).
    RsaBySignatureVersion,
    /// No signature: the secret itself comes along. As for [`Basic`](Self::Basic), nothing else is
    /// proven.
    Token,
}

impl Algorithm {
    /// What most providers use.
    pub const HMAC_SHA256: Self = Self::Hmac(Digest::Sha256);

    /// Whether the key is public: whoever holds it can verify, not sign.
    #[must_use]
    pub const fn is_public_key(self) -> bool {
        matches!(
            self,
            Self::EcdsaP256(_) | Self::Ed25519 | Self::Rsa(_) | Self::RsaBySignatureVersion
        )
    }

    /// Whether the secret itself comes along with each delivery.
    #[must_use]
    pub const fn is_credential(self) -> bool {
        matches!(self, Self::Basic | Self::Token)
    }

    /// Its digest, where it has one.
    pub(crate) const fn digest(self) -> Option<Digest> {
        match self {
            Self::Digest(digest)
            | Self::EcdsaP256(digest)
            | Self::Hmac(digest)
            | Self::Rsa(digest) => Some(digest),
            Self::Basic | Self::Ed25519 | Self::RsaBySignatureVersion | Self::Token => None,
        }
    }

    /// The length in bytes that every signature has; `None` where it depends on the key or on the
    /// signature, and for credentials.
    pub(crate) const fn signature_len(self) -> Option<usize> {
        match self {
            Self::Digest(digest) | Self::Hmac(digest) => Some(digest.len()),
            Self::Ed25519 => Some(64),
            Self::Basic
            | Self::EcdsaP256(_)
            | Self::Rsa(_)
            | Self::RsaBySignatureVersion
            | Self::Token => None,
        }
    }
}

/// How the secret's text becomes key bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum KeyFormat {
    /// Base64 after a prefix, which may be absent or empty. Missing padding is repaired.
    Base64 {
        /// What the dashboard writes before the base64 text, such as `whsec_`.
        prefix: &'static str,
    },
    /// An even number of hex digits.
    Hex,
    /// A public key: 32 bytes in base64 after a prefix, which may be absent or empty.
    PublicBase64 {
        /// What the dashboard writes before the base64 text, such as `whpk_`.
        prefix: &'static str,
    },
    /// A public key: base64 of its DER form (`SubjectPublicKeyInfo`).
    PublicDer,
    /// A public key: 32 bytes in hex.
    PublicHex,
    /// A public key in PEM (`-----BEGIN PUBLIC KEY-----`).
    PublicPem,
    /// The UTF-8 bytes of the whole text, prefix included.
    Text,
    /// That digest of the text's bytes.
    TextDigest(Digest),
    /// The text's bytes and then these.
    TextThen(&'static str),
}

impl KeyFormat {
    /// Whether it is a public key's.
    pub(crate) const fn is_public(self) -> bool {
        matches!(
            self,
            Self::PublicBase64 { .. } | Self::PublicDer | Self::PublicHex | Self::PublicPem
        )
    }
}
