//! The form of SendKit.ai's answers.

use crate::subscribe::answer::Answer;
use crate::subscribe::fields::Fields;
use crate::subscribe::{ApiError, ReplyError};

/// What a success holds: `{"success":true,"data":…}`.
pub(super) fn data<'a>(answer: &Answer<'a>) -> Result<Fields<'a>, ReplyError> {
    let body = answer.accepted(Some("success"), ApiError::in_words)?;
    answer.need(body.object("data"), "data is not an object")
}
