//! Routes: each has one scheme, and nothing but its signature lets a delivery in.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::routing::post;
use bytes::Bytes;
use hookproof::VerifyErrorKind::{Malformed, Mismatch, MissingHeader};
use hookproof::axum::{Verified, VerifiedBytes, VerifiedJson};
use hookproof::events::sendmux;
use hookproof::{
    Delivery, Endpoint, Proven, PublicUrl, Receipt, Secret, Signer, Verifier, providers,
};
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use tower::ServiceExt as _;

use crate::captured::captured;
use crate::drivers::Driver;
use crate::keys::sent;
use crate::support::clock::Fixed;
use crate::support::delivered::{BODY, Delivered, NOW, SECRET, kind};
use crate::support::http::{outward, request};
use crate::support::shapes::presets;
use crate::support::signing::put;

/// Holds for what nobody can make by hand.
trait OnlyProven<A> {
    fn holds() {}
}
impl<T> OnlyProven<()> for T {}
struct ByDefault;
impl<T: Default> OnlyProven<ByDefault> for T {}
struct FromBytes;
impl<T: From<Bytes>> OnlyProven<FromBytes> for T {}
struct FromEvent;
impl<T: From<sendmux::Event>> OnlyProven<FromEvent> for T {}
struct Deserialised;
impl<T: DeserializeOwned> OnlyProven<Deserialised> for T {}

/// CVE-2026-21894, CVE-2026-54308 (n8n), CVE-2026-28454 (`OpenClaw`), GHSA-j5hq-p423-c9vw (zeptoclaw):
/// a handler took deliveries that nothing had checked. That no proof can be written by hand,
/// `tests/compile_fail` shows too.
#[tokio::test]
async fn lesson_11_a_handler_that_wants_proof_is_not_run_without_an_endpoint() {
    <Verified<sendmux::Event> as OnlyProven<_>>::holds();
    <VerifiedJson<String> as OnlyProven<_>>::holds();
    <VerifiedBytes as OnlyProven<_>>::holds();
    <Proven as OnlyProven<_>>::holds();
    <Receipt as OnlyProven<_>>::holds();

    let delivered = Delivered::signed(&providers::SENDMUX);
    let calls = Arc::new(AtomicUsize::new(0));
    let count = |calls: &Arc<AtomicUsize>| {
        let calls = Arc::clone(calls);
        move || calls.fetch_add(1, Ordering::SeqCst)
    };
    let [typed, json, bytes, proven, receipt] = [(); 5].map(|()| count(&calls));
    let app: Router = Router::new()
        .route(
            "/typed",
            post(move |_: Verified<sendmux::Event>| async move {
                typed();
            }),
        )
        .route(
            "/json",
            post(move |_: VerifiedJson<serde_json::Value>| async move {
                json();
            }),
        )
        .route(
            "/bytes",
            post(move |_: VerifiedBytes| async move {
                bytes();
            }),
        )
        .route(
            "/proven",
            post(move |_: Proven| async move {
                proven();
            }),
        )
        .route(
            "/receipt",
            post(move |_: Receipt| async move {
                receipt();
            }),
        );
    for path in ["/typed", "/json", "/bytes", "/proven", "/receipt"] {
        for headers in [delivered.headers.clone(), HeaderMap::new()] {
            let mut request: Request = request(headers, Body::from(BODY));
            *request.uri_mut() = path.parse().expect("a path");
            let answer = app.clone().oneshot(request).await.expect("infallible");
            let (status, _, body) = outward(answer).await;
            assert_eq!(
                (status, body.len()),
                (StatusCode::INTERNAL_SERVER_ERROR, 0),
                "{path}"
            );
        }
    }
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}

/// CVE-2026-32974 (`OpenClaw`): a verification token was enough where a signature was meant.
#[test]
fn lesson_13_another_schemes_credential_on_a_route_is_ignored() {
    let mut all: Vec<_> = presets().into_iter().map(Delivered::signed).collect();
    // Those that read the same headers are one here.
    let mut known = HashSet::new();
    all.retain(|it| known.insert(it.read_headers()));
    for genuine in &all {
        let read = genuine.read_headers();
        let slug = genuine.scheme.slug();
        let mut forged = genuine.clone();
        forged.write(&[&genuine.encoded(&[7; 32])]);
        let is_apart = |it: &&Delivered| !it.read_headers().iter().any(|name| read.contains(name));
        for weaker in all.iter().filter(is_apart) {
            let other = weaker.scheme.slug();
            let mut alone = genuine.clone();
            alone.headers.clone_from(&weaker.headers);
            assert_eq!(
                kind(&alone.verify()),
                Err(MissingHeader),
                "{other} for {slug}"
            );
            for (delivered, verdict) in [(&forged, Err(Mismatch)), (genuine, Ok(()))] {
                let mut beside = delivered.clone();
                beside.headers.extend(weaker.headers.clone());
                assert_eq!(kind(&beside.verify()), verdict, "{other} beside {slug}");
            }
        }
        // The secret itself, shown as a token.
        let mut shown = genuine.clone();
        shown.headers.clear();
        for name in ["authorization", "x-gitlab-token", "x-token"] {
            put(&mut shown.headers, name, SECRET.as_bytes());
        }
        assert!(
            matches!(shown.verdict(), Err(MissingHeader | Malformed)),
            "{slug}"
        );
    }
}

/// CVE-2026-29613 (`OpenClaw`): behind a proxy every connection came from loopback, which was trusted.
#[tokio::test]
async fn lesson_14_no_address_host_or_forwarding_header_enters_a_verdict() {
    let local = [
        ("host", "localhost"),
        ("x-forwarded-for", "127.0.0.1"),
        ("x-forwarded-host", "localhost"),
        ("x-real-ip", "::1"),
        ("forwarded", "for=127.0.0.1;host=localhost;proto=https"),
        ("via", "1.1 localhost"),
    ];
    for scheme in presets() {
        let genuine = Delivered::signed(scheme);
        let verifier = genuine.verifier.clone().with_clock(Fixed::at(NOW));
        let endpoint = Endpoint::builder("hooks", verifier).without_replay_guard();
        let endpoint = endpoint.build().expect("a sound endpoint");
        let cases = [(genuine.clone(), true), (genuine.with_body("{}"), false), {
            let mut unsigned = genuine.clone();
            unsigned.headers.clear();
            (unsigned, false)
        }];
        for (mut delivered, accepted) in cases {
            for (name, value) in local {
                put(&mut delivered.headers, name, value.as_bytes());
            }
            let mut request = sent(&delivered);
            let peer = SocketAddr::from(([127, 0, 0, 1], 4242));
            request.extensions_mut().insert(ConnectInfo(peer));
            let (answered, _, _) = Driver::Layer.send(&endpoint, request).await;
            assert_eq!(answered == StatusCode::OK, accepted, "{}", scheme.slug());
        }
    }
    // Where the URL is signed, it is the configured one.
    let url = PublicUrl::exact("https://hooks.example.com/square").expect("a URL");
    let verifier = Verifier::new(&providers::SQUARE, Secret::new(SECRET)).expect("usable");
    let verifier = verifier.with_public_url(url);
    let signer = |url: &str| {
        let signer = Signer::new(&providers::SQUARE, Secret::new(SECRET)).expect("usable");
        signer.with_url(url).sign(BODY).expect("signed")
    };
    for (signed, accepted) in [
        ("https://hooks.example.com/square", true),
        ("https://localhost/square", false),
    ] {
        let mut headers = signer(signed);
        for (name, value) in local {
            put(&mut headers, name, value.as_bytes());
        }
        let verified = verifier.verify(Delivery::new(&headers, BODY));
        assert_eq!(verified.is_ok(), accepted, "{signed}");
    }
}

/// CVE-2026-34505 (`OpenClaw`): guesses were not slowed, because only what was authentic was counted;
/// hermes-agent issue 12544: refusals used up the quota of what was.
#[test]
fn lesson_16_refusals_are_counted_by_reason_and_cost_the_handler_nothing() {
    let genuine = Delivered::signed(&providers::STRIPE);
    let counted = Arc::new(AtomicUsize::new(0));
    let handled = Arc::new(AtomicUsize::new(0));
    let endpoint = {
        let counted = Arc::clone(&counted);
        let handled = Arc::clone(&handled);
        let verifier = genuine.verifier.clone().with_clock(Fixed::at(NOW));
        Endpoint::builder("billing", verifier)
            .on_refusal(move |refusal| {
                assert_eq!(refusal.endpoint(), "billing");
                assert_eq!(handled.load(Ordering::SeqCst), 0, "before any handler");
                counted.fetch_add(1, Ordering::SeqCst);
            })
            .without_replay_guard()
            .build()
            .expect("a sound endpoint")
    };
    let mut stale = genuine.at(NOW - 301);
    stale.sign();
    let mut bare = genuine.clone();
    bare.headers.clear();
    let forgeries = [genuine.with_body("{}"), stale, bare];
    let captured = captured(async {
        for nth in 0..100 {
            let forged = sent(&forgeries[nth % 3]);
            Driver::Layer.send(&endpoint, forged).await;
            // The hook had heard of it by the time of the answer.
            assert_eq!(counted.load(Ordering::SeqCst), nth + 1);
        }
        // Five a minute behind the endpoint, and none is used up.
        let quota = handled.clone();
        let limited = move || match quota.fetch_add(1, Ordering::SeqCst) {
            0..5 => StatusCode::OK,
            _ => StatusCode::TOO_MANY_REQUESTS,
        };
        for _ in 0..5 {
            let answer = Driver::Layer
                .send_to(&endpoint, sent(&genuine), limited.clone())
                .await;
            assert_eq!(answer.0, StatusCode::OK);
        }
    });
    for (kind, times) in [("mismatch", 34), ("stale", 33), ("missing-header", 33)] {
        let series = format!("hookproof_refusals_total{{endpoint=billing,kind={kind}}}");
        assert_eq!(captured.metrics.count(&series), times, "{kind}");
    }
}
