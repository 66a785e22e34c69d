//! What a row allows: answers, calls of the handler, and what the connection is good for afterwards.

use std::time::{Duration, Instant};

use super::bodies::{Bodies, event};
use super::parts::perform;
use super::peer::{Peer, Seen};
use super::row::{After, Expect, Row};

pub use super::bodies::Target;

/// For how long is waited for what a row sets no time for. Nothing waits so long where all is well.
const PATIENCE: Duration = Duration::from_secs(15);

/// Runs a row, and a good delivery after it. Says how often the handler must have been called for
/// both, or what is wrong.
pub async fn run(row: &Row, target: &Target) -> Result<usize, String> {
    let expect = &row.expect;
    let bodies = Bodies::of(row, target);
    let until = Instant::now() + Duration::from_millis(expect.within_ms);
    let peer = Peer::connect(target.address).await;
    let mut first = Vec::new();
    let peer = perform(peer, &row.input.parts, &bodies, &mut first).await;
    let mut good = 0;
    let mut besides = 0;
    if let Some(mut peer) = peer {
        good = answers(&mut peer, first, expect, until).await?;
        let again = target.good(&event(&format!("{}-again", row.id)));
        besides = afterwards(&mut peer, expect.after, &again).await?;
        if expect.no_100 && peer.asked_to_continue {
            return Err("asked for the body of a delivery that it refuses".to_owned());
        }
    }
    on_a_connection_of_its_own(row, target).await?;
    Ok(expect.handler_calls.unwrap_or(good) + besides + 1)
}

/// The answers that the row lists, in order and in time; how many of them are good.
async fn answers(
    peer: &mut Peer,
    first: Vec<Option<Seen>>,
    expect: &Expect,
    until: Instant,
) -> Result<usize, String> {
    let mut first = first.into_iter();
    let mut good = 0;
    for allowed in &expect.responses {
        let left = until.saturating_duration_since(Instant::now());
        let seen = match first.next() {
            Some(seen) => seen,
            None => peer.answer(left).await,
        };
        let status = match seen {
            Some(Seen::Answer(status)) => status,
            Some(Seen::Closed | Seen::Reset) => 0,
            Some(Seen::Garbage) => return Err("something that is no answer".to_owned()),
            None => return Err("no answer in time".to_owned()),
        };
        if !allowed.contains(&status) {
            return Err(format!("{status}, not one of {allowed:?}"));
        }
        if status == 0 {
            return Ok(good);
        }
        good += usize::from(status == 200);
    }
    Ok(good)
}

/// What the connection is good for after the answers. Says how often the handler was called for
/// finding out.
///
/// The sending side is closed at the end, so that there is an end to what comes: answers to what
/// nobody asked would stand before it.
async fn afterwards(peer: &mut Peer, after: After, again: &[u8]) -> Result<usize, String> {
    if after == After::Closed {
        return closed(peer).await.map(|()| 0);
    }
    peer.send(again).await;
    match no_refusal(peer).await {
        Some(Seen::Answer(200)) => {}
        Some(Seen::Closed | Seen::Reset) if after == After::Either => return Ok(0),
        other => return Err(format!("a good delivery on the same connection: {other:?}")),
    }
    peer.half_close().await;
    closed(peer).await.map(|()| 1)
}

async fn closed(peer: &mut Peer) -> Result<(), String> {
    match no_refusal(peer).await {
        Some(Seen::Closed | Seen::Reset) => Ok(()),
        other => Err(format!("not closed, but {other:?}")),
    }
}

/// What comes next beside refusals: a row lists no more than the first of many, and what is left over
/// of a body may be read as a request.
async fn no_refusal(peer: &mut Peer) -> Option<Seen> {
    loop {
        match peer.answer(PATIENCE).await {
            Some(Seen::Answer(400..=499)) => {}
            other => return other,
        }
    }
}

async fn on_a_connection_of_its_own(row: &Row, target: &Target) -> Result<(), String> {
    let mut peer = Peer::connect(target.address).await;
    let fresh = event(&format!("{}-fresh", row.id));
    peer.send(&target.good(&fresh)).await;
    match peer.answer(PATIENCE).await {
        Some(Seen::Answer(200)) => Ok(()),
        other => Err(format!("a good delivery afterwards: {other:?}")),
    }
}
