//! Every preset says what its record says, field by field.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::BTreeSet;

use hookproof::providers;
use hookproof::scheme::{Encoding, Grammar, KeyFormat, Part, Place, ReplayId, Scheme, Timestamp};
use serde_json::{Map, Value};
use support::delivered::Delivered;
use support::vectors::load;

/// The records, by slug.
fn records() -> Map<String, Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/schemes.jsonl");
    let text = std::fs::read_to_string(path).expect("the records are part of the repository");
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a record is JSON"))
        .map(|record| (text_of(&record["slug"]).to_owned(), record))
        .collect()
}

fn text_of(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// Runs a comparison for every preset and its record.
fn each(compare: impl Fn(&str, &Scheme, &Value)) {
    let records = records();
    for scheme in providers::ALL {
        compare(scheme.slug(), scheme, &records[scheme.slug()]);
    }
}

/// A header's name as schemes write it.
fn header(name: &Value) -> String {
    text_of(name).to_lowercase()
}

/// A place as records write it: `header:NAME` or `json:/pointer`.
fn place(place: Place) -> String {
    match place {
        Place::Header(name) => format!("header:{name}"),
        Place::Json(pointer) => format!("json:{pointer}"),
        other => panic!("{other:?} is new"),
    }
}

fn recorded_place(from: &Value) -> String {
    match text_of(from).split_once(':').expect("a place") {
        ("header", name) => format!("header:{}", name.to_lowercase()),
        (kind, rest) => format!("{kind}:{rest}"),
    }
}

fn byte(text: &Value) -> u8 {
    match text_of(text).as_bytes() {
        [byte] => *byte,
        other => panic!("{other:?} is not one byte"),
    }
}

#[test]
fn every_record_is_a_preset_and_every_preset_has_one() {
    let slugs: BTreeSet<String> = records().keys().cloned().collect();
    let presets: BTreeSet<String> = providers::ALL.iter().map(|s| s.slug().to_owned()).collect();
    assert_eq!(slugs, presets);
    assert_eq!(providers::ALL.len(), 140);
}

#[test]
fn presets_are_sorted_by_slug_without_repetition() {
    assert!(
        providers::ALL
            .windows(2)
            .all(|two| two[0].slug() < two[1].slug())
    );
}

#[test]
fn every_preset_is_found_by_its_slug() {
    for scheme in providers::ALL {
        let found = providers::find(scheme.slug()).expect("found");
        assert!(core::ptr::eq(found, *scheme), "{}", scheme.slug());
    }
}

#[test]
fn no_other_slug_is_found() {
    for slug in [
        "",
        "Stripe",
        "stripe ",
        "strip",
        "stripe-v2",
        "a",
        "zzz",
        "sendmux_v2",
        "\0",
    ] {
        assert!(providers::find(slug).is_none(), "{slug:?}");
    }
}

#[test]
fn name_family_confidence_and_source_are_the_records() {
    each(|slug, scheme, record| {
        let about = scheme.about().expect("a preset says where it is from");
        assert_eq!(about.name(), record["name"], "{slug}");
        assert_eq!(about.family().as_str(), record["family"], "{slug}");
        assert_eq!(about.confidence().as_str(), record["confidence"], "{slug}");
        assert_eq!(about.source(), record["source"], "{slug}");
    });
}

/// Presets that sign the same deliveries share their provider's name; every other is its own.
#[test]
fn providers_are_named_after_their_presets() {
    each(|slug, scheme, _| {
        let provider = match slug {
            "convoy-advanced" => "convoy",
            "grafana-alerting-timestamped" => "grafana-alerting",
            "sendmux-v2" => "sendmux",
            slug => slug,
        };
        assert_eq!(scheme.provider(), provider);
    });
}

#[test]
fn signature_headers_are_the_records() {
    each(|slug, scheme, record| {
        let signature = &record["signature"];
        assert_eq!(signature["in"], "header", "{slug}");
        assert_eq!(
            scheme.signature_header(),
            header(&signature["name"]),
            "{slug}"
        );
        let aliases: Vec<String> = signature["aliases"]
            .as_array()
            .map(|names| names.iter().map(header).collect())
            .unwrap_or_default();
        assert_eq!(scheme.aliases(), aliases, "{slug}");
    });
}

#[test]
fn grammars_are_the_records() {
    each(|slug, scheme, record| {
        let signature = &record["signature"];
        let many = match scheme.grammar() {
            Grammar::Plain => {
                assert_eq!(signature["format"], "plain", "{slug}");
                assert!(signature.get("prefix").is_none(), "{slug}");
                false
            }
            Grammar::Prefixed { prefix, optional } => {
                assert_eq!(signature["format"], "prefixed", "{slug}");
                assert_eq!(signature["prefix"], prefix, "{slug}");
                let recorded = signature["prefix_optional"].as_bool().unwrap_or(false);
                assert_eq!(optional, recorded, "{slug}");
                false
            }
            Grammar::List { prefix, separator } => {
                assert_eq!(signature["format"], "versioned-list", "{slug}");
                assert_eq!(signature["prefix"], prefix, "{slug}");
                assert_eq!(separator, byte(&signature["list_sep"]), "{slug}");
                true
            }
            Grammar::Pairs {
                signature: key,
                separator,
                assign,
            } => {
                assert_eq!(signature["format"], "kv", "{slug}");
                assert_eq!(signature["key"], key, "{slug}");
                assert_eq!(separator, byte(&signature["pair_sep"]), "{slug}");
                assert_eq!(assign, byte(&signature["kv_sep"]), "{slug}");
                true
            }
            other => panic!("{other:?} is new"),
        };
        // Taking several where the vendor sends one lets nothing in that one would not.
        assert!(many || signature["many"] != true, "{slug}");
    });
}

#[test]
fn encodings_and_keys_are_the_records() {
    each(|slug, scheme, record| {
        let (mac, key) = (&record["mac"], &record["key"]);
        assert_eq!(mac["alg"], "hmac-sha256", "{slug}");
        let encoding = match scheme.encoding() {
            Encoding::Base64 => "base64",
            Encoding::Base64Url => "base64url",
            Encoding::Hex => "hex",
            other => panic!("{other:?} is new"),
        };
        // Hex is read in either case, whichever the provider prints.
        let recorded = text_of(&mac["encoding"]).trim_end_matches("-upper");
        assert_eq!(recorded, encoding, "{slug}");
        let (format, prefix) = match scheme.key_format() {
            KeyFormat::Base64 { prefix: "" } => ("base64", None),
            KeyFormat::Base64 { prefix } => ("prefix-base64", Some(prefix)),
            KeyFormat::Hex => ("hex", None),
            KeyFormat::Text => ("utf8", None),
            other => panic!("{other:?} is new"),
        };
        assert_eq!(key["format"], format, "{slug}");
        assert_eq!(key["prefix"].as_str(), prefix, "{slug}");
    });
}

#[test]
fn signed_contents_are_the_records() {
    each(|slug, scheme, record| {
        let recorded: Vec<String> = record["content"]
            .as_array()
            .expect("parts")
            .iter()
            .map(|part| match part.get("lit") {
                Some(text) => format!("lit {}", text_of(text)),
                None if part["part"] == "header" => format!("header {}", header(&part["name"])),
                None => text_of(&part["part"]).to_owned(),
            })
            .collect();
        let parts = scheme.content().iter().map(|part| match part {
            Part::Body => "body".to_owned(),
            Part::Header(name) => format!("header {name}"),
            Part::Literal(text) => format!("lit {text}"),
            Part::Timestamp => "timestamp".to_owned(),
            other => panic!("{other:?} is new"),
        });
        assert_eq!(parts.collect::<Vec<_>>(), recorded, "{slug}");
    });
}

/// A timestamp that a record calls unsigned is no fact of a scheme: it would prove nothing.
#[test]
fn signed_timestamps_are_the_records_and_unsigned_ones_are_left_out() {
    each(|slug, scheme, record| {
        let recorded = &record["timestamp"];
        if recorded["signed"] != true {
            assert_eq!(scheme.timestamp(), None, "{slug}");
            assert_eq!(scheme.tolerance(), None, "{slug}");
            return;
        }
        let from = match scheme.timestamp().expect("a timestamp") {
            Timestamp::Header(name) => format!("header:{name}"),
            Timestamp::Pair(key) => format!("kv:{key}"),
            other => panic!("{other:?} is new"),
        };
        assert_eq!(from, recorded_place(&recorded["from"]), "{slug}");
        assert_eq!(recorded["unit"], "s", "{slug}");
        let window = scheme.tolerance();
        let recorded = recorded["tolerance_s"].as_u64();
        assert_eq!(window.map(|it| u64::from(it.past())), recorded, "{slug}");
        assert_eq!(window.map(|it| u64::from(it.future())), recorded, "{slug}");
    });
}

#[test]
fn ids_and_event_names_are_the_records_and_so_is_what_is_signed() {
    each(|slug, scheme, record| {
        for (ours, field) in [
            (scheme.delivery_id(), "delivery_id"),
            (scheme.event_type(), "event_type"),
        ] {
            let recorded = &record[field];
            let Some(ours) = ours else {
                assert!(recorded.is_null(), "{slug}: {field} {recorded}");
                continue;
            };
            assert_eq!(
                place(ours),
                recorded_place(&recorded["from"]),
                "{slug}: {field}"
            );
            // ClickUp's names the endpoint; the record calls it unsigned for that.
            if slug != "clickup" {
                assert_eq!(recorded["signed"], scheme.covers(ours), "{slug}: {field}");
            }
        }
    });
}

#[test]
fn replay_identities_are_the_records_and_signed() {
    each(|slug, scheme, record| {
        let recorded = &record["replay_id"];
        match scheme.replay_id() {
            ReplayId::Body => {
                assert_eq!(recorded["digest"], "body", "{slug}");
                assert!(recorded.get("from").is_none(), "{slug}");
            }
            ReplayId::Id(id) => {
                assert_eq!(place(id), recorded_place(&recorded["from"]), "{slug}");
                assert!(scheme.covers(id), "{slug}");
            }
            ReplayId::Content => {
                assert_eq!(recorded["digest"], "content", "{slug}");
                assert_eq!(recorded["stamp"], true, "{slug}");
            }
            ReplayId::Indistinct => assert_eq!(recorded["none"], true, "{slug}"),
            other => panic!("{other:?} is new"),
        }
    });
}

/// A preset without one would be a guess.
#[test]
fn every_preset_has_an_accepted_vector() {
    let mut accepted = BTreeSet::new();
    for file in ["seeds.jsonl", "providers.jsonl", "hostile.jsonl"] {
        for vector in load(file) {
            if vector.expect == "accept" && vector.judge() == "accept" {
                accepted.insert(vector.provider);
            }
        }
    }
    let presets: BTreeSet<String> = providers::ALL.iter().map(|s| s.slug().to_owned()).collect();
    assert_eq!(accepted, presets);
}

/// Whoever holds a captured delivery can write any header that is not signed.
#[test]
fn ids_and_event_names_outside_the_signature_are_marked() {
    let receipt_of = |scheme: &Scheme, headers: &[(&'static str, &str)]| {
        let mut delivered = Delivered::signed(scheme);
        for (name, value) in headers {
            let value = value.parse().expect("a value");
            delivered.headers.insert(*name, value);
        }
        let receipt = delivered.judge().expect("a good delivery");
        let id = receipt.unsigned_delivery_id(&delivered.headers);
        let event = receipt.unsigned_event_type(&delivered.headers);
        (
            receipt.signed_id().map(str::to_owned),
            id.map(|id| id.into_unproven().to_owned()),
            event.map(|event| event.into_unproven().to_owned()),
        )
    };
    let text = |text: &str| Some(text.to_owned());
    let github = [("x-github-delivery", "d-1"), ("x-github-event", "push")];
    assert_eq!(
        receipt_of(&providers::GITHUB, &github),
        (None, text("d-1"), text("push"))
    );
    assert_eq!(receipt_of(&providers::GITHUB, &[]), (None, None, None));
    // Sent signs the endpoint's id, which is no delivery's, and not the event's.
    let sent = [("x-webhook-event-id", "e-1")];
    assert_eq!(
        receipt_of(&providers::SENT, &sent),
        (None, text("e-1"), None)
    );
    assert_eq!(
        receipt_of(&providers::SVIX, &[]),
        (text("id_1"), None, None)
    );
    assert_eq!(receipt_of(&providers::STRIPE, &[]), (None, None, None));
}
