//! Idempotency keys: the answer to a request is kept, and given again.

use std::collections::VecDeque;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;
use http::{HeaderMap, HeaderName, Method, StatusCode};
use http_body_util::BodyExt as _;
use sha2::{Digest as _, Sha256};
use tokio::sync::Mutex;

use super::auth;
use super::form::Form;
use super::refusal::Refusal;
use crate::moment::Moment;

/// The header that carries the key.
pub(super) const HEADER: HeaderName = HeaderName::from_static("idempotency-key");

/// For how long an answer is kept: 24 hours of the clock, for it is no waiting that is compressed.
const KEPT_MS: u64 = 24 * 60 * 60 * 1000;

/// Answers that are kept; the oldest make room.
const MAX: usize = 1_000;

/// How a provider reads its idempotency keys.
pub(super) trait Once: Form {
    /// Whether the text can be a key.
    fn is_key(text: &str) -> bool;

    /// Within what the key may stand once.
    fn scope(head: &Parts) -> String;

    /// Whether an answer is kept. A request that was refused has done nothing and may be corrected.
    fn keeps(answer: &Response) -> bool {
        answer.status().is_success()
    }

    /// What a second request with the key is answered.
    fn again(kept: &Kept, same: bool) -> Result<Response, Refusal>;
}

/// The answers of one provider.
#[derive(Clone, Default)]
pub(super) struct Answers(Arc<Mutex<VecDeque<Kept>>>);

/// An answer, and what it was the answer to.
pub(super) struct Kept {
    key: (String, String),
    body: [u8; 32],
    at: Moment,
    status: StatusCode,
    headers: HeaderMap,
    answer: Bytes,
    /// The id of the first request, where the answer has one.
    pub(super) request: Option<RequestId>,
}

/// The id that an answer gives its request, in the response's extensions.
#[derive(Clone)]
pub(super) struct RequestId(pub(super) String);

impl Kept {
    /// The answer as it was.
    pub(super) fn answer(&self) -> Response {
        let mut response = Response::new(Body::from(self.answer.clone()));
        *response.status_mut() = self.status;
        response.headers_mut().clone_from(&self.headers);
        response
    }
}

/// Answers a request that has a key, once. The lock is held over the handler, which waits for
/// nothing: of two requests at the same time, the second finds the first's answer.
pub(super) async fn once<P: Once>(
    State(answers): State<Answers>,
    request: Request,
    next: Next,
) -> Response {
    let changes = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    if !changes || !request.headers().contains_key(HEADER) {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    let Some(key) = auth::only(&head.headers, &HEADER).filter(|key| P::is_key(key)) else {
        return P::refuse(&Refusal::value(
            "Idempotency-Key",
            "is not a key of the documented form",
        ));
    };
    let key = (P::scope(&head), key.to_owned());
    // The guard has read it already: it is there, whole.
    let body = collected(body).await;
    let digest = Sha256::digest(&body).into();
    let mut kept = answers.0.lock().await;
    let now = Moment::now();
    kept.retain(|kept| now.millis().saturating_sub(kept.at.millis()) < KEPT_MS);
    if let Some(first) = kept.iter().find(|kept| kept.key == key) {
        return P::again(first, first.body == digest).unwrap_or_else(|refusal| P::refuse(&refusal));
    }
    let answer = next.run(Request::from_parts(head, Body::from(body))).await;
    if !P::keeps(&answer) {
        return answer;
    }
    let first = keep(key, digest, now, answer).await;
    let answer = first.answer();
    if kept.len() >= MAX {
        kept.pop_front();
    }
    kept.push_back(first);
    answer
}

async fn keep(key: (String, String), body: [u8; 32], at: Moment, answer: Response) -> Kept {
    let (head, answer) = answer.into_parts();
    Kept {
        key,
        body,
        at,
        status: head.status,
        headers: head.headers,
        answer: collected(answer).await,
        request: head.extensions.get::<RequestId>().cloned(),
    }
}

/// A body that is in memory.
async fn collected(body: Body) -> Bytes {
    let collected = body.collect().await;
    collected.map_or_else(|_| Bytes::new(), http_body_util::Collected::to_bytes)
}
