//! What a handler sees of its lease.

use core::fmt;
use core::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

/// The lease under which a delivery is handled, as its handler sees it.
///
/// A lease is lost where the store forgot it or could not be told for so long that another attempt
/// may have begun. A handler that is about to do what cannot be done twice looks here first. In
/// axum it is an extractor: `Option<LeaseWatch>` where an endpoint may have no guard.
///
/// # Example
///
/// ```
/// use hookproof::replay::LeaseWatch;
///
/// async fn pay(lease: LeaseWatch) -> Result<(), &'static str> {
///     tokio::select! {
///         () = lease.lost() => return Err("another attempt may have begun"),
///         () = prepare() => {}
///     }
///     if lease.is_lost() {
///         return Err("another attempt may have begun");
///     }
///     // … and now the payment itself
///     Ok(())
/// }
/// # async fn prepare() {}
/// ```
#[derive(Clone)]
pub struct LeaseWatch(Arc<Shared>);

struct Shared {
    lost: AtomicBool,
    /// When the lease ends unless it is renewed, in milliseconds after `begun`.
    ends: AtomicU64,
    begun: Instant,
    told: Notify,
}

impl LeaseWatch {
    pub(super) fn new(lease: Duration) -> Self {
        Self(Arc::new(Shared {
            lost: AtomicBool::new(false),
            ends: AtomicU64::new(millis(lease)),
            begun: Instant::now(),
            told: Notify::new(),
        }))
    }

    /// The lease was renewed, when it was asked for then. False if it is lost all the same.
    pub(super) fn extend(&self, asked: Instant, lease: Duration) -> bool {
        if self.is_lost() {
            return false;
        }
        let ends = asked.duration_since(self.0.begun).saturating_add(lease);
        self.0.ends.store(millis(ends), Ordering::Release);
        true
    }

    /// Whether the lease is lost. Once lost it stays so.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        if self.0.lost.load(Ordering::Acquire) {
            return true;
        }
        let ended = millis(self.0.begun.elapsed()) >= self.0.ends.load(Ordering::Acquire);
        if ended {
            self.lose();
        }
        ended
    }

    /// Resolves when the lease is lost; else never.
    pub async fn lost(&self) {
        let mut told = pin!(self.0.told.notified());
        // From here on no word is missed, so the flag is read after it.
        told.as_mut().enable();
        if !self.is_lost() {
            told.await;
        }
    }

    pub(super) fn lose(&self) {
        self.0.lost.store(true, Ordering::Release);
        self.0.told.notify_waiters();
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

impl fmt::Debug for LeaseWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeaseWatch")
            .field("is_lost", &self.is_lost())
            .finish()
    }
}
