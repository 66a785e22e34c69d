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

#[test]
fn the_provider_table_has_every_preset_and_no_other() {
    let rows: Vec<String> = providers::ALL
        .iter()
        .map(|scheme| {
            let about = scheme
                .about()
                .expect("a preset says where its facts come from");
            let window = scheme
                .tolerance()
                .map_or("none".to_owned(), |window| format!("{} s", window.past()));
            format!(
                "| `{}` | {} | `{}` | `{}` | {window} | {} |",
                scheme.slug(),
                about.name(),
                scheme.signature_header(),
                content(scheme),
                about.confidence().as_str()
            )
        })
        .collect();
    let table = rows.join("\n");
    assert!(README.contains(&table), "the table should be:\n{table}");
    let listed = README
        .lines()
        .filter(|line| line.contains(" s | ") || line.contains("| none |"));
    assert_eq!(listed.count(), rows.len());
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
fn the_replay_table_says_what_identifies_each_presets_deliveries_and_for_how_long() {
    use hookproof::replay::MemoryStore;
    use hookproof::scheme::{Place, ReplayId};
    use hookproof::{Endpoint, Secret, Verifier};

    let secret = "6d1f0c3b8a7e5492d0b1c2a3f4e596878899aabbccddeeff0123456789abcdef";
    let rows: Vec<String> = providers::ALL
        .iter()
        .map(|scheme| {
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
        })
        .collect();
    let table = rows.join("\n");
    let explained = include_str!("../docs/replay.md");
    assert!(explained.contains(&table), "the table should be:\n{table}");
}
