//! What is read of the answer to a creation.

use hookproof::subscribe::ApiErrorKind;
use hookproof::subscribe::mailingapi::{EventType, Status};
use hookproof::{Secret, providers};
use serde_json::json;

use super::{URL, create, creation, documented, webhook, with, without};
use crate::pretend::{SECRET, answered, answered_with, is_secret, said_no, silent, unreadable};

#[test]
fn the_documented_answer_is_read_field_by_field() {
    // The status of a creation is not documented: any of success is taken.
    for status in [200, 201] {
        let reply = answered(creation(), status, documented().to_string());
        let created = reply.expect("the webhook is created");
        let webhook = &created.webhook;
        assert_eq!(webhook.id, "wh_abc123");
        assert_eq!(webhook.url.as_deref(), Some(URL));
        assert_eq!(
            webhook.events,
            [
                EventType::Delivered,
                EventType::Bounced,
                EventType::Complained,
                EventType::Opened,
                EventType::Clicked,
            ]
        );
        assert_eq!(webhook.description.as_deref(), Some("Production webhook"));
        assert_eq!(webhook.status, Some(Status::Active));
        assert_eq!(webhook.created_at.as_deref(), Some("2024-01-15T10:00:00Z"));
        assert_eq!((&webhook.updated_at, &webhook.stats), (&None, &None));
        is_secret(&providers::MAILINGAPI, created.secret, SECRET);
    }
}

#[test]
fn no_other_field_of_an_answer_can_lose_the_secret() {
    let least = json!({"id": "wh_1", "secret": SECRET}).to_string();
    let odd = json!({
        "id": "wh_1",
        "secret": SECRET,
        "url": null,
        "events": "delivered",
        "description": null,
        "status": {"is": "active"},
        "created_at": 1_705_312_800,
        "stats": [],
        "new": {"secret": "another"},
    });
    for body in [least, odd.to_string()] {
        let created = answered(creation(), 201, &body).expect("the webhook is created");
        let webhook = &created.webhook;
        assert_eq!((&*webhook.id, webhook.events.len()), ("wh_1", 0));
        let texts = [&webhook.url, &webhook.description, &webhook.created_at];
        assert!(texts.into_iter().all(Option::is_none), "{webhook:?}");
        assert_eq!((&webhook.status, &webhook.stats), (&None, &None));
        is_secret(&providers::MAILINGAPI, created.secret, SECRET);
    }
}

#[test]
fn a_success_without_secret_or_id_is_unreadable() {
    let missing = "secret is not there, or blank";
    let body = documented();
    for (body, why) in [
        (without(body.clone(), "secret"), missing),
        (with(body.clone(), "secret", json!("")), missing),
        (with(body.clone(), "secret", json!("\t")), missing),
        (with(body.clone(), "secret", json!(null)), missing),
        (without(body.clone(), "id"), "id is not there"),
        // Nothing wraps it.
        (json!({"data": body}).to_string(), "id is not there"),
        (String::new(), "the body is not a JSON object"),
        (
            "<html>Please log in</html>".to_owned(),
            "the body is not a JSON object",
        ),
        (
            body.to_string().replace('}', ""),
            "the body is not a JSON object",
        ),
    ] {
        unreadable(answered(creation(), 201, &body), why);
    }
}

#[test]
fn every_documented_error_has_its_kind() {
    for (status, code, kind) in [
        (400, "invalid_url", ApiErrorKind::Invalid),
        (400, "invalid_events", ApiErrorKind::Invalid),
        (400, "validation_error", ApiErrorKind::Invalid),
        (401, "unauthorized", ApiErrorKind::Authentication),
        (403, "forbidden", ApiErrorKind::Permission),
        (404, "webhook_not_found", ApiErrorKind::NotFound),
        (409, "webhook_disabled", ApiErrorKind::Conflict),
        // The statuses of the webhooks' own codes are assumed, so the codes decide.
        (422, "webhook_not_found", ApiErrorKind::NotFound),
        (403, "webhook_disabled", ApiErrorKind::Conflict),
        // Where a code is not documented its status is.
        (429, "slow_down", ApiErrorKind::RateLimited),
        (500, "oh", ApiErrorKind::Internal),
    ] {
        let body = json!({"error": {"code": code, "message": "In words."}}).to_string();
        let error = said_no(answered(creation(), status, &body));
        assert_eq!(error.kind, kind, "{status} {code}");
        assert_eq!(error.code.as_deref(), Some(code));
        assert_eq!(error.message.as_deref(), Some("In words."));
        assert_eq!(
            (error.retryable, error.request_id, error.doc_url),
            (None, None, None)
        );
    }
}

#[test]
fn an_error_names_its_fields() {
    let body = json!({"error": {
        "code": "validation_error",
        "message": "Validation failed",
        "errors": [
            {"field": "url", "message": "is required"},
            {"field": "events", "message": "must be a list"},
        ],
    }});
    let error = said_no(answered(creation(), 400, body.to_string()));
    assert_eq!(
        error.to_string(),
        "invalid (400, validation_error): Validation failed; url: is required; \
         events: must be a list"
    );

    let body = json!({"error": {
        "code": "validation_error",
        "message": "Invalid secret",
        "field": "secret",
        "details": {"value": SECRET, "expected": "something longer"},
    }});
    let error = said_no(answered(creation(), 400, body.to_string()));
    assert_eq!(error.fields, [("secret".to_owned(), Vec::new())]);
    silent(&format!("{error} {error:?}"));
}

#[test]
fn an_error_without_a_documented_body_is_told_by_its_status() {
    let page = "<!doctype html><title>Bad Gateway</title>";
    for (status, body, kind) in [
        (400, "null", ApiErrorKind::Invalid),
        (401, "", ApiErrorKind::Authentication),
        (404, page, ApiErrorKind::NotFound),
        (409, "{\"error\":\"no\"}", ApiErrorKind::Conflict),
        (422, "{\"error\":{\"code\":", ApiErrorKind::Invalid),
        (502, page, ApiErrorKind::Unavailable),
        (301, page, ApiErrorKind::Other),
        (307, "", ApiErrorKind::Other),
    ] {
        let headers = [("location", "https://example.net/v1/webhooks")];
        let error = said_no(answered_with(creation(), status, &headers, body));
        assert_eq!(
            (error.kind, error.code, error.message),
            (kind, None, None),
            "{status}"
        );
    }
}

#[test]
fn nothing_that_is_logged_shows_the_key_or_an_own_secret() {
    let own = webhook().secret(Secret::new(SECRET));
    let call = create(&own).expect("it can be sent");
    silent(&format!("{own:?} {call:?} {call:#?}"));
    let (_, reply) = call.into_parts();
    silent(&format!("{reply:?}"));
    let created = answered(creation(), 201, documented().to_string()).expect("it is created");
    silent(&format!("{created:?} {created:#?}"));
    let error = answered(creation(), 201, without(documented(), "id")).expect_err("it has no id");
    silent(&format!("{error:?} {error}"));
}
