//! The page's files, and what is the sandbox's own: what they answer, and what they refuse.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

mod support;

use std::net::SocketAddr;

use hookproof_sandbox::{Provider, Running, Sandbox};
use serde_json::json;
use support::ask::{get, post, send};

async fn start(sandbox: Sandbox) -> (Running, SocketAddr) {
    let any = "127.0.0.1:0".parse().expect("an address");
    let sandbox = sandbox.start(any).await.expect("it starts");
    let address = sandbox.address();
    (sandbox, address)
}

/// Where `text` names a file of the sandbox's in quotes.
fn files_in(text: &str) -> Vec<&str> {
    let quoted = text.split('"').skip(1).step_by(2);
    quoted
        .filter(|name| name.ends_with(".js") || name.ends_with(".css"))
        .collect()
}

#[tokio::test]
async fn the_page_and_all_its_files_are_served() {
    let (_sandbox, address) = start(Sandbox::default()).await;
    let page = get(address, "/").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let mut open: Vec<String> = files_in(page.text())
        .into_iter()
        .map(str::to_owned)
        .collect();
    let mut seen = Vec::new();
    while let Some(path) = open.pop() {
        let file = get(address, &path).await;
        assert_eq!(file.status, 200, "{path}");
        let kind = if path.ends_with(".css") {
            "text/css"
        } else {
            "text/javascript"
        };
        assert_eq!(
            file.header("content-type"),
            format!("{kind}; charset=utf-8")
        );
        let folder = path.rsplit_once('/').expect("a path").0;
        seen.push(path.clone());
        for name in files_in(file.text()) {
            let name = name.strip_prefix("./").expect("beside the file");
            let path = format!("{folder}/{name}");
            if !seen.contains(&path) && !open.contains(&path) {
                open.push(path);
            }
        }
    }
    seen.sort();
    assert_eq!(seen.first().map(String::as_str), Some("/page.css"));
    assert_eq!(seen.len(), 7, "{seen:?}");
}

#[tokio::test]
async fn the_page_has_no_markup_that_its_policy_forbids() {
    let (_sandbox, address) = start(Sandbox::default()).await;
    let page = get(address, "/").await;
    let page = page.text();
    for forbidden in [
        "<style",
        " style=",
        " onclick=",
        " onload=",
        "<base",
        "https://",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script>").count(), 1);
    assert!(page.contains(r#"<script type="module" src="/page.js"></script>"#));
}

#[tokio::test]
async fn every_answer_of_its_own_is_for_itself_alone() {
    let (_sandbox, address) = start(Sandbox::default()).await;
    for path in [
        "/",
        "/page.css",
        "/page/dom.js",
        "/sandbox/state",
        "/sandbox/log",
        "/nothing",
    ] {
        let answer = get(address, path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self';"),
            "{path}: {policy}"
        );
        for rule in [
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'none'",
        ] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        for (name, value) in [
            ("cache-control", "no-store"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(answer.header(name), value, "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn a_sandbox_that_has_done_nothing_has_an_empty_state_and_log() {
    let (_sandbox, address) = start(Sandbox::default()).await;
    let state = get(address, "/sandbox/state").await;
    assert_eq!(state.header("content-type"), "application/json");
    let state = state.json();
    assert_eq!(state["providers"][4]["title"], Provider::Sent.title());
    assert_eq!(
        (&state["subscriptions"], &state["deliveries"]),
        (&json!([]), &json!([]))
    );
    let log = get(address, "/sandbox/log").await;
    assert_eq!(log.header("content-type"), "application/x-ndjson");
    assert_eq!(log.text(), "");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let (_sandbox, address) = start(Sandbox::default()).await;
    for path in [
        "/nothing",
        "/sandbox",
        "/sandbox/",
        "/page/",
        "/page/mod.rs",
        "/%ff",
        "/..%2f",
    ] {
        let answer = get(address, path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            answer.error().starts_with("there is nothing at /"),
            "{path}"
        );
    }
    let nobody = "no such provider: there are sendmux, mailingapi, sendkit, jetemail and sent";
    let delivery = "no delivery of this number is kept";
    let subscription = "the provider has no subscription of this id";
    for (path, error) in [
        ("/sandbox/nobody/emit", nobody),
        ("/sandbox/deliveries/emit", nobody),
        ("/sandbox/deliveries/1/repeat", delivery),
        ("/sandbox/deliveries/one/repeat", delivery),
        ("/sandbox/deliveries/99999999999999999999/repeat", delivery),
        ("/sandbox/subscriptions/sent/none/rotate", subscription),
        ("/sandbox/subscriptions/nobody/none/rotate", nobody),
    ] {
        let answer = post(address, path, r#"{"as":"late"}"#).await;
        let said = (answer.status.as_u16(), answer.error());
        assert_eq!(said, (404, error.to_owned()), "{path}");
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_one() {
    let (_sandbox, address) = start(Sandbox::default()).await;
    for (method, path, allow) in [
        ("POST", "/", "GET,HEAD"),
        ("DELETE", "/sandbox/state", "GET,HEAD"),
        ("GET", "/sandbox/sent/emit", "POST"),
        ("BREW", "/sandbox/subscriptions/sent/1", "DELETE"),
    ] {
        let answer = send(address, method, path, &[], "").await;
        assert_eq!(answer.status, 405, "{method} {path}");
        assert_eq!(answer.header("allow"), allow);
        assert_eq!(
            answer.error(),
            format!("not by {method}: see the header allow")
        );
    }
}

#[tokio::test]
async fn a_body_that_does_not_fit_is_refused_with_its_reason() {
    let (_sandbox, address) = start(Sandbox::default()).await;
    let emit = "/sandbox/sendmux/emit";
    for (body, error) in [
        ("[]", "the body is not a JSON object"),
        ("null", "the body is not a JSON object"),
        ("\"{}\"", "the body is not a JSON object"),
        ("   ", "the body is not a JSON object"),
        ("{", "the body does not fit: EOF while parsing an object"),
        (
            r#"{"event":5}"#,
            "the body does not fit: invalid type: integer `5`, expected a string",
        ),
        (
            r#"{"evnt":"a"}"#,
            "the body does not fit: unknown field `evnt`",
        ),
        (
            r#"{"as":"true"}"#,
            "the body does not fit: unknown variant `true`",
        ),
        (
            r#"{"once":1}"#,
            "the body does not fit: invalid type: integer `1`, expected a boolean",
        ),
        (
            r#"{"event":"a","event":"b"}"#,
            "the body does not fit: duplicate field `event`",
        ),
        ("{} {}", "the body does not fit: trailing characters"),
    ] {
        let answer = post(address, emit, body).await;
        assert_eq!(answer.status, 400, "{body}");
        assert!(
            answer.error().starts_with(error),
            "{body}: {}",
            answer.error()
        );
    }
    let deep = "{\"event\":".repeat(100_000 / 9);
    assert_eq!(post(address, emit, &deep).await.status, 400);
    let long = format!(r#"{{"{}":1}}"#, "x".repeat(100_000));
    let answer = post(address, emit, &long).await;
    assert_eq!(answer.status, 400);
    assert!(answer.body.len() < 1_000, "{}", answer.text());

    let huge = format!(r#"{{"body":"{}"}}"#, "x".repeat(256 * 1024));
    let answer = post(address, emit, &huge).await;
    assert_eq!(answer.status, 413);
    assert_eq!(answer.error(), "the body is longer than 256 KiB");

    let typed = [("content-type", "text/plain")];
    let answer = send(address, "POST", emit, &typed, "{}").await;
    assert_eq!(answer.status, 415);
    assert_eq!(
        answer.error(),
        "send the body as content-type: application/json"
    );
    assert_eq!(get(address, "/").await.status, 200);
}

#[tokio::test]
async fn an_event_that_nobody_wants_is_a_conflict() {
    let (_sandbox, address) = start(Sandbox::default()).await;
    for provider in Provider::ALL {
        let path = format!("/sandbox/{provider}/emit");
        let bare = send(address, "POST", &path, &[], "").await;
        assert_eq!(bare.status, 409);
        assert_eq!(
            bare.error(),
            "no subscription wants this event: register one first"
        );
        assert_eq!(post(address, &path, "{}").await.status, 409);
    }
}

#[tokio::test]
async fn an_event_that_there_is_not_is_refused() {
    let (_sandbox, address) = start(Sandbox::default()).await;
    let unknown = post(address, "/sandbox/sent/emit", r#"{"event":"<b>no.such"}"#).await;
    assert_eq!(unknown.status, 400);
    assert_eq!(unknown.error(), "the provider has no event <b>no.such");
    let late = post(address, "/sandbox/sendkit/emit", r#"{"as":"late"}"#).await;
    assert_eq!(late.status, 409);
    let why = "SendKit.ai signs no timestamp: nothing of it is late or early";
    assert_eq!(late.error(), why);
    let of_nobody = r#"{"subscription":"none"}"#;
    let missing = post(address, "/sandbox/sent/emit", of_nobody).await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn only_names_of_its_own_are_answered() {
    let (_sandbox, address) = start(Sandbox::default().allow_host("hooks.example.com")).await;
    let port = address.port();
    let ask = async |host: &str, path| send(address, "GET", path, &[("host", host)], "").await;
    for host in [
        format!("localhost:{port}"),
        format!("hooks.example.com:{port}"),
    ] {
        assert_eq!(ask(&host, "/").await.status, 200, "{host}");
    }
    for path in [
        "/",
        "/page.js",
        "/sandbox/state",
        "/sandbox/changes",
        "/nothing",
        "/sendmux/api/v1/webhooks",
    ] {
        let refused = ask("rebound.example.com", path).await;
        assert_eq!(refused.status, 421, "{path}");
        assert!(refused.error().contains("loopback names"), "{path}");
    }
}

#[tokio::test]
async fn pages_of_other_origins_are_refused_whatever_they_ask() {
    let (_sandbox, address) = start(Sandbox::default()).await;
    let own = format!("http://{address}");
    let ask = async |path, name, value: &str| {
        send(address, "POST", path, &[(name, value)], "")
            .await
            .status
            .as_u16()
    };
    for path in [
        "/sandbox/sent/emit",
        "/sandbox/deliveries/1/repeat",
        "/sendmux/api/v1/webhooks",
    ] {
        for origin in [
            "null",
            "http://example.com",
            "http://127.0.0.1:1",
            "https://localhost",
        ] {
            assert_eq!(ask(path, "origin", origin).await, 403, "{path} {origin}");
        }
        assert_eq!(
            ask(path, "sec-fetch-site", "cross-site").await,
            403,
            "{path}"
        );
        assert_ne!(ask(path, "origin", &own).await, 403, "{path}");
    }
}
