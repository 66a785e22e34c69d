//! A provider's ways: where its key stands, and how it says no.

use std::marker::PhantomData;

use axum::response::{IntoResponse, Response};
use http::HeaderMap;

use super::auth;
use super::refusal::Refusal;
use crate::store::Full;

/// How a provider asks for a key and says no.
pub(super) trait Form: Send + Sync + 'static {
    /// Whether the request has a key, where the provider looks for one.
    fn has_key(headers: &HeaderMap) -> bool {
        auth::bearer(headers)
    }

    /// What else the provider looks at in every request's headers.
    fn check(_headers: &HeaderMap) -> Result<(), Refusal> {
        Ok(())
    }

    /// The answer to a request that is refused.
    fn refuse(refusal: &Refusal) -> Response;
}

/// A refusal on its way to a client of `P`.
#[derive(Debug)]
pub(super) struct Refused<P>(Refusal, PhantomData<P>);

/// What a handler of `P` gives.
pub(super) type Answer<P> = Result<Response, Refused<P>>;

impl<P> From<Refusal> for Refused<P> {
    fn from(refusal: Refusal) -> Self {
        Self(refusal, PhantomData)
    }
}

impl<P> From<getrandom::Error> for Refused<P> {
    fn from(_: getrandom::Error) -> Self {
        Refusal::Random.into()
    }
}

impl<P> From<Full> for Refused<P> {
    fn from(_: Full) -> Self {
        Refusal::Limit.into()
    }
}

impl<P: Form> IntoResponse for Refused<P> {
    fn into_response(self) -> Response {
        P::refuse(&self.0)
    }
}
