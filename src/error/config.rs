//! What can go wrong with the set-up.

use core::fmt;
use std::borrow::Cow;
use std::error::Error;

/// Why a set-up does not start. It says what to fix and shows no secret.
pub struct ConfigError {
    kind: ConfigErrorKind,
    message: Cow<'static, str>,
    key: Option<Box<str>>,
}

/// The kinds of set-up mistake.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ConfigErrorKind {
    /// An endpoint's limit, status, name, public URL or list of proxies cannot be used.
    BadEndpoint,
    /// A keyring has too many keys, or two of one label.
    BadKeyring,
    /// A scheme contradicts itself.
    BadScheme,
    /// A secret is absent, blank, a placeholder, or cannot be decoded.
    BadSecret,
    /// A replay store's address or limit cannot be used.
    BadStore,
}

impl ConfigErrorKind {
    /// The kind's name, such as `bad-secret`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadEndpoint => "bad-endpoint",
            Self::BadKeyring => "bad-keyring",
            Self::BadScheme => "bad-scheme",
            Self::BadSecret => "bad-secret",
            Self::BadStore => "bad-store",
        }
    }
}

impl fmt::Display for ConfigErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl ConfigError {
    /// What kind of mistake it is.
    #[must_use]
    pub const fn kind(&self) -> ConfigErrorKind {
        self.kind
    }

    /// The label of the key whose secret is bad, where it stands in a keyring of several.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    pub(crate) fn endpoint(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ConfigErrorKind::BadEndpoint, message)
    }

    pub(crate) fn keyring(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ConfigErrorKind::BadKeyring, message)
    }

    pub(crate) fn scheme(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ConfigErrorKind::BadScheme, message)
    }

    pub(crate) fn secret(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ConfigErrorKind::BadSecret, message)
    }

    #[cfg(feature = "redis")]
    pub(crate) fn store(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ConfigErrorKind::BadStore, message)
    }

    /// The same mistake, found in the secret of that label.
    pub(crate) fn in_key(mut self, label: &str) -> Self {
        self.key = Some(label.into());
        self
    }

    fn new(kind: ConfigErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            message: message.into(),
            key: None,
        }
    }
}

impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConfigError({}: {self})", self.kind)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Some(label) => write!(f, "key {label}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl Error for ConfigError {}
