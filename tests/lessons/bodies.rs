//! Bodies: bytes, bounded in size and time, read by nobody before they are proven.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::post;
use bytes::Bytes;
use hookproof::VerifyErrorKind::Mismatch;
use hookproof::axum::{Verified, VerifiedBytes, VerifiedJson};
use hookproof::events::sendmux;
use hookproof::scheme::Scheme;
use hookproof::{Endpoint, providers};
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt as _;
use tokio::time::{Instant, Interval, interval};
use tower::{Layer as _, ServiceExt as _, service_fn};

use crate::captured::captured;
use crate::support::delivered::Delivered;
use crate::support::http::{Scripted, Seen, Step, echo, endpoint, request, signed, verifier};
use crate::support::shapes::presets;
use crate::wire::{CAP, Server};

const SCHEME: &Scheme = &providers::STRIPE;
const BODY: &[u8] = br#"{"id":"evt_1","type":"invoice.paid"}"#;

/// What the layer answers, and how often the service behind it was called.
async fn through<B>(endpoint: &Endpoint, headers: HeaderMap, body: B) -> (u16, usize)
where
    B: http_body::Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let seen = Seen::default();
    let inner = {
        let seen = seen.clone();
        service_fn(move |request| echo(seen.clone(), request))
    };
    let service = endpoint.layer().layer(inner);
    let answer = service.oneshot(request(headers, body)).await;
    (answer.expect("infallible").status().as_u16(), seen.calls())
}

fn with(name: &'static str, value: &str) -> HeaderMap {
    let mut headers = signed(SCHEME, BODY);
    headers.insert(name, HeaderValue::from_str(value).expect("a value"));
    headers
}

fn capped(bytes: usize) -> Endpoint {
    let builder = Endpoint::builder("capped", verifier(SCHEME)).body_limit(bytes);
    builder
        .without_replay_guard()
        .build()
        .expect("a sound endpoint")
}

/// RUSTSEC-2022-0066, CVE-2022-39294 (conduit-hyper), tiny-http issue 252, hyper PR 3115: as much was
/// allocated as the sender said would come.
#[tokio::test]
async fn lesson_44_an_announced_length_is_answered_unread_and_sizes_nothing() {
    for length in [
        "10000000000",
        "18446744073709551615",
        "99999999999999999999999",
    ] {
        let body = Scripted::data(BODY);
        let polls = Arc::clone(&body.polls);
        let answer = through(&endpoint(SCHEME), with("content-length", length), body).await;
        assert_eq!(answer, (413, 0), "{length}");
        assert_eq!(polls.load(Ordering::SeqCst), 0, "{length}");
    }
    // Were a buffer sized by it, this would abort.
    for hint in [1 << 50, u64::MAX] {
        let mut body = Scripted::pieces(BODY, 5);
        body.hint = SizeHint::with_exact(hint);
        assert_eq!(
            through(&endpoint(SCHEME), signed(SCHEME, BODY), body).await,
            (200, 1)
        );
    }
    let server = Server::start().await;
    for length in ["10000000000", "18446744073709551615"] {
        let framing = format!("content-length: {length}\r\nexpect: 100-continue\r\n");
        let answers = server.send(&server.head(&framing, b"{}")).await;
        // The largest is more than hyper counts to.
        assert!(
            matches!(answers.statuses()[..], [413 | 431]),
            "{answers:?}"
        );
    }
    assert_eq!(server.handled(), 0);
}

/// RUSTSEC-2022-0055, CVE-2022-3212 (axum-core): there was no limit on what was read.
#[tokio::test]
async fn lesson_45_an_endless_body_ends_at_the_cap() {
    const CAP_HERE: usize = 64 * 1024;
    let piece = || Step::Data(Bytes::from(vec![b'x'; 1024]));
    let body = Scripted::new((0..10_000).map(|_| piece()));
    let polls = Arc::clone(&body.polls);
    let answer = through(&capped(CAP_HERE), signed(SCHEME, BODY), body).await;
    assert_eq!(answer, (413, 0));
    assert_eq!(
        polls.load(Ordering::SeqCst),
        CAP_HERE / 1024 + 1,
        "one frame past the cap"
    );

    let server = Server::start().await;
    let mut sent = server.head("transfer-encoding: chunked\r\n", b"{}");
    for _ in 0..CAP / 100 + 100 {
        sent.extend_from_slice(b"64\r\n");
        sent.extend_from_slice(&[b'x'; 100]);
        sent.extend_from_slice(b"\r\n");
    }
    // Never an end, and an answer all the same.
    assert_eq!(server.send_and_wait(&sent).await.statuses(), [413]);
    assert_eq!(server.handled(), 0);
}

/// axum PR 1346, lattice issue 1406: the framework's limit holds for extractors that ask for it, and for
/// no layer.
#[tokio::test]
async fn lesson_46_the_cap_holds_whatever_the_frameworks_limit() {
    let long = vec![b'x'; 65];
    for limit in [
        None,
        Some(DefaultBodyLimit::max(1 << 20)),
        Some(DefaultBodyLimit::disable()),
    ] {
        let endpoint = capped(64);
        let adapter = Router::new().route("/", post(endpoint.handler(|_: VerifiedBytes| async {})));
        let layer = Router::new()
            .route("/", post(|_: VerifiedBytes| async {}))
            .route_layer(endpoint.layer());
        for app in [adapter, layer] {
            let app: Router = match limit {
                Some(limit) => app.layer(limit),
                None => app,
            };
            for (length, status) in [(64, 200), (65, 413)] {
                let body = &long[..length];
                let sent = request(signed(SCHEME, body), Body::from(body.to_vec()));
                let answer = app.clone().oneshot(sent).await.expect("infallible");
                assert_eq!(answer.status(), status, "{limit:?}: {length}");
            }
        }
    }
}

/// CVE-2026-32980, GHSA-jq3f-vjww-8rq7 (`OpenClaw`): bodies that nobody had signed were read to their
/// end, and then refused.
#[tokio::test]
async fn lesson_47_what_the_head_gives_away_is_answered_before_the_body_is_asked_for() {
    let mut twice = signed(SCHEME, BODY);
    twice.append("stripe-signature", twice["stripe-signature"].clone());
    let heads = [
        HeaderMap::new(),
        with("stripe-signature", "nonsense"),
        with("stripe-signature", ""),
        with("stripe-signature", &format!("t=1,v1={}", "0".repeat(64))),
        with(
            "stripe-signature",
            &format!("t=99999999999,v1={}", "0".repeat(64)),
        ),
        twice,
    ];
    for headers in heads {
        let body = Scripted::data(BODY);
        let polls = Arc::clone(&body.polls);
        assert_eq!(through(&endpoint(SCHEME), headers, body).await, (401, 0));
        assert_eq!(polls.load(Ordering::SeqCst), 0);
    }
    let server = Server::start().await;
    let framing = "content-length: 2\r\nexpect: 100-continue\r\n";
    for value in [
        None,
        Some("nonsense".to_owned()),
        Some(format!("t=1,v1={}", "0".repeat(64))),
    ] {
        let mut headers = HeaderMap::new();
        if let Some(value) = value {
            headers.insert("x-mailingapi-signature", value.parse().expect("a value"));
        }
        let answers = server.send(&server.head_with(framing, &headers)).await;
        assert_eq!(answers.statuses(), [401]);
    }
    // A head that is right is asked for its body.
    let answers = server.send_and_wait(&server.head(framing, b"{}")).await;
    assert_eq!(answers.statuses().first(), Some(&100));
    assert_eq!(server.handled(), 0);
}

/// The same frame again and again, with a time between.
struct Trickle {
    every: Pin<Box<Interval>>,
    frame: &'static [u8],
}

impl http_body::Body for Trickle {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        ready!(self.every.poll_tick(cx));
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(self.frame)))))
    }
}

/// RUSTSEC-2026-0258 (h2): empty frames came for ever.
#[tokio::test(start_paused = true)]
async fn lesson_48_the_deadline_is_the_whole_bodys() {
    for (frame, millis) in [
        (&b""[..], 1_000),
        (b"", 9_999),
        (b"x", 1_000),
        (b"x", 9_999),
    ] {
        let started = Instant::now();
        let every = Box::pin(interval(Duration::from_millis(millis)));
        let body = Trickle { every, frame };
        let answer = through(&endpoint(SCHEME), signed(SCHEME, BODY), body).await;
        assert_eq!(answer, (408, 0), "{frame:?} every {millis} ms");
        assert_eq!(started.elapsed(), Duration::from_secs(10));
    }
    // Without a pause between them the others have their turn, and the deadline comes.
    tokio::time::resume();
    let hasty = Endpoint::builder("hasty", verifier(SCHEME))
        .body_deadline(Duration::from_millis(20))
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let ran = Arc::new(AtomicUsize::new(0));
    let other = {
        let ran = Arc::clone(&ran);
        tokio::spawn(async move { ran.fetch_add(1, Ordering::SeqCst) })
    };
    let body = Scripted::new([Step::EmptyForEver]);
    assert_eq!(through(&hasty, signed(SCHEME, BODY), body).await, (408, 0));
    assert_eq!(ran.load(Ordering::SeqCst), 1);
    other.await.expect("no panic");
}

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
async fn consume(request: axum::extract::Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    assert!(!body.collect().await.expect("a body").to_bytes().is_empty());
    next.run(axum::extract::Request::from_parts(parts, Body::empty()))
        .await
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
            .route("/", post(endpoint(SCHEME).handler(handler)))
            .layer(middleware::from_fn(consume));
        let sent = request(signed(SCHEME, BODY), Body::from(BODY));
        let answer = app.oneshot(sent).await.expect("infallible");
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    });
    assert_eq!(calls.load(Ordering::SeqCst), 0);
    captured.line(&["WARN", "delivery refused", r#"kind="mismatch""#]);
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
