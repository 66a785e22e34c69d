//! Every store keeps what a replay guard asks of it, and one that does not is found out.
#![cfg(feature = "testing")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

mod support;

#[path = "stores/flawed.rs"]
mod flawed;
#[cfg(feature = "memory-store")]
#[path = "stores/memory.rs"]
mod memory;
#[path = "stores/promises.rs"]
mod promises;
#[cfg(feature = "redis")]
#[path = "stores/redis.rs"]
mod redis;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hookproof::{Clock, UnixTime};

/// A clock that goes on when a test says so.
#[derive(Clone, Debug, Default)]
struct Moved(Arc<AtomicU64>);

impl Moved {
    fn pass(&self, time: Duration) -> std::future::Ready<()> {
        let millis = u64::try_from(time.as_millis()).expect("a while");
        self.0.fetch_add(millis, Ordering::SeqCst);
        std::future::ready(())
    }
}

impl Clock for Moved {
    fn now(&self) -> Option<UnixTime> {
        None
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::SeqCst))
    }
}
