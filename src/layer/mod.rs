//! The tower layer: verification in front of any service.
//!
//! 1. An earlier proof is taken out of the request.
//! 2. The head is judged: a delivery that is missing a header, malformed or stale, or announces a
//!    body over the cap, is answered before its body is polled.
//! 3. The MAC runs while the frames arrive, under the cap and the deadline.
//! 4. Where the endpoint has a [replay guard](crate::replay), the delivery is claimed: one that was
//!    handled before, or is being handled, is answered here.
//! 5. What is proven goes on to the inner service, with the proof in its extensions, where
//!    [`Proven::of`](crate::Proven::of) and the axum extractors find it. Everything else is answered here, with the
//!    endpoint's [answers](crate::Answers).
//!
//! The inner service that reported ready is the one that is called, so it is held while the body
//! arrives: limits on concurrency belong outside the layer, or the body's deadline has to bear
//! them. The layer needs a Tokio runtime with its timer on, for the deadline.
//!
//! # Where to put it
//!
//! As near to the handler as can be. Anything between transport and layer that changes the body (a
//! decompressor, something that prints JSON anew) breaks the signature. In axum,
//! `MethodRouter::route_layer` and `Router::route_layer` cover what is there when they are called:
//! a route added after `.layer(…)` is **not** covered. A handler that takes the proof notices,
//! since it then answers 500; one that takes the body does not.
//!
//! # A refusal that comes early
//!
//! A delivery refused from its head is answered while its body may still be on the way. The server
//! then closes the connection, and where unread bytes are in flight the system resets it: a sender
//! that writes its whole body before it reads may see the reset in place of the status. hyper and
//! `axum::serve` do not linger. Where senders must see every status, serve so that the closing side
//! reads on for a moment, as the server of the `receiver` example does.
//!
//! # Example
//!
//! ```
//! use bytes::Bytes;
//! use http::{Request, Response, StatusCode};
//! use hookproof::{Endpoint, Proven, Secret, Signer, VerifiedBody, Verifier, providers};
//! use http_body_util::{Empty, Full};
//! use tower::{Layer, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! let secret = "whsec_Q5VvFg7vvDnxI1xq9NwKUlqq4Ar-lmAgJ5QzFWSkEGc";
//! let verifier = Verifier::new(&providers::STRIPE, Secret::new(secret))?;
//! let endpoint = Endpoint::builder("stripe", verifier).without_replay_guard().build()?;
//!
//! let handler = service_fn(|request: Request<VerifiedBody>| async move {
//!     let proven = Proven::of(request.extensions()).expect("the layer is in front");
//!     assert_eq!(&proven.body()[..], b"{}");
//!     Ok::<_, std::convert::Infallible>(Response::new(Empty::<Bytes>::new()))
//! });
//! let service = endpoint.layer().layer(handler);
//!
//! let mut signed = Request::new(Full::new(Bytes::from_static(b"{}")));
//! *signed.headers_mut() = Signer::new(&providers::STRIPE, Secret::new(secret))?.sign(b"{}")?;
//! let answer = service.clone().oneshot(signed).await?;
//! assert_eq!(answer.status(), StatusCode::OK);
//!
//! let unsigned = Request::new(Full::new(Bytes::from_static(b"{}")));
//! assert_eq!(service.oneshot(unsigned).await?.status(), StatusCode::UNAUTHORIZED);
//! # Ok(())
//! # }
//! ```

mod body;
pub(crate) mod driving;
mod future;
pub(crate) mod mode;
mod observe;
pub(crate) mod passed;
mod proving;
pub(crate) mod read;
mod service;
pub(crate) mod timed;

pub use body::VerifiedBody;
pub use future::ResponseFuture;
pub use mode::{Attached, Detached, Mode};
pub use observe::{Observe, ObserveLayer, UnprovenBody};
pub use service::Verify;

use core::marker::PhantomData;

use tower_layer::Layer;

use crate::endpoint::Endpoint;

/// Puts an [`Endpoint`] in front of a service. Made by [`Endpoint::layer`].
#[derive(Debug)]
pub struct VerifyLayer<M = Attached> {
    endpoint: Endpoint,
    mode: PhantomData<fn() -> M>,
}

impl<M> Clone for VerifyLayer<M> {
    fn clone(&self) -> Self {
        Self {
            endpoint: self.endpoint.clone(),
            mode: PhantomData,
        }
    }
}

impl VerifyLayer {
    /// Runs the inner service of each proven delivery as a task of its own: a sender that hangs up
    /// does not stop work half-way. Its claim is settled when it is done, so that the sender's next
    /// attempt is told. Asks for inner futures that are `Send + 'static`, and for a Tokio runtime.
    #[must_use]
    pub fn detached(self) -> VerifyLayer<Detached> {
        VerifyLayer {
            endpoint: self.endpoint,
            mode: PhantomData,
        }
    }
}

impl Endpoint {
    /// The endpoint as a tower layer, for any stack of services over `http` requests.
    #[must_use]
    pub fn layer(&self) -> VerifyLayer {
        VerifyLayer {
            endpoint: self.clone(),
            mode: PhantomData,
        }
    }
}

impl<S, M> Layer<S> for VerifyLayer<M> {
    type Service = Verify<S, M>;

    fn layer(&self, inner: S) -> Self::Service {
        Verify::new(inner, self.endpoint.clone())
    }
}
