//! One look-up for all who wait for the same tenant.

use core::future::Future;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::timeout;

/// Look-ups under way, by tenant: no more than there are deliveries that wait.
pub(super) struct Flights<T> {
    under_way: Mutex<HashMap<Arc<str>, Arc<Flight<T>>>>,
}

/// Whoever holds the lock looks up; whoever has it next finds what came of that.
type Flight<T> = tokio::sync::Mutex<Option<T>>;

/// A place among those who wait for one look-up.
struct Seat<'f, T> {
    flights: &'f Flights<T>,
    name: Arc<str>,
    flight: Arc<Flight<T>>,
    /// Whether the look-up has ended here: whoever comes from now on asks anew.
    ended: bool,
}

impl<T: Clone> Flights<T> {
    pub(super) fn new() -> Self {
        Self {
            under_way: Mutex::default(),
        }
    }

    /// What comes of the look-up: of one that is under way, or else of this one. One that is
    /// dropped half-way is taken over by the next who waits. `None`: patience ended first.
    ///
    /// The look-up bounds itself, and running out of time is an answer that all who wait share: if
    /// each asked in turn with the little time it has left, none would ever be answered.
    pub(super) async fn join(
        &self,
        name: &Arc<str>,
        patience: Duration,
        look_up: impl Future<Output = T>,
    ) -> Option<T> {
        let mut seat = self.seat(name);
        let mut found = timeout(patience, seat.flight.lock()).await.ok()?;
        if let Some(found) = &*found {
            return Some(found.clone());
        }
        let result = look_up.await;
        *found = Some(result.clone());
        drop(found);
        seat.ended = true;
        Some(result)
    }

    /// Whoever asks for that tenant from now on asks anew.
    pub(super) fn forget(&self, name: &str) {
        self.under_way().remove(name);
    }

    fn seat(&self, name: &Arc<str>) -> Seat<'_, T> {
        let mut under_way = self.under_way();
        let flight = under_way.entry(Arc::clone(name)).or_default();
        Seat {
            flights: self,
            name: Arc::clone(name),
            flight: Arc::clone(flight),
            ended: false,
        }
    }
}

impl<T> Flights<T> {
    fn under_way(&self) -> MutexGuard<'_, HashMap<Arc<str>, Arc<Flight<T>>>> {
        self.under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Drop for Seat<'_, T> {
    /// Who ended the look-up takes the flight along, or else the last to leave: the map holds it, and
    /// this seat.
    fn drop(&mut self) {
        let mut under_way = self.flights.under_way();
        // Let go under the lock: of two who leave at once, the second finds itself the last.
        let flight = core::mem::take(&mut self.flight);
        let same = under_way
            .get(&self.name)
            .is_some_and(|it| Arc::ptr_eq(it, &flight));
        if same && (self.ended || Arc::strong_count(&flight) == 2) {
            under_way.remove(&self.name);
        }
        drop(flight);
    }
}
