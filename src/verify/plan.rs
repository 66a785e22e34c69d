//! A scheme made ready to be followed: header names parsed once, the content's headers numbered.

use std::sync::Arc;

use http::HeaderName;

use crate::error::ConfigError;
use crate::scheme::{Part, Place, ReplayId, Scheme, Timestamp};

/// What to do, in which order, for every delivery of one scheme.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) scheme: Scheme,
    /// The endpoint that it is followed for.
    pub(super) endpoint: Option<Arc<str>>,
    pub(super) signature: HeaderName,
    /// Other names of the signature header, each read only where all before it are absent.
    pub(super) aliases: Vec<HeaderName>,
    /// Where the timestamp is taken from.
    pub(super) timestamp: Option<TimestampAt>,
    /// The headers of the signed content; each must occur exactly once.
    pub(super) headers: Vec<HeaderName>,
    /// The signed content in order.
    pub(super) steps: Vec<Step>,
    /// Which of `steps` is the body.
    pub(super) body: usize,
    /// Which of `headers` is the delivery's signed id.
    pub(super) id: Option<usize>,
    /// Which of `headers` identifies the delivery for a replay guard.
    pub(super) replay: Option<usize>,
}

#[derive(Clone, Debug)]
pub(super) enum TimestampAt {
    Header(HeaderName),
    Pair(&'static str),
}

/// A piece of the signed content.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Body,
    Header(usize),
    Literal(&'static str),
    Timestamp,
}

impl Plan {
    pub(crate) fn new(scheme: &Scheme) -> Result<Self, ConfigError> {
        let aliases = scheme.aliases().iter().map(|name| header_name(name));
        let timestamp = match scheme.timestamp() {
            None => None,
            Some(Timestamp::Header(name)) => Some(TimestampAt::Header(header_name(name)?)),
            Some(Timestamp::Pair(key)) => Some(TimestampAt::Pair(key)),
        };
        let mut headers = Vec::new();
        let mut steps = Vec::new();
        let mut body = 0;
        for part in scheme.content() {
            steps.push(match *part {
                Part::Body => {
                    body = steps.len();
                    Step::Body
                }
                Part::Literal(text) => Step::Literal(text),
                Part::Timestamp => Step::Timestamp,
                Part::Header(name) => {
                    headers.push(header_name(name)?);
                    Step::Header(headers.len() - 1)
                }
            });
        }
        let signed = |place| match place {
            Place::Header(name) => headers.iter().position(|header| header == name),
            Place::Json(_) => None,
        };
        let id = scheme.delivery_id().and_then(signed);
        let replay = match scheme.replay_id() {
            ReplayId::Id(place) => signed(place),
            _ => None,
        };
        Ok(Self {
            scheme: *scheme,
            endpoint: None,
            signature: header_name(scheme.signature_header())?,
            aliases: aliases.collect::<Result<_, _>>()?,
            timestamp,
            headers,
            steps,
            body,
            id,
            replay,
        })
    }
}

fn header_name(name: &str) -> Result<HeaderName, ConfigError> {
    HeaderName::from_lowercase(name.as_bytes())
        .map_err(|_| ConfigError::scheme(format!("{name} is not a legal header name")))
}
