//! Why a request is refused, before a provider says it in its own form.

use std::borrow::Cow;

use http::StatusCode;

use crate::body::Unread;
use crate::deliver::EmitError;

/// Why a request is refused.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The body is not a JSON object.
    Body(String),
    /// What was asked does not fit the webhook's state.
    Conflict(&'static str),
    /// A field, or a header, cannot be taken.
    Field(Wrong),
    /// The idempotency key was used for another request.
    IdempotencyConflict,
    /// There is no key, or nothing that could be one.
    Key,
    /// As many webhooks are kept as can be.
    Limit,
    /// The path knows other methods.
    Method,
    /// There is no such path.
    Path,
    /// The system gives no random bytes.
    Random,
    /// The body is too long.
    TooLarge,
    /// Too many requests of this kind in a minute.
    TooOften,
    /// The body did not arrive in time.
    TooSlow,
    /// It cannot be done now.
    Unavailable(String),
    /// There is no webhook, or delivery, of this id.
    Webhook,
}

/// A field that cannot be taken.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) field: String,
    pub(super) fault: Fault,
    /// What stands behind the field's name in a sentence.
    says: Cow<'static, str>,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fault {
    /// An event that the provider does not have, or does not offer here.
    Event,
    /// It is not there.
    Missing,
    /// A URL of another scheme than the provider takes.
    Scheme,
    /// It is of another JSON type.
    Type,
    /// The provider has no field of this name.
    Unknown,
    /// It is outside what the provider takes.
    Value,
}

impl Refusal {
    /// The field must be there.
    pub(super) fn missing(field: &str) -> Self {
        Self::Field(Wrong::new(field, Fault::Missing, "is required"))
    }

    /// The field's value is not one that the provider takes.
    pub(super) fn value(field: &str, says: impl Into<Cow<'static, str>>) -> Self {
        Self::Field(Wrong::new(field, Fault::Value, says))
    }

    /// The status where a provider has none of its own for it.
    pub(super) const fn usual_status(&self) -> StatusCode {
        match self {
            Self::Body(_) | Self::Field(_) => StatusCode::BAD_REQUEST,
            Self::Conflict(_) | Self::IdempotencyConflict | Self::Limit => StatusCode::CONFLICT,
            Self::Key => StatusCode::UNAUTHORIZED,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Path | Self::Webhook => StatusCode::NOT_FOUND,
            Self::Random => StatusCode::INTERNAL_SERVER_ERROR,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What is to be read by a person.
    pub(super) fn message(&self) -> String {
        let text = match self {
            Self::Body(why) | Self::Unavailable(why) => why.as_str(),
            Self::Conflict(why) => why,
            Self::Field(wrong) => return wrong.message(),
            Self::IdempotencyConflict => "the idempotency key was used for another request",
            Self::Key => "an API key is required",
            Self::Limit => "no more webhooks are taken: delete one first",
            Self::Method => "the path does not know this method",
            Self::Path => "there is no such path",
            Self::Random => "the system gives no random bytes",
            Self::TooLarge => Unread::TooLarge.message(),
            Self::TooOften => "too many requests: wait a minute",
            Self::TooSlow => Unread::TooSlow.message(),
            Self::Webhook => "nothing is known under this id",
        };
        text.to_owned()
    }
}

impl Wrong {
    pub(super) fn new(field: &str, fault: Fault, says: impl Into<Cow<'static, str>>) -> Self {
        Self {
            field: field.to_owned(),
            fault,
            says: says.into(),
        }
    }

    pub(super) fn message(&self) -> String {
        format!("{} {}", self.field, self.says)
    }
}

impl From<Unread> for Refusal {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::BrokenOff => Self::Body(unread.message().to_owned()),
            Unread::TooLarge => Self::TooLarge,
            Unread::TooSlow => Self::TooSlow,
        }
    }
}

impl From<EmitError> for Refusal {
    fn from(error: EmitError) -> Self {
        match error {
            EmitError::Nobody => Self::Conflict("the webhook does not take this event now"),
            EmitError::NotFound => Self::Webhook,
            EmitError::Random => Self::Random,
            other => Self::Unavailable(other.to_string()),
        }
    }
}
