//! HTTP framing, on a server of hyper: what is no request is none, and one refusal is one answer.

use crate::wire::{CAP, Server};

/// What stands before a body of two bytes, and what follows: each is read in two ways by lenient
/// servers.
const AMBIGUOUS: [(&str, &str); 16] = [
    ("content-length: +2\r\n", "{}"),
    ("content-length: -2\r\n", "{}"),
    ("content-length: 0x2\r\n", "{}"),
    ("content-length: 2 2\r\n", "{}"),
    ("content-length: 2, 3\r\n", "{} "),
    ("content-length: 2\r\ncontent-length: 3\r\n", "{} "),
    ("content-length:\r\n", "{}"),
    ("content-length: 99999999999999999999999999\r\n", "{}"),
    ("transfer-encoding: xchunked\r\n", "2\r\n{}\r\n0\r\n\r\n"),
    (
        "transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n",
        "2\r\n{}\r\n0\r\n\r\n",
    ),
    (
        "transfer-encoding: chunked, identity\r\n",
        "2\r\n{}\r\n0\r\n\r\n",
    ),
    (
        "transfer-encoding: chunked\r\n",
        "fffffffffffffffff2\r\n{}\r\n0\r\n\r\n",
    ),
    ("transfer-encoding: chunked\r\n", "+2\r\n{}\r\n0\r\n\r\n"),
    ("transfer-encoding: chunked\r\n", "-2\r\n{}\r\n0\r\n\r\n"),
    ("transfer-encoding: chunked\r\n", "0x2\r\n{}\r\n0\r\n\r\n"),
    ("transfer-encoding: chunked\r\n", "2\r\n{}XX0\r\n\r\n"),
];

/// RUSTSEC-2021-0078, RUSTSEC-2021-0020, RUSTSEC-2021-0079 (hyper), RUSTSEC-2020-0008,
/// RUSTSEC-2021-0081 (actix-http): lengths, codings and sizes of chunks were read leniently, so that
/// two servers saw two requests.
#[tokio::test]
async fn lesson_53_ambiguous_framing_is_400_or_an_end_and_never_a_delivery() {
    let server = Server::start().await;
    for (framing, body) in AMBIGUOUS {
        // The head is signed for the body that a lenient reader would see.
        let sent = [&server.head(framing, b"{}")[..], body.as_bytes()].concat();
        let statuses = server.send(&sent).await.statuses();
        assert!(
            matches!(statuses[..], [] | [400]),
            "{framing:?} {body:?}: {statuses:?}"
        );
        assert_eq!(server.handled(), 0, "{framing:?} {body:?}");
    }
    // Broken off: the body's error is no error of the server.
    let half = server.head("content-length: 20\r\n", b"{}");
    let statuses = server.send(&[&half[..], b"{}"].concat()).await.statuses();
    assert!(matches!(statuses[..], [] | [400]), "{statuses:?}");
    assert_eq!(server.handled(), 0);
    // And the next one is judged on its own.
    assert_eq!(server.send(&server.genuine(b"{}")).await.statuses(), [200]);
    assert_eq!(server.handled(), 1);
}

/// colibri PR 610, hotaru issue 28, the review of deno PR 34446: an early refusal left the body to be
/// read as the next request.
#[tokio::test]
async fn lesson_54_a_refused_body_is_never_the_next_request() {
    let server = Server::start().await;
    let smuggled = server.genuine(b"{}");
    let framing = format!("content-length: {}\r\n", smuggled.len());
    let bare = server.head_with(&framing, &http::HeaderMap::new());
    let other = server.head(&framing, b"other");
    for head in [&bare, &other] {
        let sent = [&head[..], &smuggled].concat();
        for answers in [server.send(&sent).await, server.send_and_wait(&sent).await] {
            let statuses = answers.statuses();
            assert!(matches!(statuses[..], [401]), "{statuses:?}");
        }
    }
    // In chunks, and as the part behind the cap.
    let chunk = format!("{:x}\r\n", smuggled.len());
    let chunked = server.head_with("transfer-encoding: chunked\r\n", &http::HeaderMap::new());
    let chunked = [&chunked[..], chunk.as_bytes(), &smuggled, b"\r\n0\r\n\r\n"].concat();
    assert_eq!(server.send(&chunked).await.statuses(), [401]);
    let long = [&vec![b'x'; CAP + 1][..], &smuggled].concat();
    for framing in [
        format!("content-length: {}\r\n", long.len()),
        "transfer-encoding: chunked\r\n".to_owned(),
    ] {
        let mut sent = server.head(&framing, &long);
        if framing.starts_with('t') {
            sent.extend_from_slice(format!("{:x}\r\n", CAP + 1).as_bytes());
            sent.extend_from_slice(&long[..=CAP]);
            sent.extend_from_slice(b"\r\n");
            sent.extend_from_slice(&smuggled);
        } else {
            sent.extend_from_slice(&long);
        }
        // The system may drop the answer with the bytes that nobody read.
        let statuses = server.send(&sent).await.statuses();
        assert!(matches!(statuses[..], [] | [413]), "{statuses:?}");
    }
    assert_eq!(server.handled(), 0);
    // Had it been sent by itself, it would have been handled.
    assert_eq!(server.send(&smuggled).await.statuses(), [200]);
    assert_eq!(server.handled(), 1);
}
