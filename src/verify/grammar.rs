//! The grammar of signatures: from one text to its candidates and timestamp.

use http::HeaderName;
use http::header::AUTHORIZATION;
use memchr::{memchr, memchr2};

use crate::mac::Candidates;
use crate::scheme::{Encoding, Grammar, Scheme};

/// At most this many candidates are looked at in one delivery; what comes after is not compared.
pub(crate) const MAX_CANDIDATES: usize = 32;

/// What takes the candidates of a signature's text, one by one.
pub(super) trait Sink {
    fn take(&mut self, text: &[u8]);

    /// Takes the candidate that the text begins with, if one of the usual length stands there and is
    /// well-formed: to look where it should end is faster than to search for its end. Gives what
    /// stands behind it. No well-formed candidate holds a separator.
    fn take_usual<'h>(&mut self, text: &'h [u8], separator: u8) -> Option<Rest<'h>> {
        let _ = (text, separator);
        None
    }
}

/// What stands behind a separator; `None` at the text's end.
type Rest<'h> = Option<&'h [u8]>;

/// Which part of a signature's text is the timestamp.
#[derive(Clone, Copy, Debug)]
pub(super) enum StampIn {
    Item(usize),
    Nowhere,
    Pair(&'static str),
}

/// Reads a signature's text: hands over its candidates and gives the timestamp, where the grammar
/// has one. One pass over the text, whatever it holds.
///
/// Items that are empty, of an unknown version or malformed are passed over, as the vendors' own
/// verifiers do: during a rotation a bad candidate must not spoil a good one.
///
/// `WIDE` is the grammar with what few schemes have, trimming and pairs of any key: the others do
/// not ask for it at each pair.
#[inline(always)]
pub(super) fn parse<'h, const WIDE: bool>(
    scheme: &Scheme,
    stamp: StampIn,
    (name, text): (Option<&HeaderName>, &'h [u8]),
    sink: &mut impl Sink,
) -> Result<Option<&'h [u8]>, &'static str> {
    let trim = |text: &'h [u8]| {
        if WIDE && scheme.is_trimmed() {
            text.trim_ascii()
        } else {
            text
        }
    };
    let mut timestamp = None;
    match scheme.grammar() {
        Grammar::Plain => sink.take(text),
        Grammar::Prefixed { prefix, optional } => match unprefixed(name, text, prefix) {
            Some(signature) => sink.take(signature),
            None if optional => sink.take(text),
            None => return Err("the signature does not start with the scheme's prefix"),
        },
        Grammar::List { prefix, separator } => {
            let mut rest = Some(text);
            let mut nth = 0;
            while let Some(items) = rest {
                let is_stamp = matches!(stamp, StampIn::Item(at) if at == nth);
                nth += 1;
                if let (false, false, Some(signature)) =
                    (WIDE, is_stamp, items.strip_prefix(prefix.as_bytes()))
                    && let Some(behind) = sink.take_usual(signature, separator)
                {
                    rest = behind;
                    continue;
                }
                let item;
                (item, rest) = cut(items, separator);
                let item = trim(item);
                if is_stamp {
                    timestamp = Some(item);
                }
                if let Some(signature) = item.strip_prefix(prefix.as_bytes()) {
                    sink.take(signature);
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
                if let (false, Some(values)) = (WIDE, assigned(pairs, signature, assign))
                    && let Some(behind) = sink.take_usual(values, separator)
                {
                    rest = behind;
                    continue;
                }
                let Some(at) = find(pairs, assign, separator) else {
                    break;
                };
                let (key, values) = (trim(&pairs[..at]), &pairs[at + 1..]);
                if pairs[at] == separator {
                    rest = Some(values);
                    continue;
                }
                let value;
                if key == signature.as_bytes() {
                    (value, rest) = cut(values, separator);
                    sink.take(trim(value));
                    continue;
                }
                (value, rest) = cut_near(values, separator);
                let value = trim(value);
                if matches!(stamp, StampIn::Pair(name) if name.as_bytes() == key)
                    && timestamp.replace(value).is_some()
                {
                    return Err("more than one timestamp");
                }
                if WIDE && signature == ANY_KEY {
                    sink.take(value);
                }
            }
        }
    }
    if timestamp.is_none() && !matches!(stamp, StampIn::Nowhere) {
        return Err("no timestamp");
    }
    Ok(timestamp)
}

/// The key of pairs that takes every pair's value.
const ANY_KEY: &str = "*";

/// Whether a scheme's grammar is the wide one.
pub(super) fn is_wide(scheme: &Scheme) -> bool {
    let any_key =
        matches!(scheme.grammar(), Grammar::Pairs { signature, .. } if signature == ANY_KEY);
    any_key || scheme.is_trimmed()
}

/// What is said where none of the candidates has the form of a signature.
pub(super) const NO_CANDIDATE: &str = "no well-formed signature of the scheme's version";

/// What stands after a prefix. The scheme's name in an `Authorization` header is written in any
/// case (RFC 9110, section 11.1).
#[inline(always)]
fn unprefixed<'h>(name: Option<&HeaderName>, text: &'h [u8], prefix: &str) -> Option<&'h [u8]> {
    let prefix = prefix.as_bytes();
    if let Some(rest) = text.strip_prefix(prefix) {
        return Some(rest);
    }
    let (start, rest) = text.split_at_checked(prefix.len())?;
    let any_case = name.is_some_and(|name| *name == AUTHORIZATION);
    (any_case && start.eq_ignore_ascii_case(prefix)).then_some(rest)
}

/// What stands behind a key and the sign that assigns to it, where the text begins with them.
#[inline]
fn assigned<'h>(text: &'h [u8], key: &str, assign: u8) -> Option<&'h [u8]> {
    let (start, behind) = text.split_at_checked(key.len())?;
    let (sign, values) = behind.split_first()?;
    // A key is a character or two: to call for a comparison takes longer than to make it.
    let is_key = start
        .iter()
        .zip(key.as_bytes())
        .all(|(byte, of_key)| byte == of_key);
    (is_key && *sign == assign).then_some(values)
}

/// What stands before the first separator, and what behind it, if there is one.
#[inline]
fn cut(text: &[u8], separator: u8) -> (&[u8], Rest<'_>) {
    parts(text, memchr(separator, text))
}

/// The same where the separator comes soon.
#[inline]
fn cut_near(text: &[u8], separator: u8) -> (&[u8], Rest<'_>) {
    parts(text, find(text, separator, separator))
}

#[inline]
fn parts(text: &[u8], separator: Option<usize>) -> (&[u8], Rest<'_>) {
    match separator {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    }
}

/// So far a text is stepped through.
const NEAR: usize = 16;

/// Where the first of two bytes stands. Keys and timestamps end soon: to step through the first
/// bytes is faster than to search, and for what goes on further a search is faster.
#[inline]
fn find(text: &[u8], one: u8, other: u8) -> Option<usize> {
    let is_sought = |byte: &u8| *byte == one || *byte == other;
    let (near, far) = text.split_at_checked(NEAR).unwrap_or((text, &[]));
    near.iter()
        .position(is_sought)
        .or_else(|| find_far(far, one, other))
}

#[cold]
fn find_far(far: &[u8], one: u8, other: u8) -> Option<usize> {
    let at = if one == other {
        memchr(one, far)
    } else {
        memchr2(one, other, far)
    };
    at.map(|at| NEAR + at)
}

/// Takes the candidates of an HMAC-SHA256, decoded.
pub(super) struct Macs<'c> {
    pub(super) encoding: Encoding,
    pub(super) candidates: &'c mut Candidates,
    pub(super) looked_at: usize,
}

impl Macs<'_> {
    #[inline(always)]
    fn push(&mut self, text: &[u8]) -> bool {
        let encoding = self.encoding;
        self.candidates
            .push(|mac| encoding.decode_mac(text, mac).is_some())
    }
}

impl Sink for Macs<'_> {
    fn take(&mut self, text: &[u8]) {
        self.looked_at += 1;
        if self.looked_at <= MAX_CANDIDATES {
            self.push(text);
        }
    }

    #[inline(always)]
    fn take_usual<'h>(&mut self, text: &'h [u8], separator: u8) -> Option<Rest<'h>> {
        if self.looked_at >= MAX_CANDIDATES {
            // It is not looked at, only passed.
            return Some(cut(text, separator).1);
        }
        let (text, behind) = text.split_at_checked(self.encoding.mac_text_len())?;
        let rest = match behind.split_first() {
            None => None,
            Some((byte, rest)) if *byte == separator => Some(rest),
            Some(_) => return None,
        };
        if !self.push(text) {
            return None;
        }
        self.looked_at += 1;
        Some(rest)
    }
}
