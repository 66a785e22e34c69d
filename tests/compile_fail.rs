//! What must not compile does not, and the compiler says why.
//!
//! Each file of `tests/compile_fail/` is a program that starts with `// error: ` and a text, which
//! the compiler's message must hold; one without must compile, or the harness would prove nothing.
//! The texts are this crate's own, or too plain to change with the compiler.
#![cfg(all(feature = "axum", feature = "events"))]
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const MANIFEST: &str = r#"
[package]
name = "compile-fail"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
bytes = "1"
hookproof = { path = "HOOKPROOF", features = ["axum", "events"] }
http = "1"
serde = "1"
"#;

/// A program, and what the compiler must say of it.
struct Case {
    name: String,
    source: String,
    error: Option<String>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compile_fail");
    let mut cases: Vec<Case> = fs::read_dir(folder)
        .expect("the cases are part of the repository")
        .map(|entry| entry.expect("a file").path())
        .map(|path| {
            let source = fs::read_to_string(&path).expect("a text");
            let first = source.lines().next().unwrap_or_default();
            Case {
                name: path.file_stem().expect("a name").to_string_lossy().into(),
                error: first.strip_prefix("// error: ").map(str::to_owned),
                source,
            }
        })
        .collect();
    cases.sort_by(|left, right| left.name.cmp(&right.name));
    cases
}

/// A package with a program a case, which share what they depend on.
fn package(cases: &[Case]) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile-fail");
    let programs = package.join("src/bin");
    // Programs of an earlier run may have been renamed since.
    let _ = fs::remove_dir_all(&programs);
    fs::create_dir_all(&programs).expect("a folder");
    let manifest = MANIFEST.replace("HOOKPROOF", &root.display().to_string().replace('\\', "/"));
    fs::write(package.join("Cargo.toml"), manifest).expect("written");
    // The workspace's versions: what is there needs no network. A packaged crate has no such file.
    let _ = fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock"));
    for case in cases {
        let file = programs.join(format!("{}.rs", case.name));
        fs::write(file, &case.source).expect("written");
    }
    package
}

/// What became of the programs, by their names.
#[derive(Default)]
struct Checked {
    compiled: HashSet<String>,
    said: HashMap<String, String>,
}

impl Checked {
    /// Takes one of cargo's messages, which are JSON.
    fn take(&mut self, message: &Value) {
        let Some(name) = message["target"]["name"].as_str() else {
            return;
        };
        if message["reason"] == "compiler-artifact" {
            self.compiled.insert(name.to_owned());
        } else if let Some(text) = message["message"]["rendered"].as_str() {
            *self.said.entry(name.to_owned()).or_default() += text;
        }
    }

    /// What is wrong with a case, if anything.
    fn fault(&self, case: &Case) -> Option<String> {
        let compiles = self.compiled.contains(&case.name);
        let said = self.said.get(&case.name).map_or("", String::as_str);
        let right = match &case.error {
            None => compiles,
            Some(error) => !compiles && said.contains(error.as_str()),
        };
        (!right).then(|| format!("{} (compiles: {compiles}):\n{said}", case.name))
    }
}

/// Has all programs checked, whichever of them fail.
fn check(package: &Path) -> Checked {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--keep-going", "--bins"])
        .args(["--message-format", "json"])
        .current_dir(package)
        .env("CARGO_TARGET_DIR", package.join("target"))
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let mut checked = Checked::default();
    for line in output.stdout.split(|byte| *byte == b'\n') {
        if let Ok(message) = serde_json::from_slice(line) {
            checked.take(&message);
        }
    }
    checked
}

#[test]
fn what_must_not_compile_does_not() {
    let cases = cases();
    let checked = check(&package(&cases));
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| checked.fault(case))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let good = cases.iter().filter(|case| case.error.is_none()).count();
    assert_eq!(
        (cases.len() - good, good),
        (27, 1),
        "the cases have changed"
    );
}
