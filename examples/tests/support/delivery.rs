//! Signed deliveries, as the bytes of an HTTP/1.1 request.

use std::fmt::Write as _;

use axum::http::{HeaderMap, HeaderValue};
use hookproof::scheme::{Part, Scheme};
use hookproof::{Clock as _, Secret, Signer, SystemClock, UnixTime};

/// The headers that sign a body some seconds from now.
pub fn signed_at(scheme: &Scheme, secret: &str, body: &[u8], seconds: i64) -> HeaderMap {
    signed_as(scheme, secret, body, seconds, "signed-header-1")
}

/// The same, with a text for each further header that is signed.
pub fn signed_as(
    scheme: &Scheme,
    secret: &str,
    body: &[u8],
    seconds: i64,
    text: &str,
) -> HeaderMap {
    let now = SystemClock.now().expect("a clock").as_secs();
    let mut given = HeaderMap::new();
    for part in scheme.content() {
        if let Part::Header(name) = *part {
            given.insert(name, HeaderValue::from_str(text).expect("a header"));
        }
    }
    Signer::new(scheme, Secret::new(secret))
        .expect("a sound secret")
        .sign_at(&given, body, UnixTime::from_secs(now + seconds))
        .expect("signable")
}

/// A whole genuine delivery.
pub fn genuine(scheme: &Scheme, secret: &str, body: &[u8]) -> Vec<u8> {
    request(scheme, &signed_at(scheme, secret, body, 0), body)
}

/// A whole delivery with these headers.
pub fn request(scheme: &Scheme, headers: &HeaderMap, body: &[u8]) -> Vec<u8> {
    let mut bytes = head(scheme, headers, body.len());
    bytes.extend_from_slice(body);
    bytes
}

/// The head of a delivery that announces so many bytes.
pub fn head(scheme: &Scheme, headers: &HeaderMap, length: usize) -> Vec<u8> {
    let mut head = format!(
        "POST /webhooks/{} HTTP/1.1\r\nHost: receiver\r\n",
        scheme.slug()
    );
    for (name, value) in headers {
        let value = value.to_str().expect("text");
        write!(head, "{name}: {value}\r\n").expect("a string takes all");
    }
    write!(head, "Content-Length: {length}\r\n\r\n").expect("a string takes all");
    head.into_bytes()
}
