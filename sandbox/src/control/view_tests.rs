use bytes::Bytes;
use serde_json::{Value, json};

use super::*;
use crate::delivery::Signed;
use crate::sample;

fn json_of(value: &impl Serialize) -> Value {
    serde_json::from_str(&text(value)).expect("JSON")
}

#[test]
fn a_snapshot_names_the_five_and_what_they_send() {
    let snapshot: Value = serde_json::from_str(&snapshot(&Store::default())).expect("JSON");
    let slugs: Vec<_> = (0..5).map(|n| &snapshot["providers"][n]["slug"]).collect();
    assert_eq!(json!(slugs), json!(Provider::ALL));
    for provider in snapshot["providers"].as_array().expect("an array") {
        assert!(provider["events"][0].is_string(), "{provider}");
    }
    assert_eq!(snapshot["subscriptions"], json!([]));
    assert_eq!(snapshot["deliveries"], json!([]));
}

#[test]
fn no_secret_is_shown() {
    let store = Store::default();
    let kept = sample::subscription(Provider::Sent, "sub-1", "message");
    store.add(kept.clone()).expect("room");
    store.deliver(sample::delivery(
        &kept,
        State::Delivered,
        &[(Truth::Genuine, 200)],
    ));
    let shown = snapshot(&store);
    assert!(shown.contains("sub-1"));
    assert!(!shown.contains(sample::SECRET), "{shown}");
    assert!(!shown.contains("secret"), "{shown}");
}

#[test]
fn a_snapshot_has_the_newest_two_hundred_deliveries() {
    let store = Store::default();
    let to = sample::subscription(Provider::Sent, "sub-1", "message");
    for _ in 0..SHOWN_DELIVERIES + 5 {
        store.deliver(sample::delivery(&to, State::Delivered, &[]));
    }
    let snapshot: Value = serde_json::from_str(&snapshot(&store)).expect("JSON");
    let deliveries = snapshot["deliveries"].as_array().expect("an array");
    assert_eq!(deliveries.len(), SHOWN_DELIVERIES);
    assert_eq!(deliveries[0]["number"], 6);
    assert_eq!(deliveries[SHOWN_DELIVERIES - 1]["number"], 205);
}

#[test]
fn a_delivery_has_its_newest_attempts_and_says_how_many_there_were() {
    let to = sample::subscription(Provider::Sent, "sub-1", "message");
    let attempts = [(Truth::Genuine, 503); SHOWN_ATTEMPTS + 2];
    let kept = sample::delivery(&to, State::Retrying { due: 5 }, &attempts)(1);
    let shown = json_of(&delivery(&kept));
    assert_eq!(shown["state"], "retrying");
    assert_eq!(shown["due"], 5);
    assert_eq!(shown["attempts_in_all"], 42);
    assert_eq!(
        shown["attempts"].as_array().map(Vec::len),
        Some(SHOWN_ATTEMPTS)
    );
    assert_eq!(shown["attempts"][0]["number"], 3);
    assert_eq!(shown["attempts"][0]["status"], 503);
}

#[test]
fn of_a_subscription_that_is_long_the_beginning_is_shown() {
    let mut kept = sample::subscription(Provider::SendKit, "sub_1", "any");
    kept.name = Some("é".repeat(100_000));
    kept.events = vec!["x".repeat(1_000); 10_000];
    let shown = json_of(&subscription(&kept));
    assert!(shown.to_string().len() < 20_000);
    assert!(
        shown["name"]
            .as_str()
            .is_some_and(|name| name.ends_with("é…"))
    );
}

fn signed(before: &'static [u8], body: &[u8]) -> Signed {
    Signed {
        before: Bytes::from_static(before),
        body: Bytes::copy_from_slice(body),
    }
}

#[test]
fn bytes_that_are_many_or_no_text_are_marked() {
    let mut kept = sample::attempt(1, Truth::Genuine, 200);
    kept.body = Bytes::from(vec![b'x'; SHOWN_BYTES + 1]);
    kept.signed = vec![
        signed(b"", &[b'x'; SHOWN_BYTES]),
        signed(b"a\xff", b"\xfez"),
        signed(b"<b>", "\u{202e}é</b>".as_bytes()),
        signed(b".", &[b'x'; SHOWN_BYTES]),
    ];
    let shown = json_of(&attempt(&kept));
    assert_eq!(shown["body"]["bytes"], 8193);
    assert_eq!(shown["body"]["whole"], false);
    assert_eq!(shown["body"]["text"].as_str().map(str::len), Some(8192));
    assert_eq!(shown["signed"][0]["whole"], true);
    let broken = json!({ "text": "a\u{fffd}\u{fffd}z", "bytes": 4, "whole": false });
    assert_eq!(shown["signed"][1], broken);
    assert_eq!(shown["signed"][2]["text"], "<b>\u{202e}é</b>");
    assert_eq!(shown["signed"][3]["whole"], false);
}
