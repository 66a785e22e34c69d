use std::collections::BTreeSet;

use hookproof::events::{jetemail, mailingapi, sendkit, sendmux, sent};
use serde_json::{Value, json};

use super::{Event, Occurrence, all, find, wanted_as};
use crate::deliver::tests::subscription;
use crate::moment::Moment;
use crate::provider::Provider;
use crate::subscription::Subscription;

fn stood(provider: Provider) -> Subscription {
    subscription(provider, "http://127.0.0.1/")
}

fn listening(provider: Provider, events: &[&str]) -> Subscription {
    let events = events.iter().map(|event| (*event).to_owned()).collect();
    Subscription {
        events,
        ..stood(provider)
    }
}

fn make(subscription: &Subscription, asked: &str, name: &str) -> Event {
    let known = find(subscription.provider, asked).expect("an event");
    let occurrence = Occurrence::now(subscription.provider).expect("random bytes");
    occurrence.event(known, name, subscription)
}

/// The name of an event as the receiving side's types read it.
fn typed_name(provider: Provider, body: &[u8]) -> Option<String> {
    match provider {
        Provider::Sendmux => read::<sendmux::Event>(body),
        Provider::MailingApi => read::<mailingapi::Event>(body),
        Provider::SendKit => read::<sendkit::Event>(body),
        Provider::JetEmail => read::<jetemail::Event>(body),
        Provider::Sent => read::<sent::Event>(body),
    }
}

fn read<T: hookproof::events::Event>(body: &[u8]) -> Option<String> {
    let event = T::from_body(body).expect("a typed event");
    event.name().map(str::to_owned)
}

/// The names of members in the order in which they stand, at every depth.
fn keys(body: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(body);
    let pieces = text.split("\":");
    let names = pieces.filter_map(|piece| piece.rsplit('"').next());
    names.map(str::to_owned).collect()
}

#[test]
fn each_event_reads_as_the_types_of_the_receiving_side_know_it() {
    for provider in Provider::ALL {
        for known in all(provider) {
            let event = make(&stood(provider), known.name, known.name);
            let read = typed_name(provider, &event.body);
            assert_eq!(read.as_deref(), Some(known.name), "{provider}");
        }
    }
}

#[test]
fn the_order_of_keys_is_that_of_the_example() {
    for provider in Provider::ALL {
        for known in all(provider) {
            let event = make(&stood(provider), known.name, known.name);
            let mut made = keys(&event.body);
            if provider == Provider::SendKit {
                // Its body has one more, which stands for the id that it has not.
                let data = made.iter().position(|key| key == "data").expect("data");
                assert_eq!(made.remove(data + 1), "id");
            }
            assert_eq!(made, keys(known.example.as_bytes()), "{}", known.name);
        }
    }
}

#[test]
fn no_two_events_have_one_body() {
    for provider in Provider::ALL {
        let subscription = stood(provider);
        // All at one moment, so that no clock tells them apart.
        let at = Moment::now();
        let mut bodies = BTreeSet::new();
        for known in all(provider).iter().chain(all(provider)) {
            let mut occurrence = Occurrence::now(provider).expect("random bytes");
            occurrence.at = at;
            let event = occurrence.event(known, known.name, &subscription);
            assert!(bodies.insert(event.body), "{}", known.name);
        }
    }
}

#[test]
fn id_and_time_are_the_events_own() {
    let before = Moment::now().secs();
    let event = make(
        &stood(Provider::JetEmail),
        "outbound.bounced",
        "outbound.bounced",
    );
    let body: Value = serde_json::from_slice(&event.body).expect("JSON");
    assert_eq!(body["id"].as_str(), event.id.as_deref());
    let created = body["created_at"].as_u64().expect("seconds");
    assert!((before..=Moment::now().secs()).contains(&created));
    assert_eq!(body["data"]["bounce_type"], "hard");
}

#[test]
fn a_delay_ends_after_the_event_and_what_is_null_stays_so() {
    let sendmux = stood(Provider::Sendmux);
    let event = make(
        &sendmux,
        "message.delivery_delayed",
        "message.delivery_delayed",
    );
    let body: Value = serde_json::from_slice(&event.body).expect("JSON");
    let [occurred, expires] = ["/occurred_at", "/data/delay_expires_at"]
        .map(|at| body.pointer(at).and_then(Value::as_str).expect("a time"));
    assert!(occurred < expires);
    let event = make(&sendmux, "message.delivered", "message.delivered");
    let body: Value = serde_json::from_slice(&event.body).expect("JSON");
    assert_eq!(body["data"]["delay_expires_at"], Value::Null);
    assert_eq!(body["data"]["webhook_id"], Value::Null);
}

#[test]
fn the_test_of_sendmux_names_its_webhook_and_mail_is_for_a_mailbox_it_wants() {
    let mut sendmux = stood(Provider::Sendmux);
    let event = make(&sendmux, "sendmux.test", "sendmux.test");
    let body: Value = serde_json::from_slice(&event.body).expect("JSON");
    assert_eq!(body["data"]["webhook_id"], sendmux.id.as_str());
    let filters = json!({"mailbox_ids": ["mbx_mine"]});
    sendmux.extra.insert("filters".to_owned(), filters);
    let event = make(&sendmux, "message.received", "message.received");
    let body: Value = serde_json::from_slice(&event.body).expect("JSON");
    assert_eq!(body["data"]["mailbox_id"], "mbx_mine");
}

#[test]
fn a_webhook_that_listens_for_an_old_name_gets_it() {
    let old = listening(Provider::Sendmux, &["ses.bounce", "mail.inbound"]);
    assert_eq!(wanted_as(&old, "message.bounced"), Some("ses.bounce"));
    assert_eq!(wanted_as(&old, "ses.bounce"), Some("ses.bounce"));
    assert_eq!(wanted_as(&old, "message.received"), Some("mail.inbound"));
    assert_eq!(
        wanted_as(&old, "message.received.spam"),
        Some("mail.inbound")
    );
    assert_eq!(wanted_as(&old, "message.delivered"), None);
    let event = make(&old, "message.received.spam", "mail.inbound");
    let body: Value = serde_json::from_slice(&event.body).expect("JSON");
    assert_eq!(body["type"], "mail.inbound");
    assert_eq!(body["data"]["is_spam"], true);
    let new = listening(Provider::Sendmux, &["message.bounced"]);
    assert_eq!(wanted_as(&new, "ses.bounce"), Some("message.bounced"));
    let both = listening(Provider::Sendmux, &["ses.bounce", "message.bounced"]);
    assert_eq!(wanted_as(&both, "message.bounced"), Some("message.bounced"));
    assert_eq!(wanted_as(&both, "ses.bounce"), Some("ses.bounce"));
}

#[test]
fn a_webhook_of_sent_listens_for_families_and_can_filter_them() {
    for family in ["message", "messages"] {
        let mut sent = listening(Provider::Sent, &[family]);
        assert!(wanted_as(&sent, "message.read").is_some());
        assert!(wanted_as(&sent, "templates").is_none());
        let filters = json!({"message": ["delivered"]});
        sent.extra.insert("event_filters".to_owned(), filters);
        assert!(wanted_as(&sent, "message.delivered").is_some());
        assert!(wanted_as(&sent, "message.read").is_none());
        sent.extra.insert("event_filters".to_owned(), Value::Null);
        assert!(wanted_as(&sent, "message.read").is_some());
    }
    let templates = listening(Provider::Sent, &["templates"]);
    assert!(wanted_as(&templates, "templates").is_some());
    assert!(wanted_as(&templates, "message.read").is_none());
}
