//! Sent: what is created, shown and refused.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hookproof_sandbox::Provider::Sent;
use serde_json::{Value, json};

use super::client::{Api, has_keys, is_hex, is_moment, is_uuid, text};
use super::errors::{good, is_error, with, without};

pub(crate) const FIELDS: &str = "id display_name endpoint_url signing_secret is_active event_types \
                          event_filters retry_count timeout_seconds last_delivery_attempt_at \
                          last_successful_delivery_at consecutive_failures created_at updated_at";

/// The data of a success, in its envelope.
#[track_caller]
pub(crate) fn data(whole: &Value) -> Value {
    has_keys(whole, "success data error meta");
    assert_eq!(whole["success"], true);
    assert_eq!(whole["error"], Value::Null);
    has_keys(&whole["meta"], "request_id timestamp version");
    is_hex(&whole["meta"]["request_id"], "req_", 24);
    is_moment(&whole["meta"]["timestamp"], false);
    assert_eq!(whole["meta"]["version"], "v3");
    whole["data"].clone()
}

pub(crate) async fn created(api: &Api, fields: &Value) -> (Value, String) {
    let data = data(&api.create(fields).await.json_of(201));
    let path = format!("/v3/webhooks/{}", text(&data["id"]));
    (data, path)
}

/// Whether the text decodes to 32 bytes behind its prefix.
#[track_caller]
pub(crate) fn is_secret(value: &Value) {
    let key = text(value).strip_prefix("whsec_").expect("the prefix");
    assert_eq!(STANDARD.decode(key).expect("base64").len(), 32);
}

#[tokio::test]
async fn the_documented_request_gets_the_documented_answer() {
    let api = Api::of(Sent).await;
    let fields = json!({
        "display_name": "Order Notifications",
        "endpoint_url": "https://example.com/webhooks/sent",
        "event_types": ["messages", "templates"],
        "retry_count": 3,
        "timeout_seconds": 30,
        "sandbox": false,
    });
    let (data, _) = created(&api, &fields).await;
    has_keys(&data, FIELDS);
    is_uuid(&data["id"]);
    is_secret(&data["signing_secret"]);
    for field in [
        "display_name",
        "endpoint_url",
        "event_types",
        "retry_count",
        "timeout_seconds",
    ] {
        assert_eq!(data[field], fields[field], "{field}");
    }
    assert_eq!(data["is_active"], true);
    assert_eq!(data["consecutive_failures"], 0);
    for field in [
        "event_filters",
        "last_delivery_attempt_at",
        "last_successful_delivery_at",
    ] {
        assert_eq!(data[field], Value::Null, "{field}");
    }
    is_moment(&data["created_at"], false);
    is_moment(&data["updated_at"], false);
}

#[tokio::test]
async fn what_can_be_chosen_is_echoed_and_the_rest_is_usual() {
    let api = Api::of(Sent).await;
    let (data, _) = created(&api, &good(Sent)).await;
    assert_eq!(
        (&data["retry_count"], &data["timeout_seconds"]),
        (&json!(3), &json!(30))
    );
    let fields = json!({
        "display_name": "d",
        "endpoint_url": "http://example.com/",
        "event_types": ["message"],
        "event_filters": { "message": ["delivered", "failed"] },
        "retry_count": 5,
        "timeout_seconds": 120,
    });
    let (data, _) = created(&api, &fields).await;
    for (field, value) in fields.as_object().expect("an object") {
        assert_eq!(&data[field], value, "{field}");
    }
}

#[tokio::test]
async fn a_dry_run_is_answered_and_leaves_nothing() {
    let api = Api::of(Sent).await;
    let reply = api.create(&with(Sent, "sandbox", json!(true))).await;
    assert_eq!(reply.header("x-sandbox"), "true");
    let shown = data(&reply.json_of(201));
    has_keys(&shown, FIELDS);
    is_secret(&shown["signing_secret"]);
    let path = format!("/v3/webhooks/{}", text(&shown["id"]));
    is_error(Sent, &api.ask("GET", &path).send().await, 404);
    let mut wrong = with(Sent, "sandbox", json!(true));
    wrong["retry_count"] = json!(0);
    is_error(Sent, &api.create(&wrong).await, 400);
    let genuine = api.create(&good(Sent)).await;
    assert!(!genuine.headers.contains_key("x-sandbox"));
}

#[tokio::test]
async fn list_and_get_have_no_secret() {
    let api = Api::of(Sent).await;
    let (first, path) = created(&api, &good(Sent)).await;
    created(&api, &good(Sent)).await;
    let shown = data(&api.ask("GET", &path).send().await.json_of(200));
    let mut expected = first;
    expected["signing_secret"] = Value::Null;
    assert_eq!(shown, expected);
    let listed = data(&api.ask("GET", "/v3/webhooks").send().await.json_of(200));
    has_keys(&listed, "webhooks pagination");
    assert_eq!(listed["webhooks"][0], expected);
    let pages = |page: u8, size: u8, total: u8, more: bool| {
        json!({
            "page": page,
            "page_size": size,
            "total_count": 2,
            "total_pages": total,
            "has_more": more,
        })
    };
    assert_eq!(listed["pagination"], pages(1, 20, 1, false));
    let second = api
        .ask("GET", "/v3/webhooks?page=2&page_size=1")
        .send()
        .await;
    let second = data(&second.json_of(200));
    assert_eq!(second["pagination"], pages(2, 1, 2, false));
    assert_ne!(second["webhooks"][0]["id"], expected["id"]);
    for query in ["page=0", "page_size=101", "page=x"] {
        let reply = api
            .ask("GET", &format!("/v3/webhooks?{query}"))
            .send()
            .await;
        is_error(Sent, &reply, 400);
    }
}

#[tokio::test]
async fn what_is_wrong_is_named_in_the_details() {
    let api = Api::of(Sent).await;
    let url = |url: &str| with(Sent, "endpoint_url", json!(url));
    let rows = [
        (without(Sent, "display_name"), "display_name"),
        (with(Sent, "display_name", json!(" ")), "display_name"),
        (with(Sent, "display_name", json!(1)), "display_name"),
        (without(Sent, "endpoint_url"), "endpoint_url"),
        (url("ftp://example.com/"), "endpoint_url"),
        (url("example.com"), "endpoint_url"),
        (url("http:example.com"), "endpoint_url"),
        (without(Sent, "event_types"), "event_types"),
        (with(Sent, "event_types", json!([])), "event_types"),
        (
            with(Sent, "event_types", json!(["message.sent"])),
            "event_types",
        ),
        (with(Sent, "event_filters", json!([])), "event_filters"),
        (
            with(Sent, "event_filters", json!({ "message": "all" })),
            "event_filters",
        ),
        (with(Sent, "retry_count", json!(0)), "retry_count"),
        (with(Sent, "retry_count", json!(6)), "retry_count"),
        (with(Sent, "retry_count", json!("3")), "retry_count"),
        (with(Sent, "timeout_seconds", json!(4)), "timeout_seconds"),
        (with(Sent, "timeout_seconds", json!(121)), "timeout_seconds"),
        (with(Sent, "sandbox", json!("true")), "sandbox"),
    ];
    for (fields, field) in rows {
        let reply = api.create(&fields).await;
        let (code, message) = is_error(Sent, &reply, 400);
        assert_eq!(code.as_deref(), Some("VALIDATION_001"), "{fields}");
        let details = &reply.json()["error"]["details"];
        has_keys(details, field);
        assert_eq!(details[field], json!([message]), "{fields}");
    }
}

#[tokio::test]
async fn a_profile_is_a_uuid() {
    let api = Api::of(Sent).await;
    let ask = |profile: &str| {
        api.ask("GET", "/v3/webhooks")
            .header("x-profile-id", profile)
    };
    let good = "8ba7b830-9dad-11d1-80b4-00C04FD430C8";
    assert_eq!(ask(good).send().await.status, 200);
    for profile in [
        "",
        "me",
        &good[1..],
        &good.replace('-', ""),
        &good.replace('8', "g"),
    ] {
        let reply = ask(profile).send().await;
        is_error(Sent, &reply, 400);
        has_keys(&reply.json()["error"]["details"], "x-profile-id");
    }
    let twice = ask(good).header("x-profile-id", good).send().await;
    is_error(Sent, &twice, 400);
}
