//! What the sandbox remembers: subscriptions and deliveries, and who is told of changes.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;

use crate::delivery::Delivery;
use crate::provider::Provider;
use crate::subscription::Subscription;

/// Subscriptions that can be kept.
pub(crate) const MAX_SUBSCRIPTIONS: usize = 1_000;

/// Deliveries that are kept; the oldest that are over make room.
pub(crate) const MAX_DELIVERIES: usize = 2_000;

/// Changes that a slow reader may lag behind.
const LAG: usize = 1_024;

/// Subscriptions and deliveries. Its lock is never held across an await.
#[derive(Debug)]
pub(crate) struct Store {
    kept: Mutex<Kept>,
    changes: broadcast::Sender<Change>,
}

#[derive(Debug, Default)]
struct Kept {
    subscriptions: BTreeMap<String, Subscription>,
    deliveries: VecDeque<Delivery>,
    numbered: u64,
}

/// What has changed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Change {
    /// The subscription of this id was added, changed or removed.
    Subscription(String),
    /// The delivery of this number was added or changed.
    Delivery(u64),
}

/// No more subscriptions are taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Full;

impl Default for Store {
    fn default() -> Self {
        Self {
            kept: Mutex::default(),
            changes: broadcast::Sender::new(LAG),
        }
    }
}

impl Store {
    /// Is told of each change from now on.
    pub(crate) fn watch(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    pub(crate) fn add(&self, subscription: Subscription) -> Result<(), Full> {
        let id = subscription.id.clone();
        let mut kept = self.kept();
        if kept.subscriptions.len() >= MAX_SUBSCRIPTIONS {
            return Err(Full);
        }
        kept.subscriptions.insert(id.clone(), subscription);
        drop(kept);
        self.tell(Change::Subscription(id));
        Ok(())
    }

    /// A provider's subscriptions, oldest first.
    pub(crate) fn subscriptions(&self, provider: Provider) -> Vec<Subscription> {
        let kept = self.kept();
        let of_provider = |subscription: &&Subscription| subscription.provider == provider;
        let mut found: Vec<_> = kept
            .subscriptions
            .values()
            .filter(of_provider)
            .cloned()
            .collect();
        found.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
        found
    }

    /// A provider's subscription of this id.
    pub(crate) fn subscription(&self, provider: Provider, id: &str) -> Option<Subscription> {
        let kept = self.kept();
        let found = kept.subscriptions.get(id);
        found
            .filter(|subscription| subscription.provider == provider)
            .cloned()
    }

    /// Changes a provider's subscription, and gives it as it is then.
    pub(crate) fn change(
        &self,
        provider: Provider,
        id: &str,
        change: impl FnOnce(&mut Subscription),
    ) -> Option<Subscription> {
        let mut kept = self.kept();
        let found = kept.subscriptions.get_mut(id);
        let subscription = found.filter(|subscription| subscription.provider == provider)?;
        change(subscription);
        let changed = subscription.clone();
        drop(kept);
        self.tell(Change::Subscription(id.to_owned()));
        Some(changed)
    }

    pub(crate) fn remove(&self, provider: Provider, id: &str) -> Option<Subscription> {
        let mut kept = self.kept();
        let found = kept.subscriptions.get(id)?;
        if found.provider != provider {
            return None;
        }
        let removed = kept.subscriptions.remove(id);
        drop(kept);
        self.tell(Change::Subscription(id.to_owned()));
        removed
    }

    /// Keeps a delivery under the next number, which it gives.
    pub(crate) fn deliver(&self, delivery: impl FnOnce(u64) -> Delivery) -> u64 {
        let mut kept = self.kept();
        kept.numbered += 1;
        let number = kept.numbered;
        kept.deliveries.push_back(delivery(number));
        if kept.deliveries.len() > MAX_DELIVERIES {
            let over = kept.deliveries.iter().position(Delivery::is_over);
            kept.deliveries.remove(over.unwrap_or(0));
        }
        drop(kept);
        self.tell(Change::Delivery(number));
        number
    }

    /// The deliveries that are kept, oldest first.
    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        self.kept().deliveries.iter().cloned().collect()
    }

    /// The deliveries to one subscription that are kept, oldest first.
    pub(crate) fn deliveries_to(&self, subscription: &str) -> Vec<Delivery> {
        let kept = self.kept();
        let deliveries = kept.deliveries.iter();
        deliveries
            .filter(|delivery| delivery.subscription == subscription)
            .cloned()
            .collect()
    }

    pub(crate) fn delivery(&self, number: u64) -> Option<Delivery> {
        let kept = self.kept();
        let mut deliveries = kept.deliveries.iter();
        deliveries
            .find(|delivery| delivery.number == number)
            .cloned()
    }

    /// Changes a delivery that is still kept.
    pub(crate) fn change_delivery<T>(
        &self,
        number: u64,
        change: impl FnOnce(&mut Delivery) -> T,
    ) -> Option<T> {
        let mut kept = self.kept();
        let mut deliveries = kept.deliveries.iter_mut();
        let delivery = deliveries.find(|delivery| delivery.number == number)?;
        let given = change(delivery);
        drop(kept);
        self.tell(Change::Delivery(number));
        Some(given)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nobody need be listening.
    fn tell(&self, change: Change) {
        let _ = self.changes.send(change);
    }
}

impl Delivery {
    /// Whether no further attempt is to be made.
    pub(crate) const fn is_over(&self) -> bool {
        use crate::delivery::State::{Delivered, GaveUp, NotSent};
        matches!(self.state, Delivered | GaveUp { .. } | NotSent { .. })
    }
}
