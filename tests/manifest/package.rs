//! What is published.

use std::collections::BTreeSet;

use super::{file, printed};

/// What stands in the package beside the sources: what cargo writes, the licences, and what the
/// documentation shows.
const BESIDE: [&str; 12] = [
    ".cargo_vcs_info.json",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "docs/operating.md",
    "docs/replay.md",
    "docs/schemes.md",
    "src/",
];

fn published() -> String {
    let mut arguments = vec!["package", "--list", "--package", "hookproof"];
    arguments.extend(["--offline", "--locked", "--allow-dirty"]);
    printed(env!("CARGO"), &arguments)
}

#[test]
fn the_package_holds_the_sources_the_licences_and_the_pages_that_are_shown() {
    let published = published();
    let found: BTreeSet<&str> = published
        .lines()
        .map(|path| {
            if path.starts_with("src/") {
                "src/"
            } else {
                path
            }
        })
        // Outside a git repository there is none.
        .chain([".cargo_vcs_info.json"])
        .collect();
    assert_eq!(found, BTreeSet::from(BESIDE));
}

#[test]
fn nothing_but_code_is_published_of_the_sources() {
    for path in published().lines().filter(|path| path.starts_with("src/")) {
        let is_text_that_code_includes = path.ends_with(".lua");
        assert!(
            path.ends_with(".rs") || is_text_that_code_includes,
            "{path}"
        );
    }
}

#[test]
fn every_page_that_the_sources_include_is_published() {
    let published = published();
    for source in published.lines().filter(|path| path.ends_with(".rs")) {
        for included in file(source).split("include_str!(\"").skip(1) {
            let (path, _) = included.split_once('"').expect("a text ends");
            let name = path.rsplit('/').next().expect("a path has an end");
            assert!(
                published.lines().any(|path| path.ends_with(name)),
                "{source} includes {path}"
            );
        }
    }
}
