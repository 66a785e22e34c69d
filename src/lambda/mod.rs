//! Lambda: the request that an event of API Gateway, a load balancer or a function URL describes.
//!
//! A Lambda function is handed no request but a JSON event about one. [`LambdaRequest`] reads it
//! back: the head with one line for each header that was sent, and the body's bytes. What comes out
//! is judged as any other delivery is.
//!
//! # Example
//!
//! ```
//! use hookproof::lambda::LambdaRequest;
//! use hookproof::{Secret, Verifier, providers};
//!
//! let event = br#"{
//!     "version": "2.0",
//!     "rawPath": "/hooks/github",
//!     "headers": {"x-hub-signature-256":
//!         "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"},
//!     "requestContext": {"http": {"method": "POST"}},
//!     "body": "SGVsbG8sIFdvcmxkIQ==",
//!     "isBase64Encoded": true
//! }"#;
//! let request = LambdaRequest::from_slice(event)?;
//! assert_eq!(request.body(), "Hello, World!");
//!
//! let verifier = Verifier::new(&providers::GITHUB, Secret::new("It's a Secret to Everybody"))?;
//! verifier.verify(request.delivery())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! With `lambda_runtime`, take it as the handler's payload: it implements `Deserialize`. To pass it
//! to a layer or to axum, take [`into_request`](LambdaRequest::into_request) and give its body the
//! type that they expect.
//!
//! # Which event it is
//!
//! The event's own fields say it, in this order:
//!
//! | field | source |
//! |---|---|
//! | `version` is `2.0` | HTTP API with payload format 2.0, or function URL |
//! | `requestContext.elb` | Application Load Balancer |
//! | `httpMethod` | REST API, or HTTP API with payload format 1.0 |
//!
//! # Headers
//!
//! A header that a scheme reads must be there once, or the delivery is refused as
//! `duplicate-header`. No line is merged or dropped here, but some sources do so before:
//!
//! | source | a header that was sent twice |
//! |---|---|
//! | REST API, payload format 1.0 | two lines, from `multiValueHeaders` |
//! | load balancer with multi-value headers | two lines, from `multiValueHeaders` |
//! | load balancer without | the last line alone: AWS drops the others. Turn on the target group's `lambda.multi_value_headers.enabled` |
//! | payload format 2.0, function URL | one line, which AWS joined with a comma |
//!
//! A joined line is judged as the one value that it is. No scheme takes its first or its last part
//! for the whole: what does not follow the grammar is `malformed`, and where the grammar itself
//! separates items by commas, all of them are candidates.
//!
//! Names that differ in case alone are lines of the same header. Where an event has both `headers`
//! and `multiValueHeaders`, the latter counts, and each value of the former must stand in it: two
//! readers of one event could else see different requests. `cookies` of payload format 2.0 is not
//! read. Text beyond ASCII becomes its UTF-8 bytes.
//!
//! # The body
//!
//! Where `isBase64Encoded` is true the body is decoded, strictly; otherwise it is the text's UTF-8
//! bytes. A body that was not UTF-8 arrives whole only in base64: REST APIs need `*/*` among their
//! binary media types for that.
//!
//! # The URL
//!
//! The URI has the path and the query. What was sent cannot always be told from the event:
//!
//! | source | path | query |
//! |---|---|---|
//! | function URL | `rawPath`, as sent | `rawQueryString`, as sent |
//! | HTTP API with payload format 2.0 | `rawPath`, which AWS has decoded | `rawQueryString`, as sent |
//! | load balancer | `path`, as sent | made from the parameters, which are as sent |
//! | REST API | `requestContext.path`, as sent | made from the parameters, which AWS has decoded |
//! | HTTP API with payload format 1.0 | the same, which AWS has decoded | the same |
//!
//! `requestContext.path` has the stage, or the base path of a custom domain, where the sender's URL
//! has it; `path` lacks the stage, and is taken only where there is no other. Characters that a path
//! or a query cannot hold are percent-encoded. A query that is made from parameters has their
//! meaning, but neither their order among each other nor their spelling is certain: where a scheme
//! signs the URL, give the public one that the provider was told, and not this one.

mod error;
mod event;
mod headers;
mod json;
mod target;

use core::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri};
use serde::de::{Deserialize, Deserializer, Error as _};

pub use error::LambdaError;
use json::Json;

use crate::verify::Delivery;

/// The HTTP request that a Lambda event describes: its head, and its raw body.
///
/// As a `Deserialize` type it can be the payload of a handler. Read it from the event's bytes, as
/// `lambda_runtime` does: a `serde_json::Value` has dropped repeated keys before they can be seen.
pub struct LambdaRequest(Request<Bytes>);

impl LambdaRequest {
    /// Reads an event.
    ///
    /// # Errors
    ///
    /// Where the event is not JSON, not of a kind that is known, repeats or lacks a field that is
    /// read, or holds what is no legal request. Nothing is left out to make it one.
    pub fn from_slice(event: &[u8]) -> Result<Self, LambdaError> {
        let json = serde_json::from_slice(event).map_err(|error| LambdaError::Json {
            line: error.line(),
            column: error.column(),
        })?;
        event::read(json).map(Self)
    }

    /// The headers: a line for each that the event has.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.0.method()
    }

    /// The path and the query, as far as the event tells them: see [the module](self#the-url).
    #[must_use]
    pub fn uri(&self) -> &Uri {
        self.0.uri()
    }

    /// The raw body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.0.body()
    }

    /// The delivery, for [`Verifier::verify`](crate::Verifier::verify).
    #[must_use]
    pub fn delivery(&self) -> Delivery<'_> {
        Delivery::new(&self.0, self.0.body())
    }

    /// The request, for a tower service.
    #[must_use]
    pub fn into_request(self) -> Request<Bytes> {
        self.0
    }
}

impl From<LambdaRequest> for Request<Bytes> {
    fn from(request: LambdaRequest) -> Self {
        request.into_request()
    }
}

impl<'de> Deserialize<'de> for LambdaRequest {
    fn deserialize<D: Deserializer<'de>>(event: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(event)?;
        event::read(json).map(Self).map_err(D::Error::custom)
    }
}

/// How much there is, and nothing of it: secrets stand in URLs too.
impl fmt::Debug for LambdaRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LambdaRequest")
            .field("headers", &self.headers().len())
            .field("body_bytes", &self.body().len())
            .finish()
    }
}
