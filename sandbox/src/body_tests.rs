//! Bodies that take their time, on a clock that stands still until all wait.

use std::convert::Infallible;

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use tokio::time::sleep;

use super::{DEADLINE, MAX, Unread, read};

type Chunk = Result<Bytes, Infallible>;

/// So many chunks, each as long after the one before it.
fn trickle(chunks: usize, share: u32) -> Body {
    let chunks = stream::repeat(Bytes::from_static(b"x")).take(chunks);
    Body::from_stream(chunks.then(move |chunk| async move {
        sleep(DEADLINE / share).await;
        Chunk::Ok(chunk)
    }))
}

#[tokio::test(start_paused = true)]
async fn a_body_that_trickles_is_given_up() {
    let refused = read(trickle(11, 10)).await.expect_err("too slow");
    assert_eq!(refused, Unread::TooSlow);
}

#[tokio::test(start_paused = true)]
async fn a_body_may_come_in_pieces() {
    let body = read(trickle(9, 10)).await.expect("in time");
    assert_eq!(body, "x".repeat(9));
}

#[tokio::test]
async fn a_body_without_end_is_not_read_on() {
    let chunk = Bytes::from(vec![b' '; MAX]);
    let endless = Body::from_stream(stream::repeat(chunk).map(Chunk::Ok));
    let refused = read(endless).await.expect_err("too long");
    assert_eq!(refused, Unread::TooLarge);
}
