//! What a hostile sender makes a receiver hold: each row of raw HTTP by itself, and a crowd that
//! announces much. In a program of its own: it measures the whole one, both ends of a connection.
//!
//! It runs with every feature alone, as `hostile.rs`.
#![cfg(all(feature = "axum", feature = "events", feature = "memory-store"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

#[allow(dead_code, reason = "another program serves more with it")]
#[path = "hostile/server.rs"]
mod server;
#[path = "support/wire/mod.rs"]
mod wire;

use std::time::Duration;

use peak_alloc::PeakAlloc;
use server::{Calls, Front, Receivers};
use wire::bodies::signature;
use wire::expect::run;
use wire::peer::Peer;
use wire::row::{CAP, catalogue};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// For both ends of a connection: a body at the cap as it is sent, read and held, and hyper's buffer
/// for a head. Some rows send more than twice as much, or announce it.
const A_ROW: usize = 8 * CAP;

/// For both ends of a connection on which little was sent, whatever was announced.
const A_HEAD: usize = 32 * 1024;

const CROWD: usize = 200;

/// The deadline of bodies that nothing good can come of.
const HASTE: Duration = Duration::from_secs(2);

#[tokio::test]
async fn neither_a_row_nor_a_crowd_that_announces_much_makes_a_receiver_hold_it() {
    for front in Front::ALL {
        let receivers = Receivers::serve(front, &Calls::default(), HASTE).await;
        for row in catalogue() {
            let before = MEMORY.current_usage();
            MEMORY.reset_peak_usage();
            let target = receivers.target(&row);
            run(&row, &target).await.expect("a row that is allowed");
            let held = MEMORY.peak_usage() - before;
            assert!(held < A_ROW, "{front:?} {}: {held} bytes", row.id);
        }
        let held = held_by_a_crowd(&receivers).await;
        assert!(held < CROWD * A_HEAD, "{front:?}: {held} bytes");
    }
}

/// Announces a body at the cap on each of many connections until the receiver asks for it, and sends
/// nothing of it. Says what all of them take at their peak.
async fn held_by_a_crowd(receivers: &Receivers) -> usize {
    let control = &catalogue()[0];
    let target = receivers.target(control);
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\nX-MailingAPI-Signature: {}\r\nContent-Length: {CAP}\r\n\
         Expect: 100-continue\r\n\r\n",
        target.path,
        target.address,
        signature(b"{}"),
    );
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let mut crowd = Vec::new();
    for _ in 0..CROWD {
        let mut peer = Peer::connect(target.address).await;
        peer.send(head.as_bytes()).await;
        peer.wait(Duration::from_secs(15)).await;
        assert!(peer.asked_to_continue, "the body was not waited for");
        crowd.push(peer);
    }
    MEMORY.peak_usage() - before
}
