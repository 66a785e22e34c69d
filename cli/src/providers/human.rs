//! Providers for a reader: one described, or all in a table.

use super::facts::{BODY, Entry, Identity, Located};
use crate::output::description;

/// One provider, a fact a line. What few schemes have is told where there is something to tell.
pub(super) fn lines(entry: &Entry) -> Vec<u8> {
    let mut facts = vec![
        ("slug", entry.slug.to_owned()),
        ("name", entry.name.to_owned()),
        ("family", entry.family.to_owned()),
        ("confidence", entry.confidence.to_owned()),
        ("provider", entry.provider.to_owned()),
        ("signature in", signature_in(entry)),
        ("signature", entry.signature.clone()),
        ("algorithm", entry.algorithm.clone()),
        ("signed content", entry.content.clone()),
        ("key", entry.key.clone()),
        ("timestamp", timestamp(entry).unwrap_or_else(none)),
        ("tolerance", entry.tolerance_s.map_or_else(none, duration)),
    ];
    facts.extend(conditions(entry).into_iter().map(|it| ("also", it)));
    facts.extend([
        ("not signed", not_signed(entry)),
        ("delivery id", located(entry.delivery_id.as_ref())),
        ("event type", located(entry.event_type.as_ref())),
        ("replay identity", identity(entry, str::to_owned)),
    ]);
    facts.extend(
        entry
            .replay_note
            .map(|note| ("replay note", note.to_owned())),
    );
    facts.extend([
        (
            "answer within",
            entry.acknowledge_s.map_or_else(unknown, duration),
        ),
        (
            "after a 4xx",
            entry.after_4xx.map_or_else(unknown, str::to_owned),
        ),
        (
            "retries for",
            entry.retries_for_s.map_or_else(unknown, duration),
        ),
        (
            "handshake",
            entry.handshake.map_or_else(none, str::to_owned),
        ),
    ]);
    if !entry.features.is_empty() {
        facts.push(("features", entry.features.join(", ")));
    }
    facts.push(("source", entry.source.to_owned()));
    description(&facts)
}

/// All providers, a line each.
pub(super) fn table(entries: &[Entry]) -> Vec<u8> {
    let headings = [
        "slug",
        "family",
        "confidence",
        "signature in",
        "signed content",
    ];
    let rows: Vec<[&str; 5]> = core::iter::once(headings)
        .chain(entries.iter().map(|entry| {
            [
                entry.slug,
                entry.family,
                entry.confidence,
                &entry.signature_at,
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

/// Where the signature stands, and what is read besides or instead.
fn signature_in(entry: &Entry) -> String {
    let mut places = entry.signature_at.clone();
    for alias in entry.signature_aliases {
        places.push_str(&format!(", or header:{alias}"));
    }
    for alternate in entry.signature_alternates {
        places.push_str(&format!(", and header:{alternate}"));
    }
    if let Some(numbered) = &entry.signature_numbered {
        let (prefix, last) = (numbered.prefix, numbered.last);
        places.push_str(&format!(" to header:{prefix}{last}"));
    }
    places
}

/// Where the timestamp stands, and its unit.
pub(super) fn timestamp(entry: &Entry) -> Option<String> {
    let (from, unit) = (entry.timestamp.as_ref()?, entry.timestamp_unit?);
    Some(format!("{from} in {unit}"))
}

/// What must hold besides signature and window, or be known beforehand.
pub(super) fn conditions(entry: &Entry) -> Vec<String> {
    let mut conditions = Vec::new();
    if entry.signs_url {
        let port = match entry.port_variants {
            true => ", with a port or without",
            false => "",
        };
        conditions.push(format!("the public URL must be known{port}"));
    }
    for name in &entry.config {
        conditions.push(format!("{name} must be configured"));
    }
    for (name, value) in &entry.required_headers {
        conditions.push(format!("header:{name} must be {value}"));
    }
    if let Some(digest) = &entry.body_digest {
        let (from, digest) = (&digest.from, digest.digest);
        conditions.push(format!("{from} must be the {digest} of the body"));
    }
    if let Some(array) = &entry.each {
        conditions.push(format!("each item of {array} is signed by itself"));
    }
    if let Some(separator) = entry.groups {
        let separator = match separator {
            ' ' => "blanks".to_owned(),
            other => format!("`{other}`"),
        };
        conditions.push(format!("several groups may stand between {separator}"));
    }
    if entry.trimmed {
        conditions.push("white space around items is dropped".to_owned());
    }
    if entry.body_form == "decoded" {
        conditions.push("the body is signed as it was before compression".to_owned());
    }
    if entry.last_field_counts {
        conditions.push("the last of a repeated form field counts".to_owned());
    }
    conditions.extend(
        entry
            .parts_touch
            .map(|why| format!("signed parts touch: {why}")),
    );
    conditions
}

/// What the signature does not cover, and of the body why.
fn not_signed(entry: &Entry) -> String {
    let names = entry.not_signed.iter();
    let names = names.map(|name| match entry.body_unsigned {
        Some(why) if name == BODY => format!("{BODY} ({why})"),
        _ => name.clone(),
    });
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        return none();
    }
    names.join(", ")
}

fn located(place: Option<&Located>) -> String {
    place.map_or_else(none, |place| {
        let signed = if place.signed { "signed" } else { "not signed" };
        format!("{} ({signed})", place.from)
    })
}

/// What a replay guard remembers, with places written so, and whether one body may hold several
/// events.
pub(super) fn identity(entry: &Entry, place: impl Fn(&str) -> String) -> String {
    let identity = match &entry.replay_id {
        Some(Identity::Digest(what)) => format!("digest of the {what}"),
        Some(Identity::From(from)) => place(from),
        None => "none: a guard would swallow events".to_owned(),
    };
    match entry.batch {
        true => format!("{identity}; a body may hold several events"),
        false => identity,
    }
}

fn none() -> String {
    "none".to_owned()
}

fn unknown() -> String {
    "not known".to_owned()
}

/// Seconds as people say them; above an hour without what is left of a minute.
pub(super) fn duration(seconds: u32) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    match seconds {
        0..=600 => format!("{seconds} s"),
        601..=3_599 => format!("{minutes} min"),
        _ if hours > 24 && hours % 24 == 0 => format!("{} days", hours / 24),
        _ if minutes == 0 => format!("{hours} h"),
        _ => format!("{hours} h {minutes} min"),
    }
}
