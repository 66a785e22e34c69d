//! From a proof to leave to handle it: the replay guard's place in every driver.

use core::future::poll_fn;
use core::task::{Context, Poll};
use std::time::Duration;

use super::Endpoint;
use crate::answers::{Answer, UnhandledKind};
use crate::observe::Unhandled;
use crate::replay::{Claimed, Claiming, Identity, NotClaimed};
use crate::verify::Proven;

/// What comes of asking for a claim.
pub(crate) enum StartedClaim {
    /// The store is to be asked, or has been.
    Asking(Box<Claiming>),
    /// There is no need to ask.
    Decided(Result<Claimed, Answer>),
}

impl Endpoint {
    /// Claims a proven delivery, so that it is handled once: for drivers of one's own, once for
    /// each delivery, before the handler. Hooks and logs are told what came of it.
    ///
    /// With leave, [run](Claimed::run) the handler and [settle](Claimed::settle) the claim. Without
    /// a replay guard there is always leave.
    ///
    /// # Errors
    ///
    /// What to answer instead of handling it: it was handled before, another attempt has it, or the
    /// store is full or did not answer within its deadline.
    ///
    /// # Example
    ///
    /// ```
    /// use bytes::Bytes;
    /// use http::{HeaderMap, StatusCode};
    /// use hookproof::{Endpoint, Proven};
    ///
    /// async fn receive(endpoint: &Endpoint, headers: &HeaderMap, body: Bytes) -> StatusCode {
    ///     let proven = endpoint.begin(headers).and_then(|mut verification| {
    ///         verification.update(body)?;
    ///         verification.finish()
    ///     });
    ///     let proven = match proven {
    ///         Ok(proven) => proven,
    ///         Err(error) => return endpoint.refuse(&error).status(),
    ///     };
    ///     let mut claimed = match endpoint.claim(&proven).await {
    ///         Ok(claimed) => claimed,
    ///         Err(answer) => return answer.status(),
    ///     };
    ///     let handled = claimed.run(handle(&proven)).await;
    ///     claimed.settle(handled).await;
    ///     if handled { StatusCode::NO_CONTENT } else { StatusCode::INTERNAL_SERVER_ERROR }
    /// }
    /// # async fn handle(_: &Proven) -> bool { true }
    /// ```
    #[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
    pub async fn claim(&self, proven: &Proven) -> Result<Claimed, Answer> {
        match self.start_claim(proven, None) {
            StartedClaim::Decided(decided) => decided,
            StartedClaim::Asking(mut asking) => {
                poll_fn(|cx| self.poll_claim(&mut asking, proven, cx)).await
            }
        }
    }

    /// `outer`: what an endpoint around this one has claimed for this request. Where it is the
    /// same delivery, that claim stands for both.
    pub(crate) fn start_claim(&self, proven: &Proven, outer: Option<Identity>) -> StartedClaim {
        let Some(guard) = &self.inner.guard else {
            self.inner.observer.accepted(proven);
            return StartedClaim::Decided(Ok(Claimed::free()));
        };
        let identity = match proven.identity() {
            Ok(identity) => identity,
            // One verdict for each delivery: this one is refused, and nobody is told otherwise.
            Err(error) => return StartedClaim::Decided(Err(self.refuse(&error))),
        };
        self.inner.observer.accepted(proven);
        if outer == Some(identity) {
            return StartedClaim::Decided(Ok(Claimed::free()));
        }
        StartedClaim::Asking(Box::new(guard.claim(identity, &self.inner.name)))
    }

    pub(crate) fn poll_claim(
        &self,
        asking: &mut Claiming,
        proven: &Proven,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Claimed, Answer>> {
        asking
            .poll(cx)
            .map_ok(|claimed| {
                self.inner.observer.claimed();
                claimed
            })
            .map_err(|why| self.not_claimed(proven, &why))
    }

    fn not_claimed(&self, proven: &Proven, why: &NotClaimed) -> Answer {
        match why {
            NotClaimed::Done => self.unhandled(proven, UnhandledKind::Duplicate, None),
            NotClaimed::Full => self.unhandled(proven, UnhandledKind::StoreFull, None),
            NotClaimed::InProgress { retry_after } => {
                self.unhandled(proven, UnhandledKind::InProgress, Some(*retry_after))
            }
            NotClaimed::Unavailable(error) => {
                self.inner.observer.store_failed(error);
                self.unhandled(proven, UnhandledKind::StoreUnavailable, None)
            }
        }
    }

    /// The handler was not done within its deadline.
    pub(crate) fn overdue(&self, proven: &Proven) -> Answer {
        self.unhandled(proven, UnhandledKind::Overdue, None)
    }

    fn unhandled(
        &self,
        proven: &Proven,
        kind: UnhandledKind,
        retry_after: Option<Duration>,
    ) -> Answer {
        let mut answer = self.inner.answers.to_unhandled(kind);
        if let Some(left) = retry_after {
            answer = answer.retry_within(whole_secs(left));
        }
        let unhandled = Unhandled::new(proven, kind, answer);
        self.inner.observer.unhandled(&unhandled);
        answer
    }

    /// How long a handled delivery is remembered; `None` without a replay guard.
    #[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
    #[must_use]
    pub fn retention(&self) -> Option<Duration> {
        self.inner
            .guard
            .as_ref()
            .map(crate::replay::Guard::retention)
    }

    /// How long the handler may take.
    pub(crate) fn handler_deadline(&self) -> Option<Duration> {
        self.inner.handler_deadline
    }
}

/// Rounded up.
fn whole_secs(left: Duration) -> u16 {
    let secs = left.as_secs() + u64::from(left.subsec_nanos() > 0);
    u16::try_from(secs).unwrap_or(u16::MAX)
}
