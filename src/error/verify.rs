//! What can go wrong with a delivery.

use core::fmt;
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
    /// A header, or a value of the query, that the scheme reads occurs more than once.
    DuplicateHeader,
    /// The signed timestamp lies further ahead than the tolerance.
    Future,
    /// A header, timestamp or signature does not have the form that the scheme prescribes, or a body
    /// that the scheme reads is not the JSON or form that it should be.
    Malformed,
    /// No candidate is the MAC of what was received.
    Mismatch,
    /// A header, or a value of the query, that the scheme reads is absent.
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
    DuplicateQuery(&'static str),
    Future {
        ahead: i64,
        tolerance: u32,
    },
    Malformed(HeaderName, &'static str),
    /// Not in a header: in the body, or in the URL.
    MalformedIn(&'static str, &'static str),
    Mismatch,
    MissingHeader(HeaderName),
    MissingQuery(&'static str),
    NoIdentity,
    /// No match, of a body that is not as long as was announced. In bytes.
    OtherLength {
        came: usize,
        announced: usize,
    },
    Seam,
    Stale {
        age: i64,
        tolerance: u32,
    },
    Timeout,
    TooLarge {
        limit: usize,
    },
    Unavailable(&'static str),
    UnknownTenant,
    UnknownUrl(&'static str),
}

impl VerifyError {
    /// What kind of refusal it is.
    #[must_use]
    pub const fn kind(&self) -> VerifyErrorKind {
        match self.reason {
            Reason::BadSecret => VerifyErrorKind::BadSecret,
            Reason::BodyError(_) => VerifyErrorKind::BodyError,
            Reason::DuplicateHeader(_) | Reason::DuplicateQuery(_) => {
                VerifyErrorKind::DuplicateHeader
            }
            Reason::Future { .. } => VerifyErrorKind::Future,
            Reason::Malformed(..) | Reason::MalformedIn(..) | Reason::NoIdentity | Reason::Seam => {
                VerifyErrorKind::Malformed
            }
            Reason::Mismatch | Reason::OtherLength { .. } => VerifyErrorKind::Mismatch,
            Reason::MissingHeader(_) | Reason::MissingQuery(_) => VerifyErrorKind::MissingHeader,
            Reason::Stale { .. } => VerifyErrorKind::Stale,
            Reason::Timeout => VerifyErrorKind::Timeout,
            Reason::TooLarge { .. } => VerifyErrorKind::TooLarge,
            Reason::Unavailable(_) | Reason::UnknownUrl(_) => VerifyErrorKind::Unavailable,
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

    /// The scheme signs the URL, and this request does not tell it.
    pub(crate) const fn unknown_url(why: &'static str) -> Self {
        Self::because(Reason::UnknownUrl(why))
    }

    /// What is wrong with the body or the URL.
    pub(crate) const fn malformed_in(place: &'static str, why: &'static str) -> Self {
        Self::because(Reason::MalformedIn(place, why))
    }

    pub(crate) const fn missing_query(name: &'static str) -> Self {
        Self::because(Reason::MissingQuery(name))
    }

    pub(crate) const fn duplicate_query(name: &'static str) -> Self {
        Self::because(Reason::DuplicateQuery(name))
    }

    /// Proven, but where the body touches another part of the signed content, a character could
    /// have been moved across.
    pub(crate) const fn seam() -> Self {
        Self::because(Reason::Seam)
    }

    /// Proven, but a replay guard could not tell it from others.
    pub(crate) const fn no_identity() -> Self {
        Self::because(Reason::NoIdentity)
    }

    pub(crate) const fn is_missing(&self) -> bool {
        matches!(
            self.reason,
            Reason::MissingHeader(_) | Reason::MissingQuery(_)
        )
    }

    pub(crate) const fn mismatch() -> Self {
        Self::because(Reason::Mismatch)
    }

    /// A mismatch says so where the body is not as long as the sender announced: an honest sender's body
    /// was read or changed on its way here.
    pub(crate) fn of_length(mut self, came: usize, announced: usize) -> Self {
        if matches!(self.reason, Reason::Mismatch) && came != announced {
            self.reason = Reason::OtherLength { came, announced };
        }
        self
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
            Reason::DuplicateQuery(name) => {
                write!(f, "more than one value {name} in the query")
            }
            Reason::Future { ahead, tolerance } => {
                write!(
                    f,
                    "timestamp is {ahead} s ahead, tolerance is {tolerance} s"
                )
            }
            Reason::Malformed(name, why) => write!(f, "malformed header {name}: {why}"),
            Reason::MalformedIn(place, why) => write!(f, "malformed {place}: {why}"),
            Reason::Mismatch => f.write_str("signature does not match"),
            Reason::MissingHeader(name) => write!(f, "missing header {name}"),
            Reason::MissingQuery(name) => write!(f, "missing value {name} in the query"),
            Reason::NoIdentity => f.write_str(
                "the body is empty, and nothing signed tells this delivery from another",
            ),
            Reason::OtherLength { came, announced } => write!(
                f,
                "signature does not match, and of the {announced} bytes announced {came} came: was the body read or changed before?"
            ),
            Reason::Seam => f.write_str(
                "the body touches another signed part and does not end there in a bracket of JSON, so that nothing tells where it ends",
            ),
            Reason::Stale { age, tolerance } => {
                write!(f, "timestamp is {age} s old, tolerance is {tolerance} s")
            }
            Reason::Timeout => f.write_str("the body did not come whole within its deadline"),
            Reason::TooLarge { limit } => write!(f, "the body is longer than {limit} bytes"),
            Reason::Unavailable(what) => write!(f, "{what} is not available"),
            Reason::UnknownTenant => f.write_str("no tenant is known by that name"),
            Reason::UnknownUrl(why) => write!(f, "the URL that was signed is not known: {why}"),
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
