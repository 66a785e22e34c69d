//! The README's tables say what the code says.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

use hookproof::providers;
use hookproof::scheme::{Part, Scheme};

const README: &str = include_str!("../README.md");

fn content(scheme: &Scheme) -> String {
    scheme
        .content()
        .iter()
        .map(|part| match part {
            Part::Body => "{body}".to_owned(),
            Part::Header(name) => format!("{{{name}}}"),
            Part::Literal(text) => (*text).to_owned(),
            Part::Timestamp => "{timestamp}".to_owned(),
            other => panic!("say how {other:?} is written"),
        })
        .collect()
}

/// The presets of the seed providers, which stand in every table.
const SEEDS: [&str; 7] = [
    "jetemail",
    "jetemail-inbound",
    "mailingapi",
    "sendkit",
    "sendmux",
    "sendmux-v2",
    "sent",
];

/// Compares each row of a table that begins with a preset's slug with what its scheme says.
fn compare(text: &str, row: impl Fn(&Scheme) -> String) {
    let mut listed = Vec::new();
    for line in text.lines() {
        let Some((slug, _)) = line.strip_prefix("| `").and_then(|it| it.split_once('`')) else {
            continue;
        };
        if let Some(scheme) = providers::find(slug) {
            assert_eq!(line, row(scheme));
            listed.push(slug);
        }
    }
    assert!(listed.is_sorted_by(|a, b| a < b), "{listed:?}");
    for seed in SEEDS {
        assert!(listed.contains(&seed), "{seed} is missing");
    }
}

#[test]
fn the_provider_table_says_what_the_presets_say() {
    compare(README, |scheme| {
        let about = scheme.about();
        let about = about.expect("a preset says where its facts come from");
        let window = scheme.tolerance();
        let window = window.map_or("none".to_owned(), |it| format!("{} s", it.past()));
        format!(
            "| `{}` | {} | `{}` | `{}` | {window} | {} |",
            scheme.slug(),
            about.name(),
            scheme.signature_header().expect("a signature in a header"),
            content(scheme),
            about.confidence().as_str()
        )
    });
    let all = format!("{} presets", providers::ALL.len());
    assert!(README.contains(&all), "there are {all}");
}

#[test]
fn the_feature_table_has_every_feature_and_no_other() {
    let manifest = include_str!("../Cargo.toml");
    let features = manifest
        .split_once("[features]")
        .and_then(|(_, rest)| rest.split_once("\n["))
        .map(|(features, _)| features)
        .expect("the manifest has features");
    let mut declared: Vec<&str> = features
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = ").map(|(name, _)| name))
        .filter(|name| *name != "default")
        .collect();
    declared.sort_unstable();
    for text in [README, include_str!("../src/lib.rs")] {
        let table = text
            .split_once("| what it adds |")
            .map(|(_, rest)| rest)
            .expect("a table");
        let mut listed: Vec<&str> = table
            .lines()
            .skip(2)
            .map_while(|line| line.trim_start_matches("//! ").strip_prefix("| `"))
            .filter_map(|line| line.split_once('`').map(|(name, _)| name))
            .collect();
        listed.sort_unstable();
        assert_eq!(listed, declared);
    }
}

#[cfg(all(feature = "tower", feature = "json", feature = "memory-store"))]
#[test]
fn the_replay_table_says_what_identifies_a_presets_deliveries_and_for_how_long() {
    use hookproof::replay::MemoryStore;
    use hookproof::scheme::{Place, ReplayId};
    use hookproof::{Endpoint, Secret, Verifier};

    let secret = "6d1f0c3b8a7e5492d0b1c2a3f4e596878899aabbccddeeff0123456789abcdef";
    compare(include_str!("../docs/replay.md"), |scheme| {
        let identity = match scheme.replay_id() {
            ReplayId::Body => "the body".to_owned(),
            ReplayId::Id(Place::Header(name)) => format!("`{name}`"),
            ReplayId::Id(Place::Json(pointer)) => format!("`{pointer}` in the body"),
            other => panic!("say how {other:?} is written"),
        };
        let verifier = Verifier::new(scheme, Secret::new(secret)).expect("a sound secret");
        let endpoint = Endpoint::builder("table", verifier)
            .replay(MemoryStore::default())
            .build()
            .expect("a guard that suits the scheme");
        let secs = endpoint.retention().expect("a guard").as_secs();
        let remembered = match secs {
            days if days % 604_800 == 0 => format!("{} days", days / 86_400),
            hours if hours % 3_600 == 0 => format!("{} h", hours / 3_600),
            minutes if minutes % 60 == 0 => format!("{} min", minutes / 60),
            secs => format!("{secs} s"),
        };
        format!("| `{}` | {identity} | {remembered} |", scheme.slug())
    });
}
