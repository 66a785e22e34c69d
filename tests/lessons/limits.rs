//! Limits: no body is longer than the cap, none takes longer than the deadline, and none is asked for
//! that need not be read.

use std::convert::Infallible;
use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::post;
use bytes::Bytes;
use hookproof::axum::VerifiedBytes;
use hookproof::scheme::Scheme;
use hookproof::{Endpoint, providers};
use http::{HeaderMap, HeaderValue};
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Interval, interval};
use tower::{Layer as _, ServiceExt as _, service_fn};

use crate::support::http::{Scripted, Seen, Step, echo, endpoint, request, signed, verifier};
use crate::wire::{CAP, Server};

const SCHEME: &Scheme = &providers::STRIPE;
const BODY: &[u8] = br#"{"id":"evt_1","type":"invoice.paid"}"#;

/// What the layer answers, and how often the service behind it was called.
async fn through<B>(endpoint: &Endpoint, headers: HeaderMap, body: B) -> (u16, usize)
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
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
        assert!(matches!(answers.statuses()[..], [413 | 431]), "{answers:?}");
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
    let long = [b'x'; 65];
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
                let sent = request(signed(SCHEME, body), axum::body::Body::from(body.to_vec()));
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

impl Body for Trickle {
    type Data = Bytes;
    type Error = Infallible;

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
