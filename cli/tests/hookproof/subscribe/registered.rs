//! Webhooks registered at the sandbox.

use std::fs;

use super::{Folder, PROVIDERS, at, at_sendmux, shows, subscribe};
use crate::playing::{Peer, Sandbox};
use crate::support::run_with;

#[test]
fn the_secret_of_each_provider_goes_to_the_file_and_verifies_what_is_delivered() {
    let sandbox = Sandbox::start(&[]);
    let folder = Folder::new("each");
    for (provider, events, prefix) in PROVIDERS {
        let receiver = Peer::receiver();
        let url = format!("{}/in", receiver.url());
        let file = folder.file(provider);
        let line = at(provider, events, &sandbox.url(provider), &url);
        let made = subscribe(&format!("{line} --write-secret {file}"));
        assert_eq!((made.code, made.stderr.as_str()), (0, ""), "{provider}");
        let told = made.json();
        let names: Vec<&str> = events.split(',').collect();
        assert_eq!(told["provider"], provider);
        assert_eq!(told["url"], url.as_str());
        assert_eq!(told["events"], serde_json::json!(names));
        assert_eq!(told["secret_file"], file.as_str());
        assert!(told["secret"].is_null(), "{told}");
        assert!(!told["endpoint"].as_str().expect("an id").is_empty());

        let secret = fs::read_to_string(&file).expect("a file");
        let secret = secret.strip_suffix('\n').expect("one line");
        assert!(
            secret.starts_with(prefix) && secret.len() >= 32,
            "{provider}"
        );
        assert!(!shows(&made, secret), "{provider}");

        sandbox.emit(provider, "{}");
        let judged = run_with(
            &[
                "verify",
                "--provider",
                provider,
                "--secret-env",
                "SECRET",
                "--request",
                "-",
                "--format",
                "json",
            ],
            &[("SECRET", secret)],
            receiver.taken(),
        );
        assert_eq!(judged.kind(), "accepted", "{provider}");
    }
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::start(&[]);
    let folder = Folder::new("mode");
    let file = folder.file("secret");
    let line = at_sendmux(&sandbox.url("sendmux"));
    let made = subscribe(&format!("{line} --write-secret {file}"));
    assert_eq!(made.code, 0, "{made:?}");
    let mode = fs::metadata(&file).expect("a file").permissions().mode();
    assert_eq!(mode & 0o7777, 0o600);
}

#[test]
fn the_secret_is_printed_where_that_is_asked_for() {
    let sandbox = Sandbox::start(&[]);
    let folder = Folder::new("shown");
    let line = at_sendmux(&sandbox.url("sendmux"));
    let shown = subscribe(&format!("{line} --show-secret")).json();
    assert!(
        shown["secret"]
            .as_str()
            .expect("a secret")
            .starts_with("whsec_")
    );
    assert!(shown["secret_file"].is_null());

    let file = folder.file("both");
    let both = subscribe(&format!("{line} --show-secret --write-secret {file}")).json();
    let kept = fs::read_to_string(&file).expect("a file");
    assert_eq!(both["secret"], kept.trim_end());
    assert_ne!(both["secret"], shown["secret"]);

    let reader = line.replace("--format json", "--show-secret");
    let reader = subscribe(&reader).stdout;
    for name in [
        "provider  sendmux\n",
        "endpoint  ",
        "url       https://hooks.example.com/in\n",
        "secret    whsec_",
    ] {
        assert!(reader.contains(name), "{reader}");
    }
}

#[test]
fn all_events_can_be_asked_for() {
    let sandbox = Sandbox::start(&[]);
    for (provider, _, _) in PROVIDERS {
        let line = at(
            provider,
            "all",
            &sandbox.url(provider),
            "https://hooks.example.com/in",
        );
        let made = subscribe(&format!("{line} --show-secret"));
        assert_eq!(made.code, 0, "{made:?}");
        let events = made.json()["events"].as_array().expect("a list").len();
        assert!(events > 1, "{made:?}");
    }
}

/// Of a kind that no check beforehand can find.
#[test]
fn the_sandbox_refuses_as_the_provider_does() {
    let sandbox = Sandbox::start(&[]);
    let line = at_sendmux(&sandbox.url("sendmux")) + " --show-secret --idempotency-key once-1";
    assert_eq!(subscribe(&line).code, 0);
    let run = subscribe(&line.replace("/in ", "/elsewhere "));
    assert_eq!(
        (run.code, &run.json()["error"]),
        (1, &"idempotency-conflict".into())
    );
    assert!(run.stderr.contains("409"), "{run:?}");
}

#[test]
fn the_same_request_asked_again_gives_the_same_webhook() {
    let sandbox = Sandbox::start(&[]);
    for (provider, events, _) in [PROVIDERS[0], PROVIDERS[4]] {
        let line = at(
            provider,
            events,
            &sandbox.url(provider),
            "https://hooks.example.com/in",
        );
        let line = format!("{line} --show-secret --idempotency-key again-1");
        let (first, second) = (subscribe(&line), subscribe(&line));
        assert_eq!(first.code, 0, "{first:?}");
        assert_eq!(first.stdout, second.stdout);
    }
}

#[test]
fn what_a_provider_does_not_take_is_ignored_with_a_warning() {
    let sandbox = Sandbox::start(&[]);
    let line = at(
        "mailingapi",
        "delivered",
        &sandbox.url("mailingapi"),
        "https://hooks.example.com/in",
    );
    let run = subscribe(&(line + " --show-secret --idempotency-key k --profile-id p"));
    assert_eq!(run.code, 0, "{run:?}");
    for option in ["--idempotency-key", "--profile-id"] {
        assert!(
            run.stderr
                .contains(&format!("warning: {option} is ignored")),
            "{run:?}"
        );
    }
}
