//! Moments, and time that runs faster.

use std::num::NonZeroU32;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A moment of the system's clock, in milliseconds since 1970. Signed timestamps come from it as
/// it is: only waiting is compressed, for the receiver judges ages by its own clock.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub(crate) struct Moment(u64);

impl Moment {
    /// Long ago, for tests of what is old.
    #[cfg(test)]
    pub(crate) const EPOCH: Self = Self(0);

    pub(crate) fn now() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let millis = since.unwrap_or_default().as_millis();
        Self(u64::try_from(millis).unwrap_or(u64::MAX))
    }

    /// The moment so many milliseconds after 1970 began.
    pub(crate) const fn at(millis: u64) -> Self {
        Self(millis)
    }

    pub(crate) const fn millis(self) -> u64 {
        self.0
    }

    pub(crate) const fn secs(self) -> u64 {
        self.0 / 1000
    }

    /// The moment so much later.
    pub(crate) fn after(self, span: Duration) -> Self {
        let millis = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        Self(self.0.saturating_add(millis))
    }

    /// ISO 8601 in UTC with milliseconds where there are any: `2026-05-28T20:04:00.123Z`.
    pub(crate) fn iso(self) -> String {
        let nanos = i128::from(self.0) * 1_000_000;
        let moment = OffsetDateTime::from_unix_timestamp_nanos(nanos).ok();
        let text = moment.and_then(|moment| moment.format(&Rfc3339).ok());
        text.unwrap_or_default()
    }

    /// The same in whole seconds: `2026-05-28T20:04:00Z`.
    pub(crate) fn iso_secs(self) -> String {
        Self(self.secs() * 1000).iso()
    }

    /// With milliseconds, when they are none too: `2026-05-28T20:04:00.000Z`.
    pub(crate) fn iso_millis(self) -> String {
        let secs = self.iso_secs();
        format!("{}.{:03}Z", secs.trim_end_matches('Z'), self.0 % 1000)
    }
}

/// How many times faster than in the provider's documentation the sandbox waits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speed(NonZeroU32);

impl Speed {
    pub(crate) const fn new(times: NonZeroU32) -> Self {
        Self(times)
    }

    /// How long a documented span takes here.
    pub(crate) fn compress(self, span: Duration) -> Duration {
        span / self.0.get()
    }
}
