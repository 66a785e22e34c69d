//! What an error of a provider means.

use core::fmt;

use http::StatusCode;

/// The kinds of error that the five APIs document.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// The key is missing or unknown.
    Authentication,
    /// The key is known and may not do this.
    Permission,
    /// The request has a field that is missing or cannot be used.
    Invalid,
    /// There is no webhook of this id.
    NotFound,
    /// The webhook is not in a state that allows it.
    Conflict,
    /// The idempotency key was used for another request.
    IdempotencyConflict,
    /// The account has as many webhooks as it may.
    LimitExceeded,
    /// The request is too long.
    TooLarge,
    /// Too many requests: wait.
    RateLimited,
    /// The provider cannot answer now: try again later.
    Unavailable,
    /// The provider failed.
    Internal,
    /// What the provider does not document.
    Other,
}

impl ApiErrorKind {
    /// The kind's name, such as `rate-limited`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authentication => "authentication",
            Self::Permission => "permission",
            Self::Invalid => "invalid",
            Self::NotFound => "not-found",
            Self::Conflict => "conflict",
            Self::IdempotencyConflict => "idempotency-conflict",
            Self::LimitExceeded => "limit-exceeded",
            Self::TooLarge => "too-large",
            Self::RateLimited => "rate-limited",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
            Self::Other => "other",
        }
    }

    /// What a status says where no code says more.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            401 => Self::Authentication,
            403 => Self::Permission,
            400 | 422 => Self::Invalid,
            404 | 410 => Self::NotFound,
            409 => Self::Conflict,
            413 => Self::TooLarge,
            429 => Self::RateLimited,
            502..=504 => Self::Unavailable,
            500..=599 => Self::Internal,
            _ => Self::Other,
        }
    }
}

impl fmt::Display for ApiErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
