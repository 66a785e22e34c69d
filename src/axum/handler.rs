//! The handler adapter: an endpoint in front of one axum handler.

use core::fmt;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;

use ::axum::body::Body;
use ::axum::extract::{FromRequestParts, Request};
use ::axum::handler::Handler;
use ::axum::response::{IntoResponse, Response};

use super::extract::FromProof;
use crate::answers::Answer;
use crate::endpoint::Endpoint;
use crate::layer::driving::{Behind, Driving};
use crate::layer::passed::Passed;
use crate::layer::{Attached, Detached};

impl Endpoint {
    /// The endpoint in front of one axum handler: mounts as a handler does.
    ///
    /// The handler's first argument is the proof: `Verified<T>`, `VerifiedJson<T>`,
    /// [`VerifiedBytes`](super::VerifiedBytes) or [`Proven`](crate::Proven); up to eight more
    /// arguments may be anything that axum extracts from a request's parts. Extractors of the body
    /// do not mount: the body is in the proof. Other methods and paths of the route are left alone.
    #[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
    #[must_use]
    pub fn handler<H, M, S>(&self, handler: H) -> Webhook<H, M, S>
    where
        H: WebhookHandler<M, S>,
    {
        Webhook {
            endpoint: self.clone(),
            handler,
            detached: false,
            takes: PhantomData,
        }
    }
}

/// An axum handler with an [`Endpoint`] in front. Made by [`Endpoint::handler`].
pub struct Webhook<H, M, S> {
    endpoint: Endpoint,
    handler: H,
    detached: bool,
    takes: PhantomData<fn(M, S)>,
}

impl<H, M, S> Webhook<H, M, S> {
    /// Runs the handler of each proven delivery as a task of its own: a sender that hangs up does
    /// not stop work half-way. Its claim is settled when it is done, so that the sender's next
    /// attempt is told.
    #[must_use]
    pub fn detached(mut self) -> Self {
        self.detached = true;
        self
    }
}

impl<H: Clone, M, S> Clone for Webhook<H, M, S> {
    fn clone(&self) -> Self {
        Self {
            endpoint: self.endpoint.clone(),
            handler: self.handler.clone(),
            detached: self.detached,
            takes: PhantomData,
        }
    }
}

impl<H, M, S> fmt::Debug for Webhook<H, M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

impl<H, M, S> Handler<(Marker, M), S> for Webhook<H, M, S>
where
    H: WebhookHandler<M, S>,
    M: 'static,
    S: Send + Sync + 'static,
{
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request, state: S) -> Self::Future {
        let Self {
            endpoint,
            handler,
            detached,
            ..
        } = self;
        let inner = Inner(move |request, passed| handler.call(request, passed, state));
        if detached {
            Box::pin(Driving::<_, _, _, Detached>::new(inner, endpoint, request))
        } else {
            Box::pin(Driving::<_, _, _, Attached>::new(inner, endpoint, request))
        }
    }
}

/// The handler, with its state.
struct Inner<C>(C);

impl<C, F> Behind<Body> for Inner<C>
where
    C: FnOnce(Request, Passed) -> F,
    F: Future<Output = Response>,
{
    type Running = F;

    #[inline(always)]
    fn run(self, request: Request, passed: Passed) -> F {
        self.0(request, passed)
    }

    fn answer(answer: Answer) -> Response {
        answer.into_response()
    }
}

/// Marks the adapter among axum's handlers.
#[derive(Debug)]
#[non_exhaustive]
pub struct Marker;

/// What [`Endpoint::handler`] takes: an async function whose first argument is the proof.
///
/// Implemented for functions and closures alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand behind an endpoint",
    label = "not a handler that takes a proof first",
    note = "its first argument must be the proof: `Verified<T>`, `VerifiedJson<T>`, `VerifiedBytes` or `Proven`",
    note = "its further arguments, eight at most, must be extractors of a request's parts, not of its body",
    note = "it must be an async function that returns `impl IntoResponse`"
)]
pub trait WebhookHandler<M, S>: Clone + Send + Sync + Sized + 'static {
    #[doc(hidden)]
    fn call(
        self,
        request: Request,
        passed: Passed,
        state: S,
    ) -> impl Future<Output = Response> + Send;
}

impl<F, Answer, P, S> WebhookHandler<(P,), S> for F
where
    F: FnOnce(P) -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output: IntoResponse> + Send,
    P: FromProof + Send,
    S: Send + Sync + 'static,
{
    // No `async fn`: that would keep its arguments beside what is made of them.
    fn call(self, _: Request, passed: Passed, _: S) -> impl Future<Output = Response> + Send {
        let handled = P::take(passed).map(self);
        async move {
            match handled {
                Ok(handling) => handling.await.into_response(),
                Err(rejection) => rejection.into_response(),
            }
        }
    }
}

macro_rules! with_further_arguments {
    ($($argument:ident)+) => {
        impl<F, Answer, P, S, $($argument,)+> WebhookHandler<(P, $($argument,)+), S> for F
        where
            F: FnOnce(P, $($argument,)+) -> Answer + Clone + Send + Sync + 'static,
            Answer: Future<Output: IntoResponse> + Send,
            P: FromProof + Send,
            S: Send + Sync + 'static,
            $($argument: FromRequestParts<S> + Send,)+
        {
            #[expect(non_snake_case, reason = "an argument is named after its type")]
            async fn call(self, request: Request, passed: Passed, state: S) -> Response {
                let (mut parts, _) = request.into_parts();
                let proof = match P::from_proof(&passed) {
                    Ok(proof) => proof,
                    Err(rejection) => return rejection.into_response(),
                };
                parts.extensions.insert(passed);
                $(
                    let $argument = match $argument::from_request_parts(&mut parts, &state).await {
                        Ok(argument) => argument,
                        Err(rejection) => return rejection.into_response(),
                    };
                )+
                self(proof, $($argument,)+).await.into_response()
            }
        }
    };
}

with_further_arguments!(A);
with_further_arguments!(A B);
with_further_arguments!(A B C);
with_further_arguments!(A B C D);
with_further_arguments!(A B C D E);
with_further_arguments!(A B C D E G);
with_further_arguments!(A B C D E G H);
with_further_arguments!(A B C D E G H I);
