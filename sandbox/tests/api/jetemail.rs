//! JetEmail.

use hookproof_sandbox::Provider::JetEmail;
use serde_json::{Value, json};

use super::client::{Api, has_keys, is_uuid, text};
use super::errors::{good, is_error, with, without};

const FIELDS: &str =
    "uuid name url events status filter_users filter_domains created_at last_modified";

async fn created(api: &Api, fields: &Value) -> (Value, String) {
    let whole = api.create(fields).await.json_of(200);
    has_keys(&whole, "success message webhook");
    let path = format!("/webhooks/{}", text(&whole["webhook"]["uuid"]));
    (whole, path)
}

#[tokio::test]
async fn the_documented_request_gets_the_documented_answer() {
    let api = Api::of(JetEmail).await;
    let fields = json!({
        "name": "Delivery Notifications",
        "url": "https://example.com/webhooks/jetemail",
        "events": ["outbound.delivered", "outbound.bounced"],
        "status": 1,
        "filter_users": null,
        "filter_domains": ["example.com"],
    });
    let (whole, _) = created(&api, &fields).await;
    assert_eq!(whole["success"], true);
    assert_eq!(whole["message"], "Webhook created successfully");
    let webhook = &whole["webhook"];
    has_keys(webhook, &format!("{FIELDS} secret"));
    is_uuid(&webhook["uuid"]);
    for field in ["name", "url", "events", "filter_users", "filter_domains"] {
        assert_eq!(webhook[field], fields[field], "{field}");
    }
    assert_eq!(webhook["status"], "enabled");
    assert_eq!(webhook["created_at"], webhook["last_modified"]);
    // Seconds, not milliseconds.
    let at = webhook["created_at"].as_u64().expect("a number");
    assert!((1_700_000_000..10_000_000_000).contains(&at));
    assert!(text(&webhook["secret"]).starts_with("whsec_"));
    assert_eq!(text(&webhook["secret"]).len(), "whsec_".len() + 43);
}

#[tokio::test]
async fn a_webhook_can_be_created_switched_off_and_for_everyone() {
    let api = Api::of(JetEmail).await;
    let (whole, _) = created(&api, &with(JetEmail, "status", json!(0))).await;
    assert_eq!(whole["webhook"]["status"], "disabled");
    assert_eq!(whole["webhook"]["filter_users"], Value::Null);
    assert_eq!(whole["webhook"]["filter_domains"], Value::Null);
}

#[tokio::test]
async fn list_and_get_have_no_secret() {
    let api = Api::of(JetEmail).await;
    let (whole, path) = created(&api, &good(JetEmail)).await;
    let mut expected = whole["webhook"].clone();
    expected
        .as_object_mut()
        .expect("an object")
        .remove("secret");
    let shown = api.ask("GET", &path).send().await.json_of(200);
    assert_eq!(shown, json!({ "success": true, "webhook": expected }));
    let listed = api.ask("GET", "/webhooks").send().await.json_of(200);
    assert_eq!(listed, json!({ "success": true, "webhooks": [expected] }));
}

#[tokio::test]
async fn an_update_names_its_webhook_in_the_body_or_in_the_path() {
    let api = Api::of(JetEmail).await;
    let (whole, path) = created(&api, &good(JetEmail)).await;
    let update = json!({ "uuid": whole["webhook"]["uuid"], "name": "other", "status": 0 });
    let changed = api
        .ask("PATCH", "/webhooks")
        .json(&update)
        .send()
        .await
        .json_of(200);
    has_keys(&changed, "success message webhook");
    has_keys(&changed["webhook"], FIELDS);
    assert_eq!(changed["webhook"]["name"], "other");
    assert_eq!(changed["webhook"]["status"], "disabled");
    let update = json!({ "events": ["inbound.spam"], "status": 1 });
    let changed = api
        .ask("PATCH", &path)
        .json(&update)
        .send()
        .await
        .json_of(200);
    assert_eq!(changed["webhook"]["events"], json!(["inbound.spam"]));
    assert_eq!(changed["webhook"]["status"], "enabled");
    let update = json!({ "name": "nobody" });
    let reply = api.ask("PATCH", "/webhooks").json(&update).send().await;
    is_error(JetEmail, &reply, 400);
    let update = json!({ "uuid": "nobody" });
    let reply = api.ask("PATCH", "/webhooks").json(&update).send().await;
    is_error(JetEmail, &reply, 404);
}

#[tokio::test]
async fn a_deleted_webhook_is_gone() {
    let api = Api::of(JetEmail).await;
    let (_, path) = created(&api, &good(JetEmail)).await;
    let whole = api.ask("DELETE", &path).send().await.json_of(200);
    has_keys(&whole, "success message");
    is_error(JetEmail, &api.ask("DELETE", &path).send().await, 404);
}

#[tokio::test]
async fn what_is_wrong_is_said() {
    let api = Api::of(JetEmail).await;
    let url = "URL is required and must be a string";
    let rows = [
        (without(JetEmail, "url"), url),
        (with(JetEmail, "url", json!(1)), url),
        (with(JetEmail, "url", Value::Null), url),
        (
            with(JetEmail, "url", json!("ftp://example.com/")),
            "url must use http or https",
        ),
        (
            without(JetEmail, "name"),
            "Name is required and must be a string",
        ),
        (with(JetEmail, "name", json!("")), "name may have letters"),
        (
            with(JetEmail, "name", json!("what?")),
            "name may have letters",
        ),
        (with(JetEmail, "name", json!("é")), "name may have letters"),
        (
            with(JetEmail, "name", json!("n".repeat(65))),
            "name must have at most 64",
        ),
        (without(JetEmail, "events"), "Events are required"),
        (
            with(JetEmail, "events", json!([])),
            "events must have at least one",
        ),
        (
            with(JetEmail, "events", json!(["outbound.queued"])),
            "events has an event that cannot",
        ),
        (
            with(JetEmail, "events", json!(["nothing"])),
            "events has an event that cannot",
        ),
        (
            with(JetEmail, "status", json!(2)),
            "status must be between 0 and 1",
        ),
        (
            with(JetEmail, "status", json!(true)),
            "status must be a whole number",
        ),
        (
            with(JetEmail, "filter_users", json!("all")),
            "filter_users must be an array",
        ),
        (
            with(JetEmail, "filter_domains", json!([1])),
            "filter_domains must be an array",
        ),
    ];
    for (fields, says) in rows {
        let reply = api.create(&fields).await;
        let (_, message) = is_error(JetEmail, &reply, 400);
        assert!(message.starts_with(says), "{message}, for {fields}");
    }
}

#[tokio::test]
async fn a_name_is_taken_that_the_pattern_lets_through() {
    let api = Api::of(JetEmail).await;
    for name in ["a", "A-b_c 9", "tab\tand\nline", &"n".repeat(64)] {
        let (whole, _) = created(&api, &with(JetEmail, "name", json!(name))).await;
        assert_eq!(whole["webhook"]["name"], name);
    }
}

#[tokio::test]
async fn every_event_of_the_request_can_be_subscribed() {
    let api = Api::of(JetEmail).await;
    let outbound =
        "delivered bounced rejected deferred spam dropped virus opened clicked complaint";
    let inbound = "received delivered spam blocked";
    let named = |family: &str, names: &str| -> Vec<String> {
        names
            .split(' ')
            .map(|name| format!("{family}.{name}"))
            .collect()
    };
    let events = [named("outbound", outbound), named("inbound", inbound)].concat();
    assert_eq!(events.len(), 14);
    let (whole, _) = created(&api, &with(JetEmail, "events", json!(events))).await;
    assert_eq!(whole["webhook"]["events"], json!(events));
}

#[tokio::test]
async fn the_history_begins_empty_and_nothing_unknown_is_replayed() {
    let api = Api::of(JetEmail).await;
    let ask = |path: &str| api.ask("POST", path);
    let whole = ask("/webhooks/query").send().await.json_of(200);
    assert_eq!(whole, json!({ "success": true, "events": [], "total": 0 }));
    let reply = ask("/webhooks/query")
        .json(&json!({ "limit": 0 }))
        .send()
        .await;
    is_error(JetEmail, &reply, 400);
    let reply = ask("/webhooks/replay").json(&json!({})).send().await;
    is_error(JetEmail, &reply, 400);
    let reply = ask("/webhooks/replay")
        .json(&json!({ "event_id": "none" }))
        .send()
        .await;
    is_error(JetEmail, &reply, 404);
}
