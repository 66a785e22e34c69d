//! How far this machine's clock is off, by the timestamps that come in.

use core::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError, TryLockError};

use super::quota::Quota;
use super::{log, metrics};

/// So many deliveries make an estimate: among them one was fresh.
const ENOUGH: u32 = 16;

/// So many refusals in a row do, if they agree.
const ENOUGH_REFUSED: u32 = 5;

/// How far the claims of such refusals may lie apart, in seconds.
const AGREE: i64 = 30;

/// An offset that deserves a warning, in seconds: a tenth of the usual window.
const NOTABLE: i64 = 30;

/// An estimate of how far this machine's clock is off, from
/// [`Endpoint::clock_skew`](crate::Endpoint::clock_skew).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ClockSkew {
    behind: i64,
    proven: bool,
}

impl ClockSkew {
    /// How many seconds the clock is behind the senders'; negative where it is ahead. Deliveries
    /// that were under way for long look like a clock that is ahead.
    #[must_use]
    pub const fn behind_secs(self) -> i64 {
        self.behind
    }

    /// Whether the deliveries that it was estimated from were proven. If not, they were refused for
    /// their age, and anybody may have sent them.
    #[must_use]
    pub const fn is_proven(self) -> bool {
        self.proven
    }
}

#[derive(Default)]
pub(super) struct Skew {
    state: Mutex<State>,
    settled: Settled,
}

/// The age that only says again what is estimated. Deliveries of that age, nearly all of them, write
/// nothing: cores that write to one place wait for each other.
struct Settled(AtomicI64);

impl Settled {
    /// No delivery has this age.
    const NOTHING: i64 = i64::MIN;

    fn is(&self, age: i64) -> bool {
        self.0.load(Ordering::Relaxed) == age
    }

    fn follow(&self, state: &State) {
        let age = state.settled_at().unwrap_or(Self::NOTHING);
        self.0.store(age, Ordering::Relaxed);
    }
}

impl Default for Settled {
    fn default() -> Self {
        Self(AtomicI64::new(Self::NOTHING))
    }
}

#[derive(Default)]
struct State {
    accepted: Run,
    refused: Run,
    estimate: Option<ClockSkew>,
    /// Whether the log was told that the clock is off, until it is right again.
    told: Told,
    /// Strangers' claims may come between genuine deliveries, as often as they like.
    claims: Quota,
    /// Whether the gauge of claims shows one.
    claimed: bool,
}

#[derive(Clone, Copy, Default, Eq, Ord, PartialEq, PartialOrd)]
enum Told {
    #[default]
    Nothing,
    Claimed,
    Proven,
}

/// Ages that came one after the other.
#[derive(Default)]
struct Run {
    count: u32,
    least: i64,
    most: i64,
}

impl Run {
    fn add(&mut self, age: i64) {
        if self.count == 0 {
            (self.least, self.most) = (age, age);
        }
        self.count = self.count.saturating_add(1);
        self.least = self.least.min(age);
        self.most = self.most.max(age);
    }
}

impl Skew {
    /// A proven delivery had that age. The least of some is the clock's offset: one of them will
    /// have been fresh.
    pub(super) fn accepted(&self, endpoint: &std::sync::Arc<str>, age: i64) {
        if self.settled.is(age) {
            return;
        }
        // A sample more or less: nobody waits for it.
        let mut state = match self.state.try_lock() {
            Ok(state) => state,
            Err(TryLockError::Poisoned(state)) => state.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        state.accepted(endpoint, age);
        self.settled.follow(&state);
    }

    /// A delivery was refused for the age that it claimed.
    pub(super) fn refused(&self, endpoint: &std::sync::Arc<str>, age: i64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.refused(endpoint, age);
        self.settled.follow(&state);
    }

    pub(super) fn estimate(&self) -> Option<ClockSkew> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.estimate
    }
}

impl State {
    fn accepted(&mut self, endpoint: &std::sync::Arc<str>, age: i64) {
        self.refused = Run::default();
        self.accepted.add(age);
        if self.accepted.count < ENOUGH {
            return;
        }
        let behind = self.accepted.least.saturating_neg();
        self.accepted = Run::default();
        let skew = ClockSkew {
            behind,
            proven: true,
        };
        self.conclude(endpoint, skew);
    }

    fn refused(&mut self, endpoint: &std::sync::Arc<str>, age: i64) {
        self.refused.add(age);
        if self.refused.most.saturating_sub(self.refused.least) > AGREE {
            self.refused = Run::default();
            self.refused.add(age);
        }
        if self.refused.count < ENOUGH_REFUSED {
            return;
        }
        let behind = self.refused.least.saturating_neg();
        let skew = ClockSkew {
            behind,
            proven: false,
        };
        self.conclude(endpoint, skew);
    }

    /// The age of deliveries that change nothing: no run is under way, and they agree with the
    /// proven estimate.
    fn settled_at(&self) -> Option<i64> {
        let estimate = self.estimate.filter(|estimate| estimate.proven)?;
        let runs = self.accepted.count > 0 || self.refused.count > 0;
        (!runs).then(|| estimate.behind.saturating_neg())
    }

    fn conclude(&mut self, endpoint: &std::sync::Arc<str>, skew: ClockSkew) {
        self.estimate = Some(skew);
        metrics::clock_skew(endpoint, skew);
        if skew.proven && core::mem::take(&mut self.claimed) {
            // What was claimed is overtaken: an alert on it would never end.
            let proven = false;
            metrics::clock_skew(endpoint, ClockSkew { proven, ..skew });
        }
        self.claimed |= !skew.proven;
        let notable = skew.behind.unsigned_abs() >= NOTABLE.unsigned_abs();
        let tells = if skew.proven {
            Told::Proven
        } else {
            Told::Claimed
        };
        if !notable {
            // What is only claimed can be untrue: it does not take a warning back.
            if skew.proven {
                self.told = Told::Nothing;
            }
        } else if self.told < tells {
            self.told = tells;
            // A claim does not count as having told what is proven.
            if skew.proven || self.claims.take().is_some() {
                log::clock_skew(endpoint, skew);
            }
        }
    }
}
