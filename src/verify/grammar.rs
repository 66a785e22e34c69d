//! The grammar of signatures: from one text to its candidates and timestamp.

use http::HeaderName;
use http::header::AUTHORIZATION;
use memchr::memchr;

use crate::mac::Candidates;
use crate::scheme::{Encoding, Grammar, Scheme};

/// At most this many candidates are looked at in one delivery; what comes after is not compared.
pub(crate) const MAX_CANDIDATES: usize = 32;

/// What takes the candidates of a signature's text, one by one.
pub(super) trait Sink {
    fn take(&mut self, text: &[u8]);
}

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
#[inline]
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
                let item;
                (item, rest) = cut(items, separator);
                let item = trim(item);
                if matches!(stamp, StampIn::Item(at) if at == nth) {
                    timestamp = Some(item);
                }
                nth += 1;
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
                let pair;
                (pair, rest) = cut(pairs, separator);
                // Keys are a character or two: to step to their end is faster than to search.
                let Some(at) = pair.iter().position(|&byte| byte == assign) else {
                    continue;
                };
                let (key, value) = (trim(&pair[..at]), trim(&pair[at + 1..]));
                if key == signature.as_bytes() {
                    sink.take(value);
                    continue;
                }
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
#[inline]
fn unprefixed<'h>(name: Option<&HeaderName>, text: &'h [u8], prefix: &str) -> Option<&'h [u8]> {
    let prefix = prefix.as_bytes();
    if let Some(rest) = text.strip_prefix(prefix) {
        return Some(rest);
    }
    let (start, rest) = text.split_at_checked(prefix.len())?;
    let any_case = name.is_some_and(|name| *name == AUTHORIZATION);
    (any_case && start.eq_ignore_ascii_case(prefix)).then_some(rest)
}

/// What stands before the first separator, and what behind it, if there is one.
#[inline]
fn cut(text: &[u8], separator: u8) -> (&[u8], Option<&[u8]>) {
    match memchr(separator, text) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    }
}

/// Takes the candidates of an HMAC-SHA256, decoded.
pub(super) struct Macs<'c> {
    pub(super) encoding: Encoding,
    pub(super) candidates: &'c mut Candidates,
    pub(super) looked_at: usize,
}

impl Sink for Macs<'_> {
    #[inline]
    fn take(&mut self, text: &[u8]) {
        self.looked_at += 1;
        if self.looked_at > MAX_CANDIDATES {
            return;
        }
        if let Some(mac) = self.encoding.decode_mac(text) {
            self.candidates.push(mac);
        }
    }
}
