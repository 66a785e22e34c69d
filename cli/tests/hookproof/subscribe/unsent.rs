//! What is found out before anything is sent.

use std::fs;

use super::{Folder, KEY, at, at_sendmux, subscribe};
use crate::playing::Peer;

#[test]
fn nothing_is_sent_where_the_secret_would_be_lost() {
    let provider = Peer::provider("500 Internal Server Error", "{}");
    let run = subscribe(&at_sendmux(&provider.url()));
    run.fails_with("--write-secret FILE");
    assert_eq!(run.json()["error"], "usage");
    assert!(provider.is_unasked());
}

#[test]
fn nothing_is_sent_where_the_file_cannot_be_made() {
    let provider = Peer::provider("500 Internal Server Error", "{}");
    let folder = Folder::new("there");
    let there = folder.file("in-use");
    fs::write(&there, "the secret in use").expect("a file");
    for file in [there.clone(), folder.file("none/secret")] {
        let run = subscribe(&format!(
            "{} --write-secret {file}",
            at_sendmux(&provider.url())
        ));
        run.fails_with(&file);
        assert_eq!(run.json()["error"], "unwritable");
    }
    assert!(provider.is_unasked());
    let text = fs::read_to_string(&there).expect("a file");
    assert_eq!(text, "the secret in use");
}

#[test]
fn nothing_is_sent_of_what_the_provider_would_refuse() {
    let provider = Peer::provider("500 Internal Server Error", "{}");
    let base = provider.url();
    let here = "http://127.0.0.1:1/in";
    let public = "http://hooks.example.com/in";
    for (line, words) in [
        (at("sendmux", "message.read", &base, here), "--events"),
        (at("sendmux", "message.delivered", &base, public), "url"),
        (at("jetemail", "outbound.queued", &base, here), "event"),
        (
            at(
                "jetemail",
                "outbound.delivered",
                &base,
                "ftp://hooks.example.com",
            ),
            "url",
        ),
        (
            at("sent", "message", &base, here).replace("--name registered", ""),
            "--name",
        ),
        (
            at("sent", "message", &base, here) + " --profile-id me",
            "profile",
        ),
        (
            at("sent", "message", &base, here) + " --idempotency-key a/b",
            "Idempotency-Key",
        ),
        (
            at(
                "sendmux",
                "message.delivered",
                "http://hooks.example.com",
                here,
            ),
            "base url",
        ),
        (
            at("sendmux", "message.delivered", &base, here) + " --header authorization=x",
            "authorization",
        ),
        (
            at("sendmux", "message.delivered", &base, here) + " --header host=x",
            "host",
        ),
    ] {
        let run = subscribe(&format!("{line} --show-secret"));
        run.fails_with(words);
        assert_eq!(run.json()["error"], "usage", "{line}");
    }
    assert!(provider.is_unasked());
}

#[test]
fn the_key_comes_from_a_variable_whose_name_is_not_the_key() {
    let line = at_sendmux("http://127.0.0.1:1") + " --show-secret";
    let unset = subscribe(&line.replace("API_KEY", "NOT_SET"));
    unset.fails_with("bad-api-key: in the environment variable NOT_SET");
    let pasted = subscribe(&line.replace("API_KEY", KEY));
    pasted.fails_with("bad-api-key: no environment variable has the name that was given");
}

#[test]
fn an_unknown_provider_gets_the_nearest_name() {
    let line = at_sendmux("http://127.0.0.1:1") + " --show-secret";
    let run = subscribe(&line.replacen("sendmux", "sendmx", 1));
    run.fails_with("no webhook can be registered at sendmx: did you mean sendmux?");
    assert_eq!(run.json()["error"], "unknown-provider");
}

#[test]
fn where_nobody_listens_nothing_was_sent() {
    let gone = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("an address")
    };
    let run = subscribe(&(at_sendmux(&format!("http://{gone}")) + " --show-secret"));
    assert_eq!((run.code, &run.json()["error"]), (1, &"network".into()));
    assert!(run.stderr.contains("nothing was sent"), "{run:?}");
}
