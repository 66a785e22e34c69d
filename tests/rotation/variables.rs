//! Keyrings from the environment. It is set for a child process: a process does not change its own.

use std::env;
use std::ffi::OsStr;
use std::process::Command;

use hookproof::VerifyErrorKind::Mismatch;
use hookproof::{ConfigErrorKind, Keyring, Verifier, providers};

use super::{SECRETS, github, in_force};

/// Says which test a child is to run.
const CHILD: &str = "HOOKPROOF_ROTATION_CHILD";

const NAME: &str = "HOOKPROOF_ROTATION_SECRET";

/// Runs the test of that name once more, with these variables; there, and only there, `checks`.
fn with_variables<V: AsRef<OsStr>>(test: &str, variables: &[(&str, V)], checks: impl FnOnce()) {
    if env::var(CHILD).is_ok_and(|child| child == test) {
        return checks();
    }
    let mut child = Command::new(env::current_exe().expect("a program"));
    child
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(CHILD, test);
    for (suffix, value) in variables {
        child.env(format!("{NAME}{suffix}"), value);
    }
    let output = child.output().expect("a child");
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{errors}");
    // A name that is no test's would run none, and succeed.
    assert!(text.contains("1 passed"), "{text}");
    for secret in SECRETS {
        assert!(!text.contains(secret) && !errors.contains(secret));
    }
}

#[test]
fn a_variable_alone_is_a_secret_alone() {
    let test = "variables::a_variable_alone_is_a_secret_alone";
    with_variables(test, &[("", SECRETS[0])], || {
        let keys = Keyring::from_env(NAME).expect("set");
        assert!(keys.labels().eq(["primary"]));
        let unknown = || Err(Mismatch);
        let expected = [Ok("primary".to_owned()), unknown(), unknown()];
        assert_eq!(in_force(&github(keys)), expected);
    });
}

#[test]
fn older_secrets_stand_in_variables_that_are_counted() {
    let test = "variables::older_secrets_stand_in_variables_that_are_counted";
    let variables = [
        ("_PREVIOUS_2", SECRETS[0]),
        ("", SECRETS[1]),
        ("_PREVIOUS", SECRETS[2]),
    ];
    with_variables(test, &variables, || {
        let keys = Keyring::from_env(NAME).expect("set");
        assert!(keys.labels().eq(["primary", "previous", "previous-2"]));
        let expected = ["previous-2", "primary", "previous"];
        assert_eq!(
            in_force(&github(keys)),
            expected.map(|label| Ok(label.to_owned()))
        );
    });
}

#[test]
fn reading_stops_at_the_first_variable_that_is_not_set() {
    let test = "variables::reading_stops_at_the_first_variable_that_is_not_set";
    let variables = [
        ("", SECRETS[0]),
        ("_PREVIOUS", SECRETS[1]),
        ("_PREVIOUS_3", SECRETS[2]),
        ("_PREVIOUS_1", SECRETS[2]),
        ("_PREVIOUS_0", SECRETS[2]),
    ];
    with_variables(test, &variables, || {
        let keys = Keyring::from_env(NAME).expect("set");
        assert!(keys.labels().eq(["primary", "previous"]));
        assert_eq!(in_force(&github(keys))[2], Err(Mismatch));
    });
}

#[test]
fn a_newest_secret_that_is_not_set_is_named() {
    let test = "variables::a_newest_secret_that_is_not_set_is_named";
    with_variables(test, &[("_PREVIOUS", SECRETS[0])], || {
        let error = Keyring::from_env(NAME).expect_err("unset");
        assert_eq!(error.kind(), ConfigErrorKind::BadSecret);
        assert_eq!(
            error.to_string(),
            "the environment variable HOOKPROOF_ROTATION_SECRET is not set: set it to the signing secret"
        );
    });
}

#[test]
fn sixteen_variables_are_taken() {
    let test = "variables::sixteen_variables_are_taken";
    with_variables(test, &borrowed(&numbered(15)), || {
        let verifier = github(Keyring::from_env(NAME).expect("set"));
        assert_eq!(verifier.labels().len(), 16);
        assert_eq!(verifier.labels()[15], "previous-15");
    });
}

/// A key that was passed over would refuse deliveries much later.
#[test]
fn more_than_sixteen_variables_are_refused_and_not_passed_over() {
    let test = "variables::more_than_sixteen_variables_are_refused_and_not_passed_over";
    for older in [16, 30] {
        with_variables(test, &borrowed(&numbered(older)), || {
            let keys = Keyring::from_env(NAME).expect("set");
            let error = Verifier::new(&providers::GITHUB, keys).expect_err("too many");
            assert_eq!(error.kind(), ConfigErrorKind::BadKeyring);
        });
    }
}

/// Variables for the newest and that many older secrets.
fn numbered(older: usize) -> Vec<(String, String)> {
    let suffix = |nth| match nth {
        0 => String::new(),
        1 => "_PREVIOUS".to_owned(),
        nth => format!("_PREVIOUS_{nth}"),
    };
    (0..=older)
        .map(|nth| (suffix(nth), format!("{nth:064x}")))
        .collect()
}

fn borrowed(variables: &[(String, String)]) -> Vec<(&str, &str)> {
    let pairs = variables.iter();
    pairs
        .map(|(suffix, value)| (suffix.as_str(), value.as_str()))
        .collect()
}

/// As what composes environments leaves behind outside a rotation.
#[test]
fn an_older_variable_that_is_set_to_nothing_is_not_set() {
    let test = "variables::an_older_variable_that_is_set_to_nothing_is_not_set";
    with_variables(test, &[("", SECRETS[0]), ("_PREVIOUS", "")], || {
        let keys = Keyring::from_env(NAME).expect("set");
        assert!(keys.labels().eq(["primary"]));
    });
}

#[test]
fn the_newest_variable_that_is_set_to_nothing_is_refused() {
    let test = "variables::the_newest_variable_that_is_set_to_nothing_is_refused";
    with_variables(test, &[("", ""), ("_PREVIOUS", SECRETS[0])], || {
        let keys = Keyring::from_env(NAME).expect("set");
        let error = Verifier::new(&providers::GITHUB, keys).expect_err("empty");
        assert_eq!(error.kind(), ConfigErrorKind::BadSecret);
    });
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_utf_8_is_named_and_not_shown() {
    use std::os::unix::ffi::OsStrExt as _;
    let test = "variables::a_variable_that_is_not_utf_8_is_named_and_not_shown";
    let variables = [
        ("", OsStr::new(SECRETS[0])),
        ("_PREVIOUS", OsStr::from_bytes(b"canary\xff")),
    ];
    with_variables(test, &variables, || {
        let error = Keyring::from_env(NAME).expect_err("not UTF-8");
        assert_eq!(error.kind(), ConfigErrorKind::BadSecret);
        assert_eq!(
            error.to_string(),
            "the environment variable HOOKPROOF_ROTATION_SECRET_PREVIOUS is not UTF-8"
        );
        assert!(!format!("{error:?}").contains("canary"));
    });
}
