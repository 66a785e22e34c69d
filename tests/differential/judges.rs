//! Who judges: hookproof, and the vendors' libraries, as programs that are handed all deliveries.

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::delivery::Incoming;
use crate::support::vectors::Vector;

/// Where a library is published.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum Registry {
    Npm,
    PyPi,
}

pub(crate) const REGISTRIES: [Registry; 2] = [Registry::Npm, Registry::PyPi];

impl Registry {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::PyPi => "PyPI",
        }
    }

    /// Whether it has the vendor's library for a preset: GitHub publishes none for Python.
    pub(crate) fn has(self, preset: &str) -> bool {
        self == Self::Npm || preset != "github"
    }

    fn command(self, installed: &Path) -> Command {
        let (program, judge) = match self {
            Self::Npm => (PathBuf::from("node"), "judge.mjs"),
            Self::PyPi => (installed.join("venv/bin/python"), "judge.py"),
        };
        let mut command = Command::new(program);
        command.arg(installed.join(judge));
        command
    }
}

/// `accept`, or why hookproof refuses: the same whether the body comes whole or in pieces.
pub(crate) fn hookproof(delivery: &Incoming) -> String {
    let vector: Vector = serde_json::from_value(delivery.row()).expect("a row of a vector file");
    let verdict = vector.judge();
    assert_eq!(verdict, vector.judge_streamed(4096), "{}", delivery.id);
    verdict
}

#[derive(Deserialize)]
struct Answer {
    id: String,
    refused: Option<String>,
}

/// By the delivery's id why a library refuses it; `None` where it takes it.
pub(crate) type Verdicts = HashMap<String, Option<String>>;

/// The verdicts of all libraries of a registry, which are installed in a folder. What they are asked
/// stays there.
pub(crate) fn ask(registry: Registry, installed: &Path, deliveries: &[Incoming]) -> Verdicts {
    let asked = installed.join(format!("{}.jsonl", registry.name()));
    let judged = deliveries.iter();
    let rows = judged.filter(|delivery| registry.has(delivery.scheme.slug()));
    let rows: Vec<_> = rows.map(|delivery| delivery.row().to_string()).collect();
    fs::write(&asked, rows.join("\n")).expect("a file in the folder");
    let judge = registry
        .command(installed)
        .stdin(File::open(&asked).expect("the file that was written"))
        .stderr(Stdio::inherit())
        .output()
        .expect("the judge starts: scripts/differential.sh installs it");
    assert!(judge.status.success(), "{} failed", registry.name());
    let answers = String::from_utf8(judge.stdout).expect("a text");
    let answers = answers.lines().map(serde_json::from_str);
    let verdicts: Verdicts = answers
        .map(|answer| answer.expect("an answer"))
        .map(|Answer { id, refused }| (id, refused))
        .collect();
    assert_eq!(verdicts.len(), rows.len(), "each delivery has an answer");
    verdicts
}
