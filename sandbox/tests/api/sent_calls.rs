//! Sent: what can be done with a webhook, and idempotency keys.

use hookproof_sandbox::Provider::Sent;
use serde_json::{Value, json};

use super::client::{Api, Reply, has_keys};
use super::errors::{good, is_error, with};
use super::sent::{FIELDS, created, data, is_secret};

async fn call(api: &Api, method: &str, path: &str, fields: Value) -> Reply {
    api.ask(method, path).json(&fields).send().await
}

#[tokio::test]
async fn an_update_replaces_what_it_says() {
    let api = Api::of(Sent).await;
    let (before, path) = created(&api, &good(Sent)).await;
    let fields = json!({ "endpoint_url": "https://example.org/", "timeout_seconds": 5 });
    let after = data(&call(&api, "PUT", &path, fields).await.json_of(200));
    has_keys(&after, FIELDS);
    assert_eq!(after["endpoint_url"], "https://example.org/");
    assert_eq!(after["timeout_seconds"], 5);
    assert_eq!(after["signing_secret"], Value::Null);
    assert_eq!(after["display_name"], before["display_name"]);
    is_error(
        Sent,
        &call(&api, "PUT", &path, json!({ "retry_count": 9 })).await,
        400,
    );
    let dry = call(
        &api,
        "PUT",
        &path,
        json!({ "display_name": "dry", "sandbox": true }),
    )
    .await;
    assert_eq!(dry.header("x-sandbox"), "true");
    assert_eq!(data(&dry.json_of(200))["display_name"], "dry");
    let shown = data(&api.ask("GET", &path).send().await.json_of(200));
    assert_eq!(shown, after);
}

#[tokio::test]
async fn a_webhook_is_switched_off_and_on() {
    let api = Api::of(Sent).await;
    let (_, path) = created(&api, &good(Sent)).await;
    let toggle = format!("{path}/toggle-status");
    for active in [false, true] {
        let reply = call(&api, "PATCH", &toggle, json!({ "is_active": active })).await;
        let after = data(&reply.json_of(200));
        has_keys(&after, FIELDS);
        assert_eq!(after["is_active"], active);
    }
    for fields in [json!({}), json!({ "is_active": 1 })] {
        is_error(Sent, &call(&api, "PATCH", &toggle, fields).await, 400);
    }
}

#[tokio::test]
async fn a_deleted_webhook_is_gone() {
    let api = Api::of(Sent).await;
    let (_, path) = created(&api, &good(Sent)).await;
    let reply = api.ask("DELETE", &path).send().await;
    assert_eq!((reply.status.as_u16(), reply.body.len()), (204, 0));
    for (method, rest) in [
        ("GET", ""),
        ("DELETE", ""),
        ("GET", "/events"),
        ("POST", "/test"),
        ("POST", "/rotate-secret"),
    ] {
        let reply = api.ask(method, &format!("{path}{rest}")).send().await;
        is_error(Sent, &reply, 404);
    }
}

#[tokio::test]
async fn rotation_gives_another_secret_and_nothing_else() {
    let api = Api::of(Sent).await;
    let (first, path) = created(&api, &good(Sent)).await;
    let path = format!("{path}/rotate-secret");
    let second = data(&api.ask("POST", &path).send().await.json_of(200));
    has_keys(&second, "signing_secret");
    is_secret(&second["signing_secret"]);
    assert_ne!(second["signing_secret"], first["signing_secret"]);
    let dry = call(&api, "POST", &path, json!({ "sandbox": true })).await;
    assert_eq!(dry.header("x-sandbox"), "true");
    is_secret(&data(&dry.json_of(200))["signing_secret"]);
    is_error(
        Sent,
        &call(&api, "POST", &path, json!({ "sandbox": 1 })).await,
        400,
    );
}

#[tokio::test]
async fn the_eleventh_rotation_in_a_minute_is_too_many() {
    let api = Api::of(Sent).await;
    let (_, path) = created(&api, &good(Sent)).await;
    let path = format!("{path}/rotate-secret");
    for _ in 0..10 {
        assert_eq!(api.ask("POST", &path).send().await.status, 200);
    }
    let reply = api.ask("POST", &path).send().await;
    let (code, _) = is_error(Sent, &reply, 429);
    assert_eq!(code.as_deref(), Some("BUSINESS_002"));
    assert_eq!(reply.header("retry-after"), "60");
}

#[tokio::test]
async fn the_event_types_and_the_events_are_listed() {
    let api = Api::of(Sent).await;
    let types = api.ask("GET", "/v3/webhooks/event-types").send().await;
    let types = data(&types.json_of(200));
    has_keys(&types, "event_types pagination");
    for kind in types["event_types"].as_array().expect("a list") {
        has_keys(
            kind,
            "name display_name description event_type is_active sub_types",
        );
    }
    assert_eq!(
        types["event_types"][0]["sub_types"][0]["event_type"],
        "message.queued"
    );
    let (_, path) = created(&api, &good(Sent)).await;
    let events = api.ask("GET", &format!("{path}/events")).send().await;
    let events = data(&events.json_of(200));
    has_keys(&events, "events pagination");
    assert_eq!(events["events"], json!([]));
}

#[tokio::test]
async fn a_dry_test_sends_nothing() {
    let api = Api::of(Sent).await;
    let (_, path) = created(&api, &good(Sent)).await;
    let test = format!("{path}/test");
    let fields = json!({ "event_type": "message.delivered", "sandbox": true });
    let reply = call(&api, "POST", &test, fields).await;
    assert_eq!(reply.header("x-sandbox"), "true");
    has_keys(&data(&reply.json_of(200)), "success message");
    let events = api.ask("GET", &format!("{path}/events")).send().await;
    assert_eq!(data(&events.json_of(200))["events"], json!([]));
    let reply = call(&api, "POST", &test, json!({ "event_type": 1 })).await;
    is_error(Sent, &reply, 400);
}

async fn keyed(api: &Api, key: &str, fields: &Value) -> Reply {
    let ask = api.ask("POST", "/v3/webhooks").json(fields);
    ask.header("idempotency-key", key).send().await
}

#[tokio::test]
async fn a_key_gets_its_first_answer_whatever_is_sent_with_it() {
    let api = Api::of(Sent).await;
    let first = keyed(&api, "Key-1_a", &good(Sent)).await;
    let whole = first.json_of(201);
    assert!(!first.headers.contains_key("idempotent-replayed"));
    for fields in [good(Sent), with(Sent, "display_name", json!("other"))] {
        let again = keyed(&api, "Key-1_a", &fields).await;
        assert_eq!(again.json_of(201), whole);
        assert_eq!(again.header("idempotent-replayed"), "true");
        assert_eq!(
            again.header("x-original-request-id"),
            whole["meta"]["request_id"]
        );
    }
    let listed = data(&api.ask("GET", "/v3/webhooks").send().await.json_of(200));
    assert_eq!(listed["pagination"]["total_count"], 1);
}

#[tokio::test]
async fn a_dry_run_does_not_use_up_its_key() {
    let api = Api::of(Sent).await;
    let dry = keyed(&api, "key", &with(Sent, "sandbox", json!(true))).await;
    assert_eq!(dry.header("x-sandbox"), "true");
    let genuine = keyed(&api, "key", &good(Sent)).await;
    assert!(!genuine.headers.contains_key("idempotent-replayed"));
}

#[tokio::test]
async fn a_key_has_letters_digits_hyphens_and_underscores() {
    let api = Api::of(Sent).await;
    for key in ["", "two words", "a.b", "é", &"k".repeat(256)] {
        let reply = keyed(&api, key, &good(Sent)).await;
        let (code, _) = is_error(Sent, &reply, 400);
        assert_eq!(code.as_deref(), Some("VALIDATION_001"));
    }
    assert_eq!(keyed(&api, &"k".repeat(255), &good(Sent)).await.status, 201);
}
