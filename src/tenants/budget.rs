//! So many in a minute, and no more: a bucket that fills steadily.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

/// A share that is used up and comes back with time.
pub(super) struct Budget {
    per_minute: u32,
    level: Mutex<Level>,
}

struct Level {
    /// What is left, in time: a whole minute is the whole share.
    left: Duration,
    /// When that was reckoned, by a monotonic clock.
    at: Duration,
}

impl Budget {
    pub(super) const fn new(per_minute: u32, now: Duration) -> Self {
        let level = Level {
            left: MINUTE,
            at: now,
        };
        Self {
            per_minute,
            level: Mutex::new(level),
        }
    }

    /// Takes one; `false` where none is left.
    pub(super) fn take(&self, now: Duration) -> bool {
        let Some(price) = MINUTE.checked_div(self.per_minute) else {
            return false;
        };
        let mut level = self.level.lock().unwrap_or_else(PoisonError::into_inner);
        let since = now.saturating_sub(level.at);
        level.left = level.left.saturating_add(since).min(MINUTE);
        level.at = level.at.max(now);
        match level.left.checked_sub(price) {
            Some(left) => {
                level.left = left;
                true
            }
            None => false,
        }
    }

    /// Gives one back that was not needed.
    pub(super) fn give_back(&self) {
        let price = MINUTE.checked_div(self.per_minute).unwrap_or_default();
        let mut level = self.level.lock().unwrap_or_else(PoisonError::into_inner);
        level.left = level.left.saturating_add(price).min(MINUTE);
    }
}
