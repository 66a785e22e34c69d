//! Deliveries that are under way: their frames come one by one, each when it is given.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::task::{Context, Poll, Waker};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use http_body::{Frame, SizeHint};

use super::router::{Deliveries, Served};

pub const FRAME: usize = 16 * 1024;

/// How a sender says where its body ends.
#[derive(Clone, Copy)]
pub enum Length {
    Announced,
    Chunked,
}

/// The frames that were given so far.
struct Given {
    frames: Receiver<Bytes>,
    /// `None` where the end is the sender's last word.
    left: Option<usize>,
}

impl http_body::Body for Given {
    type Data = Bytes;
    type Error = Infallible;

    /// Wakes nobody: whoever gives a frame polls.
    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.frames.try_recv() {
            Ok(frame) => {
                self.left = self.left.map(|left| left - frame.len());
                Poll::Ready(Some(Ok(Frame::data(frame))))
            }
            Err(TryRecvError::Disconnected) => Poll::Ready(None),
            Err(TryRecvError::Empty) if self.left == Some(0) => Poll::Ready(None),
            Err(TryRecvError::Empty) => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        let left = self.left.map(|left| left as u64);
        left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A delivery before its last byte.
pub struct UnderWay {
    frames: Option<Sender<Bytes>>,
    answered: Pin<Box<dyn Future<Output = Result<Response, Infallible>>>>,
}

impl UnderWay {
    pub fn new(served: &Served, deliveries: &Deliveries, length: Length) -> Self {
        let (sender, frames) = channel();
        let left = match length {
            Length::Announced => Some(deliveries.body().len()),
            Length::Chunked => None,
        };
        let request = deliveries.request_with(0, |_| Body::new(Given { frames, left }));
        Self {
            frames: Some(sender),
            answered: Box::pin(served.call(request)),
        }
    }

    /// The answer, if it can be given with what has come.
    pub fn poll(&mut self) -> Option<StatusCode> {
        let mut context = Context::from_waker(Waker::noop());
        match self.answered.as_mut().poll(&mut context) {
            Poll::Ready(Ok(answer)) => Some(answer.status()),
            Poll::Pending => None,
        }
    }

    /// A frame, and what is answered to it.
    pub fn give(&mut self, frame: Bytes) -> Option<StatusCode> {
        let sender = self.frames.as_ref().expect("no frame comes after the last");
        sender.send(frame).expect("a delivery that is under way");
        self.poll()
    }

    /// The last frame, after which there must be an answer.
    pub fn give_last(&mut self, frame: Bytes) -> StatusCode {
        let sender = self.frames.take().expect("no frame comes after the last");
        sender.send(frame).expect("a delivery that is under way");
        drop(sender);
        self.poll().expect("an answer after the last byte")
    }
}

/// The body in frames.
pub fn frames(deliveries: &Deliveries) -> Vec<Bytes> {
    let body = deliveries.body();
    body.chunks(FRAME).map(Bytes::copy_from_slice).collect()
}
