//! The key that a provider's API asks for.

use core::fmt;
use std::env;

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

use super::RequestError;

/// A provider's API key: not the signing secret, but what the account is asked for.
///
/// It cannot be compared, displayed or serialised, its `Debug` is redacted, and its memory is wiped
/// on drop. The header that carries it is marked sensitive, so that HTTP clients do not log it.
pub struct ApiKey(Zeroizing<String>);

impl ApiKey {
    /// Takes the text as it is.
    ///
    /// # Errors
    ///
    /// `api key`, where it is empty or not visible ASCII throughout: a line break or a blank at an end
    /// was pasted along.
    pub fn new(text: impl Into<String>) -> Result<Self, RequestError> {
        let text = Zeroizing::new(text.into());
        if text.is_empty() {
            return Err(RequestError::new("api key", "is empty"));
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(RequestError::new(
                "api key",
                "has white space or other characters that no key has: copy it again",
            ));
        }
        Ok(Self(text))
    }

    /// Takes the text of an environment variable.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), and where the variable is not set or not UTF-8.
    pub fn from_env(variable: &str) -> Result<Self, RequestError> {
        let text = env::var(variable).map_err(|_| {
            RequestError::new(
                "api key",
                format!(
                    "is not there: the environment variable {variable} is not set, or not UTF-8"
                ),
            )
        })?;
        Self::new(text)
    }

    /// The value of a header that has the key behind a prefix such as `Bearer `. Its memory is wiped
    /// with the last copy of it.
    pub(super) fn header(&self, prefix: &str) -> Result<HeaderValue, RequestError> {
        let text = Zeroizing::new([prefix, self.0.as_str()].concat().into_bytes());
        let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
            .map_err(|_| RequestError::new("api key", "is not a header's value"))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey([redacted])")
    }
}
