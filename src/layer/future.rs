//! The layer's answer to one request.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::error::Error;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use pin_project_lite::pin_project;
use tower_service::Service;

use super::driving::{Behind, Driving};
use super::passed::Passed;
use super::{Attached, Mode, VerifiedBody};
use crate::answers::Answer;
use crate::endpoint::Endpoint;

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
        driving: Driving<Inner<S>, B, S::Future, M>,
    }
}

/// The inner service, which was polled ready.
struct Inner<S>(S);

impl<S, B, R> Behind<B> for Inner<S>
where
    S: Service<Request<VerifiedBody>, Response = Response<R>>,
    R: Default,
{
    type Running = S::Future;

    #[inline(always)]
    fn run(mut self, request: Request<B>, passed: Passed) -> S::Future {
        let mut request = request.map(|_| VerifiedBody::new(passed.proven.body().clone()));
        request.extensions_mut().insert(passed);
        self.0.call(request)
    }

    fn answer(answer: Answer) -> Result<Response<R>, S::Error> {
        Ok(answer.into_response())
    }
}

impl<S, B, M> ResponseFuture<S, B, M>
where
    S: Service<Request<VerifiedBody>>,
    M: Mode<S::Future>,
{
    pub(super) fn new(service: S, endpoint: Endpoint, request: Request<B>) -> Self {
        Self {
            driving: Driving::new(Inner(service), endpoint, request),
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
        self.project().driving.poll(cx)
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
