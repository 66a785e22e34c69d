//! What hooks are told. Nothing here holds a secret, a MAC, a body, or text that a sender chose.

use crate::answers::{Answer, UnhandledKind};
use crate::error::VerifyError;
use crate::scheme::Scheme;
use crate::verify::Proven;

/// A refused delivery, as a hook is told of it.
#[derive(Clone, Copy, Debug)]
pub struct Refusal<'a> {
    endpoint: &'a str,
    scheme: &'a Scheme,
    error: &'a VerifyError,
    answer: Answer,
    observed: bool,
}

impl<'a> Refusal<'a> {
    pub(crate) const fn new(
        endpoint: &'a str,
        scheme: &'a Scheme,
        error: &'a VerifyError,
        answer: Answer,
    ) -> Self {
        Self {
            endpoint,
            scheme,
            error,
            answer,
            observed: false,
        }
    }

    /// The delivery is let through all the same.
    #[cfg(feature = "tower")]
    pub(crate) const fn observed(mut self) -> Self {
        self.observed = true;
        self
    }

    /// Whether the delivery is let through all the same, because the endpoint
    /// only observes: see `EndpointBuilder::dangerous_observe_only`.
    #[must_use]
    pub const fn is_observed(&self) -> bool {
        self.observed
    }

    /// The endpoint's name.
    #[must_use]
    pub const fn endpoint(&self) -> &'a str {
        self.endpoint
    }

    /// The scheme under which the delivery was judged.
    #[must_use]
    pub const fn scheme(&self) -> &'a Scheme {
        self.scheme
    }

    /// Why it was refused.
    #[must_use]
    pub const fn error(&self) -> &'a VerifyError {
        self.error
    }

    /// What the sender will be answered, or would be by an endpoint that does not only observe.
    pub const fn answer(&self) -> Answer {
        self.answer
    }
}

/// A proven delivery that is not handled now, as a hook is told of it.
#[derive(Clone, Copy, Debug)]
pub struct Unhandled<'a> {
    proven: &'a Proven,
    kind: UnhandledKind,
    answer: Answer,
}

impl<'a> Unhandled<'a> {
    #[cfg(feature = "tower")]
    pub(crate) const fn new(proven: &'a Proven, kind: UnhandledKind, answer: Answer) -> Self {
        Self {
            proven,
            kind,
            answer,
        }
    }

    /// The delivery.
    pub const fn proven(&self) -> &'a Proven {
        self.proven
    }

    /// Why it is not handled.
    #[must_use]
    pub const fn kind(&self) -> UnhandledKind {
        self.kind
    }

    /// What the sender will be answered.
    pub const fn answer(&self) -> Answer {
        self.answer
    }
}
