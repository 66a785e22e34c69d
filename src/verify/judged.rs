//! What can be judged on headers alone, before a byte of the body is read.

use http::{HeaderMap, HeaderValue};

use super::content::Texts;
use super::fault::Fault;
use super::grammar::{self, Macs};
use super::headers::{Values, text};
use super::plan::Plan;
use crate::clock::{Tolerance, UnixTime, Window};
use crate::mac::Candidates;
use crate::timestamp::{self, Moment};

/// A head whose headers, grammar and age are right; its signature is still a claim.
pub(super) struct Judged<'h> {
    pub(super) timestamp: Option<JudgedTimestamp>,
    /// How far it lies into its second, in nanoseconds.
    pub(super) nanos: u32,
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
    /// What the head leaves for the MAC is written where the caller has it: handing it around by
    /// value would cost as much as parsing it did.
    #[inline(always)]
    pub(super) fn new<'p>(
        plan: &'p Plan,
        header_limit: usize,
        headers: &'h HeaderMap,
        now: impl FnOnce() -> Option<UnixTime>,
        (candidates, texts): (&mut Candidates, &mut Texts<'h>),
    ) -> Result<Self, Fault<'p>> {
        let Values {
            signature: (signature_name, signature),
            stamp,
            content,
        } = Values::of(plan, headers)?;

        let signature = text(signature_name, signature, header_limit)?;
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
            Ok(_) => return Err(Fault::Malformed(signature_name, grammar::NO_CANDIDATE)),
            Err(why) => return Err(Fault::Malformed(signature_name, why)),
        };

        let stamped = match (plan.stamp_header.as_ref().zip(stamp), timestamp_pair) {
            (Some((name, value)), _) => Some((name, text(name, value, header_limit)?)),
            (None, Some(value)) => Some((signature_name, value)),
            (None, None) => None,
        };
        let mut nanos = 0;
        let timestamp = match stamped {
            None => None,
            Some((name, value)) => {
                texts.timestamp = value;
                let unit = plan.scheme.unit();
                let moment = Moment::read(unit, value)
                    .ok_or_else(|| Fault::Malformed(name, timestamp::grammar(unit)))?;
                nanos = moment.nanos;
                Some(judge(moment, plan.scheme.tolerance(), now())?)
            }
        };
        Ok(Self {
            timestamp,
            nanos,
            id: plan.id.and_then(|nth| content.get(nth).copied().flatten()),
        })
    }
}

pub(super) fn judge(
    moment: Moment,
    tolerance: Option<Tolerance>,
    now: Option<UnixTime>,
) -> Result<JudgedTimestamp, Fault<'static>> {
    let Some(now) = now else {
        return Err(Fault::Unavailable("the clock"));
    };
    let at = moment.at;
    let age = at.age_at(now);
    let Some(tolerance) = tolerance else {
        return Ok(JudgedTimestamp { at, age });
    };
    match moment.judge(tolerance, age) {
        Window::Inside => Ok(JudgedTimestamp { at, age }),
        Window::Stale => Err(Fault::Stale(age, tolerance.past())),
        Window::Future => Err(Fault::Future(age, tolerance.future())),
    }
}
