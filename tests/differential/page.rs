//! What `docs/strictness.md` says of the libraries, and what it must say.

use std::fs::read_to_string;

use hookproof::scheme::Scheme;
use serde_json::Value;

use crate::classes::{self, Class, Library, Vendor};
use crate::judges::REGISTRIES;

fn read(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    read_to_string(path).expect("it is part of the repository")
}

/// The page's part that begins with a heading, up to the next.
pub(crate) fn section(heading: &str) -> String {
    let page = read("docs/strictness.md");
    let (_, section) = page
        .split_once(&format!("\n{heading}\n"))
        .expect("the heading");
    let end = section.find("\n##").unwrap_or(section.len());
    section[..end].to_owned()
}

/// The first cells of the rows that have a class there.
pub(crate) fn named(section: &str) -> Vec<&str> {
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split('`').next()).collect()
}

/// The rows that a preset's section must end with, one a library.
pub(crate) fn rows(scheme: &Scheme) -> Vec<String> {
    let registries = REGISTRIES.into_iter();
    let vendors = registries.map(|registry| (scheme.slug(), registry));
    vendors
        .filter(|(preset, registry)| registry.has(preset))
        .map(row)
        .collect()
}

fn row(vendor: Vendor) -> String {
    let named = |library| {
        let is_named = |class: &&Class| class.library == library && class.of.contains(&vendor);
        let classes = classes::all().filter(is_named);
        let mut names: Vec<_> = classes.map(|class| format!("`{}`", class.name)).collect();
        names.sort();
        names.join(", ")
    };
    let (takes, refuses) = (named(Library::Takes), named(Library::Refuses));
    format!("| {} | {takes} | {refuses} |", vendor.1.name())
}

/// The libraries with the versions that are pinned, as the page names them.
pub(crate) fn versions() -> Vec<String> {
    let npm = read("tests/differential/package.json");
    let npm: Value = serde_json::from_str(&npm).expect("JSON");
    let npm = npm["dependencies"]
        .as_object()
        .expect("dependencies")
        .iter();
    let npm = npm.map(|(name, version)| {
        let version = version.as_str().expect("a version");
        format!("`{name}` {version} (npm)")
    });
    let pypi = read("tests/differential/requirements.in");
    let pypi = pypi.lines().filter_map(|line| line.split_once("=="));
    let pypi = pypi.map(|(name, version)| format!("`{name}` {version} (PyPI)"));
    npm.chain(pypi).collect()
}
