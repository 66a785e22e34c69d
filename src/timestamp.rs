//! Signed timestamps: from their text, in the scheme's unit, to a moment.

use crate::clock::{Tolerance, UnixTime, Window};
use crate::scheme::Unit;

/// A moment as a timestamp tells it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Moment {
    /// Its whole seconds.
    pub(crate) at: UnixTime,
    /// How far it lies into that second, in nanoseconds, cut off there.
    pub(crate) nanos: u32,
}

impl Moment {
    /// Reads a timestamp. One moment has mostly one spelling, because the text as sent is what was
    /// signed; `None` for everything else.
    #[inline]
    pub(crate) fn read(unit: Unit, text: &[u8]) -> Option<Self> {
        match unit {
            Unit::Seconds => UnixTime::from_digits(text).map(Self::whole),
            _ => read_other(unit, text),
        }
    }

    pub(crate) const fn whole(at: UnixTime) -> Self {
        Self { at, nanos: 0 }
    }

    /// Where it lies in the window.
    #[inline]
    pub(crate) fn judge(self, tolerance: Tolerance, age: i64) -> Window {
        match tolerance.judge(age) {
            // Clocks are read in whole seconds; some way into one is further ahead than its beginning.
            Window::Inside if self.nanos > 0 && age == -i64::from(tolerance.future()) => {
                Window::Future
            }
            judged => judged,
        }
    }
}

/// The text of a moment, for signing; `None` where the unit cannot tell it.
pub(crate) fn write(unit: Unit, at: UnixTime) -> Option<String> {
    let text = match unit {
        Unit::Seconds => at.to_string(),
        Unit::Millis => at.as_secs().checked_mul(1_000)?.to_string(),
        Unit::Micros => at.as_secs().checked_mul(1_000_000)?.to_string(),
        #[cfg(feature = "dates")]
        Unit::HttpDate => {
            let since = std::time::Duration::from_secs(u64::try_from(at.as_secs()).ok()?);
            // The library panics on what lies past the year 9999.
            if since.as_secs() >= 253_402_300_800 {
                return None;
            }
            httpdate::fmt_http_date(std::time::UNIX_EPOCH.checked_add(since)?)
        }
        #[cfg(feature = "dates")]
        Unit::Rfc3339 => {
            let at = time::OffsetDateTime::from_unix_timestamp(at.as_secs()).ok()?;
            at.format(&time::format_description::well_known::Rfc3339)
                .ok()?
        }
        #[cfg(not(feature = "dates"))]
        Unit::HttpDate | Unit::Rfc3339 => return None,
    };
    Moment::read(unit, text.as_bytes()).map(|_| text)
}

/// What a timestamp that cannot be read is not.
pub(crate) const fn grammar(unit: Unit) -> &'static str {
    match unit {
        Unit::HttpDate => "the timestamp is not an HTTP date",
        Unit::Micros | Unit::Millis => "the timestamp is not 1 to 18 plain digits",
        Unit::Rfc3339 => "the timestamp is not RFC 3339",
        Unit::Seconds => "the timestamp is not 1 to 12 plain digits",
    }
}

fn read_other(unit: Unit, text: &[u8]) -> Option<Moment> {
    match unit {
        Unit::Seconds => UnixTime::from_digits(text).map(Moment::whole),
        Unit::Millis => parts_of_seconds(text, 1_000),
        Unit::Micros => parts_of_seconds(text, 1_000_000),
        #[cfg(feature = "dates")]
        Unit::HttpDate => http_date(text),
        #[cfg(feature = "dates")]
        Unit::Rfc3339 => rfc3339(text),
        #[cfg(not(feature = "dates"))]
        Unit::HttpDate | Unit::Rfc3339 => None,
    }
}

/// `0`, or 1 to 18 digits without a leading zero.
fn parts_of_seconds(text: &[u8], in_a_second: i64) -> Option<Moment> {
    let plain = (1..=18).contains(&text.len())
        && text.iter().all(u8::is_ascii_digit)
        && (text.len() == 1 || !text.starts_with(b"0"));
    if !plain {
        return None;
    }
    let number: i64 = core::str::from_utf8(text).ok()?.parse().ok()?;
    let rest = number % in_a_second * (1_000_000_000 / in_a_second);
    Some(Moment {
        at: UnixTime::from_secs(number / in_a_second),
        nanos: u32::try_from(rest).ok()?,
    })
}

/// The form that RFC 9110 has senders write, and no obsolete one.
#[cfg(feature = "dates")]
fn http_date(text: &[u8]) -> Option<Moment> {
    const LENGTH: usize = "Sun, 06 Nov 1994 08:49:37 GMT".len();
    let text = core::str::from_utf8(text).ok()?;
    if text.len() != LENGTH {
        return None;
    }
    let at = httpdate::parse_http_date(text).ok()?;
    let since = at.duration_since(std::time::UNIX_EPOCH).ok()?;
    let seconds = i64::try_from(since.as_secs()).ok()?;
    Some(Moment::whole(UnixTime::from_secs(seconds)))
}

/// `2006-01-02T15:04:05.999Z`, or with an offset of hours and minutes. A leap second is not taken:
/// no clock here could say when it was.
#[cfg(feature = "dates")]
fn rfc3339(text: &[u8]) -> Option<Moment> {
    use time::OffsetDateTime;
    use time::format_description::well_known::Rfc3339;

    let text = core::str::from_utf8(text).ok()?;
    let (seconds, separator) = (text.get(17..19)?, text.as_bytes().get(10)?);
    if seconds == "60" || !separator.eq_ignore_ascii_case(&b'T') || text.len() > 64 {
        return None;
    }
    let at = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    Some(Moment {
        at: UnixTime::from_secs(at.unix_timestamp()),
        nanos: at.nanosecond(),
    })
}
