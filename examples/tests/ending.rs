//! The end: asked to stop, the receiver loses nothing and takes no longer than 10 seconds.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::time::{Duration, Instant};

use hookproof::providers::MAILINGAPI;
use support::answers::answered;
use support::delivery::{genuine, head, signed_at};
use support::process::{MAILINGAPI_SECRET, Receiver, SECRET, refused};
use support::wire::peer::{Peer, Seen};

const EVENT: &[u8] = br#"{"id":"evt_1","type":"delivered","data":{}}"#;

#[tokio::test]
async fn asked_to_end_it_finishes_the_delivery_under_way() {
    let mut receiver = Receiver::start(&[], &[MAILINGAPI_SECRET]);
    // Idle, before a delivery and after one; neither may hold up the end.
    let _silent = Peer::connect(receiver.address).await;
    let mut idle = Peer::connect(receiver.address).await;
    idle.send(&genuine(&MAILINGAPI, SECRET, EVENT)).await;
    assert_eq!(answered(&mut idle).await, 200);
    assert_eq!(receiver.line()["status"], 200);

    let mut slow = Peer::connect(receiver.address).await;
    let headers = signed_at(&MAILINGAPI, SECRET, EVENT, 0);
    slow.send(&head(&MAILINGAPI, &headers, EVENT.len())).await;
    slow.send(&EVENT[..10]).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    receiver.terminate();
    assert_eq!(
        idle.answer(Duration::from_secs(5)).await,
        Some(Seen::Closed)
    );
    assert!(
        tokio::net::TcpStream::connect(receiver.address)
            .await
            .is_err()
    );
    tokio::time::sleep(Duration::from_millis(700)).await;
    slow.send(&EVENT[10..]).await;
    assert_eq!(answered(&mut slow).await, 200);
    assert_eq!(receiver.line()["delivery_id"], "evt_1");
    drop(slow);

    let (status, took) = receiver.ended();
    assert!(status.success(), "{status}");
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[tokio::test]
async fn asked_to_end_it_answers_a_delivery_that_stalls() {
    let mut receiver = Receiver::start(&[], &[MAILINGAPI_SECRET]);
    let mut stalled = Peer::connect(receiver.address).await;
    let headers = signed_at(&MAILINGAPI, SECRET, EVENT, 0);
    stalled
        .send(&head(&MAILINGAPI, &headers, EVENT.len()))
        .await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    receiver.terminate();
    let asked = Instant::now();
    assert_eq!(answered(&mut stalled).await, 408);
    assert_eq!(receiver.line(), refused("mailingapi", 408, "timeout"));
    let (status, _) = receiver.ended();
    assert!(status.success(), "{status}");
    assert!(asked.elapsed() < Duration::from_secs(10));
}
