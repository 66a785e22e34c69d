//! What the library is built of.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{file, list, metadata, printed, text};

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
    let mut arguments = vec!["tree", "--package", "hookproof", "--offline", "--locked"];
    arguments.extend(["--edges", "normal", "--prefix", "none"]);
    let tree = printed(env!("CARGO"), &arguments);
    let packages: HashSet<&str> = tree
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

#[test]
fn every_dependency_comes_from_the_registry() {
    let metadata = metadata();
    for package in list(&metadata, "packages") {
        // Those of the workspace have no source.
        if let Some(source) = package["source"].as_str() {
            assert_eq!(
                source,
                "registry+https://github.com/rust-lang/crates.io-index",
                "{}",
                text(package, "name")
            );
        }
    }
}

/// What is between quotes in the list that follows a name.
fn quoted<'t>(file: &'t str, name: &str) -> Vec<&'t str> {
    let (_, after) = file.split_once(name).expect("the name is there");
    let (listed, _) = after.split_once(']').expect("a list ends");
    listed.split('"').skip(1).step_by(2).collect()
}

/// Whether one of the licences to choose from, and all that it names, are allowed.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let plain = expression.replace(['(', ')'], "").replace('/', " OR ");
    if expression.contains('(') {
        return plain
            .split(" AND ")
            .all(|choice| is_allowed(choice, allowed));
    }
    plain.split(" OR ").any(|choice| {
        choice
            .split(" AND ")
            .all(|licence| allowed.contains(&licence.trim()))
    })
}

#[test]
fn the_library_is_built_of_nothing_but_the_licences_that_are_allowed() {
    let rules = file("deny.toml");
    let allowed = quoted(&rules, "allow = [");
    assert!(allowed.contains(&"MIT") && !is_allowed("MIT AND GPL-3.0", &allowed));
    let metadata = metadata();
    for package in built_with_the_library(&metadata) {
        let licence = text(package, "license");
        assert!(
            is_allowed(licence, &allowed),
            "{}: {licence}",
            text(package, "name")
        );
    }
}

/// Of two versions of a digest one is tested, and the other is trusted.
#[test]
fn no_cryptography_is_built_into_the_library_in_two_versions() {
    let cryptography = [
        "curve25519-dalek",
        "digest",
        "ed25519-dalek",
        "hmac",
        "md-5",
        "p256",
        "ring",
        "rustls",
        "sha1",
        "sha2",
        "sha3",
        "signature",
        "spki",
        "subtle",
        "zeroize",
    ];
    let metadata = metadata();
    let built = built_with_the_library(&metadata);
    for name in cryptography {
        let versions = built.iter().filter(|package| text(package, "name") == name);
        assert_eq!(versions.count(), 1, "{name}");
    }
    for other in ["aws-lc-rs", "openssl-sys", "rsa"] {
        assert!(
            built.iter().all(|package| text(package, "name") != other),
            "{other}"
        );
    }
}

/// A major version of these is a major version of the library, so they are few.
#[test]
fn the_public_api_names_no_crates_but_those_that_the_ecosystem_shares() {
    let shared = [
        "alloc",
        "axum",
        "axum_core",
        "bytes",
        "core",
        "hookproof",
        "http",
        "http_body",
        "serde_core",
        "std",
        "time",
        "tower_layer",
        "tower_service",
    ];
    let api = file("docs/public-api.txt");
    let paths = api
        .split(|letter: char| !(letter.is_alphanumeric() || "_:".contains(letter)))
        .filter_map(|path| path.split_once("::"))
        .map(|(root, _)| root)
        // `T::Item` has another case, and `>::Item` no beginning.
        .filter(|root| root.starts_with(|letter: char| letter.is_lowercase()));
    let named: HashSet<&str> = paths.collect();
    // In the bounds that `pin_project_lite` writes, hidden from users.
    let unshared: Vec<&&str> = named
        .iter()
        .filter(|name| !shared.contains(name) && **name != "pin_project_lite")
        .collect();
    assert!(
        named.contains("http") && unshared.is_empty(),
        "{unshared:?}"
    );
}
