//! The headers of a delivery that is judged whole, and its age, with what is wrong in words.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::clock::{Tolerance, UnixTime};
use crate::error::VerifyError;
use crate::timestamp::Moment;
use crate::verify::fault::Fault;
use crate::verify::headers;
use crate::verify::judged::{self, JudgedTimestamp};
use crate::verify::plan::Plan;

pub(super) fn signature_header<'h, 'p>(
    plan: &'p Plan,
    headers: &'h HeaderMap,
) -> Result<(&'p HeaderName, &'h HeaderValue), VerifyError> {
    headers::signature_header(plan, headers).map_err(Fault::error)
}

pub(super) fn single<'h>(
    headers: &'h HeaderMap,
    name: &HeaderName,
) -> Result<&'h HeaderValue, VerifyError> {
    headers::single(headers, name).map_err(Fault::error)
}

pub(super) fn text<'h>(
    name: &HeaderName,
    value: &'h HeaderValue,
    limit: usize,
) -> Result<&'h [u8], VerifyError> {
    headers::text(name, value, limit).map_err(Fault::error)
}

pub(super) fn judge(
    moment: Moment,
    tolerance: Option<Tolerance>,
    now: Option<UnixTime>,
) -> Result<JudgedTimestamp, VerifyError> {
    judged::judge(moment, tolerance, now).map_err(Fault::error)
}
