//! Hostile senders at the receiver's socket: each row of the vectors, as raw bytes.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use hookproof::providers::MAILINGAPI;
use support::delivery::{head, request};
use support::process::Receiver;
use support::wire::expect::{Target, run};
use support::wire::peer::{Peer, Seen};
use support::wire::row::{CAP, Row, SECRET, catalogue};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// So many rows at a time: each has a receiver of its own, which counts its calls.
const AT_ONCE: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_hostile_row_is_answered_as_it_should_be() {
    let slots = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for row in catalogue() {
        let slots = Arc::clone(&slots);
        running.spawn(async move {
            let _slot = slots.acquire_owned().await;
            let verdict = judge(&row).await;
            verdict.map_err(|why| format!("{} ({}): {why}", row.id, row.what))
        });
    }
    let verdicts = running.join_all().await;
    let wrong: Vec<_> = verdicts
        .iter()
        .filter_map(|row| row.as_ref().err())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(verdicts.len(), 50);
}

fn receiver() -> Receiver {
    let options = ["--max-body", &CAP.to_string()];
    Receiver::start(&options, &[("MAILINGAPI_WEBHOOK_SECRET", SECRET)])
}

/// Runs one row against a receiver of its own.
async fn judge(row: &Row) -> Result<(), String> {
    let receiver = tokio::task::spawn_blocking(receiver)
        .await
        .expect("no panic");
    let target = Target {
        address: receiver.address,
        path: "/webhooks/mailingapi".to_owned(),
    };
    let wanted = run(row, &target).await?;
    let lines = receiver.rest();
    let calls = lines.iter().filter(|line| line["verdict"] == "accepted");
    match calls.count() {
        calls if calls == wanted => Ok(()),
        calls => Err(format!("{calls} calls of the handler, not {wanted}")),
    }
}

/// A sender that writes all of its body before it reads gets the answer all the same: the
/// receiver reads on after it has refused from the head.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_reaches_a_sender_that_is_still_sending() {
    let receiver = receiver();
    let body = vec![b'a'; 8 * 1024 * 1024];
    for (headers, refused) in [
        (Default::default(), 401),
        (
            support::delivery::signed_at(&MAILINGAPI, SECRET, &body, 0),
            413,
        ),
    ] {
        for _ in 0..20 {
            let mut peer = Peer::connect(receiver.address).await;
            peer.send(&request(&MAILINGAPI, &headers, &body)).await;
            assert!(
                !peer.cut,
                "the connection was reset while the body was sent"
            );
            assert_eq!(
                peer.answer(Duration::from_secs(5)).await,
                Some(Seen::Answer(refused))
            );
            assert_eq!(
                peer.answer(Duration::from_secs(5)).await,
                Some(Seen::Closed)
            );
        }
    }
}

/// Heads do not hold a connection for ever.
#[tokio::test]
async fn a_head_that_never_ends_is_cut() {
    let receiver = receiver();
    let mut peer = Peer::connect(receiver.address).await;
    let head = head(&MAILINGAPI, &Default::default(), 2);
    peer.send(&head[..40]).await;
    let started = Instant::now();
    let end = peer.answer(Duration::from_secs(15)).await;
    assert!(
        matches!(end, Some(Seen::Answer(408) | Seen::Closed)),
        "{end:?}"
    );
    assert!(started.elapsed() > Duration::from_secs(5));
}
