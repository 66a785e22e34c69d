//! A claim that is held: renewed while the handler runs, settled after it, given up if dropped.

use core::fmt;
use core::future::{Future, poll_fn};
use core::pin::{Pin, pin};
use core::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, Sleep};

use super::guard::Guard;
use super::later::{self, timer};
use super::{Identity, Lease, LeaseWatch, Renewal, StoreError, StoreFuture};

/// Leave to handle one delivery, once. Given by [`Endpoint::claim`](crate::Endpoint::claim) to
/// drivers of one's own; the layer and the adapter see to it themselves.
///
/// Dropping it gives the claim up, without waiting. On an endpoint without a replay guard it is
/// leave without a claim, and everything here does nothing.
#[must_use = "a claim that is dropped is given up: run the handler, then settle it"]
pub struct Claimed(Option<Box<Tended>>);

impl Claimed {
    pub(crate) const fn free() -> Self {
        Self(None)
    }

    pub(super) fn tended(tended: Tended) -> Self {
        Self(Some(Box::new(tended)))
    }

    /// The lease, for the handler to watch; `None` without a guard.
    #[must_use]
    pub fn lease(&self) -> Option<LeaseWatch> {
        self.held().map(|held| held.lease)
    }

    /// What is claimed; `None` without a guard.
    pub(crate) fn held(&self) -> Option<HeldClaim> {
        self.0.as_ref().map(|tended| HeldClaim {
            identity: *tended.lease.identity(),
            lease: tended.watch.clone(),
        })
    }

    /// Runs a handler, and renews the lease meanwhile.
    pub async fn run<F: Future>(&mut self, handler: F) -> F::Output {
        let mut handler = pin!(handler);
        poll_fn(|cx| {
            let polled = handler.as_mut().poll(cx);
            if polled.is_pending() {
                self.renew(cx);
            }
            polled
        })
        .await
    }

    /// Marks the delivery as done where it was handled, and else gives it up, so that the sender's
    /// next attempt is handled. That is settled by the call; the future waits for the store, no
    /// longer than its deadline. What the store has not heard by then, or when the future is
    /// dropped, it is told in the background.
    pub fn settle(self, handled: bool) -> impl Future<Output = ()> + Send + 'static {
        let settling = self.0.map(|tended| tended.settle(handled));
        async move {
            if let Some(settling) = settling {
                settling.await;
            }
        }
    }

    pub(super) fn into_tended(self) -> Option<Box<Tended>> {
        self.0
    }

    fn renew(&mut self, cx: &mut Context<'_>) {
        if let Some(tended) = &mut self.0 {
            tended.poll_renewal(cx);
        }
    }
}

impl fmt::Debug for Claimed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claimed")
            .field("lease", &self.lease())
            .finish_non_exhaustive()
    }
}

/// What is claimed, and whether it still is: what a driver leaves in a request.
#[derive(Clone, Debug)]
pub(crate) struct HeldClaim {
    pub(crate) identity: Identity,
    pub(crate) lease: LeaseWatch,
}

/// A claim and the renewal of its lease.
pub(super) struct Tended {
    guard: Guard,
    lease: Lease,
    watch: LeaseWatch,
    /// Before the lease last began: when the store was asked, not when it answered.
    begun: Instant,
    renewal: Step,
    /// Whether the claim is still to be given up when this is dropped.
    held: bool,
}

/// Where the renewal of a lease stands.
enum Step {
    /// The handler has not been waited for yet: most never are.
    Unstarted,
    Resting(Pin<Box<Sleep>>),
    Asking {
        call: StoreFuture<Renewal>,
        asked: Instant,
        deadline: Pin<Box<Sleep>>,
    },
    /// No renewing any more.
    Over,
}

impl Tended {
    pub(super) fn new(guard: &Guard, lease: Lease) -> Self {
        Self {
            guard: guard.clone(),
            lease,
            watch: LeaseWatch::new(guard.lease),
            begun: Instant::now(),
            renewal: Step::Unstarted,
            held: true,
        }
    }

    /// Whether the lease may have ended.
    pub(super) fn has_ended(&self) -> bool {
        self.begun.elapsed() >= self.guard.lease
    }

    /// The store said that the claim is not held: there is nothing to give up.
    pub(super) fn not_held(mut self) {
        self.held = false;
    }

    /// Renews the lease when it is time. To be polled whenever the handler was found waiting.
    pub(super) fn poll_renewal(&mut self, cx: &mut Context<'_>) {
        loop {
            self.renewal = match &mut self.renewal {
                Step::Over => return,
                Step::Unstarted => self.rest(self.guard.lease / 3),
                Step::Resting(timer) => {
                    if timer.as_mut().poll(cx).is_pending() {
                        return;
                    }
                    self.ask()
                }
                Step::Asking {
                    call,
                    asked,
                    deadline,
                } => {
                    let asked = *asked;
                    match Pin::new(call).poll(cx) {
                        Poll::Ready(answer) => self.answered(answer.ok(), asked),
                        Poll::Pending if deadline.as_mut().poll(cx).is_pending() => return,
                        Poll::Pending => self.answered(None, asked),
                    }
                }
            };
        }
    }

    /// Until so long after the lease began.
    fn rest(&self, after: Duration) -> Step {
        let left = after.saturating_sub(self.begun.elapsed());
        timer(left).map_or(Step::Over, Step::Resting)
    }

    fn ask(&self) -> Step {
        // No longer than the lease lasts: at its end the handler is to see that it is lost.
        let left = self.guard.lease.saturating_sub(self.begun.elapsed());
        match timer(self.guard.deadline.min(left)) {
            None => Step::Over,
            Some(deadline) => Step::Asking {
                call: self.guard.store.renew(&self.lease, self.guard.lease),
                asked: Instant::now(),
                deadline,
            },
        }
    }

    /// `None`: the store did not answer. It is asked again soon, as long as the lease may last.
    fn answered(&mut self, answer: Option<Renewal>, asked: Instant) -> Step {
        match answer {
            Some(Renewal::Held) if self.watch.extend(asked, self.guard.lease) => {
                self.begun = asked;
                self.rest(self.guard.lease / 3)
            }
            None if self.begun.elapsed() < self.guard.lease => {
                let soon = self.begun.elapsed() + self.guard.lease / 30;
                self.rest(soon.min(self.guard.lease))
            }
            Some(_) | None => {
                self.watch.lose();
                self.guard.observer.lease_lost();
                Step::Over
            }
        }
    }

    pub(super) fn settle(mut self: Box<Self>, handled: bool) -> Settling {
        self.held = false;
        let (guard, lease) = (self.guard.clone(), self.lease.clone());
        let call = if handled {
            Call::Complete(guard.store.complete(&lease, guard.retention))
        } else {
            Call::Release(guard.store.release(&lease))
        };
        Settling {
            guard,
            lease,
            call,
            deadline: None,
            over: false,
        }
    }
}

impl Drop for Tended {
    fn drop(&mut self) {
        if self.held {
            later::release(&self.guard, &self.lease);
        }
    }
}

/// Tells the store how a handler ended. Resolves when it knows, or at its deadline; what it has
/// not heard by then, or when this is dropped, it is told in the background.
pub(super) struct Settling {
    guard: Guard,
    lease: Lease,
    call: Call,
    deadline: Option<Pin<Box<Sleep>>>,
    over: bool,
}

enum Call {
    Complete(StoreFuture<Renewal>),
    Release(StoreFuture<()>),
}

impl Future for Settling {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.over {
            return Poll::Ready(());
        }
        let answer = match &mut self.call {
            Call::Complete(call) => Pin::new(call).poll(cx).map_ok(Some),
            Call::Release(call) => Pin::new(call).poll(cx).map_ok(|()| None),
        };
        match answer {
            Poll::Ready(Ok(renewal)) => {
                if renewal == Some(Renewal::Lost) {
                    self.guard.observer.lease_lost();
                }
                if renewal.is_some() {
                    self.guard.handled.remove(self.lease.identity());
                }
                self.over = true;
            }
            Poll::Ready(Err(error)) => {
                self.guard.observer.store_failed(&error);
                self.leave();
            }
            Poll::Pending => {
                if self.deadline.is_none() {
                    self.deadline = timer(self.guard.deadline);
                    // The lease may end before the store has heard.
                    if matches!(self.call, Call::Complete(_)) {
                        self.guard.handled.insert(*self.lease.identity());
                    }
                }
                if let Some(deadline) = &mut self.deadline {
                    ready!(deadline.as_mut().poll(cx));
                    self.guard.observer.store_failed(&StoreError::timeout());
                }
                self.leave();
            }
        }
        Poll::Ready(())
    }
}

impl Settling {
    /// Leaves the rest to the background.
    fn leave(&mut self) {
        self.over = true;
        match self.call {
            Call::Complete(_) => later::complete(&self.guard, &self.lease),
            Call::Release(_) => later::release(&self.guard, &self.lease),
        }
    }
}

impl Drop for Settling {
    fn drop(&mut self) {
        if !self.over {
            self.leave();
        }
    }
}
