//! Hostile senders at the receiver's socket: each row of the vectors, as raw bytes.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "wire/bodies.rs"]
mod bodies;
#[path = "wire/parts.rs"]
mod parts;
mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use bodies::{Bodies, event};
use hookproof::providers::MAILINGAPI;
use serde_json::Value;
use support::delivery::{genuine, head, request};
use support::peer::{Peer, Seen};
use support::process::Receiver;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

const ROWS: &str = include_str!("../../tests/data/vectors/hostile.jsonl");
const SECRET: &str = "wire-hostile-secret-2f9c";
const CAP: usize = 262_144;

/// So many rows at a time: each has a receiver of its own, which counts its calls.
const AT_ONCE: usize = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_hostile_row_is_answered_as_it_should_be() {
    let slots = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    let rows = ROWS
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .filter(|row| row["kind"] == "wire");
    for row in rows {
        let slots = Arc::clone(&slots);
        running.spawn(async move {
            let _slot = slots.acquire_owned().await;
            judge(&row)
                .await
                .map_err(|why| format!("{} ({}): {why}", row["id"], row["what"]))
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
    let options = ["--max-body", "262144"];
    Receiver::start(&options, &[("MAILINGAPI_WEBHOOK_SECRET", SECRET)])
}

/// Runs one row against a receiver of its own.
async fn judge(row: &Value) -> Result<(), String> {
    let receiver = tokio::task::spawn_blocking(receiver)
        .await
        .expect("no panic");
    let bodies = Bodies::new(row, receiver.address.to_string());
    let expect = &row["expect"];
    let parts = row["input"]["parts"].as_array().expect("parts");
    let within = Duration::from_millis(expect["within_ms"].as_u64().expect("a time"));

    let started = Instant::now();
    let peer = Peer::connect(receiver.address).await;
    let mut talk = parts::perform(peer, parts, &bodies).await;
    let mut calls_besides = 1;
    if let Some(mut peer) = talk.peer.take() {
        answers(&mut peer, &mut talk, expect, started + within).await?;
        calls_besides += afterwards(&mut peer, expect).await?;
    }
    if expect["no_100"] == true && talk.asked_to_continue {
        return Err("asked for the body of a delivery that it refuses".to_owned());
    }

    let mut fresh = Peer::connect(receiver.address).await;
    fresh
        .send(&genuine(&MAILINGAPI, SECRET, &event("fresh")))
        .await;
    let answer = fresh.answer(Duration::from_secs(5)).await;
    if answer != Some(Seen::Answer(200)) {
        return Err(format!("a good delivery afterwards: {answer:?}"));
    }
    let lines = receiver.rest();
    let calls = lines
        .iter()
        .filter(|line| line["verdict"] == "accepted")
        .count();
    match expect["handler_calls"].as_u64() {
        Some(wanted) if wanted != (calls - calls_besides) as u64 => {
            Err(format!("{} handler calls", calls - calls_besides))
        }
        _ => Ok(()),
    }
}

/// The answers that the row lists, in order, in time.
async fn answers(
    peer: &mut Peer,
    talk: &mut parts::Talk,
    expect: &Value,
    until: Instant,
) -> Result<(), String> {
    let mut first = std::mem::take(&mut talk.first).into_iter();
    for allowed in expect["responses"].as_array().expect("answers") {
        let seen = match first.next() {
            Some(seen) => seen,
            None => loop {
                match peer
                    .any(until.saturating_duration_since(Instant::now()))
                    .await
                {
                    Some(Seen::Answer(100)) => talk.asked_to_continue = true,
                    seen => break seen,
                }
            },
        };
        let status = match seen {
            Some(Seen::Answer(status)) => status,
            Some(Seen::Closed | Seen::Reset) => 0,
            None => return Err("no answer in time".to_owned()),
        };
        if !allowed
            .as_array()
            .expect("statuses")
            .iter()
            .any(|it| *it == status)
        {
            return Err(format!("{status} ({seen:?}), not one of {allowed}"));
        }
        if status == 0 {
            return Ok(());
        }
    }
    Ok(())
}

/// What the connection is good for after the answers, and how often the handler was called for
/// finding out.
async fn afterwards(peer: &mut Peer, expect: &Value) -> Result<usize, String> {
    // Further answers are refusals: a good one would be to a delivery that nobody sent.
    let mut seen = peer.any(Duration::from_millis(300)).await;
    while let Some(Seen::Answer(status)) = seen {
        if status < 300 {
            return Err(format!("a further answer, {status}"));
        }
        seen = peer.any(Duration::from_millis(300)).await;
    }
    match (expect["after"].as_str().expect("what follows"), seen) {
        ("closed", None) => {
            let end = peer.answer(Duration::from_secs(3)).await;
            match end {
                Some(Seen::Closed | Seen::Reset) => Ok(0),
                other => Err(format!("not closed, but {other:?}")),
            }
        }
        ("usable", None) => {
            peer.send(&genuine(&MAILINGAPI, SECRET, &event("after")))
                .await;
            match peer.answer(Duration::from_secs(5)).await {
                Some(Seen::Answer(200)) => Ok(1),
                other => Err(format!("a good delivery on the same connection: {other:?}")),
            }
        }
        ("usable", Some(end)) => Err(format!("not usable: {end:?}")),
        _ => Ok(0),
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
