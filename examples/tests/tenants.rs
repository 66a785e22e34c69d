//! The platform with tenants, as it is run.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/cargo.rs"]
mod cargo;

use cargo::cargo;

#[test]
fn secrets_rotate_under_load_and_nothing_is_lost_or_let_in() {
    let output = cargo()
        .args(["run", "--quiet", "--example", "tenants"])
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{told}");
    for customer in ["acme", "globex", "initech", "umbrella"] {
        let row = said.lines().find(|line| line.starts_with(customer));
        let counts = row.expect("a row").split_whitespace().skip(1);
        let counts: Vec<usize> = counts.map(|it| it.parse().expect("a count")).collect();
        // Some by the newest key, some by the one before.
        assert!(counts.iter().all(|count| *count > 0), "{said}");
    }
}
