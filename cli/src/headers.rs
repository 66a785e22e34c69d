//! Headers from the command line.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::failure::Failure;

/// The headers that were given as `NAME=VALUE`. Values are not repeated in messages: they may be as
/// private as the body.
pub(crate) fn given(given: &[String]) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    for header in given {
        let (name, value) = header
            .split_once('=')
            .ok_or_else(|| Failure::usage("--header takes NAME=VALUE"))?;
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| Failure::usage("--header takes NAME=VALUE: the name is not a header's"))?;
        let value = HeaderValue::from_str(value)
            .ok()
            .filter(|value| value.as_bytes().trim_ascii() == value.as_bytes() && !value.is_empty())
            .ok_or_else(|| {
                Failure::usage(format!(
                    "the value of --header {name} is empty, has white space at an end, or holds a \
                     control character: it could not be sent as it is"
                ))
            })?;
        if headers.contains_key(&name) {
            return Err(Failure::usage(format!("--header {name} is given twice")));
        }
        headers
            .try_append(name, value)
            .map_err(|_| Failure::usage("there are too many --header"))?;
    }
    Ok(headers)
}

/// Whether a header says how the request is sent, and so is the client's to write.
#[cfg(feature = "subscribe")]
pub(crate) fn is_framing(name: &HeaderName) -> bool {
    use http::header::{
        CONNECTION, CONTENT_LENGTH, EXPECT, HOST, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
    };
    [
        CONNECTION,
        CONTENT_LENGTH,
        EXPECT,
        HOST,
        TE,
        TRAILER,
        TRANSFER_ENCODING,
        UPGRADE,
    ]
    .contains(name)
}
