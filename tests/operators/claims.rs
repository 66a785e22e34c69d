//! Metrics of the replay guard: what became of claims, and what is wrong with the store.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::pending;
use std::time::Duration;

use hookproof::replay::{MemoryStore, ReplayGuard, ReplayStore};
use hookproof::{Endpoint, VerifiedBody, providers};
use http::{Request, Response, StatusCode};
use tower::{Layer as _, ServiceExt as _, service_fn};

use crate::captured::{Captured, captured};
use crate::drivers::{Driver, prove};
use crate::moments::{NOW, builder, genuine, signed_at};
use crate::puppet::{Act, Ask, Puppet};
use crate::support::http::{Answer, Scripted, request};

fn guarded(store: impl ReplayStore) -> Endpoint {
    builder("hooks", &providers::STRIPE)
        .replay(store)
        .build()
        .expect("a sound endpoint")
}

async fn send(driver: Driver, endpoint: &Endpoint) -> StatusCode {
    let request = genuine(&providers::STRIPE);
    driver.send(endpoint, request).await.0
}

#[track_caller]
fn assert_claims(captured: &Captured, outcomes: &[(&str, u64)]) {
    let counts = captured.metrics.counts("hookproof_claims_total");
    let wanted: BTreeMap<String, u64> = outcomes
        .iter()
        .map(|(outcome, count)| (format!("endpoint=hooks,outcome={outcome}"), *count))
        .collect();
    let wanted = wanted
        .iter()
        .map(|(labels, count)| (labels.as_str(), *count));
    assert_eq!(counts, wanted.collect());
}

fn store_errors(captured: &Captured) -> u64 {
    let series = "hookproof_store_errors_total{endpoint=hooks}";
    captured.metrics.count(series)
}

#[test]
fn a_first_delivery_is_claimed_and_a_second_one_is_a_duplicate() {
    for driver in Driver::ALL {
        let endpoint = guarded(MemoryStore::default());
        let captured = captured(async {
            for _ in 0..3 {
                assert_eq!(send(driver, &endpoint).await, StatusCode::OK);
            }
        });
        assert_claims(&captured, &[("claimed", 1), ("duplicate", 2)]);
        let accepted = "hookproof_deliveries_total{endpoint=hooks,verdict=accepted}";
        assert_eq!(captured.metrics.count(accepted), 3);
        assert_eq!(store_errors(&captured), 0);
    }
}

#[test]
fn a_delivery_that_another_attempt_has_is_in_progress() {
    for driver in Driver::ALL {
        let endpoint = guarded(MemoryStore::default());
        let captured = captured(async {
            let (parts, body) = genuine(&providers::STRIPE).into_parts();
            let proven = prove(&endpoint, &parts, body).await.expect("genuine");
            let claimed = endpoint.claim(&proven).await.expect("leave");
            assert_eq!(send(driver, &endpoint).await.as_u16(), 503);
            claimed.settle(true).await;
        });
        assert_claims(&captured, &[("claimed", 1), ("in-progress", 1)]);
    }
}

#[test]
fn without_room_the_store_is_full() {
    for driver in Driver::ALL {
        let endpoint = guarded(Puppet::that(Ask::Claim, Act::Refuses));
        let captured = captured(async {
            assert_eq!(send(driver, &endpoint).await.as_u16(), 503);
        });
        assert_claims(&captured, &[("store-full", 1)]);
        assert_eq!(store_errors(&captured), 0);
    }
}

#[test]
fn a_store_that_fails_or_hangs_is_unavailable_and_an_error_of_the_store() {
    for driver in Driver::ALL {
        let after = Act::FailsAfter(Duration::from_millis(10));
        for act in [Act::Fails, after, Act::Hangs] {
            let endpoint = guarded(Puppet::that(Ask::Claim, act));
            let captured = captured(async {
                assert_eq!(send(driver, &endpoint).await.as_u16(), 503);
            });
            assert_claims(&captured, &[("store-unavailable", 1)]);
            assert_eq!(store_errors(&captured), 1, "{driver:?}: {act:?}");
        }
    }
}

#[test]
fn a_store_that_cannot_be_told_of_the_end_is_an_error_of_the_store() {
    for driver in Driver::ALL {
        let store = Puppet::default();
        store.next(Ask::Complete, [Act::Fails]);
        let endpoint = guarded(store);
        let captured = captured(async {
            assert_eq!(send(driver, &endpoint).await, StatusCode::OK);
        });
        assert_claims(&captured, &[("claimed", 1)]);
        assert_eq!(store_errors(&captured), 1, "{driver:?}");
    }
}

#[test]
fn a_store_that_hangs_when_told_of_the_end_is_an_error_of_the_store() {
    let store = Puppet::default();
    store.next(Ask::Complete, [Act::Hangs]);
    let endpoint = guarded(store);
    let captured = captured(async {
        assert_eq!(send(Driver::Layer, &endpoint).await, StatusCode::OK);
    });
    assert_eq!(store_errors(&captured), 1);
}

#[test]
fn a_delivery_has_one_verdict() {
    for driver in Driver::ALL {
        let endpoint = builder("hooks", &providers::GITHUB)
            .replay(MemoryStore::default())
            .build()
            .expect("a sound endpoint");
        let captured = captured(async {
            let headers = signed_at(&providers::GITHUB, b"", NOW);
            let request = request(headers, Scripted::data(b""));
            assert_eq!(driver.send(&endpoint, request).await.0.as_u16(), 401);
        });
        let verdicts = captured.metrics.counts("hookproof_deliveries_total");
        let wanted = [("endpoint=hooks,verdict=refused", 1)];
        assert_eq!(verdicts, BTreeMap::from(wanted), "{driver:?}");
    }
}

#[test]
fn a_lease_that_is_lost_is_counted() {
    let endpoint = guarded(Puppet::that(Ask::Complete, Act::Refuses));
    let captured = captured(async {
        assert_eq!(send(Driver::Layer, &endpoint).await, StatusCode::OK);
    });
    assert_claims(&captured, &[("claimed", 1), ("lost", 1)]);
}

#[test]
fn a_store_that_is_never_told_is_counted_in_the_end() {
    let store = Puppet::that(Ask::Complete, Act::Fails);
    let endpoint = builder("hooks", &providers::STRIPE)
        .replay(ReplayGuard::new(store).retention(Duration::from_secs(700)))
        .build()
        .expect("a sound endpoint");
    let captured = captured(async {
        assert_eq!(send(Driver::Layer, &endpoint).await, StatusCode::OK);
        tokio::time::sleep(Duration::from_secs(800)).await;
    });
    assert_claims(&captured, &[("claimed", 1), ("not-completed", 1)]);
}

#[test]
fn a_handler_past_its_deadline_is_overdue() {
    let endpoint = builder("hooks", &providers::STRIPE)
        .handler_deadline(Duration::from_secs(1))
        .replay(MemoryStore::default())
        .build()
        .expect("a sound endpoint");
    let captured = captured(async {
        let never = service_fn(|_: Request<VerifiedBody>| async {
            pending::<()>().await;
            Ok::<_, Infallible>(Response::new(Answer::new()))
        });
        let request = genuine(&providers::STRIPE);
        let answer = endpoint.layer().layer(never).oneshot(request).await;
        assert_eq!(answer.expect("infallible").status().as_u16(), 503);
    });
    assert_claims(&captured, &[("claimed", 1), ("overdue", 1)]);
}
