//! What a sender is told: one status for every refusal of authenticity, nothing more.

use core::fmt;

use http::header::{CONTENT_LENGTH, RETRY_AFTER};
use http::{HeaderValue, Response, StatusCode};

use crate::error::{ConfigError, VerifyErrorKind};
use crate::scheme::{AfterClientError, Scheme};

/// How many seconds a sender is asked to wait before it tries again.
const RETRY_AFTER_SECS: u16 = 30;

/// The same where the next attempt may well succeed soon: another attempt is under way, or the
/// replay store is away for a moment.
const RETRY_SOON_SECS: u16 = 5;

/// What an endpoint answers to what. The reason of a refusal goes to hooks and logs alone: the
/// body is empty, and every refusal of authenticity has one and the same status, so that an
/// attacker cannot tell a wrong key from a stale timestamp.
///
/// | what happened | status | where a 4xx loses the event (JetEmail) |
/// |---|---|---|
/// | not authentic, for whatever reason | 401 | 503 |
/// | the body is longer than the cap | 413 | 413 |
/// | the body did not come in time | 408 | 503 |
/// | the body broke off | 400 | 503 |
/// | something verification needs is not there | 503 | 503 |
/// | proven, but not what the handler's type expects | 422 | 503 |
/// | proven, and handled before | 200 | 200 |
/// | proven, and being handled by another attempt | 503 | 503 |
/// | proven, but the replay store is full or does not answer | 503 | 503 |
/// | proven, but the handler is not done within its deadline | 503 | 503 |
///
/// Every 503 carries `Retry-After`, in seconds.
///
/// # Example
///
/// ```
/// use http::StatusCode;
/// use hookproof::{Answers, Endpoint, Secret, Verifier, providers};
///
/// let verifier = Verifier::new(&providers::GITHUB, Secret::new("It's a Secret to Everybody"))?;
/// let endpoint = Endpoint::builder("github", verifier.clone())
///     .answers(Answers::for_scheme(&providers::GITHUB).not_authentic(StatusCode::FORBIDDEN))
///     .without_replay_guard()
///     .build()?;
///
/// // A refusal that looks like success would make the provider forget the event.
/// let silent = Endpoint::builder("github", verifier)
///     .answers(Answers::for_scheme(&providers::GITHUB).not_authentic(StatusCode::OK))
///     .without_replay_guard()
///     .build();
/// assert!(silent.is_err());
/// # Ok::<(), hookproof::ConfigError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Answers {
    not_authentic: StatusCode,
    too_large: StatusCode,
    timeout: StatusCode,
    body_error: StatusCode,
    unavailable: StatusCode,
    unparsable: StatusCode,
    duplicate: StatusCode,
}

impl Answers {
    /// The answers that suit a scheme's provider, as in the table.
    #[must_use]
    pub const fn for_scheme(scheme: &Scheme) -> Self {
        let retried = StatusCode::SERVICE_UNAVAILABLE;
        match scheme.retries().after_client_error {
            AfterClientError::Loses => Self {
                not_authentic: retried,
                too_large: StatusCode::PAYLOAD_TOO_LARGE,
                timeout: retried,
                body_error: retried,
                unavailable: retried,
                unparsable: retried,
                duplicate: StatusCode::OK,
            },
            AfterClientError::Retries | AfterClientError::Unknown => Self {
                not_authentic: StatusCode::UNAUTHORIZED,
                too_large: StatusCode::PAYLOAD_TOO_LARGE,
                timeout: StatusCode::REQUEST_TIMEOUT,
                body_error: StatusCode::BAD_REQUEST,
                unavailable: retried,
                unparsable: StatusCode::UNPROCESSABLE_ENTITY,
                duplicate: StatusCode::OK,
            },
        }
    }

    /// The answer to every refusal of authenticity, as a whole: it cannot be split by reason.
    #[must_use]
    pub const fn not_authentic(mut self, status: StatusCode) -> Self {
        self.not_authentic = status;
        self
    }

    /// The answer to a body longer than the cap.
    #[must_use]
    pub const fn too_large(mut self, status: StatusCode) -> Self {
        self.too_large = status;
        self
    }

    /// The answer to a body that did not come in time.
    #[must_use]
    pub const fn timeout(mut self, status: StatusCode) -> Self {
        self.timeout = status;
        self
    }

    /// The answer to a body that broke off.
    #[must_use]
    pub const fn body_error(mut self, status: StatusCode) -> Self {
        self.body_error = status;
        self
    }

    /// The answer where something that verification needs is not there.
    #[must_use]
    pub const fn unavailable(mut self, status: StatusCode) -> Self {
        self.unavailable = status;
        self
    }

    /// The answer to a proven body that is not what the handler's type expects.
    #[must_use]
    pub const fn unparsable(mut self, status: StatusCode) -> Self {
        self.unparsable = status;
        self
    }

    /// The answer to a delivery that was handled before, in the 200s: to anything else a sender
    /// would react by sending it once more, or by switching the endpoint off.
    #[must_use]
    pub const fn duplicate(mut self, status: StatusCode) -> Self {
        self.duplicate = status;
        self
    }

    /// What to answer to a refusal of that kind.
    pub const fn to(&self, kind: VerifyErrorKind) -> Answer {
        Answer::new(match kind {
            VerifyErrorKind::BodyError => self.body_error,
            VerifyErrorKind::Timeout => self.timeout,
            VerifyErrorKind::TooLarge => self.too_large,
            VerifyErrorKind::Unavailable => self.unavailable,
            VerifyErrorKind::BadSecret
            | VerifyErrorKind::DuplicateHeader
            | VerifyErrorKind::Future
            | VerifyErrorKind::Malformed
            | VerifyErrorKind::Mismatch
            | VerifyErrorKind::MissingHeader
            | VerifyErrorKind::Stale
            | VerifyErrorKind::UnknownTenant => self.not_authentic,
        })
    }

    /// What to answer to a proven body that is not what the handler's type expects.
    pub const fn to_unparsable(&self) -> Answer {
        Answer::new(self.unparsable)
    }

    /// What to answer to a proven delivery that is not handled now.
    pub const fn to_unhandled(&self, kind: UnhandledKind) -> Answer {
        match kind {
            UnhandledKind::Duplicate => Answer::new(self.duplicate),
            UnhandledKind::InProgress
            | UnhandledKind::Overdue
            | UnhandledKind::StoreFull
            | UnhandledKind::StoreUnavailable => {
                Answer::new(StatusCode::SERVICE_UNAVAILABLE).retry_within(RETRY_SOON_SECS)
            }
        }
    }

    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        let all = [
            self.not_authentic,
            self.too_large,
            self.timeout,
            self.body_error,
            self.unavailable,
            self.unparsable,
        ];
        match all
            .iter()
            .find(|status| !status.is_client_error() && !status.is_server_error())
        {
            None if self.duplicate.is_success() => Ok(()),
            None => Err(ConfigError::endpoint(format!(
                "a delivery that was handled before cannot be answered {}: the provider would send it again; use a status in the 200s",
                self.duplicate.as_u16()
            ))),
            Some(status) => Err(ConfigError::endpoint(format!(
                "a refusal cannot be answered {}: the provider would take it for success; use a status in the 400s or 500s",
                status.as_u16()
            ))),
        }
    }
}

/// Why a proven delivery is not handled now.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum UnhandledKind {
    /// It was handled before.
    Duplicate,
    /// Another attempt is handling it.
    InProgress,
    /// Its handler was not done within the handler's deadline.
    Overdue,
    /// The replay store has no room for it.
    StoreFull,
    /// The replay store did not answer.
    StoreUnavailable,
}

impl UnhandledKind {
    /// How many there are.
    #[cfg(feature = "tower")]
    pub(crate) const COUNT: usize = Self::StoreUnavailable as usize + 1;

    /// The kind's name in logs and metrics, such as `in-progress`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::InProgress => "in-progress",
            Self::Overdue => "overdue",
            Self::StoreFull => "store-full",
            Self::StoreUnavailable => "store-unavailable",
        }
    }
}

impl fmt::Display for UnhandledKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What to answer to a delivery that is not handled: a status, and `Retry-After` with a 503.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[must_use]
pub struct Answer {
    status: StatusCode,
    retry_after_secs: u16,
}

impl Answer {
    /// A mistake in the set-up of the receiver.
    #[cfg(feature = "axum")]
    pub(crate) const MISTAKE: Self = Self::new(StatusCode::INTERNAL_SERVER_ERROR);

    const fn new(status: StatusCode) -> Self {
        Self {
            status,
            retry_after_secs: RETRY_AFTER_SECS,
        }
    }

    /// The status.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        self.status
    }

    /// Asks the sender to wait no longer than that, and a second at least.
    pub(crate) const fn retry_within(mut self, secs: u16) -> Self {
        if secs < self.retry_after_secs {
            self.retry_after_secs = if secs == 0 { 1 } else { secs };
        }
        self
    }

    /// After how many seconds the sender is asked to try again; with a 503 alone.
    #[must_use]
    pub fn retry_after_secs(self) -> Option<u16> {
        (self.status == StatusCode::SERVICE_UNAVAILABLE).then_some(self.retry_after_secs)
    }

    /// The answer as a response, with an empty body.
    pub fn into_response<B: Default>(self) -> Response<B> {
        let mut response = Response::new(B::default());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        // Which has none by itself, and must not announce a length.
        if self.status != StatusCode::NO_CONTENT {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if let Some(seconds) = self.retry_after_secs() {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
