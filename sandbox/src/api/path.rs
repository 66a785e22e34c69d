//! The ids in a path, and whose they are.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;

use super::refusal::Refusal;
use crate::app::App;
use crate::provider::Provider;
use crate::subscription::Subscription;

/// A webhook's id, and that of what is asked of it. Text that is not UTF-8 is nobody's id.
#[derive(Debug, Default)]
pub(super) struct Ids {
    pub(super) webhook: String,
    pub(super) part: String,
}

impl Ids {
    /// The provider's webhook of that id.
    pub(super) fn find(&self, app: &App, provider: Provider) -> Result<Subscription, Refusal> {
        let found = app.store.subscription(provider, &self.webhook);
        found.ok_or(Refusal::Webhook)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ids {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let mut ids = Self::default();
        let params = RawPathParams::from_request_parts(parts, state).await;
        for (name, value) in params.iter().flatten() {
            match name {
                "id" => value.clone_into(&mut ids.webhook),
                "part" => value.clone_into(&mut ids.part),
                _ => {}
            }
        }
        Ok(ids)
    }
}
