//! What the repository's own steps leave out: nothing.

use super::{file, list, metadata, printed, text};

#[test]
fn every_feature_is_linted_alone() {
    let metadata = metadata();
    let library = list(&metadata, "packages")
        .iter()
        .find(|package| text(package, "name") == "hookproof")
        .expect("the library is a package");
    let linted = printed("scripts/features.sh", &["--list"]);
    let linted: Vec<&str> = linted.lines().collect();
    assert_eq!(library["features"]["default"], serde_json::json!(["tower"]));
    // The model checker's changes nothing without its `cfg`.
    let elsewhere = ["default", "loom"];
    for feature in library["features"].as_object().expect("a table").keys() {
        assert!(
            elsewhere.contains(&feature.as_str()) || linted.contains(&feature.as_str()),
            "{feature} is not among {linted:?}"
        );
    }
    // What is linted exists, alone or in pairs.
    for feature in linted.iter().flat_map(|set| set.split(',')) {
        assert!(
            feature.is_empty() || library["features"].get(feature).is_some(),
            "{feature} is none"
        );
    }
}

/// The words of the list that follows a text, up to its end.
fn listed<'t>(file: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    let (_, after) = file.split_once(start).expect("the list is there");
    let (list, _) = after.split_once(end).expect("the list ends");
    list.split([' ', ',', '\n'])
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn the_workflow_runs_every_step_and_no_other() {
    let script = file(".ci/run");
    let workflow = file(".github/workflows/ci.yml");
    let steps = listed(&script, "\nsteps=(", ")");
    assert!(steps.contains(&"tests"), "{steps:?}");
    assert_eq!(listed(&workflow, "step: [", "]"), steps);
}

#[test]
fn the_workflow_may_read_the_sources_and_nothing_else() {
    let workflow = file(".github/workflows/ci.yml");
    assert_eq!(
        workflow.matches("permissions:").count(),
        1,
        "one place says what it may"
    );
    assert!(workflow.contains("\npermissions:\n  contents: read\n\n"));
    assert!(!workflow.contains("secrets"));
    assert!(!workflow.contains("pull_request_target"));
    let used: Vec<&str> = workflow
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- uses: "))
        .collect();
    assert_eq!(used, ["actions/checkout@v4"], "no third party's action");
}
