//! Signed JSON that is hostile to its readers. Each behind a guard, which reads the id too.

use axum::Router;
use axum::body::Body;
use axum::routing::post;
use hookproof::axum::{Verified, VerifiedBytes, VerifiedJson};
use hookproof::events::mailingapi;
use hookproof::replay::MemoryStore;
use hookproof::{Endpoint, Proven, providers};
use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::support::http::{outward, request, signed, verifier};

/// What a reader of the user's own takes.
#[derive(Deserialize)]
struct Mine {
    r#type: Option<String>,
}

/// A route for each way to read: typed, one's own type, a tree, the bytes.
fn app() -> Router {
    let endpoint = |name: &str| {
        let endpoint = Endpoint::builder(name, verifier(&providers::MAILINGAPI));
        let endpoint = endpoint.replay(MemoryStore::default());
        endpoint.build().expect("a sound endpoint")
    };
    let typed = endpoint("typed").handler(|event: Verified<mailingapi::Event>| async move {
        event.into_inner().received_name.unwrap_or_default()
    });
    let mine = endpoint("mine").handler(|mine: VerifiedJson<Mine>| async move {
        mine.into_inner().r#type.unwrap_or_default()
    });
    let tree = endpoint("tree").handler(|tree: VerifiedJson<Value>| async move {
        tree["type"].as_str().unwrap_or_default().to_owned()
    });
    let bytes = endpoint("bytes").handler(|_: VerifiedBytes, proven: Proven| async move {
        proven.event_type().unwrap_or_default()
    });
    Router::new()
        .route("/typed", post(typed))
        .route("/mine", post(mine))
        .route("/tree", post(tree))
        .route("/bytes", post(bytes))
}

/// Status and event's name.
async fn read(by: &str, body: &[u8]) -> (u16, String) {
    let mut sent = request(
        signed(&providers::MAILINGAPI, body),
        Body::from(body.to_vec()),
    );
    *sent.uri_mut() = format!("/{by}").parse().expect("a path");
    let answer = app().oneshot(sent).await.expect("infallible");
    let (status, _, said) = outward(answer).await;
    let said = String::from_utf8(said.to_vec()).expect("UTF-8");
    (StatusCode::as_u16(&status), said)
}

const READERS: [&str; 3] = ["typed", "mine", "tree"];

/// hx-s-048, deep JSON: 422, and 200 to a handler that takes bytes, or a type of its own that passes
/// over what is deep; the stack stays as it is.
#[tokio::test]
async fn hx_s_048_deep_json() {
    let brackets = "[".repeat(100_000);
    let refused = (422, String::new());
    for body in [
        "{\"id\":".repeat(100_000),
        format!("{{\"type\":\"delivered\",\"data\":{brackets}"),
        brackets.clone(),
    ] {
        for by in READERS {
            assert_eq!(read(by, body.as_bytes()).await, refused, "{by}");
        }
        assert_eq!(read("bytes", body.as_bytes()).await.0, 200);
    }
    let closed = format!("{{\"new\":{brackets}{}}}", "]".repeat(100_000));
    for by in ["typed", "tree"] {
        assert_eq!(read(by, closed.as_bytes()).await, refused, "{by}");
    }
    for by in ["mine", "bytes"] {
        assert_eq!(read(by, closed.as_bytes()).await.0, 200, "{by}");
    }
}

/// hx-s-049, duplicate JSON keys: no event for whoever reads them by type (`events`, rule 5), and no
/// name (`Proven::event_type`); a tree keeps the last value (`VerifiedJson`).
#[tokio::test]
async fn hx_s_049_duplicate_json_keys() {
    for body in [
        r#"{"type":"a","type":"b"}"#,
        r#"{"type":"a","\u0074ype":"b"}"#,
        r#"{"type":"delivered","type":"delivered"}"#,
    ] {
        for by in ["typed", "mine"] {
            assert_eq!(
                read(by, body.as_bytes()).await,
                (422, String::new()),
                "{by} {body}"
            );
        }
        assert_eq!(
            read("bytes", body.as_bytes()).await,
            (200, String::new()),
            "{body}"
        );
    }
}

/// hx-s-050, number beyond u64: no panic; a number that nobody reads does no harm.
#[tokio::test]
async fn hx_s_050_a_number_beyond_u64() {
    let digits = "9".repeat(30);
    for number in [
        "1e400",
        "-1e400",
        "1e-400",
        &digits,
        &format!("-{digits}"),
        &format!("0.{digits}"),
    ] {
        let body = format!(r#"{{"type":"delivered","n":{number},"data":{{"n":{number}}}}}"#);
        let expected = (200, "delivered".to_owned());
        for by in ["typed", "mine", "bytes"] {
            assert_eq!(read(by, body.as_bytes()).await, expected, "{by} {number}");
        }
        // A tree has no such number in some cases.
        let (status, _) = read("tree", body.as_bytes()).await;
        assert!([200, 422].contains(&status), "{number}: {status}");
        for field in ["id", "type", "timestamp", "data"] {
            let body = format!(r#"{{"{field}":{number}}}"#);
            for by in ["typed", "mine", "tree", "bytes"] {
                let (status, _) = read(by, body.as_bytes()).await;
                assert!([200, 422].contains(&status), "{by} {body}: {status}");
            }
        }
    }
}

/// hx-s-052, BOM before JSON, valid signature: verified, and 422 to a handler that takes JSON
/// (`events`, rule 6); `VerifiedBytes` has it.
#[tokio::test]
async fn hx_s_052_a_byte_order_mark_before_json() {
    let body = b"\xef\xbb\xbf{\"id\":\"evt_1\",\"type\":\"delivered\"}";
    for by in READERS {
        assert_eq!(read(by, body).await, (422, String::new()), "{by}");
    }
    assert_eq!(read("bytes", body).await.0, 200);
}
