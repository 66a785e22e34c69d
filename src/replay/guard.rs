//! The guard of one endpoint: its store, and how long what is kept.

use core::fmt;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::{Identity, ReplayStore};
use crate::error::ConfigError;
use crate::observe::Observer;
use crate::scheme::{Place, ReplayId, Scheme};
use crate::sync::{AtomicU64, Mutex, Ordering, locked};

/// How many claims may be given up in the background at once. While a store is down they pile up
/// with each delivery; those beyond are left to the end of their leases.
const RELEASES: usize = 256;

/// The replay decision: a store, and how long claims and handled deliveries are kept.
///
/// Any store is one with the defaults, so that `.replay(MemoryStore::default())` will do:
///
/// | what | default |
/// |---|---|
/// | how long a handled delivery is remembered | as long as the provider may send it again, where that is known; else 7 days. Never less than the window of the signed timestamp, past and future together, and 48 hours where there is none |
/// | lease of a claim, renewed while the handler runs | 30 s |
/// | deadline of each call to the store | 2 s, or a fifth of the time in which the provider wants its answer |
///
/// # Example
///
/// ```
/// use std::time::Duration;
/// use hookproof::replay::ReplayGuard;
/// # #[cfg(feature = "memory-store")] {
/// use hookproof::replay::MemoryStore;
///
/// let guard = ReplayGuard::new(MemoryStore::default())
///     .retention(Duration::from_secs(72 * 3_600))
///     .lease(Duration::from_secs(60));
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a guard does nothing until an endpoint has it"]
pub struct ReplayGuard {
    store: Arc<dyn ReplayStore>,
    retention: Option<Duration>,
    lease: Duration,
    deadline: Option<Duration>,
}

impl ReplayGuard {
    /// How long a claim lasts unless it is renewed: 30 seconds.
    pub const DEFAULT_LEASE: Duration = Duration::from_secs(30);

    /// How long a call to the store may take: 2 seconds, or less where the provider wants its
    /// answer within 10.
    pub const DEFAULT_STORE_DEADLINE: Duration = Duration::from_secs(2);

    /// How long a handled delivery is remembered where it is not known for how long a provider may
    /// send it again: 7 days.
    pub const DEFAULT_RETENTION: Duration = Duration::from_secs(7 * 24 * 3_600);

    /// The least that a handled delivery is remembered by default where no window makes a captured
    /// one stale: 48 hours.
    pub const WITHOUT_WINDOW: Duration = Duration::from_secs(48 * 3_600);

    /// A guard with the defaults. Endpoints may share a store: what they remember is kept apart by
    /// their names.
    pub fn new(store: impl ReplayStore) -> Self {
        Self {
            store: Arc::new(store),
            retention: None,
            lease: Self::DEFAULT_LEASE,
            deadline: None,
        }
    }

    /// How long a handled delivery is remembered.
    pub const fn retention(mut self, retention: Duration) -> Self {
        self.retention = Some(retention);
        self
    }

    /// How long a claim lasts unless it is renewed, from one second to one hour. It is renewed at
    /// each third of it while the handler runs; when a process dies, its claims free themselves
    /// after it.
    pub const fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease;
        self
    }

    /// How long each call to the store may take. A claim that takes longer is refused with 503.
    pub const fn store_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The guard of an endpoint of that scheme, if the two can work together.
    pub(crate) fn ready_for(
        self,
        scheme: &Scheme,
        observer: &Arc<Observer>,
    ) -> Result<Guard, ConfigError> {
        can_identify(scheme)?;
        let retention = self.retention_for(scheme)?;
        if self.lease < Duration::from_secs(1) || self.lease > Duration::from_secs(3_600) {
            return Err(ConfigError::endpoint(
                "the lease of claims goes from one second to one hour",
            ));
        }
        let by_default = scheme.retries().within(5, Self::DEFAULT_STORE_DEADLINE);
        let deadline = self.deadline.unwrap_or(by_default);
        if deadline.is_zero() {
            return Err(ConfigError::endpoint(
                "the store's deadline is zero: nothing would pass",
            ));
        }
        Ok(Guard {
            store: self.store,
            retention,
            lease: self.lease,
            deadline,
            observer: Arc::clone(observer),
            handled: Arc::default(),
            releases: Arc::new(Semaphore::new(RELEASES)),
        })
    }

    fn retention_for(&self, scheme: &Scheme) -> Result<Duration, ConfigError> {
        let window = scheme.tolerance().map_or(Duration::ZERO, |tolerance| {
            Duration::from_secs(u64::from(tolerance.past()) + u64::from(tolerance.future()))
        });
        let by_default = || {
            let horizon = scheme.retries().horizon_secs.map(u64::from);
            let least = match scheme.tolerance() {
                Some(_) => window,
                None => Self::WITHOUT_WINDOW,
            };
            horizon
                .map_or(Self::DEFAULT_RETENTION, Duration::from_secs)
                .max(least)
        };
        let retention = self.retention.unwrap_or_else(by_default);
        if retention < window || retention.is_zero() {
            return Err(ConfigError::endpoint(format!(
                "the retention is {} s, but {} accepts a timestamp for {} s, past and future together: a delivery would be forgotten while it can still be replayed",
                retention.as_secs(),
                scheme.slug(),
                window.as_secs()
            )));
        }
        // Both ends of a window are inside it, and clocks are read in whole seconds.
        let reaches_past = match window {
            Duration::ZERO => retention,
            window => retention.max(window + Duration::from_secs(1)),
        };
        Ok(reaches_past)
    }
}

impl<S: ReplayStore> From<S> for ReplayGuard {
    fn from(store: S) -> Self {
        Self::new(store)
    }
}

impl fmt::Debug for ReplayGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplayGuard")
            .field("retention", &self.retention)
            .field("lease", &self.lease)
            .field("store_deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

fn can_identify(scheme: &Scheme) -> Result<(), ConfigError> {
    match scheme.replay_id() {
        ReplayId::Indistinct => Err(ConfigError::endpoint(format!(
            "{} sends deliveries that nothing signed tells apart, so a replay guard would swallow events: build the endpoint without_replay_guard()",
            scheme.slug()
        ))),
        ReplayId::Id(Place::Json(_)) if !cfg!(feature = "json") => {
            Err(ConfigError::endpoint(format!(
                "what identifies a delivery of {} stands in its JSON body: enable the feature json",
                scheme.slug()
            )))
        }
        _ => Ok(()),
    }
}

/// A guard as its endpoint uses it. Cloning is cheap, and clones are one guard.
#[derive(Clone)]
pub(crate) struct Guard {
    pub(super) store: Arc<dyn ReplayStore>,
    pub(super) retention: Duration,
    pub(super) lease: Duration,
    pub(super) deadline: Duration,
    pub(super) observer: Arc<Observer>,
    pub(super) handled: Arc<Handled>,
    /// Room for claims that are being given up in the background.
    pub(super) releases: Arc<Semaphore>,
}

impl Guard {
    /// How long a handled delivery is remembered.
    pub(crate) const fn retention(&self) -> Duration {
        self.retention
    }

    /// The longest that the store can hold up one delivery: a claim before the handler, and what
    /// comes after it.
    pub(crate) const fn holds_up(&self) -> Duration {
        self.deadline.saturating_mul(2)
    }
}

/// Deliveries that were handled here and that the store has not heard of yet, because it is down:
/// if its lease ends meanwhile, none of them is handled here again.
#[derive(Default)]
pub(super) struct Handled {
    /// How many there are. Mostly none, and then nothing is locked.
    count: AtomicU64,
    identities: Mutex<HashSet<Identity>>,
}

impl Handled {
    pub(super) fn contains(&self, identity: &Identity) -> bool {
        self.count.load(Ordering::Acquire) > 0 && locked(&self.identities).contains(identity)
    }

    pub(super) fn insert(&self, identity: Identity) {
        if locked(&self.identities).insert(identity) {
            self.count.fetch_add(1, Ordering::Release);
        }
    }

    pub(super) fn remove(&self, identity: &Identity) {
        if self.count.load(Ordering::Acquire) > 0 && locked(&self.identities).remove(identity) {
            self.count.fetch_sub(1, Ordering::Release);
        }
    }
}
