//! What is checked before anything is sent. Each rule gives back what it was given, and what is wrong
//! reads behind the field's name.

use core::fmt::Display;
use core::ops::RangeInclusive;
use std::net::IpAddr;

use http::{HeaderValue, Uri};

use super::RequestError;
use crate::Secret;

/// How an absolute URL is reached.
pub(super) enum Reach {
    /// Without TLS, over a network.
    Clear,
    /// Without TLS, on this machine.
    Loopback,
    /// Over TLS.
    Tls,
}

/// Over what a provider delivers.
pub(super) enum Transport {
    /// With or without TLS.
    Any,
    /// Over TLS alone. A receiver on this machine may do without: no provider reaches it, but a
    /// sandbox does.
    Tls,
}

/// How a URL is reached, or why the text is none.
pub(super) fn reach(url: &str) -> Result<Reach, &'static str> {
    let uri: Uri = url.parse().map_err(|_| "is not a URL")?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err("is not a URL with a scheme and a host");
    };
    let host = authority.host();
    if host.is_empty() {
        return Err("has no host");
    }
    // Behind a user's name stands the host alone or with a number: `http` leaves a port that is none
    // to its users.
    let address = authority.as_str();
    let address = address.rsplit_once('@').map_or(address, |(_, after)| after);
    if address != host && authority.port_u16().is_none() {
        return Err("has a port that is none");
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok(Reach::Tls),
        "http" if is_loopback(host) => Ok(Reach::Loopback),
        "http" => Ok(Reach::Clear),
        _ => Err("is neither http nor https"),
    }
}

/// Whether a host is this machine by its name or address alone.
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost")
        || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

/// The URL of a receiver.
pub(super) fn receiver<'a>(
    field: &'static str,
    url: &'a str,
    transport: Transport,
) -> Result<&'a str, RequestError> {
    match (reach(url), transport) {
        (Err(why), _) => Err(RequestError::new(field, why)),
        (Ok(Reach::Clear), Transport::Tls) => Err(RequestError::new(
            field,
            "is not https: the provider delivers over TLS alone",
        )),
        (Ok(_), _) => Ok(url),
    }
}

/// The names of events, as they are sent: at least one, each of them once.
pub(super) fn events<'a>(
    field: &'static str,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<&'a str>, RequestError> {
    let names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() {
        return Err(RequestError::new(field, "is empty: name at least one"));
    }
    no_blank(field, &names)?;
    let mut sorted = names.clone();
    sorted.sort_unstable();
    if sorted.windows(2).any(|pair| pair.first() == pair.last()) {
        return Err(RequestError::new(field, "has a name twice"));
    }
    Ok(names)
}

/// A list that narrows: empty it would mean everything or nothing, and which is not documented.
pub(super) fn narrowing<'a>(
    field: &'static str,
    list: &'a [String],
) -> Result<&'a [String], RequestError> {
    if list.is_empty() {
        return Err(RequestError::new(field, "is empty: leave it out for all"));
    }
    no_blank(field, list)
}

/// A list of texts, none of which is missing.
pub(super) fn no_blank<'a, T: AsRef<str>>(
    field: &'static str,
    list: &'a [T],
) -> Result<&'a [T], RequestError> {
    if list.iter().any(|item| item.as_ref().trim().is_empty()) {
        return Err(RequestError::new(field, "has a blank item"));
    }
    Ok(list)
}

/// A text that may not be missing.
pub(super) fn not_blank<'a>(field: &'static str, text: &'a str) -> Result<&'a str, RequestError> {
    if text.trim().is_empty() {
        return Err(RequestError::new(field, "is blank"));
    }
    Ok(text)
}

/// A text whose length, in characters, has bounds.
pub(super) fn length<'a>(
    field: &'static str,
    text: &'a str,
    bounds: &RangeInclusive<usize>,
) -> Result<&'a str, RequestError> {
    let count = text.chars().count();
    if bounds.contains(&count) {
        return Ok(text);
    }
    let (least, most) = (bounds.start(), bounds.end());
    let why = format!("has {count} characters, and may have {least} to {most}");
    Err(RequestError::new(field, why))
}

/// A number that has bounds.
pub(super) fn within<N: Display + PartialOrd>(
    field: &'static str,
    number: N,
    bounds: &RangeInclusive<N>,
) -> Result<N, RequestError> {
    if bounds.contains(&number) {
        return Ok(number);
    }
    let (least, most) = (bounds.start(), bounds.end());
    let why = format!("is {number}, and may be {least} to {most}");
    Err(RequestError::new(field, why))
}

/// Of which characters a text is. All are ASCII.
#[derive(Clone, Copy)]
pub(super) enum Alphabet {
    /// Letters, digits, hyphens and underscores.
    Plain,
    /// The same, and spaces.
    PlainAndSpace,
    /// All that is visible.
    Visible,
}

impl Alphabet {
    const fn has(self, byte: u8) -> bool {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        match self {
            Self::Plain => plain,
            Self::PlainAndSpace => plain || byte == b' ',
            Self::Visible => byte.is_ascii_graphic(),
        }
    }

    const fn refusal(self) -> &'static str {
        match self {
            Self::Plain => "has more than ASCII letters, digits, hyphens and underscores",
            Self::PlainAndSpace => {
                "has more than ASCII letters, digits, hyphens, underscores and spaces"
            }
            Self::Visible => "has more than visible ASCII characters",
        }
    }
}

/// A text of an alphabet, whose length has bounds.
pub(super) fn spelled<'a>(
    field: &'static str,
    text: &'a str,
    alphabet: Alphabet,
    bounds: &RangeInclusive<usize>,
) -> Result<&'a str, RequestError> {
    if !text.bytes().all(|byte| alphabet.has(byte)) {
        return Err(RequestError::new(field, alphabet.refusal()));
    }
    length(field, text, bounds)
}

/// An id as it goes into a path. None of the providers' own needs escaping, and what does would
/// reach another path than meant.
pub(super) fn id<'a>(field: &'static str, text: &'a str) -> Result<&'a str, RequestError> {
    spelled(field, text, Alphabet::Plain, &(1..=128))
}

/// The value of `Idempotency-Key`, which has the same length with all who take one.
pub(super) fn idempotency_key(text: &str, alphabet: Alphabet) -> Result<HeaderValue, RequestError> {
    const FIELD: &str = "Idempotency-Key";
    spelled(FIELD, text, alphabet, &(1..=255))?;
    HeaderValue::from_str(text).map_err(|_| RequestError::new(FIELD, "is not a header's value"))
}

/// The text of a secret of the caller's own, if a verifier would take it too.
pub(super) fn own_secret(secret: &Secret) -> Result<&str, RequestError> {
    secret
        .checked()
        .map_err(|error| RequestError::new("secret", format!("cannot be used: {error}")))
}

/// The body of a change, which has something in it.
pub(super) fn change<B: Default + PartialEq>(body: B) -> Result<B, RequestError> {
    if body == B::default() {
        return Err(RequestError::new("body", "has nothing to change"));
    }
    Ok(body)
}
