//! What is read of the answer to a creation.

use hookproof::subscribe::ApiErrorKind;
use hookproof::subscribe::jetemail::{EventType, Status};
use hookproof::{UnixTime, providers};
use serde_json::json;

use super::{SECRET, URL, api, documented, webhook};
use crate::pretend::{answered, is_secret, said_no, silent, unreadable};

#[test]
fn the_documented_answer_is_read_field_by_field() {
    let created = answered(api().create(&webhook()), 200, documented().to_string());
    let created = created.expect("a webhook");
    let message = created.message.as_deref();
    assert_eq!(message, Some("Webhook created successfully"));
    let webhook = created.webhook;
    assert_eq!(webhook.id, "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d");
    assert_eq!(webhook.name.as_deref(), Some("Production Webhook"));
    assert_eq!(webhook.url.as_deref(), Some(URL));
    let events = [EventType::OutboundDelivered, EventType::OutboundBounced];
    assert_eq!(webhook.events, events);
    assert_eq!(webhook.status, Some(Status::Enabled));
    assert_eq!(webhook.filter_users, None);
    assert_eq!(webhook.filter_domains, None);
    let created_at = UnixTime::from_secs(1_736_524_800);
    assert_eq!(webhook.created_at, Some(created_at));
    let last_modified = UnixTime::from_secs(1_736_524_801);
    assert_eq!(webhook.last_modified, Some(last_modified));
    is_secret(&providers::JETEMAIL, created.secret, SECRET);
}

#[test]
fn filters_and_other_words_come_back_as_they_are() {
    let mut body = documented();
    body["webhook"]["filter_users"] = json!(["orders"]);
    body["webhook"]["filter_domains"] = json!([]);
    body["webhook"]["events"] = json!(["outbound.queued", "outbound.unsubscribed"]);
    for (word, status) in [
        ("disabled", Status::Disabled),
        ("paused", Status::Unlisted("paused".to_owned())),
    ] {
        body["webhook"]["status"] = word.into();
        let created = answered(api().create(&webhook()), 200, body.to_string());
        let webhook = created.expect("a webhook").webhook;
        assert_eq!(webhook.status, Some(status));
        assert_eq!(webhook.filter_users, Some(vec!["orders".to_owned()]));
        assert_eq!(webhook.filter_domains, Some(Vec::new()));
        let other = EventType::Unlisted("outbound.unsubscribed".to_owned());
        assert_eq!(webhook.events, [EventType::OutboundQueued, other]);
    }
}

#[test]
fn an_answer_of_little_more_than_id_and_secret_is_enough() {
    let body = json!({
        "webhook": { "uuid": "u", "secret": SECRET, "status": 1, "created_at": "now", "new": 1 },
    });
    let created = answered(api().create(&webhook()), 201, body.to_string()).expect("a webhook");
    assert_eq!(created.webhook.status, None);
    assert_eq!(created.webhook.created_at, None);
    assert_eq!(created.webhook.events, []);
    assert_eq!(created.message, None);
    is_secret(&providers::JETEMAIL, created.secret, SECRET);
}

#[test]
fn a_success_without_what_is_needed_is_unreadable() {
    let read = |body: &str| answered(api().create(&webhook()), 200, body);
    let whole = documented().to_string();
    unreadable(
        read(&whole[..whole.len() - 2]),
        "the body is not a JSON object",
    );
    unreadable(read(r#"{"success":true}"#), "webhook is not an object");
    let no_uuid = r#"{"webhook":{"secret":"s3cret"}}"#;
    unreadable(read(no_uuid), "webhook.uuid is not there");
    let no_secret = r#"{"webhook":{"uuid":"u"}}"#;
    unreadable(read(no_secret), "webhook.secret is not there, or blank");
    let blank = r#"{"webhook":{"uuid":"u","secret":" \n"}}"#;
    unreadable(read(blank), "webhook.secret is not there, or blank");
}

#[test]
fn documented_errors_are_read_by_status_and_text() {
    for (status, kind) in [
        (400, ApiErrorKind::Invalid),
        (401, ApiErrorKind::Authentication),
        (403, ApiErrorKind::Permission),
        (500, ApiErrorKind::Internal),
        (200, ApiErrorKind::Other),
    ] {
        let body = r#"{"success":false,"error":"URL is required and must be a string"}"#;
        let error = said_no(answered(api().create(&webhook()), status, body));
        assert_eq!(error.kind, kind);
        assert_eq!(
            error.message.as_deref(),
            Some("URL is required and must be a string")
        );
        assert_eq!(error.code, None);
        assert_eq!(error.request_id, None);
    }
    let page = said_no(answered(
        api().create(&webhook()),
        403,
        "<h1>Forbidden</h1>",
    ));
    assert_eq!(page.kind, ApiErrorKind::Permission);
    assert_eq!(page.message, None);
}

#[test]
fn neither_key_nor_secret_is_shown() {
    let call = api().create(&webhook()).expect("it can be sent");
    let body = documented().to_string().replace(SECRET, "canary-answer");
    let created = answered(api().create(&webhook()), 200, &body);
    let cut = answered(api().create(&webhook()), 200, &body[..body.len() - 1]);
    let shown = format!("{:?} {:?} {call:?} {created:?} {cut:?}", api(), webhook());
    silent(&shown);
}
