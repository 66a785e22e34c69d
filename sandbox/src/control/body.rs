//! A request's body: JSON, and not too much of it.

use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::body;
use crate::control::problem::Problem;
use crate::excerpt::excerpt;

/// Reads an object; an empty body is the empty one.
pub(crate) async fn object<T: DeserializeOwned>(request: Request) -> Result<T, Problem> {
    let (parts, body) = request.into_parts();
    let bytes = body::read(body).await?;
    if bytes.is_empty() {
        return parse(b"{}");
    }
    if !is_json(&parts.headers) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "send the body as content-type: application/json",
        ));
    }
    parse(&bytes)
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // A structure is otherwise read from an array too, by the order of its fields.
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return Err(Problem::invalid("the body is not a JSON object"));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let why = excerpt(&error.to_string());
        Problem::invalid(format!("the body does not fit: {why}"))
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let kind = kind.and_then(|it| it.split(';').next()).unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}
