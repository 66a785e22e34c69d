//! The layer of an endpoint that only watches.

use core::convert::Infallible;
use core::fmt;
use core::future::{Future, poll_fn};
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::error::Error;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use http_body::{Body, Frame, SizeHint};
use tower_layer::Layer;
use tower_service::Service;

use super::VerifiedBody;
use super::passed::Passed;
use super::read::{Deadline, poll_body};
use crate::endpoint::ObservedEndpoint;
use crate::error::VerifyError;

/// A body that was read under the cap and within the deadline, and that nothing proves.
pub struct UnprovenBody(VerifiedBody);

/// Puts an [`ObservedEndpoint`] in front of a service. Made by [`ObservedEndpoint::layer`].
#[derive(Clone, Debug)]
pub struct ObserveLayer {
    endpoint: ObservedEndpoint,
}

/// Reports what would become of deliveries, and hands them on. Made by [`ObserveLayer`].
#[derive(Clone, Debug)]
pub struct Observe<S> {
    inner: S,
    endpoint: ObservedEndpoint,
}

impl ObservedEndpoint {
    /// The endpoint as a tower layer. Where it has tenants, a source that fails lets through too.
    #[must_use]
    pub fn layer(&self) -> ObserveLayer {
        ObserveLayer {
            endpoint: self.clone(),
        }
    }
}

impl<S> Layer<S> for ObserveLayer {
    type Service = Observe<S>;

    fn layer(&self, inner: S) -> Observe<S> {
        Observe {
            inner,
            endpoint: self.endpoint.clone(),
        }
    }
}

impl<S, B, R> Service<Request<B>> for Observe<S>
where
    S: Service<Request<UnprovenBody>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: Body<Data = Bytes> + Unpin + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
    R: Default,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The service that was polled ready is the one to call; a fresh clone may not be ready.
        let clone = self.inner.clone();
        let mut ready = mem::replace(&mut self.inner, clone);
        let endpoint = self.endpoint.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            // Whatever is let through here, no proof goes along.
            parts.extensions.remove::<Passed>();
            match watch(&endpoint, &parts, body).await {
                Ok(bytes) => {
                    let body = UnprovenBody(VerifiedBody::new(bytes));
                    ready.call(Request::from_parts(parts, body)).await
                }
                Err(error) => Ok(endpoint.endpoint().refuse(&error).into_response()),
            }
        })
    }
}

/// The whole body, whatever the verdict, which is reported; unless it is too long or too slow.
async fn watch<B>(
    endpoint: &ObservedEndpoint,
    parts: &Parts,
    mut body: B,
) -> Result<Bytes, VerifyError>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let mut held = endpoint.endpoint().room(parts)?;
    let begun = endpoint.endpoint().admit(parts).await;
    let mut deadline = Deadline::default();
    let after = endpoint.endpoint().body_deadline();
    let (judged, bytes) = match begun {
        Ok(mut verification) => {
            let mut take = |frame| verification.update(frame);
            poll_fn(|cx| poll_body(&mut body, &mut take, &mut deadline, after, cx)).await?;
            let (judged, bytes) = verification.conclude();
            (judged, bytes)
        }
        Err(error) => {
            let mut take = |frame| held.take(frame);
            poll_fn(|cx| poll_body(&mut body, &mut take, &mut deadline, after, cx)).await?;
            (Err(error), held.take_bytes())
        }
    };
    endpoint.report(&judged);
    Ok(bytes)
}

impl Body for UnprovenBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Pin::new(&mut self.0).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

impl fmt::Debug for UnprovenBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unproven{:?}", self.0)
    }
}
