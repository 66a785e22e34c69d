//! The beginning of what somebody said: an answer is not to be as long as what was asked.

/// How many characters of it.
const LONGEST: usize = 120;

/// The text, or its beginning.
pub(crate) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
