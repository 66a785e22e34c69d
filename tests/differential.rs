//! The vendors' own libraries judge the same deliveries as hookproof. What it takes was signed, and
//! wherever a verdict differs, `docs/strictness.md` has a class that says why.
#![cfg(all(feature = "all-providers", feature = "tower"))]
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
mod support;

use std::env;
use std::path::PathBuf;
use std::thread;

use compare::{Found, Judged};
use delivery::Incoming;
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
    compare::print(&judged, &found);
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
