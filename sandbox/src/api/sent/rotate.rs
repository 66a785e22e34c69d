//! Sent's rotation: the old secret is invalid at once, and ten a minute are enough.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use axum::{Extension, Router};
use http::StatusCode;
use serde_json::json;
use tokio::time::Instant;

use super::form::{Sent, done, dry};
use crate::api::fields::Fields;
use crate::api::form::Answer;
use crate::api::path::Ids;
use crate::api::refusal::Refusal;
use crate::app::App;
use crate::fresh::SecretForm;
use crate::moment::Moment;
use crate::provider::Provider;
use crate::subscription::SecretText;

const MAX_A_MINUTE: usize = 10;
const MINUTE: Duration = Duration::from_secs(60);

/// When the last rotations were, oldest first: a minute of the clock, whatever else is compressed.
#[derive(Clone, Default)]
struct Rotations(Arc<Mutex<VecDeque<Instant>>>);

impl Rotations {
    fn count(&self) -> Result<(), Refusal> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        last.retain(|then| now.duration_since(*then) < MINUTE);
        if last.len() >= MAX_A_MINUTE {
            return Err(Refusal::TooOften);
        }
        last.push_back(now);
        Ok(())
    }
}

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/v3/webhooks/{id}/rotate-secret", post(rotate))
        .layer(Extension(Rotations::default()))
}

async fn rotate(
    State(app): State<App>,
    Extension(rotations): Extension<Rotations>,
    ids: Ids,
    body: Bytes,
) -> Answer<Sent> {
    rotations.count()?;
    ids.find(&app, Provider::Sent)?;
    let is_dry = Fields::read_or_none(&body)?.flag("sandbox")?;
    let secret = SecretText::new(SecretForm::PrefixedBase64.fresh()?);
    let rotated = done(
        StatusCode::OK,
        &json!({ "signing_secret": secret.expose() }),
    );
    if is_dry.unwrap_or(false) {
        return Ok(dry(rotated));
    }
    let store = &app.store;
    let changed = store.change(Provider::Sent, &ids.webhook, |webhook| {
        webhook.secret = secret;
        webhook.updated = Moment::now();
    });
    changed.ok_or(Refusal::Webhook)?;
    Ok(rotated)
}
