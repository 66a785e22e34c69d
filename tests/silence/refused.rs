//! What single deliveries leave in the log.

use axum::Router;
use axum::body::Body;
use axum::routing::post;
use hookproof::axum::{Verified, VerifiedBytes};
use hookproof::events::sendmux;
use hookproof::{Endpoint, Secret, Verifier, providers};
use http::{HeaderMap, HeaderValue, StatusCode};
use tower::ServiceExt as _;

use crate::captured::captured;
use crate::drivers::Outward;
use crate::support::http::{SECRET, endpoint, outward, request, signed, verifier};

const BODY: &[u8] = br#"{"id":"evt_1","canary-of-the-body":1}"#;

fn logged(run: impl Future<Output = ()>) -> String {
    captured(run).log.join("\n")
}

fn app(endpoint: &Endpoint) -> Router {
    Router::new().route("/", post(endpoint.handler(|_: VerifiedBytes| async {})))
}

async fn send(app: Router, headers: HeaderMap, body: &'static [u8]) -> Outward {
    let sent = request(headers, Body::from(body));
    outward(app.oneshot(sent).await.expect("infallible")).await
}

#[test]
fn logs_name_endpoint_and_kind_and_hold_no_secret_mac_or_body() {
    let signature = signed(&providers::SENDMUX_V2, BODY);
    let mac = signature["x-sendmux-signature-v2"]
        .to_str()
        .expect("ASCII")
        .to_owned();
    let text = logged(async {
        let app = app(&endpoint(&providers::SENDMUX_V2));
        let with = |name: &'static str, value: &str| {
            let mut headers = signed(&providers::SENDMUX_V2, BODY);
            headers.insert(
                name,
                HeaderValue::from_bytes(value.as_bytes()).expect("a value"),
            );
            headers
        };
        let cases = [
            signed(&providers::SENDMUX_V2, BODY),
            HeaderMap::new(),
            with("x-sendmux-timestamp", "1"),
            with("x-sendmux-timestamp", "999999999999"),
            with("x-sendmux-timestamp", "canary-of-the-sender"),
            with("x-sendmux-signature-v2", "v1=canary-of-the-sender"),
            signed(&providers::SENDMUX_V2, b"other"),
        ];
        for headers in cases {
            send(app.clone(), headers, BODY).await;
        }
        let unparsable = endpoint(&providers::SENDMUX);
        let typed = post(unparsable.handler(|_: Verified<sendmux::Event>| async {}));
        let body = b"canary-of-the-body";
        let answer = send(
            Router::new().route("/", typed),
            signed(&providers::SENDMUX, body),
            body,
        )
        .await;
        assert_eq!(answer.0, StatusCode::UNPROCESSABLE_ENTITY);
    });
    for kind in ["missing-header", "stale", "future", "malformed", "mismatch"] {
        assert!(
            text.contains(&format!("kind=\"{kind}\"")),
            "{kind} is not in:\n{text}"
        );
    }
    assert!(text.contains("endpoint=\"sendmux-v2\""));
    for hidden in [SECRET, &mac[3..], "canary", "whsec_"] {
        assert!(!text.contains(hidden), "{hidden} is in:\n{text}");
    }
}

#[test]
fn a_handler_without_an_endpoint_is_named_in_the_log() {
    let text = logged(async {
        let app = Router::new().route("/", post(|_: Verified<sendmux::Event>| async {}));
        let answer = send(app, signed(&providers::SENDMUX, BODY), BODY).await;
        assert_eq!(answer.0, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(answer.2.is_empty());
    });
    assert!(
        text.contains("ERROR") && text.contains("Endpoint::handler"),
        "{text}"
    );
}

#[test]
fn another_providers_endpoint_is_named_in_the_log() {
    let text = logged(async {
        let handler = endpoint(&providers::GITHUB).handler(|_: Verified<sendmux::Event>| async {});
        let app = Router::new().route("/", post(handler));
        send(app, signed(&providers::GITHUB, BODY), BODY).await;
    });
    assert!(
        text.contains("provider=\"github\"") && text.contains("[\"sendmux\"]"),
        "{text}"
    );
}

#[test]
fn a_short_key_is_warned_of_once_and_not_shown() {
    let text = logged(async {
        let verifier = Verifier::new(&providers::GITHUB, Secret::new("canary")).expect("taken");
        let endpoint = Endpoint::builder("hooks", verifier)
            .without_replay_guard()
            .build()
            .expect("a sound endpoint");
        for _ in 0..3 {
            send(app(&endpoint), HeaderMap::new(), BODY).await;
        }
    });
    assert_eq!(text.matches("fewer than 16 bytes").count(), 1, "{text}");
    assert!(!text.contains("canary"));
}

#[test]
fn an_endpoint_prints_no_secret() {
    let endpoint = endpoint(&providers::STANDARD_WEBHOOKS);
    let printed = format!(
        "{endpoint:?}{endpoint:#?}{:?}",
        verifier(&providers::STRIPE)
    );
    assert!(
        !printed.contains("tpPP0gy") && !printed.contains("whsec"),
        "{printed}"
    );
}
