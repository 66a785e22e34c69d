//! The memory store: what a claim takes with two threads on one store, and what an entry takes.

use std::future::Future;
use std::hint::spin_loop;
use std::num::NonZeroUsize;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use hookproof::replay::{Claim, Identity, Lease, MemoryStore, Renewal, ReplayStore, StoreFuture};

use crate::allocations::Held;
use crate::measure::median;
use crate::row::Row;

const LEASE: Duration = Duration::from_secs(30);
/// So long that nothing is forgotten, though a clock be moved by months.
const RETENTION: Duration = Duration::from_secs(10 * 365 * 24 * 3_600);

/// Handled before the first reading.
const BEFORE: usize = 400_000;
const ROUNDS: usize = 100;
/// Where a store happens to lie in memory moves a time; the minimum does not depend on it.
const STORES: usize = 10;
/// Claims of a thread in a round: long enough that the threads' start does not count.
const EACH: usize = 1_024;
const THREADS: usize = 2;

/// Identities, which are the beginning of a digest: evenly spread, and never one twice.
pub(crate) struct Deliveries(u64);

impl Deliveries {
    pub const fn new() -> Self {
        Self(0)
    }

    pub fn next(&mut self) -> Identity {
        let halves = [(); 2].map(|()| self.mixed().to_be_bytes());
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&halves[0]);
        bytes[8..].copy_from_slice(&halves[1]);
        Identity::from_bytes(bytes)
    }

    /// SplitMix64.
    const fn mixed(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// A store with room for twice a million, so that none of its shards is full at a million.
fn roomy() -> MemoryStore {
    MemoryStore::with_quota(NonZeroUsize::new(2_000_000).expect("more than none"))
}

fn at_once<T>(future: StoreFuture<T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(Ok(answer)) => answer,
        _ => panic!("memory answers, and at once"),
    }
}

fn claim(store: &MemoryStore, lease: &Lease) {
    assert_eq!(at_once(store.claim(lease, LEASE)), Claim::Claimed);
}

fn complete(store: &MemoryStore, lease: &Lease) {
    assert_eq!(at_once(store.complete(lease, RETENTION)), Renewal::Held);
}

/// The endpoint of all that is in the stores.
pub const ENDPOINT: &str = "measured";

/// Fills a store with so many handled deliveries, or claims, and gives their endpoint.
pub fn fill(store: &MemoryStore, entries: usize, handled: bool) -> Arc<str> {
    let mut deliveries = Deliveries::new();
    let endpoint: Arc<str> = Arc::from(ENDPOINT);
    for _ in 0..entries {
        let lease = Lease::new(deliveries.next(), Arc::clone(&endpoint));
        claim(store, &lease);
        if handled {
            complete(store, &lease);
        }
    }
    endpoint
}

/// One delivery after another, claimed and completed, in a store that holds others.
pub fn claims() -> impl FnMut() {
    let store = MemoryStore::default();
    let endpoint = fill(&store, 10_000, true);
    let mut deliveries = Deliveries(1 << 32);
    move || {
        let lease = Lease::new(deliveries.next(), Arc::clone(&endpoint));
        claim(&store, &lease);
        complete(&store, &lease);
    }
}

/// Bytes held for each entry: net, with what the maps keep free.
pub fn rows() -> Vec<Row> {
    [bytes(), times()].concat()
}

fn bytes() -> Vec<Row> {
    let reading = |entries: usize, handled| {
        let held = Held::since_now();
        let store = roomy();
        fill(&store, entries, handled);
        let bytes = held.bytes() as f64 / entries as f64;
        assert_eq!(store.stats().entries, entries);
        bytes
    };
    vec![
        Row::new(
            "memory store: bytes an entry at a million",
            48.0,
            reading(1_000_000, true),
        )
        .gate(),
        Row::new(
            "memory store: bytes an entry at 100 000",
            None,
            reading(100_000, true),
        ),
        Row::new(
            "memory store: bytes a live claim at a million of them",
            None,
            reading(1_000_000, false),
        ),
    ]
}

/// Times of two threads with deliveries of their own, on one store of one endpoint.
fn times() -> Vec<Row> {
    let mut readings = [const { Vec::new() }; 3];
    for _ in 0..STORES {
        let threads = on_two_threads();
        for nth in 0..ROUNDS {
            for (step, readings) in readings.iter_mut().enumerate() {
                readings.push(each(threads.each_ref().map(|rounds| rounds[nth][step])));
            }
        }
    }
    let [making, claiming, both] = readings;
    let best = |readings: &[f64]| readings.iter().copied().fold(f64::INFINITY, f64::min);
    vec![
        Row::new(
            "memory store: ns a claim with two threads",
            150.0,
            best(&claiming),
        ),
        Row::new("… its median over rounds", None, median(&claiming)),
        Row::new(
            "memory store: ns to claim and complete, two threads",
            None,
            best(&both),
        ),
        Row::new("… their median over rounds", None, median(&both)),
        Row::new(
            "Lease::new, not part of the above: ns, two threads",
            None,
            best(&making),
        ),
    ]
}

/// Every round of each thread, on a store of their own.
fn on_two_threads() -> [Vec<Round>; THREADS] {
    let store = roomy();
    let endpoint = fill(&store, BEFORE, true);
    let meeting = Meeting::default();
    thread::scope(|scope| {
        let threads = [1, 2].map(|nth| {
            let (store, endpoint, meeting) = (&store, &endpoint, &meeting);
            scope.spawn(move || rounds(store, endpoint, meeting, Deliveries(nth << 32)))
        });
        threads.map(|thread| thread.join().expect("a thread that ends well"))
    })
}

/// When a thread began and ended each step of a round: making leases, claiming, and both claiming
/// and completing.
type Round = [[Instant; 2]; 3];

/// One thread's part. Both begin each step together.
fn rounds(
    store: &MemoryStore,
    endpoint: &Arc<str>,
    meeting: &Meeting,
    mut deliveries: Deliveries,
) -> Vec<Round> {
    let mut leases = Vec::with_capacity(EACH);
    let round = |_| {
        let identities = Vec::from_iter((0..EACH).map(|_| deliveries.next()));
        leases.clear();
        let making = meeting.timed(|| {
            let lease = |identity| Lease::new(identity, Arc::clone(endpoint));
            leases.extend(identities.into_iter().map(lease));
        });
        let claiming = meeting.timed(|| leases.iter().for_each(|lease| claim(store, lease)));
        for lease in &leases {
            at_once(store.release(lease));
        }
        let both = meeting.timed(|| {
            for lease in &leases {
                claim(store, lease);
                complete(store, lease);
            }
        });
        [making, claiming, both]
    };
    (0..ROUNDS).map(round).collect()
}

/// Nanoseconds each, from the first thread's beginning to the last one's end: a round in which one
/// waited for a processor is no good one.
fn each(threads: [[Instant; 2]; THREADS]) -> f64 {
    let first = threads.iter().map(|[begun, _]| *begun).min();
    let last = threads.iter().map(|[_, ended]| *ended).max();
    let took = last.zip(first).map(|(last, first)| last - first);
    took.unwrap_or_default().as_nanos() as f64 / EACH as f64
}

/// Where threads wait for each other, spinning: waking one takes longer than its work.
#[derive(Default)]
struct Meeting(AtomicUsize);

impl Meeting {
    fn timed(&self, work: impl FnOnce()) -> [Instant; 2] {
        let arrived = self.0.fetch_add(1, Ordering::AcqRel) + 1;
        while self.0.load(Ordering::Acquire) < arrived.next_multiple_of(THREADS) {
            spin_loop();
        }
        let begun = Instant::now();
        work();
        [begun, Instant::now()]
    }
}
