//! Those scenarios of the hostile catalogue that count allocations, which takes a program of its own.
//! The others are in `scenarios.rs`.
#![cfg(all(feature = "axum", feature = "events", feature = "memory-store"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

mod support;

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, Waker};

use allocation_counter::{AllocationInfo, measure};
use bytes::Bytes;
use hookproof::replay::MemoryStore;
use hookproof::{Endpoint, Proven, VerifiedBody, VerifyErrorKind, VerifyLayer, providers};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body::SizeHint;
use support::clock::Fixed;
use support::delivered::{Delivered, NOW, kind};
use support::http::{Answer, Scripted, Step, request};
use tower::{Layer as _, Service as _, service_fn};

const MIB: usize = 1 << 20;

fn layer(limit: usize) -> VerifyLayer {
    let verifier = Delivered::signed(&providers::MAILINGAPI).verifier;
    let endpoint = Endpoint::builder("hooks", verifier.with_clock(Fixed::at(NOW)));
    let endpoint = endpoint.body_limit(limit).replay(MemoryStore::default());
    endpoint.build().expect("a sound endpoint").layer()
}

fn signed(body: impl Into<Vec<u8>>) -> Delivered {
    let mut delivered = Delivered::signed(&providers::MAILINGAPI).with_body(body);
    delivered.sign();
    delivered
}

/// A service that answers 200 with a proof; in this thread, without a runtime to wait with.
fn answer(layer: &VerifyLayer, request: Request<Scripted>) -> StatusCode {
    let handler = service_fn(|request: Request<VerifiedBody>| async move {
        assert!(Proven::of(request.extensions()).is_some(), "a proof");
        Ok::<_, Infallible>(Response::new(Answer::new()))
    });
    let answering = layer.layer(handler).call(request);
    let mut answering = std::pin::pin!(answering);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        // A long body gives way now and then, and wakes itself.
        if let Poll::Ready(answer) = answering.as_mut().poll(&mut cx) {
            return answer.expect("infallible").status();
        }
    }
}

/// The answer, and what it took. The request and its body are made before.
fn measured(layer: &VerifyLayer, request: Request<Scripted>) -> (StatusCode, AllocationInfo) {
    let (mut request, mut status) = (Some(request), None);
    let taken = measure(|| status = request.take().map(|request| answer(layer, request)));
    (status.expect("an answer"), taken)
}

/// hx-s-044, size_hint lies: the cap holds, and nothing is sized by what was said.
#[tokio::test]
async fn hx_s_044_the_size_hint_lies() {
    let (layer, small) = (layer(MIB), signed("{\"id\":\"1\"}"));
    let mut endless =
        Scripted::new((0..10 * 64).map(|_| Step::Data(Bytes::from(vec![0; MIB / 64]))));
    endless.hint = SizeHint::with_exact(10);
    let polls = Arc::clone(&endless.polls);
    let (status, _) = measured(&layer, request(small.headers.clone(), endless));
    assert_eq!(status, 413);
    assert!(polls.load(Ordering::SeqCst) <= 65, "read past the cap");

    let mut announced = small.headers.clone();
    announced.insert("content-length", "10".parse().expect("a value"));
    for headers in [&small.headers, &announced] {
        for hint in [u64::MAX, u64::MAX - 1, 1 << 40] {
            let mut body = Scripted::pieces(&small.body, 5);
            body.hint = SizeHint::with_exact(hint);
            let (status, taken) = measured(&layer, request(headers.clone(), body));
            // Either way nothing is made room for.
            assert!([200, 413].contains(&status.as_u16()), "{status}");
            assert!(taken.bytes_max < 64 * 1_024, "{taken:?}");
        }
    }
}

/// hx-s-051, 10 MB string: handled, with less than two bodies held beside the one that arrives.
#[tokio::test]
async fn hx_s_051_a_string_of_ten_megabytes() {
    let layer = layer(16 * MIB);
    let body = format!(
        "{{\"id\":\"evt_1\",\"text\":\"{}\"}}",
        "x".repeat(10_000_000)
    );
    for (nth, frame) in [16_384, 65_536, 20_000_000].into_iter().enumerate() {
        let delivered = signed(body.replace("evt_1", &format!("evt_{nth}")));
        let length = u64::try_from(delivered.body.len()).expect("a length");
        let sent = request(
            delivered.headers.clone(),
            Scripted::pieces(&delivered.body, frame),
        );
        let (status, taken) = measured(&layer, sent);
        assert_eq!(status, 200, "{frame}");
        let peak = taken.bytes_max + length;
        assert!(
            peak < 3 * length,
            "frames of {frame}: {peak} of {length}, {taken:?}"
        );
    }
}

/// What one forged candidate costs: body polls, answer, kind, allocations.
fn forged(delivered: &Delivered, mac: &[u8; 32]) -> (usize, StatusCode, AllocationInfo) {
    let mut forged = delivered.clone();
    forged.write(&[&forged.encoded(mac)]);
    assert_eq!(kind(&forged.judge()), Err(VerifyErrorKind::Mismatch));
    let body = Scripted::pieces(&forged.body, 16);
    let polls = Arc::clone(&body.polls);
    let (status, taken) = measured(&layer(MIB), request(forged.headers, body));
    (polls.load(Ordering::SeqCst), status, taken)
}

/// hx-s-057, timing of a wrong first byte against a wrong last byte: whichever byte is wrong, the same
/// way is taken: the whole body is read for one MAC, the same is allocated, the same answered. That
/// the two take the same time is shown where time is measured: `docs/constant-time.md`.
#[tokio::test]
async fn hx_s_057_a_wrong_first_byte_against_a_wrong_last_byte() {
    let delivered = signed("{\"id\":\"evt_1\",\"type\":\"delivered\",\"text\":\"of some length\"}");
    let good = delivered.mac(&NOW.to_string());
    let wrong = |at: usize| {
        let mut mac = good;
        mac[at] ^= 1;
        mac
    };
    // What is made once in a process is made now.
    forged(&delivered, &wrong(0));
    let first = forged(&delivered, &wrong(0));
    let frames = delivered.body.len().div_ceil(16);
    assert_eq!((first.0, first.1.as_u16()), (frames, 401));
    for at in 1..32 {
        assert_eq!(forged(&delivered, &wrong(at)), first, "byte {at}");
    }
}

/// hx-s-058, 10,000 refused deliveries: none leaves or takes memory, and no MAC is computed: it would
/// be over the body, which is not polled.
#[tokio::test]
async fn hx_s_058_ten_thousand_refused_deliveries() {
    let layer = layer(MIB);
    let body = Scripted::data(b"{}");
    let polls = Arc::clone(&body.polls);
    let unsigned = || {
        let mut body = Scripted::data(b"{}");
        body.polls = Arc::clone(&polls);
        request(HeaderMap::new(), body)
    };
    // What is made once in a process is made now.
    assert_eq!(answer(&layer, unsigned()), 401);
    let mut requests: Vec<_> = (0..10_000).map(|_| unsigned()).collect();
    let mut refused = 0;
    let taken = measure(|| {
        while let Some(request) = requests.pop() {
            refused += usize::from(answer(&layer, request) == 401);
        }
    });
    assert_eq!((refused, polls.load(Ordering::SeqCst)), (10_000, 0));
    assert!(taken.bytes_max < 4_096, "it grows: {taken:?}");
    assert!(taken.bytes_current <= 0, "something is left: {taken:?}");
}
