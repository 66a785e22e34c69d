//! A handler under its claim.

use core::future::Future;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, ready};
use std::sync::Arc;

use http::Response;
use pin_project_lite::pin_project;

use super::Claimed;
use super::claimed::{Settling, Tended};

pin_project! {
    /// Runs a handler, renews its lease meanwhile, and settles its claim before the answer goes
    /// out. Dropped before the handler is done, it gives the claim up; dropped after, it does not.
    #[must_use = "a future does nothing until it is awaited"]
    pub struct Guarded<F: Future> {
        #[pin]
        handler: F,
        // In boxes, which only a guarded delivery pays: the future of others stays small.
        tended: Option<Box<Tended>>,
        ending: Option<Box<Ending<F::Output>>>,
        // Told when the handler is done and only the store is waited for.
        done: Option<Arc<AtomicBool>>,
    }
}

struct Ending<T> {
    output: Option<T>,
    settling: Settling,
}

impl<F: Future> Guarded<F> {
    pub(crate) fn new(claimed: Claimed, handler: F, done: Option<Arc<AtomicBool>>) -> Self {
        Self {
            handler,
            tended: claimed.into_tended(),
            ending: None,
            done,
        }
    }
}

impl<F: Future<Output: Outcome>> Future for Guarded<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        if let Some(ending) = this.ending {
            ready!(Pin::new(&mut ending.settling).poll(cx));
            return ending.output.take().map_or(Poll::Pending, Poll::Ready);
        }
        let Poll::Ready(output) = this.handler.poll(cx) else {
            if let Some(tended) = this.tended {
                tended.poll_renewal(cx);
            }
            return Poll::Pending;
        };
        let Some(tended) = this.tended.take() else {
            return Poll::Ready(output);
        };
        if let Some(done) = this.done {
            done.store(true, Ordering::Release);
        }
        let mut settling = tended.settle(output.was_handled());
        if Pin::new(&mut settling).poll(cx).is_ready() {
            return Poll::Ready(output);
        }
        *this.ending = Some(Box::new(Ending {
            output: Some(output),
            settling,
        }));
        Poll::Pending
    }
}

/// Whether what a handler gave back says that the delivery was handled: a status in the 200s.
pub trait Outcome {
    /// Whether it says so.
    fn was_handled(&self) -> bool;
}

impl<B> Outcome for Response<B> {
    fn was_handled(&self) -> bool {
        self.status().is_success()
    }
}

impl<T: Outcome, E> Outcome for Result<T, E> {
    fn was_handled(&self) -> bool {
        self.as_ref().is_ok_and(Outcome::was_handled)
    }
}
