//! What a stranger may cost.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use hookproof::{Receipt, VerifiedBody, VerifyError, VerifyErrorKind, providers};
use http::{HeaderMap, Request, Response};
use tower::buffer::Buffer;
use tower::limit::RateLimit;
use tower::limit::rate::Rate;
use tower::util::BoxService;
use tower::{Layer as _, Service, ServiceExt as _, service_fn};

use crate::driver::guarded;
use crate::forms::event;
use crate::puppet::Puppet;
use crate::support::delivered::{Delivered, NOW, kind};
use crate::support::http::{Answer, Scripted, Seen, echo, request};

fn delivery() -> Delivered {
    event(&providers::MAILINGAPI, 1)
}

/// hx-s-064, well-formed header, candidates of the wrong length: malformed, before the body is polled.
/// A MAC is over the body, so none was computed (`counts.json`: a malformed header costs no block).
#[tokio::test(start_paused = true)]
async fn hx_s_064_candidates_of_the_wrong_length() {
    let seen = Seen::default();
    let inner = {
        let seen = seen.clone();
        service_fn(move |request| echo(seen.clone(), request))
    };
    let service = guarded(&providers::MAILINGAPI, Puppet::default())
        .layer()
        .layer(inner);
    for length in [0, 1, 10, 62, 63, 65, 66, 128] {
        let mut delivered = delivery();
        let short = "a".repeat(length);
        delivered.write(&[short.as_str(); 10]);
        assert_eq!(
            delivered.verdict(),
            Err(VerifyErrorKind::Malformed),
            "{length}"
        );
        let body = Scripted::data(&vec![b' '; 1_000_000]);
        let polls = Arc::clone(&body.polls);
        let answer = service
            .clone()
            .oneshot(request(delivered.headers, body))
            .await;
        assert_eq!(answer.expect("infallible").status(), 401, "{length}");
        assert_eq!(
            polls.load(Ordering::SeqCst),
            0,
            "the body was read, {length}"
        );
    }
    assert_eq!(seen.calls(), 0);
}

/// Waits until the service takes a delivery.
async fn ready<S: Service<Request<Scripted>>>(service: &mut S) -> &mut S {
    let ready = service.ready().await;
    ready.unwrap_or_else(|_| panic!("it is never ready"))
}

/// hx-s-065, refusals and a rate limiter: what is refused does not reach the limiter behind the layer.
#[tokio::test(start_paused = true)]
async fn hx_s_065_refusals_and_a_rate_limiter() {
    let seen = Seen::default();
    let counted = seen.clone();
    let handler = service_fn(move |_: Request<VerifiedBody>| {
        counted.calls.fetch_add(1, Ordering::SeqCst);
        async { Ok::<_, Infallible>(Response::new(Answer::new())) }
    });
    let five_a_minute = RateLimit::new(handler, Rate::new(5, Duration::from_secs(60)));
    let limited = Buffer::new(BoxService::new(five_a_minute), 1);
    let layer = guarded(&providers::MAILINGAPI, Puppet::default()).layer();
    // One service, as a connection has it: ready again and again.
    let mut service = layer.layer(limited);
    let begun = tokio::time::Instant::now();
    let mut forged = delivery();
    forged.write(&[&"0".repeat(64)]);
    for nth in 0..100 {
        let headers = if nth % 2 == 0 {
            HeaderMap::new()
        } else {
            forged.headers.clone()
        };
        let sent = request(headers, Scripted::data(&delivery().body));
        let answer = ready(&mut service).await.call(sent).await;
        assert_eq!(answer.expect("no error").status(), 401);
    }
    let sent = request(delivery().headers, Scripted::data(&delivery().body));
    let answer = ready(&mut service).await.call(sent).await;
    assert_eq!(answer.expect("no error").status(), 200);
    assert_eq!(
        (seen.calls(), begun.elapsed()),
        (1, Duration::ZERO),
        "nobody waited"
    );
}

/// What the compiler is told of a verdict.
type Verdict = fn(&hookproof::Verifier, hookproof::Delivery<'_>) -> Result<Receipt, VerifyError>;

/// hx-s-059, verification result ignored: the compiler warns of a receipt that is dropped, and of a
/// `Result` as ever; no bool is returned. `tests/compile_fail.rs` compiles the case.
#[test]
fn hx_s_059_the_result_of_a_verification_is_ignored() {
    let verify: Verdict = hookproof::Verifier::verify;
    let delivered = delivery();
    let delivery = hookproof::Delivery::new(&delivered.headers, &delivered.body);
    let judged = verify(&delivered.verifier, delivery);
    assert_eq!(kind(&judged), Err(VerifyErrorKind::Stale), "of {NOW}");
    let case = include_str!("../compile_fail/receipt_dropped.rs");
    let mut lines = case.lines();
    let first = "// error: a receipt is the proof; without it nothing was checked";
    assert_eq!(lines.next(), Some(first));
    assert_eq!(lines.next(), Some("#![deny(unused_must_use)]"));
    assert!(case.contains("    verifier.verify(Delivery::new(headers, b\"{}\"))?;\n"));
    assert!(include_str!("../compile_fail.rs").contains("fn what_must_not_compile_does_not()"));
}
