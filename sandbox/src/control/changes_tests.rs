use std::net::SocketAddr;

use super::*;
use crate::control::ask::{Events, get};
use crate::delivery::{State as Progress, Truth};
use crate::followers::MAX_FOLLOWERS;
use crate::sample;
use crate::{Running, Sandbox};

async fn start() -> (Running, SocketAddr) {
    let any = "127.0.0.1:0".parse().expect("an address");
    let sandbox = Sandbox::default().start(any).await.expect("it starts");
    let address = sandbox.address();
    (sandbox, address)
}

#[tokio::test]
async fn a_change_is_told_whole() {
    let (sandbox, address) = start().await;
    let mut events = Events::follow(address).await;
    let (name, snapshot) = events.next().await.expect("an event");
    assert_eq!(
        (name.as_str(), &snapshot["deliveries"]),
        ("snapshot", &json!([]))
    );

    let kept = sample::subscription(Provider::JetEmail, "uuid-1", "outbound.opened");
    sandbox.store().add(kept.clone()).expect("room");
    let (name, told) = events.next().await.expect("an event");
    assert_eq!(
        (name.as_str(), &told["id"]),
        ("subscription", &json!("uuid-1"))
    );

    let sent = sample::delivery(&kept, Progress::Sending, &[(Truth::Genuine, 200)]);
    let number = sandbox.store().deliver(sent);
    let (name, told) = events.next().await.expect("an event");
    assert_eq!(
        (name.as_str(), &told["state"]),
        ("delivery", &json!("sending"))
    );
    assert_eq!(told["attempts"][0]["truth"], "genuine");

    let over = |delivery: &mut crate::delivery::Delivery| delivery.state = Progress::Delivered;
    sandbox.store().change_delivery(number, over);
    let (name, told) = events.next().await.expect("an event");
    assert_eq!(
        (name.as_str(), &told["state"]),
        ("delivery", &json!("delivered"))
    );

    sandbox.store().remove(Provider::JetEmail, "uuid-1");
    let (name, told) = events.next().await.expect("an event");
    assert_eq!((name.as_str(), told), ("gone", json!({ "id": "uuid-1" })));
}

#[tokio::test]
async fn whoever_falls_behind_is_given_everything_anew() {
    let (sandbox, address) = start().await;
    let mut events = Events::follow(address).await;
    events.next().await.expect("the snapshot");
    let kept = sample::subscription(Provider::Sent, "sub-1", "message");
    sandbox.store().add(kept).expect("room");
    // Nothing here waits, so that the stream cannot keep up.
    for attempts in 0..5_000 {
        let count = |kept: &mut crate::subscription::Subscription| kept.tally.attempts = attempts;
        sandbox.store().change(Provider::Sent, "sub-1", count);
    }
    let (name, snapshot) = events.next().await.expect("an event");
    assert_eq!(name, "snapshot");
    assert_eq!(snapshot["subscriptions"][0]["attempts"], 4_999);
}

#[tokio::test]
async fn what_changes_often_is_told_once() {
    let (sandbox, address) = start().await;
    let mut events = Events::follow(address).await;
    events.next().await.expect("the snapshot");
    let kept = sample::subscription(Provider::Sent, "sub-1", "message");
    sandbox.store().add(kept).expect("room");
    for attempts in 0..500 {
        let count = |kept: &mut crate::subscription::Subscription| kept.tally.attempts = attempts;
        sandbox.store().change(Provider::Sent, "sub-1", count);
    }
    let other = sample::subscription(Provider::Sent, "sub-2", "message");
    sandbox.store().add(other).expect("room");
    let (_, told) = events.next().await.expect("an event");
    assert_eq!(
        (&told["id"], &told["attempts"]),
        (&json!("sub-1"), &json!(499))
    );
    let (_, told) = events.next().await.expect("an event");
    assert_eq!(told["id"], "sub-2");
}

#[tokio::test]
async fn so_many_follow_and_one_more_when_one_leaves() {
    let (_sandbox, address) = start().await;
    let mut all = Vec::new();
    for _ in 0..MAX_FOLLOWERS {
        all.push(Events::follow(address).await);
    }
    let refused = get(address, "/sandbox/changes").await;
    assert_eq!(refused.status, 503);
    assert_eq!(refused.header("retry-after"), "5");
    assert!(
        refused.error().contains("close a page"),
        "{}",
        refused.text()
    );
    all.pop();
    // The server notices a closed connection in its own time.
    while crate::control::ask::open(address, "GET", "/sandbox/changes", &[], "")
        .await
        .status()
        != 200
    {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_stream_ends_with_the_sandbox() {
    let (sandbox, address) = start().await;
    let mut events = Events::follow(address).await;
    events.next().await.expect("the snapshot");
    drop(sandbox);
    assert_eq!(events.next().await, None);
}
