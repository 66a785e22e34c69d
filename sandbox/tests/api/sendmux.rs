//! Sendmux.

use hookproof_sandbox::Provider::Sendmux;
use serde_json::{Value, json};

use super::client::{Api, has_keys, is_hex, is_moment, text};
use super::errors::{good, is_error, with, without};

const FIELDS: &str = "id name url event_types filters enabled failing created_at updated_at";

/// The data of a success, in its envelope.
#[track_caller]
fn data(whole: &Value) -> Value {
    has_keys(whole, "ok data meta");
    assert_eq!(whole["ok"], true);
    has_keys(&whole["meta"], "request_id");
    is_hex(&whole["meta"]["request_id"], "req_", 24);
    whole["data"].clone()
}

async fn created(api: &Api, fields: &Value) -> (Value, String) {
    let data = data(&api.create(fields).await.json_of(201));
    let path = format!("/api/v1/webhooks/{}", text(&data["id"]));
    (data, path)
}

async fn update(api: &Api, path: &str, fields: Value) -> Value {
    let reply = api.ask("PATCH", path).json(&fields).send().await;
    data(&reply.json_of(200))
}

#[tokio::test]
async fn the_documented_request_gets_the_documented_answer() {
    let api = Api::of(Sendmux).await;
    let fields = json!({
        "url": "https://example.com/webhooks/sendmux",
        "event_types": ["ses.bounce", "ses.complaint", "message.delivered"],
        "enabled": true,
    });
    let reply = api.create(&fields).await;
    let data = data(&reply.json_of(201));
    has_keys(&data, &format!("{FIELDS} secret"));
    is_hex(&data["id"], "whk_", 24);
    assert_eq!(data["name"], Value::Null);
    assert_eq!(data["url"], fields["url"]);
    assert_eq!(data["event_types"], fields["event_types"]);
    assert_eq!(data["filters"], json!({ "mailbox_ids": [] }));
    assert_eq!(data["enabled"], true);
    assert_eq!(data["failing"], false);
    is_moment(&data["created_at"], false);
    is_moment(&data["updated_at"], false);
    assert!(text(&data["secret"]).starts_with("whsec_"));
    assert_eq!(text(&data["secret"]).len(), "whsec_".len() + 43);
    let location = reply
        .header("location")
        .strip_prefix("/sendmux")
        .expect("ours");
    let shown = api.ask("GET", location).send().await.json_of(200);
    assert_eq!(shown["data"]["id"], data["id"]);
}

#[tokio::test]
async fn what_can_be_chosen_is_echoed() {
    let api = Api::of(Sendmux).await;
    let fields = json!({
        "url": "http://127.0.0.1:9/hook",
        "event_types": ["sendmux.test", "mail.inbound", "message.received.spam"],
        "enabled": false,
        "name": "é".repeat(255),
        "filters": { "mailbox_ids": ["mbx_1", "mbx_2"] },
    });
    let (data, _) = created(&api, &fields).await;
    for (field, value) in fields.as_object().expect("an object") {
        assert_eq!(&data[field], value, "{field}");
    }
}

#[tokio::test]
async fn the_secret_is_shown_once() {
    let api = Api::of(Sendmux).await;
    let (first, path) = created(&api, &good(Sendmux)).await;
    let listed = api.ask("GET", "/api/v1/webhooks").send().await;
    let whole = listed.json_of(200);
    has_keys(&whole, "ok data pagination meta");
    assert_eq!(whole["pagination"], json!({ "has_more": false }));
    has_keys(&whole["data"][0], FIELDS);
    let shown = api.ask("GET", &path).send().await;
    assert_eq!(data(&shown.json_of(200)), whole["data"][0]);
    let changed = api.ask("PATCH", &path).json(&json!({})).send().await;
    has_keys(&data(&changed.json_of(200)), FIELDS);
    for reply in [listed, shown, changed] {
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        assert!(!text.contains(super::client::text(&first["secret"])));
    }
}

#[tokio::test]
async fn a_webhook_that_has_not_changed_is_not_sent_again() {
    let api = Api::of(Sendmux).await;
    let (_, path) = created(&api, &good(Sendmux)).await;
    let tag = api.ask("GET", &path).send().await.header("etag").to_owned();
    let ask = |tag: &str| api.ask("GET", &path).header("if-none-match", tag);
    let same = ask(&tag).send().await;
    assert_eq!((same.status.as_u16(), same.body.len()), (304, 0));
    assert_eq!(same.header("etag"), tag);
    let listed = ask(&format!("\"other\", {tag}")).send().await;
    assert_eq!(listed.status, 304);
    update(&api, &path, json!({ "name": "other" })).await;
    assert_eq!(ask(&tag).send().await.status, 200);
}

#[tokio::test]
async fn an_update_changes_what_it_says() {
    let api = Api::of(Sendmux).await;
    let (before, path) = created(&api, &with(Sendmux, "name", json!("first"))).await;
    let after = update(&api, &path, json!({ "enabled": false })).await;
    has_keys(&after, FIELDS);
    assert_eq!(after["enabled"], false);
    for field in ["name", "url", "event_types", "filters", "created_at"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    let after = update(
        &api,
        &path,
        json!({ "name": null, "event_types": ["ses.reject"] }),
    )
    .await;
    assert_eq!(after["name"], Value::Null);
    assert_eq!(after["event_types"], json!(["ses.reject"]));
    let reply = api
        .ask("PATCH", &path)
        .json(&json!({ "event_types": [] }))
        .send()
        .await;
    is_error(Sendmux, &reply, 400);
    let shown = api.ask("GET", &path).send().await.json_of(200);
    assert_eq!(shown["data"], after);
}

#[tokio::test]
async fn a_deleted_webhook_is_gone() {
    let api = Api::of(Sendmux).await;
    let (first, path) = created(&api, &good(Sendmux)).await;
    let gone = data(&api.ask("DELETE", &path).send().await.json_of(200));
    assert_eq!(gone, json!({ "id": first["id"], "deleted": true }));
    for (method, rest) in [
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/rotate-secret"),
        ("POST", "/test"),
        ("GET", "/deliveries"),
    ] {
        let reply = api.ask(method, &format!("{path}{rest}")).send().await;
        is_error(Sendmux, &reply, 404);
    }
}

#[tokio::test]
async fn rotation_gives_another_secret_in_the_form_of_creation() {
    let api = Api::of(Sendmux).await;
    let (first, path) = created(&api, &good(Sendmux)).await;
    let path = format!("{path}/rotate-secret");
    let second = data(&api.ask("POST", &path).send().await.json_of(200));
    has_keys(&second, &format!("{FIELDS} secret"));
    assert_eq!(second["id"], first["id"]);
    let third = data(&api.ask("POST", &path).send().await.json_of(200));
    for (one, other) in [(&first, &second), (&second, &third), (&first, &third)] {
        assert_ne!(one["secret"], other["secret"]);
    }
}

#[tokio::test]
async fn a_test_event_must_be_subscribed() {
    let api = Api::of(Sendmux).await;
    let (_, path) = created(&api, &good(Sendmux)).await;
    let reply = api.ask("POST", &format!("{path}/test")).send().await;
    let (code, _) = is_error(Sendmux, &reply, 409);
    assert_eq!(code.as_deref(), Some("conflict"));
}

#[tokio::test]
async fn the_record_of_deliveries_begins_empty() {
    let api = Api::of(Sendmux).await;
    let (_, path) = created(&api, &good(Sendmux)).await;
    let deliveries = format!("{path}/deliveries");
    let whole = api.ask("GET", &deliveries).send().await.json_of(200);
    has_keys(&whole, "ok data pagination meta");
    assert_eq!(whole["data"], json!([]));
    let payload = format!("{deliveries}/wda_1_1/payload");
    is_error(Sendmux, &api.ask("GET", &payload).send().await, 404);
}

#[tokio::test]
async fn what_is_wrong_has_the_documented_status_code_and_field() {
    let api = Api::of(Sendmux).await;
    let url = |url: &str| with(Sendmux, "url", json!(url));
    let rows = [
        (without(Sendmux, "url"), 400, "missing_parameter", "url"),
        (
            without(Sendmux, "event_types"),
            400,
            "missing_parameter",
            "event_types",
        ),
        (
            with(Sendmux, "url", json!(7)),
            400,
            "invalid_parameter",
            "url",
        ),
        (url("nonsense"), 400, "invalid_parameter", "url"),
        (
            url("https://me@example.com/"),
            400,
            "invalid_parameter",
            "url",
        ),
        (
            url("https://exa\tmple.com/"),
            400,
            "invalid_parameter",
            "url",
        ),
        (url("http://example.com/"), 422, "validation_error", "url"),
        (
            url("http://127.0.0.1.example.com/"),
            422,
            "validation_error",
            "url",
        ),
        (url("ftp://example.com/"), 422, "validation_error", "url"),
        (
            with(Sendmux, "event_types", json!([])),
            400,
            "invalid_parameter",
            "event_types",
        ),
        (
            with(Sendmux, "event_types", json!("x")),
            400,
            "invalid_parameter",
            "event_types",
        ),
        (
            with(Sendmux, "event_types", json!(["delivered"])),
            422,
            "validation_error",
            "event_types",
        ),
        (
            with(Sendmux, "enabled", json!("yes")),
            400,
            "invalid_parameter",
            "enabled",
        ),
        (
            with(Sendmux, "name", json!("")),
            400,
            "invalid_parameter",
            "name",
        ),
        (
            with(Sendmux, "name", json!("n".repeat(256))),
            400,
            "invalid_parameter",
            "name",
        ),
        (
            with(Sendmux, "filters", json!([])),
            400,
            "invalid_parameter",
            "filters",
        ),
        (
            with(Sendmux, "filters", json!({ "a": [] })),
            400,
            "invalid_parameter",
            "filters",
        ),
        (
            with(Sendmux, "description", json!("d")),
            400,
            "invalid_parameter",
            "description",
        ),
    ];
    for (fields, status, code, param) in rows {
        let reply = api.create(&fields).await;
        let (found, _) = is_error(Sendmux, &reply, status);
        assert_eq!(found.as_deref(), Some(code), "{fields}");
        assert_eq!(reply.json()["error"]["param"], param, "{fields}");
        assert_eq!(reply.json()["error"]["retryable"], false);
    }
}

#[tokio::test]
async fn loopback_receivers_need_no_https() {
    let api = Api::of(Sendmux).await;
    for url in [
        "http://localhost:1/",
        "http://127.8.9.1/",
        "http://[::1]:8080/a?b",
    ] {
        created(&api, &with(Sendmux, "url", json!(url))).await;
    }
}
