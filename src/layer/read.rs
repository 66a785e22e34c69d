//! Reading a body, under the cap and the deadline.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http_body::Body;
use tokio::runtime::Handle;
use tokio::time::{Sleep, sleep};

use crate::error::VerifyError;

/// After so many frames in one go the task yields, so that a body of endless small frames starves
/// no other task and cannot outrun its deadline.
const FRAMES_A_POLL: usize = 64;

/// The time by which a body must be there, counted from when it is first waited for. Until then
/// there is no timer: most bodies are there with their head.
#[derive(Default)]
pub(crate) struct Deadline(Option<Pin<Box<Sleep>>>);

impl Deadline {
    fn poll(&mut self, after: Duration, cx: &mut Context<'_>) -> Poll<VerifyError> {
        if self.0.is_none() && Handle::try_current().is_err() {
            return Poll::Ready(VerifyError::unavailable(
                "a Tokio runtime for the body's deadline",
            ));
        }
        let timer = self.0.get_or_insert_with(|| Box::pin(sleep(after)));
        timer.as_mut().poll(cx).map(|()| VerifyError::timeout())
    }
}

/// Reads on. Ready once the whole body is taken, or with the reason why it never will be.
///
/// An error is final: the body must not be polled again.
pub(crate) fn poll_body<B>(
    body: &mut B,
    take: &mut impl FnMut(Bytes) -> Result<(), VerifyError>,
    deadline: &mut Deadline,
    after: Duration,
    cx: &mut Context<'_>,
) -> Poll<Result<(), VerifyError>>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    if let Poll::Ready(read) = poll_frames(body, take, cx) {
        return Poll::Ready(read);
    }
    deadline.poll(after, cx).map(Err)
}

fn poll_frames<B>(
    body: &mut B,
    take: &mut impl FnMut(Bytes) -> Result<(), VerifyError>,
    cx: &mut Context<'_>,
) -> Poll<Result<(), VerifyError>>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    for _ in 0..FRAMES_A_POLL {
        match Pin::new(&mut *body).poll_frame(cx) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(None) => return Poll::Ready(Ok(())),
            Poll::Ready(Some(Err(error))) => {
                return Poll::Ready(Err(VerifyError::body_error(Some(error.into()))));
            }
            Poll::Ready(Some(Ok(frame))) => {
                // Trailers are not signed, so they are not looked at.
                if let Ok(data) = frame.into_data() {
                    take(data)?;
                }
                if body.is_end_stream() {
                    return Poll::Ready(Ok(()));
                }
            }
        }
    }
    cx.waker().wake_by_ref();
    Poll::Pending
}
