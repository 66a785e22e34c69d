//! The service that the layer makes.

use core::mem;
use core::task::{Context, Poll};
use std::error::Error;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use tower_service::Service;

use super::{ResponseFuture, VerifiedBody};
use crate::endpoint::Endpoint;

/// Verifies deliveries and hands proven ones on to the inner service. Made by
/// [`VerifyLayer`](super::VerifyLayer).
#[derive(Clone, Debug)]
pub struct Verify<S> {
    inner: S,
    endpoint: Endpoint,
}

impl<S> Verify<S> {
    pub(super) const fn new(inner: S, endpoint: Endpoint) -> Self {
        Self { inner, endpoint }
    }
}

impl<S, B, R> Service<Request<B>> for Verify<S>
where
    S: Service<Request<VerifiedBody>, Response = Response<R>> + Clone,
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
    R: Default,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = ResponseFuture<S, B>;

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
