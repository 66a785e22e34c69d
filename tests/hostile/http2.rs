//! What HTTP/2 lets a sender do besides: many streams on one connection, each of which can be left
//! half sent, reset, or fed with nothing for ever.

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use tokio::task::JoinSet;

use crate::server::{Calls, Front, Version, path, receiver, serve};
use crate::streams::{Client, Delivery, SIGNATURE, signed, with};
use crate::wire::bodies::event;
use crate::wire::row::CAP;

/// A receiver with a short deadline, and a connection to it.
struct Receiver {
    client: Client,
    calls: Calls,
    /// How many good deliveries it got.
    good: usize,
}

impl Receiver {
    async fn behind(front: Front) -> Self {
        let calls = Calls::default();
        let app = front.app(&receiver(Duration::from_secs(2)), &calls);
        let address = serve(app, Version::Http2).await;
        Self {
            client: Client::connect(address, &path("http2")).await,
            calls,
            good: 0,
        }
    }

    /// The connection is as good as before, and the handler was called for good deliveries alone.
    async fn is_usable(&mut self, after: &str) {
        self.good += 1;
        let mut body = event(&format!("evt_{}", self.good));
        body.resize(20_000, b' ');
        let answer = self.client.deliver(&body).await;
        assert_eq!(answer.ok(), Some(StatusCode::OK), "after {after}");
        assert_eq!(self.calls.all(), self.good, "after {after}");
    }
}

/// A body as it is sent.
enum Sent {
    Whole(Vec<u8>),
    /// And no more.
    Half,
    ForEver,
    WithTrailers(Vec<u8>, HeaderMap),
}

async fn send(mut delivery: Delivery, body: Sent) -> Result<StatusCode, h2::Error> {
    // What cannot be sent any more is refused already: the answer tells.
    let _ = match body {
        Sent::ForEver => return delivery.send_for_ever(&[b'a'; 16_384]).await,
        Sent::Whole(bytes) => delivery.send(&bytes, true).await,
        Sent::Half => delivery.send(b"{\"a\":", false).await,
        Sent::WithTrailers(bytes, trailers) => {
            let sent = delivery.send(&bytes, false).await;
            sent.and_then(|()| delivery.send_trailers(trailers))
        }
    };
    delivery.answer().await
}

/// Everything that is refused, with its headers, its body and its answer.
fn refusals() -> Vec<(&'static str, HeaderMap, Sent, u16)> {
    let small = || event("forged");
    let long = vec![b'a'; CAP + 1];
    let stale = with(&format!("t=1,v1={}", "0".repeat(64)));
    let mut twice = signed(&small());
    twice.append(SIGNATURE, "t=1,v1=00".parse().expect("a value"));
    let mut announced = signed(&long);
    announced.insert("content-length", "9999999999".parse().expect("a value"));
    let none = HeaderMap::new;
    vec![
        ("no signature", none(), Sent::Whole(small()), 401),
        ("no signature, half a body", none(), Sent::Half, 401),
        ("no signature, an endless body", none(), Sent::ForEver, 401),
        (
            "no signature, a long body",
            none(),
            Sent::Whole(long.clone()),
            401,
        ),
        ("stale, half a body", stale.clone(), Sent::Half, 401),
        ("stale, an endless body", stale, Sent::ForEver, 401),
        ("two signatures, half a body", twice, Sent::Half, 401),
        ("another body", signed(b"{}"), Sent::Whole(small()), 401),
        ("another body, half sent", signed(b"{}"), Sent::Half, 408),
        ("half a body", signed(&small()), Sent::Half, 408),
        ("an endless body", signed(&long), Sent::ForEver, 413),
        ("over the cap", signed(&long), Sent::Whole(long), 413),
        ("announced over the cap", announced, Sent::Half, 413),
        (
            "a signature in a trailer",
            none(),
            Sent::WithTrailers(small(), signed(&small())),
            401,
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_ends_its_stream_and_leaves_the_connection_usable() {
    for front in Front::ALL {
        let mut receiver = Receiver::behind(front).await;
        for (what, headers, body, wanted) in refusals() {
            let delivery = receiver.client.open(headers).await.expect(what);
            let answer = send(delivery, body).await;
            let status = answer.as_ref().map(StatusCode::as_u16);
            assert_eq!(status.ok(), Some(wanted), "{what}: {answer:?}");
            receiver.is_usable(what).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_of_bad_streams_does_not_hold_up_a_good_one() {
    for front in Front::ALL {
        let mut receiver = Receiver::behind(front).await;
        let mut crowd = JoinSet::new();
        for nth in 0..100 {
            // A third each: waiting for the rest of a body, refused at its head, sending for ever.
            let (headers, body) = match nth % 3 {
                0 => (signed(b"{}"), Sent::Half),
                1 => (HeaderMap::new(), Sent::Half),
                _ => (HeaderMap::new(), Sent::ForEver),
            };
            let delivery = receiver.client.open(headers).await.expect("opened");
            crowd.spawn(send(delivery, body));
        }
        receiver.is_usable("a crowd that is not done").await;
        for answer in crowd.join_all().await {
            let status = answer.expect("an answer").as_u16();
            assert!([401, 408].contains(&status), "{status}");
        }
        receiver.is_usable("a crowd that is done").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_its_sender_resets_is_forgotten() {
    for front in Front::ALL {
        let mut receiver = Receiver::behind(front).await;
        // Together more than the connection's window, had it not been given back.
        for _ in 0..30 {
            let mut delivery = receiver.client.open(signed(b"{}")).await.expect("opened");
            delivery.send(&[b'a'; 65_536], false).await.expect("sent");
            receiver.is_usable("half a body").await;
            delivery.reset();
            receiver.is_usable("a reset").await;
        }
    }
}

/// The server may take a storm of resets for an attack, and end the connection: not the process.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_of_resets_reaches_no_handler() {
    for front in Front::ALL {
        let mut receiver = Receiver::behind(front).await;
        let storm = receiver.client.clone();
        for _ in 0..2_000 {
            let Ok(mut delivery) = storm.open(signed(b"{}")).await else {
                break;
            };
            let _ = delivery.send(b"{", false).await;
            delivery.reset();
        }
        receiver.client = receiver.client.again().await;
        receiver.is_usable("a storm").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn empty_frames_for_ever_end_with_the_deadline() {
    for front in Front::ALL {
        let mut receiver = Receiver::behind(front).await;
        let delivery = receiver.client.open(signed(b"{}")).await.expect("opened");
        let answer = delivery
            .send_nothing_for_ever(Duration::from_millis(50))
            .await;
        assert_eq!(answer.ok(), Some(StatusCode::REQUEST_TIMEOUT));
        receiver.is_usable("empty frames").await;
    }
}

/// As many of them as go out: the server may end the connection before the deadline does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_empty_frames_ends() {
    for front in Front::ALL {
        let mut receiver = Receiver::behind(front).await;
        let delivery = receiver.client.open(signed(b"{}")).await.expect("opened");
        let answer = delivery.send_nothing_for_ever(Duration::ZERO).await;
        assert!(matches!(answer, Err(_) | Ok(StatusCode::REQUEST_TIMEOUT)));
        receiver.client = receiver.client.again().await;
        receiver.is_usable("a flood").await;
    }
}
