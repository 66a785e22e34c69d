//! Pairs of an `application/x-www-form-urlencoded` body or of a query string.

use std::borrow::Cow;

use memchr::memchr;
use percent_encoding::percent_decode;

/// The pairs in the order in which they were sent, names and values as bytes: to take them as
/// text would make different bytes alike.
///
/// Nothing is malformed. A segment without `=` is a name with an empty value, an empty segment is
/// none, and a `%` without two hex digits stands for itself.
pub(crate) fn pairs(bytes: &[u8]) -> impl Iterator<Item = (Cow<'_, [u8]>, Cow<'_, [u8]>)> {
    bytes
        .split(|&byte| byte == b'&')
        .filter(|segment| !segment.is_empty())
        .map(|segment| {
            let mut halves = segment.splitn(2, |&byte| byte == b'=');
            let mut half = || decoded(halves.next().unwrap_or_default());
            (half(), half())
        })
}

/// The plus signs go first: one that is escaped is no space.
fn decoded(text: &[u8]) -> Cow<'_, [u8]> {
    if memchr(b'+', text).is_none() {
        return percent_decode(text).into();
    }
    let spaced: Vec<u8> = text
        .iter()
        .map(|&byte| if byte == b'+' { b' ' } else { byte })
        .collect();
    percent_decode(&spaced).collect()
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
