//! What the manifest promises.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

use std::collections::{HashMap, HashSet};
use std::process::Command;

use serde_json::Value;

/// This machine's target, so that nothing is fetched for others.
fn host() -> String {
    let version = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc runs");
    String::from_utf8_lossy(&version.stdout)
        .lines()
        .find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
        .expect("rustc names its host")
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--all-features",
            "--offline",
            "--locked",
        ])
        .args(["--filter-platform", &host()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The packages that users of the library build, by the names of `dependencies` edges that are
/// neither for tests nor for build scripts.
fn built_with_the_library(metadata: &Value) -> Vec<&Value> {
    let packages: HashMap<&str, &Value> = list(metadata, "packages")
        .iter()
        .map(|package| (text(package, "id"), package))
        .collect();
    let nodes: HashMap<&str, &Value> = list(&metadata["resolve"], "nodes")
        .iter()
        .map(|node| (text(node, "id"), node))
        .collect();
    let root = packages
        .iter()
        .find(|(_, package)| text(package, "name") == "hookproof")
        .map(|(id, _)| *id)
        .expect("the library is a package");
    let mut seen = HashSet::from([root]);
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        for dependency in list(nodes[id], "deps") {
            let normal = list(dependency, "dep_kinds")
                .iter()
                .any(|kind| kind["kind"].is_null());
            if normal && seen.insert(text(dependency, "pkg")) {
                open.push(text(dependency, "pkg"));
            }
        }
    }
    seen.into_iter().map(|id| packages[id]).collect()
}

fn version(text: &str) -> [u32; 3] {
    let mut parts = text
        .split(['.', '-', '+'])
        .map_while(|part| part.parse().ok());
    [(); 3].map(|()| parts.next().unwrap_or(0))
}

#[test]
fn no_dependency_asks_for_a_newer_compiler_than_the_library_promises() {
    let metadata = metadata();
    let promised = version(env!("CARGO_PKG_RUST_VERSION"));
    for package in built_with_the_library(&metadata) {
        let asked = version(text(package, "rust_version"));
        assert!(
            asked <= promised,
            "{} asks for {asked:?}, the library promises {promised:?}",
            text(package, "name")
        );
    }
}

/// Versions below these have advisories that concern what the crate does with them.
#[test]
fn no_dependency_is_older_than_its_last_advisory() {
    let safe_from = [
        ("axum-core", "0.2.8"),
        ("bytes", "1.11.1"),
        ("curve25519-dalek", "4.1.3"),
        ("ed25519-dalek", "2.0.0"),
        ("ring", "0.17.12"),
        ("rustls", "0.23.18"),
        ("rustls-webpki", "0.103.13"),
        ("sha2", "0.9.8"),
        ("time", "0.3.47"),
        ("tokio", "1.44.2"),
    ];
    let metadata = metadata();
    for package in built_with_the_library(&metadata) {
        let Some((name, oldest)) = safe_from
            .iter()
            .find(|(name, _)| *name == text(package, "name"))
        else {
            continue;
        };
        assert!(
            version(text(package, "version")) >= version(oldest),
            "{name}"
        );
    }
}

#[test]
fn the_default_build_stays_small() {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "hookproof",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .args(["--offline", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let text = String::from_utf8(tree.stdout).expect("UTF-8");
    let packages: HashSet<&str> = text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(
        (5..=36).contains(&packages.len()),
        "{} packages:\n{packages:?}",
        packages.len()
    );
    for heavy in ["axum", "hyper", "serde", "serde_json", "time", "tracing"] {
        assert!(!packages.contains(heavy), "{heavy} is in the default build");
    }
}
