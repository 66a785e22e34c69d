//! Sendmux's envelopes.

use axum::response::Response;
use http::StatusCode;
use http::request::Parts;
use serde_json::{Value, json};

use crate::api::answer;
use crate::api::form::Form;
use crate::api::once::{Kept, Once};
use crate::api::refusal::{Fault, Refusal, Wrong};

/// Sendmux's ways.
#[derive(Debug)]
pub(in crate::api) enum Sendmux {}

/// The longest idempotency key.
const MAX_KEY: usize = 255;

/// An answer with that data.
pub(super) fn done(status: StatusCode, data: &Value) -> Response {
    let meta = meta();
    answer::json(status, &json!({ "ok": true, "data": data, "meta": meta }))
}

/// An answer with a list, whole: there is never a next cursor.
pub(super) fn listed(data: &[Value]) -> Response {
    let whole = json!({
        "ok": true,
        "data": data,
        "pagination": { "has_more": false },
        "meta": meta(),
    });
    answer::json(StatusCode::OK, &whole)
}

fn meta() -> Value {
    json!({ "request_id": answer::request_id() })
}

impl Form for Sendmux {
    fn refuse(refusal: &Refusal) -> Response {
        let status = status(refusal);
        let mut error = json!({
            "code": code(refusal),
            "message": refusal.message(),
            "retryable": status.is_server_error() || [408, 429].contains(&status.as_u16()),
        });
        if let Refusal::Field(wrong) = refusal {
            error["param"] = wrong.field.as_str().into();
            error["errors"] = json!([issue(wrong)]);
        }
        let whole = json!({ "ok": false, "error": error, "meta": meta() });
        answer::json(status, &whole)
    }
}

/// 422 where the documentation says so.
fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Field(wrong) if is_invalid(wrong) => StatusCode::UNPROCESSABLE_ENTITY,
        other => other.usual_status(),
    }
}

/// A URL that is not https and an event that is unknown: read, and not valid.
const fn is_invalid(wrong: &Wrong) -> bool {
    matches!(wrong.fault, Fault::Event | Fault::Scheme)
}

/// No code is documented for an unknown method, a body that is too slow and one that is no JSON:
/// the nearest stands for them.
fn code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Body(_) | Refusal::Method | Refusal::TooSlow => "invalid_parameter",
        Refusal::Conflict(_) => "conflict",
        Refusal::Field(wrong) if wrong.fault == Fault::Missing => "missing_parameter",
        Refusal::Field(wrong) if is_invalid(wrong) => "validation_error",
        Refusal::Field(_) => "invalid_parameter",
        Refusal::IdempotencyConflict => "idempotency_conflict",
        Refusal::Key => "authentication_required",
        Refusal::Limit => "limit_exceeded",
        Refusal::Path | Refusal::Webhook => "not_found",
        Refusal::Random => "internal_error",
        Refusal::TooLarge => "payload_too_large",
        Refusal::TooOften => "rate_limit_exceeded",
        Refusal::Unavailable(_) => "service_unavailable",
    }
}

/// One entry of `errors`, whose codes are a validator's (assumed).
fn issue(wrong: &Wrong) -> Value {
    let code = match wrong.fault {
        Fault::Missing | Fault::Type => "invalid_type",
        Fault::Event => "invalid_value",
        Fault::Scheme | Fault::Value => "custom",
        Fault::Unknown => "unrecognized_keys",
    };
    json!({ "field": wrong.field, "code": code, "message": wrong.message() })
}

impl Once for Sendmux {
    fn is_key(text: &str) -> bool {
        (1..=MAX_KEY).contains(&text.len())
    }

    /// A key stands for a team and an endpoint, and the sandbox has one team.
    fn scope(head: &Parts) -> String {
        format!("{} {}", head.method, head.uri.path())
    }

    fn again(kept: &Kept, same: bool) -> Result<Response, Refusal> {
        if same {
            Ok(kept.answer())
        } else {
            Err(Refusal::IdempotencyConflict)
        }
    }
}
