//! The pages under `docs/` say what is there: tests by their names, files by their paths, defaults by
//! their numbers.
#![cfg(all(feature = "tenants", feature = "memory-store"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hookproof::replay::ReplayGuard;
use hookproof::tenants::Tenants;
use hookproof::{Endpoint, Tolerance, Verifier};

const THREATS: &str = include_str!("../docs/threat-model.md");
const DEFAULTS: &str = include_str!("../docs/defaults.md");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The sources below a folder.
fn sources(folder: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all += &sources(&path);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all += &fs::read_to_string(path).expect("a source");
        }
    }
    all
}

/// What stands between backticks.
fn quoted(page: &str) -> impl Iterator<Item = &str> {
    page.split('`').skip(1).step_by(2)
}

#[test]
fn the_threat_model_names_tests_that_are_there() {
    let tests = sources(&root().join("tests"));
    let named: Vec<_> = quoted(THREATS)
        .filter(|name| name.starts_with("lesson_") || name.starts_with("hx_s_"))
        .collect();
    assert!(named.len() > 60, "{}", named.len());
    for name in named {
        assert!(tests.contains(&format!("fn {name}_")), "{name}");
    }
}

#[test]
fn the_threat_model_names_files_that_are_there() {
    let linked = THREATS
        .split("](")
        .skip(1)
        .filter_map(|it| it.split_once(')'));
    let linked = linked.map(|(path, _)| root().join("docs").join(path));
    let quoted =
        quoted(THREATS).filter(|it| it.starts_with("tests/") || it.starts_with("scripts/"));
    for path in linked.chain(quoted.map(|path| root().join(path))) {
        assert!(path.exists(), "{}", path.display());
    }
}

/// The cell beside the first one of that text.
fn cell(what: &str) -> &'static str {
    let row = DEFAULTS
        .lines()
        .find_map(|line| line.strip_prefix(&format!("| {what} | ")));
    row.and_then(|row| row.split(" | ").next())
        .unwrap_or_else(|| panic!("{what} is no row"))
}

#[track_caller]
fn says(what: &str, value: &str) {
    let cell = cell(what);
    assert!(cell.contains(value), "{what}: {cell}, and is {value}");
}

fn seconds(duration: Duration) -> String {
    format!("{} s", duration.as_secs())
}

#[test]
fn the_page_of_defaults_has_the_numbers_of_the_code() {
    const MIB: usize = 1024 * 1024;
    assert_eq!(Verifier::DEFAULT_BODY_LIMIT % MIB, 0);
    says(
        "longest body",
        &format!("{} MiB", Verifier::DEFAULT_BODY_LIMIT / MIB),
    );
    says(
        "longest header that is read",
        &format!("{} KiB", Verifier::MAX_HEADER / 1024),
    );
    says(
        "candidates that are looked at",
        &Verifier::MAX_CANDIDATES.to_string(),
    );
    says(
        "time for the whole body",
        &seconds(Endpoint::DEFAULT_BODY_DEADLINE),
    );
    says(
        "window of the signed timestamp",
        &format!("{} s", Tolerance::DEFAULT.past()),
    );
    assert_eq!(Tolerance::DEFAULT.past(), Tolerance::DEFAULT.future());
    let days = ReplayGuard::DEFAULT_RETENTION.as_secs() / 86_400;
    says(
        "how long a handled delivery is remembered",
        &format!("{days} days"),
    );
    let hours = ReplayGuard::WITHOUT_WINDOW.as_secs() / 3_600;
    says("the least of it", &format!("{hours} hours"));
    says("lease of a claim", &seconds(ReplayGuard::DEFAULT_LEASE));
    says(
        "deadline of a call to the store",
        &seconds(ReplayGuard::DEFAULT_STORE_DEADLINE),
    );
    says(
        "deadline of a look-up",
        &seconds(Tenants::DEFAULT_LOOK_UP_DEADLINE),
    );
}

/// Their numbers have no names in the API: they stand in its documentation.
#[test]
fn the_page_of_defaults_says_of_tenants_what_their_documentation_says() {
    let source = include_str!("../src/tenants/mod.rs");
    for what in [
        "how long a tenant's keys are kept",
        "how long it is kept that a tenant is unknown",
        "how many tenants are kept",
        "look-ups at once",
        "look-ups a minute of names that turn out unknown",
    ] {
        let told = format!("/// | {what} | {}", cell(what));
        assert!(source.contains(&told), "{told}");
    }
}
