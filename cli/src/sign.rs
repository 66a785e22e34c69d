//! `hookproof sign`: the headers that sign a body.

use std::collections::BTreeMap;
use std::path::Path;

use bytes::{Bytes, BytesMut};
use hookproof::{Clock, SignError, SystemClock, UnixTime};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::args::{Format, SignArgs};
use crate::failure::Failure;
use crate::output::{Report, json_line};
use crate::request::Input;
use crate::{keys, preset};

/// The longest body that is signed, in bytes: as long as `verify` reads.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// Signs the body that the arguments name.
pub(crate) fn run(args: &SignArgs) -> Result<Report, Failure> {
    let scheme = preset::find(&args.provider)?;
    let signer = keys::signer(scheme, &args.secret_env)?;
    let given = headers(&args.headers)?;
    let now = match args.at {
        Some(seconds) => UnixTime::from_secs(seconds),
        None => SystemClock.now().ok_or_else(|| failure(SignError::Clock))?,
    };
    let body = match &args.body {
        Some(path) => body(path)?,
        None => Bytes::new(),
    };
    let signed = signer.sign_at(&given, &body, now).map_err(failure)?;
    Ok(Report::done(match args.format {
        Format::Human => lines(&signed),
        Format::Json => json_line(&object(&signed))?,
    }))
}

fn failure(error: SignError) -> Failure {
    match error {
        SignError::Header(name) => Failure::new(
            "missing-header",
            format!("the scheme signs the header {name}: give it with --header {name}=VALUE"),
        ),
        error => Failure::usage(format!("{error}: check --at")),
    }
}

/// Values are not repeated in messages: signed headers may be as private as the body.
fn headers(given: &[String]) -> Result<HeaderMap, Failure> {
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

fn body(path: &Path) -> Result<Bytes, Failure> {
    let mut input = Input::open(path)?;
    let mut body = BytesMut::new();
    while input.read_more()? {
        let held = input.held().len();
        body.extend_from_slice(&input.take(held));
        if body.len() > MAX_BODY {
            return Err(Failure::new(
                "too-large",
                format!("the body is longer than {MAX_BODY} bytes"),
            ));
        }
    }
    Ok(body.freeze())
}

fn lines(headers: &HeaderMap) -> Vec<u8> {
    let mut lines = Vec::new();
    for (name, value) in headers {
        lines.extend_from_slice(name.as_str().as_bytes());
        lines.extend_from_slice(b": ");
        lines.extend_from_slice(value.as_bytes());
        lines.push(b'\n');
    }
    lines
}

/// Every name occurs once: repeated ones are refused.
fn object(headers: &HeaderMap) -> BTreeMap<&str, String> {
    headers
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str(), value)
        })
        .collect()
}
