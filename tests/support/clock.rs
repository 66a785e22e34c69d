//! A clock that stands where a test put it.

use std::time::Duration;

use hookproof::{Clock, UnixTime};

/// Always the same second, or no reading at all.
#[derive(Clone, Copy, Debug)]
pub struct Fixed(pub Option<i64>);

impl Fixed {
    pub const fn at(seconds: i64) -> Self {
        Self(Some(seconds))
    }

    pub const fn broken() -> Self {
        Self(None)
    }
}

impl Clock for Fixed {
    fn now(&self) -> Option<UnixTime> {
        self.0.map(UnixTime::from_secs)
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}
