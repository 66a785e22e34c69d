//! Schemes that are judged when the delivery is whole: those that read the body for more than its
//! bytes, sign what only the whole request tells, or do not use the MAC that runs along.
//!
//! What the head alone tells is judged before a byte of the body is read, as everywhere.

mod claimed;
mod compare;
mod content;
mod headers;
mod identity;
mod listed;
mod places;
mod rule;
mod seen;
mod source;

pub(super) use identity::Facts;
pub(super) use seen::Seen;

use super::judged::JudgedTimestamp;
use super::plan::Plan;
use crate::error::VerifyError;
use crate::fields::{Body, Repeats};
use crate::keys::RingKey;
use crate::scheme::{Algorithm, Timestamp};
use crate::timestamp::{self, Moment};
use claimed::{Claimed, Stamp};
use compare::Version;
use headers::judge as judge_moment;
use source::Source;

/// What a whole delivery yields where it verifies.
pub(super) struct Verified<'r> {
    pub(super) key: &'r RingKey,
    pub(super) timestamp: Option<JudgedTimestamp>,
    /// How far it lies into its second, in nanoseconds.
    pub(super) nanos: u32,
    pub(super) facts: Facts,
}

/// Judges a whole delivery: what its body tells of signature, timestamp and content; the window;
/// the body's digest; then the signature under each key, newest first.
pub(super) fn judge<'r>(
    plan: &Plan,
    seen: &mut Seen,
    raw: &[u8],
    keys: &[&'r RingKey],
) -> Result<Verified<'r>, VerifyError> {
    let mut refusal = seen.refusal.take();
    let seen = &*seen;
    let repeats = if plan.scheme.last_field_counts() {
        Repeats::LastCounts
    } else {
        Repeats::Refused
    };
    let body = Body::new(raw, seen.content_type.as_deref(), repeats);
    if let Some(array) = plan.scheme.each() {
        return judge_items(plan, seen, (raw, &body), array, keys);
    }
    let claims = match &seen.claims {
        Some(claims) => claims,
        None => &vec![Claimed::in_body(plan, &body)?],
    };
    for claim in claims {
        match judge_claim(plan, seen, (raw, &body), claim, keys) {
            Ok(verified) => return Ok(verified),
            Err(error) => refusal = refusal.or(Some(error)),
        }
    }
    Err(refusal.unwrap_or_else(VerifyError::mismatch))
}

fn judge_claim<'r>(
    plan: &Plan,
    seen: &Seen,
    (raw, body): (&[u8], &Body<'_>),
    claim: &Claimed,
    keys: &[&'r RingKey],
) -> Result<Verified<'r>, VerifyError> {
    let in_body = match plan.scheme.timestamp() {
        Some(Timestamp::At(place)) if claim.stamp.is_none() => Some(place),
        _ => None,
    };
    let read = match in_body {
        Some(place) => {
            let text = seen.text_at(body, place)?;
            let moment = Moment::read(plan.scheme.unit(), &text).ok_or_else(|| {
                VerifyError::malformed_in("timestamp", timestamp::grammar(plan.scheme.unit()))
            })?;
            Some(Stamp { text, moment })
        }
        None => claim.stamp.clone(),
    };
    let version = version(plan, body)?;
    let source = Source {
        seen,
        raw,
        body,
        stamp: read.as_ref().map(|stamp| &*stamp.text),
    };
    let urls = seen.urls(plan);
    // Whatever is wrong with the content is malformed, which comes before the window.
    let shared = source.messages(plan, "", &urls)?;
    let timestamp = match &read {
        Some(stamp) => Some(judge_moment(
            stamp.moment,
            plan.scheme.tolerance(),
            seen.now,
        )?),
        None => None,
    };
    seen.check_body_digest(plan, body, raw)?;
    for &key in keys {
        let own;
        let messages = if plan.scheme.signs_secret() {
            own = source.messages(plan, key.key.text(), &urls)?;
            &own
        } else {
            &shared
        };
        for message in messages {
            if compare::agrees(plan, &key.key, version, message, &claim.candidates) {
                return Ok(Verified {
                    key,
                    timestamp,
                    nanos: read.as_ref().map_or(0, |stamp| stamp.moment.nanos),
                    facts: Facts::new(plan, &source, &urls)?,
                });
            }
        }
    }
    Err(VerifyError::mismatch())
}

/// The version of the signature, where the scheme has several; malformed where it is none of them.
fn version(plan: &Plan, body: &Body<'_>) -> Result<Version, VerifyError> {
    if plan.scheme.algorithm() != Algorithm::RsaBySignatureVersion {
        return Ok(Version::Only);
    }
    match places::json(body, "/SignatureVersion")?.as_deref() {
        Some("1") => Ok(Version::First),
        Some("2") => Ok(Version::Second),
        _ => Err(VerifyError::malformed_in(
            "body",
            "its signature has no version that is known",
        )),
    }
}

/// Every item of an array has its own signature, and all must agree under one key.
fn judge_items<'r>(
    plan: &Plan,
    seen: &Seen,
    (raw, body): (&[u8], &Body<'_>),
    array: &str,
    keys: &[&'r RingKey],
) -> Result<Verified<'r>, VerifyError> {
    let items = places::items(body, array)?;
    if items.is_empty() {
        return Err(VerifyError::malformed_in(
            "body",
            "there is no item that could be signed",
        ));
    }
    let urls = seen.urls(plan);
    let mut signed = Vec::with_capacity(items.len());
    for item in &items {
        let claim = Claimed::in_body(plan, item)?;
        let source = Source {
            seen,
            raw,
            body: item,
            stamp: None,
        };
        let shared = source.messages(plan, "", &urls)?;
        signed.push((claim, source, shared));
    }
    let url = urls.first().map_or("", String::as_str);
    'keys: for &key in keys {
        for (claim, source, shared) in &signed {
            let own;
            let messages = if plan.scheme.signs_secret() {
                own = source.messages(plan, key.key.text(), &urls)?;
                &own
            } else {
                shared
            };
            let agrees = |message: &Vec<u8>| {
                compare::agrees(plan, &key.key, Version::Only, message, &claim.candidates)
            };
            if !messages.iter().any(agrees) {
                continue 'keys;
            }
        }
        return Ok(Verified {
            key,
            timestamp: None,
            nanos: 0,
            facts: Facts::of_items(plan, signed.iter().map(|(_, source, _)| source), url)?,
        });
    }
    Err(VerifyError::mismatch())
}
