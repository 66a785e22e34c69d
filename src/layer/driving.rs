//! What every driver of an endpoint does with a request: proves it, claims it, runs what is behind.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::error::Error;

use bytes::Bytes;
use http::Request;
use http_body::Body;
use pin_project_lite::pin_project;

use super::Mode;
use super::passed::Passed;
use super::proving::Proving;
use super::timed::{Limit, Timed};
use crate::answers::Answer;
use crate::endpoint::{Endpoint, StartedClaim};
use crate::error::VerifyError;
use crate::replay::{Claimed, Claiming, Guarded, HeldClaim};
use crate::verify::Proven;

/// What stands behind an endpoint, and is run on what is proven.
pub(crate) trait Behind<B> {
    type Running: Future;

    fn run(self, request: Request<B>, passed: Passed) -> Self::Running;

    /// What the sender is told instead, where it is not run.
    fn answer(answer: Answer) -> <Self::Running as Future>::Output;
}

pin_project! {
    /// One request on its way. Dropping it at any moment is safe. Polled once more after it is done,
    /// it stays pending: it never runs what is behind it twice.
    pub(crate) struct Driving<I, B, F, M>
    where
        F: Future,
        M: Mode<F>,
    {
        #[pin]
        state: State<I, B, Timed<M::Running>>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<I, B, F> {
        // It stays where it is while its body arrives: moving it costs more than all that is done.
        Arriving { arrived: Option<Arrived<I, B>> },
        // In a box, which only what has to be waited for pays: the future stays small.
        Claiming { waiting: Option<Box<Waiting<I, B>>> },
        Running { #[pin] future: F },
        Done,
    }
}

struct Arrived<I, B> {
    inner: I,
    endpoint: Endpoint,
    request: Request<B>,
    /// What an endpoint around this one has claimed for this request.
    outer: Option<Box<HeldClaim>>,
    proving: Proving,
}

/// A delivery that is proven, while the store is asked for it.
struct Waiting<I, B> {
    arrived: Arrived<I, B>,
    proven: Proven,
    asking: Box<Claiming>,
}

/// What comes of a step.
enum Next<I, B, F> {
    Answer(Answer),
    Claim(Box<Waiting<I, B>>),
    Run(Timed<F>),
}

impl<I, B, F, M> Driving<I, B, F, M>
where
    F: Future,
    M: Mode<F>,
{
    /// Takes an earlier proof out of the request: nothing that runs behind may see another's.
    pub(crate) fn new(inner: I, endpoint: Endpoint, mut request: Request<B>) -> Self {
        let outer = request.extensions_mut().remove::<Passed>();
        let arrived = Arrived {
            inner,
            endpoint,
            request,
            outer: outer.and_then(|passed| passed.claim).map(Box::new),
            proving: Proving::default(),
        };
        Self {
            state: State::Arriving {
                arrived: Some(arrived),
            },
        }
    }
}

impl<I, B, F, M> Future for Driving<I, B, F, M>
where
    I: Behind<B, Running = F>,
    F: Future,
    M: Mode<F>,
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut state = self.project().state;
        loop {
            let next = match state.as_mut().project() {
                StateProjection::Arriving { arrived } => {
                    let Some(proving) = arrived else {
                        return Poll::Pending;
                    };
                    let proved = ready!(proving.poll(cx));
                    arrived.take().map(|it| it.claim::<M>(proved, cx))
                }
                StateProjection::Claiming { waiting } => waiting.take().map(|it| it.poll::<M>(cx)),
                StateProjection::Running { future } => {
                    let output = ready!(future.poll(cx));
                    state.set(State::Done);
                    return Poll::Ready(output.unwrap_or_else(I::answer));
                }
                StateProjection::Done => None,
            };
            match next {
                None => return Poll::Pending,
                Some(Next::Answer(answer)) => {
                    state.set(State::Done);
                    return Poll::Ready(I::answer(answer));
                }
                Some(Next::Claim(waiting)) => {
                    let waiting = Some(waiting);
                    state.set(State::Claiming { waiting });
                    return Poll::Pending;
                }
                Some(Next::Run(future)) => state.set(State::Running { future }),
            }
        }
    }
}

impl<I, B> Arrived<I, B>
where
    I: Behind<B>,
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    #[inline(always)]
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Proven, VerifyError>> {
        self.proving.poll(&self.endpoint, &mut self.request, cx)
    }

    #[inline(always)]
    fn claim<M>(
        self,
        proved: Result<Proven, VerifyError>,
        cx: &mut Context<'_>,
    ) -> Next<I, B, M::Running>
    where
        M: Mode<I::Running>,
    {
        let proven = match proved {
            Ok(proven) => proven,
            Err(error) => return Next::Answer(self.endpoint.refuse(&error)),
        };
        let outer = self.outer.as_ref().map(|claim| claim.identity);
        match self.endpoint.start_claim(&proven, outer) {
            StartedClaim::Decided(Ok(claimed)) => self.run::<M>(proven, claimed),
            StartedClaim::Decided(Err(answer)) => Next::Answer(answer),
            StartedClaim::Asking(asking) => Box::new(Waiting {
                arrived: self,
                proven,
                asking,
            })
            .poll::<M>(cx),
        }
    }

    #[inline(always)]
    fn run<M>(self, proven: Proven, claimed: Claimed) -> Next<I, B, M::Running>
    where
        M: Mode<I::Running>,
    {
        let claim = claimed.held().or_else(|| self.outer.map(|claim| *claim));
        let limit = Limit::new(&self.endpoint, &proven);
        let passed = Passed {
            proven,
            endpoint: self.endpoint,
            claim,
        };
        let done = limit.as_deref().map(Limit::done);
        let handler = Guarded::new(claimed, self.inner.run(self.request, passed), done);
        Next::Run(Timed::new(M::run(handler), limit))
    }
}

impl<I, B> Waiting<I, B>
where
    I: Behind<B>,
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    fn poll<M>(mut self: Box<Self>, cx: &mut Context<'_>) -> Next<I, B, M::Running>
    where
        M: Mode<I::Running>,
    {
        let Self {
            arrived,
            proven,
            asking,
        } = &mut *self;
        match arrived.endpoint.poll_claim(asking, proven, cx) {
            Poll::Pending => Next::Claim(self),
            Poll::Ready(Err(answer)) => Next::Answer(answer),
            Poll::Ready(Ok(claimed)) => {
                let Self {
                    arrived, proven, ..
                } = *self;
                arrived.run::<M>(proven, claimed)
            }
        }
    }
}
