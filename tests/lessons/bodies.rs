//! Bodies: bytes, as they were signed, and read by nobody before.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::post;
use hookproof::VerifyErrorKind::Mismatch;
use hookproof::axum::{Verified, VerifiedBytes, VerifiedJson};
use hookproof::events::sendmux;
use hookproof::providers;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, StatusCode};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use crate::captured::captured;
use crate::support::delivered::{BODY, Delivered};
use crate::support::http::{endpoint, request, signed};
use crate::support::shapes::presets;

/// open-swe issue 2310: the body was made text before the MAC, and what is no text was lost.
#[test]
fn lesson_49_a_body_is_bytes_and_no_text() {
    let odd: [&[u8]; 5] = [
        b"\xff",
        b"{\"name\":\"M\xfcller\"}",
        b"\xc3\x28",
        b"a\0b",
        b"\xed\xa0\x80",
    ];
    for scheme in presets() {
        for body in odd {
            let mut delivered = Delivered::signed(scheme).with_body(body);
            delivered.sign();
            assert_eq!(delivered.verdict(), Ok(()), "{}: {body:?}", scheme.slug());
            let lossy = String::from_utf8_lossy(body).into_owned();
            if lossy.as_bytes() != body {
                assert_eq!(
                    delivered.with_body(lossy).verdict(),
                    Err(Mismatch),
                    "{body:?}"
                );
            }
        }
    }
}

/// stripe-node issue 396, node-slack-events-api issue 92: the body was parsed and printed again before it
/// was verified.
#[test]
fn lesson_50_a_body_that_was_printed_anew_is_refused_and_the_help_says_so() {
    let body = r#"{"id":"evt_1","amount":1.10,"type":"invoice.paid","name":"\u00e9"}"#;
    let changed = [
        r#"{"id": "evt_1", "amount": 1.10, "type": "invoice.paid", "name": "\u00e9"}"#,
        r#"{"type":"invoice.paid","id":"evt_1","amount":1.10,"name":"\u00e9"}"#,
        r#"{"id":"evt_1","amount":1.1,"type":"invoice.paid","name":"\u00e9"}"#,
        r#"{"id":"evt_1","amount":1.10,"type":"invoice.paid","name":"é"}"#,
        &format!("{body}\n"),
        &format!("{body}\r\n"),
        &format!("\u{feff}{body}"),
        &format!(" {body}"),
    ];
    for scheme in presets() {
        let mut delivered = Delivered::signed(scheme).with_body(body);
        delivered.sign();
        assert_eq!(delivered.verdict(), Ok(()), "{}", scheme.slug());
        for other in changed {
            assert_eq!(
                delivered.with_body(other).verdict(),
                Err(Mismatch),
                "{other:?}"
            );
        }
    }
    for help in [
        include_str!("../../docs/operating.md"),
        include_str!("../../docs/command-line.md"),
    ] {
        assert!(help.contains("the body was changed before it was verified"));
    }
}

/// Reads the body, and hands on what is left of it.
async fn consume(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    assert!(!body.collect().await.expect("a body").to_bytes().is_empty());
    next.run(Request::from_parts(parts, Body::empty())).await
}

/// The review of openclaw PR 39452: something in front had read the body already.
#[test]
fn lesson_51_a_body_that_was_read_before_is_refused_and_the_order_is_told() {
    let calls = Arc::new(AtomicUsize::new(0));
    let captured = captured(async {
        let counted = Arc::clone(&calls);
        let handler = move |_: VerifiedBytes| async move {
            counted.fetch_add(1, Ordering::SeqCst);
        };
        let app: Router = Router::new()
            .route("/", post(endpoint(&providers::STRIPE).handler(handler)))
            .layer(middleware::from_fn(consume));
        let mut headers = signed(&providers::STRIPE, BODY);
        headers.insert(CONTENT_LENGTH, HeaderValue::from(BODY.len()));
        let sent = request(headers, Body::from(BODY));
        let answer = app.oneshot(sent).await.expect("infallible");
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    });
    assert_eq!(calls.load(Ordering::SeqCst), 0);
    let told = format!("of the {} bytes announced 0 came", BODY.len());
    captured.line(&["WARN", "delivery refused", r#"kind="mismatch""#, &told]);
    let layer = include_str!("../../src/layer/mod.rs");
    assert!(layer.contains("# Where to put it") && layer.contains("breaks the signature"));
    let help = include_str!("../../docs/operating.md");
    assert!(help.contains("the body was read before the endpoint"));
}

/// RUSTSEC-2024-0012 (serde-json-wasm): deep JSON overflowed the stack.
#[tokio::test]
async fn lesson_52_deep_json_is_an_error() {
    let scheme = &providers::SENDMUX;
    for deep in [
        "[".repeat(100_000),
        "{\"id\":".repeat(100_000),
        format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)),
    ] {
        let endpoint = endpoint(scheme);
        let app: Router = Router::new()
            .route(
                "/typed",
                post(endpoint.handler(|_: Verified<sendmux::Event>| async {})),
            )
            .route(
                "/own",
                post(endpoint.handler(|_: VerifiedJson<serde_json::Value>| async {})),
            );
        for path in ["/typed", "/own"] {
            let mut sent = request(signed(scheme, deep.as_bytes()), Body::from(deep.clone()));
            *sent.uri_mut() = path.parse().expect("a path");
            let answer = app.clone().oneshot(sent).await.expect("infallible");
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        }
        // Ids and signatures that stand in the body are looked for without falling deep.
        let mut delivered = Delivered::signed(scheme).with_body(deep.as_str());
        delivered.sign();
        let proven = delivered.stream(&[deep.as_bytes()]).expect("genuine");
        assert_eq!((proven.delivery_id(), proven.event_type()), (None, None));
    }
}
