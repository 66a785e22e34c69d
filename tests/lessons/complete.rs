//! That the wall is whole: each lesson once, with where it is told of, and the versions that they ask
//! for.

use crate::lock;

/// The files that hold lessons.
const FILES: [&str; 16] = [
    include_str!("absent.rs"),
    include_str!("bodies.rs"),
    include_str!("candidates.rs"),
    include_str!("claims.rs"),
    include_str!("comparison.rs"),
    include_str!("framing.rs"),
    include_str!("headers.rs"),
    include_str!("keys.rs"),
    include_str!("limits.rs"),
    include_str!("replay.rs"),
    include_str!("routes.rs"),
    include_str!("rust.rs"),
    include_str!("shown.rs"),
    include_str!("signatures.rs"),
    include_str!("stamps.rs"),
    include_str!("time.rs"),
];

const LESSONS: usize = 61;

/// What a lesson can be told of in.
const REFERENCES: [&str; 6] = ["CVE-", "GHSA-", "RUSTSEC-", "issue ", "PR ", "A class"];

/// The numbers of the tests in a text, each with what stands above it.
fn lessons(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("fn lesson_") {
        let number = text[at + 10..].get(..2).and_then(|it| it.parse().ok());
        let above = text[..at].rsplit("\n\n").next().unwrap_or_default();
        found.push((number.expect("two digits"), above));
    }
    found
}

#[test]
fn every_lesson_has_one_test_that_names_what_it_is_told_of_in() {
    let mut tests = [0; LESSONS + 1];
    for text in FILES {
        for (number, above) in lessons(text) {
            assert!((1..=LESSONS).contains(&number), "lesson {number}");
            tests[number] += 1;
            assert!(
                above.contains("#[test]") || above.contains("#[tokio::test"),
                "{number}"
            );
            assert!(!above.contains("#[ignore"), "lesson {number} is ignored");
            let told = above.lines().filter(|line| line.starts_with("///"));
            let told = told.collect::<String>();
            assert!(
                REFERENCES.iter().any(|it| told.contains(it)),
                "{number}: {told}"
            );
        }
    }
    let wrong: Vec<_> = (1..=LESSONS).filter(|number| tests[*number] != 1).collect();
    assert!(wrong.is_empty(), "without a test, or with two: {wrong:?}");
}

#[test]
fn a_lesson_that_is_missing_or_there_twice_is_noticed() {
    let once = "/// CVE-1\n#[test]\nfn lesson_07_x() {}\n\n";
    assert_eq!(lessons(once).len(), 1);
    let twice = lessons(once).into_iter().chain(lessons(once));
    assert_eq!(twice.map(|(number, _)| number).collect::<Vec<_>>(), [7, 7]);
    assert!(lessons("fn another() {}").is_empty());
}

/// Versions below these have advisories; where a crate is not locked, nobody builds it.
#[test]
fn no_dependency_is_below_what_its_advisories_ask_for() {
    for (name, oldest) in [
        ("axum-core", "0.2.8"),
        ("bytes", "1.11.1"),
        ("cmov", "0.4.4"),
        ("curve25519-dalek", "4.1.3"),
        ("ed25519-dalek", "2.0.0"),
        ("h2", "0.4.16"),
        ("hyper", "0.14.12"),
        ("lru", "0.18.2"),
        ("ring", "0.17.12"),
        ("rustls", "0.23.18"),
        ("rustls-webpki", "0.103.13"),
        ("sha2", "0.9.8"),
        ("sqlx", "0.8.1"),
        ("time", "0.3.47"),
        ("tokio", "1.44.2"),
    ] {
        lock::at_least(name, oldest);
    }
    // Its advisory is open, and concerns private keys; public ones are verified by `ring`.
    let locked = lock::packages();
    assert!(
        locked.iter().all(|(name, _)| *name != "rsa"),
        "rsa is locked"
    );
    for known in [
        "axum-core",
        "bytes",
        "hyper",
        "ring",
        "sha2",
        "subtle",
        "tokio",
    ] {
        lock::is_locked(known);
    }
}
