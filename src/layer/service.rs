//! The service that the layer makes.

use core::marker::PhantomData;
use core::mem;
use core::task::{Context, Poll};
use std::error::Error;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use tower_service::Service;

use super::{Attached, Mode, ResponseFuture, VerifiedBody};
use crate::endpoint::Endpoint;

/// Verifies deliveries and hands proven ones on to the inner service. Made by
/// [`VerifyLayer`](super::VerifyLayer).
#[derive(Debug)]
pub struct Verify<S, M = Attached> {
    inner: S,
    endpoint: Endpoint,
    mode: PhantomData<fn() -> M>,
}

impl<S, M> Verify<S, M> {
    pub(super) const fn new(inner: S, endpoint: Endpoint) -> Self {
        Self {
            inner,
            endpoint,
            mode: PhantomData,
        }
    }
}

impl<S: Clone, M> Clone for Verify<S, M> {
    fn clone(&self) -> Self {
        Self::new(self.inner.clone(), self.endpoint.clone())
    }
}

impl<S, M, B, R> Service<Request<B>> for Verify<S, M>
where
    S: Service<Request<VerifiedBody>, Response = Response<R>> + Clone,
    M: Mode<S::Future>,
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
    R: Default,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = ResponseFuture<S, B, M>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The service that was polled ready is the one to call; a fresh clone may not be ready.
        let clone = self.inner.clone();
        let ready = mem::replace(&mut self.inner, clone);
        ResponseFuture::new(ready, self.endpoint.clone(), request)
    }
}
