//! One key, made ready for one scheme.

use core::fmt;

use zeroize::Zeroizing;

use crate::error::ConfigError;
use crate::mac::MacKey;
use crate::scheme::{Algorithm, Digest, Scheme};
use crate::secret::{Secret, is_short};

#[cfg(feature = "asymmetric")]
use crate::public_key::{Container, PublicAlgorithm, PublicKey};
#[cfg(feature = "asymmetric")]
use crate::scheme::KeyFormat;

/// What verifies a signature.
pub(crate) enum Key {
    /// The key of another HMAC, by its bytes, with the secret's text where that is signed too.
    Hmac(Zeroizing<Vec<u8>>, Option<Zeroizing<String>>),
    /// A saved HMAC-SHA256, with the secret's text where that is signed too.
    Mac(MacKey, Option<Zeroizing<String>>),
    /// The provider's public key.
    #[cfg(feature = "asymmetric")]
    Public(Box<PublicKey>),
    /// The same for the first version of its signatures and for the second.
    #[cfg(feature = "asymmetric")]
    PublicByVersion(Box<[PublicKey; 2]>),
    /// The secret's text.
    Text(Zeroizing<String>),
}

impl Key {
    /// The key, and whether it is shorter than a key should be.
    pub(super) fn new(secret: &Secret, scheme: &Scheme) -> Result<(Self, bool), ConfigError> {
        Ok(match scheme.algorithm() {
            Algorithm::Basic | Algorithm::Digest(_) | Algorithm::Token => {
                let text = Zeroizing::new(secret.checked()?.to_owned());
                let short = is_short(text.as_bytes());
                (Self::Text(text), short)
            }
            Algorithm::Hmac(digest) => {
                let key = secret.key(scheme.key_format())?;
                let short = is_short(&key);
                let text = scheme.signs_secret().then(|| secret.checked());
                let text = text
                    .transpose()?
                    .map(|text| Zeroizing::new(text.to_owned()));
                if digest == Digest::Sha256 {
                    (Self::Mac(MacKey::new(&key), text), short)
                } else {
                    (Self::Hmac(key, text), short)
                }
            }
            Algorithm::EcdsaP256(_)
            | Algorithm::Ed25519
            | Algorithm::Rsa(_)
            | Algorithm::RsaBySignatureVersion => (Self::public(secret, scheme)?, false),
        })
    }

    #[cfg(feature = "asymmetric")]
    fn public(secret: &Secret, scheme: &Scheme) -> Result<Self, ConfigError> {
        let algorithm = match scheme.algorithm() {
            Algorithm::EcdsaP256(Digest::Sha1) => PublicAlgorithm::EcdsaP256Sha1,
            Algorithm::EcdsaP256(_) => PublicAlgorithm::EcdsaP256Sha256,
            Algorithm::Rsa(Digest::Sha1) => PublicAlgorithm::RsaSha1,
            Algorithm::Rsa(_) => PublicAlgorithm::RsaSha256,
            _ => PublicAlgorithm::Ed25519,
        };
        let container = match scheme.key_format() {
            KeyFormat::PublicDer => Container::SpkiBase64,
            KeyFormat::PublicHex => Container::RawHex,
            KeyFormat::PublicBase64 { prefix } => Container::RawBase64 { prefix },
            _ => Container::Pem,
        };
        let read = |algorithm| PublicKey::read(algorithm, container, secret.expose());
        if scheme.algorithm() == Algorithm::RsaBySignatureVersion {
            let first = read(PublicAlgorithm::RsaSha1)?;
            let second = read(PublicAlgorithm::RsaSha256)?;
            return Ok(Self::PublicByVersion(Box::new([first, second])));
        }
        read(algorithm).map(|key| Self::Public(Box::new(key)))
    }

    /// A scheme that needs it is refused before its keys are read.
    #[cfg(not(feature = "asymmetric"))]
    fn public(_: &Secret, _: &Scheme) -> Result<Self, ConfigError> {
        Err(ConfigError::scheme(
            "public keys need the feature asymmetric",
        ))
    }

    /// A key that nobody knows, and that takes as long as another. Of public keys there is none to
    /// be had without a provider's: there a refusal may come sooner.
    #[cfg(feature = "tenants")]
    pub(super) fn decoy(scheme: &Scheme) -> Self {
        let random = random();
        let text = scheme.signs_secret().then(|| hex::encode(random));
        let text = text.map(Zeroizing::new);
        match scheme.algorithm() {
            Algorithm::Hmac(Digest::Sha256) => Self::Mac(MacKey::new(&random), text),
            Algorithm::Hmac(_) => Self::Hmac(Zeroizing::new(random.to_vec()), text),
            _ => Self::Text(Zeroizing::new(hex::encode(random))),
        }
    }

    /// The saved HMAC-SHA256.
    #[inline]
    pub(crate) const fn mac(&self) -> Option<&MacKey> {
        match self {
            Self::Mac(mac, _) => Some(mac),
            _ => None,
        }
    }

    /// The secret's text, where the scheme signs it.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Hmac(_, Some(text)) | Self::Mac(_, Some(text)) => text,
            _ => "",
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hmac(..) | Self::Mac(..) => "Key(HMAC)",
            #[cfg(feature = "asymmetric")]
            Self::Public(_) | Self::PublicByVersion(_) => "Key(public)",
            Self::Text(_) => "Key(text)",
        })
    }
}

/// Not for secrets: nothing is proven by a decoy, whatever its key.
#[cfg(feature = "tenants")]
fn random() -> [u8; 8] {
    use core::hash::{BuildHasher as _, Hasher as _};
    let state = std::collections::hash_map::RandomState::new();
    state.build_hasher().finish().to_ne_bytes()
}
