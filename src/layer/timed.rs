//! The handler's deadline.

use core::future::Future;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll};
use std::sync::Arc;

use pin_project_lite::pin_project;
use tokio::runtime::Handle;
use tokio::time::{Sleep, sleep};

use crate::answers::Answer;
use crate::endpoint::Endpoint;
use crate::verify::Proven;

pin_project! {
    /// A running handler: its output, or what to answer because it took too long.
    pub struct Timed<F> {
        #[pin]
        running: F,
        // In a box, which only an endpoint with a deadline pays.
        limit: Option<Box<Limit>>,
    }
}

/// What a handler's deadline needs; none where the endpoint sets none.
pub(crate) struct Limit {
    timer: Pin<Box<Sleep>>,
    endpoint: Endpoint,
    proven: Proven,
    /// Whether the handler is done, and only the store is waited for.
    done: Arc<AtomicBool>,
}

impl Limit {
    pub(crate) fn new(endpoint: &Endpoint, proven: &Proven) -> Option<Box<Self>> {
        let deadline = endpoint.handler_deadline()?;
        // Without a runtime there is no timer, and the handler takes as long as it likes.
        Handle::try_current().ok()?;
        Some(Box::new(Self {
            timer: Box::pin(sleep(deadline)),
            endpoint: endpoint.clone(),
            proven: proven.clone(),
            done: Arc::default(),
        }))
    }

    pub(crate) fn done(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.done)
    }
}

impl<F> Timed<F> {
    pub(crate) const fn new(running: F, limit: Option<Box<Limit>>) -> Self {
        Self { running, limit }
    }
}

impl<F: Future> Future for Timed<F> {
    type Output = Result<F::Output, Answer>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(output) = this.running.poll(cx) {
            return Poll::Ready(Ok(output));
        }
        let Some(limit) = this.limit else {
            return Poll::Pending;
        };
        if limit.done.load(Ordering::Acquire) {
            return Poll::Pending;
        }
        let timer = limit.timer.as_mut();
        timer
            .poll(cx)
            .map(|()| Err(limit.endpoint.overdue(&limit.proven)))
    }
}
