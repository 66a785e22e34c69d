//! What a webhook becomes whose deliveries fail, and how it is brought back.

use hookproof_sandbox::Emit;
use hookproof_sandbox::Provider::{self, MailingApi, Sendmux, Sent};
use serde_json::{Value, json};

use super::answering::Receiver;
use super::client::{Api, text};
use super::deliveries::registered;

/// Days of waiting in moments.
const FAST: u32 = 100_000_000;

/// A webhook whose receiver always fails, after so many events.
async fn failed(provider: Provider, name: &str, events: usize) -> (Api, Value) {
    let api = Api::at_speed(provider, FAST).await;
    let receiver = Receiver::answering(500).await;
    let family = name.split('.').next().filter(|_| provider == Sent);
    let whole = registered(&api, &receiver.url(), &[family.unwrap_or(name)]).await;
    for _ in 0..events {
        let emit = Emit::default().event(name);
        let numbers = api.running.emit(provider, &emit).expect("emitted");
        api.running.settled(numbers[0]).await.expect("a delivery");
    }
    (api, whole)
}

async fn get(api: &Api, path: &str) -> Value {
    api.ask("GET", path).send().await.json_of(200)
}

async fn patch(api: &Api, path: &str, fields: Value) -> Value {
    let reply = api.ask("PATCH", path).json(&fields).send().await;
    reply.json_of(200)
}

#[tokio::test]
async fn sendmux_clears_failing_when_switched_off_and_on_and_by_nothing_else() {
    let (api, whole) = failed(Sendmux, "message.bounced", 1).await;
    let path = format!("/api/v1/webhooks/{}", text(&whole["data"]["id"]));
    assert_eq!(get(&api, &path).await["data"]["failing"], true);
    for update in [
        json!({ "url": "https://example.com/other" }),
        json!({ "enabled": true }),
        json!({ "enabled": false }),
    ] {
        let after = patch(&api, &path, update).await;
        assert_eq!(after["data"]["failing"], true);
    }
    let after = patch(&api, &path, json!({ "enabled": true })).await;
    assert_eq!(after["data"]["failing"], false);
}

#[tokio::test]
async fn sendmux_numbers_the_attempts_up_to_the_last() {
    let (api, whole) = failed(Sendmux, "message.bounced", 1).await;
    let id = text(&whole["data"]["id"]);
    let whole = get(&api, &format!("/api/v1/webhooks/{id}/deliveries")).await;
    let attempts = whole["data"].as_array().expect("a list");
    let numbers = attempts.iter().rev().map(|one| &one["delivery_attempt"]);
    assert!(numbers.eq((1..=9).map(Value::from).collect::<Vec<_>>().iter()));
    assert_eq!(attempts[0]["result"], "permanent_failure");
    assert_eq!(attempts[0]["max_attempts"], attempts[0]["delivery_attempt"]);
    assert!(attempts[1..].iter().all(|one| one["result"] == "retrying"));
    assert!(attempts.iter().all(|one| one["next_retry_at"].is_null()));
}

#[tokio::test]
async fn mailingapi_says_that_it_fails_and_counts() {
    let (api, whole) = failed(MailingApi, "bounced", 1).await;
    let path = format!("/v1/webhooks/{}", text(&whole["id"]));
    let shown = get(&api, &path).await;
    assert_eq!(shown["status"], "failing");
    assert_eq!(shown["stats"]["total_sent"], shown["stats"]["failed"]);
    assert_eq!(shown["stats"]["last_success"], Value::Null);
    assert!(shown["stats"]["last_failure"].is_string());
    let after = patch(&api, &path, json!({ "status": "active" })).await;
    assert_eq!(after["status"], "active");
}

#[tokio::test]
async fn sent_counts_anew_when_a_webhook_is_switched_on_again() {
    let (api, whole) = failed(Sent, "message.sent", 3).await;
    let path = format!("/v3/webhooks/{}", text(&whole["data"]["id"]));
    let shown = get(&api, &path).await;
    assert_eq!(shown["data"]["is_active"], false);
    assert_eq!(shown["data"]["consecutive_failures"], 10);
    let toggle = format!("{path}/toggle-status");
    let after = patch(&api, &toggle, json!({ "is_active": true })).await;
    assert_eq!(after["data"]["is_active"], true);
    assert_eq!(after["data"]["consecutive_failures"], 0);
}
