//! What is read of an answer that refuses.

use core::time::Duration;

use hookproof::subscribe::ApiErrorKind;
use serde_json::json;

use super::creation;
use crate::pretend::{answered, answered_with, said_no};

#[test]
fn every_documented_error_has_its_kind() {
    for (status, code, kind) in [
        (400, "invalid_parameter", ApiErrorKind::Invalid),
        (400, "missing_parameter", ApiErrorKind::Invalid),
        (401, "authentication_required", ApiErrorKind::Authentication),
        (403, "insufficient_permissions", ApiErrorKind::Permission),
        (403, "limit_exceeded", ApiErrorKind::LimitExceeded),
        (404, "not_found", ApiErrorKind::NotFound),
        (409, "conflict", ApiErrorKind::Conflict),
        (
            409,
            "idempotency_conflict",
            ApiErrorKind::IdempotencyConflict,
        ),
        (413, "payload_too_large", ApiErrorKind::TooLarge),
        (422, "validation_error", ApiErrorKind::Invalid),
        (429, "rate_limit_exceeded", ApiErrorKind::RateLimited),
        (500, "internal_error", ApiErrorKind::Internal),
        (503, "service_unavailable", ApiErrorKind::Unavailable),
        // The code decides, and where it is new the status does.
        (400, "limit_exceeded", ApiErrorKind::LimitExceeded),
        (409, "webhook_frozen", ApiErrorKind::Conflict),
        (418, "teapot", ApiErrorKind::Other),
    ] {
        let body = json!({
            "ok": false,
            "error": {"code": code, "message": "In words.", "retryable": status >= 429},
            "meta": {"request_id": "req_1"},
        });
        let error = said_no(answered(creation(), status, body.to_string()));
        assert_eq!(error.kind, kind, "{status} {code}");
        assert_eq!(error.status.as_u16(), status);
        assert_eq!(error.code.as_deref(), Some(code));
        assert_eq!(error.message.as_deref(), Some("In words."));
        assert_eq!(error.retryable, Some(status >= 429));
        assert_eq!(error.request_id.as_deref(), Some("req_1"));
    }
}

#[test]
fn an_error_is_read_field_by_field() {
    let body = json!({
        "ok": false,
        "error": {
            "code": "validation_error",
            "message": "Two fields are wrong.",
            "param": "url",
            "doc_url": "https://sendmux.example.com/docs/errors#validation_error",
            "retryable": false,
            "errors": [
                {"field": "url", "code": "invalid_string", "message": "Must be https."},
                {"field": "event_types.0", "code": "invalid_enum", "message": "Unknown."},
                {"field": "url", "code": "custom", "message": "Must be public."},
            ],
        },
        "meta": {"request_id": "req_1"},
    });
    let headers = [("retry-after", "30"), ("x-request-id", "req_1")];
    let error = said_no(answered_with(creation(), 422, &headers, body.to_string()));
    let said = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        error.fields,
        [
            (
                "url".to_owned(),
                said(&["Must be https.", "Must be public."])
            ),
            ("event_types.0".to_owned(), said(&["Unknown."])),
        ]
    );
    assert_eq!(error.retry_after, Some(Duration::from_secs(30)));
    let doc = "https://sendmux.example.com/docs/errors#validation_error";
    assert_eq!(error.doc_url.as_deref(), Some(doc));
    assert_eq!(
        error.to_string(),
        "invalid (422, validation_error): Two fields are wrong.; url: Must be https., \
         Must be public.; event_types.0: Unknown."
    );
}

#[test]
fn an_error_that_names_one_field_alone_is_read_too() {
    let error = json!({"code": "invalid_parameter", "message": "No.", "param": "url"});
    let body = json!({"ok": false, "error": error}).to_string();
    let error = said_no(answered(creation(), 400, &body));
    assert_eq!(error.fields, [("url".to_owned(), Vec::new())]);
    assert_eq!(error.retryable, None);
    assert_eq!(
        error.to_string(),
        "invalid (400, invalid_parameter): No.; url"
    );
}

#[test]
fn an_error_without_a_documented_body_is_told_by_its_status() {
    let page = "<!doctype html><title>502 Bad Gateway</title>";
    for (status, body, kind) in [
        (401, "", ApiErrorKind::Authentication),
        (403, "", ApiErrorKind::Permission),
        (404, page, ApiErrorKind::NotFound),
        (
            422,
            "{\"ok\":false,\"error\":{\"code\":\"val",
            ApiErrorKind::Invalid,
        ),
        (429, "[]", ApiErrorKind::RateLimited),
        (
            500,
            "{\"ok\":false,\"error\":\"oh\"}",
            ApiErrorKind::Internal,
        ),
        (502, page, ApiErrorKind::Unavailable),
        (504, page, ApiErrorKind::Unavailable),
        (302, "", ApiErrorKind::Other),
        (304, "", ApiErrorKind::Other),
        (308, page, ApiErrorKind::Other),
    ] {
        let headers = [
            ("x-request-id", "req_7"),
            ("location", "https://example.net/"),
        ];
        let error = said_no(answered_with(creation(), status, &headers, body));
        assert_eq!(
            (error.kind, error.code, error.message),
            (kind, None, None),
            "{status}"
        );
        assert_eq!(error.request_id.as_deref(), Some("req_7"));
    }
}

#[test]
fn an_error_under_a_status_of_success_is_an_error() {
    let body = json!({"ok": false, "error": {"code": "conflict", "message": "No."}});
    let error = said_no(answered(creation(), 200, body.to_string()));
    assert_eq!(
        (error.kind, error.status.as_u16()),
        (ApiErrorKind::Conflict, 200)
    );
}
