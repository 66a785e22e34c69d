//! What a provider answers instead of what was asked for.

use core::fmt;
use core::time::Duration;
use std::error::Error;

use http::StatusCode;

use super::ApiErrorKind;
use super::answer::Answer;
use super::fields::Fields;

/// The most fields that an error names, and the most that it says of one.
const MAX_FIELDS: usize = 64;
const MAX_SAID: usize = 16;

/// An error that a provider answered with, as far as it said.
///
/// Its texts are the provider's, without control characters, each cut at 1024 characters. Of at most
/// 64 fields at most 16 texts each are kept.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ApiError {
    /// What it means to the caller.
    pub kind: ApiErrorKind,
    /// The status of the answer.
    pub status: StatusCode,
    /// The provider's own code, such as `validation_error` or `VALIDATION_001`.
    pub code: Option<String>,
    /// The provider's words, which may repeat what was sent.
    pub message: Option<String>,
    /// The fields that it names, each with what it says of them.
    pub fields: Vec<(String, Vec<String>)>,
    /// Whether the provider says that the same request may succeed later.
    pub retryable: Option<bool>,
    /// How long to wait first (`Retry-After` in seconds).
    pub retry_after: Option<Duration>,
    /// The provider's id of the request, for its support.
    pub request_id: Option<String>,
    /// Where the provider explains the error.
    pub doc_url: Option<String>,
}

impl ApiError {
    /// What the status and the headers say, where the body says nothing.
    pub(super) fn of(answer: &Answer<'_>) -> Self {
        Self {
            kind: ApiErrorKind::of_status(answer.status),
            status: answer.status,
            code: None,
            message: None,
            fields: Vec::new(),
            retryable: None,
            retry_after: answer.header("retry-after").and_then(seconds),
            request_id: None,
            doc_url: None,
        }
    }

    /// `{"success":false,"error":"…"}`, in the manner of SendKit.ai and JetEmail.
    pub(super) fn in_words(answer: &Answer<'_>, body: &Fields<'_>) -> Self {
        let message = body.words("error").or_else(|| body.words("message"));
        Self {
            message,
            ..Self::of(answer)
        }
    }

    /// Adds `{code,message,doc_url}`. `kind` says what a documented code means; of others the status
    /// says enough.
    pub(super) fn explain(&mut self, said: &Fields<'_>, kind: fn(&str) -> Option<ApiErrorKind>) {
        self.code = said.words("code");
        self.kind = self.code.as_deref().and_then(kind).unwrap_or(self.kind);
        self.message = said.words("message");
        self.doc_url = said.words("doc_url");
    }

    /// Adds `{errors:[{field,message}]}`, and the field under the key `one`: the first of them, or the
    /// only one, of which the message has the words.
    pub(super) fn explain_fields(&mut self, said: &Fields<'_>, one: &str) {
        for detail in said.objects("errors").unwrap_or_default() {
            if let Some(field) = detail.words("field") {
                self.add(field, detail.words("message"));
            }
        }
        if let Some(field) = said.words(one) {
            self.add(field, None);
        }
    }

    /// Adds what is said of a field, beside what was said before. What goes on and on is left out.
    pub(super) fn add(&mut self, field: String, said: impl IntoIterator<Item = String>) {
        let known = self.fields.iter().position(|(name, _)| *name == field);
        if known.is_none() && self.fields.len() < MAX_FIELDS {
            self.fields
                .push((field, said.into_iter().take(MAX_SAID).collect()));
        } else if let Some((_, before)) = known.and_then(|at| self.fields.get_mut(at)) {
            let room = MAX_SAID.saturating_sub(before.len());
            before.extend(said.into_iter().take(room));
        }
    }
}

/// A wait in seconds. The other form of it, a date, is not read.
fn seconds(text: &str) -> Option<Duration> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok().map(Duration::from_secs))?
}

/// Why an answer is not what was asked for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ReplyError {
    /// The provider refused. Boxed, as it is the rarer case and large.
    Api(Box<ApiError>),
    /// The provider answered with success, and not in the documented form. If the request was to
    /// create a webhook or to rotate a secret, that has most likely been done and the secret is lost:
    /// delete the webhook, or rotate again.
    Unreadable {
        /// The status of the answer.
        status: StatusCode,
        /// What is missing or of another type. Nothing of the body is shown, for it holds a secret.
        why: &'static str,
    },
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}", self.kind, self.status.as_u16())?;
        if let Some(code) = &self.code {
            write!(f, ", {code}")?;
        }
        f.write_str(")")?;
        if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        for (field, said) in &self.fields {
            write!(f, "; {field}")?;
            for (nth, words) in said.iter().enumerate() {
                let before = if nth == 0 { ": " } else { ", " };
                write!(f, "{before}{words}")?;
            }
        }
        Ok(())
    }
}

impl Error for ApiError {}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => write!(f, "the provider refused: {error}"),
            Self::Unreadable { status, why } => write!(
                f,
                "the provider answered {} in another form than documented: {why}",
                status.as_u16()
            ),
        }
    }
}

impl Error for ReplyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Api(error) => Some(error),
            Self::Unreadable { .. } => None,
        }
    }
}

impl From<ApiError> for ReplyError {
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}
