//! What is known of tenants: kept for a while, and looked up when it is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use quick_cache::sync::Cache;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::budget::Budget;
use super::flight::Flights;
use super::source::AnySource;
use super::{Settings, Tenants};
use crate::clock::Clock;
use crate::error::VerifyError;
use crate::keys::{DecoyReason, DeliveryKeys, LiveRing, Ring, Whose};
use crate::observe::{Observer, SourceFault};
use crate::scheme::KeyFormat;

/// Tenants and their rings.
pub(super) struct Directory {
    format: KeyFormat,
    source: Arc<dyn AnySource>,
    clock: Arc<dyn Clock>,
    settings: Settings,
    deadline: Duration,
    observer: Arc<Observer>,
    /// Tenants that are, or were, known. In a cache of their own, so that invented names cannot
    /// drive them out.
    known: Cache<Arc<str>, Known>,
    unknown: Cache<Arc<str>, Unknown>,
    flights: Flights<Found>,
    places: Semaphore,
    budget: Budget,
    /// For tenants that are unknown: of as many keys as the ring that was looked up last.
    decoy: LiveRing,
    /// Goes up when a tenant is forgotten: what was being looked up meanwhile is not kept.
    generation: AtomicU64,
}

/// A tenant's ring, up to a moment of the monotonic clock.
#[derive(Clone)]
struct Known {
    ring: Arc<Ring>,
    until: Duration,
}

/// What a name was found to be, up to a moment of the monotonic clock.
#[derive(Clone, Copy)]
struct Unknown {
    why: DecoyReason,
    until: Duration,
}

/// What comes of a look-up, for all who wait for it.
#[derive(Clone)]
enum Found {
    Ring(Arc<Ring>),
    Nobody(DecoyReason),
    /// It cannot be said.
    Unavailable(&'static str),
}

impl Directory {
    pub(super) fn new(tenants: Tenants, deadline: Duration, observer: Arc<Observer>) -> Self {
        let settings = tenants.settings;
        let now = tenants.clock.monotonic();
        // No more names turn out unknown in a minute than may be looked up.
        let unknown = usize::try_from(settings.unknown_per_minute).unwrap_or(usize::MAX);
        Self {
            format: tenants.scheme.key_format(),
            source: tenants.source,
            clock: tenants.clock,
            settings,
            deadline,
            observer,
            known: Cache::new(settings.capacity),
            unknown: Cache::new(unknown.min(settings.capacity)),
            flights: Flights::new(),
            places: Semaphore::new(settings.look_ups.min(Semaphore::MAX_PERMITS)),
            budget: Budget::new(settings.unknown_per_minute, now),
            decoy: LiveRing::new(Ring::decoy(1)),
            generation: AtomicU64::new(0),
        }
    }

    /// A tenant's keys where they are at hand, or that there are none. `None`: it is to be looked
    /// up.
    pub(super) fn at_hand(&self, name: &Arc<str>) -> Option<Result<DeliveryKeys, VerifyError>> {
        let now = self.clock.monotonic();
        if let Some(known) = self.known.get(name).filter(|known| now < known.until) {
            return Some(self.keys(name, &Found::Ring(known.ring)));
        }
        let unknown = self.unknown.get(name).filter(|it| now < it.until)?;
        Some(self.keys(name, &Found::Nobody(unknown.why)))
    }

    /// What a request gets that names no tenant.
    pub(super) fn nobody(&self) -> Result<DeliveryKeys, VerifyError> {
        self.decoy(DecoyReason::UnknownTenant)
    }

    /// Asks the source, within the deadline, unless it is being asked already.
    pub(super) async fn look_up(
        self: Arc<Self>,
        name: Arc<str>,
    ) -> Result<DeliveryKeys, VerifyError> {
        if Handle::try_current().is_err() {
            return Err(VerifyError::unavailable(
                "a Tokio runtime for the deadline of a look-up",
            ));
        }
        let asking = self.flights.join(&name, self.ask(&name));
        if let Ok(found) = timeout(self.deadline, asking).await {
            return self.keys(&name, &found);
        }
        self.fault(&SourceFault::Timeout);
        Err(VerifyError::unavailable("the source of tenants' keys"))
    }

    /// Looks a tenant up anew from now on.
    pub(super) fn forget(&self, name: &str) {
        self.generation.fetch_add(1, Ordering::SeqCst);
        self.flights.forget(name);
        self.unknown.remove(name);
        // That it was known stays known: it does not count as an invented name.
        if let Some((name, known)) = self.known.remove(name) {
            let until = Duration::ZERO;
            self.known.insert(name, Known { until, ..known });
        }
    }

    async fn ask(&self, name: &Arc<str>) -> Found {
        let generation = self.generation.load(Ordering::SeqCst);
        let was_known = self.known.peek(name).is_some();
        if !was_known && !self.budget.take(self.clock.monotonic()) {
            self.fault(&SourceFault::Flooded);
            return Found::Unavailable("a look-up of another unknown tenant");
        }
        let Ok(_place) = self.places.acquire().await else {
            return Found::Unavailable("a place for a look-up");
        };
        let found = match self.source.keys(name).await {
            Err(error) => {
                self.fault(&SourceFault::Failed(&*error));
                return Found::Unavailable("the source of tenants' keys");
            }
            Ok(None) => Found::Nobody(DecoyReason::UnknownTenant),
            Ok(Some(keyring)) => match Ring::new(&keyring, self.format) {
                Ok(ring) => Found::Ring(Arc::new(ring)),
                Err(error) => {
                    self.fault(&SourceFault::BadSecret(name, &error));
                    Found::Nobody(DecoyReason::BadSecret)
                }
            },
        };
        // A name that is known cost nothing.
        if !was_known && !matches!(found, Found::Nobody(DecoyReason::UnknownTenant)) {
            self.budget.give_back();
        }
        if self.generation.load(Ordering::SeqCst) == generation {
            self.keep(name, &found);
        }
        found
    }

    fn keep(&self, name: &Arc<str>, found: &Found) {
        let now = self.clock.monotonic();
        let name = Arc::clone(name);
        match found {
            Found::Ring(ring) => {
                if self.decoy.borrow().len() != ring.len() {
                    self.decoy.exchange(Ring::decoy(ring.len()));
                }
                let ring = Arc::clone(ring);
                let until = now.saturating_add(self.settings.cached_for);
                self.unknown.remove(&name);
                self.known.insert(name, Known { ring, until });
            }
            Found::Nobody(why) => {
                let until = now.saturating_add(self.settings.unknown_for);
                self.known.remove(&name);
                self.unknown.insert(name, Unknown { why: *why, until });
            }
            Found::Unavailable(_) => {}
        }
    }

    fn keys(&self, name: &Arc<str>, found: &Found) -> Result<DeliveryKeys, VerifyError> {
        match found {
            Found::Ring(ring) => Ok(DeliveryKeys {
                ring: Arc::clone(ring),
                whose: Whose::Tenant(Arc::clone(name)),
            }),
            Found::Nobody(why) => self.decoy(*why),
            Found::Unavailable(what) => Err(VerifyError::unavailable(what)),
        }
    }

    fn decoy(&self, why: DecoyReason) -> Result<DeliveryKeys, VerifyError> {
        if !self.settings.hidden {
            return Err(why.error());
        }
        Ok(DeliveryKeys {
            ring: self.decoy.hold(),
            whose: Whose::Nobody(why),
        })
    }

    fn fault(&self, fault: &SourceFault<'_>) {
        self.observer.source_fault(fault);
    }
}
