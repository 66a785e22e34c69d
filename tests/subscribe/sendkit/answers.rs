//! What is read of the answer to a creation.

use std::time::Duration;

use hookproof::subscribe::ApiErrorKind;
use hookproof::subscribe::sendkit::{EventType, UpdateWebhook};
use hookproof::{Secret, providers};
use serde_json::json;

use super::{ID, SECRET, URL, api, documented, webhook};
use crate::pretend::{answered, answered_with, is_secret, said_no, silent, unreadable};

#[test]
fn the_documented_answer_is_read_field_by_field() {
    let created = answered(api().create(&webhook()), 201, documented().to_string());
    let created = created.expect("a webhook");
    let webhook = created.webhook;
    assert_eq!(webhook.id, ID);
    assert_eq!(webhook.workspace_id.as_deref(), Some("ws_123"));
    assert_eq!(webhook.name.as_deref(), Some("CRM Sync"));
    assert_eq!(webhook.url.as_deref(), Some(URL));
    let events = [EventType::EmailReplied, EventType::EmailPositiveReply];
    assert_eq!(webhook.events, events);
    assert_eq!(webhook.retry_attempts, Some(3));
    assert_eq!(webhook.timeout, Some(Duration::from_secs(10)));
    assert_eq!(webhook.status.as_deref(), Some("active"));
    assert_eq!(webhook.created_by.as_deref(), Some("user_123"));
    let at = Some("2024-06-01T10:00:00.000Z");
    assert_eq!(webhook.created_at.as_deref(), at);
    assert_eq!(webhook.updated_at.as_deref(), at);
    is_secret(&providers::SENDKIT, created.secret, SECRET);
}

#[test]
fn an_answer_of_little_more_than_id_and_secret_is_enough() {
    let body = json!({
        "data": {
            "_id": ID, "secret": SECRET, "name": null, "retryAttempts": "3", "timeoutMs": -1,
            "events": ["email.replied", "meeting.booked"], "stats": {"totalDelivered": 1},
        },
        "unknown": [],
    });
    let created = answered(api().create(&webhook()), 200, body.to_string()).expect("a webhook");
    assert_eq!(created.webhook.name, None);
    assert_eq!(created.webhook.retry_attempts, None);
    assert_eq!(created.webhook.timeout, None);
    let booked = EventType::Unlisted("meeting.booked".to_owned());
    assert_eq!(created.webhook.events, [EventType::EmailReplied, booked]);
    is_secret(&providers::SENDKIT, created.secret, SECRET);
}

#[test]
fn an_escaped_secret_is_the_text_that_it_stands_for() {
    let body = r#"{"success":true,"data":{"_id":"a","secret":"own\u002dsecret\/text"}}"#;
    let created = answered(api().create(&webhook()), 201, body).expect("a webhook");
    is_secret(&providers::SENDKIT, created.secret, "own-secret/text");
}

#[test]
fn a_success_without_what_is_needed_is_unreadable() {
    let read = |body: &str| answered(api().create(&webhook()), 201, body);
    let whole = documented().to_string();
    unreadable(
        read(&whole[..whole.len() - 1]),
        "the body is not a JSON object",
    );
    unreadable(read(""), "the body is not a JSON object");
    unreadable(read("[]"), "the body is not a JSON object");
    unreadable(read("<html>"), "the body is not a JSON object");
    unreadable(read(r#"{"success":true}"#), "data is not an object");
    unreadable(
        read(r#"{"success":true,"data":null}"#),
        "data is not an object",
    );
    let no_id = r#"{"data":{"secret":"s3cret"}}"#;
    unreadable(read(no_id), "data._id is not there");
    for secret in ["null", "\"\"", "\" \"", "17", "{}"] {
        let body = format!(r#"{{"data":{{"_id":"a","secret":{secret}}}}}"#);
        unreadable(read(&body), "data.secret is not there, or blank");
    }
}

#[test]
fn errors_are_read_by_status_and_text() {
    for (status, kind) in [
        (400, ApiErrorKind::Invalid),
        (401, ApiErrorKind::Authentication),
        (404, ApiErrorKind::NotFound),
        (500, ApiErrorKind::Internal),
    ] {
        let body = r#"{"success":false,"error":"it says why"}"#;
        let error = said_no(answered(api().create(&webhook()), status, body));
        assert_eq!(error.kind, kind);
        assert_eq!(error.status, status);
        assert_eq!(error.message.as_deref(), Some("it says why"));
    }
}

#[test]
fn a_failure_under_a_status_that_says_yes_is_a_failure() {
    let body = r#"{"success":false,"error":"no more webhooks","data":{"_id":"a","secret":"b"}}"#;
    let error = said_no(answered(api().create(&webhook()), 200, body));
    assert_eq!(error.kind, ApiErrorKind::Other);
    assert_eq!(error.message.as_deref(), Some("no more webhooks"));
}

#[test]
fn errors_that_are_not_in_the_providers_form_are_read_by_status() {
    let page = "<html><body>Bad Gateway</body></html>";
    let error = said_no(answered(api().create(&webhook()), 502, page));
    assert_eq!(error.kind, ApiErrorKind::Unavailable);
    assert_eq!(error.message, None);
    let redirect = said_no(answered(api().create(&webhook()), 302, ""));
    assert_eq!(redirect.kind, ApiErrorKind::Other);
    let headers = [("retry-after", "17")];
    let limited = answered_with(api().create(&webhook()), 429, &headers, b"\xff");
    let limited = said_no(limited);
    assert_eq!(limited.kind, ApiErrorKind::RateLimited);
    assert_eq!(limited.retry_after, Some(Duration::from_secs(17)));
}

#[test]
fn what_an_error_says_is_cut_and_cannot_steer_a_terminal() {
    let text = format!("\u{1b}[2Jred\n{}", "x".repeat(5_000));
    let body = json!({ "success": false, "error": text }).to_string();
    let message = said_no(answered(api().create(&webhook()), 400, body)).message;
    let message = message.expect("words");
    assert!(message.starts_with("[2Jred xxx"));
    assert_eq!(message.len(), 1_024);
}

#[test]
fn neither_key_nor_secret_is_shown() {
    let own = webhook().secret(Secret::new("canary-of-our-own"));
    let call = api().create(&own).expect("it can be sent");
    let (request, reply) = api().create(&own).expect("it can be sent").into_parts();
    let update = UpdateWebhook::new().secret(Secret::new("canary-update"));
    let body = documented().to_string().replace(SECRET, "canary-answer");
    let created = answered(api().create(&own), 201, &body);
    let cut = answered(api().create(&own), 201, &body[..body.len() - 1]);
    let shown = format!(
        "{:?} {own:?} {call:?} {:?} {reply:?} {update:?} {created:?} {cut:?}",
        api(),
        request.headers()
    );
    silent(&shown);
}
