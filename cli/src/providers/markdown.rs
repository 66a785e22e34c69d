//! The tables of the documentation: how deliveries are signed, and how they come.

use super::facts::{BODY, Entry, Located};
use super::human::{conditions, duration, identity, timestamp};

/// Two tables, so that neither is too wide to read.
pub(super) fn tables(entries: &[Entry]) -> Vec<u8> {
    let mut text = String::from("### Signatures\n\n");
    let headings = [
        "preset",
        "provider",
        "signature",
        "algorithm",
        "signed content",
        "key",
        "window",
        "not signed",
        "also",
        "confidence",
        "source",
    ];
    table(&mut text, headings, entries.iter().map(signatures));
    text.push_str("\n### Deliveries\n\n");
    let headings = [
        "preset",
        "delivery id",
        "event type",
        "replay identity",
        "note",
        "answer within",
        "after a 4xx",
        "retries for",
        "handshake",
    ];
    table(&mut text, headings, entries.iter().map(deliveries));
    text.into_bytes()
}

fn table<const N: usize>(
    text: &mut String,
    headings: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) {
    text.push_str(&format!("| {} |\n", headings.join(" | ")));
    text.push_str(&format!("|{}\n", "---|".repeat(N)));
    for row in rows {
        text.push_str(&format!("| {} |\n", row.join(" | ")));
    }
}

fn signatures(entry: &Entry) -> [String; 11] {
    let source = match entry.source.starts_with("http") {
        true => format!("<{}>", entry.source),
        false => code(entry.source),
    };
    let mut also = conditions(entry);
    if !entry.features.is_empty() {
        let features: Vec<String> = entry.features.iter().map(|name| code(name)).collect();
        also.push(format!("needs {}", features.join(", ")));
    }
    let window = match (timestamp(entry), entry.tolerance_s) {
        (None, _) => "none".to_owned(),
        (Some(timestamp), None) => format!("none; {} is signed", code(&timestamp)),
        (Some(timestamp), Some(seconds)) => {
            format!("{}, {}", duration(seconds), code(&timestamp))
        }
    };
    [
        code(entry.slug),
        plain(entry.name),
        signature(entry),
        entry.algorithm.clone(),
        code(&entry.content),
        plain(&entry.key),
        window,
        not_signed(entry),
        also.iter()
            .map(|it| plain(it))
            .collect::<Vec<_>>()
            .join("; "),
        entry.confidence.to_owned(),
        source,
    ]
}

/// Where the signature stands and how it is written: `x-acme-signature: v1=<hex>`.
fn signature(entry: &Entry) -> String {
    let Some(first) = entry.signature_header else {
        return code(&format!("{} = {}", entry.signature_at, entry.signature));
    };
    let mut text = code(&format!("{first}: {}", entry.signature));
    for alias in entry.signature_aliases {
        text.push_str(&format!(", or in {}", code(alias)));
    }
    for alternate in entry.signature_alternates {
        text.push_str(&format!(", and in {}", code(alternate)));
    }
    if let Some(numbered) = &entry.signature_numbered {
        let last = format!("{}{}", numbered.prefix, numbered.last);
        text.push_str(&format!(", to {}", code(&last)));
    }
    text
}

/// What the signature does not cover, and of the body why.
fn not_signed(entry: &Entry) -> String {
    let names = entry.not_signed.iter();
    let names = names.map(|name| match entry.body_unsigned {
        Some(why) if name == BODY => format!("{BODY}: {}", plain(why)),
        _ if name == BODY => BODY.to_owned(),
        _ => code(name),
    });
    names.collect::<Vec<_>>().join("; ")
}

fn deliveries(entry: &Entry) -> [String; 9] {
    let located = |place: &Option<Located>| {
        place.as_ref().map_or_else(String::new, |place| {
            let signed = if place.signed { "" } else { ", not signed" };
            format!("{}{signed}", code(&place.from))
        })
    };
    [
        code(entry.slug),
        located(&entry.delivery_id),
        located(&entry.event_type),
        identity(entry, code),
        entry.replay_note.map_or_else(String::new, plain),
        entry.acknowledge_s.map_or_else(String::new, duration),
        entry.after_4xx.unwrap_or_default().to_owned(),
        entry.retries_for_s.map_or_else(String::new, duration),
        entry.handshake.map_or_else(String::new, plain),
    ]
}

/// Text as it is, in a cell of a table.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

/// Prose in a cell of a table: what Markdown or HTML would take for its own is escaped.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '|' | '*' | '<' | '[' | ']' | '\\' => escaped.extend(['\\', character]),
            '\n' => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_one_cell_and_its_text_what_it_is() {
        assert_eq!(code("{timestamp}|{body}"), "`{timestamp}\\|{body}`");
        assert_eq!(
            plain("answer {\"a\":[1]} | <b>\nor 2*2"),
            "answer {\"a\":\\[1\\]} \\| \\<b> or 2\\*2"
        );
    }
}
