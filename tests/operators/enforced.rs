//! Behind an endpoint that only observes nothing passes for proven, and tower's contract holds.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::routing::post;
use bytes::Bytes;
use hookproof::axum::{Verified, VerifiedBytes, VerifiedRejection};
use hookproof::events::sendmux;
use hookproof::layer::UnprovenBody;
use hookproof::scheme::Scheme;
use hookproof::{ObservedEndpoint, Proven, Receipt, providers};
use http::{Request, Response, StatusCode};
use http_body::Body as _;
use http_body_util::{BodyExt as _, Empty};
use tower::{Layer as _, Service, ServiceExt as _, service_fn};

use crate::moments::{BODY, NOW, builder, genuine, plain, signed_at, unsigned};
use crate::support::http::{Scripted, Step, request};

fn observed(scheme: &Scheme) -> ObservedEndpoint {
    builder("watched", scheme)
        .dangerous_observe_only()
        .build()
        .expect("a sound endpoint")
}

#[tokio::test]
async fn an_earlier_proof_does_not_go_along() {
    let enforced = plain("enforced", &providers::STRIPE);
    let calls = Arc::new(AtomicUsize::new(0));
    let inner = {
        let calls = Arc::clone(&calls);
        service_fn(move |request: Request<UnprovenBody>| {
            calls.fetch_add(1, Ordering::SeqCst);
            assert!(Proven::of(request.extensions()).is_none());
            async { Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new())) }
        })
    };
    // A stranger to the second, and no stranger to it.
    for scheme in [&providers::GITHUB, &providers::STRIPE] {
        let watched = observed(scheme).layer().layer(inner.clone());
        let service = enforced.layer().layer(watched);
        let answer = service.oneshot(genuine(&providers::STRIPE)).await;
        assert_eq!(answer.expect("infallible").status(), StatusCode::OK);
    }
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

/// A route whose handler must never run.
fn proof_wanted() -> Vec<Router> {
    fn never<T>(_: T) -> std::future::Ready<()> {
        panic!("the handler runs without a proof");
    }
    vec![
        Router::new().route("/", post(never::<Proven>)),
        Router::new().route("/", post(never::<Receipt>)),
        Router::new().route("/", post(never::<VerifiedBytes>)),
        Router::new().route("/", post(never::<Verified<sendmux::Event>>)),
    ]
}

#[tokio::test]
async fn handlers_that_take_a_proof_answer_500() {
    let scheme = &providers::SENDMUX;
    let enforced = plain("enforced", scheme);
    for nth in 0..proof_wanted().len() {
        for both in [false, true] {
            for sent in [genuine(scheme), unsigned()] {
                let genuine = !sent.headers().is_empty();
                let mut app = proof_wanted()
                    .swap_remove(nth)
                    .route_layer(observed(scheme).layer());
                if both {
                    app = app.route_layer(enforced.layer());
                }
                let answer = app.oneshot(sent.map(Body::new)).await.expect("infallible");
                if both && !genuine {
                    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
                    continue;
                }
                assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
                let rejection = answer.extensions().get::<VerifiedRejection>();
                assert!(rejection.expect("why").is_mistake());
            }
        }
    }
}

#[tokio::test]
async fn a_route_layer_hands_the_body_to_handlers_that_take_no_proof() {
    let scheme = &providers::SENDMUX;
    let app: Router = Router::new()
        .route("/", post(|body: Bytes| async { body }))
        .route_layer(observed(scheme).layer());
    let forged = request(signed_at(scheme, BODY, NOW), Scripted::pieces(b"forged", 2));
    for (sent, body) in [(genuine(scheme), BODY), (forged, b"forged")] {
        let answer = app.clone().oneshot(sent.map(Body::new)).await;
        let answer = answer.expect("infallible");
        assert_eq!(answer.status(), StatusCode::OK);
        let echoed = answer.into_body().collect().await.expect("a body");
        assert_eq!(echoed.to_bytes(), body);
    }
}

#[tokio::test]
async fn the_body_says_how_long_it_is_and_prints_nothing_of_itself() {
    let inner = service_fn(|request: Request<UnprovenBody>| async move {
        let body = request.into_body();
        assert_eq!(body.size_hint().exact(), u64::try_from(BODY.len()).ok());
        assert!(!body.is_end_stream());
        let printed = format!("{body:?}");
        assert!(printed.starts_with("Unproven"), "{printed}");
        assert!(!printed.contains("evt_1"), "{printed}");
        Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new()))
    });
    let service = observed(&providers::STRIPE).layer().layer(inner);
    let answer = service.oneshot(unsigned()).await.expect("infallible");
    assert_eq!(answer.status(), StatusCode::OK);
}

/// Panics when it is called without having said that it is ready; is not before it was asked so
/// often; and fails in the end.
struct Strict {
    asked: usize,
    ready: bool,
}

impl Clone for Strict {
    fn clone(&self) -> Self {
        Self {
            asked: 0,
            ready: false,
        }
    }
}

impl Service<Request<UnprovenBody>> for Strict {
    type Response = Response<Empty<Bytes>>;
    type Error = &'static str;
    type Future = std::future::Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.asked += 1;
        match self.asked {
            1 => Poll::Pending,
            2 => {
                self.ready = true;
                Poll::Ready(Ok(()))
            }
            _ => Poll::Ready(Err("closed")),
        }
    }

    fn call(&mut self, _: Request<UnprovenBody>) -> Self::Future {
        assert!(
            std::mem::take(&mut self.ready),
            "called without being ready"
        );
        std::future::ready(Ok(Response::new(Empty::new())))
    }
}

#[tokio::test]
async fn the_service_that_was_ready_is_the_one_called() {
    let strict = Strict {
        asked: 0,
        ready: false,
    };
    let mut service = observed(&providers::STRIPE).layer().layer(strict);
    let mut cx = Context::from_waker(std::task::Waker::noop());
    let mut poll = |service: &mut _| Service::<Request<Scripted>>::poll_ready(service, &mut cx);
    for _ in 0..2 {
        assert!(poll(&mut service).is_pending());
        assert_eq!(poll(&mut service), Poll::Ready(Ok(())));
        // The body is waited for while the service is held.
        let body = Scripted::new([Step::Later, Step::Data(Bytes::from_static(BODY))]);
        let sent = request(signed_at(&providers::STRIPE, BODY, NOW), body);
        let answer = service.call(sent).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
    }
    assert!(poll(&mut service).is_pending());
    assert!(poll(&mut service).is_ready());
    assert_eq!(poll(&mut service), Poll::Ready(Err("closed")));
}

#[tokio::test]
async fn an_inner_error_is_handed_out() {
    let inner = service_fn(|_: Request<UnprovenBody>| async {
        Err::<Response<Empty<Bytes>>, _>("the inner service fails")
    });
    let service = observed(&providers::STRIPE).layer().layer(inner);
    let answer = service.oneshot(unsigned()).await;
    assert_eq!(answer.expect_err("it fails"), "the inner service fails");
}

#[test]
fn layers_are_cloned_and_futures_go_between_threads() {
    fn shared<T: Clone + Send + Sync + std::fmt::Debug>(_: &T) {}
    fn sent<T: Send>(_: &T) {}
    let endpoint = observed(&providers::STRIPE);
    let inner = service_fn(|_: Request<UnprovenBody>| async {
        Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new()))
    });
    let mut service = endpoint.layer().layer(inner);
    shared(&endpoint);
    shared(&endpoint.layer());
    assert_eq!(endpoint.name(), "watched");
    sent(&service.call(unsigned()));
}
