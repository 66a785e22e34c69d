//! A delivery that is kept, sent once more because somebody wants it.

use std::sync::Arc;

use super::attack::{Genuine, WINDOW};
use super::attempt::Of;
use super::chaos::Mix;
use super::course::Course;
use super::emit::EmitError;
use super::sign::{Message, is_stamped};
use super::target::Target;
use super::{Deliverer, hindrance};
use crate::delivery::{Attempt, Delivery, Truth};
use crate::events::Event;
use crate::moment::Moment;
use crate::subscription::Subscription;

impl Deliverer {
    /// As the provider does: stamped anew, signed with the secret of now, and once.
    pub(super) fn deliver_again(
        self: &Arc<Self>,
        delivery: &Delivery,
        truth: Truth,
    ) -> Result<(), EmitError> {
        if !delivery.is_over() {
            return Err(unsendable("its provider is still sending it"));
        }
        let subscription = self.subscription_of(delivery)?;
        if let Some(why) = hindrance(&subscription, true) {
            return Err(EmitError::Unsendable(why));
        }
        let course = Course {
            of: Of::new(delivery),
            event: event_of(delivery),
            mix: Mix::first(truth),
            made: made(delivery),
            once: true,
            again: true,
        };
        self.tasks.spawn(Arc::clone(self).run(course));
        Ok(())
    }

    pub(super) fn attack_again(
        self: &Arc<Self>,
        delivery: &Delivery,
        truth: Truth,
    ) -> Result<(), EmitError> {
        let subscription = self.subscription_of(delivery)?;
        let (message, truth) = match truth {
            Truth::Duplicate => duplicate(delivery)?,
            _ => (attack(delivery, &subscription, truth)?, truth),
        };
        let (deliverer, of) = (Arc::clone(self), Of::new(delivery));
        self.tasks.spawn(async move {
            deliverer.attack(&of, truth, &message, &subscription).await;
        });
        Ok(())
    }

    fn subscription_of(&self, delivery: &Delivery) -> Result<Subscription, EmitError> {
        let found = self
            .store
            .subscription(delivery.provider, &delivery.subscription);
        let subscription = found.ok_or(EmitError::NotFound)?;
        Target::read(&subscription.url).map_err(EmitError::Unsendable)?;
        Ok(subscription)
    }
}

/// The bytes of the first genuine attempt, and what they are by now: once they are older than the
/// window they are late.
fn duplicate(delivery: &Delivery) -> Result<(Message, Truth), EmitError> {
    let mut attempts = delivery.attempts.iter();
    let first = attempts
        .find(|attempt| attempt.truth.is_providers())
        .ok_or(unsendable("there is no genuine attempt to be sent again"))?;
    let age = Moment::now().secs().saturating_sub(first.at.secs());
    let truth = if is_stamped(delivery.provider) && age > WINDOW {
        Truth::Late
    } else {
        Truth::Duplicate
    };
    Ok((message_of(delivery, first), truth))
}

fn message_of(delivery: &Delivery, attempt: &Attempt) -> Message {
    Message {
        headers: attempt.headers.clone(),
        signed: attempt.signed.clone(),
        body: attempt.body.clone(),
        event_id: delivery.event_id.clone(),
    }
}

fn attack(
    delivery: &Delivery,
    subscription: &Subscription,
    truth: Truth,
) -> Result<Message, EmitError> {
    let attempt = made(delivery).max(1);
    let genuine = Genuine::now(subscription.clone(), event_of(delivery), attempt);
    let genuine = genuine.map_err(EmitError::Unsendable)?;
    let genuine = match truth {
        Truth::Forged => genuine.with_invented_event(),
        _ => genuine,
    };
    genuine
        .turned(truth, fastrand::u64(..))
        .map_err(EmitError::Unsendable)
}

fn event_of(delivery: &Delivery) -> Event {
    Event {
        name: delivery.event.clone(),
        id: delivery.event_id.clone(),
        body: delivery.body.clone(),
    }
}

/// The provider's attempts so far.
fn made(delivery: &Delivery) -> u32 {
    let attempts = delivery.attempts.iter();
    let made = attempts.filter(|attempt| attempt.truth.is_providers());
    u32::try_from(made.count()).unwrap_or(u32::MAX)
}

fn unsendable(why: &str) -> EmitError {
    EmitError::Unsendable(why.to_owned())
}
