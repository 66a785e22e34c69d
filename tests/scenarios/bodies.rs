//! Bodies that break off, stall, or never end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use hookproof::replay::MemoryStore;
use hookproof::{Endpoint, providers};
use http::StatusCode;
use tokio::time::Instant;
use tower::{Layer as _, ServiceExt as _, service_fn};

use crate::driver::builder;
use crate::forms::event;
use crate::support::delivered::Delivered;
use crate::support::http::{Scripted, Seen, Step, echo, request};

fn delivery() -> Delivered {
    event(&providers::MAILINGAPI, 1)
}

fn head(length: usize) -> Step {
    Step::Data(Bytes::copy_from_slice(&delivery().body[..length]))
}

struct Gate {
    endpoint: Endpoint,
    store: MemoryStore,
    seen: Seen,
}

impl Gate {
    fn new(deadline: Option<Duration>) -> Self {
        let store = MemoryStore::default();
        let mut endpoint = builder(&providers::MAILINGAPI, store.clone());
        if let Some(deadline) = deadline {
            endpoint = endpoint.body_deadline(deadline);
        }
        Self {
            endpoint: endpoint.build().expect("a sound endpoint"),
            store,
            seen: Seen::default(),
        }
    }

    /// Sends the delivery's head with that body.
    async fn send(&self, body: Scripted) -> StatusCode {
        let seen = self.seen.clone();
        let inner = service_fn(move |request| echo(seen.clone(), request));
        let sent = request(delivery().headers, body);
        let answer = self.endpoint.layer().layer(inner).oneshot(sent).await;
        answer.expect("infallible").status()
    }

    /// Nothing was handled or claimed; and the delivery, once it comes whole, is.
    async fn is_untouched(&self) {
        assert_eq!((self.seen.calls(), self.store.stats().entries), (0, 0));
        let whole = self.send(Scripted::data(&delivery().body)).await;
        assert_eq!((whole.as_u16(), self.seen.calls()), (200, 1));
    }
}

/// hx-s-041, body yields an error: 400, and the key is not taken.
#[tokio::test]
async fn hx_s_041_the_body_yields_an_error() {
    let gate = Gate::new(None);
    assert_eq!(gate.send(Scripted::new([head(10), Step::Error])).await, 400);
    let all = delivery().body.len();
    assert_eq!(
        gate.send(Scripted::new([head(all), Step::Error])).await,
        400
    );
    gate.is_untouched().await;
}

/// hx-s-042, body yields Pending for ever: 408 at the deadline of ten seconds, also where the whole
/// body is there and its end is not.
#[tokio::test(start_paused = true)]
async fn hx_s_042_the_body_is_pending_for_ever() {
    let gate = Gate::new(None);
    for length in [0, 10, delivery().body.len()] {
        let begun = Instant::now();
        let body = Scripted::new([head(length), Step::Later, Step::Never]);
        assert_eq!(gate.send(body).await, 408, "{length}");
        assert_eq!(begun.elapsed().as_secs(), 10, "{length}");
    }
    gate.is_untouched().await;
}

/// hx-s-043, body of empty frames for ever: 408 at the deadline, and others run meanwhile.
#[tokio::test]
async fn hx_s_043_the_body_has_empty_frames_for_ever() {
    let gate = Gate::new(Some(Duration::from_millis(50)));
    // One thread: if the loop did not yield, the other task would never run.
    let ran = Arc::new(AtomicBool::new(false));
    let other = {
        let ran = Arc::clone(&ran);
        tokio::spawn(async move { ran.store(true, Ordering::SeqCst) })
    };
    assert_eq!(gate.send(Scripted::new([Step::EmptyForEver])).await, 408);
    assert!(ran.load(Ordering::SeqCst), "others wait");
    other.await.expect("no panic");
    gate.is_untouched().await;
}
