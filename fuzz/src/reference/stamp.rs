//! Timestamps, in each of their units.

use hookproof::Tolerance;
use hookproof::scheme::Unit;

/// Whole seconds, and whether it lies some way into the next.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    seconds: i64,
    and_more: bool,
}

impl Moment {
    pub(super) fn read(unit: Unit, text: &[u8]) -> Option<Self> {
        let whole = |seconds| Self {
            seconds,
            and_more: false,
        };
        match unit {
            Unit::Seconds => seconds(text).map(whole),
            Unit::Millis => number(text, 18).map(|number| part(number, 1_000)),
            Unit::Micros => number(text, 18).map(|number| part(number, 1_000_000)),
            Unit::HttpDate => http_date(text).map(whole),
            Unit::Rfc3339 => rfc3339(text),
            _ => panic!("a unit that this reference does not know"),
        }
    }

    /// Whether it is neither too old nor too far ahead.
    pub(super) fn is_inside(self, tolerance: Option<Tolerance>, now: i64) -> bool {
        let Some(tolerance) = tolerance else {
            return true;
        };
        let age = now.saturating_sub(self.seconds);
        let ahead = self.seconds.saturating_sub(now) + i64::from(self.and_more);
        age <= i64::from(tolerance.past()) && ahead <= i64::from(tolerance.future())
    }
}

fn part(number: i64, of_a_second: i64) -> Moment {
    Moment {
        seconds: number / of_a_second,
        and_more: number % of_a_second > 0,
    }
}

pub(super) fn seconds(text: &[u8]) -> Option<i64> {
    number(text, 12)
}

/// `0`, or digits of which the first is not `0`.
fn number(text: &[u8], most: usize) -> Option<i64> {
    let digits = text.iter().all(u8::is_ascii_digit);
    let leading_zero = text.len() > 1 && text[0] == b'0';
    if text.is_empty() || text.len() > most || !digits || leading_zero {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// So many digits.
fn digits(text: &str, from: usize, count: usize) -> Option<i64> {
    let digits = text.get(from..from + count)?;
    let all = digits.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| digits.parse().ok())?
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(is_leap(year)),
        _ => 31,
    }
}

/// Days since the first of January 1970, counted one year and one month after another.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let in_year = |year| 365 + i64::from(is_leap(year));
    let years: i64 = if year >= 1970 {
        (1970..year).map(in_year).sum()
    } else {
        -(year..1970).map(in_year).sum::<i64>()
    };
    let months: i64 = (1..month).map(|month| days_in(year, month)).sum();
    Some(years + months + day - 1)
}

/// `15:04:05`, as seconds since midnight.
fn time_of_day(text: &str, from: usize) -> Option<i64> {
    let (hour, minute, second) = (
        digits(text, from, 2)?,
        digits(text, from + 3, 2)?,
        digits(text, from + 6, 2)?,
    );
    let colons = text.as_bytes()[from + 2] == b':' && text.as_bytes()[from + 5] == b':';
    let fits = colons && hour < 24 && minute < 60 && second < 60;
    fits.then_some(hour * 3600 + minute * 60 + second)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, of 1970 or later.
fn http_date(text: &[u8]) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let text = std::str::from_utf8(text).ok()?;
    if text.len() != 29 || !text.is_ascii() {
        return None;
    }
    let month = MONTHS.iter().position(|name| *name == &text[8..11])?;
    let month = i64::try_from(month).ok()? + 1;
    let year = digits(text, 12, 4)?;
    if year < 1970 {
        return None;
    }
    let days = days(year, month, digits(text, 5, 2)?)?;
    let name = DAYS[usize::try_from(days % 7).ok()?];
    let between = [&text[3..5], &text[7..8], &text[11..12], &text[16..17]];
    let fits = text.starts_with(name) && between == [", ", " ", " ", " "] && text.ends_with(" GMT");
    fits.then(|| Some(days * 86_400 + time_of_day(text, 17)?))?
}

/// `2006-01-02T15:04:05.999Z`, or with `+01:00` at its end.
fn rfc3339(text: &[u8]) -> Option<Moment> {
    let text = std::str::from_utf8(text).ok()?;
    if text.len() < 20 || text.len() > 64 || !text.is_ascii() {
        return None;
    }
    let between = [&text[4..5], &text[7..8], &text[10..11]];
    if between != ["-", "-", "T"] && between != ["-", "-", "t"] {
        return None;
    }
    let days = days(
        digits(text, 0, 4)?,
        digits(text, 5, 2)?,
        digits(text, 8, 2)?,
    )?;
    let mut seconds = days * 86_400 + time_of_day(text, 11)?;
    let mut rest = &text[19..];
    let mut and_more = false;
    if let Some(fraction) = rest.strip_prefix('.') {
        let count = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if count == 0 {
            return None;
        }
        // Further digits are cut off.
        and_more = fraction[..count.min(9)].bytes().any(|digit| digit != b'0');
        rest = &fraction[count..];
    }
    if !rest.eq_ignore_ascii_case("Z") {
        let sign = match rest.bytes().next()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let (hours, minutes) = (digits(rest, 1, 2)?, digits(rest, 4, 2)?);
        if rest.len() != 6 || rest.as_bytes()[3] != b':' || hours > 23 || minutes > 59 {
            return None;
        }
        seconds -= sign * (hours * 3600 + minutes * 60);
    }
    Some(Moment { seconds, and_more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_counted_from_1970() {
        assert_eq!(
            http_date(b"Sun, 06 Nov 1994 08:49:37 GMT"),
            Some(784_111_777)
        );
        assert_eq!(http_date(b"Mon, 06 Nov 1994 08:49:37 GMT"), None);
        let read = |text: &str| rfc3339(text.as_bytes()).map(|moment| moment.seconds);
        assert_eq!(read("1985-04-12T23:20:50.52Z"), Some(482_196_050));
        assert_eq!(read("1996-12-19T16:39:57-08:00"), Some(851_042_397));
        assert_eq!(read("1969-12-31T23:59:59Z"), Some(-1));
        assert_eq!(read("2023-02-29T00:00:00Z"), None);
    }
}
