//! Time: the clock a verifier reads, the timestamps it judges, and the window they must fall into.

use core::fmt;
use std::time::Duration;

/// Where a verifier reads the time.
///
/// [`SystemClock`] is the default. Tests pass their own, so that no test sleeps or depends on the
/// day it runs; so do targets without a system clock, such as `wasm32-unknown-unknown`.
///
/// # Example
///
/// ```
/// use std::time::Duration;
/// use hookproof::{Clock, UnixTime};
///
/// #[derive(Debug)]
/// struct Fixed(UnixTime);
///
/// impl Clock for Fixed {
///     fn now(&self) -> Option<UnixTime> {
///         Some(self.0)
///     }
///     fn monotonic(&self) -> Duration {
///         Duration::ZERO
///     }
/// }
/// ```
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The wall clock, not older than 100 ms. `None` where there is no clock or it cannot be
    /// read: a scheme with a window then refuses as [`Unavailable`].
    ///
    /// [`Unavailable`]: crate::VerifyErrorKind::Unavailable
    fn now(&self) -> Option<UnixTime>;

    /// Time since some fixed moment, never going back. Claims and leases expire by it.
    fn monotonic(&self) -> Duration;
}

/// The clock of the operating system.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::exhaustive_structs,
    reason = "a clock that is named by its value"
)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Option<UnixTime> {
        wall_clock()
    }

    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    fn monotonic(&self) -> Duration {
        monotonic_clock()
    }

    #[cfg(all(target_family = "wasm", target_os = "unknown"))]
    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}

/// The kernel's own copy of the time, some milliseconds old at most.
#[cfg(target_os = "linux")]
fn wall_clock() -> Option<UnixTime> {
    use rustix::time::{ClockId, clock_gettime};
    Some(UnixTime(clock_gettime(ClockId::RealtimeCoarse).tv_sec))
}

/// As above: leases and marks last seconds.
#[cfg(target_os = "linux")]
fn monotonic_clock() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let now = clock_gettime(ClockId::MonotonicCoarse);
    // Neither is ever negative.
    let secs = u64::try_from(now.tv_sec).unwrap_or(0);
    Duration::new(secs, u32::try_from(now.tv_nsec).unwrap_or(0))
}

#[cfg(not(any(
    target_os = "linux",
    all(target_family = "wasm", target_os = "unknown")
)))]
fn monotonic_clock() -> Duration {
    use std::sync::OnceLock;
    use std::time::Instant;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

#[cfg(not(any(
    target_os = "linux",
    all(target_family = "wasm", target_os = "unknown")
)))]
fn wall_clock() -> Option<UnixTime> {
    use std::time::{SystemTime, UNIX_EPOCH};
    let seconds = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        // Before 1970 the clock is wrong in any case; every timestamp is then in the future.
        Err(before) => {
            i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |seconds| -seconds - 1)
        }
    };
    Some(UnixTime(seconds))
}

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
const fn wall_clock() -> Option<UnixTime> {
    None
}

/// A moment in whole seconds since 1970-01-01T00:00:00Z; negative before it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct UnixTime(i64);

impl UnixTime {
    /// The moment that many seconds after (or before) the epoch.
    #[must_use]
    pub const fn from_secs(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since the epoch.
    #[must_use]
    pub const fn as_secs(self) -> i64 {
        self.0
    }

    /// How many seconds `self` lies behind `now`; negative where it lies ahead. Saturates at the
    /// ends of the range.
    #[must_use]
    pub const fn age_at(self, now: Self) -> i64 {
        now.0.saturating_sub(self.0)
    }

    /// Reads a timestamp in seconds: `0`, or 1 to 12 ASCII digits without sign, leading zero or blank.
    /// One number has one spelling, because the text as sent is what was signed.
    pub(crate) fn from_digits(text: &[u8]) -> Option<Self> {
        if !matches!(text, [b'0'] | [b'1'..=b'9', ..]) || text.len() > 12 {
            return None;
        }
        let (mut seconds, rest) = match text.split_first_chunk() {
            Some((eight, rest)) => (eight_digits(*eight)?, rest),
            None => (0, text),
        };
        let mut are_digits = true;
        for byte in rest {
            let digit = byte.wrapping_sub(b'0');
            are_digits &= digit <= 9;
            seconds = seconds * 10 + i64::from(digit);
        }
        are_digits.then_some(Self(seconds))
    }
}

/// The number that eight digits write, by a word at a time: by single bytes, each would wait for the
/// one before.
fn eight_digits(text: [u8; 8]) -> Option<i64> {
    const ONES: u64 = u64::MAX / 255;
    let digits = u64::from_le_bytes(text) ^ (ONES * 0x30);
    // A byte above 9 has a high half, or gets one by adding 6. What the addition carries over comes
    // from a byte that has one.
    if (digits | digits.wrapping_add(ONES * 6)) & (ONES * 0xf0) != 0 {
        return None;
    }
    let pairs = (digits * 10 + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    i64::try_from((fours * 10_000 + (fours >> 32)) & 0xffff_ffff).ok()
}

impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How far a signed timestamp may lie behind and ahead of the clock, in seconds. Both ends are inside.
///
/// Zero means zero: only a timestamp of this very second passes. A window cannot be negative or
/// endless; switching it off has its own name,
/// [`SchemeBuilder::dangerous_without_window`](crate::scheme::SchemeBuilder::dangerous_without_window).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Tolerance {
    past: u32,
    future: u32,
}

impl Tolerance {
    /// The longest tolerance either way: seven days, in seconds. Longer is no window.
    pub const MAX_SECS: u32 = 7 * 24 * 60 * 60;

    /// Five minutes either way, which most providers document.
    pub const DEFAULT: Self = Self::symmetric(300);

    /// The same tolerance, in seconds, for the past and the future.
    ///
    /// # Panics
    ///
    /// Above [`Tolerance::MAX_SECS`]; in a `const` or `static` that is a compile error. For a
    /// number from a configuration use [`Tolerance::try_new`].
    #[must_use]
    pub const fn symmetric(seconds: u32) -> Self {
        Self::new(seconds, seconds)
    }

    /// Separate tolerances, in seconds.
    ///
    /// # Panics
    ///
    /// As [`Tolerance::symmetric`].
    #[must_use]
    #[expect(
        clippy::panic,
        reason = "a constant that contradicts itself must not compile"
    )]
    pub const fn new(past: u32, future: u32) -> Self {
        match Self::try_new(past, future) {
            Some(tolerance) => tolerance,
            None => panic!(
                "the tolerance is longer than seven days, which is no window: see Tolerance::MAX_SECS"
            ),
        }
    }

    /// Separate tolerances, in seconds; `None` above [`Tolerance::MAX_SECS`].
    #[must_use]
    pub const fn try_new(past: u32, future: u32) -> Option<Self> {
        if past > Self::MAX_SECS || future > Self::MAX_SECS {
            return None;
        }
        Some(Self { past, future })
    }

    /// How many seconds a timestamp may be old.
    #[must_use]
    pub const fn past(self) -> u32 {
        self.past
    }

    /// How many seconds a timestamp may lie ahead.
    #[must_use]
    pub const fn future(self) -> u32 {
        self.future
    }

    pub(crate) fn judge(self, age: i64) -> Window {
        if age > i64::from(self.past) {
            Window::Stale
        } else if age < -i64::from(self.future) {
            Window::Future
        } else {
            Window::Inside
        }
    }
}

impl Default for Tolerance {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Where a timestamp lies in relation to the window.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Window {
    Future,
    Inside,
    Stale,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_is_what_the_standard_library_reads_of_plain_digits() {
        let bytes = [
            0, b'/', b'0', b'1', b'9', b':', b'@', 0x7f, 0x80, 0xb0, 0xff,
        ];
        for text in [
            "0",
            "7",
            "1234567",
            "12345678",
            "1700000000",
            "999999999999",
        ] {
            let plain = UnixTime::from_digits(text.as_bytes()).map(UnixTime::as_secs);
            assert_eq!(plain, text.parse().ok(), "{text}");
            for at in 0..text.len() {
                for byte in bytes {
                    let mut changed = text.as_bytes().to_vec();
                    changed[at] = byte;
                    let is_plain = changed.iter().all(u8::is_ascii_digit)
                        && (changed.len() == 1 || changed[0] != b'0');
                    let read = str::from_utf8(&changed).ok().filter(|_| is_plain);
                    let read = read.and_then(|text| text.parse().ok());
                    assert_eq!(UnixTime::from_digits(&changed).map(UnixTime::as_secs), read);
                }
            }
        }
        for text in ["", "00", "01", "-1", "+1", "1000000000000"] {
            assert_eq!(UnixTime::from_digits(text.as_bytes()), None, "{text}");
        }
    }
}
