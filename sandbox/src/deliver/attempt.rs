//! One attempt, from the delivery in which it is kept to its line in the log.

use super::Deliverer;
use super::send::{answer_within, send};
use super::sign::{Message, signature_names};
use super::target::Target;
use crate::delivery::{Attempt, Delivery, Outcome, State, Truth};
use crate::log::{Line, body_sha256};
use crate::moment::Moment;
use crate::provider::Provider;
use crate::subscription::Subscription;

/// Attempts that are kept of one delivery: it can be repeated as often as somebody likes.
const MAX_ATTEMPTS: usize = 100;

/// What an attempt belongs to.
#[derive(Clone, Debug)]
pub(super) struct Of {
    /// The delivery's number.
    pub(super) delivery: u64,
    pub(super) provider: Provider,
    /// The subscription's id.
    pub(super) subscription: String,
    /// The event's name.
    pub(super) event: String,
}

impl Of {
    pub(super) fn new(delivery: &Delivery) -> Self {
        Self {
            delivery: delivery.number,
            provider: delivery.provider,
            subscription: delivery.subscription.clone(),
            event: delivery.event.clone(),
        }
    }
}

impl Deliverer {
    /// Sends a message and writes its line, and gives the attempt's number and outcome, which the
    /// caller has [ended](Self::end). `None`: the delivery is not kept any more.
    pub(super) async fn attempt(
        &self,
        of: &Of,
        truth: Truth,
        message: &Message,
        target: &Target,
        subscription: &Subscription,
    ) -> Option<(u32, Outcome)> {
        let at = Moment::now();
        let number = self
            .store
            .change_delivery(of.delivery, |delivery| begin(delivery, truth, message, at))?;
        let within = answer_within(subscription.timeout, self.speed);
        let outcome = send(target, message, truth, within).await;
        self.log
            .write(line(of, number, truth, message, at, &outcome));
        Some((number, outcome))
    }

    /// Keeps what became of an attempt, and of its delivery with it where that is to change.
    pub(super) fn end(&self, of: &Of, number: u32, outcome: Outcome, state: Option<State>) {
        self.store.change_delivery(of.delivery, |delivery| {
            let mut attempts = delivery.attempts.iter_mut();
            if let Some(attempt) = attempts.find(|attempt| attempt.number == number) {
                attempt.outcome = outcome;
            }
            if let Some(state) = state {
                delivery.state = state;
            }
        });
    }
}

fn begin(delivery: &mut Delivery, truth: Truth, message: &Message, at: Moment) -> u32 {
    if truth.is_providers() && !delivery.is_over() {
        delivery.state = State::Sending;
    }
    // The first stays, for it is what is repeated.
    if delivery.attempts.len() >= MAX_ATTEMPTS {
        delivery.attempts.remove(1);
    }
    let last = delivery.attempts.last();
    let number = last.map_or(1, |attempt| attempt.number.saturating_add(1));
    delivery.attempts.push(Attempt {
        number,
        truth,
        at,
        headers: message.headers.clone(),
        signed: message.signed.clone(),
        body: message.body.clone(),
        outcome: Outcome::Waiting,
    });
    number
}

fn line(
    of: &Of,
    number: u32,
    truth: Truth,
    message: &Message,
    at: Moment,
    outcome: &Outcome,
) -> Line {
    let signatures = signature_names(of.provider).filter_map(|name| {
        let mut headers = message.headers.iter();
        let (_, value) = headers.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some((name.to_owned(), value.clone()))
    });
    Line {
        at: at.millis(),
        provider: of.provider,
        subscription: of.subscription.clone(),
        delivery: of.delivery,
        attempt: number,
        truth,
        expected: truth.expected(),
        event: of.event.clone(),
        event_id: message.event_id.clone(),
        body_sha256: body_sha256(&message.body),
        signatures: signatures.collect(),
        outcome: outcome.clone(),
    }
}
