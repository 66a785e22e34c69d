//! Endpoints in front of endpoints: one claim for one delivery.

use std::convert::Infallible;

use bytes::Bytes;
use hookproof::replay::LeaseWatch;
use hookproof::{Endpoint, Proven, VerifiedBody, providers};
use http::{HeaderMap, Request, Response};
use http_body_util::{Empty, Full};
use tower::{Layer, Service, ServiceExt, service_fn};

use super::driver::guarded;
use super::forms::event;
use super::puppet::{Ask, Puppet};
use crate::support::delivered::Delivered;
use crate::support::http::{Seen, request};

/// Counts its calls, after checking that the delivery is proven and claimed.
fn counting(
    seen: &Seen,
) -> impl Service<
    Request<VerifiedBody>,
    Response = Response<Empty<Bytes>>,
    Error = Infallible,
    Future: Send,
> + Clone {
    let seen = seen.clone();
    service_fn(move |request: Request<VerifiedBody>| {
        seen.calls.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        assert!(Proven::of(request.extensions()).is_some(), "a proof");
        assert!(LeaseWatch::of(request.extensions()).is_some(), "a lease");
        async { Ok(Response::new(Empty::new())) }
    })
}

fn arriving(delivered: &Delivered) -> Request<Full<Bytes>> {
    let body = Full::from(delivered.body.clone());
    request(delivered.headers.clone(), body)
}

#[tokio::test(start_paused = true)]
async fn a_delivery_behind_two_layers_of_one_endpoint_is_handled_once_and_no_duplicate_of_itself() {
    let (seen, store) = (Seen::default(), Puppet::default());
    let endpoint = guarded(&providers::GITHUB, store.clone());
    let service = endpoint
        .layer()
        .layer(endpoint.layer().layer(counting(&seen)));
    for _ in 0..2 {
        let sent = arriving(&event(&providers::GITHUB, 1));
        let answer = service.clone().oneshot(sent).await.expect("infallible");
        assert_eq!(answer.status(), 200);
        assert_eq!(seen.calls(), 1);
    }
    assert_eq!(
        (store.asked(Ask::Claim), store.asked(Ask::Complete)),
        (2, 1)
    );
}

#[cfg(feature = "axum")]
#[tokio::test(start_paused = true)]
async fn a_delivery_behind_layer_and_adapter_of_one_endpoint_is_handled_once() {
    use axum::{Router, body::Body, routing::post};
    use hookproof::axum::VerifiedBytes;

    let (seen, store) = (Seen::default(), Puppet::default());
    let endpoint = guarded(&providers::GITHUB, store.clone());
    let handler = {
        let seen = seen.clone();
        move |body: VerifiedBytes, _: LeaseWatch| async move {
            seen.calls.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            body.into_inner()
        }
    };
    let app: Router = Router::new()
        .route("/", post(endpoint.handler(handler)))
        .route_layer(endpoint.layer());
    for _ in 0..2 {
        let sent = arriving(&event(&providers::GITHUB, 1)).map(Body::new);
        let answer = app.clone().oneshot(sent).await.expect("infallible");
        assert_eq!(answer.status(), 200);
        assert_eq!(seen.calls(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn endpoints_of_two_names_each_claim_the_delivery() {
    let (seen, store) = (Seen::default(), Puppet::default());
    let [outer, inner] = ["outer", "inner"].map(|name| {
        let verifier = event(&providers::GITHUB, 1).verifier;
        let endpoint = Endpoint::builder(name, verifier).replay(store.clone());
        endpoint.build().expect("a sound endpoint")
    });
    let service = outer.layer().layer(inner.layer().layer(counting(&seen)));
    for _ in 0..2 {
        let sent = arriving(&event(&providers::GITHUB, 1));
        let answer = service.clone().oneshot(sent).await.expect("infallible");
        assert_eq!(answer.status(), 200);
        assert_eq!(seen.calls(), 1);
    }
    assert_eq!(
        (store.asked(Ask::Claim), store.asked(Ask::Complete)),
        (3, 2)
    );
}

#[tokio::test(start_paused = true)]
async fn a_guarded_endpoint_around_one_without_a_guard_hands_its_lease_on() {
    let seen = Seen::default();
    let outer = guarded(&providers::GITHUB, Puppet::default());
    let inner = Endpoint::builder("inner", event(&providers::GITHUB, 1).verifier)
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let service = outer.layer().layer(inner.layer().layer(counting(&seen)));
    for _ in 0..2 {
        let sent = arriving(&event(&providers::GITHUB, 1));
        let answer = service.clone().oneshot(sent).await.expect("infallible");
        assert_eq!((answer.status().as_u16(), seen.calls()), (200, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn another_endpoint_in_between_does_not_make_a_delivery_a_duplicate_of_itself() {
    let seen = Seen::default();
    let outer = guarded(&providers::GITHUB, Puppet::default());
    let between = Endpoint::builder("between", event(&providers::GITHUB, 1).verifier)
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let inner = outer.layer().layer(counting(&seen));
    let service = outer.layer().layer(between.layer().layer(inner));
    let sent = arriving(&event(&providers::GITHUB, 1));
    let answer = service.oneshot(sent).await.expect("infallible");
    assert_eq!((answer.status().as_u16(), seen.calls()), (200, 1));
}

#[tokio::test(start_paused = true)]
async fn an_inner_claim_is_not_taken_for_another_deliverys() {
    // Two proofs in one request: the outer endpoint's claim says nothing of the inner's delivery.
    let (seen, store) = (Seen::default(), Puppet::default());
    let outer = guarded(&providers::GITHUB, store.clone());
    let inner = guarded(&providers::SENT, store.clone());
    let service = outer.layer().layer(inner.layer().layer(counting(&seen)));
    let github = event(&providers::GITHUB, 1);
    let mut both: HeaderMap = github.headers.clone();
    let mut sent = Delivered::signed(&providers::SENT).with_body(github.body.clone());
    sent.sign();
    both.extend(sent.headers);
    let sent = request(both, Full::from(github.body));
    let answer = service.oneshot(sent).await.expect("infallible");
    assert_eq!((answer.status().as_u16(), seen.calls()), (200, 1));
    assert_eq!(
        (store.asked(Ask::Claim), store.asked(Ask::Complete)),
        (2, 2)
    );
}

#[tokio::test(start_paused = true)]
async fn an_inner_service_that_fails_gives_the_claim_up() {
    let store = Puppet::default();
    let endpoint = guarded(&providers::GITHUB, store.clone());
    let failing = service_fn(|_: Request<VerifiedBody>| async {
        Err::<Response<Empty<Bytes>>, _>("the inner service broke")
    });
    let service = endpoint.layer().layer(failing);
    for _ in 0..2 {
        let sent = arriving(&event(&providers::GITHUB, 1));
        let error = service.clone().oneshot(sent).await.expect_err("it broke");
        assert_eq!(error, "the inner service broke");
    }
    assert_eq!((store.asked(Ask::Claim), store.asked(Ask::Release)), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn polled_once_more_after_its_end_it_stays_pending_and_settles_nothing_twice() {
    use std::task::{Context, Waker};

    let (seen, store) = (Seen::default(), Puppet::default());
    let endpoint = guarded(&providers::GITHUB, store.clone());
    let mut service = endpoint.layer().layer(counting(&seen));
    let mut answering = Box::pin(service.call(arriving(&event(&providers::GITHUB, 1))));
    assert_eq!((&mut answering).await.expect("infallible").status(), 200);
    let mut cx = Context::from_waker(Waker::noop());
    assert!(answering.as_mut().poll(&mut cx).is_pending());
    drop(answering);
    assert_eq!((seen.calls(), store.calls()), (1, 2));
}
