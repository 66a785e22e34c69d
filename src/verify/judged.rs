//! What can be judged on headers alone, before a byte of the body is read.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::content::Texts;
use super::delivery::Head;
use super::grammar;
use super::plan::{Plan, TimestampAt};
use crate::clock::{Tolerance, UnixTime, Window};
use crate::error::VerifyError;
use crate::mac::Candidates;
use crate::scheme::MAX_CONTENT_HEADERS;

/// A head whose headers, grammar and age are right; its signature is still a claim.
pub(super) struct Judged<'h> {
    pub(super) timestamp: Option<JudgedTimestamp>,
    pub(super) texts: Texts<'h>,
    pub(super) id: Option<&'h HeaderValue>,
}

#[derive(Clone, Copy)]
pub(super) struct JudgedTimestamp {
    pub(super) at: UnixTime,
    pub(super) age: i64,
}

impl<'h> Judged<'h> {
    /// The order of these checks decides which kind a delivery with several faults gets: headers
    /// present once, form, timestamp's grammar, window. No later check hides an earlier one.
    ///
    /// The candidates go to the caller's place at once: they are too large to be handed around.
    #[inline]
    pub(super) fn new(
        plan: &Plan,
        header_limit: usize,
        head: Head<'h>,
        now: impl FnOnce() -> Option<UnixTime>,
        candidates: &mut Candidates,
    ) -> Result<Self, VerifyError> {
        let headers = head.headers;
        let (signature_name, signature) = signature_header(plan, headers)?;
        let timestamp_header = match &plan.timestamp {
            Some(TimestampAt::Header(name)) => Some((name, single(headers, name)?)),
            _ => None,
        };
        let mut content = [None; MAX_CONTENT_HEADERS];
        for (place, name) in content.iter_mut().zip(&plan.headers) {
            *place = Some(single(headers, name)?);
        }

        let signature = text(signature_name, signature, header_limit)?;
        let mut texts = Texts::default();
        for ((place, name), value) in texts.headers.iter_mut().zip(&plan.headers).zip(content) {
            if let Some(value) = value {
                *place = text(name, value, header_limit)?;
            }
        }
        let timestamp_key = match &plan.timestamp {
            Some(TimestampAt::Pair(key)) => Some(*key),
            _ => None,
        };
        let timestamp_pair = grammar::parse(
            plan.scheme.grammar(),
            plan.scheme.encoding(),
            timestamp_key,
            (signature_name, signature),
            candidates,
        )
        .map_err(|why| VerifyError::malformed(signature_name.clone(), why))?;

        let stamped = match (timestamp_header, timestamp_pair) {
            (Some((name, value)), _) => Some((name, text(name, value, header_limit)?)),
            (None, Some(value)) => Some((signature_name, value)),
            (None, None) => None,
        };
        let timestamp = match stamped {
            None => None,
            Some((name, value)) => {
                texts.timestamp = value;
                let at = UnixTime::from_digits(value).ok_or_else(|| {
                    VerifyError::malformed(
                        name.clone(),
                        "the timestamp is not 1 to 12 plain digits",
                    )
                })?;
                Some(judge(at, plan.scheme.tolerance(), now)?)
            }
        };
        Ok(Self {
            timestamp,
            texts,
            id: plan.id.and_then(|nth| content.get(nth).copied().flatten()),
        })
    }
}

fn judge(
    at: UnixTime,
    tolerance: Option<Tolerance>,
    now: impl FnOnce() -> Option<UnixTime>,
) -> Result<JudgedTimestamp, VerifyError> {
    let Some(now) = now() else {
        return Err(VerifyError::unavailable("the clock"));
    };
    let age = at.age_at(now);
    let Some(tolerance) = tolerance else {
        return Ok(JudgedTimestamp { at, age });
    };
    match tolerance.judge(age) {
        Window::Inside => Ok(JudgedTimestamp { at, age }),
        Window::Stale => Err(VerifyError::stale(age, tolerance.past())),
        Window::Future => Err(VerifyError::future(age, tolerance.future())),
    }
}

/// The signature header: the first of its names that is there at all.
#[inline]
fn signature_header<'h, 'p>(
    plan: &'p Plan,
    headers: &'h HeaderMap,
) -> Result<(&'p HeaderName, &'h HeaderValue), VerifyError> {
    let name = match single(headers, &plan.signature) {
        Ok(value) => return Ok((&plan.signature, value)),
        Err(error) => {
            let mut aliases = plan.aliases.iter();
            match aliases.find(|alias| error.is_missing() && headers.contains_key(*alias)) {
                Some(alias) => alias,
                None => return Err(error),
            }
        }
    };
    Ok((name, single(headers, name)?))
}

/// The value of a header that must occur exactly once: with two lines a proxy and this crate
/// could each judge another.
#[inline]
fn single<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<&'h HeaderValue, VerifyError> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Ok(value),
        (None, _) => Err(VerifyError::missing(name.clone())),
        (Some(_), Some(_)) => Err(VerifyError::duplicate(name.clone())),
    }
}

#[inline]
fn text<'h>(
    name: &HeaderName,
    value: &'h HeaderValue,
    limit: usize,
) -> Result<&'h [u8], VerifyError> {
    let text = value.as_bytes();
    if text.is_empty() {
        return Err(VerifyError::malformed(name.clone(), "it is empty"));
    }
    if text.len() > limit {
        return Err(VerifyError::malformed(name.clone(), "it is too long"));
    }
    Ok(text)
}
