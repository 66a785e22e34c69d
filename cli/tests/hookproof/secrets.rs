//! Secrets: what is wrong with one is said, and none is shown.

use crate::support::{GITHUB_BODY, GITHUB_HEAD, JUDGED, Run, judge, run};

/// No part of it occurs in any message.
const CANARY: &str = "c4n4ry-7f1e0b52-do-not-print";

fn verify_with(secret: &str, provider: &str) -> Run {
    judge(provider, secret, "POST / HTTP/1.1\r\n\r\n", "")
}

#[test]
fn a_bad_secret_says_what_to_fix_and_is_not_shown() {
    for (provider, secret, words) in [
        ("github", "", "empty"),
        ("github", "   ", "blank"),
        ("github", "c4n4ry-7f1e0b52-do-not-print\n", "line break"),
        ("github", " c4n4ry-7f1e0b52-do-not-print", "white space"),
        ("github", "changeme", "placeholder"),
        ("svix", "whsec_c4n4ry-7f1e0b52-do-not-print", "base64"),
        ("svix", "whsec_", "only a prefix"),
    ] {
        let run = verify_with(secret, provider);
        run.fails_with("bad-secret");
        run.fails_with("SECRET");
        run.fails_with(words);
        let json = run.json();
        assert_eq!(json["error"], "bad-secret");
        assert!(json["message"].as_str().expect("a text").contains(words));
        assert_eq!(json.as_object().expect("an object").len(), 2);
        assert!(!shows_canary(&run), "{run:?}");
    }
}

#[test]
fn for_a_reader_a_bad_secret_prints_no_data() {
    let line = format!("verify --provider github {JUDGED}");
    let run = run(&line, &[("SECRET", " ")], "");
    run.fails_with("error: bad-secret: in the environment variable SECRET: the secret is blank");
    assert_eq!(run.stdout, "");
}

#[test]
fn the_bad_one_of_several_secrets_is_named() {
    let line = "verify --provider github --secret-env NEW --previous-secret-env OLD \
                --previous-secret-env OLDER --request -";
    let environment = [("NEW", CANARY), ("OLD", CANARY), ("OLDER", "c4n4ry\n")];
    let run = run(line, &environment, "");
    run.fails_with(
        "in the environment variable OLDER: key previous-2: the secret has a line break",
    );
    assert!(!shows_canary(&run), "{run:?}");
}

#[test]
fn an_unset_variable_is_named() {
    for command in ["verify --request -", "sign"] {
        let line = format!("{command} --provider github --secret-env NOT_SET_2");
        let run = run(&line, &[], "");
        run.fails_with("bad-secret: the environment variable NOT_SET_2 is not set");
    }
}

#[test]
fn a_variable_that_is_not_utf8_is_named() {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_hookproof"))
            .args(["sign", "--provider", "github", "--secret-env", "SECRET"])
            .env("SECRET", std::ffi::OsStr::from_bytes(b"\xff\xfe"))
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        let stderr = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(stderr.contains("bad-secret: the environment variable SECRET is not UTF-8"));
    }
}

#[test]
fn a_secret_in_the_place_of_a_name_is_not_shown() {
    let environment = [("SECRET", "a-secret-of-some-length")];
    for line in [
        format!("verify --provider github --secret-env {CANARY} --request -"),
        format!("verify --provider github {JUDGED} --secret {CANARY}"),
        format!("verify --provider github {JUDGED} --secret={CANARY}"),
        format!("verify --provider github {JUDGED} --previous-secret-env {CANARY}"),
        format!("verify --provider github {JUDGED} --config {CANARY}"),
        format!("verify --provider github {JUDGED} {CANARY}"),
        format!("sign --provider github --secret-env {CANARY}"),
        format!("sign --provider github --secret-env SECRET --header {CANARY}"),
        format!("sign --provider github --secret-env SECRET {CANARY}"),
        CANARY.to_owned(),
    ] {
        let run = run(&line, &environment, "");
        assert_eq!(run.code, 2, "{line}");
        assert!(!shows_canary(&run), "{line}: {run:?}");
    }
}

#[test]
fn a_good_secret_is_never_shown() {
    let request = format!("{GITHUB_HEAD}\r\n{GITHUB_BODY}");
    for line in [
        "sign --provider github --secret-env SECRET",
        "sign --provider github --secret-env SECRET --format json",
        "verify --provider github --secret-env SECRET --request -",
        "verify --provider github --secret-env SECRET --request - --format json",
    ] {
        let run = run(line, &[("SECRET", CANARY)], &request);
        assert_ne!(run.code, 2, "{run:?}");
        assert!(!shows_canary(&run), "{run:?}");
    }
}

#[test]
fn more_keys_than_a_keyring_holds_are_refused() {
    let previous = "--previous-secret-env SECRET ".repeat(16);
    let run = judge("github", CANARY, "", &previous);
    run.fails_with("17 keys");
    assert_eq!(run.json()["error"], "bad-keyring");
}

fn shows_canary(run: &Run) -> bool {
    ["c4n4ry", "7f1e0b52", "do-not-print"]
        .iter()
        .any(|part| run.stdout.contains(part) || run.stderr.contains(part))
}
