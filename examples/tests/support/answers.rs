//! The status of an answer, and of nothing else.

use std::time::Duration;

use super::process::Receiver;
use super::wire::peer::{Peer, Seen};

/// Sends bytes over a connection of their own and gives the status of the answer.
pub async fn status(receiver: &Receiver, request: &[u8]) -> u16 {
    let mut peer = Peer::connect(receiver.address).await;
    peer.send(request).await;
    answered(&mut peer).await
}

/// The status of the next answer.
pub async fn answered(peer: &mut Peer) -> u16 {
    match peer.answer(Duration::from_secs(15)).await {
        Some(Seen::Answer(status)) => status,
        other => panic!("{other:?}"),
    }
}
