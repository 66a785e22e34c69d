//! Whether a handler ends with its request or goes on without it.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::panic;

use tokio::task::JoinHandle;

use crate::replay::{Guarded, Outcome};

/// How the inner services of a layer are run: [`Attached`] or [`Detached`]. Closed to others.
pub trait Mode<F: Future>: sealed::Sealed {
    #[doc(hidden)]
    type Running: Future<Output = F::Output>;

    #[doc(hidden)]
    fn run(handler: Guarded<F>) -> Self::Running;
}

/// In the request's own task: when the sender hangs up, the handler is dropped where it waits.
#[derive(Debug)]
#[non_exhaustive]
pub struct Attached;

/// In a task of its own: when the sender hangs up, the handler goes on.
#[derive(Debug)]
#[non_exhaustive]
pub struct Detached;

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Attached {}
    impl Sealed for super::Detached {}
}

impl<F: Future<Output: Outcome>> Mode<F> for Attached {
    type Running = Guarded<F>;

    fn run(handler: Guarded<F>) -> Guarded<F> {
        handler
    }
}

impl<F> Mode<F> for Detached
where
    F: Future<Output: Outcome + Send + 'static> + Send + 'static,
{
    type Running = Joined<F::Output>;

    fn run(handler: Guarded<F>) -> Joined<F::Output> {
        Joined::spawn(handler)
    }
}

/// The answer of a handler in a task of its own. Dropping it leaves the task running.
#[derive(Debug)]
#[must_use = "a future does nothing until it is awaited"]
pub struct Joined<T>(JoinHandle<T>);

impl<T: Send + 'static> Joined<T> {
    pub(crate) fn spawn(handler: impl Future<Output = T> + Send + 'static) -> Self {
        Self(tokio::spawn(handler))
    }
}

impl<T> Future for Joined<T> {
    type Output = T;

    /// A panic of the handler goes on here, as if it had run in this task. A task that was
    /// cancelled, because its runtime ends, never answers.
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        match Pin::new(&mut self.0).poll(cx) {
            Poll::Ready(Ok(answer)) => Poll::Ready(answer),
            Poll::Ready(Err(error)) => match error.try_into_panic() {
                Ok(payload) => panic::resume_unwind(payload),
                Err(_) => Poll::Pending,
            },
            Poll::Pending => Poll::Pending,
        }
    }
}
