//! SendKit.ai.

use hookproof_sandbox::Provider::SendKit;
use serde_json::{Value, json};

use super::client::{Api, has_keys, is_hex, is_moment, text};
use super::errors::{good, is_error, with, without};

const FIELDS: &str = "_id workspaceId name url events secret retryAttempts timeoutMs status \
                      createdBy createdAt updatedAt";

async fn created(api: &Api, fields: &Value) -> (Value, String) {
    let whole = api.create(fields).await.json_of(201);
    has_keys(&whole, "success data");
    assert_eq!(whole["success"], true);
    let path = format!("/v1/webhooks/{}", text(&whole["data"]["_id"]));
    (whole["data"].clone(), path)
}

#[tokio::test]
async fn the_documented_request_gets_the_documented_answer() {
    let api = Api::of(SendKit).await;
    let fields = json!({
        "name": "  Reply notifications ",
        "url": "https://example.com/webhooks/sendkit",
        "events": ["email.replied", "email.positive_reply"],
    });
    let (data, _) = created(&api, &fields).await;
    has_keys(&data, FIELDS);
    is_hex(&data["_id"], "", 24);
    is_hex(&data["workspaceId"], "", 24);
    is_hex(&data["createdBy"], "", 24);
    is_hex(&data["secret"], "", 64);
    assert_eq!(data["name"], "Reply notifications");
    assert_eq!(data["url"], fields["url"]);
    assert_eq!(data["events"], fields["events"]);
    assert_eq!(data["retryAttempts"], 3);
    assert_eq!(data["timeoutMs"], 10_000);
    assert_eq!(data["status"], "active");
    is_moment(&data["createdAt"], true);
    is_moment(&data["updatedAt"], true);
}

#[tokio::test]
async fn what_can_be_chosen_is_echoed() {
    let api = Api::of(SendKit).await;
    let mut fields = good(SendKit);
    fields["secret"] = json!("a secret of my own");
    fields["retryAttempts"] = json!(0);
    fields["timeoutMs"] = json!(2_500);
    fields["url"] = json!("http://example.com/plain");
    fields["events"] = json!(["anything.at.all"]);
    let (data, _) = created(&api, &fields).await;
    for (field, value) in fields.as_object().expect("an object") {
        assert_eq!(&data[field], value, "{field}");
    }
}

#[tokio::test]
async fn get_and_list_show_the_start_of_the_secret() {
    let api = Api::of(SendKit).await;
    let (data, path) = created(&api, &good(SendKit)).await;
    let shown = api.ask("GET", &path).send().await.json_of(200);
    has_keys(&shown, "success data");
    has_keys(&shown["data"], FIELDS);
    let short = format!("{}...", &text(&data["secret"])[..8]);
    assert_eq!(shown["data"]["secret"], short.as_str());
    let listed = api.ask("GET", "/v1/webhooks").send().await.json_of(200);
    assert_eq!(listed["data"][0], shown["data"]);
}

#[tokio::test]
async fn a_short_secret_of_ones_own_is_not_shown_whole() {
    let api = Api::of(SendKit).await;
    let (_, path) = created(&api, &with(SendKit, "secret", json!("päß"))).await;
    let shown = api.ask("GET", &path).send().await.json_of(200);
    assert!(!text(&shown["data"]["secret"]).contains("päß"));
}

#[tokio::test]
async fn an_update_sets_any_field_and_the_secret_too() {
    let api = Api::of(SendKit).await;
    let (before, path) = created(&api, &good(SendKit)).await;
    let update = json!({ "name": "other", "secret": "replaced-secret-text", "status": "inactive" });
    let whole = api
        .ask("PATCH", &path)
        .json(&update)
        .send()
        .await
        .json_of(200);
    has_keys(&whole["data"], FIELDS);
    assert_eq!(whole["data"]["name"], "other");
    assert_eq!(whole["data"]["status"], "inactive");
    assert_eq!(whole["data"]["secret"], "replaced...");
    assert_eq!(whole["data"]["url"], before["url"]);
}

#[tokio::test]
async fn a_deleted_webhook_is_gone() {
    let api = Api::of(SendKit).await;
    let (_, path) = created(&api, &good(SendKit)).await;
    let whole = api.ask("DELETE", &path).send().await.json_of(200);
    assert_eq!(whole, json!({ "success": true }));
    is_error(SendKit, &api.ask("GET", &path).send().await, 404);
    let test = format!("{path}/test");
    is_error(SendKit, &api.ask("POST", &test).send().await, 404);
}

#[tokio::test]
async fn what_is_wrong_is_said() {
    let api = Api::of(SendKit).await;
    let rows = [
        (without(SendKit, "name"), "name is required"),
        (with(SendKit, "name", json!("  ")), "name must not be empty"),
        (without(SendKit, "url"), "url is required"),
        (
            with(SendKit, "url", json!("ftp://example.com/")),
            "url must use http or https",
        ),
        (without(SendKit, "events"), "events is required"),
        (
            with(SendKit, "events", json!([])),
            "events must have at least one event",
        ),
        (
            with(SendKit, "events", json!([""])),
            "events must have at least one event",
        ),
        (
            with(SendKit, "secret", json!("")),
            "secret must not be empty",
        ),
        (
            with(SendKit, "retryAttempts", json!(-1)),
            "retryAttempts must be between 0 and 20",
        ),
        (
            with(SendKit, "retryAttempts", json!(1.5)),
            "retryAttempts must be a whole number",
        ),
        (
            with(SendKit, "timeoutMs", json!(0)),
            "timeoutMs must be between 1 and 120000",
        ),
        (
            with(SendKit, "timeoutMs", json!(u64::MAX)),
            "timeoutMs must be between 1 and 120000",
        ),
    ];
    for (fields, says) in rows {
        let reply = api.create(&fields).await;
        let (_, message) = is_error(SendKit, &reply, 400);
        assert!(message.starts_with(says), "{message}, for {fields}");
    }
}
