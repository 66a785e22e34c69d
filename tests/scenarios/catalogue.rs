//! That each scenario of the catalogue is tested, once.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Id and subject of every scenario.
fn scenarios() -> Vec<(String, String)> {
    let rows = include_str!("../data/vectors/hostile.jsonl").lines();
    let rows = rows.map(|line| serde_json::from_str::<Value>(line).expect("a row is JSON"));
    let scenarios = rows.filter(|row| row["kind"] == "scenario");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    scenarios
        .map(|row| (text(&row["id"]), text(&row["what"])))
        .collect()
}

/// The sources of the tests, one after the other.
fn sources() -> String {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let folder = fs::read_dir(tests.join("scenarios")).expect("the tests' folder");
    let mut files: Vec<PathBuf> = folder.map(|file| file.expect("a file").path()).collect();
    files.extend(["scenarios.rs", "scenarios_memory.rs"].map(|name| tests.join(name)));
    let read = |file: &PathBuf| fs::read_to_string(file).expect("a text");
    files.iter().map(read).collect()
}

#[test]
fn each_scenario_has_one_test_which_says_what_it_is() {
    let (scenarios, sources) = (scenarios(), sources());
    assert_eq!(scenarios.len(), 65, "the catalogue has changed");
    let mut wrong = Vec::new();
    for (id, what) in &scenarios {
        let name = format!("fn {}_", id.replace('-', "_"));
        let title = format!("/// {id}, {what}: ");
        let found = (
            sources.matches(&name).count(),
            sources.matches(&title).count(),
        );
        if found != (1, 1) {
            wrong.push(format!("{title}{name}…: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let tests = sources.matches("fn hx_s_").count();
    assert_eq!(tests, scenarios.len() + 1, "and a test is a scenario's");
}
