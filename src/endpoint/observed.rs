//! An endpoint that only watches, for roll-outs.

use core::fmt;

use super::Endpoint;
use crate::error::VerifyError;
use crate::observe::{ClockSkew, Refusal};
use crate::verify::Receipt;

/// An endpoint that verifies and reports, and lets through what it would have refused: for finding
/// out, before it is enforced, whether genuine deliveries verify. Built by
/// [`EndpointBuilder::dangerous_observe_only`](crate::EndpointBuilder::dangerous_observe_only).
///
/// Limits and deadlines refuse as ever. It makes no receipt, no claim and no proof, so that
/// handlers that take one refuse; and it has a layer alone:
///
/// ```compile_fail,E0599
/// use hookproof::{Endpoint, Secret, Verifier, providers};
///
/// let verifier = Verifier::new(&providers::GITHUB, Secret::new("It's a Secret to Everybody")).unwrap();
/// let observed = Endpoint::builder("github", verifier).dangerous_observe_only().build().unwrap();
/// observed.handler(|proven: hookproof::Proven| async {});
/// ```
///
/// # Example
///
/// ```
/// use bytes::Bytes;
/// use http::{Request, Response, StatusCode};
/// use hookproof::{Endpoint, Secret, Verifier, layer::UnprovenBody, providers};
/// use http_body_util::{Empty, Full};
/// use tower::{Layer, ServiceExt, service_fn};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
/// let verifier = Verifier::new(&providers::GITHUB, Secret::new("It's a Secret to Everybody"))?;
/// let observed = Endpoint::builder("github", verifier)
///     .on_refusal(|refusal| println!("would be refused: {}", refusal.error()))
///     .dangerous_observe_only()
///     .build()?;
///
/// let handler = service_fn(|_: Request<UnprovenBody>| async {
///     Ok::<_, std::convert::Infallible>(Response::new(Empty::<Bytes>::new()))
/// });
/// let unsigned = Request::new(Full::new(Bytes::from_static(b"{}")));
/// let answer = observed.layer().layer(handler).oneshot(unsigned).await?;
/// assert_eq!(answer.status(), StatusCode::OK);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ObservedEndpoint(Endpoint);

impl ObservedEndpoint {
    pub(super) const fn new(endpoint: Endpoint) -> Self {
        Self(endpoint)
    }

    /// The endpoint's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// As [`Endpoint::clock_skew`].
    #[must_use]
    pub fn clock_skew(&self) -> Option<ClockSkew> {
        self.0.clock_skew()
    }

    /// What it judges by, for its layer alone.
    pub(crate) const fn endpoint(&self) -> &Endpoint {
        &self.0
    }

    /// Tells hooks, logs and metrics what the verdict would be.
    pub(crate) fn report(&self, judged: &Result<Receipt, VerifyError>) {
        let inner = &self.0.inner;
        match judged {
            Ok(receipt) => inner.observer.would_accept(receipt),
            Err(error) => {
                let answer = inner.answers.to(error.kind());
                let refusal = Refusal::new(&inner.name, self.0.scheme(), error, answer);
                inner.observer.would_refuse(&refusal.observed());
            }
        }
    }
}

impl fmt::Debug for ObservedEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ObservedEndpoint").field(&self.0).finish()
    }
}
