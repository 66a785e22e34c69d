//! The form of MailingAPI's answers, and of its errors.

use crate::subscribe::answer::Answer;
use crate::subscribe::fields::Fields;
use crate::subscribe::{ApiError, ApiErrorKind, ReplyError};

/// The object that a success is: nothing wraps it.
pub(super) fn object<'a>(answer: &Answer<'a>) -> Result<Fields<'a>, ReplyError> {
    answer.accepted(None, error)
}

/// A deletion, which is documented to be answered without a body.
pub(super) fn deleted(answer: &Answer<'_>) -> Result<(), ReplyError> {
    answer.done(None, error)
}

/// `{"error":{code,message,field?,errors?:[{field,message}]}}`. It may also have `details`, which
/// repeat what was sent, and are not read.
fn error(answer: &Answer<'_>, whole: &Fields<'_>) -> ApiError {
    let mut error = ApiError::of(answer);
    if let Some(said) = whole.object("error") {
        error.explain(&said, kind);
        error.explain_fields(&said, "field");
    }
    error
}

/// What a documented code means.
fn kind(code: &str) -> Option<ApiErrorKind> {
    Some(match code {
        "forbidden" => ApiErrorKind::Permission,
        "invalid_events" | "invalid_url" | "validation_error" => ApiErrorKind::Invalid,
        "unauthorized" => ApiErrorKind::Authentication,
        "webhook_disabled" => ApiErrorKind::Conflict,
        "webhook_not_found" => ApiErrorKind::NotFound,
        _ => return None,
    })
}
