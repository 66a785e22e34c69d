//! Why a handler was not given a proof.

use core::fmt;
use std::error::Error;

use ::axum::response::{IntoResponse, Response};
use http::StatusCode;

use crate::answers::Answer;

/// Why an extractor of this module refused. The sender is told the status and nothing else;
/// the rejection itself is in the response's extensions, for layers outside and for tests.
#[derive(Clone, Debug)]
pub struct VerifiedRejection {
    reason: Reason,
    answer: Answer,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Reason {
    NoGuard,
    NotVerified,
    #[cfg(feature = "events")]
    OtherProvider,
    #[cfg(feature = "events")]
    Unparsable,
}

impl VerifiedRejection {
    /// The endpoint in front has no replay guard: a mistake in the set-up.
    pub(super) const fn no_guard() -> Self {
        Self {
            reason: Reason::NoGuard,
            answer: Answer::MISTAKE,
        }
    }

    /// No endpoint is in front of the handler: a mistake in the set-up.
    pub(super) const fn not_verified() -> Self {
        Self {
            reason: Reason::NotVerified,
            answer: Answer::MISTAKE,
        }
    }

    /// The endpoint in front is another provider's: a mistake in the set-up.
    #[cfg(feature = "events")]
    pub(super) const fn other_provider() -> Self {
        Self {
            reason: Reason::OtherProvider,
            answer: Answer::MISTAKE,
        }
    }

    #[cfg(feature = "events")]
    pub(super) const fn unparsable(answer: Answer) -> Self {
        Self {
            reason: Reason::Unparsable,
            answer,
        }
    }

    /// The status that is answered.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.answer.status()
    }

    /// Whether the receiver is set up wrongly, rather than the delivery being unusable.
    #[must_use]
    pub fn is_mistake(&self) -> bool {
        self.answer == Answer::MISTAKE
    }
}

impl fmt::Display for VerifiedRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.reason {
            Reason::NoGuard => "the endpoint in front of the handler has no replay guard",
            Reason::NotVerified => "no endpoint is in front of the handler",
            #[cfg(feature = "events")]
            Reason::OtherProvider => "the endpoint in front of the handler is another provider's",
            #[cfg(feature = "events")]
            Reason::Unparsable => "the proven body is not what the handler expects",
        })
    }
}

impl Error for VerifiedRejection {}

impl IntoResponse for VerifiedRejection {
    fn into_response(self) -> Response {
        let mut response = self.answer.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
