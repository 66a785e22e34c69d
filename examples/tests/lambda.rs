//! The receiver on Lambda, as it is run.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/cargo.rs"]
mod cargo;

use std::io::Write as _;
use std::process::{Output, Stdio};

use cargo::cargo;

const GENUINE: &str = include_str!("../../tests/data/lambda/rest.json");

fn run(event: &str) -> Output {
    let mut example = cargo()
        .args(["run", "--quiet", "--example", "lambda"])
        .env("GITHUB_SECRET", "It's a Secret to Everybody")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo runs");
    let mut stdin = example.stdin.take().expect("a pipe");
    stdin.write_all(event.as_bytes()).expect("an event is read");
    drop(stdin);
    example.wait_with_output().expect("the example ends")
}

fn status(event: &str) -> u64 {
    let output = run(event);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    answer["statusCode"].as_u64().expect("a status")
}

#[test]
fn a_genuine_delivery_is_taken_and_a_changed_one_refused() {
    assert_eq!(status(GENUINE), 204);
    assert_eq!(status(&GENUINE.replace("opened", "closed")), 401);
}

#[test]
fn an_event_that_is_no_request_ends_the_example_with_what_to_do() {
    let output = run("{}");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("function URLs"), "{said}");
}
