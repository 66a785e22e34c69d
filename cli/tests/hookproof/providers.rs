//! `hookproof providers`: the list, one entry, and names that are not in it.

use hookproof::providers::ALL;
use serde_json::{Value, json};

use crate::support::{Run, run, run_with};

fn providers(more: &[&str]) -> Run {
    run_with(&[&["providers"], more].concat(), &[], "")
}

#[test]
fn all_providers_come_as_one_array() {
    let run = providers(&["--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let json = run.json();
    let entries = json.as_array().expect("an array");
    let slugs: Vec<&str> = entries
        .iter()
        .filter_map(|entry| entry["slug"].as_str())
        .collect();
    assert_eq!(slugs.len(), ALL.len());
    assert!(slugs.is_sorted());
    for seed in [
        "jetemail",
        "jetemail-inbound",
        "mailingapi",
        "sendkit",
        "sendmux",
        "sendmux-v2",
        "sent",
    ] {
        assert!(slugs.contains(&seed), "{seed}");
    }
    for entry in entries {
        for field in [
            "name",
            "family",
            "provider",
            "signature_at",
            "signature",
            "algorithm",
            "key",
            "content",
            "source",
        ] {
            assert!(
                entry[field].as_str().is_some_and(|text| !text.is_empty()),
                "{field}: {entry}"
            );
        }
        let confidence = entry["confidence"].as_str();
        assert!(matches!(confidence, Some("A" | "B" | "C" | "D")), "{entry}");
        for field in [
            "encoding",
            "signature_header",
            "timestamp",
            "timestamp_unit",
            "tolerance_s",
            "delivery_id",
            "event_type",
            "replay_id",
            "replay_note",
            "acknowledge_s",
            "after_4xx",
            "retries_for_s",
            "handshake",
        ] {
            assert!(entry.get(field).is_some(), "{field}: {entry}");
        }
        // What the program has no word for would stand there as the library prints it.
        for field in ["signature_at", "signature", "algorithm", "key", "content"] {
            let text = entry[field].as_str().expect("a text");
            assert!(!text.contains("(\""), "{field}: {entry}");
        }
    }
}

#[test]
fn one_provider_comes_as_an_array_of_one() {
    let run = providers(&["sendmux-v2", "--format", "json"]);
    let expected = r#"[{
        "slug": "sendmux-v2",
        "name": "Sendmux (timestamped)",
        "family": "stamped-headers",
        "confidence": "B",
        "provider": "sendmux",
        "signature_at": "header:x-sendmux-signature-v2",
        "signature_header": "x-sendmux-signature-v2",
        "signature_aliases": [],
        "signature_alternates": [],
        "signature_numbered": null,
        "signature": "v1=<hex>",
        "groups": null,
        "trimmed": false,
        "algorithm": "hmac-sha256",
        "encoding": "hex",
        "key": "text",
        "content": "{timestamp}.{body}",
        "parts_touch": null,
        "each": null,
        "body_form": "sent",
        "body_digest": null,
        "last_field_counts": false,
        "timestamp": "header:x-sendmux-timestamp",
        "timestamp_unit": "s",
        "tolerance_s": 300,
        "required_headers": {},
        "config": [],
        "signs_url": false,
        "port_variants": false,
        "reads_query": false,
        "not_signed": [],
        "body_unsigned": null,
        "delivery_id": {"from": "json:/id", "signed": true},
        "event_type": {"from": "json:/type", "signed": true},
        "replay_id": {"from": "json:/id"},
        "replay_note": null,
        "batch": false,
        "acknowledge_s": 10,
        "after_4xx": "it is retried",
        "retries_for_s": 172800,
        "handshake": null,
        "features": [],
        "source": "Sendmux/docs:tests/webhook-verifier-example.test.mjs"
    }]"#;
    let expected: Value = serde_json::from_str(expected).expect("JSON");
    assert_eq!((run.code, run.json()), (0, expected));
}

#[test]
fn places_and_forms_are_readable() {
    let json = providers(&["--format", "json"]).json();
    let entry = |slug: &str| {
        let entries = json.as_array().expect("an array");
        entries
            .iter()
            .find(|entry| entry["slug"] == slug)
            .expect("a preset")
            .clone()
    };
    let github = entry("github");
    assert_eq!(
        github["delivery_id"],
        json!({"from": "header:x-github-delivery", "signed": false})
    );
    assert_eq!(github["replay_id"], json!({"digest": "body"}));
    assert_eq!(
        github["not_signed"],
        json!(["header:x-github-delivery", "header:x-github-event"])
    );
    assert_eq!(github["tolerance_s"], Value::Null);
    assert_eq!(entry("stripe")["signature"], "t=<seconds>,v1=<hex>[,…]");
    assert_eq!(entry("slack")["content"], "v0:{timestamp}:{body}");
    assert_eq!(entry("svix")["content"], "{svix-id}.{timestamp}.{body}");
    assert_eq!(entry("svix")["signature"], "v1,<base64>[ …]");
    assert_eq!(entry("sendkit")["signature"], "<hex> or sha256=<hex>");
    assert_eq!(
        entry("sendkit")["signature_aliases"],
        json!(["x-sendkit-signature"])
    );
}

#[test]
fn a_reader_gets_a_table_or_a_description() {
    let table = providers(&[]);
    assert_eq!(
        (table.code, table.stdout.lines().count()),
        (0, ALL.len() + 1)
    );
    let stripe = table
        .stdout
        .lines()
        .find(|line| line.starts_with("stripe "))
        .expect("a line");
    let column = table.stdout.find("signed content").expect("a heading");
    assert_eq!(&stripe[column..], "{timestamp}.{body}");

    let one = providers(&["github"]);
    assert!(
        one.stdout
            .contains("signature in     header:x-hub-signature-256\n"),
        "{one:?}"
    );
    assert!(
        one.stdout
            .contains("delivery id      header:x-github-delivery (not signed)\n")
    );
}

#[test]
fn an_unknown_provider_is_told_the_nearest_name() {
    for (typed, nearest) in [
        ("strip", "stripe"),
        ("Stripe", "stripe"),
        ("githab", "github"),
        ("standard_webhooks", "standard-webhooks"),
        ("sendmuxv2", "sendmux-v2"),
        ("paddle", "paddle-billing"),
        ("netlfy", "netlify, which is not supported yet"),
    ] {
        let words = format!("unknown provider {typed}: the nearest name is {nearest}");
        for run in everywhere(typed) {
            run.fails_with(&words);
            assert_eq!(run.json()["error"], "unknown-provider");
        }
    }
}

#[test]
fn an_endless_or_odd_name_is_not_repeated_as_it_is() {
    let run = providers(&["\u{1b}[2J"]);
    run.fails_with("unknown provider \\u{1b}[2J");
    let run = providers(&[&"x".repeat(5000)]);
    run.fails_with("`hookproof providers` lists");
    assert!(run.stderr.len() < 600);
}

#[test]
fn a_known_provider_without_a_preset_is_not_supported_yet() {
    for slug in ["netlify", "google-pubsub"] {
        for run in everywhere(slug) {
            run.fails_with(&format!("provider {slug} is not supported yet"));
            assert_eq!(run.json()["error"], "unsupported-provider");
        }
    }
}

/// The answers of all three commands to a provider's name.
fn everywhere(slug: &str) -> [Run; 3] {
    [
        format!("providers {slug} --format json"),
        format!("sign --provider {slug} --secret-env SECRET --format json"),
        format!("verify --provider {slug} --secret-env SECRET --request - --format json"),
    ]
    .map(|line| run(&line, &[], ""))
}

/// As it is in the documentation, which is written by this command.
#[test]
fn the_documentation_has_the_table() {
    let table = providers(&["--format", "markdown"]);
    assert_eq!((table.code, table.stderr.as_str()), (0, ""));
    let documented = include_str!("../../../docs/providers.md");
    assert!(
        documented.ends_with(&table.stdout),
        "docs/providers.md should end with what `hookproof providers --format markdown` prints"
    );
}

/// Not supported yet, and not forgotten.
#[test]
fn the_documentation_names_what_is_not_supported_yet() {
    let documented = include_str!("../../../docs/providers.md");
    for slug in include_str!("../../src/deferred.txt").lines() {
        assert!(documented.contains(&format!("`{slug}`")), "{slug}");
    }
}
