//! API keys: any is taken that a provider could have handed out.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName};

/// Whether `Authorization` has a key behind `Bearer`.
pub(super) fn bearer(headers: &HeaderMap) -> bool {
    let Some((scheme, key)) = only(headers, &AUTHORIZATION).and_then(|text| text.split_once(' '))
    else {
        return false;
    };
    scheme.eq_ignore_ascii_case("bearer") && is_key(key.trim_start_matches(' '))
}

/// Whether the header is a key.
pub(super) fn header(headers: &HeaderMap, name: &HeaderName) -> bool {
    only(headers, name).is_some_and(is_key)
}

/// Not empty, and visible ASCII throughout, whatever its prefix.
fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The header's one value. Two lines leave open whose key counts.
pub(super) fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    match values.next() {
        Some(_) => None,
        None => value.to_str().ok(),
    }
}
