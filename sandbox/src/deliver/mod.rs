//! Deliveries: who gets an event, when, signed how, and what each answer means.
//!
//! `recipients.rs` finds who wants an event; `course.rs` makes the provider's attempts by the
//! schedule of `plan.rs`, and `attack.rs` those that are not the provider's, as `chaos.rs` chooses;
//! `sign.rs` signs each, `attempt.rs` keeps and logs it, `send.rs` sends it to where `target.rs`
//! allows.

mod attack;
mod attempt;
mod begin;
mod chaos;
mod course;
mod emit;
mod plan;
mod recipients;
mod repeat;
mod send;
mod sign;
mod target;
mod tasks;

use std::future::Future;
use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::delivery::{State, Truth};
use crate::log::{Log, Sink};
use crate::moment::Speed;
use crate::provider::Provider;
use crate::store::{MAX_DELIVERIES, Store};
use crate::subscription::Subscription;
pub use chaos::Chaos;
pub use emit::{Emit, EmitError};
pub(crate) use sign::{USER_AGENT, is_stamped};
use tasks::Tasks;

/// Requests that are open at once.
const MAX_OPEN: usize = 64;

/// Deliveries and attacks that may be under way: fewer than deliveries are kept, so that one that is
/// not over never makes room for another.
const MAX_UNDER_WAY: usize = MAX_DELIVERIES / 4 * 3;

/// Sends what is emitted, in tasks of its own.
#[derive(Debug)]
pub(crate) struct Deliverer {
    store: Arc<Store>,
    speed: Speed,
    chaos: Chaos,
    log: Log,
    room: Semaphore,
    tasks: Tasks,
}

impl Deliverer {
    /// One that delivers on the runtime in which this is called.
    pub(crate) fn new(store: Arc<Store>, speed: Speed, chaos: Chaos) -> Self {
        Self {
            store,
            speed,
            chaos,
            log: Log::default(),
            room: Semaphore::new(MAX_OPEN),
            tasks: Tasks::here(),
        }
    }

    /// The same, telling each line of its log as it is written.
    pub(crate) fn on_line(mut self, sink: Option<Sink>) -> Self {
        self.log = Log::new(sink);
        self
    }

    /// Begins a delivery to each subscription concerned, and gives their numbers.
    pub(crate) fn emit(
        self: &Arc<Self>,
        provider: Provider,
        emit: &Emit,
    ) -> Result<Vec<u64>, EmitError> {
        if let Some(truth) = emit.truth {
            attack::check(provider, truth)?;
        }
        let sendings = recipients::find(&self.store, provider, emit)?;
        self.check_room(sendings.len())?;
        let begun = sendings.into_iter();
        Ok(begun
            .map(|(subscription, event)| self.begin(subscription, event, emit))
            .collect())
    }

    /// Sends a kept delivery once more, as what is said: a duplicate is the first genuine attempt
    /// byte for byte, and all else is made anew from the event. A genuine one is the provider's own
    /// replay, which is counted as its attempts are, and is made of a delivery that is over.
    pub(crate) fn repeat(self: &Arc<Self>, number: u64, truth: Truth) -> Result<(), EmitError> {
        self.check_room(1)?;
        let delivery = self.store.delivery(number).ok_or(EmitError::NotFound)?;
        attack::check(delivery.provider, truth)?;
        if truth.is_providers() {
            self.deliver_again(&delivery, truth)
        } else {
            self.attack_again(&delivery, truth)
        }
    }

    /// Waits until nothing more becomes of a delivery, and says what has. `None`: it is not kept.
    pub(crate) async fn settled(&self, number: u64) -> Option<State> {
        let mut changes = self.store.watch();
        loop {
            let delivery = self.store.delivery(number)?;
            if delivery.is_over() {
                return Some(delivery.state);
            }
            // That it lags behind does not matter: the store is asked again.
            let _ = changes.recv().await;
        }
    }

    /// Waits until no delivery and no attack is under way.
    pub(crate) async fn idle(&self) {
        self.tasks.idle().await;
    }

    pub(crate) const fn log(&self) -> &Log {
        &self.log
    }

    /// Ends every task.
    pub(crate) fn stop(&self) {
        self.tasks.stop();
    }

    /// Waits until the tasks are told to end. Whatever else would go on for ever ends with them.
    pub(crate) fn stopped(&self) -> impl Future<Output = ()> + Send + 'static {
        self.tasks.stopped()
    }

    fn check_room(&self, more: usize) -> Result<(), EmitError> {
        if self.tasks.count() + more > MAX_UNDER_WAY {
            return Err(EmitError::Busy);
        }
        Ok(())
    }
}

/// Why the provider sends nothing to a subscription, whatever its URL. One that is failing gets
/// later events no more, while those that are under way go on.
fn hindrance(subscription: &Subscription, is_under_way: bool) -> Option<String> {
    if !subscription.on {
        return Some("the webhook is off".to_owned());
    }
    let skips = subscription.failing && plan::skips_failing(subscription.provider);
    (skips && !is_under_way).then(|| {
        let title = subscription.provider.title();
        format!("the webhook is failing: {title} skips it until it is switched off and on")
    })
}

#[cfg(test)]
pub(crate) mod tests;
