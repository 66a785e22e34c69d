//! URLs that a webhook can be registered at.

use url::Url;

use super::refusal::{Fault, Refusal, Wrong};
use crate::loopback;

/// The longest URL, in bytes.
const MAX: usize = 2048;

/// Which schemes a provider takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Demands {
    /// `http` and `https`.
    Either,
    /// `https`; for a receiver on this machine `http` too, which is the sandbox's departure.
    Https,
}

/// Checks the URL in a field. It is kept as it was given.
pub(super) fn check(field: &'static str, text: &str, demands: Demands) -> Result<(), Refusal> {
    let wrong = |fault, says: &'static str| Err(Refusal::Field(Wrong::new(field, fault, says)));
    if text.len() > MAX {
        return wrong(Fault::Value, "is longer than 2048 bytes");
    }
    // The parser would drop these silently, and what is called would not be what was asked for.
    let stray = |char: char| char.is_whitespace() || char.is_control() || char == '\\';
    let Some(url) = Url::parse(text).ok().filter(|_| !text.contains(stray)) else {
        return wrong(Fault::Value, "must be a valid URL");
    };
    match (url.scheme(), demands) {
        ("https", _) | ("http", Demands::Either) => {}
        ("http", Demands::Https) if !loopback::addresses(&url).is_empty() => {}
        (_, Demands::Https) => return wrong(Fault::Scheme, "must use https"),
        (_, Demands::Either) => return wrong(Fault::Scheme, "must use http or https"),
    }
    let Some(authority) = authority(text) else {
        return wrong(Fault::Value, "must be a valid URL");
    };
    if authority.contains('@') {
        return wrong(Fault::Value, "must not have a user name or password");
    }
    Ok(())
}

/// What stands between `//` and the path. The parser would look for it further on, where it is empty
/// or there are no slashes.
fn authority(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next();
    authority.filter(|authority| !authority.is_empty())
}
