//! Why reading or judging a request ended early.

use hookproof::{VerifyError, VerifyErrorKind};

use crate::failure::Failure;

/// The end of a request before its verdict of acceptance.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The file cannot be read: nothing is known of the request.
    Failed(Failure),
    /// The request is refused.
    Refused(Refusal),
}

/// A refusal, of the verifier or of the request as HTTP.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// Its kind.
    pub(crate) kind: VerifyErrorKind,
    /// What is wrong; holds nothing that the sender chose.
    pub(crate) message: String,
    /// How many seconds the timestamp claims to lie behind the clock, where that is the reason.
    pub(crate) claimed_age: Option<i64>,
}

impl Refusal {
    /// The head is not one of HTTP/1.1.
    pub(crate) fn malformed(what: impl Into<String>) -> Self {
        Self::new(VerifyErrorKind::Malformed, what)
    }

    /// The body cannot be read to its end.
    pub(crate) fn body(what: impl Into<String>) -> Self {
        Self::new(VerifyErrorKind::BodyError, what)
    }

    fn new(kind: VerifyErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            claimed_age: None,
        }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<VerifyError> for Stop {
    fn from(error: VerifyError) -> Self {
        Self::Refused(Refusal {
            kind: error.kind(),
            message: error.to_string(),
            claimed_age: error.claimed_age(),
        })
    }
}
