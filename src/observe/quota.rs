//! How often the log is told the same: attackers could fill it otherwise.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::clock::{Clock as _, SystemClock};
use crate::error::VerifyErrorKind;

/// How long a window is, in seconds.
const WINDOW_SECS: u64 = 10;

/// How many events of one sort are logged in a window.
const IN_A_WINDOW: u64 = 10;

/// One sort of event: the first ten of ten seconds are logged, the rest is counted.
#[derive(Default)]
pub(super) struct Quota {
    /// The window's number in the upper half, events in the lower.
    window: AtomicU64,
    suppressed: AtomicU64,
}

/// A quota for each sort of event of an endpoint, so that none can drown another.
#[derive(Default)]
pub(super) struct Quotas {
    refusals: [Quota; VerifyErrorKind::COUNT],
    #[cfg(feature = "tower")]
    unhandled: [Quota; crate::answers::UnhandledKind::COUNT],
    #[cfg(feature = "tower")]
    pub(super) store: Quota,
    #[cfg(feature = "events")]
    pub(super) unparsable: Quota,
    #[cfg(feature = "tenants")]
    sources: [Quota; 4],
}

impl Quotas {
    pub(super) const fn refusals(&self, kind: VerifyErrorKind) -> &Quota {
        &self.refusals[kind as usize]
    }

    #[cfg(feature = "tower")]
    pub(super) const fn unhandled(&self, kind: crate::answers::UnhandledKind) -> &Quota {
        &self.unhandled[kind as usize]
    }

    #[cfg(feature = "tenants")]
    pub(super) const fn source(&self, fault: &super::SourceFault<'_>) -> &Quota {
        use super::SourceFault;
        let [bad_secret, failed, flooded, timeout] = &self.sources;
        match fault {
            SourceFault::BadSecret(..) => bad_secret,
            SourceFault::Failed(_) => failed,
            SourceFault::Flooded => flooded,
            SourceFault::Timeout => timeout,
        }
    }
}

impl Quota {
    /// Whether this one is to be logged, and then how many were not since the last.
    pub(super) fn take(&self) -> Option<u64> {
        if !cfg!(feature = "tracing") {
            return None;
        }
        let number = SystemClock.monotonic().as_secs() / WINDOW_SECS;
        self.take_in(number)
    }

    fn take_in(&self, number: u64) -> Option<u64> {
        const EVENTS: u64 = u32::MAX as u64;
        let number = (number & EVENTS) << 32;
        let took = self
            .window
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |window| {
                if window & !EVENTS != number {
                    return Some(number | 1);
                }
                (window & EVENTS < IN_A_WINDOW).then_some(window + 1)
            });
        match took {
            Ok(_) => Some(self.suppressed.swap(0, Ordering::Relaxed)),
            Err(_) => {
                self.suppressed.fetch_add(1, Ordering::Relaxed);
                None
            }
        }
    }
}
