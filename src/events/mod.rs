//! Typed events: what a proven body says, in the provider's own words.
//!
//! Each provider has a module of its own with one main type, and that type implements [`Event`].
//! An event is read from bytes that have been proven, never from a header: a header that names the
//! event is not signed by any of these providers, so it decides nothing here.
//!
//! The rules are the same for all of them:
//!
//! 1. An event that these types do not know is not an error. It arrives as [`Unknown`], with its
//!    name and the whole body. So does a body that names no event.
//! 2. A field that these types do not know is passed over; the events with an envelope keep their
//!    content as [`RawJson`] beside what was read from it. A listed value that the provider had not
//!    listed is the `Other` of its type.
//! 3. `null` and an absent key are the same: `None`, or an empty collection.
//! 4. A documented field of another type than documented is an [`EventError`]. A field whose type
//!    is assumed, and the envelope of an unknown event, read as `None` instead: a guess must not
//!    cost an event.
//! 5. A key that is read and occurs twice in its object is an error, so that no two readers can
//!    take the same proven bytes for different events.
//! 6. A body that is empty, starts with a byte order mark, is not UTF-8, is not an object, or nests
//!    deeper than 127 levels is an error.
//!
//! Older names and spellings are accepted, and the name as received is kept.
//!
//! # Example
//!
//! ```
//! use hookproof::events::{Event as _, mailingapi};
//!
//! let body = br#"{"id":"evt_1","type":"delivered","timestamp":"2026-05-28T20:01:00Z",
//!     "data":{"message_id":"msg_1","to":"user@example.net"}}"#;
//! let event = mailingapi::Event::from_body(body)?;
//! assert_eq!(event.name(), Some("delivered"));
//!
//! let error = mailingapi::Event::from_body(&body[..40]).unwrap_err();
//! assert_eq!(error.to_string(), "unexpected end of JSON at line 1 column 40");
//! # Ok::<(), hookproof::events::EventError>(())
//! ```

mod error;
mod fields;
mod open;
mod raw;

pub mod jetemail;
pub mod jetemail_inbound;
pub mod mailingapi;
pub mod sendkit;
pub mod sendmux;
pub mod sent;

pub use error::EventError;
#[cfg(feature = "axum")]
pub(crate) use raw::from_json;
pub use raw::{RawJson, Unknown};

/// A provider's event, read from proven bytes.
///
/// Implement it for a type of your own to read another provider's events, or the same ones more
/// narrowly.
///
/// # Example
///
/// ```
/// use hookproof::events::{Event, EventError, sendmux};
///
/// /// Only the identifier, whatever happened.
/// struct Seen(Option<String>);
///
/// impl Event for Seen {
///     const PROVIDERS: &'static [&'static str] = sendmux::Event::PROVIDERS;
///
///     fn from_body(body: &[u8]) -> Result<Self, EventError> {
///         sendmux::Event::from_body(body).map(|event| Self(event.id))
///     }
///
///     fn name(&self) -> Option<&str> {
///         None
///     }
/// }
///
/// assert_eq!(Seen::from_body(br#"{"id":"evt_1"}"#)?.0.as_deref(), Some("evt_1"));
/// # Ok::<(), EventError>(())
/// ```
pub trait Event: Sized {
    /// The providers whose deliveries carry this event, as their schemes name them.
    const PROVIDERS: &'static [&'static str];

    /// Reads the event from a proven body.
    ///
    /// # Errors
    ///
    /// Fails if the body is not a JSON object, repeats a key that is read, nests too deep, or holds
    /// a documented field of another type. An unknown event is not an error.
    fn from_body(body: &[u8]) -> Result<Self, EventError>;

    /// Returns the event's name as received in the body, if the body has one.
    fn name(&self) -> Option<&str>;
}
