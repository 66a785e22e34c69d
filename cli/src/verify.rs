//! `hookproof verify`: one raw request in, one verdict out.

use hookproof::scheme::Scheme;
use hookproof::{Head, Proven, UnixTime, Unsigned, Verifier};
use http::HeaderMap;
use serde::Serialize;

use crate::args::{Format, VerifyArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{Report, description, json_line, shown, warn};
use crate::request::{Framing, Input, Refusal, RequestHead, Stop, read_head};
use crate::{keys, preset, settings};

/// The longest body that is judged, in bytes: 64 MiB.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// Judges the request that the arguments name.
pub(crate) fn run(args: &VerifyArgs) -> Result<Report, Failure> {
    let scheme = preset::find_in(args.schemes.as_deref(), &args.provider)?;
    let url = settings::url(scheme, args.url.as_deref())?;
    let configured = settings::configured(scheme, &args.config)?;
    let mut verifier = keys::verifier(scheme, &args.secret_env, &args.previous_secret_env)?
        .with_body_limit(MAX_BODY);
    for (name, text) in configured {
        verifier = verifier.with_config(name, text);
    }
    let input = Input::open(&args.request)?;
    let now = args.at.map(UnixTime::from_secs);
    let verdict = match judge(&verifier, input, url, now) {
        Ok((headers, proven)) => Verdict::accepted(scheme, &headers, &proven),
        Err(Stop::Refused(refusal)) => Verdict::refused(scheme, &refusal),
        Err(Stop::Failed(failure)) => return Err(failure),
    };
    Ok(Report {
        text: match args.format {
            Format::Human => verdict.lines(),
            Format::Json => json_line(&verdict)?,
        },
        exit: verdict.exit(),
    })
}

/// What is printed. The fields' names are a contract; those without a value are `null`.
#[derive(Debug, Default, Serialize)]
struct Verdict {
    verdict: &'static str,
    provider: &'static str,
    kind: Option<&'static str>,
    key: Option<String>,
    timestamp: Option<i64>,
    age_s: Option<i64>,
    delivery_id: Option<String>,
    event: Option<String>,
    unsigned_delivery_id: Option<String>,
    unsigned_event: Option<String>,
    message: Option<String>,
}

impl Verdict {
    fn accepted(scheme: &Scheme, headers: &HeaderMap, proven: &Proven) -> Self {
        let receipt = proven.receipt();
        Self {
            verdict: "accepted",
            provider: scheme.slug(),
            key: Some(receipt.key().to_owned()),
            timestamp: receipt.timestamp().map(UnixTime::as_secs),
            age_s: receipt.age_secs(),
            delivery_id: proven.delivery_id(),
            event: proven.event_type(),
            unsigned_delivery_id: proven
                .unsigned_delivery_id(headers)
                .map(Unsigned::into_unproven),
            unsigned_event: proven
                .unsigned_event_type(headers)
                .map(Unsigned::into_unproven),
            ..Self::default()
        }
    }

    fn refused(scheme: &Scheme, refusal: &Refusal) -> Self {
        Self {
            verdict: "refused",
            provider: scheme.slug(),
            kind: Some(refusal.kind.as_str()),
            age_s: refusal.claimed_age,
            message: Some(refusal.message.clone()),
            ..Self::default()
        }
    }

    const fn exit(&self) -> Exit {
        match self.kind {
            None => Exit::Done,
            Some(_) => Exit::Refused,
        }
    }

    fn lines(&self) -> Vec<u8> {
        let mut pairs = vec![
            ("verdict", self.verdict.to_owned()),
            ("provider", self.provider.to_owned()),
        ];
        let age = self.age_s.map(age);
        let timestamp = match (self.timestamp, &age) {
            (Some(timestamp), Some(age)) => Some(format!("{timestamp}, {age}")),
            (timestamp, _) => timestamp.map(|timestamp| timestamp.to_string()),
        };
        let texts = [
            ("kind", self.kind.map(str::to_owned)),
            ("reason", self.message.clone()),
            ("key", self.key.clone()),
            ("timestamp", timestamp),
            ("delivery id", self.delivery_id.as_deref().map(shown)),
            ("event", self.event.as_deref().map(shown)),
            (
                "unsigned delivery id",
                self.unsigned_delivery_id.as_deref().map(shown),
            ),
            ("unsigned event", self.unsigned_event.as_deref().map(shown)),
        ];
        for (name, text) in texts {
            pairs.extend(text.map(|text| (name, text)));
        }
        description(&pairs)
    }
}

fn age(seconds: i64) -> String {
    match seconds {
        0.. => format!("{seconds} s old"),
        _ => format!("{} s ahead", seconds.unsigned_abs()),
    }
}

/// The order decides which kind a request with several faults gets: the head as HTTP, how the body
/// is delimited, what the scheme says of the head, the body, the signature.
fn judge(
    verifier: &Verifier,
    mut input: Input,
    stated_url: Option<&str>,
    now: Option<UnixTime>,
) -> Result<(HeaderMap, Proven), Stop> {
    let request = read_head(&mut input)?;
    let framing = Framing::of(&request.headers)?;
    let url = match stated_url {
        Some(url) => url.to_owned(),
        None => own_url(verifier.scheme(), &request)?,
    };
    let head = Head::from(&request.headers)
        .with_method(&request.method)
        .with_url(&url);
    let mut verification = match now {
        Some(now) => verifier.begin_at(head, now)?,
        None => verifier.begin(head)?,
    };
    framing.read_body(&mut input, MAX_BODY, |frame| verification.update(frame))?;
    if !input.held().is_empty() {
        warn("the input goes on after the body: what follows is not part of the request");
    }
    let proven = verification.finish()?;
    Ok((request.headers, proven))
}

/// The URL by the request's own word, which must tell the host where that is signed.
fn own_url(scheme: &Scheme, request: &RequestHead) -> Result<String, Failure> {
    match request.url() {
        Some(url) => Ok(url),
        None if scheme.covers_url() => Err(settings::missing_url(scheme)),
        None => Ok(request.url_without_host()),
    }
}
