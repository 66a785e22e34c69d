//! `hookproof sandbox`: that it says where it is, logs what it sends, and ends when told.

use serde_json::Value;

use crate::playing::{Peer, Sandbox};
use crate::support::run;

#[test]
fn it_says_where_each_provider_is() {
    let sandbox = Sandbox::start(&[]);
    for provider in ["sendmux", "mailingapi", "sendkit", "jetemail", "sent"] {
        let url = sandbox.url(provider);
        assert!(sandbox.told.contains(&url), "{}", sandbox.told);
    }
    assert!(!sandbox.told.contains("warning"), "{}", sandbox.told);
}

#[cfg(unix)]
#[test]
fn it_ends_well_at_either_signal() {
    for signal in ["-INT", "-TERM"] {
        let (code, stdout, rest) = Sandbox::start(&["--log"]).stop(signal);
        assert_eq!((code, stdout.as_str(), rest.as_str()), (Some(0), "", ""));
    }
}

#[test]
fn the_seed_of_chaos_is_told() {
    let given = Sandbox::start(&["--chaos", "--seed", "7"]);
    assert!(given.told.contains("chaos: --seed 7\n"), "{}", given.told);
    let made = Sandbox::start(&["--chaos"]);
    assert!(made.told.contains("chaos: --seed "), "{}", made.told);
}

#[test]
fn an_address_that_is_taken_is_told() {
    let taken = Sandbox::start(&[]);
    let line = format!("sandbox --listen {}", taken.address);
    let run = run(&line, &[], "");
    run.fails_with(&format!(
        "error: sandbox: cannot listen on {}",
        taken.address
    ));
    assert_eq!(run.stdout, "");
}

#[test]
fn options_that_cannot_be_used_are_usage() {
    for more in [
        "--listen localhost",
        "--speed 0",
        "--speed -1",
        "--seed 7",
        "--chaos --seed x",
    ] {
        let run = run(&format!("sandbox {more}"), &[], "");
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{more}");
    }
}

#[test]
fn the_log_has_a_line_of_json_for_each_attempt() {
    let mut sandbox = Sandbox::start(&["--log"]);
    let receiver = Peer::receiver();
    let line = format!(
        "subscribe jetemail --name log --url {}/in --events outbound.delivered --api-key-env KEY \
         --base-url {} --show-secret --format json",
        receiver.url(),
        sandbox.url("jetemail")
    );
    let made = run(&line, &[("KEY", "api_0123456789abcdef")], "");
    assert_eq!(made.code, 0, "{made:?}");
    let made = made.json();

    sandbox.emit("jetemail", r#"{"event":"outbound.delivered"}"#);
    let line = sandbox.line();
    let told: Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!(told["provider"], "jetemail", "{line}");
    assert_eq!(told["subscription"], made["endpoint"], "{line}");
    assert_eq!(told["truth"], "genuine", "{line}");
    assert_eq!(told["event"], "outbound.delivered", "{line}");
    assert_eq!(
        (&told["outcome"], &told["status"]),
        (&"answered".into(), &200.into())
    );
    assert!(
        !line.contains(made["secret"].as_str().expect("a secret")),
        "a secret is logged"
    );
}
