//! Bodies that are errors, what the error says, and what it never says.

use std::error::Error as _;

use hookproof::events::{Event as _, mailingapi};
use serde_json::Value;

use super::corpus::CORPUS;
use super::{PROVIDERS, read};

#[test]
fn a_documented_field_of_another_type_is_an_error_and_says_where() {
    for (provider, body, message) in [
        (
            "sendmux",
            "{\"type\":7}",
            "value of an unexpected type at line 1 column 9",
        ),
        (
            "sendmux",
            "{\"type\":\"message.delivered\",\n \"data\":{\n  \"is_spam\": 12}}",
            "value of an unexpected type at line 3 column 15",
        ),
        (
            "sendmux",
            "{\"type\":\"sendmux.test\",\n\"occurred_at\":\"soon\"}",
            "value of an unexpected type at line 2 column 15",
        ),
        (
            "mailingapi",
            r#"{"type":"opened","data":[]}"#,
            "value of an unexpected type at line 1 column 24",
        ),
        (
            "jetemail",
            r#"{"type":"outbound.queued","created_at":1.5}"#,
            "value of an unexpected type at line 1 column 42",
        ),
        (
            "jetemail-inbound",
            r#"{"attachments":[["a.pdf"]]}"#,
            "value of an unexpected type at line 1 column 16",
        ),
        (
            "sent",
            "[]",
            "value of an unexpected type at line 1 column 0",
        ),
    ] {
        assert_eq!(
            read(provider, body.as_bytes()).unwrap_err().to_string(),
            message,
            "{body}"
        );
    }
}

#[test]
fn a_repeated_key_that_is_read_is_an_error() {
    for (provider, body, column) in [
        ("sendmux", r#"{"type":"a","type":"a"}"#, 20),
        ("sendmux", r#"{"type":"a","\u0074ype":"b"}"#, 25),
        ("sendmux", r#"{"type":"a","id":"1","id":"2"}"#, 27),
        (
            "sendmux",
            r#"{"type":"message.bounced","data":{},"data":{}}"#,
            44,
        ),
        (
            "mailingapi",
            r#"{"type":"opened","data":{"to":"a","to":"b"}}"#,
            40,
        ),
        (
            "mailingapi",
            r#"{"type":"opened","data":{"ip":"a","ip":null}}"#,
            40,
        ),
        ("sendkit", r#"{"event":"test","type":"a","type":"b"}"#, 35),
        (
            "sendkit",
            r#"{"event":"test","data":{"message":"a","message":"b"}}"#,
            49,
        ),
        (
            "jetemail",
            r#"{"type":"outbound.virus","data":{"virus":"a","virus":"b"}}"#,
            54,
        ),
        ("jetemail-inbound", r#"{"from":"a","from":"b"}"#, 20),
        (
            "jetemail-inbound",
            r#"{"attachments":[{"size":1,"size":2}]}"#,
            34,
        ),
        ("jetemail-inbound", r#"{"headers":{"A":"1","A":"2"}}"#, 25),
        (
            "sent",
            r#"{"event":"message.sent","sub_type":"a","sub_type":"b"}"#,
            51,
        ),
        (
            "sent",
            r#"{"event":"a","value":1,"payload":{},"value":2}"#,
            45,
        ),
    ] {
        let error = read(provider, body.as_bytes()).unwrap_err();
        let message = format!("repeated key at line 1 column {column}");
        assert_eq!(error.to_string(), message, "{provider} {body}");
    }
    let unread = br#"{"type":"message.delivered","new":1,"new":2,"data":{"new":1,"new":2}}"#;
    assert_eq!(read("sendmux", unread).unwrap().variant(), "Delivered");
}

#[test]
fn a_body_that_is_no_json_object_is_an_error() {
    for (body, message) in [
        (&b""[..], "unexpected end of JSON at line 1 column 0"),
        (b" \n", "unexpected end of JSON at line 2 column 0"),
        (b"\xef\xbb\xbf{}", "invalid JSON at line 1 column 1"),
        (b"{}{}", "invalid JSON at line 1 column 3"),
        (
            b"{\"type\":\"\xff\"}",
            "body is not UTF-8 at line 1 column 10",
        ),
        (
            b"\"text\"",
            "value of an unexpected type at line 1 column 6",
        ),
        (b"{'type':1}", "invalid JSON at line 1 column 2"),
    ] {
        for provider in PROVIDERS {
            let error = read(provider, body).unwrap_err();
            assert_eq!(error.to_string(), message, "{provider} {body:?}");
        }
    }
    let half = br#"{"type":"message.delivered","data":{"sender":"\ud800"}}"#;
    assert!(read("sendmux", half).is_err());
    let unread = br#"{"type":"message.delivered","new":"\ud800"}"#;
    assert!(read("sendmux", unread).is_ok());
}

#[test]
fn a_body_that_nests_too_deep_is_an_error_wherever_it_does() {
    for provider in PROVIDERS {
        for open in [
            "[",
            "{\"a\":",
            "{\"type\":\"opened\",\"data\":{\"metadata\":",
            "{\"headers\":",
        ] {
            for close in ["]", ""] {
                let body = [open, &"[".repeat(100_000), &close.repeat(100_000), "}"].concat();
                let message = read(provider, body.as_bytes()).unwrap_err().to_string();
                assert!(
                    message.starts_with("JSON nests deeper than 127 levels at line 1"),
                    "{message}"
                );
            }
        }
    }
    let nested =
        |levels: usize| format!(r#"{{"new":{}{}}}"#, "[".repeat(levels), "]".repeat(levels));
    assert!(read("sendmux", nested(126).as_bytes()).is_ok());
    let error = read("sendmux", nested(127).as_bytes()).unwrap_err();
    assert_eq!((error.line(), error.column()), (1, 134));
    // What is accepted is what an ordinary reader of the same bytes takes.
    assert!(serde_json::from_str::<Value>(&nested(126)).is_ok());
    assert!(serde_json::from_str::<Value>(&nested(127)).is_err());
    let text = format!(r#"{{"new":"\"{}"}}"#, "[".repeat(1000));
    assert!(read("sendmux", text.as_bytes()).is_ok());
}

#[test]
fn a_huge_number_is_passed_over() {
    for number in [
        "1e400",
        "-1E+99999",
        "123456789012345678901234567890",
        "0.1e-9999",
    ] {
        for (provider, _, variant, name) in CORPUS {
            let body = format!(
                r#"{{"type":"{name}","event":"{name}","new":{number},"data":{{"new":{number}}},"payload":{{"new":[{number}]}}}}"#
            );
            let event = read(provider, body.as_bytes()).unwrap();
            assert_eq!(event.unknown.is_some(), *variant == "Unknown");
        }
    }
    assert!(
        read(
            "jetemail",
            br#"{"type":"outbound.queued","created_at":1e400}"#
        )
        .is_err()
    );
}

#[test]
fn an_error_never_repeats_the_body() {
    const CANARY: &str = "canary-5f1c";
    let mut errors = 0;
    for provider in PROVIDERS {
        for body in [
            format!("\"{CANARY}\""),
            CANARY.to_owned(),
            format!(r#"{{"{CANARY}":{CANARY}}}"#),
            format!(
                r#"{{"type":"{CANARY}","type":"{CANARY}","event":1,"event":2,"to":1,"to":"{CANARY}"}}"#
            ),
            format!(
                r#"{{"type":["{CANARY}"],"event":["{CANARY}"],"to":["{CANARY}"],"timestamp":"{CANARY}"}}"#
            ),
            format!(
                r#"{{"type":"opened","timestamp":"{CANARY}","data":{{"to":{{"{CANARY}":1}}}}}}"#
            ),
            format!(r#"{{"type":"message.received","data":{{"is_spam":"{CANARY}"}}}}"#),
            format!(r#"{{"a":"{CANARY}"#),
        ] {
            // Not every provider reads every one of these.
            let Err(error) = read(provider, body.as_bytes()) else {
                continue;
            };
            errors += 1;
            let shown = format!("{error} {error:?} {error:#?}");
            assert!(!shown.contains("canary"), "{shown}");
            assert!(error.source().is_none());
        }
    }
    assert!(errors > 30, "{errors}");
    let body = format!(r#"{{"type":"opened","data":{{"metadata":{{"a":"{CANARY}"}}}}}}"#);
    let event = mailingapi::Event::from_body(body.as_bytes()).unwrap();
    assert!(!format!("{event:#?}").contains("canary"));
    let error = event.data.unwrap().parse::<u8>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "value of an unexpected type at line 1 column 0"
    );
}
