//! Providers that refuse, misbehave or do not answer.

use std::fs;

use super::{Folder, KEY, at, at_sendmux, subscribe};
use crate::playing::Peer;

#[test]
fn the_providers_refusal_is_told_and_the_file_is_removed() {
    let folder = Folder::new("refused");
    let file = folder.file("secret");
    for (status, body, kind, words) in [
        (
            "422 Unprocessable Content",
            r#"{"ok":false,"error":{"code":"validation_error","message":"\u001b[2Jno","retryable":false},"meta":{"request_id":"req_1"}}"#,
            "invalid",
            &["validation_error", ": [2Jno", "req_1"][..],
        ),
        (
            "401 Unauthorized",
            r#"{"ok":false,"error":{"code":"authentication_required","message":"who?","retryable":false},"meta":{"request_id":"req_2"}}"#,
            "authentication",
            &["401", "who?"],
        ),
        ("503 Service Unavailable", "<html>", "unavailable", &["503"]),
        ("302 Found", "", "other", &["302"]),
    ] {
        let provider = Peer::provider(status, body);
        let run = subscribe(&format!(
            "{} --write-secret {file}",
            at_sendmux(&provider.url())
        ));
        assert_eq!(
            (run.code, &run.json()["error"]),
            (1, &kind.into()),
            "{run:?}"
        );
        for words in words {
            assert!(run.stderr.contains(words), "{run:?}");
        }
        assert!(!run.stderr.contains('\u{1b}'), "{run:?}");
        assert!(!fs::exists(&file).expect("a folder"), "{status}");
    }
}

/// A redirect could lead anywhere, and the request holds the key.
#[test]
fn no_redirect_is_followed() {
    let elsewhere = Peer::provider("200 OK", "{}");
    for status in [
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let provider = Peer::answering(format!(
            "HTTP/1.1 {status}\r\nLocation: {}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            elsewhere.url()
        ));
        let run = subscribe(&(at_sendmux(&provider.url()) + " --show-secret"));
        assert_eq!(run.code, 1, "{run:?}");
    }
    assert!(elsewhere.is_unasked());
}

/// The webhook may be there by then; who knows the key gets its secret all the same.
#[test]
fn without_an_answer_it_is_said_how_to_ask_again() {
    let provider = Peer::answering("");
    let run = subscribe(&(at_sendmux(&provider.url()) + " --show-secret"));
    assert_eq!((run.code, &run.json()["error"]), (1, &"network".into()));
    let request = String::from_utf8(provider.taken()).expect("text");
    let key = request
        .lines()
        .find_map(|line| line.strip_prefix("idempotency-key: "))
        .expect("a key of its own");
    assert!(key.len() >= 32, "{key}");
    assert!(
        run.stderr.contains(&format!("--idempotency-key {key}")),
        "{run:?}"
    );

    let line = at(
        "jetemail",
        "outbound.delivered",
        &provider.url(),
        "https://hooks.example.com/in",
    );
    let run = subscribe(&(line + " --show-secret"));
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.stderr
            .contains("delete it before you register it again"),
        "{run:?}"
    );
}

#[test]
fn an_answer_in_another_form_tells_that_there_may_be_a_webhook() {
    let folder = Folder::new("unreadable");
    let file = folder.file("secret");
    let body = r#"{"ok":true,"data":{"id":"whk_1","secret":17}}"#;
    let provider = Peer::provider("201 Created", body);
    let run = subscribe(&format!(
        "{} --write-secret {file}",
        at_sendmux(&provider.url())
    ));
    assert_eq!(
        (run.code, &run.json()["error"]),
        (1, &"unreadable-answer".into())
    );
    assert!(run.stderr.contains("may have been created"), "{run:?}");
    assert!(!fs::exists(&file).expect("a folder"));
}

#[test]
fn an_endless_answer_is_not_read_to_its_end() {
    let body = "a".repeat(2 * 1024 * 1024);
    let provider = Peer::provider("201 Created", &body);
    let run = subscribe(&(at_sendmux(&provider.url()) + " --show-secret"));
    assert_eq!((run.code, &run.json()["error"]), (1, &"network".into()));
}

#[test]
fn further_headers_are_sent_along() {
    let provider = Peer::provider("401 Unauthorized", "");
    subscribe(&(at_sendmux(&provider.url()) + " --show-secret --header x-gateway=blue"));
    let request = String::from_utf8(provider.taken()).expect("text");
    assert!(request.contains("\r\nx-gateway: blue\r\n"), "{request}");
    assert!(
        request.starts_with("POST /api/v1/webhooks HTTP/1.1\r\n"),
        "{request}"
    );
    let host = format!("host: {}\r\n", provider.address);
    assert!(request.to_lowercase().contains(&host), "{request}");
    assert_eq!(request.to_lowercase().matches("\r\nhost:").count(), 1);
}

/// A secret that outgrows the room, where no file may: as on a disk that has become full.
#[cfg(unix)]
#[test]
fn a_webhook_whose_secret_cannot_be_written_is_named() {
    let folder = Folder::new("lost");
    let file = folder.file("secret");
    let secret = "whsec_".to_owned() + &"A".repeat(20_000);
    let body = format!(
        r#"{{"ok":true,"data":{{"id":"whk_lost","url":"https://hooks.example.com/in","event_types":["message.delivered"],"secret":"{secret}"}}}}"#
    );
    let provider = Peer::provider("201 Created", &body);
    let line = format!("{} --write-secret {file}", at_sendmux(&provider.url()));
    for (more, told) in [("", false), (" --show-secret", true)] {
        let output = std::process::Command::new("sh")
            .args([
                "-c",
                "trap '' XFSZ; ulimit -f 8; exec \"$0\" subscribe \"$@\"",
            ])
            .arg(env!("CARGO_BIN_EXE_hookproof"))
            .args(format!("{line}{more}").split_whitespace())
            .env("API_KEY", KEY)
            .output()
            .expect("a shell");
        let stdout = String::from_utf8(output.stdout).expect("UTF-8");
        let stderr = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(1), "{stderr}");
        assert!(stdout.contains("whk_lost"), "{stdout}");
        assert!(
            stderr.contains(&file) && stderr.contains("cannot be written"),
            "{stderr}"
        );
        assert_eq!(stdout.contains(&secret), told);
        assert_eq!(stderr.contains("rotate its secret"), !told, "{stderr}");
        assert!(!stderr.contains("whsec_A"), "{stderr}");
        assert!(!fs::exists(&file).expect("a folder"));
    }
}
