//! Fields of bodies and query strings that nothing has proven yet.
//!
//! Some schemes put the signature, the timestamp or signed values inside the body, so it is read
//! before it is believed. Every reader here takes time linear in its input and memory that is a
//! small multiple of it, and gives two different inputs' values as different bytes.

mod body;
#[cfg(feature = "forms")]
mod form;
#[cfg(feature = "json")]
pub(crate) mod json;
#[cfg(feature = "forms")]
mod multipart;

pub(crate) use body::{Body, Repeats, Unreadable};
#[cfg(feature = "forms")]
pub(crate) use form::pairs;

/// At most this many fields in a form: what a field costs beside its bytes stays small.
#[cfg(feature = "forms")]
const MAX_FIELDS: usize = 1000;
