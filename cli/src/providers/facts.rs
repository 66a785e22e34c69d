//! The facts of one provider, as JSON has them and as the other forms are made from.

use std::collections::BTreeMap;

use hookproof::scheme::{AfterClientError, BodyForm, Place, ReplayId, Scheme};
use serde::Serialize;

use super::words;

/// A provider as it is printed. The fields' names are a contract.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) family: &'static str,
    pub(super) confidence: &'static str,
    pub(super) provider: &'static str,
    /// Where the signature stands, of several headers the first.
    pub(super) signature_at: String,
    pub(super) signature_header: Option<&'static str>,
    pub(super) signature_aliases: &'static [&'static str],
    pub(super) signature_alternates: &'static [&'static str],
    pub(super) signature_numbered: Option<Numbered>,
    pub(super) signature: String,
    /// What stands between whole groups of pairs.
    pub(super) groups: Option<char>,
    pub(super) trimmed: bool,
    pub(super) algorithm: String,
    pub(super) encoding: Option<&'static str>,
    pub(super) key: String,
    pub(super) content: String,
    pub(super) parts_touch: Option<&'static str>,
    pub(super) each: Option<String>,
    pub(super) body_form: &'static str,
    pub(super) body_digest: Option<BodyDigest>,
    pub(super) last_field_counts: bool,
    pub(super) timestamp: Option<String>,
    pub(super) timestamp_unit: Option<&'static str>,
    pub(super) tolerance_s: Option<u32>,
    pub(super) required_headers: BTreeMap<&'static str, &'static str>,
    pub(super) config: Vec<&'static str>,
    pub(super) signs_url: bool,
    pub(super) port_variants: bool,
    pub(super) reads_query: bool,
    pub(super) not_signed: Vec<String>,
    /// Why it is borne that the body is not.
    pub(super) body_unsigned: Option<&'static str>,
    pub(super) delivery_id: Option<Located>,
    pub(super) event_type: Option<Located>,
    pub(super) replay_id: Option<Identity>,
    pub(super) replay_note: Option<&'static str>,
    pub(super) batch: bool,
    pub(super) acknowledge_s: Option<u32>,
    pub(super) after_4xx: Option<&'static str>,
    pub(super) retries_for_s: Option<u32>,
    pub(super) handshake: Option<&'static str>,
    pub(super) features: Vec<&'static str>,
    pub(super) source: &'static str,
}

/// Headers that are numbered from 1.
#[derive(Debug, Serialize)]
pub(super) struct Numbered {
    pub(super) prefix: &'static str,
    pub(super) last: u8,
}

/// Where a digest of the body stands that must agree too.
#[derive(Debug, Serialize)]
pub(super) struct BodyDigest {
    pub(super) from: String,
    pub(super) digest: &'static str,
}

/// Where something stands, and whether the signature covers it.
#[derive(Debug, Serialize)]
pub(super) struct Located {
    pub(super) from: String,
    pub(super) signed: bool,
}

/// What identifies a delivery for a replay guard.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Identity {
    Digest(&'static str),
    From(String),
}

impl Entry {
    pub(super) fn of(scheme: &Scheme) -> Self {
        let about = scheme.about();
        let located = |at: Place| Located {
            from: words::place(at),
            signed: scheme.covers(at),
        };
        let delivery_id = scheme.delivery_id().map(located);
        let event_type = scheme.event_type().map(located);
        let retries = scheme.retries();
        Self {
            slug: scheme.slug(),
            name: about.map_or(scheme.slug(), |about| about.name()),
            family: about.map_or("", |about| about.family().as_str()),
            confidence: about.map_or("", |about| about.confidence().as_str()),
            provider: scheme.provider(),
            signature_at: words::place(scheme.signature()),
            signature_header: scheme.signature_header(),
            signature_aliases: scheme.aliases(),
            signature_alternates: scheme.alternates(),
            signature_numbered: scheme.numbered().map(|headers| Numbered {
                prefix: headers.prefix,
                last: headers.last,
            }),
            signature: words::signature(scheme),
            groups: scheme.groups().map(char::from),
            trimmed: scheme.is_trimmed(),
            algorithm: words::algorithm(scheme.algorithm()),
            encoding: words::encoding(scheme),
            key: words::key(scheme.key_format()),
            content: scheme.content().iter().copied().map(words::part).collect(),
            parts_touch: scheme.parts_touch(),
            each: scheme.each().map(|array| words::place(Place::Json(array))),
            body_form: match scheme.body_form() {
                BodyForm::Decoded => "decoded",
                _ => "sent",
            },
            body_digest: scheme.body_digest().map(|(place, digest)| BodyDigest {
                from: words::place(place),
                digest: digest.as_str(),
            }),
            last_field_counts: scheme.last_field_counts(),
            timestamp: scheme.timestamp().map(words::timestamp),
            timestamp_unit: scheme.timestamp().map(|_| scheme.unit().as_str()),
            tolerance_s: scheme.tolerance().map(|tolerance| tolerance.past()),
            required_headers: scheme.required_headers().iter().copied().collect(),
            config: scheme.config_names().collect(),
            signs_url: scheme.covers_url(),
            port_variants: scheme.has_port_variants(),
            reads_query: scheme.reads_query(),
            not_signed: not_signed(scheme, [&delivery_id, &event_type]),
            body_unsigned: scheme.body_unsigned(),
            delivery_id,
            event_type,
            replay_id: identity(scheme.replay_id()),
            replay_note: about.and_then(|about| about.replay_note()),
            batch: about.is_some_and(|about| about.has_batches()),
            acknowledge_s: retries.acknowledge_secs,
            after_4xx: match retries.after_client_error {
                AfterClientError::Loses => Some("the event is lost"),
                AfterClientError::Retries => Some("it is retried"),
                _ => None,
            },
            retries_for_s: retries.horizon_secs,
            handshake: about.and_then(|about| about.handshake()),
            features: scheme.features(),
            source: about.map_or("", |about| about.source()),
        }
    }
}

/// How the body is named among what is not signed.
pub(super) const BODY: &str = "body";

/// What the holder of one captured delivery can change: the body, and what names the delivery.
fn not_signed(scheme: &Scheme, named: [&Option<Located>; 2]) -> Vec<String> {
    let body = (!scheme.covers_body()).then(|| BODY.to_owned());
    let names = named.into_iter().flatten();
    let names = names.filter(|name| !name.signed);
    body.into_iter()
        .chain(names.map(|name| name.from.clone()))
        .collect()
}

fn identity(replay_id: ReplayId) -> Option<Identity> {
    match replay_id {
        ReplayId::Body => Some(Identity::Digest("body")),
        ReplayId::Content => Some(Identity::Digest("signed content")),
        ReplayId::ContentWithoutTimestamp => {
            Some(Identity::Digest("signed content without its timestamp"))
        }
        ReplayId::Id(at) => Some(Identity::From(words::place(at))),
        ReplayId::UnsignedBody => Some(Identity::Digest("unsigned body")),
        _ => None,
    }
}
