//! `hookproof providers`: what is known of how each provider signs.

use hookproof::providers::ALL;
use hookproof::scheme::{
    AfterClientError, Encoding, Grammar, KeyFormat, Part, Place, ReplayId, Scheme, Timestamp,
};
use serde::Serialize;

use crate::args::{ProvidersArgs, ProvidersFormat as Format};
use crate::failure::Failure;
use crate::output::{Report, description, json_lines};
use crate::preset;

/// Lists all providers, or describes one.
pub(crate) fn run(args: &ProvidersArgs) -> Result<Report, Failure> {
    let one = args.slug.as_deref().map(preset::find).transpose()?;
    let entries: Vec<Entry> = match one {
        Some(scheme) => vec![Entry::of(scheme)],
        None => ALL.iter().map(|scheme| Entry::of(scheme)).collect(),
    };
    Ok(Report::done(match (args.format, entries.as_slice()) {
        (Format::Json, entries) => json_lines(&entries)?,
        (Format::Human, [entry]) => entry.lines(),
        (Format::Human, entries) => table(entries),
        (Format::Markdown, entries) => markdown(entries),
    }))
}

/// A provider as it is printed. The fields' names are a contract.
#[derive(Debug, Serialize)]
struct Entry {
    slug: &'static str,
    name: &'static str,
    family: &'static str,
    confidence: &'static str,
    provider: &'static str,
    signature_header: &'static str,
    signature_aliases: &'static [&'static str],
    signature: String,
    content: String,
    timestamp: Option<String>,
    tolerance_s: Option<u32>,
    key: String,
    delivery_id: Option<Located>,
    event_type: Option<Located>,
    replay_id: Option<Identity>,
    acknowledge_s: Option<u32>,
    after_4xx: Option<&'static str>,
    retries_for_s: Option<u32>,
    source: &'static str,
}

/// Where something stands, and whether the signature covers it.
#[derive(Debug, Serialize)]
struct Located {
    from: String,
    signed: bool,
}

/// What identifies a delivery for a replay guard.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Identity {
    Digest(&'static str),
    From(String),
}

impl Entry {
    fn of(scheme: &Scheme) -> Self {
        let about = scheme.about();
        Self {
            slug: scheme.slug(),
            name: about.map_or(scheme.slug(), |about| about.name()),
            family: about.map_or("", |about| about.family().as_str()),
            confidence: about.map_or("", |about| about.confidence().as_str()),
            provider: scheme.provider(),
            signature_header: scheme.signature_header(),
            signature_aliases: scheme.aliases(),
            signature: signature(scheme),
            content: scheme.content().iter().copied().map(part).collect(),
            timestamp: scheme.timestamp().and_then(timestamp),
            tolerance_s: scheme.tolerance().map(|tolerance| tolerance.past()),
            key: key(scheme.key_format()),
            delivery_id: scheme
                .delivery_id()
                .and_then(|place| located(scheme, place)),
            event_type: scheme.event_type().and_then(|place| located(scheme, place)),
            replay_id: identity(scheme.replay_id()),
            acknowledge_s: scheme.retries().acknowledge_secs,
            after_4xx: match scheme.retries().after_client_error {
                AfterClientError::Loses => Some("the event is lost"),
                AfterClientError::Retries => Some("it is retried"),
                _ => None,
            },
            retries_for_s: scheme.retries().horizon_secs,
            source: about.map_or("", |about| about.source()),
        }
    }

    fn lines(&self) -> Vec<u8> {
        let mut header = self.signature_header.to_owned();
        for alias in self.signature_aliases {
            header.push_str(&format!(", or {alias}"));
        }
        description(&[
            ("slug", self.slug.to_owned()),
            ("name", self.name.to_owned()),
            ("family", self.family.to_owned()),
            ("confidence", self.confidence.to_owned()),
            ("provider", self.provider.to_owned()),
            ("signature header", header),
            ("signature", self.signature.clone()),
            ("signed content", self.content.clone()),
            ("timestamp", self.timestamp.clone().unwrap_or_else(none)),
            (
                "tolerance",
                self.tolerance_s
                    .map_or_else(none, |seconds| format!("{seconds} s")),
            ),
            ("key", self.key.clone()),
            (
                "delivery id",
                self.delivery_id.as_ref().map_or_else(none, Located::text),
            ),
            (
                "event type",
                self.event_type.as_ref().map_or_else(none, Located::text),
            ),
            (
                "replay identity",
                self.replay_id.as_ref().map_or_else(none, Identity::text),
            ),
            (
                "answer within",
                self.acknowledge_s.map_or_else(unknown, duration),
            ),
            (
                "after a 4xx",
                self.after_4xx.map_or_else(unknown, str::to_owned),
            ),
            (
                "retries for",
                self.retries_for_s.map_or_else(unknown, duration),
            ),
            ("source", self.source.to_owned()),
        ])
    }
}

impl Located {
    fn text(&self) -> String {
        let signed = if self.signed { "signed" } else { "not signed" };
        format!("{} ({signed})", self.from)
    }
}

impl Identity {
    fn text(&self) -> String {
        match self {
            Self::Digest(what) => format!("digest of the {what}"),
            Self::From(place) => place.clone(),
        }
    }
}

fn none() -> String {
    "none".to_owned()
}

fn unknown() -> String {
    "not known".to_owned()
}

/// Seconds as people say them; above an hour without what is left of a minute.
fn duration(seconds: u32) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    match seconds {
        0..=600 => format!("{seconds} s"),
        601..=3_599 => format!("{minutes} min"),
        _ if hours > 24 && hours % 24 == 0 => format!("{} days", hours / 24),
        _ if minutes == 0 => format!("{hours} h"),
        _ => format!("{hours} h {minutes} min"),
    }
}

fn key(format: KeyFormat) -> String {
    match format {
        KeyFormat::Text => "text".to_owned(),
        KeyFormat::Hex => "hex".to_owned(),
        KeyFormat::Base64 { prefix: "" } => "base64".to_owned(),
        KeyFormat::Base64 { prefix } => format!("base64 after {prefix}"),
        _ => "?".to_owned(),
    }
}

/// The signature header's text, with what varies in angle brackets.
fn signature(scheme: &Scheme) -> String {
    let mac = match scheme.encoding() {
        Encoding::Base64 => "<base64>",
        Encoding::Base64Url => "<base64url>",
        Encoding::Hex => "<hex>",
        _ => "<mac>",
    };
    match scheme.grammar() {
        Grammar::Plain => mac.to_owned(),
        Grammar::Prefixed {
            prefix,
            optional: false,
        } => format!("{prefix}{mac}"),
        Grammar::Prefixed {
            prefix,
            optional: true,
        } => format!("{mac} or {prefix}{mac}"),
        Grammar::List { prefix, separator } => {
            format!("{prefix}{mac}[{}…]", char::from(separator))
        }
        Grammar::Pairs {
            signature,
            separator,
            assign,
        } => {
            let (separator, assign) = (char::from(separator), char::from(assign));
            let pair = format!("{signature}{assign}{mac}[{separator}…]");
            match scheme.timestamp() {
                Some(Timestamp::Pair(key)) => format!("{key}{assign}<seconds>{separator}{pair}"),
                _ => pair,
            }
        }
        _ => mac.to_owned(),
    }
}

/// A piece of the signed content; literals as they are, everything else in braces.
fn part(part: Part) -> String {
    match part {
        Part::Body => "{body}".to_owned(),
        Part::Header(name) => format!("{{{name}}}"),
        Part::Literal(text) => text.to_owned(),
        Part::Timestamp => "{timestamp}".to_owned(),
        _ => "{?}".to_owned(),
    }
}

fn timestamp(timestamp: Timestamp) -> Option<String> {
    match timestamp {
        Timestamp::Header(name) => Some(format!("header:{name}")),
        Timestamp::Pair(key) => Some(format!("kv:{key}")),
        _ => None,
    }
}

fn located(scheme: &Scheme, at: Place) -> Option<Located> {
    Some(Located {
        from: place(at)?,
        signed: scheme.covers(at),
    })
}

fn identity(replay_id: ReplayId) -> Option<Identity> {
    match replay_id {
        ReplayId::Body => Some(Identity::Digest("body")),
        ReplayId::Content => Some(Identity::Digest("signed content")),
        ReplayId::Id(at) => place(at).map(Identity::From),
        _ => None,
    }
}

fn place(place: Place) -> Option<String> {
    match place {
        Place::Header(name) => Some(format!("header:{name}")),
        Place::Json(pointer) => Some(format!("json:{pointer}")),
        _ => None,
    }
}

fn table(entries: &[Entry]) -> Vec<u8> {
    const HEADINGS: [&str; 5] = [
        "slug",
        "family",
        "confidence",
        "signature header",
        "signed content",
    ];
    let rows: Vec<[&str; 5]> = core::iter::once(HEADINGS)
        .chain(entries.iter().map(|entry| {
            [
                entry.slug,
                entry.family,
                entry.confidence,
                entry.signature_header,
                &entry.content,
            ]
        }))
        .collect();
    let mut widths = [0; 5];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.len().max(*width);
        }
    }
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(&format!("{cell:width$}  "));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.into_bytes()
}

/// The table of the documentation.
fn markdown(entries: &[Entry]) -> Vec<u8> {
    let mut text = String::from(
        "| preset | provider | signature | signed content | key | window | not signed | answer within | after a 4xx | retries for | replay identity | confidence | source |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for entry in entries {
        let unsigned = [&entry.delivery_id, &entry.event_type];
        let unsigned = unsigned.into_iter().flatten().filter(|it| !it.signed);
        let unsigned: Vec<String> = unsigned.map(|it| code(&it.from)).collect();
        let source = match entry.source.starts_with("http") {
            true => format!("<{}>", entry.source),
            false => code(entry.source),
        };
        let cells = [
            code(entry.slug),
            entry.name.to_owned(),
            code(&format!("{}: {}", entry.signature_header, entry.signature)),
            code(&entry.content),
            entry.key.clone(),
            entry.tolerance_s.map_or_else(none, duration),
            unsigned.join(", "),
            entry.acknowledge_s.map_or_else(String::new, duration),
            entry.after_4xx.unwrap_or_default().to_owned(),
            entry.retries_for_s.map_or_else(String::new, duration),
            entry.replay_id.as_ref().map_or_else(
                || "none: a guard would swallow events".to_owned(),
                Identity::text,
            ),
            entry.confidence.to_owned(),
            source,
        ];
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text.into_bytes()
}

/// Text as it is, in a cell of a table.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}
