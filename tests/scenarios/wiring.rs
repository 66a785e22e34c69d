//! Receivers that are wired wrongly: nothing is open for it.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use hookproof::axum::{Verified, VerifiedBytes};
use hookproof::events::mailingapi;
use hookproof::replay::MemoryStore;
use hookproof::scheme::Scheme;
use hookproof::{Endpoint, VerifyErrorKind, providers};
use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::captured::captured;
use crate::support::http::{Seen, outward, request, signed, verifier};

const BODY: &[u8] = br#"{ "type": "delivered", "id": "evt_1" }"#;

/// What an endpoint said of the deliveries that it refused.
type Refused = Arc<Mutex<Vec<VerifyErrorKind>>>;

fn endpoint(scheme: &Scheme) -> (Endpoint, Refused) {
    let refused = Refused::default();
    let hears = Arc::clone(&refused);
    let endpoint = Endpoint::builder(scheme.slug(), verifier(scheme))
        .on_refusal(move |refusal| {
            let kind = refusal.error().kind();
            hears.lock().expect("not poisoned").push(kind);
        })
        .replay(MemoryStore::default())
        .build()
        .expect("a sound endpoint");
    (endpoint, refused)
}

fn kinds(refused: &Refused) -> Vec<VerifyErrorKind> {
    refused.lock().expect("not poisoned").clone()
}

/// A handler that takes a proof, and counts.
fn counting(seen: &Seen) -> MethodRouter {
    let seen = seen.clone();
    post(move |_: VerifiedBytes| async move {
        seen.calls.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    })
}

async fn send(app: &Router, path: &str, headers: HeaderMap, body: &[u8]) -> StatusCode {
    let mut sent = request(headers, Body::from(body.to_vec()));
    *sent.uri_mut() = path.parse().expect("a path");
    let answer = app.clone().oneshot(sent).await.expect("infallible");
    let (status, _, body) = outward(answer).await;
    assert!(body.is_empty(), "nothing is said");
    status
}

fn genuine(scheme: &Scheme) -> HeaderMap {
    signed(scheme, BODY)
}

fn unreached() -> StatusCode {
    panic!("without a proof there is no handler")
}

/// hx-s-032, layer missing: 500 for good and bad alike, and an error in the log that names the ways
/// to put an endpoint in front.
#[test]
fn hx_s_032_the_layer_is_missing() {
    let captured = captured(async {
        let seen = Seen::default();
        let typed = post(|_: Verified<mailingapi::Event>| async { unreached() });
        let app = Router::new()
            .route("/", counting(&seen))
            .route("/typed", typed);
        for path in ["/", "/typed"] {
            for headers in [genuine(&providers::MAILINGAPI), HeaderMap::new()] {
                assert_eq!(send(&app, path, headers, BODY).await, 500);
            }
        }
        assert_eq!(seen.calls(), 0);
    });
    let named = ["ERROR", "Endpoint::layer", "Endpoint::handler"];
    assert_eq!(captured.lines(&named).len(), 4, "{:?}", captured.log);
}

/// hx-s-033, layer on another route: 500 on the bare one, in whichever order they are mounted.
#[tokio::test]
async fn hx_s_033_the_layer_is_on_another_route() {
    let seen = Seen::default();
    let (endpoint, _) = endpoint(&providers::MAILINGAPI);
    let routed = Router::new()
        .route("/a", counting(&seen).route_layer(endpoint.layer()))
        .route("/b", counting(&seen));
    let later = Router::new()
        .route("/a", counting(&seen))
        .layer(endpoint.layer())
        .route("/b", counting(&seen));
    for app in [routed, later] {
        for headers in [genuine(&providers::MAILINGAPI), HeaderMap::new()] {
            assert_eq!(send(&app, "/b", headers, BODY).await, 500);
        }
        assert_eq!(seen.calls(), 0);
    }
}

/// hx-s-034, two layers stacked, same provider: handled once, since one claim stands for both; and
/// then a duplicate.
#[tokio::test]
async fn hx_s_034_two_layers_of_one_provider() {
    let seen = Seen::default();
    let (endpoint, _) = endpoint(&providers::MAILINGAPI);
    let app = Router::new()
        .route("/", counting(&seen))
        .route_layer(endpoint.layer())
        .route_layer(endpoint.layer());
    for _ in 0..2 {
        let headers = genuine(&providers::MAILINGAPI);
        assert_eq!(send(&app, "/", headers, BODY).await, 200);
        assert_eq!(seen.calls(), 1);
    }
}

/// hx-s-035, two layers stacked, different providers: the inner one takes no other's proof.
#[tokio::test]
async fn hx_s_035_two_layers_of_different_providers() {
    let seen = Seen::default();
    let (outer, _) = endpoint(&providers::MAILINGAPI);
    let (inner, refused) = endpoint(&providers::STRIPE);
    let app = Router::new()
        .route("/", counting(&seen))
        .route_layer(inner.layer())
        .route_layer(outer.layer());
    let headers = genuine(&providers::MAILINGAPI);
    assert_eq!(send(&app, "/", headers.clone(), BODY).await, 401);
    assert_eq!(kinds(&refused), [VerifyErrorKind::MissingHeader]);
    assert_eq!(seen.calls(), 0);
    let mut both = headers;
    both.extend(genuine(&providers::STRIPE));
    assert_eq!(send(&app, "/", both, BODY).await, 200);
    assert_eq!(seen.calls(), 1);
}

/// Prints a body of JSON anew.
async fn reserialised(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX)
        .await
        .expect("a body");
    let value: Value = serde_json::from_slice(&bytes).expect("JSON");
    next.run(Request::from_parts(parts, Body::from(value.to_string())))
        .await
}

/// hx-s-036, body replaced before the layer: refused, though the JSON says the same.
#[tokio::test]
async fn hx_s_036_the_body_is_replaced_before_the_layer() {
    let seen = Seen::default();
    let (endpoint, refused) = endpoint(&providers::MAILINGAPI);
    let covered = Router::new()
        .route("/", counting(&seen))
        .route_layer(endpoint.layer());
    let app = covered.clone().layer(from_fn(reserialised));
    let headers = genuine(&providers::MAILINGAPI);
    assert_eq!(send(&app, "/", headers.clone(), BODY).await, 401);
    assert_eq!(kinds(&refused), [VerifyErrorKind::Mismatch]);
    assert_eq!(
        (
            seen.calls(),
            send(&covered, "/", headers, BODY).await.as_u16()
        ),
        (0, 200)
    );
}

/// `{}` in gzip, stored.
const GZIP: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\x02\0\xfd\xff{}\x43\xbf\xa6\xa3\x02\0\0\0";

/// Stands for a decompressor: what goes on is what the stored block holds.
async fn decompressed(request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX)
        .await
        .expect("a body");
    assert_eq!(bytes, GZIP);
    assert_eq!(
        parts.headers.remove("content-encoding").expect("named"),
        "gzip"
    );
    let stored = bytes.slice(15..17);
    next.run(Request::from_parts(parts, Body::from(stored)))
        .await
}

/// hx-s-037, decompression before the layer: refused. Inside the layer it works, which README and
/// `docs/operating.md` (What goes where) say.
#[tokio::test]
async fn hx_s_037_decompression_before_the_layer() {
    let seen = Seen::default();
    let (endpoint, refused) = endpoint(&providers::MAILINGAPI);
    let counted = || Router::new().route("/", counting(&seen));
    let mut headers = signed(&providers::MAILINGAPI, GZIP);
    headers.insert("content-encoding", "gzip".parse().expect("a value"));

    let outside = counted()
        .route_layer(endpoint.layer())
        .layer(from_fn(decompressed));
    assert_eq!(send(&outside, "/", headers.clone(), GZIP).await, 401);
    assert_eq!(kinds(&refused), [VerifyErrorKind::Mismatch]);
    assert_eq!(seen.calls(), 0);
    let inside = counted()
        .route_layer(from_fn(decompressed))
        .route_layer(endpoint.layer());
    assert_eq!(send(&inside, "/", headers, GZIP).await, 200);
    assert_eq!(seen.calls(), 1);

    let (readme, operating) = (
        include_str!("../../README.md"),
        include_str!("../../docs/operating.md"),
    );
    assert!(readme.contains("Put the endpoint in front of such middleware."));
    assert!(
        operating.contains("No decompression") && operating.contains("Add such layers inside.")
    );
}

/// hx-s-060, provider chosen by which header is present: never; a route takes the scheme that it says.
#[tokio::test]
async fn hx_s_060_the_provider_is_not_chosen_by_the_header() {
    let seen = Seen::default();
    let (stamped, refused) = endpoint(&providers::SENDMUX_V2);
    let (bare, _) = endpoint(&providers::SENDMUX);
    let app = Router::new()
        .route("/stamped", counting(&seen).route_layer(stamped.layer()))
        .route("/bare", counting(&seen).route_layer(bare.layer()));
    // The same secret, and the scheme whose deliveries are valid for ever.
    let weak = genuine(&providers::SENDMUX);
    assert_eq!(send(&app, "/stamped", weak.clone(), BODY).await, 401);
    let mut beside = signed(&providers::SENDMUX_V2, b"other bytes");
    beside.extend(weak.clone());
    assert_eq!(send(&app, "/stamped", beside, BODY).await, 401);
    let expected = [VerifyErrorKind::MissingHeader, VerifyErrorKind::Mismatch];
    assert_eq!((kinds(&refused), seen.calls()), (expected.into(), 0));
    assert_eq!(send(&app, "/bare", weak, BODY).await, 200);
    assert_eq!(seen.calls(), 1);
}

const CHALLENGE: &[u8] = br#"{"type":"url_verification","challenge":"3eZbrw1a"}"#;

/// hx-s-061, handshake request: an endpoint answers none by itself (`docs/providers.md` has what each
/// provider asks): unsigned it is refused as any other. Who documents an unsigned GET gets a route of
/// its own beside the endpoint, which never reaches the event handler.
#[tokio::test]
async fn hx_s_061_a_handshake() {
    let seen = Seen::default();
    let (slack, refused) = endpoint(&providers::SLACK);
    let handler = {
        let seen = seen.clone();
        slack.handler(move |_: VerifiedBytes| async move {
            seen.calls.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        })
    };
    let app = Router::new().route("/", get(|| async { "challenge" }).post(handler));
    assert_eq!(send(&app, "/", HeaderMap::new(), CHALLENGE).await, 401);
    assert_eq!(kinds(&refused), [VerifyErrorKind::MissingHeader]);
    let asked = axum::http::Request::get("/?challenge=3eZbrw1a").body(Body::empty());
    let answer = app.clone().oneshot(asked.expect("a request")).await;
    let (status, _, said) = outward(answer.expect("infallible")).await;
    assert_eq!((status.as_u16(), &said[..]), (200, &b"challenge"[..]));
    for method in [Method::PUT, Method::OPTIONS] {
        let mut asked = request(HeaderMap::new(), Body::empty());
        *asked.method_mut() = method;
        let answer = app.clone().oneshot(asked).await.expect("infallible");
        assert_eq!(answer.status(), 405);
    }
    assert_eq!(seen.calls(), 0);
    // Slack signs its own.
    let signed = signed(&providers::SLACK, CHALLENGE);
    assert_eq!(send(&app, "/", signed, CHALLENGE).await, 200);
    assert_eq!(seen.calls(), 1);
}
