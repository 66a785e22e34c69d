//! Attempts that are not the provider's: a network's duplicates, and an attacker's.

use std::sync::Arc;

use bytes::Bytes;
use tokio::time::sleep;

use super::Deliverer;
use super::attempt::Of;
use super::chaos::Extra;
use super::emit::EmitError;
use super::sign::{Message, Stamp, is_stamped, sign};
use super::target::Target;
use crate::delivery::{Outcome, State, Truth};
use crate::events::{self, Event};
use crate::fresh::SecretForm;
use crate::moment::Moment;
use crate::provider::Provider;
use crate::subscription::{SecretText, Subscription};

/// The window of signed timestamps, in seconds, which all that sign one document alike.
pub(super) const WINDOW: u64 = 300;

/// How far outside of the window a timestamp is: at least, and how much more by chance.
const OUTSIDE: (u64, u64) = (WINDOW + 300, 3_000);

/// Whether a provider's attempt can be turned into this: late and early mean nothing where no
/// timestamp is signed, for nothing would be wrong with it.
pub(super) fn check(provider: Provider, truth: Truth) -> Result<(), EmitError> {
    if is_stamped(provider) || !matches!(truth, Truth::Late | Truth::Early) {
        return Ok(());
    }
    Err(EmitError::Unsendable(format!(
        "{} signs no timestamp: nothing of it is late or early",
        provider.title()
    )))
}

/// A genuine attempt, as whoever listens on the line has it.
#[derive(Clone, Debug)]
pub(super) struct Genuine {
    pub(super) subscription: Subscription,
    pub(super) event: Event,
    pub(super) message: Message,
    pub(super) stamp: Stamp,
}

impl Genuine {
    /// One that would be sent now.
    pub(super) fn now(
        subscription: Subscription,
        event: Event,
        attempt: u32,
    ) -> Result<Self, String> {
        let stamp = Stamp {
            secs: Moment::now().secs(),
            attempt,
        };
        let message = sign(&subscription, &subscription.secret, &event, stamp)?;
        Ok(Self {
            subscription,
            event,
            message,
            stamp,
        })
    }

    /// What is made of it.
    pub(super) fn turned(&self, truth: Truth, salt: u64) -> Result<Message, String> {
        let away = OUTSIDE.0 + salt % OUTSIDE.1;
        match truth {
            Truth::Genuine | Truth::Slow | Truth::Broken | Truth::Duplicate => {
                Ok(self.message.clone())
            }
            Truth::Late => self.stamped(self.stamp.secs.saturating_sub(away)),
            Truth::Early => self.stamped(self.stamp.secs.saturating_add(away)),
            Truth::Tampered => Ok(Message {
                body: tampered(&self.message.body, salt),
                ..self.message.clone()
            }),
            Truth::Forged => self.forged(),
        }
    }

    fn stamped(&self, secs: u64) -> Result<Message, String> {
        let stamp = Stamp { secs, ..self.stamp };
        sign(
            &self.subscription,
            &self.subscription.secret,
            &self.event,
            stamp,
        )
    }

    /// Signed with a secret in the provider's form that nobody has.
    fn forged(&self) -> Result<Message, String> {
        let form = SecretForm::of(self.subscription.provider);
        let secret = form.fresh().map_err(|error| error.to_string())?;
        sign(
            &self.subscription,
            &SecretText::new(secret),
            &self.event,
            self.stamp,
        )
    }

    /// The same with an event of the attacker's own in place of the provider's.
    pub(super) fn with_invented_event(mut self) -> Self {
        let invented = events::invented(&self.subscription, &self.event.name);
        if let Ok(Some(event)) = invented {
            self.event = event;
        }
        self
    }
}

/// The body with one letter or digit changed, so that it reads as it did; where it has none, with a
/// space more.
fn tampered(body: &Bytes, salt: u64) -> Bytes {
    let mut changed = body.to_vec();
    let start = usize::try_from(salt).unwrap_or_default() % changed.len().max(1);
    let (before, after) = changed.split_at_mut(start);
    let mut bytes = after.iter_mut().chain(before);
    match bytes.find(|byte| byte.is_ascii_alphanumeric()) {
        Some(byte) => {
            *byte = match *byte {
                b'9' => b'0',
                b'z' => b'a',
                b'Z' => b'A',
                other => other + 1,
            }
        }
        None => changed.push(b' '),
    }
    changed.into()
}

impl Deliverer {
    /// Sends what chaos puts beside a genuine attempt, after its while.
    pub(super) fn spawn_extra(self: &Arc<Self>, of: Of, extra: Extra, genuine: Genuine) {
        if check(of.provider, extra.truth).is_err() {
            return;
        }
        let deliverer = Arc::clone(self);
        self.tasks.spawn(async move {
            sleep(extra.after).await;
            let genuine = match extra.truth {
                Truth::Forged => genuine.with_invented_event(),
                _ => genuine,
            };
            if let Ok(message) = genuine.turned(extra.truth, extra.salt) {
                deliverer
                    .attack(&of, extra.truth, &message, &genuine.subscription)
                    .await;
            }
        });
    }

    /// Sends a message that is not the provider's, and gives what became of it.
    pub(super) async fn attack(
        &self,
        of: &Of,
        truth: Truth,
        message: &Message,
        subscription: &Subscription,
    ) -> Option<Outcome> {
        let target = Target::read(&subscription.url).ok()?;
        let _room = self.room.acquire().await.ok()?;
        let (number, outcome) = self
            .attempt(of, truth, message, &target, subscription)
            .await?;
        self.end(of, number, outcome.clone(), None);
        Some(outcome)
    }

    /// Sends an attack that is a delivery of its own, once.
    pub(super) async fn attack_alone(
        self: Arc<Self>,
        of: Of,
        truth: Truth,
        message: Message,
        subscription: Subscription,
    ) {
        let outcome = self.attack(&of, truth, &message, &subscription).await;
        let state = match outcome {
            Some(Outcome::Answered {
                status: 200..=299, ..
            }) => State::Delivered,
            Some(Outcome::Answered { status, .. }) => State::GaveUp {
                why: format!("refused with {status}, and not tried again: it is an attack"),
            },
            _ => State::GaveUp {
                why: "no answer, and not tried again: it is an attack".to_owned(),
            },
        };
        self.store
            .change_delivery(of.delivery, |delivery| delivery.state = state);
    }
}

#[cfg(test)]
#[path = "attack_tests.rs"]
mod tests;
