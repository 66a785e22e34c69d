//! What can go wrong: [`VerifyError`] with a delivery, [`ConfigError`] with the set-up.

use core::fmt;
use std::borrow::Cow;
use std::error::Error;
use std::sync::Arc;

use http::HeaderName;

type BoxError = Box<dyn Error + Send + Sync>;

/// Why a delivery was refused. For the operator alone: a sender is told nothing but the status.
///
/// Opaque, with a [`kind`](Self::kind) to match on. Messages never hold a secret, a MAC, a byte of
/// the body or text that the sender chose.
pub struct VerifyError {
    reason: Reason,
    tenant: Option<Arc<str>>,
}

/// The kinds of refusal, the same in errors, logs, metrics and the command line.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum VerifyErrorKind {
    /// The tenant is known, but its secret cannot be used.
    BadSecret,
    /// The body broke off or could not be read.
    BodyError,
    /// A header that the scheme reads occurs more than once.
    DuplicateHeader,
    /// The signed timestamp lies further ahead than the tolerance.
    Future,
    /// A header, timestamp or signature does not have the form that the scheme prescribes.
    Malformed,
    /// No candidate is the MAC of what was received.
    Mismatch,
    /// A header that the scheme reads is absent.
    MissingHeader,
    /// The signed timestamp is older than the tolerance.
    Stale,
    /// The body did not come whole within its deadline.
    Timeout,
    /// The body is longer than the cap.
    TooLarge,
    /// Something that verification needs is not there: a clock, a runtime, a source of keys.
    Unavailable,
    /// The delivery names no tenant that the source of keys knows.
    UnknownTenant,
}

impl VerifyErrorKind {
    /// How many there are.
    pub(crate) const COUNT: usize = Self::UnknownTenant as usize + 1;

    /// The kind's name in JSON, metrics and logs, such as `missing-header`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadSecret => "bad-secret",
            Self::BodyError => "body-error",
            Self::DuplicateHeader => "duplicate-header",
            Self::Future => "future",
            Self::Malformed => "malformed",
            Self::Mismatch => "mismatch",
            Self::MissingHeader => "missing-header",
            Self::Stale => "stale",
            Self::Timeout => "timeout",
            Self::TooLarge => "too-large",
            Self::Unavailable => "unavailable",
            Self::UnknownTenant => "unknown-tenant",
        }
    }

    /// Whether the delivery failed to prove who sent it. All of these are answered alike.
    #[must_use]
    pub const fn is_authenticity(self) -> bool {
        matches!(
            self,
            Self::BadSecret
                | Self::DuplicateHeader
                | Self::Future
                | Self::Malformed
                | Self::Mismatch
                | Self::MissingHeader
                | Self::Stale
                | Self::UnknownTenant
        )
    }
}

impl fmt::Display for VerifyErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[derive(Debug)]
enum Reason {
    BadSecret,
    BodyError(Option<BoxError>),
    DuplicateHeader(HeaderName),
    Future { ahead: i64, tolerance: u32 },
    Malformed(HeaderName, &'static str),
    Mismatch,
    MissingHeader(HeaderName),
    NoIdentity,
    Stale { age: i64, tolerance: u32 },
    Timeout,
    TooLarge { limit: usize },
    Unavailable(&'static str),
    UnknownTenant,
}

impl VerifyError {
    /// What kind of refusal it is.
    #[must_use]
    pub const fn kind(&self) -> VerifyErrorKind {
        match self.reason {
            Reason::BadSecret => VerifyErrorKind::BadSecret,
            Reason::BodyError(_) => VerifyErrorKind::BodyError,
            Reason::DuplicateHeader(_) => VerifyErrorKind::DuplicateHeader,
            Reason::Future { .. } => VerifyErrorKind::Future,
            Reason::Malformed(..) | Reason::NoIdentity => VerifyErrorKind::Malformed,
            Reason::Mismatch => VerifyErrorKind::Mismatch,
            Reason::MissingHeader(_) => VerifyErrorKind::MissingHeader,
            Reason::Stale { .. } => VerifyErrorKind::Stale,
            Reason::Timeout => VerifyErrorKind::Timeout,
            Reason::TooLarge { .. } => VerifyErrorKind::TooLarge,
            Reason::Unavailable(_) => VerifyErrorKind::Unavailable,
            Reason::UnknownTenant => VerifyErrorKind::UnknownTenant,
        }
    }

    /// The header that is missing, repeated or malformed.
    #[must_use]
    pub const fn header(&self) -> Option<&HeaderName> {
        match &self.reason {
            Reason::DuplicateHeader(name)
            | Reason::Malformed(name, _)
            | Reason::MissingHeader(name) => Some(name),
            _ => None,
        }
    }

    /// For `stale` and `future`: how many seconds the timestamp lies behind the clock, negative where
    /// it lies ahead. A claim of the sender's, since nothing had been proven yet.
    #[must_use]
    pub const fn claimed_age(&self) -> Option<i64> {
        match self.reason {
            Reason::Stale { age, .. } => Some(age),
            Reason::Future { ahead, .. } => Some(ahead.saturating_neg()),
            _ => None,
        }
    }

    /// The body could not be read to its end. Drivers of other servers report with it what the
    /// transport told them.
    #[must_use]
    pub fn body_error(source: Option<Box<dyn Error + Send + Sync>>) -> Self {
        Self::because(Reason::BodyError(source))
    }

    /// The body did not come whole in time.
    #[must_use]
    pub const fn timeout() -> Self {
        Self::because(Reason::Timeout)
    }

    /// The body is longer than `limit` bytes.
    #[must_use]
    pub const fn too_large(limit: usize) -> Self {
        Self::because(Reason::TooLarge { limit })
    }

    /// The tenant whose keys the delivery was judged by. None where there are no tenants, where it
    /// named none that is known, and where it was refused before its tenant was asked for.
    #[must_use]
    pub fn tenant(&self) -> Option<&str> {
        self.tenant.as_deref()
    }

    const fn because(reason: Reason) -> Self {
        Self {
            reason,
            tenant: None,
        }
    }

    pub(crate) fn of_tenant(mut self, name: &Arc<str>) -> Self {
        self.tenant = Some(Arc::clone(name));
        self
    }

    pub(crate) const fn unknown_tenant() -> Self {
        Self::because(Reason::UnknownTenant)
    }

    pub(crate) const fn bad_secret() -> Self {
        Self::because(Reason::BadSecret)
    }

    pub(crate) const fn duplicate(name: HeaderName) -> Self {
        Self::because(Reason::DuplicateHeader(name))
    }

    pub(crate) const fn missing(name: HeaderName) -> Self {
        Self::because(Reason::MissingHeader(name))
    }

    pub(crate) const fn malformed(name: HeaderName, why: &'static str) -> Self {
        Self::because(Reason::Malformed(name, why))
    }

    /// Proven, but a replay guard could not tell it from others.
    pub(crate) const fn no_identity() -> Self {
        Self::because(Reason::NoIdentity)
    }

    pub(crate) const fn is_missing(&self) -> bool {
        matches!(self.reason, Reason::MissingHeader(_))
    }

    pub(crate) const fn mismatch() -> Self {
        Self::because(Reason::Mismatch)
    }

    pub(crate) const fn stale(age: i64, tolerance: u32) -> Self {
        Self::because(Reason::Stale { age, tolerance })
    }

    pub(crate) const fn future(age: i64, tolerance: u32) -> Self {
        Self::because(Reason::Future {
            ahead: age.saturating_neg(),
            tolerance,
        })
    }

    pub(crate) const fn unavailable(what: &'static str) -> Self {
        Self::because(Reason::Unavailable(what))
    }
}

impl fmt::Debug for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyError({}: {self})", self.kind())
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            Reason::BadSecret => f.write_str("the tenant's secret cannot be used"),
            Reason::BodyError(_) => f.write_str("the body could not be read to its end"),
            Reason::DuplicateHeader(name) => write!(f, "more than one header {name}"),
            Reason::Future { ahead, tolerance } => {
                write!(
                    f,
                    "timestamp is {ahead} s ahead, tolerance is {tolerance} s"
                )
            }
            Reason::Malformed(name, why) => write!(f, "malformed header {name}: {why}"),
            Reason::Mismatch => f.write_str("signature does not match"),
            Reason::MissingHeader(name) => write!(f, "missing header {name}"),
            Reason::NoIdentity => f.write_str(
                "the body is empty, and nothing signed tells this delivery from another",
            ),
            Reason::Stale { age, tolerance } => {
                write!(f, "timestamp is {age} s old, tolerance is {tolerance} s")
            }
            Reason::Timeout => f.write_str("the body did not come whole within its deadline"),
            Reason::TooLarge { limit } => write!(f, "the body is longer than {limit} bytes"),
            Reason::Unavailable(what) => write!(f, "{what} is not available"),
            Reason::UnknownTenant => f.write_str("no tenant is known by that name"),
        }
    }
}

impl Error for VerifyError {
    /// What the transport said, for `body-error` alone.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.reason {
            Reason::BodyError(Some(source)) => Some(source.as_ref()),
            _ => None,
        }
    }
}

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
