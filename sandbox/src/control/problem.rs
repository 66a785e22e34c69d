//! What went wrong, as the sandbox itself says it: `{"error":"…"}`.

use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::body::Unread;
use crate::deliver::EmitError;
use crate::excerpt::excerpt;

/// A refusal, in words for a reader.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    message: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { status, message }
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.message }).to_string();
        let json = [(CONTENT_TYPE, "application/json")];
        (self.status, json, body).into_response()
    }
}

impl From<EmitError> for Problem {
    fn from(error: EmitError) -> Self {
        let status = match &error {
            EmitError::Nobody | EmitError::Unsendable(_) => StatusCode::CONFLICT,
            EmitError::NotFound => StatusCode::NOT_FOUND,
            EmitError::UnknownEvent(_) => StatusCode::BAD_REQUEST,
            EmitError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            EmitError::Busy => StatusCode::SERVICE_UNAVAILABLE,
            EmitError::Random => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::new(status, excerpt(&error.to_string()))
    }
}

impl From<Unread> for Problem {
    fn from(unread: Unread) -> Self {
        let status = match unread {
            Unread::BrokenOff => StatusCode::BAD_REQUEST,
            Unread::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Unread::TooSlow => StatusCode::REQUEST_TIMEOUT,
        };
        Self::new(status, unread.message())
    }
}

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Self::invalid("a name in the path is not UTF-8")
    }
}
