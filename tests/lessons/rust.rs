//! Tower and Rust: readiness, results that cannot be misread, and nothing that is parsed too early.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::routing::post;
use bytes::Bytes;
use hookproof::axum::{Verified, VerifiedJson};
use hookproof::events::sendmux;
use hookproof::scheme::{Part, Place, ReplayId, Scheme};
use hookproof::{
    Delivery, Endpoint, Proven, Receipt, Secret, UnixTime, Verification, VerifiedBody, Verifier,
    VerifyError, providers,
};
use http::{HeaderMap, Request, Response, StatusCode};
use tower::{Layer as _, Service, ServiceExt};

use crate::sources;
use crate::support::delivered::{BODY, SECRET};
use crate::support::http::{Answer, Scripted, Step, endpoint, request, signed, verifier};

/// Takes one call at a time, and panics where it is called without having said that it is ready.
#[derive(Default)]
struct OneAtATime {
    ready: bool,
    busy: Arc<AtomicUsize>,
}

impl Clone for OneAtATime {
    fn clone(&self) -> Self {
        Self {
            ready: false,
            busy: Arc::clone(&self.busy),
        }
    }
}

impl Drop for OneAtATime {
    fn drop(&mut self) {
        if self.ready {
            self.busy.store(0, Ordering::SeqCst);
        }
    }
}

impl Service<Request<VerifiedBody>> for OneAtATime {
    type Response = Response<Answer>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        if !self.ready && self.busy.swap(1, Ordering::SeqCst) == 1 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<VerifiedBody>) -> Self::Future {
        assert!(
            std::mem::take(&mut self.ready),
            "called without being ready"
        );
        self.busy.store(0, Ordering::SeqCst);
        std::future::ready(Ok(Response::new(Answer::new())))
    }
}

/// tower PR 548 and issue 547, tower-http PR 561, tower-resilience issue 286: a clone was called that
/// had never said that it was ready.
#[tokio::test]
async fn lesson_55_the_service_that_was_ready_is_the_one_that_is_called() {
    let scheme = &providers::STRIPE;
    let body = || {
        Scripted::new([
            Step::Later,
            Step::Data(Bytes::from_static(BODY)),
            Step::Later,
        ])
    };
    let service = endpoint(scheme).layer().layer(OneAtATime::default());
    let answering = [(); 2].map(|()| {
        let sent = request(signed(scheme, BODY), body());
        tokio::spawn(service.clone().oneshot(sent))
    });
    for answer in answering {
        let answer = answer.await.expect("no panic").expect("infallible");
        assert_eq!(answer.status(), StatusCode::OK);
    }
    // Polled ready itself, and called twice.
    let mut service = endpoint(scheme).layer().layer(OneAtATime::default());
    for _ in 0..2 {
        let ready = ServiceExt::<Request<Scripted>>::ready(&mut service)
            .await
            .expect("ready");
        let answer = ready.call(request(signed(scheme, BODY), body())).await;
        assert_eq!(answer.expect("infallible").status(), StatusCode::OK);
    }
}

/// enarx PR 546, josekit-rs PR 3; discussed in rust-openssl issue 2105 and merkle-mountain-range issue
/// 46: a verification that gave a bool, which was dropped, let everything in. That a dropped receipt
/// does not compile under `deny(unused_must_use)`, `tests/compile_fail` shows.
#[test]
fn lesson_56_verification_gives_a_proof_and_no_bool() {
    let _: fn(&Verifier, Delivery<'_>) -> Result<Receipt, VerifyError> = Verifier::verify;
    let _: fn(&Verifier, Delivery<'_>, UnixTime) -> Result<Receipt, VerifyError> =
        Verifier::verify_at;
    let _: fn(&mut Verification, Bytes) -> Result<(), VerifyError> = Verification::update;
    let _: fn(Verification) -> Result<Proven, VerifyError> = Verification::finish;
    for name in ["Receipt", "Proven", "Verification"] {
        let types = sources::types();
        let it = types.iter().find(|it| it.name == name).expect("a type");
        assert!(it.attributes.contains("#[must_use"), "{name}");
    }
    for verb in [
        "verif",
        "check",
        "valid",
        "matches",
        "agrees",
        "authent",
        "is_signed",
        "accept",
    ] {
        for line in sources::holding("pub fn ")
            .iter()
            .chain(&sources::holding("pub const fn "))
        {
            let names_it = line
                .split("fn ")
                .nth(1)
                .is_some_and(|it| it.starts_with(verb));
            assert!(!(names_it && line.contains("-> bool")), "{line}");
        }
    }
}

/// RUSTSEC-2026-0226 (nostr): events were parsed before their signatures were checked.
#[tokio::test]
async fn lesson_59_no_byte_of_a_body_is_parsed_before_it_is_proven() {
    let unparsable = Arc::new(AtomicUsize::new(0));
    let scheme = &providers::SENDMUX;
    let heard = Arc::clone(&unparsable);
    let endpoint = Endpoint::builder("hooks", verifier(scheme))
        .on_unparsable(move |_, _| {
            heard.fetch_add(1, Ordering::SeqCst);
        })
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let app: Router = Router::new()
        .route(
            "/typed",
            post(endpoint.handler(|_: Verified<sendmux::Event>| async {})),
        )
        .route(
            "/own",
            post(endpoint.handler(|_: VerifiedJson<String>| async {})),
        );
    let bodies = [
        "{\"id\":".to_owned(),
        "no JSON".to_owned(),
        "[".repeat(100_000),
        "\u{feff}".to_owned(),
    ];
    for (genuine, status) in [
        (true, StatusCode::UNPROCESSABLE_ENTITY),
        (false, StatusCode::UNAUTHORIZED),
    ] {
        unparsable.store(0, Ordering::SeqCst);
        for path in ["/typed", "/own"] {
            for body in &bodies {
                let signs = if genuine {
                    body.as_bytes()
                } else {
                    b"another body"
                };
                let mut sent = request(signed(scheme, signs), Body::from(body.clone()));
                *sent.uri_mut() = path.parse().expect("a path");
                let answer = app.clone().oneshot(sent).await.expect("infallible");
                assert_eq!(answer.status(), status, "{path}: {body:.10}");
            }
        }
        assert_eq!(
            unparsable.load(Ordering::SeqCst) > 0,
            genuine,
            "somebody parsed it"
        );
    }
    // A signature in the body is one field, looked for under bounds: nothing beside it decides.
    let in_body = Place::Json("/signature");
    let own = Scheme::builder_at("own", in_body)
        .content(&[Part::Json {
            pointer: "/id",
            absent: None,
        }])
        .dangerous_body_unsigned("for a lesson")
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .try_build()
        .expect("sound");
    let verifier = Verifier::new(&own, Secret::new(SECRET)).expect("usable");
    let headers = HeaderMap::new();
    let verdict = |body: &str| {
        let judged = verifier.verify(Delivery::new(&headers, body.as_bytes()));
        judged.map(drop).map_err(|error| error.kind().as_str())
    };
    let bogus = "0".repeat(64);
    for beside in ["1", "1e400", "\"x\"", "[1,2,3]", "null"] {
        let body = format!(r#"{{"id":"evt_1","signature":"{bogus}","beside":{beside}}}"#);
        assert_eq!(verdict(&body), Err("mismatch"), "{beside}");
    }
    for deep in [128, 100_000] {
        let beside = format!("{}{}", "[".repeat(deep), "]".repeat(deep));
        let body = format!(r#"{{"id":"evt_1","signature":"{bogus}","beside":{beside}}}"#);
        assert_eq!(verdict(&body), Err("malformed"), "{deep} levels");
    }
}
