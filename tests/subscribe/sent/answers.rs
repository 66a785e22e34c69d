//! What is read of the answer to a creation, and of that to a dry run.

use std::collections::BTreeMap;
use std::time::Duration;

use hookproof::providers;
use hookproof::subscribe::sent::{CreateWebhook, EventType};
use serde_json::json;

use super::{ID, PROFILE, SECRET, URL, api, documented, webhook};
use crate::pretend::{answered, answered_with, asked, is_secret, refused, request, unreadable};

#[test]
fn the_documented_answer_is_read_field_by_field() {
    let created = answered(api().create(&webhook()), 201, documented().to_string());
    let created = created.expect("a webhook");
    assert!(!created.idempotent_replay);
    assert_eq!(created.original_request_id, None);
    assert_eq!(created.request_id.as_deref(), Some("req_7X9zKp2jDw"));
    let webhook = created.webhook;
    assert_eq!(webhook.id, ID);
    assert_eq!(webhook.display_name.as_deref(), Some("Order Notifications"));
    assert_eq!(webhook.endpoint_url.as_deref(), Some(URL));
    assert_eq!(webhook.is_active, Some(true));
    let events = [EventType::Message, EventType::Templates];
    assert_eq!(webhook.event_types, events);
    assert_eq!(webhook.event_filters, None);
    assert_eq!(webhook.retry_count, Some(3));
    assert_eq!(webhook.timeout, Some(Duration::from_secs(30)));
    assert_eq!(webhook.last_delivery_attempt_at, None);
    assert_eq!(webhook.last_successful_delivery_at, None);
    assert_eq!(webhook.consecutive_failures, Some(0));
    let created_at = webhook.created_at.as_deref();
    assert_eq!(created_at, Some("2026-01-15T10:30:00+00:00"));
    assert_eq!(webhook.updated_at, None);
    is_secret(&providers::SENT, created.secret, SECRET);
}

#[test]
fn an_answer_of_little_more_than_id_and_secret_is_enough() {
    let body = json!({
        "data": {
            "id": ID, "signing_secret": SECRET, "is_active": "yes", "consecutive_failures": -1,
            "event_types": ["message", "contact"], "event_filters": {"message": ["delivered"]},
            "updated_at": "2026-02-01T09:00:00+00:00", "unknown": {"deep": [null]},
        },
    });
    let created = answered(api().create(&webhook()), 200, body.to_string()).expect("a webhook");
    assert_eq!(created.request_id, None);
    let webhook = created.webhook;
    assert_eq!(webhook.display_name, None);
    assert_eq!(webhook.is_active, None);
    assert_eq!(webhook.consecutive_failures, None);
    let contact = EventType::Unlisted("contact".to_owned());
    assert_eq!(webhook.event_types, [EventType::Message, contact]);
    let filters = BTreeMap::from([("message".to_owned(), vec!["delivered".to_owned()])]);
    assert_eq!(webhook.event_filters, Some(filters));
    let updated_at = webhook.updated_at.as_deref();
    assert_eq!(updated_at, Some("2026-02-01T09:00:00+00:00"));
    is_secret(&providers::SENT, created.secret, SECRET);
}

#[test]
fn a_first_answer_that_comes_again_says_so() {
    let headers = [
        ("Idempotent-Replayed", "true"),
        ("X-Original-Request-Id", "req_first"),
    ];
    let call = api().create(&webhook().idempotency_key("once"));
    let again = answered_with(call, 201, &headers, documented().to_string());
    let again = again.expect("a webhook");
    assert!(again.idempotent_replay);
    assert_eq!(again.original_request_id.as_deref(), Some("req_first"));
    is_secret(&providers::SENT, again.secret, SECRET);
}

#[test]
fn a_success_without_what_is_needed_is_unreadable() {
    let read = |body: &str| answered(api().create(&webhook()), 201, body);
    let whole = documented().to_string();
    unreadable(
        read(&whole[..whole.len() / 2]),
        "the body is not a JSON object",
    );
    unreadable(
        read(r#"{"success":true,"data":null}"#),
        "data is not an object",
    );
    let no_id = r#"{"data":{"signing_secret":"whsec_AA=="}}"#;
    unreadable(read(no_id), "data.id is not there");
    let no_secret = r#"{"data":{"id":"a","signing_secret":null}}"#;
    unreadable(
        read(no_secret),
        "data.signing_secret is not there, or blank",
    );
}

#[test]
fn a_dry_run_asks_for_one_and_has_no_secret_to_give() {
    let webhook = webhook().idempotency_key("once").profile_id(PROFILE);
    let (line, body) = asked(api().dry_run(&webhook));
    assert_eq!(line, "POST https://api.sent.dm/v3/webhooks");
    assert_eq!(body["sandbox"], true);
    let request = request(api().dry_run(&webhook));
    assert_eq!(request.headers()["x-profile-id"], PROFILE);
    // Or the request that is meant would be answered with the dry run's answer.
    assert!(!request.headers().contains_key("idempotency-key"));

    let headers = [("X-Sandbox", "true")];
    let whole = documented().to_string();
    let run = answered_with(api().dry_run(&webhook), 200, &headers, &whole).expect("a dry run");
    assert!(!format!("{run:?}").contains(SECRET));
    assert_eq!(run.request_id.as_deref(), Some("req_7X9zKp2jDw"));
    let shown = run.webhook.expect("a webhook");
    assert_eq!(shown.endpoint_url.as_deref(), Some(URL));
    let bare = r#"{"success":true,"data":{}}"#;
    let run = answered_with(api().dry_run(&webhook), 200, &headers, bare).expect("a dry run");
    assert!(run.webhook.is_none());
}

#[test]
fn a_dry_run_and_a_webhook_are_not_taken_for_each_other() {
    let whole = documented().to_string();
    let headers = [("X-Sandbox", "true")];
    unreadable(
        answered_with(api().create(&webhook()), 201, &headers, &whole),
        "it is a dry run's, and nothing was created",
    );
    unreadable(
        answered(api().dry_run(&webhook()), 201, &whole),
        "it does not say that it is a dry run's: a webhook may have been created",
    );
    refused(
        api().dry_run(&CreateWebhook::new("", URL, [EventType::Message])),
        "display_name",
        "is blank",
    );
}
