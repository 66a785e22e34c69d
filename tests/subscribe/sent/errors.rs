//! What is read of an answer that refuses.

use std::time::Duration;

use hookproof::subscribe::ApiErrorKind;
use serde_json::{Value, json};

use super::{ID, api, documented, webhook};
use crate::pretend::{answered, answered_with, said_no};

fn envelope(error: &Value) -> String {
    json!({
        "success": false,
        "data": null,
        "error": error,
        "meta": {
            "request_id": "req_7X9zKp2jDw",
            "timestamp": "2026-03-11T21:50:49.5829116+00:00",
            "version": "v3",
        },
    })
    .to_string()
}

#[test]
fn the_documented_error_is_read_field_by_field() {
    let body = envelope(&json!({
        "code": "VALIDATION_001",
        "message": "Endpoint URL must be a valid HTTP or HTTPS URL",
        "details": null,
        "doc_url": "https://docs.sent.dm/errors/VALIDATION_001",
    }));
    let error = said_no(answered(api().create(&webhook()), 400, body));
    assert_eq!(error.kind, ApiErrorKind::Invalid);
    assert_eq!(error.status, 400);
    assert_eq!(error.code.as_deref(), Some("VALIDATION_001"));
    let message = "Endpoint URL must be a valid HTTP or HTTPS URL";
    assert_eq!(error.message.as_deref(), Some(message));
    assert_eq!(error.fields, []);
    assert_eq!(error.retryable, None);
    assert_eq!(error.retry_after, None);
    assert_eq!(error.request_id.as_deref(), Some("req_7X9zKp2jDw"));
    let doc_url = "https://docs.sent.dm/errors/VALIDATION_001";
    assert_eq!(error.doc_url.as_deref(), Some(doc_url));
}

#[test]
fn details_name_the_fields() {
    let body = envelope(&json!({
        "code": "VALIDATION_002",
        "message": "Validation failed",
        "details": { "retry_count": ["is too large", "is odd"], "endpoint_url": "is missing" },
        "doc_url": null,
    }));
    let error = said_no(answered(api().create(&webhook()), 400, body));
    let expected = [
        ("endpoint_url", vec!["is missing"]),
        ("retry_count", vec!["is too large", "is odd"]),
    ]
    .map(|(field, said)| {
        (
            field.to_owned(),
            said.into_iter().map(str::to_owned).collect(),
        )
    });
    assert_eq!(error.fields, expected);
    assert_eq!(
        error.to_string(),
        "invalid (400, VALIDATION_002): Validation failed; endpoint_url: is missing; \
         retry_count: is too large, is odd"
    );
}

#[test]
fn each_documented_code_has_its_kind() {
    for (status, code, kind) in [
        (400, "VALIDATION_007", ApiErrorKind::Invalid),
        (401, "AUTH_001", ApiErrorKind::Authentication),
        (403, "AUTH_004", ApiErrorKind::Permission),
        (404, "RESOURCE_008", ApiErrorKind::NotFound),
        (409, "CONFLICT_001", ApiErrorKind::Conflict),
        (429, "BUSINESS_002", ApiErrorKind::RateLimited),
        (500, "INTERNAL_001", ApiErrorKind::Internal),
        (503, "NEW_001", ApiErrorKind::Unavailable),
    ] {
        let body = envelope(&json!({ "code": code, "message": "why" }));
        let error = said_no(answered(api().rotate_secret(ID), status, body));
        assert_eq!(error.kind, kind, "{code}");
        assert_eq!(error.code.as_deref(), Some(code));
    }
}

#[test]
fn a_failure_under_a_status_that_says_yes_has_its_codes_kind() {
    let body = envelope(&json!({ "code": "VALIDATION_001", "message": "why" }));
    let error = said_no(answered(api().create(&webhook()), 200, body));
    assert_eq!(error.kind, ApiErrorKind::Invalid);
    assert_eq!(error.status, 200);
    let nameless = said_no(answered(
        api().create(&webhook()),
        200,
        envelope(&Value::Null),
    ));
    assert_eq!(nameless.kind, ApiErrorKind::Other);
}

#[test]
fn empty_bodies_of_401_and_403_are_errors_by_status() {
    for (status, kind) in [
        (401, ApiErrorKind::Authentication),
        (403, ApiErrorKind::Permission),
    ] {
        let error = said_no(answered(api().create(&webhook()), status, ""));
        assert_eq!(error.kind, kind);
        assert_eq!((error.code, error.message), (None, None));
    }
}

#[test]
fn what_is_not_the_envelope_is_an_error_by_status() {
    for body in [
        "<html>",
        "[]",
        "{}",
        "{\"error\":\"text\"}",
        "{\"error\":[]}",
    ] {
        let error = said_no(answered(api().create(&webhook()), 502, body));
        assert_eq!(error.kind, ApiErrorKind::Unavailable);
        assert_eq!(error.message, None);
    }
    let genuine = documented().to_string();
    let error = said_no(answered(api().create(&webhook()), 500, genuine));
    assert_eq!(error.kind, ApiErrorKind::Internal);
}

#[test]
fn how_long_to_wait_is_read_in_seconds() {
    let limited = |header: &str| {
        let body = envelope(&json!({ "code": "BUSINESS_002", "message": "slow down" }));
        let headers = [("retry-after", header)];
        said_no(answered_with(api().rotate_secret(ID), 429, &headers, body)).retry_after
    };
    assert_eq!(limited("61"), Some(Duration::from_secs(61)));
    assert_eq!(limited("soon"), None);
    assert_eq!(limited("-1"), None);
}
