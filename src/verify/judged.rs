//! What can be judged on headers alone, before a byte of the body is read.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::content::Texts;
use super::grammar::{self, Macs};
use super::plan::Plan;
use crate::clock::{Tolerance, UnixTime, Window};
use crate::error::VerifyError;
use crate::mac::Candidates;
use crate::scheme::MAX_CONTENT_HEADERS;
use crate::timestamp::{self, Moment};

/// A head whose headers, grammar and age are right; its signature is still a claim.
pub(super) struct Judged<'h> {
    pub(super) timestamp: Option<JudgedTimestamp>,
    /// How far it lies into its second, in nanoseconds.
    pub(super) nanos: u32,
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
        headers: &'h HeaderMap,
        now: impl FnOnce() -> Option<UnixTime>,
        candidates: &mut Candidates,
    ) -> Result<Self, VerifyError> {
        let (signature_name, signature) = signature_header(plan, headers)?;
        let timestamp_header = match &plan.stamp_header {
            Some(name) => Some((name, single(headers, name)?)),
            None => None,
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
        let mut macs = Macs {
            encoding: plan.scheme.encoding(),
            candidates,
            looked_at: 0,
        };
        let named = (Some(signature_name), signature);
        let parsed = if plan.wide {
            grammar::parse::<true>(&plan.scheme, plan.stamp_in, named, &mut macs)
        } else {
            grammar::parse::<false>(&plan.scheme, plan.stamp_in, named, &mut macs)
        };
        let timestamp_pair = match parsed {
            Ok(pair) if !candidates.is_empty() => pair,
            Ok(_) => {
                let why = grammar::NO_CANDIDATE;
                return Err(VerifyError::malformed(signature_name.clone(), why));
            }
            Err(why) => return Err(VerifyError::malformed(signature_name.clone(), why)),
        };

        let stamped = match (timestamp_header, timestamp_pair) {
            (Some((name, value)), _) => Some((name, text(name, value, header_limit)?)),
            (None, Some(value)) => Some((signature_name, value)),
            (None, None) => None,
        };
        let mut nanos = 0;
        let timestamp = match stamped {
            None => None,
            Some((name, value)) => {
                texts.timestamp = value;
                let moment = Moment::read(plan.scheme.unit(), value).ok_or_else(|| {
                    VerifyError::malformed(name.clone(), timestamp::grammar(plan.scheme.unit()))
                })?;
                nanos = moment.nanos;
                Some(judge(moment, plan.scheme.tolerance(), now())?)
            }
        };
        Ok(Self {
            timestamp,
            nanos,
            texts,
            id: plan.id.and_then(|nth| content.get(nth).copied().flatten()),
        })
    }
}

pub(super) fn judge(
    moment: Moment,
    tolerance: Option<Tolerance>,
    now: Option<UnixTime>,
) -> Result<JudgedTimestamp, VerifyError> {
    let Some(now) = now else {
        return Err(VerifyError::unavailable("the clock"));
    };
    let at = moment.at;
    let age = at.age_at(now);
    let Some(tolerance) = tolerance else {
        return Ok(JudgedTimestamp { at, age });
    };
    match moment.judge(tolerance, age) {
        Window::Inside => Ok(JudgedTimestamp { at, age }),
        Window::Stale => Err(VerifyError::stale(age, tolerance.past())),
        Window::Future => Err(VerifyError::future(age, tolerance.future())),
    }
}

/// The signature header: the first of its names that is there at all.
#[inline]
pub(super) fn signature_header<'h, 'p>(
    plan: &'p Plan,
    headers: &'h HeaderMap,
) -> Result<(&'p HeaderName, &'h HeaderValue), VerifyError> {
    let Some(name) = &plan.signature else {
        return Err(VerifyError::unavailable("a signature header"));
    };
    let name = match single(headers, name) {
        Ok(value) => return Ok((name, value)),
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
pub(super) fn single<'h>(
    headers: &'h HeaderMap,
    name: &HeaderName,
) -> Result<&'h HeaderValue, VerifyError> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Ok(value),
        (None, _) => Err(VerifyError::missing(name.clone())),
        (Some(_), Some(_)) => Err(VerifyError::duplicate(name.clone())),
    }
}

#[inline]
pub(super) fn text<'h>(
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
