//! A scheme made ready to be followed: header names parsed once, the content's headers numbered.

use std::sync::Arc;

use http::HeaderName;

use super::grammar::{StampIn, is_wide};
use super::headers::Lengths;
use super::needs;
use super::seam::Seam;
use crate::error::ConfigError;
use crate::public_url::PublicUrl;
use crate::scheme::{Algorithm, BodyForm, Part, Place, ReplayId, Scheme, Timestamp};

/// What to do, in which order, for every delivery of one scheme.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) scheme: Scheme,
    /// The endpoint that it is followed for.
    pub(super) endpoint: Option<Arc<str>>,
    /// The signature's header, where it stands in one.
    pub(super) signature: Option<HeaderName>,
    /// Other names of the signature header, each read only where all before it are absent.
    pub(super) aliases: Vec<HeaderName>,
    /// Every header that may hold a signature, where all of them count.
    pub(super) alternates: Vec<HeaderName>,
    /// Headers that must hold exactly this.
    pub(super) required: Vec<(HeaderName, &'static str)>,
    /// Which part of the signature's text is the timestamp.
    pub(super) stamp_in: StampIn,
    /// The timestamp's own header.
    pub(super) stamp_header: Option<HeaderName>,
    /// The headers of the signed content; each must occur exactly once.
    pub(super) headers: Vec<HeaderName>,
    /// How long the names are of the headers that are read, and whether those are several.
    pub(super) lengths: Lengths,
    pub(super) reads_several: bool,
    /// The signed content in order.
    pub(super) steps: Vec<Step>,
    /// What of it stands before the body, where that can be signed as it arrives, and what after.
    pub(super) opening: Vec<Step>,
    pub(super) closing: Vec<Step>,
    /// The header that holds a digest of the body.
    pub(super) digest_header: Option<HeaderName>,
    /// Which of `headers` is the delivery's signed id.
    pub(super) id: Option<usize>,
    /// Which of `headers` identifies the delivery for a replay guard.
    pub(super) replay: Option<usize>,
    /// Where the body touches what the sender chooses, so that its end there must be seen.
    pub(super) seam: Seam,
    /// What the operator configured of the content.
    pub(super) configured: Vec<(&'static str, Arc<str>)>,
    /// Whether the body is signed as it was before compression.
    pub(super) decoded: bool,
    /// Whether fields of a form are read, for which its content type is wanted.
    pub(super) forms: bool,
    /// How the URL is known that the provider signs.
    pub(super) public_url: Option<PublicUrl>,
    /// Whether the signature's grammar is the wide one.
    pub(super) wide: bool,
    /// Whether the MAC can run while the body arrives; else all is judged when it is whole.
    pub(super) runs: bool,
}

/// A piece of the signed content.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Body,
    Header(usize),
    Literal(&'static str),
    Timestamp,
    /// What needs the whole request, and is told by that part of the scheme's content.
    Whole(usize),
}

impl Plan {
    pub(crate) fn new(scheme: &Scheme) -> Result<Self, ConfigError> {
        needs::check(scheme)?;
        let names = |names: &[&str]| -> Result<Vec<_>, _> {
            names.iter().map(|name| header_name(name)).collect()
        };
        let signature = scheme.signature_header().map(header_name).transpose()?;
        let mut alternates = names(scheme.alternates())?;
        if let (Some(first), false) = (&signature, alternates.is_empty()) {
            alternates.insert(0, first.clone());
        }
        if let Some(numbered) = scheme.numbered() {
            for nth in 1..=numbered.last {
                alternates.push(header_name(&format!("{}{nth}", numbered.prefix))?);
            }
        }
        let (stamp_in, stamp_header) = match scheme.timestamp() {
            None | Some(Timestamp::At(_)) => (StampIn::Nowhere, None),
            Some(Timestamp::Header(name)) => (StampIn::Nowhere, Some(header_name(name)?)),
            Some(Timestamp::Item(nth)) => (StampIn::Item(nth), None),
            Some(Timestamp::Pair(key)) => (StampIn::Pair(key), None),
        };
        let digest_header = match scheme.body_digest() {
            Some((Place::Header(name), _)) => Some(header_name(name)?),
            _ => None,
        };
        let required = scheme.required_headers().iter();
        let required = required.map(|(name, value)| Ok((header_name(name)?, *value)));
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
                _ => Step::Whole(steps.len()),
            });
        }
        let signed = |place| match place {
            Place::Header(name) => headers.iter().position(|header| header == name),
            _ => None,
        };
        let id = scheme.delivery_id().and_then(signed);
        let replay = match scheme.replay_id() {
            ReplayId::Id(place) => signed(place),
            _ => None,
        };
        let read: Vec<_> = signature
            .iter()
            .chain(&stamp_header)
            .chain(&headers)
            .collect();
        let (lengths, reads_several) = (Lengths::of(&read), read.len() > 1);
        let names_in_form = cfg!(feature = "forms") && scheme.has_names_in_form();
        Ok(Self {
            scheme: *scheme,
            endpoint: None,
            aliases: names(scheme.aliases())?,
            alternates,
            required: required.collect::<Result<_, _>>()?,
            stamp_in,
            stamp_header,
            digest_header,
            opening: steps.iter().take(body).copied().collect(),
            closing: steps.iter().skip(body + 1).copied().collect(),
            id,
            replay,
            seam: Seam::of(scheme),
            configured: Vec::new(),
            decoded: scheme.body_form() == BodyForm::Decoded,
            forms: scheme.reads_form() || names_in_form,
            lengths,
            reads_several,
            public_url: None,
            wide: is_wide(scheme),
            runs: runs(scheme, &steps) && !names_in_form,
            signature,
            headers,
            steps,
        })
    }

    /// What is configured under a name, last.
    pub(super) fn config(&self, name: &str) -> Option<&str> {
        let mut known = self.configured.iter().rev();
        known
            .find(|(known, _)| *known == name)
            .map(|(_, text)| &**text)
    }

    /// What the operator has yet to configure.
    pub(crate) fn lacks(&self) -> Option<String> {
        let slug = self.scheme.slug();
        if let Some(name) = self
            .scheme
            .config_names()
            .find(|name| self.config(name).is_none())
        {
            return Some(format!(
                "{slug} signs a text that you know and it does not send: give it by .with_config(\"{name}\", …)"
            ));
        }
        (self.scheme.covers_url() && self.public_url.is_none()).then(|| {
            format!(
                "{slug} signs the URL that it posts to, which a request behind a proxy does not tell: give it by .with_public_url(…)"
            )
        })
    }
}

/// Whether all but the body is known from headers, and the MAC is the one that runs.
fn runs(scheme: &Scheme, steps: &[Step]) -> bool {
    let from_head = steps.iter().all(|step| !matches!(step, Step::Whole(_)));
    let has_body = steps.iter().any(|step| matches!(step, Step::Body));
    scheme.algorithm() == Algorithm::HMAC_SHA256
        && from_head
        && has_body
        && scheme.signature_header().is_some()
        && scheme.alternates().is_empty()
        && scheme.numbered().is_none()
        && scheme.groups().is_none()
        && scheme.required_headers().is_empty()
        && scheme.body_digest().is_none()
        && !headers_touch(scheme)
        && !matches!(scheme.timestamp(), Some(Timestamp::At(_)))
}

/// Whether a header of the content touches another, or a timestamp that no window bounds: those are
/// one text under the signature however they are cut, and are remembered as one.
fn headers_touch(scheme: &Scheme) -> bool {
    let has_window = scheme.tolerance().is_some();
    scheme.content().windows(2).any(|parts| match parts {
        [Part::Header(_), Part::Header(_)] => true,
        [Part::Header(_), Part::Timestamp] | [Part::Timestamp, Part::Header(_)] => !has_window,
        _ => false,
    })
}

fn header_name(name: &str) -> Result<HeaderName, ConfigError> {
    HeaderName::from_lowercase(name.as_bytes())
        .map_err(|_| ConfigError::scheme(format!("{name} is not a legal header name")))
}
