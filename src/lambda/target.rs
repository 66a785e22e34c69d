//! The request's target, from a path and what the event has of the query.

use http::Uri;
use http::uri::PathAndQuery;

/// With a query as it was sent.
pub(super) fn with_query(path: &str, query: &str) -> Option<Uri> {
    let mut target = start(path)?;
    if !query.is_empty() {
        target.push('?');
        escape(&mut target, query, in_query);
    }
    finish(target)
}

/// With parameters that are spelt as they were sent.
pub(super) fn with_raw_parameters(path: &str, parameters: &[(String, String)]) -> Option<Uri> {
    with_parameters(path, parameters, |byte| in_query(byte) && byte != b'&')
}

/// With parameters that were decoded: everything that could mean something is encoded.
pub(super) fn with_decoded_parameters(path: &str, parameters: &[(String, String)]) -> Option<Uri> {
    with_parameters(path, parameters, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
    })
}

fn with_parameters(
    path: &str,
    parameters: &[(String, String)],
    stays: fn(u8) -> bool,
) -> Option<Uri> {
    let mut target = start(path)?;
    let mut separator = '?';
    for (name, value) in parameters {
        target.push(separator);
        escape(&mut target, name, |byte| stays(byte) && byte != b'=');
        target.push('=');
        escape(&mut target, value, stays);
        separator = '&';
    }
    finish(target)
}

fn start(path: &str) -> Option<String> {
    let mut target = String::with_capacity(path.len());
    let mut rest = path.strip_prefix('/')?;
    target.push('/');
    // A `%` that begins no escape stands for itself, in a path that AWS has decoded.
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at(at);
        escape(&mut target, before, in_path);
        let digits = from.as_bytes().get(1..3);
        let begins = digits.is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit));
        target.push_str(if begins { "%" } else { "%25" });
        rest = &from[1..];
    }
    escape(&mut target, rest, in_path);
    Some(target)
}

fn finish(target: String) -> Option<Uri> {
    PathAndQuery::try_from(target).ok().map(Uri::from)
}

/// What stands in a path as it is: all that is visible, but for what ends a path and what
/// [`Uri`] refuses. The standard allows less; what was sent is to be changed as little as can be.
const fn in_path(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'<' | b'>' | b'`')
}

/// As above, in a query.
const fn in_query(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'#' | b'"' | b'<' | b'>')
}

fn escape(target: &mut String, text: &str, stays: impl Fn(u8) -> bool) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if stays(byte) {
            target.push(char::from(byte));
        } else {
            target.push('%');
            target.push(char::from(DIGITS[usize::from(byte >> 4)]));
            target.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
}
