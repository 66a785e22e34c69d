//! Sendmux's idempotency keys.

use hookproof_sandbox::Provider::Sendmux;
use serde_json::{Value, json};

use super::client::{Api, Reply};
use super::errors::{good, is_error, with};

async fn create(api: &Api, key: &str, fields: &Value) -> Reply {
    let ask = api.ask("POST", "/api/v1/webhooks");
    ask.header("idempotency-key", key).json(fields).send().await
}

async fn count(api: &Api) -> usize {
    let whole = api.ask("GET", "/api/v1/webhooks").send().await.json_of(200);
    whole["data"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn the_same_request_gets_the_first_answer() {
    let api = Api::of(Sendmux).await;
    let first = create(&api, "key 1", &good(Sendmux)).await;
    let again = create(&api, "key 1", &good(Sendmux)).await;
    assert_eq!(first.status, 201);
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(count(&api).await, 1);
    let other = create(&api, "key 2", &good(Sendmux)).await;
    assert_ne!(other.json()["data"]["id"], first.json()["data"]["id"]);
}

#[tokio::test]
async fn another_request_under_the_key_is_a_conflict() {
    let api = Api::of(Sendmux).await;
    create(&api, "key", &good(Sendmux)).await;
    let reply = create(&api, "key", &with(Sendmux, "name", json!("other"))).await;
    let (code, _) = is_error(Sendmux, &reply, 409);
    assert_eq!(code.as_deref(), Some("idempotency_conflict"));
    assert_eq!(count(&api).await, 1);
}

#[tokio::test]
async fn a_refused_request_may_be_corrected_under_its_key() {
    let api = Api::of(Sendmux).await;
    let reply = create(&api, "key", &with(Sendmux, "event_types", json!([]))).await;
    is_error(Sendmux, &reply, 400);
    assert_eq!(create(&api, "key", &good(Sendmux)).await.status, 201);
}

#[tokio::test]
async fn a_key_stands_for_one_endpoint() {
    let api = Api::of(Sendmux).await;
    let first = create(&api, "key", &good(Sendmux)).await.json_of(201);
    let id = first["data"]["id"].as_str().expect("an id");
    let path = format!("/api/v1/webhooks/{id}/rotate-secret");
    let rotate = || api.ask("POST", &path).header("idempotency-key", "key");
    let second = rotate().send().await.json_of(200);
    assert_ne!(second["data"]["secret"], first["data"]["secret"]);
    let again = rotate().send().await.json_of(200);
    assert_eq!(again, second);
}

#[tokio::test]
async fn of_requests_at_the_same_time_one_acts() {
    let api = Api::of(Sendmux).await;
    let good = good(Sendmux);
    let (a, b, c) = tokio::join!(
        create(&api, "key", &good),
        create(&api, "key", &good),
        create(&api, "key", &good),
    );
    assert_eq!(a.body, b.body);
    assert_eq!(b.body, c.body);
    assert_eq!(count(&api).await, 1);
}

#[tokio::test]
async fn a_key_has_1_to_255_characters() {
    let api = Api::of(Sendmux).await;
    let longest = "k".repeat(255);
    assert_eq!(create(&api, &longest, &good(Sendmux)).await.status, 201);
    for key in ["", &"k".repeat(256), "k\u{e9}"] {
        let reply = create(&api, key, &good(Sendmux)).await;
        let (code, _) = is_error(Sendmux, &reply, 400);
        assert_eq!(code.as_deref(), Some("invalid_parameter"));
    }
}
