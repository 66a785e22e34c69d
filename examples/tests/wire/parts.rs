//! What a row does, part by part.

use std::time::Duration;

use serde_json::Value;

use super::bodies::Bodies;
use super::support::peer::{Peer, Seen};

/// What a row's connection came to.
pub(crate) struct Talk {
    /// `None`: the row reset it.
    pub(crate) peer: Option<Peer>,
    /// Answers that were waited for on the way.
    pub(crate) first: Vec<Option<Seen>>,
    pub(crate) asked_to_continue: bool,
}

/// Does a row's parts in order.
pub(crate) async fn perform(mut peer: Peer, parts: &[Value], bodies: &Bodies) -> Talk {
    let mut talk = Talk {
        peer: None,
        first: Vec::new(),
        asked_to_continue: false,
    };
    if parts.iter().any(|part| part.get("head").is_some()) {
        peer.answers_are_bodiless();
    }
    for part in parts {
        if let Some(milliseconds) = part["await"].as_u64() {
            peer.wait(Duration::from_millis(milliseconds)).await;
        } else if part.get("expect_first").is_some() || part.get("head").is_some() {
            talk.first.push(peer.answer(Duration::from_secs(8)).await);
        } else if part.get("half_close").is_some() {
            peer.half_close().await;
        } else if part.get("close").is_some() {
            // Time for what was sent to be read.
            tokio::time::sleep(Duration::from_millis(100)).await;
            peer.reset().await;
            return talk;
        } else if let Some(every) = part["every_ms"].as_u64() {
            let byte = part["drip"].as_str().expect("a byte");
            for _ in 0..number(part, "n") {
                peer.send(byte.as_bytes()).await;
                tokio::time::sleep(Duration::from_millis(every)).await;
            }
        } else {
            send(&mut peer, part, bodies).await;
        }
    }
    talk.peer = Some(peer);
    talk
}

async fn send(peer: &mut Peer, part: &Value, bodies: &Bodies) {
    let stops = part["stop_on_response"] == true;
    for piece in pieces(part, bodies) {
        if stops && peer.anything() {
            return;
        }
        peer.send(&piece).await;
    }
}

/// What a part sends, in the pieces in which it is written.
fn pieces(part: &Value, bodies: &Bodies) -> Vec<Vec<u8>> {
    let text = |key: &str| part[key].as_str();
    if let Some(parts) = part["join"].as_array() {
        return vec![
            parts
                .iter()
                .flat_map(|part| pieces(part, bodies))
                .flatten()
                .collect(),
        ];
    }
    if let Some(text) = text("send") {
        return vec![bodies.fill(text).into_bytes()];
    }
    if let Some(digits) = text("send_hex") {
        return vec![hex::decode(digits).expect("hex")];
    }
    if let Some(fill) = text("fillsend") {
        return vec![fill.repeat(number(part, "n")).into_bytes()];
    }
    if part.get("body").is_some() {
        return vec![bodies.get(&part["body"]).to_vec()];
    }
    if part.get("chunked").is_some() {
        let extension = text("ext").unwrap_or_default();
        let trailers = bodies.fill(text("trailers").unwrap_or_default());
        let body = bodies.get(&part["chunked"]);
        let mut chunks: Vec<_> = body
            .chunks(number(part, "size"))
            .map(|data| chunk(data, extension))
            .collect();
        chunks.push(format!("0\r\n{trailers}\r\n").into_bytes());
        return chunks;
    }
    let size = number(part, "chunks");
    let data = text("of").expect("a part that is known").repeat(size);
    vec![chunk(data.as_bytes(), ""); number(part, "total") / size]
}

fn chunk(data: &[u8], extension: &str) -> Vec<u8> {
    let mut chunk = format!("{:x}{extension}\r\n", data.len()).into_bytes();
    chunk.extend_from_slice(data);
    chunk.extend_from_slice(b"\r\n");
    chunk
}

fn number(part: &Value, key: &str) -> usize {
    let number = part[key].as_u64().expect("a number");
    usize::try_from(number).expect("a number")
}
