//! The vendors' own libraries judge the same deliveries as hookproof. What it takes was signed, and
//! wherever a verdict differs, `docs/strictness.md` has a class that says why.
#![cfg(feature = "all-providers")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "differential/changes/mod.rs"]
mod changes;
#[path = "differential/classes/mod.rs"]
mod classes;
#[path = "differential/compare.rs"]
mod compare;
#[path = "differential/delivery.rs"]
mod delivery;
#[path = "differential/draft.rs"]
mod draft;
#[path = "differential/form.rs"]
mod form;
#[path = "differential/generate.rs"]
mod generate;
#[path = "differential/judges.rs"]
mod judges;
#[path = "differential/oracle.rs"]
mod oracle;
#[path = "differential/page.rs"]
mod page;
mod support;

use std::collections::BTreeSet;
use std::env;
use std::path::PathBuf;
use std::thread;

use compare::{Found, Judged};
use delivery::Incoming;
use generate::PRESETS;
use hookproof::scheme::Scheme;
use judges::{REGISTRIES, Registry, Verdicts};

/// The verdicts of all libraries, each registry's asked at the same time.
fn verdicts(all: &[Incoming]) -> Vec<(Registry, Verdicts)> {
    let installed = env::var("HOOKPROOF_LIBRARIES").expect("scripts/differential.sh says where");
    let installed = &PathBuf::from(installed);
    thread::scope(|scope| {
        let ask = |registry| scope.spawn(move || (registry, judges::ask(registry, installed, all)));
        let asked = REGISTRIES.map(ask);
        asked.map(|judge| judge.join().expect("a judge")).into()
    })
}

#[test]
#[ignore = "run by scripts/differential.sh, which installs the libraries"]
fn every_difference_has_its_class() {
    let all = generate::all();
    let verdicts = verdicts(&all);
    let judged: Vec<_> = all
        .iter()
        .map(|delivery| Judged::new(delivery, &verdicts))
        .collect();
    let found = Found::of(&judged);
    found.print();
    assert!(
        found.unproven.is_empty(),
        "taken, and not signed: {:#?}",
        found.unproven
    );
    assert!(
        found.refused.is_empty(),
        "genuine, and refused: {:#?}",
        found.refused
    );
    assert!(
        found.unexplained.is_empty(),
        "no class explains: {:#?}",
        found.unexplained
    );
    assert!(
        found.never().is_empty(),
        "classes that never occur: {:#?}",
        found.never()
    );
}

/// Deliveries of every preset that nothing was done to.
fn genuine() -> impl Iterator<Item = Incoming> {
    let some = PRESETS
        .into_iter()
        .flat_map(|scheme| generate::of(scheme, 300));
    some.filter(|delivery| delivery.is_genuine)
}

/// What is found of one delivery, with these verdicts.
fn found(delivery: &Incoming, hookproof: &str, libraries: &[(Registry, bool)]) -> Found {
    Found::of(&[Judged {
        delivery,
        hookproof: hookproof.to_owned(),
        libraries: libraries.to_vec(),
    }])
}

#[test]
fn a_forgery_that_is_taken_is_found() {
    for mut delivery in genuine() {
        assert_eq!(found(&delivery, "accept", &[]).unproven, [""; 0]);
        let other = if &delivery.secret[8..9] == "A" {
            "B"
        } else {
            "A"
        };
        delivery.secret.replace_range(8..9, other);
        assert_eq!(judges::hookproof(&delivery), "mismatch", "{}", delivery.id);
        assert_eq!(found(&delivery, "accept", &[]).unproven, [&*delivery.id]);
    }
}

#[test]
fn a_genuine_delivery_that_anybody_refuses_is_found() {
    for delivery in genuine() {
        let refused = |hookproof, library| {
            let found = found(&delivery, hookproof, &[(Registry::Npm, library)]);
            !found.refused.is_empty()
        };
        assert!(!refused("accept", true), "{}", delivery.id);
        assert!(refused("mismatch", true), "{}", delivery.id);
        assert!(refused("accept", false), "{}", delivery.id);
    }
}

#[test]
fn a_difference_without_a_class_is_found() {
    for delivery in genuine() {
        for registry in REGISTRIES {
            for (hookproof, library) in [("mismatch", true), ("malformed", true), ("accept", false)]
            {
                let found = found(&delivery, hookproof, &[(registry, library)]);
                assert_eq!(found.unexplained.len(), 1, "{}", delivery.id);
            }
        }
    }
}

#[test]
fn a_class_that_never_occurs_is_found() {
    let classes: usize = classes::all().map(|class| class.of.len()).sum();
    assert_eq!(Found::default().never().len(), classes);
}

#[test]
fn the_page_has_every_class() {
    let page = page::section("## Beside the vendors' own libraries");
    let names: Vec<_> = classes::all().map(|class| class.name).collect();
    assert_eq!(
        BTreeSet::from_iter(page::named(&page)),
        BTreeSet::from_iter(names)
    );
    assert!(page.contains(&format!("{} of each preset", generate::OF_EACH)));
}

#[test]
fn the_page_says_how_each_library_differs() {
    for scheme in PRESETS {
        let name = scheme.about().expect("a preset's facts").name();
        let page = page::section(&format!("### {name}"));
        for row in page::rows(scheme) {
            assert!(page.contains(&row), "{name}:\n{row}");
        }
    }
}

#[test]
fn the_page_names_the_pinned_versions() {
    for version in page::versions() {
        let is_named = |scheme: &Scheme| {
            let name = scheme.about().expect("a preset's facts").name();
            let words = page::section(&format!("### {name}"));
            let words: Vec<_> = words.split_whitespace().collect();
            words.join(" ").contains(&version)
        };
        assert!(PRESETS.into_iter().any(is_named), "{version}");
    }
}
