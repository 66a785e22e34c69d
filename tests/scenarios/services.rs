//! Tower's contract: the service that was ready is the one called, and each future ends once.

use std::convert::Infallible;
use std::mem;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use hookproof::{VerifiedBody, VerifyLayer, providers};
use http::{Request, Response};
use tokio::time::sleep;
use tower::limit::ConcurrencyLimit;
use tower::load_shed::LoadShed;
use tower::{Layer, Service, ServiceExt, service_fn};

use crate::driver::guarded;
use crate::forms::event;
use crate::puppet::Puppet;
use crate::support::http::{Answer, Scripted, Seen, Strict, echo, request};

fn layer() -> VerifyLayer {
    guarded(&providers::MAILINGAPI, Puppet::default()).layer()
}

/// The delivery of that number, on its way.
fn sent(nth: usize) -> Request<Scripted> {
    let delivered = event(&providers::MAILINGAPI, nth);
    request(delivered.headers, Scripted::pieces(&delivered.body, 7))
}

/// Counts those that are inside, and the most that ever were.
#[derive(Clone, Default)]
struct Inside {
    now: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

impl Inside {
    async fn call(self, _: Request<VerifiedBody>) -> Result<Response<Answer>, Infallible> {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        sleep(Duration::from_millis(500)).await;
        self.now.fetch_sub(1, Ordering::SeqCst);
        Ok(Response::new(Answer::new()))
    }
}

/// hx-s-038, inner service not ready: the second waits, or is shed where the user sheds.
#[tokio::test(start_paused = true)]
async fn hx_s_038_the_inner_service_is_not_ready() {
    let inside = Inside::default();
    let inner = {
        let inside = inside.clone();
        service_fn(move |request| inside.clone().call(request))
    };
    // Panics when it is called without a permit, which `poll_ready` takes.
    let limited = ConcurrencyLimit::new(inner, 1);
    let waits = layer().layer(limited.clone());
    let (first, second) = tokio::join!(waits.clone().oneshot(sent(1)), waits.oneshot(sent(2)));
    for answer in [first, second] {
        assert_eq!(answer.expect("infallible").status(), 200);
    }
    let sheds = layer().layer(LoadShed::new(limited));
    let (first, second) = tokio::join!(sheds.clone().oneshot(sent(1)), sheds.oneshot(sent(2)));
    assert_eq!(first.expect("it was free").status(), 200);
    assert!(second.is_err(), "shed");
    assert_eq!(inside.most.load(Ordering::SeqCst), 1);
}

/// hx-s-039, clone of the service used after poll_ready: whoever keeps a clone and calls the one that
/// was ready calls the inner service that was; `Strict` panics in every other.
#[tokio::test(start_paused = true)]
async fn hx_s_039_a_clone_of_the_service_after_poll_ready() {
    let mut service = layer().layer(Strict::default());
    for nth in 0..3 {
        ServiceExt::<Request<Scripted>>::ready(&mut service)
            .await
            .expect("ready");
        let clone = service.clone();
        let mut ready = mem::replace(&mut service, clone);
        let answering = ready.call(sent(nth));
        // The one that was ready went with the call: its place is taken by a clone, which is not.
        drop(ready);
        assert_eq!(answering.await.expect("infallible").status(), 200);
    }
}

/// hx-s-040, response future polled after completion: pending (`layer::ResponseFuture`).
#[tokio::test(start_paused = true)]
async fn hx_s_040_the_response_future_is_polled_after_completion() {
    let seen = Seen::default();
    let inner = {
        let seen = seen.clone();
        service_fn(move |request| echo(seen.clone(), request))
    };
    let mut service = layer().layer(inner);
    let mut cx = Context::from_waker(Waker::noop());
    let mut unsigned = sent(2);
    unsigned.headers_mut().clear();
    for (sent, status) in [(sent(1), 200), (unsigned, 401)] {
        let mut answering = Box::pin(service.call(sent));
        let answer = (&mut answering).await.expect("infallible");
        assert_eq!(answer.status(), status);
        for _ in 0..3 {
            assert!(answering.as_mut().poll(&mut cx).is_pending());
        }
    }
    assert_eq!(seen.calls(), 1);
}
