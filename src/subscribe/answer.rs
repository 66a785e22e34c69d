//! An answer, as its reader sees it.

use http::{HeaderMap, StatusCode};

use super::fields::Fields;
use super::{ApiError, ReplyError};

pub(super) struct Answer<'a> {
    pub(super) status: StatusCode,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
}

/// Makes an error of a refusal, whose body may be no object: then there are no fields.
type Explain = fn(&Answer<'_>, &Fields<'_>) -> ApiError;

impl<'a> Answer<'a> {
    /// A header as text; the first where there are several.
    pub(super) fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The object that a success is. An answer says no by its status, or under a status that says yes
    /// by a `flag` of its body that is false.
    pub(super) fn accepted(
        &self,
        flag: Option<&str>,
        explain: Explain,
    ) -> Result<Fields<'a>, ReplyError> {
        let body = Fields::of(self.body);
        let said = body.as_ref().zip(flag);
        let denied = said.and_then(|(body, flag)| body.value(flag)) == Some(false);
        if denied || !self.status.is_success() {
            return Err(explain(self, &body.unwrap_or_default()).into());
        }
        self.need(body, "the body is not a JSON object")
    }

    /// A success that has nothing to tell: without a body, or with any object.
    pub(super) fn done(&self, flag: Option<&str>, explain: Explain) -> Result<(), ReplyError> {
        if self.status.is_success() && self.body.is_empty() {
            return Ok(());
        }
        self.accepted(flag, explain).map(drop)
    }

    /// What a success cannot do without.
    pub(super) fn need<T>(&self, value: Option<T>, why: &'static str) -> Result<T, ReplyError> {
        value.ok_or_else(|| self.unreadable(why))
    }

    /// A success that is not in the documented form.
    pub(super) const fn unreadable(&self, why: &'static str) -> ReplyError {
        ReplyError::Unreadable {
            status: self.status,
            why,
        }
    }
}
