//! What is sent, and what is refused before it is sent.

use hookproof::subscribe::sendmux::{CreateWebhook, EventType};
use serde_json::{Value, json};

use super::{URL, create, creation, webhook};
use crate::pretend::{KEY, asked, head, refused, request};

fn sent(webhook: &CreateWebhook) -> Value {
    asked(create(webhook)).1
}

#[test]
fn the_documented_request_is_made_field_by_field() {
    let call = creation();
    assert_eq!(
        head(&call),
        format!(
            "POST https://app.sendmux.ai/api/v1/webhooks\n\
             authorization: Bearer {KEY}\n\
             content-type: application/json"
        )
    );
    assert_eq!(
        request(call).body(),
        r#"{"url":"https://hooks.example.com/sendmux","event_types":["message.bounced","message.received"]}"#
    );
}

#[test]
fn every_optional_field_is_sent_where_it_is_given() {
    let bare = json!({"url": URL, "event_types": ["message.bounced", "message.received"]});
    let and = |key: &str, value: Value| {
        let mut body = bare.clone();
        body[key] = value;
        body
    };
    assert_eq!(
        sent(&webhook().name("Forwarder")),
        and("name", json!("Forwarder"))
    );
    assert_eq!(
        sent(&webhook().enabled(false)),
        and("enabled", json!(false))
    );
    assert_eq!(sent(&webhook().enabled(true)), and("enabled", json!(true)));
    let filters = json!({"mailbox_ids": ["mbx_1", "mbx_2"]});
    assert_eq!(
        sent(&webhook().mailbox_ids(["mbx_1", "mbx_2"])),
        and("filters", filters)
    );
    let filters = json!({"mailbox_ids": []});
    assert_eq!(
        sent(&webhook().mailbox_ids([""; 0])),
        and("filters", filters)
    );

    let keyed = webhook().idempotency_key("deploy-42");
    assert_eq!(sent(&keyed), bare);
    let call = create(&keyed);
    assert!(head(&call).contains("\nidempotency-key: deploy-42"));
}

#[test]
fn every_constraint_names_its_field() {
    let to = |url: &str| CreateWebhook::new(url, [EventType::MessageBounced]);
    let of = |events: Vec<EventType>| CreateWebhook::new(URL, events);
    let unlisted = |name: &str| EventType::Unlisted(name.to_owned());
    let twice = vec![EventType::SendmuxTest, unlisted("sendmux.test")];
    let clear = "is not https: the provider delivers over TLS alone";
    let none = "has 0 characters, and may have 1 to 255";
    let long = "has 256 characters, and may have 1 to 255";
    let boxes = webhook().mailbox_ids(["mbx_1", ""]);
    for (webhook, field, why) in [
        (to("http://hooks.example.com/"), "url", clear),
        (to("http://127.0.0.1.example.com/"), "url", clear),
        (to("http://192.168.0.1/"), "url", clear),
        (to("ftp://localhost/"), "url", "is neither http nor https"),
        (
            to("hooks.example.com"),
            "url",
            "is not a URL with a scheme and a host",
        ),
        (
            to("https://hooks.example.com:99999/"),
            "url",
            "has a port that is none",
        ),
        (to("https://hooks example.com/"), "url", "is not a URL"),
        (to(""), "url", "is not a URL"),
        (of(vec![]), "event_types", "is empty: name at least one"),
        (of(twice), "event_types", "has a name twice"),
        (of(vec![unlisted("")]), "event_types", "has a blank item"),
        (webhook().name(""), "name", none),
        (webhook().name("n".repeat(256)), "name", long),
        (boxes, "filters.mailbox_ids", "has a blank item"),
    ] {
        refused(create(&webhook), field, why);
    }
    let long_key = "k".repeat(256);
    let ascii = "has more than visible ASCII characters";
    for (key, why) in [
        ("", none),
        (&*long_key, long),
        ("a b", ascii),
        ("a\r\nx: y", ascii),
        ("\u{e9}", ascii),
    ] {
        refused(
            create(&webhook().idempotency_key(key)),
            "Idempotency-Key",
            why,
        );
    }
}

#[test]
fn what_is_just_within_a_constraint_is_sent() {
    for webhook in [
        webhook().name("n"),
        // Characters are counted, not bytes.
        webhook().name("\u{e9}".repeat(255)),
        webhook().idempotency_key("k".repeat(255)),
        CreateWebhook::new(
            "https://hooks.example.com:8443/a?b=c",
            [EventType::SendmuxTest],
        ),
        CreateWebhook::new("http://127.0.0.1:3000/hooks", [EventType::SendmuxTest]),
        CreateWebhook::new("http://localhost/", [EventType::SendmuxTest]),
        CreateWebhook::new("http://[::1]:3000/", [EventType::SendmuxTest]),
    ] {
        assert!(create(&webhook).is_ok(), "{webhook:?}");
    }
}

#[test]
fn old_names_and_unlisted_ones_are_sent_as_they_are() {
    let events = [
        EventType::SesBounce,
        EventType::Unlisted("message.archived".into()),
    ];
    let body = sent(&CreateWebhook::new(URL, events));
    assert_eq!(
        body["event_types"],
        json!(["ses.bounce", "message.archived"])
    );
}

#[test]
fn every_listed_and_every_old_name_reads_as_itself() {
    let listed = [
        "message.bounced",
        "message.complained",
        "message.delivered",
        "message.delivery_delayed",
        "message.received",
        "message.received.spam",
        "message.rejected",
        "sendmux.test",
    ];
    let names: Vec<_> = EventType::ALL.iter().map(EventType::as_str).collect();
    assert_eq!(names, listed);
    let old: Vec<_> = EventType::OLD.iter().map(EventType::as_str).collect();
    assert_eq!(
        old,
        [
            "mail.inbound",
            "ses.bounce",
            "ses.complaint",
            "ses.delivery",
            "ses.delivery_delay",
            "ses.reject",
        ]
    );
    for event in EventType::ALL.iter().chain(EventType::OLD) {
        assert_eq!(event.as_str().parse().as_ref(), Ok(event));
        assert_eq!(event.to_string(), event.as_str());
    }
    let error = "ses.open"
        .parse::<EventType>()
        .expect_err("it is not listed");
    assert_eq!((error.name(), error.listed()), ("ses.open", &listed[..]));
    assert!(
        error
            .to_string()
            .starts_with(r#""ses.open" is not one of message.bounced, "#)
    );
}
