//! A clock that a test moves, the wall clock and the monotonic one apart.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use hookproof::{Clock, UnixTime};

/// Copies are one clock.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moved(Arc<Readings>);

/// In milliseconds.
#[derive(Debug, Default)]
struct Readings {
    wall: AtomicI64,
    monotonic: AtomicU64,
}

impl Moved {
    pub(crate) fn at(seconds: i64) -> Self {
        let clock = Self::default();
        clock.0.wall.store(seconds * 1_000, Ordering::SeqCst);
        clock
    }

    /// Time passes, for both.
    pub(crate) fn pass(&self, time: Duration) {
        let millis = u64::try_from(time.as_millis()).expect("a short time");
        self.0.monotonic.fetch_add(millis, Ordering::SeqCst);
        let millis = i64::try_from(millis).expect("a short time");
        self.0.wall.fetch_add(millis, Ordering::SeqCst);
    }

    /// Somebody sets the wall clock.
    pub(crate) fn jump(&self, seconds: i64) {
        self.0.wall.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }
}

impl Clock for Moved {
    fn now(&self) -> Option<UnixTime> {
        let millis = self.0.wall.load(Ordering::SeqCst);
        Some(UnixTime::from_secs(millis.div_euclid(1_000)))
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.0.monotonic.load(Ordering::SeqCst))
    }
}
