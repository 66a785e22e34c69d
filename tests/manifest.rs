//! What the manifest promises, and what the repository's own scripts promise of it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

#[path = "manifest/dependencies.rs"]
mod dependencies;
#[path = "manifest/package.rs"]
mod package;
#[path = "manifest/steps.rs"]
mod steps;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// This machine's target, so that nothing is fetched for others.
fn host() -> String {
    printed("rustc", &["-vV"])
        .lines()
        .find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
        .expect("rustc names its host")
}

/// What a command prints that is run in the repository's root.
fn printed(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A file of the repository.
fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file is there")
}

fn metadata() -> Value {
    let host = host();
    let mut arguments = vec!["metadata", "--format-version", "1", "--all-features"];
    arguments.extend(["--offline", "--locked", "--filter-platform", &host]);
    serde_json::from_str(&printed(env!("CARGO"), &arguments)).expect("JSON")
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}
