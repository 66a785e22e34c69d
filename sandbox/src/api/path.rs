//! The ids in a path.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;

/// A webhook's id, and that of what is asked of it. Text that is not UTF-8 is nobody's id.
#[derive(Debug, Default)]
pub(super) struct Ids {
    pub(super) webhook: String,
    pub(super) part: String,
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
