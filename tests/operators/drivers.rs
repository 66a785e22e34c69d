//! The ways into an endpoint: the layer, the adapter, a driver of one's own.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use hookproof::axum::VerifiedBytes;
use hookproof::layer::UnprovenBody;
use hookproof::{Endpoint, ObservedEndpoint, Proven, VerifiedBody, VerifyError};
use http::request::Parts;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::BodyExt;
use tower::{Layer, ServiceExt, service_fn};

use crate::support::http::{Answer, Scripted, outward};

/// A response as the sender sees it.
pub(crate) type Outward = (StatusCode, HeaderMap, Bytes);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Driver {
    Layer,
    Adapter,
    Own,
}

impl Driver {
    pub(crate) const ALL: [Self; 3] = [Self::Layer, Self::Adapter, Self::Own];

    /// Sends to a handler that answers 200.
    pub(crate) async fn send(self, endpoint: &Endpoint, request: Request<Scripted>) -> Outward {
        self.send_to(endpoint, request, || StatusCode::OK).await
    }

    pub(crate) async fn send_to<H>(
        self,
        endpoint: &Endpoint,
        request: Request<Scripted>,
        handler: H,
    ) -> Outward
    where
        H: Fn() -> StatusCode + Clone + Send + Sync + 'static,
    {
        match self {
            Self::Layer => through_layer(endpoint, request, handler).await,
            Self::Adapter => through_adapter(endpoint, request, handler).await,
            Self::Own => through_own(endpoint, request, handler).await,
        }
    }
}

async fn through_layer<H>(endpoint: &Endpoint, request: Request<Scripted>, handler: H) -> Outward
where
    H: Fn() -> StatusCode + Clone + Send + 'static,
{
    let inner = service_fn(move |_: Request<VerifiedBody>| {
        let status = handler();
        async move { Ok::<_, Infallible>(empty(status)) }
    });
    let answer = endpoint.layer().layer(inner).oneshot(request).await;
    outward(answer.expect("infallible")).await
}

async fn through_adapter<H>(endpoint: &Endpoint, request: Request<Scripted>, handler: H) -> Outward
where
    H: Fn() -> StatusCode + Clone + Send + Sync + 'static,
{
    let adapted = endpoint.handler(move |_: VerifiedBytes| async move { handler() });
    // Whatever the path: tenants stand in some.
    let app = Router::new().fallback(adapted);
    let answer = app.oneshot(request.map(Body::new)).await;
    outward(answer.expect("infallible")).await
}

async fn through_own<H>(endpoint: &Endpoint, request: Request<Scripted>, handler: H) -> Outward
where
    H: Fn() -> StatusCode,
{
    let (parts, body) = request.into_parts();
    let proven = match prove(endpoint, &parts, body).await {
        Ok(proven) => proven,
        Err(error) => return outward(endpoint.refuse(&error).into_response::<Answer>()).await,
    };
    let mut claimed = match endpoint.claim(&proven).await {
        Ok(claimed) => claimed,
        Err(answer) => return outward(answer.into_response::<Answer>()).await,
    };
    let status = claimed.run(async { handler() }).await;
    claimed.settle(status.is_success()).await;
    outward(empty(status)).await
}

pub(crate) async fn prove(
    endpoint: &Endpoint,
    parts: &Parts,
    mut body: Scripted,
) -> Result<Proven, VerifyError> {
    let mut verification = endpoint.admit(parts).await?;
    let reading = async {
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| VerifyError::body_error(Some(error)))?;
            if let Ok(data) = frame.into_data() {
                verification.update(data)?;
            }
        }
        Ok(())
    };
    match tokio::time::timeout(endpoint.body_deadline(), reading).await {
        Ok(read) => read?,
        Err(_) => return Err(VerifyError::timeout()),
    }
    verification.finish()
}

/// Sends to a service that answers 200 with the body it was handed, and no proof.
pub(crate) async fn send_observed(
    endpoint: &ObservedEndpoint,
    request: Request<Scripted>,
) -> Outward {
    let inner = service_fn(|request: Request<UnprovenBody>| async {
        assert!(Proven::of(request.extensions()).is_none(), "a proof");
        let body = request.into_body().collect().await.expect("infallible");
        let body = http_body_util::Full::new(body.to_bytes());
        Ok::<_, Infallible>(Response::new(body))
    });
    let answer = endpoint.layer().layer(inner).oneshot(request).await;
    outward(answer.expect("infallible")).await
}

fn empty(status: StatusCode) -> Response<Answer> {
    let mut response = Response::new(Answer::new());
    *response.status_mut() = status;
    response
}
