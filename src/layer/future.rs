//! The layer's answer to one request.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::error::Error;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use pin_project_lite::pin_project;
use tower_service::Service;

use super::VerifiedBody;
use super::passed::Passed;
use super::read::{Deadline, poll_body};
use crate::endpoint::Endpoint;
use crate::error::VerifyError;
use crate::verify::{Proven, Verification};

pin_project! {
    /// Verifies one delivery, then runs the inner service on it. Made by
    /// [`Verify`](super::Verify).
    ///
    /// Dropping it at any moment is safe. Polled once more after it is done, it stays pending: it
    /// never calls the inner service twice.
    pub struct ResponseFuture<S, B>
    where
        S: Service<Request<VerifiedBody>>,
    {
        #[pin]
        state: State<S, B, S::Future>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<S, B, F> {
        Head { arrived: Option<Arrived<S, B>> },
        // In a box, which only a body that has to be waited for pays: the future stays small.
        Body { waiting: Option<Box<Waiting<S, B>>> },
        Inner { #[pin] future: F },
        Done,
    }
}

struct Arrived<S, B> {
    service: S,
    endpoint: Endpoint,
    request: Request<B>,
}

struct Waiting<S, B> {
    arrived: Arrived<S, B>,
    verification: Verification,
    deadline: Deadline,
}

/// What comes of reading on.
enum Read<S, B, R> {
    Answer(Response<R>),
    Wait(Box<Waiting<S, B>>),
    HandOn(S, Request<VerifiedBody>),
}

impl<S, B> ResponseFuture<S, B>
where
    S: Service<Request<VerifiedBody>>,
{
    pub(super) const fn new(service: S, endpoint: Endpoint, request: Request<B>) -> Self {
        let arrived = Arrived {
            service,
            endpoint,
            request,
        };
        Self {
            state: State::Head {
                arrived: Some(arrived),
            },
        }
    }
}

impl<S, B, R> Future for ResponseFuture<S, B>
where
    S: Service<Request<VerifiedBody>, Response = Response<R>>,
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
    R: Default,
{
    type Output = Result<Response<R>, S::Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let read = match state.as_mut().project() {
                StateProjection::Head { arrived } => arrived.take().map(|it| it.read(cx)),
                StateProjection::Body { waiting } => waiting.take().map(|it| it.read(cx)),
                StateProjection::Inner { future } => {
                    let answer = ready!(future.poll(cx));
                    state.set(State::Done);
                    return Poll::Ready(answer);
                }
                StateProjection::Done => None,
            };
            match read {
                None => return Poll::Pending,
                Some(Read::Answer(answer)) => {
                    state.set(State::Done);
                    return Poll::Ready(Ok(answer));
                }
                Some(Read::Wait(waiting)) => {
                    state.set(State::Body {
                        waiting: Some(waiting),
                    });
                    return Poll::Pending;
                }
                Some(Read::HandOn(mut service, request)) => {
                    let future = service.call(request);
                    state.set(State::Inner { future });
                }
            }
        }
    }
}

impl<S, B> Arrived<S, B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    /// Judges the head, and reads as much of the body as is there.
    fn read<R: Default>(mut self, cx: &mut Context<'_>) -> Read<S, B, R> {
        self.request.extensions_mut().remove::<Passed>();
        let mut verification = match self.endpoint.begin(&self.request) {
            Ok(verification) => verification,
            Err(error) => return self.refuse(&error),
        };
        let mut deadline = Deadline::default();
        match self.poll_body(&mut verification, &mut deadline, cx) {
            Poll::Ready(read) => self.finish(verification, read),
            Poll::Pending => Read::Wait(Box::new(Waiting {
                arrived: self,
                verification,
                deadline,
            })),
        }
    }

    fn poll_body(
        &mut self,
        verification: &mut Verification,
        deadline: &mut Deadline,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), VerifyError>> {
        let after = self.endpoint.body_deadline();
        poll_body(self.request.body_mut(), verification, deadline, after, cx)
    }

    fn finish<R: Default>(
        self,
        verification: Verification,
        read: Result<(), VerifyError>,
    ) -> Read<S, B, R> {
        match read.and_then(|()| verification.finish()) {
            Ok(proven) => self.hand_on(proven),
            Err(error) => self.refuse(&error),
        }
    }

    fn hand_on<R>(self, proven: Proven) -> Read<S, B, R> {
        let Self {
            service,
            endpoint,
            request,
        } = self;
        endpoint.accept(proven.receipt());
        let mut request = request.map(|_| VerifiedBody::new(proven.body().clone()));
        request.extensions_mut().insert(Passed { proven, endpoint });
        Read::HandOn(service, request)
    }

    fn refuse<R: Default>(self, error: &VerifyError) -> Read<S, B, R> {
        Read::Answer(self.endpoint.refuse(error).into_response())
    }
}

impl<S, B> Waiting<S, B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    fn read<R: Default>(mut self: Box<Self>, cx: &mut Context<'_>) -> Read<S, B, R> {
        let Self {
            arrived,
            verification,
            deadline,
        } = &mut *self;
        match arrived.poll_body(verification, deadline, cx) {
            Poll::Pending => Read::Wait(self),
            Poll::Ready(read) => {
                let Self {
                    arrived,
                    verification,
                    ..
                } = *self;
                arrived.finish(verification, read)
            }
        }
    }
}

impl<S, B> fmt::Debug for ResponseFuture<S, B>
where
    S: Service<Request<VerifiedBody>>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
