//! Digests other than the hot path's: by name, over whole messages.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

/// A digest, plain or inside an HMAC.
///
/// SHA-256, SHA-384 and SHA-512 are always there. The others stand behind features, since a
/// provider mandates them and nothing else speaks for them: a scheme that uses one is refused where
/// its feature is off.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Digest {
    /// Keccak-256 as Ethereum uses it, which is not SHA3-256 (feature `keccak`).
    Keccak256,
    /// MD5 (feature `legacy-digests`).
    Md5,
    /// SHA-1 (feature `legacy-digests`).
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Digest {
    /// The digest's name, such as `sha256`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keccak256 => "keccak256",
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }

    /// Its length in bytes.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "no digest is empty")]
    pub const fn len(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Keccak256 | Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The feature that it stands behind.
    pub(crate) const fn feature(self) -> Option<&'static str> {
        match self {
            Self::Keccak256 => Some("keccak"),
            Self::Md5 | Self::Sha1 => Some("legacy-digests"),
            Self::Sha256 | Self::Sha384 | Self::Sha512 => None,
        }
    }

    /// The digest of a message. Empty, and so equal to no candidate, where its feature is off.
    pub(crate) fn of(self, message: &[u8]) -> Vec<u8> {
        match self {
            #[cfg(feature = "keccak")]
            Self::Keccak256 => sha3::Keccak256::digest(message).to_vec(),
            #[cfg(feature = "legacy-digests")]
            Self::Md5 => md5::Md5::digest(message).to_vec(),
            #[cfg(feature = "legacy-digests")]
            Self::Sha1 => sha1::Sha1::digest(message).to_vec(),
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Sha384 => Sha384::digest(message).to_vec(),
            Self::Sha512 => Sha512::digest(message).to_vec(),
            #[cfg(not(all(feature = "keccak", feature = "legacy-digests")))]
            _ => Vec::new(),
        }
    }

    /// The HMAC of a message; as [`of`](Self::of) where its feature is off, and for Keccak, of
    /// which no provider uses one.
    pub(crate) fn hmac(self, key: &[u8], message: &[u8]) -> Vec<u8> {
        match self {
            #[cfg(feature = "legacy-digests")]
            Self::Md5 => hmac::<Hmac<md5::Md5>>(key, message),
            #[cfg(feature = "legacy-digests")]
            Self::Sha1 => hmac::<Hmac<sha1::Sha1>>(key, message),
            Self::Sha256 => hmac::<Hmac<Sha256>>(key, message),
            Self::Sha384 => hmac::<Hmac<Sha384>>(key, message),
            Self::Sha512 => hmac::<Hmac<Sha512>>(key, message),
            _ => Vec::new(),
        }
    }
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn hmac<M: Mac + KeyInit>(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = <M as KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}
