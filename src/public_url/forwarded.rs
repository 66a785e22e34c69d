//! The header `Forwarded` (RFC 7239, section 4), as strictly as it is written there.
//!
//! ```text
//! element *( OWS "," OWS element )
//! element = pair *( ";" pair )
//! pair    = token "=" ( token / quoted-string )
//! ```
//!
//! Empty elements and empty pairs, which lists in HTTP tolerate, are refused.

use std::borrow::Cow;

/// The longest line that is read: as long as any header that a scheme reads may be.
const MAX_LINE: usize = 8 * 1024;

/// The most parameters in an element. The standard has four.
const MAX_PAIRS: usize = 16;

/// Blanks that may stand around a comma.
const BLANKS: [char; 2] = [' ', '\t'];

/// What one proxy says of the request that it was sent. Quotation marks are taken off.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Element<'h> {
    pub(super) host: Option<Cow<'h, str>>,
    pub(super) proto: Option<Cow<'h, str>>,
}

/// The last element of a line that is correct from its start to its end.
pub(super) fn last(line: &str) -> Option<Element<'_>> {
    if line.len() > MAX_LINE {
        return None;
    }
    let mut rest = line;
    loop {
        let (element, behind) = element(rest)?;
        let behind = behind.trim_start_matches(BLANKS);
        if behind.is_empty() {
            return Some(element);
        }
        rest = behind.strip_prefix(',')?.trim_start_matches(BLANKS);
    }
}

/// An element, and what follows it. A parameter that occurs twice has no meaning.
fn element(text: &str) -> Option<(Element<'_>, &str)> {
    let mut element = Element::default();
    let mut names: Vec<&str> = Vec::new();
    let mut rest = text;
    loop {
        let (name, value, behind) = pair(rest)?;
        if names.len() == MAX_PAIRS || names.iter().any(|seen| seen.eq_ignore_ascii_case(name)) {
            return None;
        }
        names.push(name);
        if name.eq_ignore_ascii_case("host") {
            element.host = Some(value);
        } else if name.eq_ignore_ascii_case("proto") {
            element.proto = Some(value);
        }
        match behind.strip_prefix(';') {
            Some(behind) => rest = behind,
            None => return Some((element, behind)),
        }
    }
}

/// Name and value of a parameter, and what follows it.
fn pair(text: &str) -> Option<(&str, Cow<'_, str>, &str)> {
    let (name, rest) = token(text)?;
    let rest = rest.strip_prefix('=')?;
    if let Some(quoted) = rest.strip_prefix('"') {
        let (value, rest) = unquoted(quoted)?;
        return Some((name, value.into(), rest));
    }
    let (value, rest) = token(rest)?;
    Some((name, value.into(), rest))
}

fn token(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|it| !is_token(it)).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

fn is_token(it: char) -> bool {
    it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it)
}

/// The text up to the closing quotation mark, and what follows that.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut rest = text.chars();
    loop {
        match rest.next()? {
            '"' => return Some((value, rest.as_str())),
            '\\' => value.push(rest.next()?),
            it => value.push(it),
        }
    }
}

#[cfg(test)]
#[path = "forwarded_tests.rs"]
mod tests;
