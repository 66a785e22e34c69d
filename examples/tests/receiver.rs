//! The receiver as its operator sees it: how it is set up, what it prints.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use hookproof::providers::{
    JETEMAIL, JETEMAIL_INBOUND, MAILINGAPI, SENDKIT, SENDMUX, SENDMUX_V2, SENT,
};
use hookproof::scheme::Scheme;
use support::answers::status;
use support::delivery::{genuine, request, signed_as, signed_at};
use support::process::{Receiver, refused, run};

const EVENT: &[u8] = br#"{"id":"evt_1","type":"delivered","data":{}}"#;

fn event(id: &str) -> Vec<u8> {
    format!(r#"{{"id":"{id}","type":"delivered","data":{{}}}}"#).into_bytes()
}

const PRESETS: [(&Scheme, &str); 7] = [
    (&SENDMUX, "SENDMUX_WEBHOOK_SECRET"),
    (&SENDMUX_V2, "SENDMUX_WEBHOOK_SECRET"),
    (&MAILINGAPI, "MAILINGAPI_WEBHOOK_SECRET"),
    (&SENDKIT, "SENDKIT_WEBHOOK_SECRET"),
    (&JETEMAIL, "JETEMAIL_WEBHOOK_SECRET"),
    (&JETEMAIL_INBOUND, "JETEMAIL_INBOUND_WEBHOOK_SECRET"),
    (&SENT, "SENT_WEBHOOK_SECRET"),
];

#[test]
fn one_shot_handles_every_event_and_no_forgery() {
    let output = run(&[], &[]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{text}");
    for (scheme, _) in PRESETS {
        let named = format!("{} ", scheme.slug());
        assert!(text.lines().filter(|line| line.starts_with(&named)).count() > 7);
    }
    let forged = text
        .lines()
        .filter(|line| line.contains(" forged: "))
        .count();
    assert_eq!(forged, 4 * 7 + 2 * 4);
    let last: Vec<_> = text.lines().rev().take(3).collect();
    assert_eq!(last[2], "replays that were handled again: 0 of 18");
    assert_eq!(last[1], "genuine deliveries handled: 126 of 126");
    assert_eq!(last[0], "forgeries that got through: 0 of 36");
}

#[tokio::test]
async fn secrets_that_are_not_set_are_made_up_and_printed_once() {
    let receiver = Receiver::start(&[], &[]);
    for (scheme, variable) in PRESETS {
        let secret = receiver.made_up(variable);
        // Two presets share a secret, and with it what was handled.
        let body = event(scheme.slug());
        assert_eq!(
            status(&receiver, &genuine(scheme, &secret, &body)).await,
            200
        );
        assert_eq!(receiver.line()["verdict"], "accepted");
        let body = signed_at(scheme, &secret, b"{}", 0);
        let refusal = if scheme.provider().starts_with("jetemail") {
            503
        } else {
            401
        };
        assert_eq!(
            status(&receiver, &request(scheme, &body, EVENT)).await,
            refusal
        );
        assert_eq!(receiver.line(), refused(scheme.slug(), refusal, "mismatch"));
    }
    assert_eq!(receiver.made_up("SENDKIT_WEBHOOK_SECRET").len(), 64);
    assert!(
        receiver
            .made_up("SENT_WEBHOOK_SECRET")
            .starts_with("whsec_")
    );
}

#[tokio::test]
async fn only_inbound_email_may_be_long_unless_told_otherwise() {
    let long = vec![b' '; 2 * 1024 * 1024];
    for (options, limit) in [(&[][..], 200), (&["--max-body", "1000000"][..], 413)] {
        let receiver = Receiver::start(options, &[]);
        for (scheme, variable) in PRESETS {
            let expected = if scheme.slug() == "jetemail-inbound" {
                limit
            } else {
                413
            };
            let request = genuine(scheme, &receiver.made_up(variable), &long);
            assert_eq!(
                status(&receiver, &request).await,
                expected,
                "{}",
                scheme.slug()
            );
        }
    }
}

#[tokio::test]
async fn the_tolerance_can_be_set() {
    let receiver = Receiver::start(&["--tolerance", "1000"], &[]);
    for (scheme, variable) in PRESETS
        .iter()
        .filter(|(scheme, _)| scheme.timestamp().is_some())
    {
        let secret = receiver.made_up(variable);
        for (seconds, verdict) in [(-900, "accepted"), (900, "accepted"), (-1100, "refused")] {
            // A delivery of its own each time: the same one stamped anew would be a duplicate.
            let id = format!("{}{seconds}", scheme.slug());
            let body = event(&id);
            let headers = signed_as(scheme, &secret, &body, seconds, &id);
            status(&receiver, &request(scheme, &headers, &body)).await;
            assert_eq!(
                receiver.line()["verdict"],
                verdict,
                "{} {seconds}",
                scheme.slug()
            );
        }
    }
}

#[test]
fn a_set_up_that_cannot_be_used_does_not_start() {
    for (variable, secret) in [
        ("SENDMUX_WEBHOOK_SECRET", ""),
        ("MAILINGAPI_WEBHOOK_SECRET", "  "),
        ("SENDKIT_WEBHOOK_SECRET", "changeme"),
        ("JETEMAIL_WEBHOOK_SECRET", "canary-with-blank "),
        ("JETEMAIL_INBOUND_WEBHOOK_SECRET", "canary\nline"),
        ("SENT_WEBHOOK_SECRET", "whsec_canary!"),
    ] {
        let output = run(&["--listen", "127.0.0.1:0"], &[(variable, secret)]);
        let told = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{variable}: {told}");
        assert!(told.contains(variable), "{told}");
        assert!(
            !told.contains("canary") && !told.contains("changeme"),
            "{told}"
        );
        assert!(
            !told.contains("listening") && output.stdout.is_empty(),
            "{told}"
        );
    }
    let output = run(
        &[
            "--listen",
            "127.0.0.1:0",
            "--store",
            "http://me:canary@host",
        ],
        &[],
    );
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        told.contains("--store") && !told.contains("canary"),
        "{told}"
    );
    for options in [
        ["--tolerance", "604801"],
        ["--tolerance", "-1"],
        ["--max-body", "0"],
    ] {
        let options = [&["--listen", "127.0.0.1:0"], &options[..]].concat();
        let output = run(&options, &[]);
        assert_eq!(output.status.code(), Some(2), "{options:?}");
    }
}

#[tokio::test]
async fn health_is_told_without_a_line() {
    let receiver = Receiver::start(&[], &[]);
    let get = |path| format!("GET {path} HTTP/1.1\r\nHost: receiver\r\n\r\n");
    assert_eq!(status(&receiver, get("/healthz").as_bytes()).await, 200);
    assert_eq!(
        status(&receiver, get("/webhooks/sent").as_bytes()).await,
        405
    );
    assert_eq!(
        status(&receiver, get("/webhooks/other").as_bytes()).await,
        404
    );
    assert!(receiver.rest().is_empty());
}
