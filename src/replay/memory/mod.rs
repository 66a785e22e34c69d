//! A store in memory, for one process.

mod shard;
mod spread;

use core::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use shard::{Now, Shard};

use super::{Claim, Identity, Lease, Renewal, ReplayStore, StoreFuture};
use crate::clock::{Clock, SystemClock};
use crate::sync::{AtomicU64, Mutex, Ordering, locked};

/// Remembers deliveries in this process's memory: the embedded default.
///
/// What it remembers ends with the process, so a delivery that comes again after a restart is
/// handled again; and two processes do not see each other's. Where either matters, take a store
/// that they share.
///
/// It is bounded by entries, counted for each endpoint apart, so that a noisy one cannot take
/// another's room: a claim or a handled delivery is one entry until it expires. A million unless told
/// otherwise. Without room a claim is refused with 503; a live entry is never dropped to make room.
/// How many entries an endpoint needs is its **rate × retention**: one delivery a second,
/// remembered for 48 hours, takes 172 800.
///
/// | entries | bytes, at most |
/// |---|---|
/// | 100 000 | 5.6 MB |
/// | 1 000 000 | 50 MB |
///
/// Memory is taken as entries come, and 44 bytes an entry at a million. There is no background
/// thread: what has expired is cleared away when room is wanted. Cloning is cheap, and clones share
/// what they remember.
///
/// # Example
///
/// ```
/// use hookproof::replay::MemoryStore;
/// use hookproof::{Endpoint, Secret, Verifier, providers};
///
/// let store = MemoryStore::default();
/// let verifier = Verifier::new(&providers::SENDMUX, Secret::new("whsec_Q5VvFg7vvDnxI1xq9NwK"))?;
/// # #[cfg(all(feature = "tower", feature = "json"))]
/// let endpoint = Endpoint::builder("sendmux", verifier).replay(store.clone()).build()?;
/// assert_eq!(store.stats().entries, 0);
/// # Ok::<(), hookproof::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct MemoryStore {
    inner: Arc<Inner>,
}

struct Inner {
    shards: Box<[Apart]>,
    quota: NonZeroUsize,
    refused: AtomicU64,
    clock: Arc<dyn Clock>,
}

/// A shard on cache lines of its own: neighbours do not slow each other down.
#[repr(align(128))]
struct Apart(Mutex<Shard>);

/// What a [`MemoryStore`] holds.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct MemoryStats {
    /// Claims and handled deliveries, of all endpoints; those that have expired and were not
    /// cleared away yet count too.
    pub entries: usize,
    /// Those of them that are claims.
    pub in_progress: usize,
    /// How many claims were refused because an endpoint's quota was used up.
    pub refused: u64,
}

impl MemoryStore {
    /// How many entries an endpoint may have unless told otherwise.
    pub const DEFAULT_QUOTA: NonZeroUsize = NonZeroUsize::new(1_000_000).unwrap();

    /// A store in which each endpoint may have that many entries. Above 16 384 they are spread over
    /// shards that fill evenly but not equally, so that the first refusal may come up to six
    /// hundredths before the number, two at a million; it is never exceeded, but by deliveries whose
    /// handler outlived its lease.
    #[must_use]
    pub fn with_quota(entries: NonZeroUsize) -> Self {
        let shards: u8 = match entries.get() {
            0..=16_384 => 1,
            16_385..=262_144 => 16,
            _ => 64,
        };
        let room = entries.get() / usize::from(shards);
        let shards = (0..shards).map(|_| Apart(Mutex::new(Shard::new(room))));
        Self {
            inner: Arc::new(Inner {
                shards: shards.collect(),
                quota: entries,
                refused: AtomicU64::new(0),
                clock: Arc::new(SystemClock),
            }),
        }
    }

    /// An empty store of the same quota that reads another clock's
    /// [`monotonic`](Clock::monotonic): for tests, and for targets without a clock.
    #[must_use]
    pub fn with_clock(self, clock: impl Clock) -> Self {
        let mut fresh = Self::with_quota(self.inner.quota);
        if let Some(inner) = Arc::get_mut(&mut fresh.inner) {
            inner.clock = Arc::new(clock);
        }
        fresh
    }

    /// What it holds now. Locks one shard after the other.
    #[must_use]
    pub fn stats(&self) -> MemoryStats {
        let mut stats = MemoryStats {
            refused: self.inner.refused.load(Ordering::Relaxed),
            ..MemoryStats::default()
        };
        for shard in &self.inner.shards {
            let (claims, done) = locked(&shard.0).count();
            stats.entries += claims + done;
            stats.in_progress += claims;
        }
        stats
    }

    fn at<T>(&self, identity: &Identity, step: impl FnOnce(&mut Shard, Now) -> T) -> T {
        let now = Now::at(self.inner.clock.monotonic());
        // The number of shards is a power of two, and identities are evenly spread.
        let nth = usize::from(identity.as_bytes()[15]) % self.inner.shards.len();
        step(&mut locked(&self.inner.shards[nth].0), now)
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::with_quota(Self::DEFAULT_QUOTA)
    }
}

impl ReplayStore for MemoryStore {
    fn claim(&self, lease: &Lease, lasts: Duration) -> StoreFuture<Claim> {
        let claim = self.at(lease.identity(), |shard, now| {
            shard.claim(lease, lasts, now)
        });
        if claim == Claim::Full {
            self.inner.refused.fetch_add(1, Ordering::Relaxed);
        }
        StoreFuture::now(Ok(claim))
    }

    fn renew(&self, lease: &Lease, lasts: Duration) -> StoreFuture<Renewal> {
        StoreFuture::now(Ok(self.at(lease.identity(), |shard, now| {
            shard.renew(lease, lasts, now)
        })))
    }

    fn complete(&self, lease: &Lease, retention: Duration) -> StoreFuture<Renewal> {
        StoreFuture::now(Ok(self.at(lease.identity(), |shard, now| {
            shard.complete(lease, retention, now)
        })))
    }

    fn release(&self, lease: &Lease) -> StoreFuture<()> {
        self.at(lease.identity(), |shard, _| shard.release(lease));
        StoreFuture::now(Ok(()))
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore")
            .field("quota", &self.inner.quota)
            .finish_non_exhaustive()
    }
}
