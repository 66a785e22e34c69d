//! The handler adapter and the extractors: proof in front of handlers, and nothing without it.
#![cfg(all(feature = "axum", feature = "events"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::post;
use bytes::Bytes;
use hookproof::axum::{Verified, VerifiedBytes, VerifiedJson, VerifiedRejection};
use hookproof::events::sendmux;
use hookproof::{Endpoint, Proven, Receipt, providers};
use serde::Deserialize;
use support::http::{endpoint, outward, request, signed, verifier};
use tower::ServiceExt;

const EVENT: &[u8] = br#"{"id":"evt_1","type":"message.delivered","data":{"recipients":[]}}"#;

async fn send(app: Router, headers: HeaderMap, body: &'static [u8]) -> Response {
    app.oneshot(request(headers, Body::from(body)))
        .await
        .expect("infallible")
}

async fn status(app: Router, headers: HeaderMap, body: &'static [u8]) -> StatusCode {
    send(app, headers, body).await.status()
}

fn genuine() -> HeaderMap {
    signed(&providers::SENDMUX, EVENT)
}

/// An app with one route, which counts its calls.
fn counting<H, M>(handler: impl FnOnce(Arc<AtomicUsize>) -> H) -> (Router, Arc<AtomicUsize>)
where
    H: hookproof::axum::WebhookHandler<M, ()>,
    M: 'static,
{
    let calls = Arc::new(AtomicUsize::new(0));
    let endpoint = endpoint(&providers::SENDMUX);
    let route = post(endpoint.handler(handler(Arc::clone(&calls))));
    (Router::new().route("/", route), calls)
}

#[tokio::test]
async fn a_genuine_delivery_reaches_the_handler_as_a_typed_event() {
    let (app, calls) = counting(|calls| {
        move |event: Verified<sendmux::Event>| async move {
            assert_eq!(event.id.as_deref(), Some("evt_1"));
            assert!(matches!(
                event.into_inner().kind,
                sendmux::EventKind::Delivered(_)
            ));
            calls.fetch_add(1, Ordering::SeqCst);
            StatusCode::NO_CONTENT
        }
    });
    assert_eq!(status(app, genuine(), EVENT).await, StatusCode::NO_CONTENT);
    assert_eq!(calls.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_forgery_does_not_reach_the_handler() {
    let (app, calls) = counting(|calls| {
        move |_: VerifiedBytes| async move {
            calls.fetch_add(1, Ordering::SeqCst);
        }
    });
    for headers in [HeaderMap::new(), signed(&providers::SENDMUX, b"{}")] {
        let (status, _, body) = outward(send(app.clone(), headers, EVENT).await).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert!(body.is_empty());
    }
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn further_arguments_are_receipt_state_path_and_proof() {
    async fn on_mail(
        body: VerifiedBytes,
        receipt: Receipt,
        State(state): State<&'static str>,
        Path(id): Path<u32>,
        method: Method,
        proven: Proven,
    ) -> String {
        assert_eq!(&body[..], EVENT);
        assert_eq!(proven.body(), &*body);
        assert_eq!(proven.delivery_id().as_deref(), Some("evt_1"));
        assert_eq!(proven.event_type().as_deref(), Some("message.delivered"));
        format!(
            "{state} {id} {method} {} {:?}",
            receipt.key(),
            receipt.endpoint()
        )
    }
    let app: Router = Router::new()
        .route(
            "/{id}",
            post(endpoint(&providers::SENDMUX).handler(on_mail)),
        )
        .with_state("state");
    let mut sent = request(genuine(), Body::from(EVENT));
    *sent.uri_mut() = "/7".parse().expect("a path");
    let (status, _, body) = outward(app.oneshot(sent).await.expect("infallible")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body, "state 7 POST primary Some(\"sendmux\")");
}

#[tokio::test]
async fn a_type_of_the_users_own_is_read_from_the_proof() {
    #[derive(Deserialize)]
    struct Mine {
        r#type: String,
    }
    let (app, _) = counting(|_| |mine: VerifiedJson<Mine>| async move { mine.into_inner().r#type });
    let (status, _, body) = outward(send(app, genuine(), EVENT).await).await;
    assert_eq!(
        (status, &body[..]),
        (StatusCode::OK, &b"message.delivered"[..])
    );
}

#[tokio::test]
async fn a_proven_body_that_does_not_parse_is_422_and_says_nothing() {
    let heard = Arc::new(AtomicUsize::new(0));
    let endpoint = {
        let heard = Arc::clone(&heard);
        Endpoint::builder("sendmux", verifier(&providers::SENDMUX))
            .on_unparsable(move |receipt, error| {
                assert_eq!(receipt.key(), "primary");
                assert!(!error.to_string().is_empty());
                heard.fetch_add(1, Ordering::SeqCst);
            })
            .without_replay_guard()
            .build()
            .expect("a sound endpoint")
    };
    let handler = endpoint.handler(|_: Verified<sendmux::Event>| async {});
    let app = Router::new().route("/", post(handler));
    for body in [&b"not json"[..], b"", b"[1,2]"] {
        let answer = send(app.clone(), signed(&providers::SENDMUX, body), body).await;
        let rejection = answer.extensions().get::<VerifiedRejection>().cloned();
        let (status, _, outward) = outward(answer).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(outward.is_empty());
        assert!(
            !rejection
                .expect("the rejection is in the response")
                .is_mistake()
        );
    }
    assert_eq!(heard.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn where_a_4xx_loses_the_event_an_unparsable_body_is_503() {
    use hookproof::events::jetemail;
    let handler = endpoint(&providers::JETEMAIL).handler(|_: Verified<jetemail::Event>| async {});
    let app = Router::new().route("/", post(handler));
    let answer = send(app, signed(&providers::JETEMAIL, b"{"), b"{").await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.headers()["retry-after"], "30");
}

#[tokio::test]
async fn events_of_another_provider_are_500_and_the_handler_does_not_run() {
    use hookproof::events::jetemail;
    let (app, calls) = counting(|calls| {
        move |_: Verified<jetemail::Event>| async move {
            calls.fetch_add(1, Ordering::SeqCst);
        }
    });
    let answer = send(app, genuine(), EVENT).await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let rejection = answer.extensions().get::<VerifiedRejection>().expect("why");
    assert!(rejection.is_mistake());
    assert_eq!(
        rejection.to_string(),
        "the endpoint in front of the handler is another provider's"
    );
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn both_schemes_of_one_provider_carry_its_events() {
    let handler = endpoint(&providers::SENDMUX_V2).handler(|_: Verified<sendmux::Event>| async {});
    let app = Router::new().route("/", post(handler));
    let headers = signed(&providers::SENDMUX_V2, EVENT);
    assert_eq!(status(app, headers, EVENT).await, StatusCode::OK);
}

#[tokio::test]
async fn extractors_read_the_proof_behind_the_layer() {
    async fn on_mail(
        event: Verified<sendmux::Event>,
        receipt: Receipt,
        body: VerifiedBytes,
    ) -> String {
        format!("{:?} {} {}", event.id, receipt.provider(), body.len())
    }
    let app = Router::new()
        .route("/", post(on_mail))
        .route_layer(endpoint(&providers::SENDMUX).layer());
    let (status, _, body) = outward(send(app.clone(), genuine(), EVENT).await).await;
    assert_eq!(
        (status, &body[..]),
        (StatusCode::OK, &b"Some(\"evt_1\") sendmux 66"[..])
    );
    assert_eq!(
        send(app, HeaderMap::new(), EVENT).await.status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn without_an_endpoint_in_front_it_is_500_for_good_and_bad_alike() {
    let calls = Arc::new(AtomicUsize::new(0));
    let app = {
        let calls = Arc::clone(&calls);
        let handler = move |_: Verified<sendmux::Event>| async move {
            calls.fetch_add(1, Ordering::SeqCst);
        };
        Router::new().route("/", post(handler))
    };
    for headers in [genuine(), HeaderMap::new()] {
        assert_eq!(
            status(app.clone(), headers, EVENT).await,
            StatusCode::INTERNAL_SERVER_ERROR
        );
    }
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_route_added_after_the_layer_is_500_not_open() {
    let app = Router::new()
        .route("/covered", post(|_: VerifiedBytes| async {}))
        .layer(endpoint(&providers::SENDMUX).layer())
        .route("/", post(|_: VerifiedBytes| async {}));
    assert_eq!(
        status(app, genuine(), EVENT).await,
        StatusCode::INTERNAL_SERVER_ERROR
    );
}

#[tokio::test]
async fn the_endpoints_other_methods_are_left_alone() {
    let handler = endpoint(&providers::SENDMUX).handler(|_: VerifiedBytes| async {});
    let app = Router::new().route("/", post(handler).get(|| async { "challenge" }));
    for (method, expected) in [
        (Method::GET, StatusCode::OK),
        (Method::PUT, StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let asked = Request::builder()
            .method(method)
            .uri("/")
            .body(Body::empty())
            .expect("a request");
        let answer = app.clone().oneshot(asked).await.expect("infallible");
        assert_eq!(answer.status(), expected);
    }
}

/// A middleware between layer and handler that puts another body there.
async fn swap(request: axum::extract::Request, next: Next) -> Response {
    let (parts, _) = request.into_parts();
    next.run(Request::from_parts(parts, Body::from(r#"{"id":"forged"}"#)))
        .await
}

#[tokio::test]
async fn nothing_between_layer_and_handler_can_exchange_the_event() {
    let app = Router::new()
        .route(
            "/",
            post(
                |event: Verified<sendmux::Event>, body: VerifiedBytes| async move {
                    assert_eq!(&body[..], EVENT);
                    event.into_inner().id.unwrap_or_default()
                },
            ),
        )
        .route_layer(middleware::from_fn(swap))
        .route_layer(endpoint(&providers::SENDMUX).layer());
    let (_, _, body) = outward(send(app, genuine(), EVENT).await).await;
    assert_eq!(body, "evt_1");
}

#[tokio::test]
async fn a_body_changed_before_the_endpoint_is_refused() {
    let handler = endpoint(&providers::SENDMUX).handler(|_: VerifiedBytes| async {});
    let app = Router::new()
        .route("/", post(handler))
        .layer(middleware::from_fn(swap));
    assert_eq!(
        status(app, genuine(), EVENT).await,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn the_caps_hold_whatever_the_frameworks_limit() {
    let endpoint = Endpoint::builder("sendmux", verifier(&providers::SENDMUX))
        .body_limit(16)
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let adapter = Router::new().route("/", post(endpoint.handler(|_: VerifiedBytes| async {})));
    let layer = Router::new()
        .route("/", post(|_: VerifiedBytes| async {}))
        .route_layer(endpoint.layer());
    for app in [adapter, layer] {
        let app = app.layer(axum::extract::DefaultBodyLimit::disable());
        assert_eq!(
            status(app, genuine(), EVENT).await,
            StatusCode::PAYLOAD_TOO_LARGE
        );
    }
}

#[tokio::test]
async fn an_unsigned_event_header_never_decides_the_type() {
    let (app, _) = counting(|_| {
        |event: Verified<sendmux::Event>| async move {
            assert!(matches!(event.kind, sendmux::EventKind::Delivered(_)));
        }
    });
    let mut headers = genuine();
    headers.insert(
        "x-sendmux-event-type",
        "message.bounced".parse().expect("a value"),
    );
    assert_eq!(status(app, headers, EVENT).await, StatusCode::OK);
}

#[tokio::test]
async fn deep_json_and_huge_numbers_do_not_panic() {
    let deep: &'static [u8] = Box::leak(vec![b'['; 100_000].into_boxed_slice());
    let bodies: [(&'static [u8], StatusCode); 3] = [
        (deep, StatusCode::UNPROCESSABLE_ENTITY),
        (br#"{"id":"e","type":"new","n":1e400}"#, StatusCode::OK),
        (b"\xef\xbb\xbf{}", StatusCode::UNPROCESSABLE_ENTITY),
    ];
    for (body, expected) in bodies {
        let (app, _) = counting(|_| |_: Verified<sendmux::Event>| async {});
        let headers = signed(&providers::SENDMUX, body);
        assert_eq!(status(app, headers, body).await, expected);
    }
}

#[tokio::test]
async fn the_body_an_inner_handler_reads_is_the_proven_one() {
    let app = Router::new()
        .route("/", post(|body: Bytes| async move { body }))
        .route_layer(endpoint(&providers::SENDMUX).layer());
    let (_, _, body) = outward(send(app, genuine(), EVENT).await).await;
    assert_eq!(body, EVENT);
}
