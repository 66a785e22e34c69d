//! The smaller tables of a scheme: places, parts of the content, keys, where the facts are from.

use super::intern;
use super::table::{Table, quoted};
use super::value::Value;
use super::words::Word;
use crate::scheme::{About, FormJson, KeyFormat, Numbered, Part, Place};

/// The fields that say where something stands.
pub(super) const PLACE: [&str; 4] = ["form", "header", "json", "query"];

/// A text, for good.
pub(super) fn kept(table: &mut Table<'_>, field: &'static str) -> Option<&'static str> {
    table.text(field).map(|text| intern::text(&text))
}

/// The place that a table names; nothing where it names none.
pub(super) fn place(table: &mut Table<'_>) -> Option<Place> {
    let [form, header, json, query] = PLACE.map(|field| kept(table, field));
    match (form, header, json, query) {
        (Some(field), None, Some(pointer), None) => {
            let at = FormJson { field, pointer };
            Some(Place::FormJson(intern::form_json(at)))
        }
        (Some(name), None, None, None) => Some(Place::Form(name)),
        (None, Some(name), None, None) => Some(Place::Header(name)),
        (None, None, Some(pointer), None) => Some(Place::Json(pointer)),
        (None, None, None, Some(name)) => Some(Place::Query(name)),
        (None, None, None, None) => None,
        _ => {
            table.fault_here(
                "names more than one place: one of header, json, form, query; or form and json, for a document in a form field",
            );
            None
        }
    }
}

/// The place in a field of its own.
pub(super) fn place_in(table: &mut Table<'_>, field: &'static str) -> Option<Place> {
    let mut table = table.table(field)?;
    let named = table.has(&PLACE);
    let place = place(&mut table);
    if !named {
        table.fault_here("names no place: write { header = \"…\" }, { json = \"/…\" }, { form = \"…\" } or { query = \"…\" }");
    }
    table.finish();
    place
}

/// A list of texts, for good.
pub(super) fn names(table: &mut Table<'_>, field: &'static str) -> Option<&'static [&'static str]> {
    let mut names = Vec::new();
    for item in table.list(field)? {
        match item {
            Value::Text(text) => names.push(intern::text(&text)),
            other => table.unfit(field, "a list of texts: one item", &other)?,
        }
    }
    Some(intern::names(&names))
}

/// Numbered signature headers.
pub(super) fn numbered(table: &mut Table<'_>) -> Option<Numbered> {
    let mut table = table.table("numbered")?;
    needs(&table, &["prefix", "last"]);
    let prefix = kept(&mut table, "prefix");
    let last = table.number("last");
    table.finish();
    Some(Numbered {
        prefix: prefix?,
        last: last?,
    })
}

/// Headers with their one value each.
pub(super) fn required_headers(
    table: &mut Table<'_>,
) -> Option<&'static [(&'static str, &'static str)]> {
    const FIELD: &str = "required-headers";
    let mut pairs = Vec::new();
    for item in table.list(FIELD)? {
        let Value::Table(fields) = item else {
            return table.unfit(FIELD, "a list of { name = \"…\", value = \"…\" }", &item);
        };
        let mut item = table.inner(FIELD, fields);
        needs(&item, &["name", "value"]);
        let (name, value) = (kept(&mut item, "name"), kept(&mut item, "value"));
        item.finish();
        pairs.push((name?, value?));
    }
    Some(intern::pairs(&pairs))
}

/// How the secret becomes the key: one word, or a table of one field.
pub(super) fn key(table: &mut Table<'_>) -> Option<KeyFormat> {
    const FIELD: &str = "key";
    match table.value(FIELD)? {
        Value::Text(word) => table.meant(FIELD, &word),
        Value::Table(fields) => {
            let one = fields.len() == 1;
            let mut key = table.inner(FIELD, fields);
            let base64 = kept(&mut key, "base64-after").map(|prefix| KeyFormat::Base64 { prefix });
            let public = kept(&mut key, "public-base64-after")
                .map(|prefix| KeyFormat::PublicBase64 { prefix });
            let digest = key.word("text-digest").map(KeyFormat::TextDigest);
            let then = kept(&mut key, "text-then").map(KeyFormat::TextThen);
            if !one {
                key.fault_here("has one field");
            }
            key.finish();
            base64.or(public).or(digest).or(then)
        }
        other => table.unfit(FIELD, "a word or a table", &other),
    }
}

/// The signed content.
pub(super) fn content(table: &mut Table<'_>) -> Option<&'static [Part]> {
    const FIELD: &str = "content";
    let mut parts = Vec::new();
    for item in table.list(FIELD)? {
        let part = match item {
            Value::Text(text) => text_part(table, FIELD, &text),
            Value::Table(fields) => table_part(table.inner(FIELD, fields)),
            other => table.unfit(FIELD, "a list of texts and tables: one item", &other),
        };
        parts.extend(part);
    }
    Some(intern::content(&parts))
}

/// A word in braces, or a literal.
fn text_part(table: &Table<'_>, field: &str, text: &str) -> Option<Part> {
    if text.starts_with('{') && text.ends_with('}') && text.matches('{').count() == 1 {
        return table.meant(field, text);
    }
    // A sender's braces in a literal are rare, a template in one text is a likely mistake.
    if let Some(part) = Part::ALL.iter().find(|part| text.contains(part.word())) {
        table.fault(
            field,
            format!(
                "{} holds {}: a part is a text of its own, as in [\"{{timestamp}}\", \".\", \"{{body}}\"]; if it is meant as it stands, write {{ literal = … }}",
                quoted(text),
                part.word()
            ),
        );
        return None;
    }
    Some(Part::Literal(intern::text(text)))
}

fn table_part(mut table: Table<'_>) -> Option<Part> {
    const OTHERS: [&str; 4] = ["body-digest", "canonical", "config", "literal"];
    let named = table.has(&PLACE) || table.has(&OTHERS);
    let others = [
        table.word("body-digest").map(Part::BodyDigest),
        table.word("canonical").map(Part::Canonical),
        kept(&mut table, "config").map(Part::Config),
        kept(&mut table, "literal").map(Part::Literal),
    ];
    let absent = kept(&mut table, "absent");
    let at = place(&mut table).map(|place| match place {
        Place::Form(name) => Part::Form(name),
        Place::FormJson(at) => Part::FormJson(at),
        Place::Header(name) => Part::Header(name),
        Place::Json(pointer) => Part::Json { pointer, absent },
        Place::Query(name) => Part::Query(name),
    });
    if absent.is_some() && !matches!(at, Some(Part::Json { .. })) {
        table.fault("absent", "is said of a value at json alone");
    }
    let mut parts = others.into_iter().chain([at]).flatten();
    let part = parts.next();
    if !named || parts.next().is_some() {
        table.fault_here(
            "one part has one of header, json, form, query, config, literal, body-digest, canonical",
        );
    }
    table.finish();
    part
}

/// Where the facts are from.
pub(super) fn about(table: &mut Table<'_>) -> Option<About> {
    let mut table = table.table("about")?;
    needs(&table, &["name", "family", "confidence", "source"]);
    let name = kept(&mut table, "name");
    let family = table.word("family");
    let confidence = table.word("confidence");
    let source = kept(&mut table, "source");
    let handshake = kept(&mut table, "handshake");
    let note = kept(&mut table, "replay-note");
    let batches = table.flag("batches");
    table.finish();
    let mut about = About::new(name?, family?, confidence?, source?);
    if let Some(handshake) = handshake {
        about = about.with_handshake(handshake);
    }
    if let Some(note) = note {
        about = about.with_replay_note(note);
    }
    Some(match batches {
        Some(true) => about.with_batches(),
        _ => about,
    })
}

/// Notes which of the fields are missing.
pub(super) fn needs(table: &Table<'_>, fields: &[&str]) {
    for field in fields {
        if !table.has(&[*field]) {
            table.fault(field, "is missing");
        }
    }
}
