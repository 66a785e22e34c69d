//! Sent's envelope.

use axum::response::Response;
use http::header::RETRY_AFTER;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use serde_json::{Value, json};

use crate::api::form::Form;
use crate::api::once::{Kept, Once, RequestId};
use crate::api::page;
use crate::api::refusal::Refusal;
use crate::api::{answer, auth};
use crate::moment::Moment;

const KEY: HeaderName = HeaderName::from_static("x-api-key");
const PROFILE: HeaderName = HeaderName::from_static("x-profile-id");
const DRY: HeaderName = HeaderName::from_static("x-sandbox");
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
const ORIGINAL: HeaderName = HeaderName::from_static("x-original-request-id");

/// The longest idempotency key.
const MAX_KEY: usize = 255;

/// Where every error points: of the two forms of such links that are seen, neither is documented.
const DOCS: &str = "https://docs.sent.dm";

/// Sent's ways.
#[derive(Debug)]
pub(in crate::api) enum Sent {}

/// An answer with that data.
pub(super) fn done(status: StatusCode, data: &Value) -> Response {
    enveloped(status, true, data, &Value::Null)
}

/// The answer of a dry run, which says so.
pub(super) fn dry(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(DRY, HeaderValue::from_static("true"));
    response
}

/// The page that is asked for, from 1, and how many items it has.
pub(super) fn paged(uri: &Uri) -> Result<(u32, u32), Refusal> {
    let page = page::asked(uri, "page", 1..=u32::MAX, 1)?;
    let size = page::asked(uri, "page_size", 1..=100, 20)?;
    Ok((page, size))
}

pub(super) fn pagination(page: u32, size: u32, count: usize) -> Value {
    let pages = count.div_ceil(usize::try_from(size).unwrap_or(usize::MAX));
    json!({
        "page": page,
        "page_size": size,
        "total_count": count,
        "total_pages": pages,
        "has_more": usize::try_from(page).is_ok_and(|page| page < pages),
    })
}

fn enveloped(status: StatusCode, success: bool, data: &Value, error: &Value) -> Response {
    let id = answer::request_id();
    let whole = json!({
        "success": success,
        "data": data,
        "error": error,
        "meta": { "request_id": id, "timestamp": Moment::now().iso_secs(), "version": "v3" },
    });
    let mut response = answer::json(status, &whole);
    response.extensions_mut().insert(RequestId(id));
    response
}

impl Form for Sent {
    fn has_key(headers: &HeaderMap) -> bool {
        auth::header(headers, &KEY)
    }

    /// That the profile belongs to the caller is not judged: there are no profiles here.
    fn check(headers: &HeaderMap) -> Result<(), Refusal> {
        let profile = auth::only(headers, &PROFILE);
        if !headers.contains_key(PROFILE) || profile.is_some_and(is_uuid) {
            return Ok(());
        }
        Err(Refusal::value("x-profile-id", "must be a UUID"))
    }

    fn refuse(refusal: &Refusal) -> Response {
        let details = match refusal {
            Refusal::Field(wrong) => json!({ wrong.field.as_str(): [wrong.message()] }),
            _ => Value::Null,
        };
        let error = json!({
            "code": code(refusal),
            "message": refusal.message(),
            "details": details,
            "doc_url": DOCS,
        });
        let status = refusal.usual_status();
        let mut response = enveloped(status, false, &Value::Null, &error);
        if matches!(refusal, Refusal::TooOften) {
            let headers = response.headers_mut();
            headers.insert(RETRY_AFTER, HeaderValue::from_static("60"));
        }
        response
    }
}

/// What `VALIDATION_002` to `007` mean is not known, nor a code for what is no business of fields:
/// the nearest stands for it.
fn code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Body(_)
        | Refusal::Field(_)
        | Refusal::Method
        | Refusal::TooLarge
        | Refusal::TooSlow => "VALIDATION_001",
        Refusal::Conflict(_) | Refusal::IdempotencyConflict | Refusal::Limit => "CONFLICT_001",
        Refusal::Key => "AUTH_001",
        Refusal::Path | Refusal::Webhook => "RESOURCE_008",
        Refusal::Random | Refusal::Unavailable(_) => "INTERNAL_001",
        Refusal::TooOften => "BUSINESS_002",
    }
}

impl Once for Sent {
    fn is_key(text: &str) -> bool {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        (1..=MAX_KEY).contains(&text.len()) && text.bytes().all(fits)
    }

    /// A key stands for a customer: the caller, or the profile that it names. That it also stands
    /// for one method and path is assumed, or the answer to one question would be given to another.
    fn scope(head: &Parts) -> String {
        let profile = auth::only(&head.headers, &PROFILE).unwrap_or_default();
        let profile = profile.to_ascii_lowercase();
        format!("{} {} {profile}", head.method, head.uri.path())
    }

    /// A dry run has no effect, not even this.
    fn keeps(answer: &Response) -> bool {
        answer.status().is_success() && !answer.headers().contains_key(DRY)
    }

    /// The first answer, whatever the second request says.
    fn again(kept: &Kept, _same: bool) -> Result<Response, Refusal> {
        let mut response = kept.answer();
        let headers = response.headers_mut();
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
        let first = kept.request.as_ref();
        if let Some(id) = first.and_then(|RequestId(id)| HeaderValue::from_str(id).ok()) {
            headers.insert(ORIGINAL, id);
        }
        Ok(response)
    }
}

/// Hex digits in groups of 8, 4, 4, 4 and 12, of any version.
fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    let hex = |group: &&str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    lengths == [8, 4, 4, 4, 12] && groups.iter().all(hex)
}
