//! Names: of the scheme, and of headers.

use super::legal;
use crate::scheme::text::{is_header, is_slug, same, stands_before};
use crate::scheme::{Part, Place, Scheme, Timestamp};

pub(super) const fn names(scheme: &Scheme) -> Result<(), &'static str> {
    if !is_slug(scheme.slug) || !is_slug(scheme.provider()) {
        return Err(
            "a slug or provider name is lower-case letters and digits, in words joined by single hyphens",
        );
    }
    match scheme.signature {
        Place::Header(name) if !is_header(name) => {
            return Err(
                "the signature header's name is not a legal header name in lower case: write it as x-acme-signature",
            );
        }
        Place::Header(_) => {}
        _ if !scheme.aliases.is_empty()
            || !scheme.alternates.is_empty()
            || scheme.numbered.is_some() =>
        {
            return Err(
                "aliases, alternates and numbered headers are for a signature in a header, and this one stands elsewhere",
            );
        }
        other => {
            if let Err(why) = legal(other) {
                return Err(why);
            }
        }
    }
    if let Err(why) = further_headers(scheme) {
        return Err(why);
    }
    let mut nth = 0;
    while nth < scheme.aliases.len() {
        let alias = scheme.aliases[nth];
        if !is_header(alias) {
            return Err(
                "an alias of the signature header is not a legal header name in lower case",
            );
        }
        if is_signature_header(scheme, alias) {
            return Err("an alias of the signature header is the header itself");
        }
        if stands_before(scheme.aliases, nth) {
            return Err("an alias of the signature header is named twice");
        }
        if is_read_elsewhere(scheme, alias) {
            return Err(
                "an alias of the signature header is the timestamp's or a signed header: it would be read as both",
            );
        }
        nth += 1;
    }
    Ok(())
}

pub(super) const fn is_signature_header(scheme: &Scheme, name: &str) -> bool {
    match scheme.signature {
        Place::Header(header) => same(header, name),
        _ => false,
    }
}

/// Alternate, numbered and required headers.
const fn further_headers(scheme: &Scheme) -> Result<(), &'static str> {
    let mut nth = 0;
    while nth < scheme.alternates.len() {
        let name = scheme.alternates[nth];
        if !is_header(name) {
            return Err("an alternate signature header is not a legal header name in lower case");
        }
        if is_signature_header(scheme, name)
            || stands_before(scheme.alternates, nth)
            || is_read_elsewhere(scheme, name)
        {
            return Err(
                "an alternate signature header is named twice, or read as something else as well",
            );
        }
        nth += 1;
    }
    if let Some(numbered) = scheme.numbered {
        if !is_header(numbered.prefix) || numbered.last == 0 {
            return Err(
                "numbered signature headers need a legal prefix in lower case and a last number of at least 1",
            );
        }
        if !scheme.aliases.is_empty() || !scheme.alternates.is_empty() {
            return Err("numbered signature headers have no aliases or alternates beside them");
        }
    }
    if !scheme.aliases.is_empty() && !scheme.alternates.is_empty() {
        return Err(
            "a signature header has aliases, of which the first counts, or alternates, which all count: not both",
        );
    }
    let mut nth = 0;
    while nth < scheme.required_headers.len() {
        let (name, value) = scheme.required_headers[nth];
        if !is_header(name) || value.is_empty() {
            return Err(
                "a required header is not a legal header name in lower case, or its value is empty",
            );
        }
        nth += 1;
    }
    Ok(())
}

/// Whether a header is read for something else than the signature.
const fn is_read_elsewhere(scheme: &Scheme, name: &str) -> bool {
    if let Some(Timestamp::Header(timestamp)) = scheme.timestamp
        && same(timestamp, name)
    {
        return true;
    }
    let mut nth = 0;
    while nth < scheme.content.len() {
        if let Part::Header(signed) = scheme.content[nth]
            && same(signed, name)
        {
            return true;
        }
        nth += 1;
    }
    false
}
