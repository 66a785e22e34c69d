//! A provider that answers as it is told to, and what was asked of it.

use std::fmt::Debug;

use hookproof::scheme::Scheme;
use hookproof::subscribe::{ApiError, ApiKey, Call, ReplyError, RequestError};
use hookproof::{Delivery, Secret, Signer, UnixTime, Verifier};
use http::{HeaderMap, HeaderValue, Request, Response};
use serde_json::Value;

/// The key of every request here. It must never be seen but in its header.
pub(crate) const KEY: &str = "key_canary7Q3w";

/// A secret that must never be seen. What else must not has `canary` in it.
pub(crate) const SECRET: &str = "whsec_Q5VvFg7vvDnxI1xq9NwKUlqq4Ar-lmAgJ5QzFWSkEGc";

pub(crate) fn key() -> ApiKey {
    ApiKey::new(KEY).expect("visible ASCII")
}

/// The request of a call that can be made.
#[track_caller]
pub(crate) fn request<T>(call: Result<Call<T>, RequestError>) -> Request<bytes::Bytes> {
    call.expect("it can be sent").into_parts().0
}

/// Method, URL and body of a request; `Null` where there is no body.
#[track_caller]
pub(crate) fn asked<T>(call: Result<Call<T>, RequestError>) -> (String, Value) {
    let request = request(call);
    let line = format!("{} {}", request.method(), request.uri());
    let content_type = request.headers().get("content-type");
    if request.body().is_empty() {
        assert_eq!(content_type, None);
        return (line, Value::Null);
    }
    assert_eq!(content_type.expect("a type"), "application/json");
    let body = serde_json::from_slice(request.body()).expect("JSON");
    (line, body)
}

/// The request's method, URL and headers but for the client's name, each on its line, sorted.
#[track_caller]
pub(crate) fn head<T>(call: &Result<Call<T>, RequestError>) -> String {
    let request = call.as_ref().expect("it can be sent").request();
    let mut headers: Vec<String> = request
        .headers()
        .iter()
        .filter(|(name, _)| *name != http::header::USER_AGENT)
        .map(|(name, value)| format!("{name}: {}", value.to_str().expect("it is text")))
        .collect();
    headers.sort();
    let line = format!("{} {}", request.method(), request.uri());
    format!("{line}\n{}", headers.join("\n"))
}

/// A header that has the key, and tells nobody.
#[track_caller]
pub(crate) fn carries_the_key(request: &Request<bytes::Bytes>, header: &str, value: &str) {
    let found: Vec<_> = request.headers().get_all(header).iter().collect();
    assert_eq!(found, [value]);
    assert!(found[0].is_sensitive());
    silent(&format!("{:?}", request.headers()));
}

/// What is made of an answer.
#[track_caller]
pub(crate) fn answered<T>(
    call: Result<Call<T>, RequestError>,
    status: u16,
    body: impl AsRef<[u8]>,
) -> Result<T, ReplyError> {
    answered_with(call, status, &[], body)
}

/// As [`answered`], with headers.
#[track_caller]
pub(crate) fn answered_with<T>(
    call: Result<Call<T>, RequestError>,
    status: u16,
    headers: &[(&str, &str)],
    body: impl AsRef<[u8]>,
) -> Result<T, ReplyError> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    let (_, reply) = call.expect("it can be sent").into_parts();
    reply.read(&response.body(body).expect("an answer"))
}

/// A request that is not made, for the reason that is given.
#[track_caller]
pub(crate) fn refused<T: Debug>(call: Result<T, RequestError>, field: &str, why: &str) {
    let error = call.expect_err(why);
    assert_eq!(error.field(), field);
    assert_eq!(error.to_string(), format!("{field} {why}"));
}

/// An answer that says no.
#[track_caller]
pub(crate) fn said_no<T: Debug>(answer: Result<T, ReplyError>) -> ApiError {
    match answer.expect_err("it said no") {
        ReplyError::Api(error) => *error,
        other => panic!("{other}"),
    }
}

/// An answer that says yes and not what it must.
#[track_caller]
pub(crate) fn unreadable<T: Debug>(answer: Result<T, ReplyError>, reason: &str) {
    match answer.expect_err(reason) {
        ReplyError::Unreadable { why, .. } => assert_eq!(why, reason),
        other => panic!("{other}"),
    }
}

/// Whether a secret is the text, to those who sign and verify with it.
#[track_caller]
pub(crate) fn is_secret(scheme: &'static Scheme, secret: Secret, text: &str) {
    let body = br#"{"id":"evt_1","type":"test"}"#;
    let now = UnixTime::from_secs(1_780_000_000);
    // One scheme of the five signs it.
    let mut given = HeaderMap::new();
    given.insert("x-webhook-id", HeaderValue::from_static("webhook"));
    let signer = Signer::new(scheme, Secret::new(text)).expect("a secret");
    let headers = signer.sign_at(&given, body, now).expect("signed");
    let verifier = Verifier::new(scheme, secret).expect("a secret");
    let proof = verifier.verify_at(Delivery::new(&headers, body), now);
    assert!(proof.is_ok(), "{proof:?}");
}

/// Neither a key nor a secret is seen in what is shown.
#[track_caller]
pub(crate) fn silent(shown: &str) {
    for secret in [KEY, SECRET, "canary", "Q5VvFg7vvDnx"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
