//! Claims: nothing runs before the store has answered, and nothing is lost by what runs.

use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hookproof::replay::{MemoryStore, ReplayGuard};
use hookproof::{Answers, VerifiedBody, providers};
use http::{Request, Response, StatusCode};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tower::{Layer as _, Service, ServiceExt as _};

use crate::driver::{App, all, builder, guarded};
use crate::forms::{event, presets};
use crate::puppet::{Act, Ask, Puppet};
use crate::support::http::{Answer, Scripted, request};

const SECOND: Duration = Duration::from_secs(1);

/// Counts what is asked of it.
#[derive(Clone, Default)]
struct Inner(Arc<AtomicUsize>);

impl Service<Request<VerifiedBody>> for Inner {
    type Response = Response<Answer>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<VerifiedBody>) -> Self::Future {
        self.0.fetch_add(1, Ordering::SeqCst);
        std::future::ready(Ok(Response::new(http_body_util::Empty::<Bytes>::new())))
    }
}

/// openclaw issue 87497: a side effect came before the check for replay.
#[tokio::test(start_paused = true)]
async fn lesson_39_nothing_behind_runs_before_the_store_has_answered() {
    let delivered = event(&providers::GITHUB, 1);
    let sent = || request(delivered.headers.clone(), Scripted::data(&delivered.body));
    for (act, calls) in [
        (Act::Late(SECOND), 1),
        (Act::FailsAfter(SECOND), 0),
        (Act::Refuses, 0),
        (Act::Hangs, 0),
    ] {
        let store = Puppet::that(Ask::Claim, act);
        let inner = Inner::default();
        let service = guarded(&providers::GITHUB, store.clone())
            .layer()
            .layer(inner.clone());
        let answering = tokio::spawn(service.oneshot(sent()));
        sleep(SECOND / 2).await;
        assert_eq!(store.asked(Ask::Claim), 1, "{act:?}");
        assert_eq!(
            inner.0.load(Ordering::SeqCst),
            0,
            "{act:?}: while the store is asked"
        );
        answering.await.expect("no panic").expect("infallible");
        assert_eq!(inner.0.load(Ordering::SeqCst), calls, "{act:?}");
    }
}

/// KiroCrew PR 819 tells of a store that put out keys that were still fresh.
#[tokio::test]
async fn lesson_40_a_full_store_refuses_and_forgets_nothing() {
    const ROOM: usize = 8;
    let scheme = &providers::GITHUB;
    for driver in all() {
        let store = MemoryStore::with_quota(NonZeroUsize::new(ROOM).expect("not zero"));
        let app = App::quick(driver, &guarded(scheme, store));
        for nth in 0..ROOM {
            assert!(
                app.send(&event(scheme, nth)).await.is_handlers(),
                "{driver:?} {nth}"
            );
        }
        for nth in ROOM..ROOM + 4 {
            let reply = app.send(&event(scheme, nth)).await;
            assert_eq!(reply.status, 503, "{driver:?} {nth}");
            assert!(reply.retry_after.is_some());
        }
        for nth in 0..ROOM {
            assert!(
                app.send(&event(scheme, nth)).await.is_duplicate(),
                "{driver:?} {nth}"
            );
        }
        assert_eq!(app.calls(), ROOM, "{driver:?}");
    }
    // No less than the window, or it does not start.
    let remembered = |seconds| {
        let guard = ReplayGuard::new(MemoryStore::default());
        let guard = guard.retention(Duration::from_secs(seconds));
        builder(&providers::STRIPE, guard)
            .build()
            .map(|it| it.retention())
    };
    assert!(remembered(0).is_err() && remembered(60).is_err() && remembered(599).is_err());
    let least = (600..700).find_map(|seconds| remembered(seconds).ok().flatten());
    assert!(least.expect("soon after") >= Duration::from_secs(600));
}

/// openclaw PR 100263: duplicates answered with 4xx are sent again for hours, or the endpoint is
/// switched off.
#[tokio::test]
async fn lesson_41_a_duplicate_is_answered_with_success() {
    for driver in all() {
        for scheme in presets().step_by(9) {
            let app = App::quick(driver, &guarded(scheme, MemoryStore::default()));
            for nth in 0..3 {
                let reply = app.send(&event(scheme, 1)).await;
                assert_eq!(reply.status, 200, "{driver:?} {}", scheme.slug());
                assert_eq!(reply.is_handlers(), nth == 0);
            }
            assert_eq!(app.calls(), 1, "{driver:?} {}", scheme.slug());
        }
    }
    for status in [
        StatusCode::CONFLICT,
        StatusCode::BAD_REQUEST,
        StatusCode::SERVICE_UNAVAILABLE,
    ] {
        let answers = Answers::for_scheme(&providers::GITHUB).duplicate(status);
        let built = builder(&providers::GITHUB, MemoryStore::default())
            .answers(answers)
            .build();
        assert!(built.is_err(), "{status}");
    }
}

/// unicon issue 42, AI-Shipping-Labs/website issue 285, the review of hackerai PR 270: an event was
/// marked as seen before its work was done, and lost with it.
#[tokio::test(start_paused = true)]
async fn lesson_42_a_failure_a_panic_and_a_hang_up_give_the_delivery_back() {
    let delivered = event(&providers::GITHUB, 1);
    for driver in all() {
        let app = |first: u16| {
            let endpoint = guarded(&providers::GITHUB, Puppet::default());
            App::new(driver, &endpoint, move |job| async move {
                sleep(5 * SECOND).await;
                assert!(job.nth > 1 || first != 0, "the first attempt panics");
                if job.nth == 1 { first } else { 200 }
            })
        };
        let failing = app(500);
        assert_eq!(failing.send(&delivered).await.status, 500, "{driver:?}");
        let panicking = app(0);
        assert!(panicking.spawn(&delivered).await.is_err(), "{driver:?}");
        let dropped = app(500);
        assert!(
            timeout(SECOND, dropped.send(&delivered)).await.is_err(),
            "{driver:?}"
        );
        sleep(10 * SECOND).await;
        for app in [failing, panicking, dropped] {
            assert!(app.send(&delivered).await.is_handlers(), "{driver:?}");
            assert!(app.send(&delivered).await.is_duplicate(), "{driver:?}");
            assert_eq!(app.calls(), 2, "{driver:?}");
        }
        let slow = app(200);
        let mut sent = JoinSet::new();
        for _ in 0..32 {
            sent.spawn(slow.send(&delivered));
        }
        let replies = sent.join_all().await;
        let handled = replies.iter().filter(|it| it.is_handlers()).count();
        let later = replies.iter().filter(|it| it.is_not_now()).count();
        assert_eq!((handled, later, slow.calls()), (1, 31, 1), "{driver:?}");
    }
}
