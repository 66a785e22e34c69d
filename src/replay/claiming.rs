//! Asking the store for a claim, under a deadline.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Sleep;

use super::claimed::{Claimed, Tended};
use super::guard::Guard;
use super::later::timer;
use super::{Claim, Identity, Lease, StoreError, StoreFuture};

/// A claim that the store has been asked for. Dropped before the answer, it gives up whatever
/// comes of it.
pub(crate) struct Claiming {
    call: StoreFuture<Claim>,
    tended: Option<Tended>,
    deadline: Duration,
    timer: Option<Pin<Box<Sleep>>>,
}

/// Why a delivery is not to be handled now.
pub(crate) enum NotClaimed {
    Done,
    Full,
    InProgress { retry_after: Duration },
    Unavailable(StoreError),
}

impl Guard {
    /// Asks for a delivery, for the endpoint of that name.
    pub(crate) fn claim(&self, identity: Identity, endpoint: &Arc<str>) -> Claiming {
        let lease = Lease::new(identity, Arc::clone(endpoint));
        let tended = Tended::new(self, lease.clone());
        let call = if self.handled.contains(&identity) {
            StoreFuture::now(Ok(Claim::Done))
        } else {
            self.store.claim(&lease, self.lease)
        };
        Claiming {
            call,
            tended: Some(tended),
            deadline: self.deadline,
            timer: None,
        }
    }
}

impl Claiming {
    /// The claim, or why not. Not to be polled after that.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Claimed, NotClaimed>> {
        let answer = match Pin::new(&mut self.call).poll(cx) {
            Poll::Ready(answer) => answer,
            Poll::Pending => {
                if self.timer.is_none() {
                    self.timer = timer(self.deadline);
                }
                match self.timer.as_mut().map(|timer| timer.as_mut().poll(cx)) {
                    Some(Poll::Pending) => return Poll::Pending,
                    Some(Poll::Ready(())) => Err(StoreError::timeout()),
                    None => Err(StoreError::no_runtime()),
                }
            }
        };
        let Some(tended) = self.tended.take() else {
            return Poll::Pending;
        };
        let why = match answer {
            // The answer took longer than the lease: another may have it by now.
            Ok(Claim::Claimed) if tended.has_ended() => {
                return Poll::Ready(Err(NotClaimed::Unavailable(StoreError::timeout())));
            }
            Ok(Claim::Claimed) => return Poll::Ready(Ok(Claimed::tended(tended))),
            // Whether the claim is held is not known: dropping `tended` gives it up.
            Err(error) => return Poll::Ready(Err(NotClaimed::Unavailable(error))),
            Ok(Claim::Done) => NotClaimed::Done,
            Ok(Claim::Full) => NotClaimed::Full,
            Ok(Claim::InProgress { retry_after }) => NotClaimed::InProgress { retry_after },
        };
        tended.not_held();
        Poll::Ready(Err(why))
    }
}
