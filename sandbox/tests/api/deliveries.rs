//! What the APIs send, and what they know of what was sent.

use hookproof_sandbox::Provider::{self, JetEmail, SendKit, Sendmux, Sent};
use hookproof_sandbox::{Emit, Truth};
use serde_json::{Value, json};

use super::answering::Receiver;
use super::client::{Api, has_keys, is_hex, is_moment, text};
use super::errors::{good, is_error};

/// Registers a receiver, and gives the answer to that.
pub(crate) async fn registered(api: &Api, url: &str, events: &[&str]) -> Value {
    let (address, names) = match api.provider {
        Provider::Sent => ("endpoint_url", "event_types"),
        Provider::Sendmux => ("url", "event_types"),
        _ => ("url", "events"),
    };
    let mut fields = good(api.provider);
    fields[address] = json!(url);
    fields[names] = json!(events);
    let reply = api.create(&fields).await;
    assert!(reply.status.is_success(), "{reply:?}");
    reply.json()
}

#[tokio::test]
async fn sendmux_sends_its_test_event_and_keeps_its_attempt_and_its_payload() {
    let api = Api::of(Sendmux).await;
    let receiver = Receiver::answering(204).await;
    let whole = registered(&api, &receiver.url(), &["sendmux.test"]).await;
    let path = format!("/api/v1/webhooks/{}", text(&whole["data"]["id"]));
    let reply = api.ask("POST", &format!("{path}/test")).send().await;
    let tested = reply.json_of(200);
    has_keys(&tested["data"], "event_id");
    api.running.settled(1).await.expect("a delivery");
    let deliveries = format!("{path}/deliveries");
    let whole = api.ask("GET", &deliveries).send().await.json_of(200);
    assert_eq!(whole["data"].as_array().map(Vec::len), Some(1));
    let attempt = &whole["data"][0];
    has_keys(
        attempt,
        "id event_id event_type delivery_attempt max_attempts result response_status response_ms \
         response_body error_message next_retry_at request_payload_bytes request_payload_sha256 \
         payload_available payload_expires_at created_at",
    );
    assert_eq!(attempt["event_id"], tested["data"]["event_id"]);
    assert_eq!(attempt["event_type"], "sendmux.test");
    assert_eq!(attempt["result"], "success");
    assert_eq!(attempt["response_status"], 204);
    assert_eq!(attempt["delivery_attempt"], 1);
    assert_eq!(attempt["next_retry_at"], Value::Null);
    is_hex(&attempt["request_payload_sha256"], "", 64);
    is_moment(&attempt["created_at"], false);
    is_moment(&attempt["payload_expires_at"], false);
    let payload = format!("{deliveries}/{}/payload", text(&attempt["id"]));
    let kept = api.ask("GET", &payload).send().await.json_of(200);
    has_keys(
        &kept["data"],
        "id event_id event_type delivery_attempt payload created_at expires_at",
    );
    has_keys(
        &kept["data"]["payload"],
        "id type team_public_id occurred_at data",
    );
    assert_eq!(kept["data"]["payload"]["id"], attempt["event_id"]);
}

#[tokio::test]
async fn sendmux_says_when_the_next_attempt_is_due() {
    let api = Api::of(Sendmux).await;
    let receiver = Receiver::answering(500).await;
    let whole = registered(&api, &receiver.url(), &["message.bounced"]).await;
    let path = format!("/api/v1/webhooks/{}", text(&whole["data"]["id"]));
    let bounced = Emit::default().event("message.bounced");
    api.running.emit(Sendmux, &bounced).expect("emitted");
    let attempt = loop {
        let listed = api.ask("GET", &format!("{path}/deliveries")).send().await;
        let attempt = listed.json_of(200)["data"][0].clone();
        if attempt["next_retry_at"].is_string() {
            break attempt;
        }
    };
    assert_eq!(attempt["result"], "retrying");
    assert_eq!(attempt["response_status"], 500);
    is_moment(&attempt["next_retry_at"], false);
}

#[tokio::test]
async fn sendkit_tells_what_became_of_its_test() {
    let api = Api::of(SendKit).await;
    let taking = Receiver::answering(202).await;
    let refusing = Receiver::answering(418).await;
    let rows = [
        (
            taking.url(),
            json!({ "statusCode": 202, "delivered": true }),
        ),
        (
            refusing.url(),
            json!({ "statusCode": 418, "delivered": false }),
        ),
        (
            "http://example.com/".to_owned(),
            json!({ "statusCode": null, "delivered": false }),
        ),
    ];
    for (url, expected) in rows {
        let whole = registered(&api, &url, &["email.replied"]).await;
        let path = format!("/v1/webhooks/{}/test", text(&whole["data"]["_id"]));
        let tested = api.ask("POST", &path).send().await.json_of(200);
        assert_eq!(tested, json!({ "success": true, "data": expected }));
    }
}

#[tokio::test]
async fn jetemail_finds_what_it_sent_and_sends_it_again() {
    let api = Api::of(JetEmail).await;
    let receiver = Receiver::answering(200).await;
    let whole = registered(&api, &receiver.url(), &["outbound.bounced"]).await;
    let bounced = Emit::default().event("outbound.bounced");
    let numbers = api.running.emit(JetEmail, &bounced).expect("emitted");
    api.running.settled(numbers[0]).await.expect("a delivery");
    let ask = |path: &'static str, fields: Value| {
        let ask = api.ask("POST", path).json(&fields);
        async move { ask.send().await }
    };
    let uuid = &whole["webhook"]["uuid"];
    let found = ask(
        "/webhooks/query",
        json!({ "uuid": uuid, "status": "delivered" }),
    )
    .await;
    let found = found.json_of(200);
    assert_eq!(found["total"], 1);
    let event = &found["events"][0];
    has_keys(
        event,
        "event_id event_type source_uid webhook_uuid status attempts response_code created_at",
    );
    assert_eq!(event["attempts"], 1);
    assert_eq!(event["response_code"], 200);
    for (field, value) in [
        ("status", "failed"),
        ("event_type", "x"),
        ("source_uid", "x"),
    ] {
        let none = ask("/webhooks/query", json!({ field: value })).await;
        assert_eq!(none.json_of(200)["total"], 0, "{field}");
    }
    let by_source = json!({ "source_uid": event["source_uid"], "offset": 0, "limit": 1 });
    assert_eq!(
        ask("/webhooks/query", by_source).await.json_of(200)["total"],
        1
    );
    let replay = json!({ "event_id": event["event_id"], "uuid": uuid });
    let replayed = ask("/webhooks/replay", replay).await.json_of(200);
    has_keys(&replayed, "success message replayed");
    assert_eq!(replayed["replayed"], 1);
    loop {
        let found = ask("/webhooks/query", json!({})).await.json_of(200);
        if found["events"][0]["attempts"] == 2 {
            break;
        }
    }
}

#[tokio::test]
async fn sent_lists_its_test_event_and_counts_what_came_of_it() {
    let api = Api::of(Sent).await;
    let receiver = Receiver::answering(200).await;
    let whole = registered(&api, &receiver.url(), &["message"]).await;
    let path = format!("/v3/webhooks/{}", text(&whole["data"]["id"]));
    let test = |name: &str| {
        let ask = api.ask("POST", &format!("{path}/test"));
        ask.json(&json!({ "event_type": name })).send()
    };
    let tested = test("message.delivered").await.json_of(200);
    has_keys(&tested["data"], "success message");
    api.running.settled(1).await.expect("a delivery");
    let listed = api.ask("GET", &format!("{path}/events")).send().await;
    let event = listed.json_of(200)["data"]["events"][0].clone();
    has_keys(
        &event,
        "id event_type event_data delivery_status delivery_attempts http_status_code response_body \
         error_message processing_started_at processing_completed_at created_at",
    );
    assert_eq!(event["event_type"], "message.delivered");
    assert_eq!(event["event_data"]["field"], "message");
    assert_eq!(event["delivery_status"], "DELIVERED");
    assert_eq!(event["delivery_attempts"], 1);
    assert_eq!(event["http_status_code"], 200);
    let shown = api.ask("GET", &path).send().await.json_of(200);
    is_moment(&shown["data"]["last_successful_delivery_at"], false);
    is_moment(&shown["data"]["last_delivery_attempt_at"], false);
    assert_eq!(test("message").await.status, 200);
    let reply = test("no.such.event").await;
    is_error(Sent, &reply, 400);
    has_keys(&reply.json()["error"]["details"], "event_type");
}

#[tokio::test]
async fn what_an_attacker_sends_is_in_nobodys_records() {
    let api = Api::of(Sent).await;
    let receiver = Receiver::answering(200).await;
    let whole = registered(&api, &receiver.url(), &["message"]).await;
    let path = format!("/v3/webhooks/{}/events", text(&whole["data"]["id"]));
    let mut forged = Emit::default();
    forged.truth = Some(Truth::Forged);
    let numbers = api.running.emit(Sent, &forged).expect("emitted");
    api.running.settled(numbers[0]).await.expect("a delivery");
    let listed = api.ask("GET", &path).send().await.json_of(200);
    assert_eq!(listed["data"]["events"], json!([]));
}
