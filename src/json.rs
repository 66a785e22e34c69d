//! Single fields of a proven JSON body, read in one pass without building a tree.

use crate::fields::json::{Value, raw_at};

/// The longest text, in bytes, that can be an id or an event's name.
const MAX_TEXT: usize = 256;

/// The text at a JSON pointer: a string's value, a number as it was sent, `true` or `false`.
///
/// `None` where there is none, it is empty, longer than [`MAX_TEXT`] or has control characters,
/// and where the body is not JSON or repeats a key on the way: its signer and its readers could
/// then see different values.
pub(crate) fn text_at(body: &[u8], pointer: &str) -> Option<String> {
    // A whole body of text, not only the part on the way.
    let body = core::str::from_utf8(body).ok()?;
    let Value::Text(text) = Value::of(raw_at(body, pointer)?)? else {
        return None;
    };
    let usable = (1..=MAX_TEXT).contains(&text.len()) && !text.contains(char::is_control);
    usable.then(|| text.into_owned())
}
