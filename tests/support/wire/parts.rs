//! What a row does, part by part.

use std::iter;
use std::time::Duration;

use tokio::time::sleep;

use super::bodies::Bodies;
use super::peer::{Peer, Seen};
use super::row::Part;

/// Chunks are written together up to so many bytes: a write for each of 100 000 takes too long.
const WRITE: usize = 16 * 1024;

/// For how long an answer is waited for on the way, where the row does not say.
const PATIENCE: Duration = Duration::from_secs(15);

/// Does a row's parts in order; `None`: it reset the connection. The answers that were waited for on
/// the way go to `seen`.
pub(super) async fn perform(
    mut peer: Peer,
    parts: &[Part],
    bodies: &Bodies<'_>,
    seen: &mut Vec<Option<Seen>>,
) -> Option<Peer> {
    if parts.iter().any(|part| matches!(part, Part::Head { .. })) {
        peer.answers_are_bodiless();
    }
    for part in parts {
        match part {
            Part::Await { r#await: within } => peer.wait(Duration::from_millis(*within)).await,
            Part::ExpectFirst { .. } | Part::Head { .. } => seen.push(peer.answer(PATIENCE).await),
            Part::HalfClose { .. } => peer.half_close().await,
            Part::Close { .. } => {
                peer.reset().await;
                return None;
            }
            _ => send(&mut peer, part, bodies).await,
        }
    }
    Some(peer)
}

async fn send(peer: &mut Peer, part: &Part, bodies: &Bodies<'_>) {
    let pause = match part {
        Part::Drip { every_ms, .. } => Some(Duration::from_millis(*every_ms)),
        _ => None,
    };
    let stops = stops(part);
    let mut held = Vec::new();
    for piece in pieces(part, bodies) {
        if stops && peer.anything() {
            return;
        }
        held.extend_from_slice(&piece);
        if pause.is_some() || held.len() >= WRITE {
            peer.send(&held).await;
            held.clear();
        }
        if let Some(pause) = pause {
            sleep(pause).await;
        }
    }
    peer.send(&held).await;
}

fn stops(part: &Part) -> bool {
    matches!(
        part,
        Part::Chunked {
            stop_on_response: true,
            ..
        } | Part::Chunks {
            stop_on_response: true,
            ..
        } | Part::Drip {
            stop_on_response: true,
            ..
        }
    )
}

/// What a part sends, piece by piece, so that no more of it than is sent stands in memory.
fn pieces<'p>(
    part: &'p Part,
    bodies: &'p Bodies<'_>,
) -> Box<dyn Iterator<Item = Vec<u8>> + Send + 'p> {
    match part {
        Part::Send { send } => Box::new(iter::once(bodies.fill(send).into_bytes())),
        Part::SendHex { send_hex } => Box::new(iter::once(hex::decode(send_hex).expect("hex"))),
        Part::Fill { fillsend, n } => {
            let times = (0..*n).step_by(WRITE).map(move |done| WRITE.min(n - done));
            Box::new(times.map(|times| fillsend.repeat(times).into_bytes()))
        }
        Part::Body { body } => Box::new(bodies.get(body).chunks(WRITE).map(<[u8]>::to_vec)),
        Part::Chunked {
            chunked,
            size,
            ext,
            trailers,
            ..
        } => {
            let end = format!("0\r\n{}\r\n", bodies.fill(trailers)).into_bytes();
            let chunks = bodies
                .get(chunked)
                .chunks(*size)
                .map(|data| chunk(data, ext));
            Box::new(chunks.chain(iter::once(end)))
        }
        Part::Chunks {
            chunks, of, total, ..
        } => {
            let one = chunk(of.repeat(*chunks).as_bytes(), "");
            Box::new(iter::repeat_n(one, total / chunks))
        }
        Part::Drip { drip, n, .. } => Box::new(iter::repeat_n(drip.clone().into_bytes(), *n)),
        Part::Join { join } => {
            let all = join.iter().flat_map(|part| pieces(part, bodies)).flatten();
            Box::new(iter::once(all.collect()))
        }
        other => panic!("{other:?} cannot be joined with others"),
    }
}

fn chunk(data: &[u8], extension: &str) -> Vec<u8> {
    let head = format!("{:x}{extension}\r\n", data.len());
    [head.as_bytes(), data, b"\r\n"].concat()
}
