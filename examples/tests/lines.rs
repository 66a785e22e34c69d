//! The line of each delivery: one JSON object with six keys.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use hookproof::providers::{
    JETEMAIL, JETEMAIL_INBOUND, MAILINGAPI, SENDKIT, SENDMUX, SENDMUX_V2, SENT,
};
use hookproof::scheme::Scheme;
use support::answers::{answered, status};
use support::delivery::{genuine, head, request, signed_at};
use support::process::{MAILINGAPI_SECRET, Receiver, SECRET, accepted, refused};
use support::wire::peer::Peer;

const EVENT: &[u8] = br#"{"id":"evt_1","type":"delivered","data":{}}"#;

/// A preset, its variable, a body, the event's name and the signed id.
type Row<'a> = (
    &'a Scheme,
    &'a str,
    &'a str,
    Option<&'a str>,
    Option<&'a str>,
);

#[rustfmt::skip]
const ROWS: [Row<'_>; 8] = [
    (&SENDMUX, "SENDMUX_WEBHOOK_SECRET",
        r#"{"id":"e1","type":"ses.bounce","data":{}}"#, Some("ses.bounce"), Some("e1")),
    (&SENDMUX_V2, "SENDMUX_WEBHOOK_SECRET",
        r#"{"id":"e2","type":"new.kind"}"#, Some("new.kind"), Some("e2")),
    (&MAILINGAPI, "MAILINGAPI_WEBHOOK_SECRET",
        r#"{"id":"e3","type":"opened","data":{}}"#, Some("opened"), Some("e3")),
    (&SENDKIT, "SENDKIT_WEBHOOK_SECRET",
        r#"{"data":{}}"#, None, None),
    (&JETEMAIL, "JETEMAIL_WEBHOOK_SECRET",
        r#"{"id":"e5","type":"outbound.queued","data":{}}"#, Some("outbound.queued"), Some("e5")),
    (&JETEMAIL_INBOUND, "JETEMAIL_INBOUND_WEBHOOK_SECRET",
        r#"{"subject":"Hello"}"#, Some("email"), Some("signed-header-1")),
    // Sent's id header names the endpoint, so it is no delivery's id.
    (&SENT, "SENT_WEBHOOK_SECRET",
        r#"{"event":"message.sent","payload":{}}"#, Some("message.sent"), None),
    (&SENT, "SENT_WEBHOOK_SECRET",
        r#"{"field":"templates","payload":{}}"#, Some("templates"), None),
];

#[tokio::test]
async fn each_delivery_has_a_line_with_its_event_and_signed_id() {
    let receiver = Receiver::start(&[], &[]);
    for (scheme, variable, body, event, id) in ROWS {
        let secret = receiver.made_up(variable);
        assert_eq!(
            status(&receiver, &genuine(scheme, &secret, body.as_bytes())).await,
            200
        );
        assert_eq!(receiver.line(), accepted(scheme.slug(), event, id));
    }
}

#[tokio::test]
async fn what_is_proven_but_not_json_is_taken_without_an_event() {
    let receiver = Receiver::start(&[], &[MAILINGAPI_SECRET]);
    for body in [&b""[..], b"\xff\xfe", b"[]", br#"{"id":"#, br#"{"type":7}"#] {
        assert_eq!(
            status(&receiver, &genuine(&MAILINGAPI, SECRET, body)).await,
            200
        );
        assert_eq!(receiver.line(), accepted("mailingapi", None, None));
    }
}

#[tokio::test]
async fn each_refusal_has_a_line_with_its_reason() {
    let receiver = Receiver::start(&["--max-body", "64"], &[MAILINGAPI_SECRET]);
    let sign = |body, seconds| signed_at(&MAILINGAPI, SECRET, body, seconds);
    let long = [b'a'; 65];
    let mut twice = sign(EVENT, 0);
    twice.append(
        MAILINGAPI.signature_header().unwrap_or_default(),
        "t=1,v1=00".parse().expect("a value"),
    );
    let mut broken = sign(EVENT, 0);
    broken.insert(
        MAILINGAPI.signature_header().unwrap_or_default(),
        "t=1".parse().expect("a value"),
    );
    for (headers, body, code, reason) in [
        (Default::default(), EVENT, 401, "missing-header"),
        (twice, EVENT, 401, "duplicate-header"),
        (broken, EVENT, 401, "malformed"),
        (sign(EVENT, -400), EVENT, 401, "stale"),
        (sign(EVENT, 400), EVENT, 401, "future"),
        (sign(b"{}", 0), EVENT, 401, "mismatch"),
        (sign(&long, 0), &long, 413, "too-large"),
    ] {
        let request = request(&MAILINGAPI, &headers, body);
        assert_eq!(status(&receiver, &request).await, code, "{reason}");
        assert_eq!(receiver.line(), refused("mailingapi", code, reason));
    }

    let mut peer = Peer::connect(receiver.address).await;
    peer.send(&head(&MAILINGAPI, &sign(EVENT, 0), EVENT.len()))
        .await;
    peer.send(&EVENT[..5]).await;
    peer.half_close().await;
    assert_eq!(answered(&mut peer).await, 400);
    assert_eq!(receiver.line(), refused("mailingapi", 400, "body-error"));

    let mut peer = Peer::connect(receiver.address).await;
    peer.send(&head(&MAILINGAPI, &sign(EVENT, 0), EVENT.len()))
        .await;
    assert_eq!(answered(&mut peer).await, 408);
    assert_eq!(receiver.line(), refused("mailingapi", 408, "timeout"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lines_of_many_deliveries_at_once_do_not_mix() {
    let receiver = Receiver::start(&[], &[MAILINGAPI_SECRET]);
    let mut running = tokio::task::JoinSet::new();
    for sender in 0..8 {
        let mut peer = Peer::connect(receiver.address).await;
        running.spawn(async move {
            for nth in 0..50 {
                let body = format!(r#"{{"id":"evt_{sender}_{nth}","type":"opened","data":{{}}}}"#);
                peer.send(&genuine(&MAILINGAPI, SECRET, body.as_bytes()))
                    .await;
                assert_eq!(answered(&mut peer).await, 200);
            }
        });
    }
    running.join_all().await;
    let mut ids: Vec<_> = receiver
        .rest()
        .iter()
        .map(|line| line["delivery_id"].as_str().expect("an id").to_owned())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 8 * 50);
}
