//! The tower layer: what it refuses, when, and what it hands on.
#![cfg(feature = "tower")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

mod support;

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hookproof::{Endpoint, Proven, Receipt, VerifiedBody, VerifyErrorKind, VerifyLayer, providers};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body::SizeHint;
use http_body_util::Empty;
use support::http::{
    Answer, Scripted, Seen, Step, Strict, echo, endpoint, outward, request, signed, verifier,
};
use tower::buffer::Buffer;
use tower::limit::ConcurrencyLimit;
use tower::load_shed::LoadShed;
use tower::{Layer, Service, ServiceExt, service_fn};

const BODY: &[u8] = br#"{"id":"evt_1","type":"invoice.paid"}"#;

/// A service behind the layer, and what reached it.
fn behind(
    layer: &VerifyLayer,
) -> (
    impl Service<Request<Scripted>, Response = Response<Answer>, Error = Infallible, Future: Send>
    + Clone
    + use<>,
    Seen,
) {
    let seen = Seen::default();
    let inner = {
        let seen = seen.clone();
        service_fn(move |request| echo(seen.clone(), request))
    };
    (layer.layer(inner), seen)
}

async fn status_of(layer: &VerifyLayer, request: Request<Scripted>) -> (StatusCode, usize) {
    let (service, seen) = behind(layer);
    let answer = service.oneshot(request).await.expect("infallible");
    (answer.status(), seen.calls())
}

fn genuine() -> HeaderMap {
    signed(&providers::STRIPE, BODY)
}

#[tokio::test]
async fn hands_on_what_is_proven_however_it_arrives() {
    let layer = endpoint(&providers::STRIPE).layer();
    let arrivals = [
        Scripted::data(BODY),
        Scripted::pieces(BODY, 1),
        Scripted::pieces(BODY, 7),
        Scripted::new([
            Step::Later,
            Step::Data(Bytes::from_static(BODY)),
            Step::Later,
        ]),
        Scripted::new([
            Step::Data(Bytes::new()),
            Step::Data(Bytes::from_static(BODY)),
        ]),
        Scripted::new([Step::Data(Bytes::from_static(BODY)), Step::Trailers]),
    ];
    for arrival in arrivals {
        assert_eq!(
            status_of(&layer, request(genuine(), arrival)).await,
            (StatusCode::OK, 1)
        );
    }
}

#[tokio::test]
async fn a_body_that_never_says_it_has_ended_is_read_to_its_end() {
    let layer = endpoint(&providers::STRIPE).layer();
    let mut body = Scripted::data(BODY);
    body.says_end = false;
    assert_eq!(
        status_of(&layer, request(genuine(), body)).await,
        (StatusCode::OK, 1)
    );
}

#[tokio::test]
async fn an_empty_body_that_is_signed_is_handed_on() {
    let layer = endpoint(&providers::STRIPE).layer();
    let headers = signed(&providers::STRIPE, b"");
    for body in [Scripted::new([]), Scripted::data(b"")] {
        assert_eq!(
            status_of(&layer, request(headers.clone(), body)).await,
            (StatusCode::OK, 1)
        );
    }
}

#[tokio::test]
async fn what_the_head_gives_away_is_refused_before_the_body_is_polled() {
    let layer = endpoint(&providers::STRIPE).layer();
    let mut announced = genuine();
    announced.insert("content-length", "9999999999".parse().expect("a value"));
    let mut stale = genuine();
    stale.insert("stripe-signature", "t=1,v1=00".parse().expect("a value"));
    let mut twice = genuine();
    twice.append("stripe-signature", twice["stripe-signature"].clone());
    let heads = [
        (HeaderMap::new(), StatusCode::UNAUTHORIZED),
        (stale, StatusCode::UNAUTHORIZED),
        (twice, StatusCode::UNAUTHORIZED),
        (announced, StatusCode::PAYLOAD_TOO_LARGE),
    ];
    for (headers, status) in heads {
        let body = Scripted::data(BODY);
        let polls = Arc::clone(&body.polls);
        assert_eq!(status_of(&layer, request(headers, body)).await, (status, 0));
        assert_eq!(polls.load(Ordering::SeqCst), 0, "the body was polled");
    }
}

#[tokio::test]
async fn a_tampered_body_does_not_reach_the_inner_service() {
    let layer = endpoint(&providers::STRIPE).layer();
    for body in [
        Scripted::data(b"{}"),
        Scripted::pieces(b"{\"id\":\"evt_2\"}", 3),
    ] {
        assert_eq!(
            status_of(&layer, request(genuine(), body)).await,
            (StatusCode::UNAUTHORIZED, 0)
        );
    }
}

#[tokio::test]
async fn a_body_past_the_cap_is_refused_as_soon_as_it_is() {
    let endpoint = Endpoint::builder("stripe", verifier(&providers::STRIPE))
        .body_limit(BODY.len())
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let layer = endpoint.layer();
    let at_the_cap = Scripted::pieces(BODY, 5);
    assert_eq!(
        status_of(&layer, request(genuine(), at_the_cap)).await,
        (StatusCode::OK, 1)
    );

    let longer = [BODY, b" "].concat();
    let headers = signed(&providers::STRIPE, &longer);
    let past = Scripted::pieces(&longer, 5);
    assert_eq!(
        status_of(&layer, request(headers, past)).await,
        (StatusCode::PAYLOAD_TOO_LARGE, 0)
    );

    let mut endless = Scripted::new([Step::Data(Bytes::from(vec![b'a'; 4096])), Step::Never]);
    endless.hint = SizeHint::with_exact(10);
    assert_eq!(
        status_of(&layer, request(genuine(), endless)).await,
        (StatusCode::PAYLOAD_TOO_LARGE, 0)
    );
}

#[tokio::test]
async fn a_size_hint_that_lies_sizes_nothing() {
    let layer = endpoint(&providers::STRIPE).layer();
    let mut body = Scripted::pieces(BODY, 5);
    body.hint = SizeHint::with_exact(u64::MAX);
    assert_eq!(
        status_of(&layer, request(genuine(), body)).await,
        (StatusCode::OK, 1)
    );
}

#[tokio::test]
async fn a_body_that_breaks_off_is_400_and_is_not_polled_again() {
    let layer = endpoint(&providers::STRIPE).layer();
    let body = Scripted::new([Step::Data(Bytes::from_static(b"{\"id\"")), Step::Error]);
    let polls = Arc::clone(&body.polls);
    assert_eq!(
        status_of(&layer, request(genuine(), body)).await,
        (StatusCode::BAD_REQUEST, 0)
    );
    assert_eq!(polls.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_stalls_is_408_at_the_deadline() {
    let layer = endpoint(&providers::STRIPE).layer();
    let started = tokio::time::Instant::now();
    let body = Scripted::new([Step::Data(Bytes::from_static(b"{")), Step::Never]);
    assert_eq!(
        status_of(&layer, request(genuine(), body)).await,
        (StatusCode::REQUEST_TIMEOUT, 0)
    );
    assert_eq!(started.elapsed().as_secs(), 10);
}

#[tokio::test]
async fn empty_frames_for_ever_end_at_the_deadline_and_starve_nobody() {
    let endpoint = Endpoint::builder("stripe", verifier(&providers::STRIPE))
        .body_deadline(Duration::from_millis(50))
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let layer = endpoint.layer();
    // One thread: if the loop did not yield, the other task would never run.
    let ran = Arc::new(AtomicBool::new(false));
    let other = {
        let ran = Arc::clone(&ran);
        tokio::spawn(async move { ran.store(true, Ordering::SeqCst) })
    };
    let body = Scripted::new([Step::EmptyForEver]);
    assert_eq!(
        status_of(&layer, request(genuine(), body)).await,
        (StatusCode::REQUEST_TIMEOUT, 0)
    );
    assert!(ran.load(Ordering::SeqCst));
    other.await.expect("the other task");
}

#[test]
fn without_a_runtime_a_body_to_wait_for_is_503_not_a_panic() {
    let (mut service, seen) = behind(&endpoint(&providers::STRIPE).layer());
    let mut cx = Context::from_waker(std::task::Waker::noop());
    let body = Scripted::new([Step::Never]);
    let future = service.call(request(genuine(), body));
    let Poll::Ready(answer) = std::pin::pin!(future).poll(&mut cx) else {
        panic!("the answer is there at once");
    };
    let answer = answer.expect("infallible");
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.headers().contains_key("retry-after"));
    assert_eq!(seen.calls(), 0);
}

#[tokio::test]
async fn every_refusal_of_authenticity_is_one_answer_byte_for_byte() {
    let layer = endpoint(&providers::STRIPE).layer();
    let mut heads = vec![HeaderMap::new(), signed(&providers::STRIPE, b"other bytes")];
    for value in ["t=1,v1=00", "", ",", "t=99999999999,v1=00", "v1=00"] {
        let mut headers = HeaderMap::new();
        headers.insert("stripe-signature", value.parse().expect("a value"));
        heads.push(headers);
    }
    let mut twice = genuine();
    twice.append("stripe-signature", twice["stripe-signature"].clone());
    heads.push(twice);
    let mut answers = Vec::new();
    for headers in heads {
        let (service, _) = behind(&layer);
        let answer = service
            .oneshot(request(headers, Scripted::data(BODY)))
            .await
            .expect("infallible");
        answers.push(outward(answer).await);
    }
    assert_eq!(answers[0].0, StatusCode::UNAUTHORIZED);
    assert!(answers[0].2.is_empty());
    assert!(answers.iter().all(|answer| answer == &answers[0]));
}

#[tokio::test]
async fn where_a_4xx_loses_the_event_refusals_are_503_with_retry_after() {
    let layer = endpoint(&providers::JETEMAIL).layer();
    let cases = [
        (HeaderMap::new(), Scripted::data(BODY)),
        (signed(&providers::JETEMAIL, b"other"), Scripted::data(BODY)),
        (
            signed(&providers::JETEMAIL, BODY),
            Scripted::new([Step::Error]),
        ),
    ];
    for (headers, body) in cases {
        let (service, seen) = behind(&layer);
        let answer = service
            .oneshot(request(headers, body))
            .await
            .expect("infallible");
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers()["retry-after"], "30");
        assert_eq!(seen.calls(), 0);
    }
}

#[tokio::test]
async fn hooks_hear_of_each_delivery_once_and_before_the_answer() {
    let refused = Arc::new(AtomicUsize::new(0));
    let accepted = Arc::new(AtomicUsize::new(0));
    let endpoint = {
        let (refused, accepted) = (Arc::clone(&refused), Arc::clone(&accepted));
        Endpoint::builder("billing", verifier(&providers::STRIPE))
            .on_refusal(move |refusal| {
                assert_eq!(refusal.endpoint(), "billing");
                assert_eq!(refusal.scheme().slug(), "stripe");
                assert_eq!(refusal.error().kind(), VerifyErrorKind::MissingHeader);
                refused.fetch_add(1, Ordering::SeqCst);
            })
            .on_accept(move |receipt: &Receipt| {
                assert_eq!(receipt.endpoint(), Some("billing"));
                accepted.fetch_add(1, Ordering::SeqCst);
            })
            .without_replay_guard()
            .build()
            .expect("a sound endpoint")
    };
    let layer = endpoint.layer();
    status_of(&layer, request(HeaderMap::new(), Scripted::data(BODY))).await;
    status_of(&layer, request(genuine(), Scripted::data(BODY))).await;
    assert_eq!(refused.load(Ordering::SeqCst), 1);
    assert_eq!(accepted.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn an_earlier_proof_is_taken_out_before_judging() {
    // The inner endpoint is another provider's: the outer proof must not get past it.
    let outer = endpoint(&providers::STRIPE).layer();
    let seen = Seen::default();
    let watch = {
        let seen = seen.clone();
        service_fn(move |request| echo(seen.clone(), request))
    };
    let service = outer.layer(endpoint(&providers::GITHUB).layer().layer(watch));
    let answer = service
        .clone()
        .oneshot(request(genuine(), Scripted::data(BODY)))
        .await
        .expect("infallible");
    assert_eq!(
        (answer.status(), seen.calls()),
        (StatusCode::UNAUTHORIZED, 0)
    );

    let mut both = genuine();
    both.extend(signed(&providers::GITHUB, BODY));
    let answer = service
        .oneshot(request(both, Scripted::data(BODY)))
        .await
        .expect("infallible");
    assert_eq!((answer.status(), seen.calls()), (StatusCode::OK, 1));
}

#[tokio::test]
async fn two_layers_of_one_endpoint_handle_a_delivery_once() {
    let layer = endpoint(&providers::STRIPE).layer();
    let seen = Seen::default();
    let watch = {
        let seen = seen.clone();
        service_fn(move |request| echo(seen.clone(), request))
    };
    let answer = layer
        .layer(layer.layer(watch))
        .oneshot(request(genuine(), Scripted::data(BODY)))
        .await
        .expect("infallible");
    assert_eq!((answer.status(), seen.calls()), (StatusCode::OK, 1));
}

#[tokio::test]
async fn the_service_that_was_ready_is_the_one_called() {
    let mut service = endpoint(&providers::STRIPE)
        .layer()
        .layer(Strict::default());
    for _ in 0..2 {
        let ready = ServiceExt::<Request<Scripted>>::ready(&mut service)
            .await
            .expect("ready");
        let answer = ready.call(request(genuine(), Scripted::data(BODY))).await;
        assert_eq!(answer.expect("infallible").status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn works_over_a_concurrency_limit() {
    let seen = Seen::default();
    let watch = {
        let seen = seen.clone();
        service_fn(move |request| echo(seen.clone(), request))
    };
    let service = endpoint(&providers::STRIPE)
        .layer()
        .layer(ConcurrencyLimit::new(watch, 1));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let service = service.clone();
        tasks.spawn(async move {
            service
                .oneshot(request(genuine(), Scripted::pieces(BODY, 3)))
                .await
                .expect("infallible")
                .status()
        });
    }
    while let Some(status) = tasks.join_next().await {
        assert_eq!(status.expect("no panic"), StatusCode::OK);
    }
    assert_eq!(seen.calls(), 8);
}

#[tokio::test]
async fn works_over_a_buffer_and_a_load_shed() {
    let seen = Seen::default();
    let watch = {
        let seen = seen.clone();
        service_fn(move |request| echo(seen.clone(), request))
    };
    let layer = endpoint(&providers::STRIPE).layer();
    let answer = layer
        .layer(Buffer::new(tower::util::BoxService::new(watch.clone()), 4))
        .oneshot(request(genuine(), Scripted::data(BODY)))
        .await
        .expect("the buffer lives");
    assert_eq!(answer.status(), StatusCode::OK);
    let answer = layer
        .layer(LoadShed::new(watch))
        .oneshot(request(genuine(), Scripted::data(BODY)))
        .await
        .expect("not overloaded");
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(seen.calls(), 2);
}

#[tokio::test]
async fn works_under_a_concurrency_limit_and_a_load_shed() {
    let (service, seen) = behind(&endpoint(&providers::STRIPE).layer());
    let service = LoadShed::new(ConcurrencyLimit::new(service, 2));
    let answer = service
        .oneshot(request(genuine(), Scripted::data(BODY)))
        .await
        .expect("not overloaded");
    assert_eq!((answer.status(), seen.calls()), (StatusCode::OK, 1));
}

#[tokio::test]
async fn polled_once_more_after_its_end_it_stays_pending() {
    let (mut service, seen) = behind(&endpoint(&providers::STRIPE).layer());
    let mut future = Box::pin(service.call(request(genuine(), Scripted::data(BODY))));
    let answer = (&mut future).await.expect("infallible");
    assert_eq!(answer.status(), StatusCode::OK);
    let mut cx = Context::from_waker(std::task::Waker::noop());
    assert!(future.as_mut().poll(&mut cx).is_pending());
    assert_eq!(seen.calls(), 1);
}

#[tokio::test]
async fn dropped_mid_body_nothing_was_called() {
    let (mut service, seen) = behind(&endpoint(&providers::STRIPE).layer());
    let body = Scripted::new([Step::Data(Bytes::from_static(BODY)), Step::Never]);
    let mut future = Box::pin(service.call(request(genuine(), body)));
    let mut cx = Context::from_waker(std::task::Waker::noop());
    assert!(future.as_mut().poll(&mut cx).is_pending());
    drop(future);
    assert_eq!(seen.calls(), 0);
}

#[tokio::test]
async fn a_frame_that_is_the_whole_body_is_handed_on_without_a_copy() {
    let layer = endpoint(&providers::STRIPE).layer();
    let body = Bytes::copy_from_slice(BODY);
    let address = body.as_ptr() as usize;
    let inner = service_fn(move |request: Request<VerifiedBody>| async move {
        let proven = Proven::of(request.extensions()).expect("a proof");
        assert_eq!(proven.body().as_ptr() as usize, address);
        Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new()))
    });
    let sent = request(genuine(), Scripted::new([Step::Data(body)]));
    let answer = layer.layer(inner).oneshot(sent).await.expect("infallible");
    assert_eq!(answer.status(), StatusCode::OK);
}

#[test]
fn futures_and_services_go_between_threads() {
    fn check<T: Send>(_: &T) {}
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    let layer = endpoint(&providers::STRIPE).layer();
    shared(&layer);
    let (mut service, _) = behind(&layer);
    check(&service.call(request(genuine(), Scripted::data(BODY))));
}
