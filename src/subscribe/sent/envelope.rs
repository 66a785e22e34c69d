//! What every answer of Sent is wrapped in, and its errors.

use crate::subscribe::answer::Answer;
use crate::subscribe::fields::{Fields, words};
use crate::subscribe::{ApiError, ApiErrorKind, ReplyError};

/// A success: `{"success":true,"data":…,"error":null,"meta":{"request_id":…}}`.
pub(super) struct Envelope<'a> {
    pub(super) data: Fields<'a>,
    pub(super) request_id: Option<String>,
}

impl<'a> Envelope<'a> {
    /// Opens a success; everything else is an error.
    pub(super) fn open(answer: &Answer<'a>) -> Result<Self, ReplyError> {
        let whole = answer.accepted(Some("success"), error)?;
        Ok(Self {
            data: answer.need(whole.object("data"), "data is not an object")?,
            request_id: request_id(&whole),
        })
    }
}

/// A deletion, of which nothing is told.
pub(super) fn deleted(answer: &Answer<'_>) -> Result<(), ReplyError> {
    answer.done(Some("success"), error)
}

/// `{"success":false,"data":null,"error":{code,message,details,doc_url},"meta":{request_id}}`. A 401
/// and a 403 may have no body at all.
fn error(answer: &Answer<'_>, whole: &Fields<'_>) -> ApiError {
    let mut error = ApiError::of(answer);
    error.request_id = request_id(whole);
    let said = whole.object("error").unwrap_or_default();
    error.explain(&said, kind);
    // Of each field one text, or several.
    let details = said.object("details").unwrap_or_default();
    for field in details.keys() {
        let one = details.text(field).map(|text| vec![text]);
        let texts = one.or_else(|| details.texts(field)).unwrap_or_default();
        error.add(words(field), texts.iter().map(|text| words(text)));
    }
    error
}

/// What a documented code says more clearly than its status. Of the others the status says enough.
fn kind(code: &str) -> Option<ApiErrorKind> {
    match code {
        "BUSINESS_002" => Some(ApiErrorKind::RateLimited),
        "CONFLICT_001" => Some(ApiErrorKind::Conflict),
        "INTERNAL_001" => Some(ApiErrorKind::Internal),
        "RESOURCE_008" => Some(ApiErrorKind::NotFound),
        code if code.starts_with("VALIDATION_") => Some(ApiErrorKind::Invalid),
        _ => None,
    }
}

fn request_id(whole: &Fields<'_>) -> Option<String> {
    whole.object("meta")?.words("request_id")
}
