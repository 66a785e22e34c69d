//! Whole headers, as proxies and others change them.

use fastrand::Rng;

use super::When::Headers;
use super::{Change, any, has_base64_secret};
use crate::draft::{Draft, one};

pub(crate) const CHANGES: &[Change] = &[
    Change::new("a header missing", Headers, any, missing),
    Change::new("a header empty", Headers, any, empty),
    Change::new("a header twice", Headers, any, twice),
    Change::new("a header with another line", Headers, any, another_line),
    Change::new("a header joined", Headers, any, joined),
    Change::new("a header with blanks", Headers, any, blanks),
    Change::new("a header above 0x7f", Headers, any, high),
    Change::new("a long header", Headers, any, long),
    Change::new("names in another case", Headers, any, other_case),
    Change::new("headers of others beside", Headers, any, beside),
    Change::new(
        "headers under the other names",
        Headers,
        has_base64_secret,
        other_names,
    ),
    Change::new(
        "headers under both names",
        Headers,
        has_base64_secret,
        both_names,
    ),
];

fn which(draft: &Draft, rng: &mut Rng) -> &'static str {
    one(rng, &draft.read_headers())
}

fn missing(draft: &mut Draft, rng: &mut Rng) {
    let name = which(draft, rng);
    draft
        .headers
        .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
}

fn empty(draft: &mut Draft, rng: &mut Rng) {
    let name = which(draft, rng);
    draft.values_of(name).for_each(Vec::clear);
}

fn twice(draft: &mut Draft, rng: &mut Rng) {
    let name = which(draft, rng);
    let value = draft.values_of(name).next().cloned();
    draft.add(name, value.unwrap_or_default());
}

fn another_line(draft: &mut Draft, rng: &mut Rng) {
    let name = which(draft, rng);
    let wrong = draft.wrong(rng);
    let line = (
        name.to_owned(),
        one(rng, &[&wrong[..], b"", b"1", b"v0=00", b"t=1"]).to_vec(),
    );
    let at = rng.usize(..=draft.headers.len());
    draft.headers.insert(at, line);
}

fn joined(draft: &mut Draft, rng: &mut Rng) {
    let name = which(draft, rng);
    let wrong = draft.wrong(rng);
    let seam = one(rng, &[&b", "[..], b",", b" "]);
    let (other, is_first) = (
        one(rng, &[None, Some(wrong)].each_ref()).clone(),
        rng.bool(),
    );
    for value in draft.values_of(name) {
        let other = other.clone().unwrap_or_else(|| value.clone());
        *value = match is_first {
            true => [other, seam.to_vec(), value.clone()].concat(),
            false => [value.clone(), seam.to_vec(), other].concat(),
        };
    }
}

fn blanks(draft: &mut Draft, rng: &mut Rng) {
    let name = which(draft, rng);
    let (start, end) = one(rng, &[(" ", ""), ("", " "), ("\t", "\t"), ("  ", "  ")]);
    for value in draft.values_of(name) {
        *value = [start.as_bytes(), value, end.as_bytes()].concat();
    }
}

fn high(draft: &mut Draft, rng: &mut Rng) {
    let name = which(draft, rng);
    let byte = one(rng, &[0x80, 0xa0, 0xe9, 0xff]);
    for value in draft.values_of(name) {
        let at = rng.usize(..=value.len());
        value.insert(at, byte);
    }
}

fn long(draft: &mut Draft, rng: &mut Rng) {
    let name = which(draft, rng);
    let filler = one(rng, b" ,x");
    for value in draft.values_of(name) {
        value.extend(vec![filler; 8 * 1024]);
    }
}

fn other_case(draft: &mut Draft, rng: &mut Rng) {
    for (name, _) in &mut draft.headers {
        *name = match rng.bool() {
            true => name.to_ascii_uppercase(),
            false => name.to_ascii_lowercase(),
        };
    }
}

fn beside(draft: &mut Draft, rng: &mut Rng) {
    let wrong = draft.wrong(rng);
    for name in [
        "X-Hub-Signature",
        "X-Request-Id",
        "X-Slack-Retry-Num",
        "X-Forwarded-For",
    ] {
        draft.add(name, one(rng, &[&wrong[..], b"\xff", b"1"]).to_vec());
    }
}

/// Svix's own headers, and those of the standard that it gave rise to.
fn other_name(name: &str) -> String {
    match name.strip_prefix("svix-") {
        Some(rest) => format!("webhook-{rest}"),
        None => name.replace("webhook-", "svix-"),
    }
}

fn other_names(draft: &mut Draft, _: &mut Rng) {
    for (name, _) in &mut draft.headers {
        *name = other_name(name);
    }
}

fn both_names(draft: &mut Draft, rng: &mut Rng) {
    let wrong = draft.wrong(rng);
    for (name, value) in draft.headers.clone() {
        if name != "Content-Type" {
            let value = one(rng, &[&value, &wrong, &Vec::new()]).clone();
            draft.add(&other_name(&name), value);
        }
    }
}
