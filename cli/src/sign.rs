//! `hookproof sign`: the headers that sign a body.

use std::collections::BTreeMap;
use std::path::Path;

use bytes::{Bytes, BytesMut};
use hookproof::scheme::Scheme;
use hookproof::{Clock, ConfigErrorKind, SignError, Signer, SystemClock, UnixTime};
use http::HeaderMap;

use crate::args::{Format, SignArgs};
use crate::failure::Failure;
use crate::output::{Report, json_line, warn};
use crate::request::Input;
use crate::{headers, keys, preset, settings};

/// The longest body that is signed, in bytes: as long as `verify` reads.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// Signs the body that the arguments name.
pub(crate) fn run(args: &SignArgs) -> Result<Report, Failure> {
    let scheme = preset::find_in(args.schemes.as_deref(), &args.provider)?;
    let signer = keys::signer(scheme, &args.secret_env)?;
    let signer = with_request(signer, scheme, args)?;
    let given = headers::given(&args.headers)?;
    let now = match args.at {
        Some(seconds) => UnixTime::from_secs(seconds),
        None => SystemClock
            .now()
            .ok_or_else(|| failure(scheme, SignError::Clock))?,
    };
    let body = match &args.body {
        Some(path) => body(path)?,
        None => Bytes::new(),
    };
    let signed = signer
        .sign_at(&given, &body, now)
        .map_err(|error| failure(scheme, error))?;
    Ok(Report::done(match args.format {
        Format::Human => lines(&signed),
        Format::Json => json_line(&object(&signed))?,
    }))
}

/// Tells the signer of the request what no header tells.
fn with_request(mut signer: Signer, scheme: &Scheme, args: &SignArgs) -> Result<Signer, Failure> {
    if let Some(url) = settings::url(scheme, args.url.as_deref())? {
        signer = signer.with_url(url);
    }
    if let Some(method) = &args.method {
        if !scheme.covers_method() {
            warn(&format!(
                "--method is ignored: the scheme {} does not sign the method",
                scheme.slug()
            ));
        }
        signer = signer.with_method(method.clone());
    }
    for (name, text) in settings::configured(scheme, &args.config)? {
        signer = signer.with_config(name, text);
    }
    Ok(signer)
}

fn failure(scheme: &Scheme, error: SignError) -> Failure {
    match error {
        SignError::Clock => Failure::usage(format!("{error}: check --at")),
        // It is the secret itself that stands in the signature's header.
        SignError::Header(name) if scheme.signature_header() == Some(name) => Failure::new(
            ConfigErrorKind::BadSecret.as_str(),
            format!(
                "the secret holds a character that the header {name} cannot: use visible ASCII"
            ),
        ),
        SignError::Header(name) => Failure::new(
            "missing-header",
            format!("the scheme signs the header {name}: give it with --header {name}=VALUE"),
        ),
        SignError::Url => settings::missing_url(scheme),
        error => Failure::new(ConfigErrorKind::BadScheme.as_str(), error.to_string()),
    }
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
