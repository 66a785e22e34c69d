//! The headers that a scheme reads, found in a request's.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::fault::Fault;
use super::plan::Plan;
use crate::scheme::MAX_CONTENT_HEADERS;

/// The values of the headers that a plan reads. Each is there exactly once.
pub(super) struct Values<'h, 'p> {
    pub(super) signature: (&'p HeaderName, &'h HeaderValue),
    pub(super) stamp: Option<&'h HeaderValue>,
    pub(super) content: [Option<&'h HeaderValue>; MAX_CONTENT_HEADERS],
}

/// With so many headers they are looked up one by one: each look-up then costs less than going over
/// all of them does.
const MANY: usize = 24;

impl<'h, 'p> Values<'h, 'p> {
    #[inline(always)]
    pub(super) fn of(plan: &'p Plan, headers: &'h HeaderMap) -> Result<Self, Fault<'p>> {
        if plan.reads_several
            && headers.keys_len() <= MANY
            && let Some(found) = Self::in_one_pass(plan, headers)
        {
            return Ok(found);
        }
        let signature = signature_header(plan, headers)?;
        let stamp = match &plan.stamp_header {
            Some(name) => Some(single(headers, name)?),
            None => None,
        };
        let mut content = [None; MAX_CONTENT_HEADERS];
        for (place, name) in content.iter_mut().zip(&plan.headers) {
            *place = Some(single(headers, name)?);
        }
        Ok(Self {
            signature,
            stamp,
            content,
        })
    }

    /// All of them, where each is there exactly once: a look-up hashes its name, which takes longer
    /// than looking at a few others.
    #[inline(always)]
    fn in_one_pass(plan: &'p Plan, headers: &'h HeaderMap) -> Option<Self> {
        let signature_name = plan.signature.as_ref()?;
        let (mut signature, mut stamp) = (None, None);
        let mut content = [None; MAX_CONTENT_HEADERS];
        let mut is_twice = false;
        for (name, value) in headers {
            if !plan.lengths.may_be(name) {
                continue;
            }
            let mut take = |wanted: &HeaderName, place: &mut Option<&'h HeaderValue>| {
                if name == wanted {
                    is_twice |= place.replace(value).is_some();
                }
            };
            take(signature_name, &mut signature);
            if let Some(wanted) = &plan.stamp_header {
                take(wanted, &mut stamp);
            }
            for (wanted, place) in plan.headers.iter().zip(&mut content) {
                take(wanted, place);
            }
        }
        let is_missing = stamp.is_some() != plan.stamp_header.is_some()
            || content.iter().flatten().count() < plan.headers.len();
        if is_twice || is_missing {
            return None;
        }
        Some(Self {
            signature: (signature_name, signature?),
            stamp,
            content,
        })
    }
}

/// How long the names are that a plan reads: most others are told apart by that alone.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lengths(u64);

impl Lengths {
    pub(super) fn of(names: &[&HeaderName]) -> Self {
        let bits = names.iter().map(|name| Self::bit(name));
        Self(bits.fold(0, |all, bit| all | bit))
    }

    #[inline]
    fn may_be(self, name: &HeaderName) -> bool {
        self.0 & Self::bit(name) != 0
    }

    #[inline]
    fn bit(name: &HeaderName) -> u64 {
        1 << (name.as_str().len() % 64)
    }
}

/// The signature header: the first of its names that is there at all.
#[inline(always)]
pub(super) fn signature_header<'h, 'p>(
    plan: &'p Plan,
    headers: &'h HeaderMap,
) -> Result<(&'p HeaderName, &'h HeaderValue), Fault<'p>> {
    let Some(name) = &plan.signature else {
        return Err(Fault::Unavailable("a signature header"));
    };
    match single(headers, name) {
        Ok(value) => Ok((name, value)),
        Err(fault) => by_alias(plan, headers, fault),
    }
}

#[cold]
fn by_alias<'h, 'p>(
    plan: &'p Plan,
    headers: &'h HeaderMap,
    fault: Fault<'p>,
) -> Result<(&'p HeaderName, &'h HeaderValue), Fault<'p>> {
    let mut aliases = plan.aliases.iter();
    let is_missing = matches!(fault, Fault::Missing(_));
    match aliases.find(|alias| is_missing && headers.contains_key(*alias)) {
        Some(alias) => Ok((alias, single(headers, alias)?)),
        None => Err(fault),
    }
}

/// The value of a header that must occur exactly once: with two lines a proxy and this crate
/// could each judge another.
#[inline(always)]
pub(super) fn single<'h, 'p>(
    headers: &'h HeaderMap,
    name: &'p HeaderName,
) -> Result<&'h HeaderValue, Fault<'p>> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Ok(value),
        (None, _) => Err(Fault::Missing(name)),
        (Some(_), Some(_)) => Err(Fault::Duplicate(name)),
    }
}

#[inline(always)]
pub(super) fn text<'h, 'p>(
    name: &'p HeaderName,
    value: &'h HeaderValue,
    limit: usize,
) -> Result<&'h [u8], Fault<'p>> {
    let text = value.as_bytes();
    if text.is_empty() {
        return Err(Fault::Malformed(name, "it is empty"));
    }
    if text.len() > limit {
        return Err(Fault::Malformed(name, "it is too long"));
    }
    Ok(text)
}
