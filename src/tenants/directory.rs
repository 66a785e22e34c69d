//! What is known of tenants: kept for a while, and looked up when it is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use quick_cache::sync::Cache;
use tokio::runtime::Handle;
use tokio::sync::{Mutex, Semaphore};
use tokio::time::{Instant, timeout};

use super::budget::Budget;
use super::flight::Flights;
use super::source::AnySource;
use super::{Settings, Tenants};
use crate::clock::Clock;
use crate::error::VerifyError;
use crate::keys::{DecoyReason, DeliveryKeys, LiveRing, Ring, Whose};
use crate::observe::{Observer, SourceFault};
use crate::scheme::Scheme;

/// Tenants and their rings.
pub(super) struct Directory {
    scheme: Scheme,
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
    /// Names that were never known wait for a place here, one behind the other.
    strangers: Mutex<()>,
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
    /// Nor in time.
    Late,
}

impl Directory {
    pub(super) fn new(tenants: Tenants, deadline: Duration, observer: Arc<Observer>) -> Self {
        let settings = tenants.settings;
        let now = tenants.clock.monotonic();
        // No more names turn out unknown in a minute than may be looked up.
        let unknown = usize::try_from(settings.unknown_per_minute).unwrap_or(usize::MAX);
        Self {
            decoy: LiveRing::new(Ring::decoy(1, &tenants.scheme)),
            scheme: tenants.scheme,
            source: tenants.source,
            clock: tenants.clock,
            settings,
            deadline,
            observer,
            known: Cache::new(settings.capacity),
            unknown: Cache::new(unknown.min(settings.capacity)),
            flights: Flights::new(),
            places: Semaphore::new(settings.look_ups.min(Semaphore::MAX_PERMITS)),
            strangers: Mutex::new(()),
            budget: Budget::new(settings.unknown_per_minute, now),
            generation: AtomicU64::new(0),
        }
    }

    /// A tenant's keys where they are at hand, or that there are none. `None`: it is to be looked
    /// up.
    pub(super) fn at_hand(&self, name: &Arc<str>) -> Option<Result<DeliveryKeys, VerifyError>> {
        self.kept(name).map(|found| self.keys(name, &found))
    }

    fn kept(&self, name: &Arc<str>) -> Option<Found> {
        let now = self.clock.monotonic();
        if let Some(known) = self.known.get(name).filter(|known| now < known.until) {
            return Some(Found::Ring(known.ring));
        }
        let unknown = self.unknown.get(name).filter(|it| now < it.until)?;
        Some(Found::Nobody(unknown.why))
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
        let begun = Instant::now();
        let asking = async {
            let left = self.deadline.saturating_sub(begun.elapsed());
            timeout(left, self.ask(&name)).await.unwrap_or(Found::Late)
        };
        let found = self.flights.join(&name, self.deadline, asking).await;
        let found = found.unwrap_or(Found::Late);
        if matches!(found, Found::Late) {
            self.fault(&SourceFault::Timeout);
        }
        self.keys(&name, &found)
    }

    /// Looks a tenant up anew from now on.
    pub(super) fn forget(&self, name: &str) {
        self.generation.fetch_add(1, Ordering::SeqCst);
        self.flights.forget(name);
        self.unknown.remove(name);
        self.outdate(name);
    }

    /// That it was known stays known: it does not count as an invented name.
    fn outdate(&self, name: &str) {
        if let Some((name, known)) = self.known.remove(name) {
            let until = Duration::ZERO;
            self.known.insert(name, Known { until, ..known });
        }
    }

    async fn ask(&self, name: &Arc<str>) -> Found {
        // Another's look-up may have ended since this one was found to be needed.
        if let Some(found) = self.kept(name) {
            return found;
        }
        let generation = self.generation.load(Ordering::SeqCst);
        let was_known = self.known.peek(name).is_some();
        if !was_known && !self.budget.take(self.clock.monotonic()) {
            self.fault(&SourceFault::Flooded);
            return Found::Unavailable("a look-up of another unknown tenant");
        }
        let turn = match was_known {
            true => None,
            // So that those who were known wait for a place behind one stranger, not behind all.
            false => Some(self.strangers.lock().await),
        };
        let Ok(_place) = self.places.acquire().await else {
            return Found::Unavailable("a place for a look-up");
        };
        drop(turn);
        let found = match self.source.keys(name).await {
            Err(error) => {
                self.fault(&SourceFault::Failed(&*error));
                return Found::Unavailable("the source of tenants' keys");
            }
            Ok(None) => Found::Nobody(DecoyReason::UnknownTenant),
            Ok(Some(keyring)) => match Ring::new(&keyring, &self.scheme) {
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
            // It may have been forgotten in between.
            if self.generation.load(Ordering::SeqCst) != generation {
                self.unknown.remove(name);
                self.outdate(name);
            }
        }
        found
    }

    fn keep(&self, name: &Arc<str>, found: &Found) {
        let now = self.clock.monotonic();
        let name = Arc::clone(name);
        match found {
            Found::Ring(ring) => {
                if self.decoy.borrow().len() != ring.len() {
                    self.decoy.exchange(Ring::decoy(ring.len(), &self.scheme));
                }
                let ring = Arc::clone(ring);
                let until = now.saturating_add(self.settings.cached_for);
                self.unknown.remove(&name);
                self.known.insert(name, Known { ring, until });
            }
            Found::Nobody(why) => {
                let until = now.saturating_add(self.settings.unknown_for);
                match why {
                    DecoyReason::UnknownTenant => drop(self.known.remove(&name)),
                    // There is such a tenant.
                    DecoyReason::BadSecret => self.outdate(&name),
                }
                self.unknown.insert(name, Unknown { why: *why, until });
            }
            Found::Unavailable(_) | Found::Late => {}
        }
    }

    fn keys(&self, name: &Arc<str>, found: &Found) -> Result<DeliveryKeys, VerifyError> {
        match found {
            Found::Ring(ring) => Ok(DeliveryKeys::of_tenant(name, ring)),
            Found::Nobody(why) => self.decoy(*why),
            Found::Unavailable(what) => Err(VerifyError::unavailable(what)),
            Found::Late => Err(VerifyError::unavailable("the source of tenants' keys")),
        }
    }

    fn decoy(&self, why: DecoyReason) -> Result<DeliveryKeys, VerifyError> {
        if !self.settings.hidden {
            return Err(why.error());
        }
        Ok(DeliveryKeys {
            ring: self.decoy.borrow(),
            whose: Whose::Nobody(why),
        })
    }

    fn fault(&self, fault: &SourceFault<'_>) {
        self.observer.source_fault(fault);
    }
}
