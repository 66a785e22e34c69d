//! How a delivery begins: as the provider's, as an attack, or not at all.

use std::sync::Arc;
use std::time::Duration;

use super::attack::Genuine;
use super::attempt::Of;
use super::chaos::{Extra, Mix};
use super::course::Course;
use super::emit::Emit;
use super::sign::Message;
use super::target::Target;
use super::{Deliverer, hindrance, plan};
use crate::delivery::{Delivery, State, Truth};
use crate::events::Event;
use crate::moment::Moment;
use crate::subscription::Subscription;

/// How long after a genuine attempt its duplicate is sent where one is asked for: most receivers
/// have answered by then.
const DUPLICATE_AFTER: Duration = Duration::from_millis(250);

impl Deliverer {
    /// Begins one delivery, and gives its number.
    pub(super) fn begin(
        self: &Arc<Self>,
        subscription: Subscription,
        event: Event,
        emit: &Emit,
    ) -> u64 {
        match emit.truth {
            Some(truth) if truth.is_attack() => self.begin_attack(subscription, &event, truth),
            truth => self.begin_course(&subscription, event, truth, emit.once),
        }
    }

    fn begin_course(
        self: &Arc<Self>,
        subscription: &Subscription,
        event: Event,
        truth: Option<Truth>,
        once: bool,
    ) -> u64 {
        let why = hindrance(subscription, false).or_else(|| Target::read(&subscription.url).err());
        let of = self.keep(subscription, &event, why.clone());
        let number = of.delivery;
        if why.is_none() {
            let mut mix = match truth {
                None => self.chaos.mix(number),
                Some(Truth::Duplicate) => with_duplicate(),
                Some(truth) => Mix::first(truth),
            };
            let is_last = once || plan::wait(subscription, 1).is_none();
            if truth.is_none() && is_last && mix.first == Truth::Broken {
                // It would be lost, which chaos does not do.
                mix.first = Truth::Genuine;
            }
            let course = Course {
                of,
                event,
                mix,
                made: 0,
                once,
                again: false,
            };
            self.tasks.spawn(Arc::clone(self).run(course));
        }
        number
    }

    /// An attacker does not ask whether the webhook is on.
    fn begin_attack(
        self: &Arc<Self>,
        subscription: Subscription,
        event: &Event,
        truth: Truth,
    ) -> u64 {
        let message = attack(&subscription, event, truth);
        let why = message.as_ref().err().cloned();
        let of = self.keep(&subscription, event, why);
        let number = of.delivery;
        if let Ok(message) = message {
            let attack = Arc::clone(self).attack_alone(of, truth, message, subscription);
            self.tasks.spawn(attack);
        }
        number
    }

    fn keep(&self, subscription: &Subscription, event: &Event, why: Option<String>) -> Of {
        let mut of = Of {
            delivery: 0,
            provider: subscription.provider,
            subscription: subscription.id.clone(),
            event: event.name.clone(),
        };
        of.delivery = self.store.deliver(|number| Delivery {
            number,
            provider: of.provider,
            subscription: of.subscription.clone(),
            event: event.name.clone(),
            event_id: event.id.clone(),
            body: event.body.clone(),
            created: Moment::now(),
            state: why.map_or(State::Sending, |why| State::NotSent { why }),
            attempts: Vec::new(),
        });
        of
    }
}

fn with_duplicate() -> Mix {
    let duplicate = Extra {
        truth: Truth::Duplicate,
        after: DUPLICATE_AFTER,
        salt: 0,
    };
    Mix {
        extras: vec![duplicate],
        ..Mix::first(Truth::Genuine)
    }
}

/// What an attacker makes of an event that is sent nowhere else, or why it goes nowhere.
fn attack(subscription: &Subscription, event: &Event, truth: Truth) -> Result<Message, String> {
    Target::read(&subscription.url)?;
    let genuine = Genuine::now(subscription.clone(), event.clone(), 1)?;
    genuine.turned(truth, fastrand::u64(..))
}
