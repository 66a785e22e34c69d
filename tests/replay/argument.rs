//! The lease as an argument of axum handlers.

use axum::body::Body;
use axum::routing::post;
use axum::{Router, http::StatusCode};
use hookproof::axum::{VerifiedBytes, VerifiedRejection};
use hookproof::replay::LeaseWatch;
use hookproof::{Endpoint, Proven, providers};
use tower::ServiceExt;

use super::driver::guarded;
use super::forms::event;
use super::puppet::Puppet;
use crate::support::http::request;

async fn send(app: &Router) -> axum::response::Response {
    let delivered = event(&providers::GITHUB, 1);
    let sent = request(delivered.headers, Body::from(delivered.body));
    app.clone().oneshot(sent).await.expect("infallible")
}

fn unguarded() -> Endpoint {
    let verifier = event(&providers::GITHUB, 1).verifier;
    let endpoint = Endpoint::builder("hooks", verifier).without_replay_guard();
    endpoint.build().expect("a sound endpoint")
}

async fn wants(_: VerifiedBytes, lease: LeaseWatch) -> StatusCode {
    assert!(!lease.is_lost());
    StatusCode::ACCEPTED
}

async fn takes(_: Proven, lease: Option<LeaseWatch>) -> &'static str {
    lease.map_or("no lease", |_| "a lease")
}

async fn wants_behind_a_layer(lease: LeaseWatch, _: VerifiedBytes) -> StatusCode {
    assert!(!lease.is_lost());
    StatusCode::ACCEPTED
}

async fn body(app: &Router) -> String {
    let body = send(app).await.into_body();
    let bytes = axum::body::to_bytes(body, 100).await.expect("a body");
    String::from_utf8(bytes.to_vec()).expect("a text")
}

#[tokio::test]
async fn a_handler_behind_a_guard_is_given_its_lease() {
    let endpoint = || guarded(&providers::GITHUB, Puppet::default());
    let adapter = Router::new().route("/", post(endpoint().handler(wants)));
    let layer = Router::new()
        .route("/", post(wants_behind_a_layer))
        .route_layer(endpoint().layer());
    for app in [adapter, layer] {
        assert_eq!(send(&app).await.status(), StatusCode::ACCEPTED);
    }
}

#[tokio::test]
async fn without_a_guard_an_optional_lease_is_none() {
    let app = |endpoint: Endpoint| Router::new().route("/", post(endpoint.handler(takes)));
    assert_eq!(body(&app(unguarded())).await, "no lease");
    let guarded = guarded(&providers::GITHUB, Puppet::default());
    assert_eq!(body(&app(guarded)).await, "a lease");
}

#[tokio::test]
async fn without_a_guard_a_handler_that_wants_its_lease_is_a_mistake_in_the_set_up() {
    let adapter = Router::new().route("/", post(unguarded().handler(wants)));
    let layer = Router::new()
        .route("/", post(wants_behind_a_layer))
        .route_layer(unguarded().layer());
    let open = Router::new().route("/", post(wants_behind_a_layer));
    for app in [adapter, layer, open] {
        let answer = send(&app).await;
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let why = answer.extensions().get::<VerifiedRejection>();
        assert!(why.expect("why").is_mistake());
    }
}

#[cfg(feature = "events")]
#[tokio::test]
async fn a_body_that_does_not_parse_is_not_handled_and_can_come_again() {
    use super::puppet::Ask;
    use hookproof::axum::VerifiedJson;

    let store = Puppet::default();
    let endpoint = guarded(&providers::GITHUB, store.clone());
    let handler = |_: VerifiedJson<Vec<u8>>| async {};
    let app = Router::new().route("/", post(endpoint.handler(handler)));
    for _ in 0..2 {
        assert_eq!(send(&app).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!((store.asked(Ask::Claim), store.asked(Ask::Release)), (2, 2));
    assert_eq!(store.asked(Ask::Complete), 0);
}
