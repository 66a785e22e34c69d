//! The course of a delivery: the provider's attempts, until one is taken or it gives up.

use std::mem::replace;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;

use super::attack::Genuine;
use super::attempt::Of;
use super::chaos::Mix;
use super::plan::{self, Next};
use super::target::Target;
use super::{Deliverer, hindrance};
use crate::delivery::{Outcome, State, Truth};
use crate::events::Event;
use crate::moment::Moment;
use crate::provider::Provider;
use crate::subscription::Subscription;

/// A delivery on its way.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) of: Of,
    pub(super) event: Event,
    pub(super) mix: Mix,
    /// The provider's attempts so far.
    pub(super) made: u32,
    /// Whether the next attempt is the last, whatever comes of it.
    pub(super) once: bool,
    /// Whether it is over already, and sent again because somebody wants that: only a success
    /// changes what became of it.
    pub(super) again: bool,
}

impl Deliverer {
    /// Makes one attempt after the other.
    pub(super) async fn run(self: Arc<Self>, mut course: Course) {
        sleep(course.mix.held).await;
        while let Some(wait) = self.provider_attempt(&mut course).await {
            sleep(wait).await;
        }
    }

    /// One attempt of the provider's; then how long it waits for the next, if there is one.
    async fn provider_attempt(self: &Arc<Self>, course: &mut Course) -> Option<Duration> {
        // Before signing, so that no timestamp grows old in the queue.
        let room = self.room.acquire().await.ok()?;
        let (genuine, target) = match self.ready(course) {
            Ok(ready) => ready,
            Err(why) => {
                self.hindered(course, why);
                return None;
            }
        };
        let truth = replace(&mut course.mix.first, Truth::Genuine);
        course.made += 1;
        for extra in course.mix.extras.drain(..) {
            self.spawn_extra(course.of.clone(), extra, genuine.clone());
        }
        let subscription = &genuine.subscription;
        let sent = self.attempt(&course.of, truth, &genuine.message, &target, subscription);
        let sent = sent.await?;
        drop(room);
        self.conclude(course, subscription, truth, sent)
    }

    /// The next attempt, as the subscription is now, or why there is none.
    fn ready(&self, course: &Course) -> Result<(Genuine, Target), String> {
        let of = &course.of;
        let subscription = self.store.subscription(of.provider, &of.subscription);
        let subscription = subscription.ok_or("the webhook was removed")?;
        if let Some(why) = hindrance(&subscription, course.made > 0) {
            return Err(why);
        }
        let target = Target::read(&subscription.url)?;
        let genuine = Genuine::now(subscription, course.event.clone(), course.made + 1)?;
        Ok((genuine, target))
    }

    /// Nothing more is sent, because of what became of the subscription.
    fn hindered(&self, course: &Course, why: String) {
        if course.again {
            return;
        }
        let state = match course.made {
            0 => State::NotSent { why },
            _ => State::GaveUp { why },
        };
        self.store
            .change_delivery(course.of.delivery, |delivery| delivery.state = state);
    }

    /// Keeps what an attempt has shown of receiver and delivery, and gives the wait for the next.
    fn conclude(
        &self,
        course: &Course,
        subscription: &Subscription,
        truth: Truth,
        (number, outcome): (u32, Outcome),
    ) -> Option<Duration> {
        let next = match plan::after(subscription, &outcome, course.made) {
            Next::Again(_) | Next::Exhausted(_) if course.once => {
                Next::Discarded("it is sent once".to_owned())
            }
            next => next,
        };
        self.learn(subscription, truth, &next);
        let wait = match &next {
            Next::Again(span) => Some(self.speed.compress(*span)),
            _ => None,
        };
        let state = state(next, wait);
        let changes = !course.again || state == State::Delivered;
        self.end(&course.of, number, outcome, changes.then_some(state));
        wait
    }

    /// What the provider keeps of a receiver, and does about it.
    fn learn(&self, subscription: &Subscription, truth: Truth, next: &Next) {
        let provider = subscription.provider;
        self.store.change(provider, &subscription.id, |kept| {
            let tally = &mut kept.tally;
            tally.attempts += 1;
            if *next == Next::Delivered {
                tally.succeeded += 1;
                tally.last_success = Some(Moment::now());
                kept.failures_in_a_row = 0;
                // MailingAPI has the status, and says nothing of its end: assumed.
                kept.failing &= provider != Provider::MailingApi;
                return;
            }
            tally.failed += 1;
            tally.last_failure = Some(Moment::now());
            // The receiver has no part in what the sandbox itself breaks off.
            if truth != Truth::Broken {
                kept.failures_in_a_row = kept.failures_in_a_row.saturating_add(1);
            }
            if provider == Provider::Sent && kept.failures_in_a_row >= plan::SENT_FAILURES {
                kept.on = false;
            }
            if matches!(next, Next::Exhausted(_)) && plan::marks_failing(provider) {
                kept.failing = true;
            }
        });
    }
}

fn state(next: Next, wait: Option<Duration>) -> State {
    match next {
        Next::Delivered => State::Delivered,
        Next::Again(_) => State::Retrying {
            due: Moment::now().after(wait.unwrap_or_default()).millis(),
        },
        Next::Exhausted(attempts) => State::GaveUp {
            why: format!("the schedule has ended, after {attempts} attempts"),
        },
        Next::Discarded(why) => State::GaveUp { why },
    }
}
