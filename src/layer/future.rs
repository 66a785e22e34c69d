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

use super::passed::Passed;
use super::read::{Deadline, poll_body};
use super::timed::{Limit, Timed};
use super::{Attached, Mode, VerifiedBody};
use crate::endpoint::{Endpoint, LookUp, NotBegun, StartedClaim};
use crate::error::VerifyError;
use crate::replay::{Claimed, Claiming, Guarded};
use crate::verify::{Proven, Verification};

pin_project! {
    /// Verifies one delivery, then runs the inner service on it. Made by
    /// [`Verify`](super::Verify).
    ///
    /// Dropping it at any moment is safe. Polled once more after it is done, it stays pending: it
    /// never calls the inner service twice.
    pub struct ResponseFuture<S, B, M = Attached>
    where
        S: Service<Request<VerifiedBody>>,
        M: Mode<S::Future>,
    {
        #[pin]
        state: State<S, B, Timed<M::Running>>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<S, B, F> {
        Head { arrived: Option<Arrived<S, B>> },
        // In boxes, which only what has to be waited for pays: the future stays small.
        Keys { waiting: Option<Box<Seeking<S, B>>> },
        Body { waiting: Option<Box<Waiting<S, B>>> },
        Claim { waiting: Option<Box<Claim<S, B>>> },
        Inner { #[pin] future: F },
        Done,
    }
}

struct Arrived<S, B> {
    service: S,
    endpoint: Endpoint,
    request: Request<B>,
    /// What an endpoint around this one left in the request.
    outer: Option<Passed>,
}

/// A delivery whose tenant's keys are looked up.
struct Seeking<S, B> {
    arrived: Arrived<S, B>,
    look_up: LookUp,
}

struct Waiting<S, B> {
    arrived: Arrived<S, B>,
    verification: Verification,
    deadline: Deadline,
}

/// A delivery that is proven, while the store is asked for it.
struct Claim<S, B> {
    arrived: Arrived<S, B>,
    proven: Proven,
    asking: Box<Claiming>,
}

/// What comes of a step.
enum Next<S, B, R, F> {
    Answer(Response<R>),
    Seek(Box<Seeking<S, B>>),
    Read(Box<Waiting<S, B>>),
    Claim(Box<Claim<S, B>>),
    Run(Timed<F>),
}

impl<S, B, M> ResponseFuture<S, B, M>
where
    S: Service<Request<VerifiedBody>>,
    M: Mode<S::Future>,
{
    pub(super) const fn new(service: S, endpoint: Endpoint, request: Request<B>) -> Self {
        let arrived = Arrived {
            service,
            endpoint,
            request,
            outer: None,
        };
        Self {
            state: State::Head {
                arrived: Some(arrived),
            },
        }
    }
}

impl<S, B, M, R> Future for ResponseFuture<S, B, M>
where
    S: Service<Request<VerifiedBody>, Response = Response<R>>,
    M: Mode<S::Future>,
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
    R: Default,
{
    type Output = Result<Response<R>, S::Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let next = match state.as_mut().project() {
                StateProjection::Head { arrived } => arrived.take().map(|it| it.read::<M, R>(cx)),
                StateProjection::Keys { waiting } => waiting.take().map(|it| it.seek::<M, R>(cx)),
                StateProjection::Body { waiting } => waiting.take().map(|it| it.read::<M, R>(cx)),
                StateProjection::Claim { waiting } => waiting.take().map(|it| it.claim::<M, R>(cx)),
                StateProjection::Inner { future } => {
                    let answer = ready!(future.poll(cx));
                    state.set(State::Done);
                    return Poll::Ready(match answer {
                        Ok(answer) => answer,
                        Err(overdue) => Ok(overdue.into_response()),
                    });
                }
                StateProjection::Done => None,
            };
            match next {
                None => return Poll::Pending,
                Some(Next::Answer(answer)) => {
                    state.set(State::Done);
                    return Poll::Ready(Ok(answer));
                }
                Some(Next::Seek(waiting)) => {
                    let waiting = Some(waiting);
                    state.set(State::Keys { waiting });
                    return Poll::Pending;
                }
                Some(Next::Read(waiting)) => {
                    let waiting = Some(waiting);
                    state.set(State::Body { waiting });
                    return Poll::Pending;
                }
                Some(Next::Claim(waiting)) => {
                    let waiting = Some(waiting);
                    state.set(State::Claim { waiting });
                    return Poll::Pending;
                }
                Some(Next::Run(future)) => state.set(State::Inner { future }),
            }
        }
    }
}

impl<S, B> Arrived<S, B>
where
    S: Service<Request<VerifiedBody>>,
{
    fn refuse<R: Default, F>(self, error: &VerifyError) -> Next<S, B, R, F> {
        Next::Answer(self.endpoint.refuse(error).into_response())
    }

    fn hand_on<M, R>(self, proven: Proven, claimed: Claimed) -> Next<S, B, R, M::Running>
    where
        M: Mode<S::Future>,
    {
        let Self {
            mut service,
            endpoint,
            request,
            outer,
        } = self;
        let mut request = request.map(|_| VerifiedBody::new(proven.body().clone()));
        let claim = claimed.held().or_else(|| outer?.claim);
        let limit = Limit::new(&endpoint, &proven);
        let passed = Passed {
            proven,
            endpoint,
            claim,
        };
        request.extensions_mut().insert(passed);
        let done = limit.as_deref().map(Limit::done);
        let handler = Guarded::new(claimed, service.call(request), done);
        Next::Run(Timed::new(M::run(handler), limit))
    }
}

impl<S, B> Arrived<S, B>
where
    S: Service<Request<VerifiedBody>>,
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    /// Judges the head, and reads as much of the body as is there.
    fn read<M, R>(mut self, cx: &mut Context<'_>) -> Next<S, B, R, M::Running>
    where
        M: Mode<S::Future>,
        R: Default,
    {
        self.outer = self.request.extensions_mut().remove::<Passed>();
        match self.endpoint.start((&self.request).into()) {
            Ok(verification) => self.take_body::<M, R>(verification, cx),
            Err(NotBegun::Refused(error)) => self.refuse(&error),
            Err(NotBegun::LookingUp(look_up)) => Box::new(Seeking {
                arrived: self,
                look_up,
            })
            .seek::<M, R>(cx),
        }
    }

    fn take_body<M, R>(
        mut self,
        mut verification: Verification,
        cx: &mut Context<'_>,
    ) -> Next<S, B, R, M::Running>
    where
        M: Mode<S::Future>,
        R: Default,
    {
        let mut deadline = Deadline::default();
        match self.poll_body(&mut verification, &mut deadline, cx) {
            Poll::Ready(read) => self.finish::<M, R>(verification, read, cx),
            Poll::Pending => Next::Read(Box::new(Waiting {
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
        let mut take = |frame| verification.update(frame);
        poll_body(self.request.body_mut(), &mut take, deadline, after, cx)
    }

    fn finish<M, R>(
        self,
        verification: Verification,
        read: Result<(), VerifyError>,
        cx: &mut Context<'_>,
    ) -> Next<S, B, R, M::Running>
    where
        M: Mode<S::Future>,
        R: Default,
    {
        let proven = match read.and_then(|()| verification.finish()) {
            Ok(proven) => proven,
            Err(error) => return self.refuse(&error),
        };
        let outer = self.outer.as_ref().and_then(Passed::claimed);
        match self.endpoint.start_claim(&proven, outer) {
            StartedClaim::Decided(Ok(claimed)) => self.hand_on::<M, R>(proven, claimed),
            StartedClaim::Decided(Err(answer)) => Next::Answer(answer.into_response()),
            StartedClaim::Asking(asking) => Box::new(Claim {
                arrived: self,
                proven,
                asking,
            })
            .claim::<M, R>(cx),
        }
    }
}

impl<S, B> Seeking<S, B>
where
    S: Service<Request<VerifiedBody>>,
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    fn seek<M, R>(mut self: Box<Self>, cx: &mut Context<'_>) -> Next<S, B, R, M::Running>
    where
        M: Mode<S::Future>,
        R: Default,
    {
        let Self { arrived, look_up } = &mut *self;
        let head = (&arrived.request).into();
        match arrived.endpoint.poll_look_up(look_up, head, cx) {
            Poll::Pending => Next::Seek(self),
            Poll::Ready(Err(error)) => self.arrived.refuse(&error),
            Poll::Ready(Ok(verification)) => self.arrived.take_body::<M, R>(verification, cx),
        }
    }
}

impl<S, B> Waiting<S, B>
where
    S: Service<Request<VerifiedBody>>,
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    fn read<M, R>(mut self: Box<Self>, cx: &mut Context<'_>) -> Next<S, B, R, M::Running>
    where
        M: Mode<S::Future>,
        R: Default,
    {
        let Self {
            arrived,
            verification,
            deadline,
        } = &mut *self;
        match arrived.poll_body(verification, deadline, cx) {
            Poll::Pending => Next::Read(self),
            Poll::Ready(read) => {
                let Self {
                    arrived,
                    verification,
                    ..
                } = *self;
                arrived.finish::<M, R>(verification, read, cx)
            }
        }
    }
}

impl<S, B> Claim<S, B>
where
    S: Service<Request<VerifiedBody>>,
{
    fn claim<M, R>(mut self: Box<Self>, cx: &mut Context<'_>) -> Next<S, B, R, M::Running>
    where
        M: Mode<S::Future>,
        R: Default,
    {
        let Self {
            arrived,
            proven,
            asking,
        } = &mut *self;
        match arrived.endpoint.poll_claim(asking, proven, cx) {
            Poll::Pending => Next::Claim(self),
            Poll::Ready(Err(answer)) => Next::Answer(answer.into_response()),
            Poll::Ready(Ok(claimed)) => {
                let Self {
                    arrived, proven, ..
                } = *self;
                arrived.hand_on::<M, R>(proven, claimed)
            }
        }
    }
}

impl<S, B, M> fmt::Debug for ResponseFuture<S, B, M>
where
    S: Service<Request<VerifiedBody>>,
    M: Mode<S::Future>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
