//! JSON that is kept as it was sent.

use std::fmt;

use serde::de::DeserializeOwned;

use super::EventError;

/// The text of a JSON value, kept as sent.
///
/// Its `Debug` form shows the length alone, so that it does not carry a body into a log.
///
/// # Example
///
/// ```
/// use hookproof::events::{Event as _, mailingapi};
///
/// let body = br#"{"type":"opened","data":{"metadata":{"order":7}}}"#;
/// let event = mailingapi::Event::from_body(body)?;
/// let mailingapi::EventKind::Opened(opened) = event.kind else { unreachable!() };
/// let metadata = opened.message.metadata.unwrap();
/// assert_eq!(metadata.get(), r#"{"order":7}"#);
/// assert_eq!(format!("{metadata:?}"), "RawJson(11 bytes)");
///
/// let parsed: std::collections::BTreeMap<String, u32> = metadata.parse()?;
/// assert_eq!(parsed["order"], 7);
/// # Ok::<(), hookproof::events::EventError>(())
/// ```
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct RawJson(Box<str>);

impl RawJson {
    pub(super) fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// Returns the text as sent.
    #[must_use]
    pub fn get(&self) -> &str {
        &self.0
    }

    /// Reads the text as a value of `T`.
    ///
    /// # Errors
    ///
    /// Fails if the text is not such a value. The error's line and column count from the start of
    /// this text, and what `T` itself says about the value is left out, because it may repeat it.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, EventError> {
        from_json(self.get().as_bytes())
    }
}

/// Reads a whole text as a value of `T`, without a word of it in the error.
pub(crate) fn from_json<T: DeserializeOwned>(text: &[u8]) -> Result<T, EventError> {
    serde_json::from_slice(text).map_err(|error| EventError::json(text, text, &error))
}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({} bytes)", self.0.len())
    }
}

/// An event that these types do not know.
///
/// # Example
///
/// ```
/// use hookproof::events::{Event as _, sendkit};
///
/// let body = br#"{"event":"meeting.booked","data":{"leadId":"lead_1"}}"#;
/// let event = sendkit::Event::from_body(body)?;
/// let sendkit::EventKind::Unknown(unknown) = event.kind else { unreachable!() };
/// assert_eq!(unknown.name.as_deref(), Some("meeting.booked"));
/// assert_eq!(unknown.raw.get().as_bytes(), body);
/// # Ok::<(), hookproof::events::EventError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Unknown {
    /// The event's name as received, `None` if the body names no event.
    pub name: Option<String>,
    /// The whole body, byte for byte.
    pub raw: RawJson,
}
