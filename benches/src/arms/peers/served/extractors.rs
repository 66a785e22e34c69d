//! Extractors for axum, each beside the handler adapter with a handler that does as much.

use std::sync::Arc;

use axum::Router;
use axum::routing::post;
use axum_github_webhook_extract::{GithubEvent, GithubToken};
use axum_standardwebhooks::{SharedWebhook, StandardWebhook, Webhook};
use bytes::Bytes;
use hookproof::axum::VerifiedBytes;
use http::StatusCode;
use serde::de::IgnoredAny;

use super::{Served, endpoint, taken};
use crate::arms::signed::{SECRET, Shape};

/// It reads JSON with no way around: nothing is kept of what it reads.
pub const GITHUB: Served = Served {
    name: "axum-github-webhook-extract",
    what: "extractor and JSON",
    shape: Shape::Sha256,
    theirs: github,
    ours: || {
        let handler = endpoint(Shape::Sha256).handler(read_json);
        Router::new().route("/", post(handler))
    },
};

pub const STANDARD: Served = Served {
    name: "axum-standardwebhooks",
    what: "extractor",
    shape: Shape::Standard,
    theirs: standard,
    ours: || {
        let take = async |body: VerifiedBytes| taken(&body.into_inner());
        let handler = endpoint(Shape::Standard).handler(take);
        Router::new().route("/", post(handler))
    },
};

async fn read_json(body: VerifiedBytes) -> StatusCode {
    match serde_json::from_slice::<IgnoredAny>(&body.into_inner()) {
        Ok(_) => StatusCode::OK,
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn github() -> Router {
    Router::new()
        .route("/", post(async |_: GithubEvent<IgnoredAny>| ()))
        .with_state(GithubToken(Arc::new(SECRET.to_owned())))
}

fn standard() -> Router {
    let webhook = Webhook::new(SECRET).expect("a good secret");
    let take = async |StandardWebhook(body): StandardWebhook<Bytes>| taken(&body);
    Router::new()
        .route("/", post(take))
        .with_state(SharedWebhook::new(webhook))
}
