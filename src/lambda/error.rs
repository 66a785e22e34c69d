//! Why an event is no request, without a word of the event.

use core::fmt;
use std::error::Error;

/// Why an event could not be read as a request.
///
/// It names fields of the event and never shows what they hold, so it can be logged. AWS makes no
/// such event of a request: it comes of a trigger or a test of another kind, or of something on the
/// way that rewrites events. Answer it with 400.
///
/// ```
/// use hookproof::lambda::{LambdaError, LambdaRequest};
///
/// let error = LambdaRequest::from_slice(br#"{"httpMethod":"POST"}"#).unwrap_err();
/// assert_eq!(error, LambdaError::Missing("path"));
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum LambdaError {
    /// `isBase64Encoded` is true, and `body` is not canonical base64 of the standard alphabet.
    Base64,
    /// A value of `headers` does not stand in `multiValueHeaders`.
    Disagreement,
    /// The field holds what is not legal in an HTTP request.
    Illegal(&'static str),
    /// The event is not JSON.
    Json {
        /// The line of the fault, counted from 1.
        line: usize,
        /// The column of the fault, in bytes.
        column: usize,
    },
    /// The field is absent.
    Missing(&'static str),
    /// The field stands in the event twice, or its object has a key twice.
    Repeated(&'static str),
    /// There are more headers than a request can have.
    TooManyHeaders,
    /// The field is of another type than AWS documents.
    Type(&'static str),
    /// The event is of no kind that is known.
    Unrecognised,
}

impl fmt::Display for LambdaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base64 => f.write_str(
                "isBase64Encoded is true and body is not base64: pass on both as they came",
            ),
            Self::Disagreement => f.write_str(
                "headers has a value that multiValueHeaders lacks: pass on both as they came",
            ),
            Self::Illegal(field) => {
                write!(
                    f,
                    "{field} holds what an HTTP request cannot: pass it on as it came"
                )
            }
            Self::Json { line, column } => write!(
                f,
                "the event is not JSON at line {line} column {column}: pass on its bytes as they came"
            ),
            Self::Missing(field) => {
                write!(f, "the event has no {field}: pass on all of its fields")
            }
            Self::Repeated(field) => write!(
                f,
                "{field} is there twice, or has a key twice: pass on each key once"
            ),
            Self::TooManyHeaders => f.write_str("more headers than a request can have"),
            Self::Type(field) => write!(
                f,
                "{field} is not of the type that AWS documents: pass it on as it came"
            ),
            Self::Unrecognised => f.write_str(
                "neither version 2.0, nor requestContext.elb, nor httpMethod is in the event: \
                 the function takes events of API Gateway's proxy integrations, of load balancers \
                 and of function URLs",
            ),
        }
    }
}

impl Error for LambdaError {}
