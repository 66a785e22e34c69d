//! Every vendored delivery gets its verdict.

mod support;

use support::delivered::{Delivered, kind};
use support::vectors::load;

/// Runs a file and says how many of its rows were judged.
fn judged(file: &str) -> usize {
    let vectors = load(file);
    let wrong: Vec<String> = vectors
        .iter()
        .filter(|vector| vector.firm)
        .filter_map(|vector| {
            let verdict = vector.judge();
            (!vector.wants(&verdict)).then(|| {
                format!(
                    "{}: {verdict}, not {} {:?}",
                    vector.id, vector.expect, vector.reason
                )
            })
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong verdicts:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    vectors.iter().filter(|vector| vector.firm).count()
}

#[test]
fn seed_deliveries_get_their_verdict() {
    assert_eq!(judged("seeds.jsonl"), 551);
}

#[test]
fn other_presets_deliveries_get_their_verdict() {
    assert_eq!(judged("providers.jsonl"), 572);
}

#[test]
fn firm_hostile_headers_get_their_verdict() {
    assert_eq!(judged("hostile.jsonl"), 127);
}

/// Where established verifiers disagree, these are this crate's choices.
const CHOICES: [(&str, &str, &str); 16] = [
    (
        "hx-h-008",
        "accept",
        "junk pairs within 8 KiB are unknown keys, passed over",
    ),
    (
        "hx-h-012",
        "mismatch",
        "of 100 candidates the first 32 are looked at",
    ),
    (
        "hx-h-020",
        "malformed",
        "a tab belongs to the key after it, so there is no v1",
    ),
    (
        "hx-h-021",
        "malformed",
        "a blank belongs to the key after it, so there is no v1",
    ),
    (
        "hx-h-046",
        "malformed",
        "nothing is trimmed: a timestamp is digits alone",
    ),
    (
        "hx-h-056",
        "accept",
        "hex is compared as bytes, so either case will do",
    ),
    (
        "hx-h-057",
        "accept",
        "hex is compared as bytes, so mixed case will do",
    ),
    (
        "hx-h-059",
        "malformed",
        "nothing is trimmed: 64 digits and a blank are no MAC",
    ),
    (
        "hx-h-070",
        "accept",
        "a word without = is no pair, passed over",
    ),
    (
        "hx-h-101",
        "malformed",
        "one MAC has one base64 text, and it is padded",
    ),
    (
        "hx-h-102",
        "malformed",
        "the scheme writes the standard alphabet",
    ),
    (
        "hx-h-110",
        "accept",
        "an id of 8 KiB is within the limit of a header",
    ),
    (
        "hx-h-117",
        "accept",
        "the prefix of a base64 secret may be absent",
    ),
    (
        "hx-h-119",
        "accept",
        "items between two blanks are empty, passed over",
    ),
    (
        "hx-h-129",
        "accept",
        "hex is compared as bytes, so either case will do",
    ),
    (
        "hx-h-132",
        "bad-secret",
        "a pasted line break is refused, not trimmed",
    ),
];

#[test]
fn choices_on_open_hostile_headers_are_kept() {
    let judged: Vec<(String, String)> = load("hostile.jsonl")
        .iter()
        .filter(|vector| !vector.firm)
        .map(|vector| (vector.id.clone(), vector.judge()))
        .collect();
    let chosen = CHOICES.map(|(id, verdict, _)| (id.to_owned(), verdict.to_owned()));
    assert_eq!(judged, chosen);
}

/// A verdict must not depend on how the body comes.
#[test]
fn streamed_deliveries_get_the_same_verdict() {
    let mut streamed = 0;
    for file in ["seeds.jsonl", "providers.jsonl", "hostile.jsonl"] {
        for vector in load(file) {
            if let Some(delivered) = Delivered::of(&vector) {
                // Judges both ways and compares.
                let verdict = delivered.verdict();
                let pieces: Vec<&[u8]> = delivered.body.chunks(7).collect();
                assert_eq!(kind(&delivered.stream(&pieces)), verdict, "{}", vector.id);
                streamed += 1;
            }
        }
    }
    assert!(
        streamed > 650,
        "only {streamed} deliveries could be streamed"
    );
}
