//! The command line itself: what cannot be run ends with exit code 2 and says why.

use crate::support::{JUDGED, run};

#[test]
fn what_cannot_be_parsed_is_usage() {
    for line in [
        "",
        "judge",
        "verify",
        "verify --provider github",
        "verify --provider github --secret-env SECRET",
        "verify --provider github --request -",
        "sign --provider github",
        "sign --secret-env SECRET",
        "sign --provider github --secret-env SECRET --method P{}ST",
        "providers github stripe",
        "providers --format xml",
        "providers --unknown",
    ] {
        let run = run(line, &[("SECRET", "a-secret-of-some-length")], "");
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{line}");
        assert!(
            run.stderr.contains("Usage") || run.stderr.contains("--help"),
            "{run:?}"
        );
    }
}

#[test]
fn options_of_the_wrong_form_are_usage() {
    for more in [
        "--at noon",
        "--at=",
        "--at 1.5",
        "--at 9223372036854775808",
        "--config no-equals-sign",
        "--config =value",
        "--provider stripe",
    ] {
        let line = format!("verify --provider github {JUDGED} {more}");
        let run = run(&line, &[("SECRET", "a-secret-of-some-length")], "");
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{more}");
    }
}

#[test]
fn help_and_version_are_data() {
    for line in ["--help", "verify --help", "help sign"] {
        let run = run(line, &[], "");
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        assert!(run.stdout.contains("Usage: hookproof"), "{run:?}");
    }
    let version = run("--version", &[], "");
    assert_eq!(
        version.stdout,
        format!("hookproof {}\n", env!("CARGO_PKG_VERSION"))
    );
}
