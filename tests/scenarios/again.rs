//! The same delivery again: as it was, dressed otherwise, after it was forgotten, stamped anew.

use hookproof::replay::{MemoryStore, ReplayGuard};
use hookproof::{ConfigErrorKind, Endpoint, Tolerance, VerifyErrorKind, providers};
use serde_json::json;

use crate::driver::{App, all, guarded};
use crate::forms::{event, stamped_anew};
use crate::receiver::{Receiver, secs};
use crate::support::delivered::Delivered;
use crate::support::signing::put;

const SIGNATURE: &str = "x-mailingapi-signature";

fn delivery() -> Delivered {
    event(&providers::MAILINGAPI, 1)
}

/// The one candidate of a delivery as it was signed.
fn good(delivered: &Delivered) -> String {
    delivered.encoded(&delivered.mac(&delivered.now.to_string()))
}

/// Sends a delivery and then that form of it: one call, and the second answer says nothing.
async fn is_handled_once(delivered: &Delivered, again: &Delivered) {
    for driver in all() {
        let app = App::quick(driver, &guarded(&delivered.scheme, MemoryStore::default()));
        assert!(app.send(delivered).await.is_handlers(), "{driver:?}");
        let second = app.send(again).await;
        assert!(second.is_duplicate(), "{driver:?}: {second:?}");
        assert_eq!(app.calls(), 1, "{driver:?}");
    }
}

/// hx-s-001, same delivery twice: the second is answered 200 with an empty body.
#[tokio::test(start_paused = true)]
async fn hx_s_001_the_same_delivery_twice() {
    is_handled_once(&delivery(), &delivery()).await;
}

/// hx-s-002, replay with an extra bogus candidate: what is signed identifies, not how it is sent.
#[tokio::test(start_paused = true)]
async fn hx_s_002_a_replay_with_an_extra_bogus_candidate() {
    let mut again = delivery();
    again.write(&[&good(&again), &"0".repeat(64)]);
    is_handled_once(&delivery(), &again).await;
}

/// hx-s-003, replay with pairs reordered and an unknown key added: as above.
#[tokio::test(start_paused = true)]
async fn hx_s_003_a_replay_with_pairs_reordered_and_an_unknown_key() {
    let mut again = delivery();
    let text = format!("x=1,v1={},t={}", good(&again), again.now);
    put(&mut again.headers, SIGNATURE, text.as_bytes());
    is_handled_once(&delivery(), &again).await;
}

/// hx-s-004, replay with re-encoded base64: refused, since one MAC has one spelling
/// (`docs/strictness.md`).
#[tokio::test(start_paused = true)]
async fn hx_s_004_a_replay_in_base64_of_another_spelling() {
    let delivered = event(&providers::STANDARD_WEBHOOKS, 1);
    let good = good(&delivered);
    let text = good.strip_suffix('=').expect("padding");
    let (kept, last) = text.split_at(text.len() - 1);
    // Of the last character two bits are unused. The alphabet's next ones have the same others.
    let unused = [
        "A", "E", "I", "M", "Q", "U", "Y", "c", "g", "k", "o", "s", "w", "0", "4", "8",
    ];
    assert!(
        unused.contains(&last),
        "{last} has no bit set that is unused"
    );
    let next = char::from(last.as_bytes()[0] + 1);
    for other in [text.to_owned(), format!("{kept}{next}=")] {
        let mut again = delivered.clone();
        again.write(&[&other]);
        for driver in all() {
            let receiver = Receiver::new(&delivered.scheme, driver, None);
            assert!(receiver.app.send(&delivered).await.is_handlers());
            let refused = receiver.refuses(&again).await;
            assert_eq!(refused, VerifyErrorKind::Malformed, "{other}");
            assert_eq!(receiver.app.calls(), 1, "{driver:?}");
        }
    }
}

/// hx-s-005, replay after the store forgot: stale, whether the retention is the default or the
/// shortest that is allowed, and wherever in the window the delivery was stamped.
#[tokio::test(start_paused = true)]
async fn hx_s_005_a_replay_after_the_store_forgot() {
    for driver in all() {
        for retention in [None, Some(secs(600))] {
            for stamp in [-300, 0, 300] {
                let receiver = Receiver::new(&providers::MAILINGAPI, driver, retention);
                let mut delivered = delivery().at(delivery().now + stamp);
                delivered.sign();
                assert!(receiver.app.send(&delivered).await.is_handlers());
                let kept = receiver.endpoint.retention().expect("a guard");
                receiver.clock.pass(kept + secs(1));
                let refused = receiver.refuses(&delivered).await;
                assert_eq!(refused, VerifyErrorKind::Stale, "{driver:?} {stamp}");
                assert_eq!(receiver.app.calls(), 1);
            }
        }
    }
}

/// hx-s-006, TTL configured below the window: construction fails (`docs/replay.md`), whichever of
/// the two is set, and in whichever order.
#[test]
fn hx_s_006_a_retention_below_the_window() {
    let builder = || Endpoint::builder("hooks", delivery().verifier);
    let guard = |seconds| ReplayGuard::new(MemoryStore::default()).retention(secs(seconds));
    let wide = Tolerance::new(600, 300);
    let built = [
        builder().replay(guard(60)).build(),
        builder().replay(guard(599)).build(),
        builder().tolerance(wide).replay(guard(899)).build(),
        builder().replay(guard(899)).tolerance(wide).build(),
    ];
    for built in built {
        let error = built.expect_err("a hole");
        assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
        assert!(error.to_string().contains("forgotten while"), "{error}");
    }
    assert!(builder().replay(guard(600)).build().is_ok());
}

/// hx-s-062, retry of the sender with a new timestamp: recognised by the signed id, and a delivery
/// without one by its body (`docs/replay.md`).
#[tokio::test(start_paused = true)]
async fn hx_s_062_a_retry_of_the_sender_with_a_new_timestamp() {
    let mut nameless = delivery().with_body(json!({ "type": "opened" }).to_string());
    nameless.sign();
    for delivered in [delivery(), nameless] {
        is_handled_once(&delivered, &stamped_anew(&delivered)).await;
        for driver in all() {
            let receiver = Receiver::new(&delivered.scheme, driver, None);
            assert!(receiver.app.send(&delivered).await.is_handlers());
            receiver.clock.pass(secs(600));
            let mut again = delivered.at(delivered.now + 600);
            again.sign();
            let reply = receiver.app.send(&again).await;
            assert!(reply.is_duplicate(), "{driver:?}: {reply:?}");
        }
    }
}
