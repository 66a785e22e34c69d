//! What is wrong with a request before it is sent.

use core::fmt;
use std::borrow::Cow;
use std::error::Error;

/// Why a request cannot be made. It names the field and shows no key.
#[derive(Clone, Eq, PartialEq)]
pub struct RequestError {
    field: &'static str,
    why: Cow<'static, str>,
}

impl RequestError {
    pub(super) fn new(field: &'static str, why: impl Into<Cow<'static, str>>) -> Self {
        Self {
            field,
            why: why.into(),
        }
    }

    /// The provider's name of the field or header that cannot be sent as it is, such as
    /// `endpoint_url`. What is neither is `api key`, `base url`, `webhook id`, `delivery id` or `body`,
    /// the whole of a change.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        self.field
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.why)
    }
}

impl fmt::Debug for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestError({self})")
    }
}

impl Error for RequestError {}
