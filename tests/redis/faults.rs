//! Each call of the guard to the store, under each fault of server and network: what the sender is
//! told, that nothing is handled twice while it is not known what the server did, and that the
//! provider's next attempt is handled where this one was not.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::{JoinSet, spawn_blocking};

use crate::case::Case;
use crate::support::proxy::Weather;
use crate::support::redis::RedisServer;

/// The call that meets the fault.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Call {
    Claim,
    Renew,
    Complete,
    Release,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Fault {
    /// Between the receiver and the server, or in its place.
    Network(Weather),
    /// The server forgets the scripts.
    NoScripts,
    /// The server forgets what was claimed and handled.
    NoData,
    /// The server is killed, and starts again with neither.
    Restart,
}

/// Those that a call gets over by itself: it is tried once more, or the server is taught again.
const BRIDGED: [Fault; 6] = [
    Fault::Network(Weather::CutBefore),
    Fault::Network(Weather::CutAfter),
    Fault::Network(Weather::CutInside),
    Fault::NoScripts,
    Fault::NoData,
    Fault::Restart,
];

/// Those that last until the weather turns. Nothing tells what the server did.
const LASTING: [Weather; 21] = [
    Weather::Slow(Duration::from_secs(3)),
    Weather::Silent,
    Weather::Broken,
    // Servers that cannot.
    Weather::Answers(b"-LOADING Redis is loading the dataset in memory\r\n"),
    Weather::Answers(b"-READONLY You can't write against a read only replica.\r\n"),
    Weather::Answers(b"-OOM command not allowed when used memory > 'maxmemory'.\r\n"),
    Weather::Answers(b"-MASTERDOWN Link with MASTER is down\r\n"),
    Weather::Answers(b"-BUSY Redis is busy running a script.\r\n"),
    Weather::Answers(b"-NOAUTH Authentication required.\r\n"),
    Weather::Answers(b"-NOSCRIPT No matching script.\r\n"),
    Weather::AnswersAndBreaks(b"-ERR max number of clients reached\r\n"),
    // What no server answers.
    Weather::Answers(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    Weather::Answers(b"\x00\xff\xfe\r\n"),
    Weather::Answers(b":99999999999999999999\r\n"),
    // Answers that stop.
    Weather::Answers(b":-"),
    Weather::Answers(b"$9999\r\nhello"),
    Weather::AnswersAndBreaks(b":-"),
    // Answers to something else.
    Weather::Answers(b"+OK\r\n"),
    Weather::Answers(b"$-1\r\n"),
    Weather::Answers(b"$5\r\nhello\r\n"),
    Weather::Answers(b"*2\r\n:1\r\n:2\r\n"),
];

impl Fault {
    /// Whether the call cannot get over it by itself.
    pub(crate) fn is_lasting(self) -> bool {
        !BRIDGED.contains(&self)
    }
}

/// All faults side by side. Those of the network share a server, the others have one each.
async fn under_each_fault(call: Call) {
    let start = || spawn_blocking(|| Arc::new(RedisServer::start(&[])));
    let shared = start().await.expect("no panic");
    let mut cases = JoinSet::new();
    for fault in BRIDGED.into_iter().chain(LASTING.map(Fault::Network)) {
        let server = match fault {
            Fault::Network(_) => Arc::clone(&shared),
            _ => start().await.expect("no panic"),
        };
        cases.spawn(async move { Arc::new(Case::of(call, fault, server).await).run().await });
    }
    while let Some(case) = cases.join_next().await {
        case.expect("no panic");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fault_at_the_claim_is_got_over_or_503_and_the_next_attempt_is_handled() {
    under_each_fault(Call::Claim).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fault_at_a_renewal_is_got_over_while_the_handler_goes_on() {
    under_each_fault(Call::Renew).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fault_after_a_success_changes_nothing_for_the_sender_and_the_store_hears_of_it() {
    under_each_fault(Call::Complete).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fault_after_a_failure_does_not_keep_the_next_attempt_from_its_handler() {
    under_each_fault(Call::Release).await;
}
