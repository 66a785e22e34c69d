//! MailingAPI.

use hookproof_sandbox::Provider::MailingApi;
use serde_json::{Value, json};

use super::client::{Api, has_keys, is_hex, is_moment, text};
use super::errors::{good, is_error, with, without};

const URL: &str = "https://example.com/webhooks/mailingapi";

async fn created(api: &Api) -> (Value, String) {
    let fields = json!({
        "url": URL,
        "events": ["delivered", "bounced", "opened"],
        "description": "Production webhook",
    });
    let whole = api.create(&fields).await.json_of(201);
    let path = format!("/v1/webhooks/{}", text(&whole["id"]));
    (whole, path)
}

#[tokio::test]
async fn the_documented_request_gets_the_documented_answer() {
    let api = Api::of(MailingApi).await;
    let (whole, _) = created(&api).await;
    has_keys(&whole, "id url events description secret status created_at");
    is_hex(&whole["id"], "wh_", 24);
    assert_eq!(whole["url"], URL);
    assert_eq!(whole["events"], json!(["delivered", "bounced", "opened"]));
    assert_eq!(whole["description"], "Production webhook");
    assert_eq!(whole["status"], "active");
    is_moment(&whole["created_at"], false);
    assert_eq!(text(&whole["secret"]).len(), "whsec_".len() + 43);
    assert!(text(&whole["secret"]).starts_with("whsec_"));
}

#[tokio::test]
async fn a_description_stands_there_if_one_was_given() {
    let api = Api::of(MailingApi).await;
    let whole = api.create(&good(MailingApi)).await.json_of(201);
    has_keys(&whole, "id url events secret status created_at");
}

#[tokio::test]
async fn a_secret_of_the_callers_own_is_taken() {
    let api = Api::of(MailingApi).await;
    let fields = with(MailingApi, "secret", json!("my own secret"));
    let whole = api.create(&fields).await.json_of(201);
    assert_eq!(whole["secret"], "my own secret");
}

#[tokio::test]
async fn list_and_get_have_no_secret_and_get_has_counts() {
    let api = Api::of(MailingApi).await;
    let (first, path) = created(&api).await;
    let listed = api.ask("GET", "/v1/webhooks").send().await.json_of(200);
    has_keys(&listed, "data");
    assert_eq!(listed["data"].as_array().map(Vec::len), Some(1));
    let mut expected = first.clone();
    expected
        .as_object_mut()
        .expect("an object")
        .remove("secret");
    assert_eq!(listed["data"][0], expected);
    let shown = api.ask("GET", &path).send().await.json_of(200);
    expected["stats"] = json!({
        "total_sent": 0,
        "successful": 0,
        "failed": 0,
        "last_success": null,
        "last_failure": null,
    });
    assert_eq!(shown, expected);
}

#[tokio::test]
async fn an_update_changes_what_it_says_and_answers_with_five_fields() {
    let api = Api::of(MailingApi).await;
    let (_, path) = created(&api).await;
    let update =
        json!({ "status": "paused", "events": ["inbound"], "url": "http://127.0.0.1:9/w" });
    let whole = api
        .ask("PATCH", &path)
        .json(&update)
        .send()
        .await
        .json_of(200);
    has_keys(&whole, "id url events status updated_at");
    assert_eq!(whole["status"], "paused");
    assert_eq!(whole["events"], json!(["inbound"]));
    assert_eq!(whole["url"], "http://127.0.0.1:9/w");
    is_moment(&whole["updated_at"], false);
    let shown = api.ask("GET", &path).send().await.json_of(200);
    assert_eq!(shown["status"], "paused");
    assert_eq!(shown["description"], "Production webhook");
    let update = json!({ "status": "active" });
    let whole = api
        .ask("PATCH", &path)
        .json(&update)
        .send()
        .await
        .json_of(200);
    assert_eq!(whole["status"], "active");
}

#[tokio::test]
async fn deleting_leaves_nothing() {
    let api = Api::of(MailingApi).await;
    let (_, path) = created(&api).await;
    let reply = api.ask("DELETE", &path).send().await;
    assert_eq!((reply.status.as_u16(), reply.body.len()), (204, 0));
    let reply = api.ask("GET", &path).send().await;
    is_error(MailingApi, &reply, 404);
}

#[tokio::test]
async fn what_is_wrong_has_the_documented_code() {
    let api = Api::of(MailingApi).await;
    let rows = [
        (without(MailingApi, "url"), "invalid_url"),
        (with(MailingApi, "url", json!(1)), "invalid_url"),
        (with(MailingApi, "url", json!("nonsense")), "invalid_url"),
        (
            with(MailingApi, "url", json!("http://example.com/")),
            "invalid_url",
        ),
        (
            with(MailingApi, "url", json!("https://u:p@example.com/")),
            "invalid_url",
        ),
        (without(MailingApi, "events"), "invalid_events"),
        (with(MailingApi, "events", json!([])), "invalid_events"),
        (
            with(MailingApi, "events", json!("delivered")),
            "invalid_events",
        ),
        (
            with(MailingApi, "events", json!(["message.delivered"])),
            "invalid_events",
        ),
        (with(MailingApi, "description", json!(1)), "invalid_request"),
        (with(MailingApi, "secret", json!("")), "invalid_request"),
    ];
    for (fields, code) in rows {
        let reply = api.create(&fields).await;
        let (found, _) = is_error(MailingApi, &reply, 400);
        assert_eq!(found.as_deref(), Some(code), "{fields}");
    }
    let (_, path) = created(&api).await;
    for update in [json!({ "status": "failing" }), json!({ "status": 1 })] {
        let reply = api.ask("PATCH", &path).json(&update).send().await;
        is_error(MailingApi, &reply, 400);
    }
}
