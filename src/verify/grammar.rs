//! The grammar of signature headers: from one header's text to its candidates and timestamp.

use http::HeaderName;
use http::header::AUTHORIZATION;
use memchr::memchr;

use crate::mac::Candidates;
use crate::scheme::{Encoding, Grammar};

/// At most this many candidates are looked at in one delivery; what comes after is not compared.
pub(crate) const MAX_CANDIDATES: usize = 32;

/// Reads a signature header: puts its well-formed candidates in their place and gives the value of
/// the timestamp's pair, where the grammar has one. One pass over the text, whatever it holds.
///
/// Items that are empty, of an unknown version or malformed are passed over, as the vendors' own
/// verifiers do: during a rotation a bad candidate must not spoil a good one.
#[inline]
pub(super) fn parse<'h>(
    grammar: Grammar,
    encoding: Encoding,
    timestamp_key: Option<&str>,
    (name, text): (&HeaderName, &'h [u8]),
    candidates: &mut Candidates,
) -> Result<Option<&'h [u8]>, &'static str> {
    let mut found = Found {
        encoding,
        candidates,
        looked_at: 0,
    };
    let mut timestamp = None;
    match grammar {
        Grammar::Plain => found.candidate(text),
        Grammar::Prefixed { prefix, optional } => match unprefixed(name, text, prefix) {
            Some(signature) => found.candidate(signature),
            None if optional => found.candidate(text),
            None => return Err("the signature does not start with the scheme's prefix"),
        },
        Grammar::List { prefix, separator } => {
            let mut rest = Some(text);
            while let Some(items) = rest {
                let item;
                (item, rest) = cut(items, separator);
                if let Some(signature) = item.strip_prefix(prefix.as_bytes()) {
                    found.candidate(signature);
                }
            }
        }
        Grammar::Pairs {
            signature,
            separator,
            assign,
        } => {
            let mut rest = Some(text);
            while let Some(pairs) = rest {
                let pair;
                (pair, rest) = cut(pairs, separator);
                // Keys are a character or two: to step to their end is faster than to search.
                let Some(at) = pair.iter().position(|&byte| byte == assign) else {
                    continue;
                };
                let (key, value) = (&pair[..at], &pair[at + 1..]);
                if key == signature.as_bytes() {
                    found.candidate(value);
                } else if timestamp_key.is_some_and(|name| name.as_bytes() == key)
                    && timestamp.replace(value).is_some()
                {
                    return Err("more than one timestamp");
                }
            }
            if timestamp_key.is_some() && timestamp.is_none() {
                return Err("no timestamp");
            }
        }
    }
    if found.candidates.is_empty() {
        return Err("no well-formed signature of the scheme's version");
    }
    Ok(timestamp)
}

/// What stands after a prefix. The scheme's name in an `Authorization` header is written in any
/// case (RFC 9110, section 11.1).
#[inline]
fn unprefixed<'h>(name: &HeaderName, text: &'h [u8], prefix: &str) -> Option<&'h [u8]> {
    let prefix = prefix.as_bytes();
    if let Some(rest) = text.strip_prefix(prefix) {
        return Some(rest);
    }
    let (start, rest) = text.split_at_checked(prefix.len())?;
    (*name == AUTHORIZATION && start.eq_ignore_ascii_case(prefix)).then_some(rest)
}

/// What stands before the first separator, and what behind it, if there is one.
#[inline]
fn cut(text: &[u8], separator: u8) -> (&[u8], Option<&[u8]>) {
    match memchr(separator, text) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    }
}

struct Found<'c> {
    encoding: Encoding,
    candidates: &'c mut Candidates,
    looked_at: usize,
}

impl Found<'_> {
    #[inline]
    fn candidate(&mut self, text: &[u8]) {
        self.looked_at += 1;
        if self.looked_at > MAX_CANDIDATES {
            return;
        }
        if let Some(mac) = self.encoding.decode_mac(text) {
            self.candidates.push(mac);
        }
    }
}
