//! What every answer of Sendmux is wrapped in, and its errors.

use crate::subscribe::answer::Answer;
use crate::subscribe::fields::{Fields, words};
use crate::subscribe::{ApiError, ApiErrorKind, ReplyError};

/// A success: `{"ok":true,"data":…,"meta":{"request_id":…}}`.
pub(super) struct Envelope<'a> {
    whole: Fields<'a>,
    pub(super) request_id: Option<String>,
}

impl<'a> Envelope<'a> {
    pub(super) fn data(&self, answer: &Answer<'_>) -> Result<Fields<'a>, ReplyError> {
        answer.need(self.whole.object("data"), "data is not an object")
    }

    /// The objects of a list.
    pub(super) fn list(&self, answer: &Answer<'_>) -> Result<Vec<Fields<'a>>, ReplyError> {
        answer.need(self.whole.objects("data"), "data is not a list of objects")
    }

    /// Where the list goes on, if it does. An empty cursor would be that of the first page.
    pub(super) fn next_cursor(&self) -> Option<String> {
        let pagination = self.whole.object("pagination")?;
        let cursor = pagination.text("next_cursor")?;
        let more = pagination.value("has_more").unwrap_or(true);
        (more && !cursor.is_empty()).then_some(cursor)
    }
}

/// Opens a success; everything else is an error.
pub(super) fn open<'a>(answer: &Answer<'a>) -> Result<Envelope<'a>, ReplyError> {
    let whole = answer.accepted(Some("ok"), error)?;
    Ok(Envelope {
        request_id: request_id(answer, &whole),
        whole,
    })
}

/// A deletion, which is documented to be answered with an envelope. None is needed.
pub(super) fn deleted(answer: &Answer<'_>) -> Result<(), ReplyError> {
    answer.done(Some("ok"), error)
}

/// `{"ok":false,"error":{code,message,retryable,param?,doc_url?,errors?},"meta":{request_id}}`.
fn error(answer: &Answer<'_>, whole: &Fields<'_>) -> ApiError {
    let mut error = ApiError::of(answer);
    error.request_id = request_id(answer, whole);
    if let Some(said) = whole.object("error") {
        error.explain(&said, kind);
        error.explain_fields(&said, "param");
        error.retryable = said.value("retryable");
    }
    error
}

/// What a documented code means.
fn kind(code: &str) -> Option<ApiErrorKind> {
    Some(match code {
        "authentication_required" => ApiErrorKind::Authentication,
        "conflict" => ApiErrorKind::Conflict,
        "idempotency_conflict" => ApiErrorKind::IdempotencyConflict,
        "insufficient_permissions" => ApiErrorKind::Permission,
        "internal_error" => ApiErrorKind::Internal,
        "invalid_parameter" | "missing_parameter" | "validation_error" => ApiErrorKind::Invalid,
        "limit_exceeded" => ApiErrorKind::LimitExceeded,
        "not_found" => ApiErrorKind::NotFound,
        "payload_too_large" => ApiErrorKind::TooLarge,
        "rate_limit_exceeded" => ApiErrorKind::RateLimited,
        "service_unavailable" => ApiErrorKind::Unavailable,
        _ => return None,
    })
}

/// The header says the same, and stands where a body does not.
fn request_id(answer: &Answer<'_>, whole: &Fields<'_>) -> Option<String> {
    let meta = whole
        .object("meta")
        .and_then(|meta| meta.words("request_id"));
    meta.or_else(|| answer.header("x-request-id").map(words))
}
