//! What is sent, and what is refused before it is sent.

use std::time::Duration;

use hookproof::subscribe::sent::{Api, CreateWebhook, EventType};
use serde_json::json;

use super::{ID, PROFILE, URL, api, webhook};
use crate::pretend::{KEY, asked, carries_the_key, key, refused, request};

#[test]
fn the_documented_request_is_sent_field_by_field() {
    let events = [
        EventType::Unlisted("messages".to_owned()),
        EventType::Templates,
    ];
    let webhook = CreateWebhook::new("Order Notifications", URL, events)
        .retry_count(3)
        .timeout(Duration::from_secs(30))
        .idempotency_key("req_abc123_retry1");
    let (line, body) = asked(api().create(&webhook));
    assert_eq!(line, "POST https://api.sent.dm/v3/webhooks");
    // The documented `sandbox: false` is the default.
    let expected = json!({
        "display_name": "Order Notifications",
        "endpoint_url": "https://example.com/webhooks/orders",
        "event_types": ["messages", "templates"],
        "retry_count": 3,
        "timeout_seconds": 30,
    });
    assert_eq!(body, expected);
    let request = request(api().create(&webhook));
    assert_eq!(request.headers()["idempotency-key"], "req_abc123_retry1");
    assert!(!request.headers().contains_key("x-profile-id"));
    carries_the_key(&request, "x-api-key", KEY);
}

#[test]
fn the_current_names_of_events_are_sent() {
    let (_, body) = asked(api().create(&webhook()));
    let expected = json!({
        "display_name": "Order Notifications",
        "endpoint_url": URL,
        "event_types": ["message", "templates"],
    });
    assert_eq!(body, expected);
}

#[test]
fn event_filters_are_sent_by_family() {
    let filtered = webhook()
        .event_filter(&EventType::Message, ["read"])
        .event_filter(&EventType::Message, ["delivered", "failed"])
        .event_filter(&EventType::Unlisted("contact".to_owned()), ["created"]);
    let (_, body) = asked(api().create(&filtered));
    let expected = json!({ "message": ["delivered", "failed"], "contact": ["created"] });
    assert_eq!(body["event_filters"], expected);
    let none = webhook().event_filter(&EventType::Message, Vec::<String>::new());
    let why = "is empty: leave it out for all";
    refused(api().create(&none), "event_filters", why);
}

#[test]
fn the_api_elsewhere_is_asked_there() {
    let api = api().at("http://[::1]:8080/sent").expect("a URL");
    let (line, _) = asked(api.create(&webhook()));
    assert_eq!(line, "POST http://[::1]:8080/sent/v3/webhooks");
}

#[test]
fn a_field_that_cannot_be_sent_is_named() {
    let created = |name: &str, url: &str, events: &[EventType]| {
        api().create(&CreateWebhook::new(name, url, events.iter().cloned()))
    };
    let all = EventType::ALL;
    refused(created("", URL, all), "display_name", "is blank");
    let ftp = "is neither http nor https";
    refused(created("n", "ftp://example.com", all), "endpoint_url", ftp);
    asked(created("n", "http://example.com", all));
    let none = "is empty: name at least one";
    refused(created("n", URL, &[]), "event_types", none);
    let twice = [EventType::Message, EventType::Message];
    refused(created("n", URL, &twice), "event_types", "has a name twice");
}

#[test]
fn numbers_are_held_to_their_documented_limits() {
    let retries = |count| api().create(&webhook().retry_count(count));
    for count in [1, 5] {
        assert_eq!(asked(retries(count)).1["retry_count"], count);
    }
    for count in [0, 6] {
        let why = format!("is {count}, and may be 1 to 5");
        refused(retries(count), "retry_count", &why);
    }
    let timeout = |time| api().create(&webhook().timeout(time));
    for seconds in [5, 120] {
        let (_, body) = asked(timeout(Duration::from_secs(seconds)));
        assert_eq!(body["timeout_seconds"], seconds);
    }
    for seconds in [4, 121] {
        let time = Duration::from_secs(seconds);
        let why = format!("is {seconds}, and may be 5 to 120");
        refused(timeout(time), "timeout_seconds", &why);
    }
    let fraction = Duration::from_millis(5_500);
    refused(timeout(fraction), "timeout_seconds", "is not whole seconds");
}

#[test]
fn idempotency_keys_are_held_to_their_documented_form() {
    let with = |key: &str| api().create(&webhook().idempotency_key(key));
    let longest = "k".repeat(255);
    for key in ["k", "Req_abc-123", longest.as_str()] {
        let request = request(with(key));
        assert_eq!(request.headers()["idempotency-key"], key);
    }
    let plain = "has more than ASCII letters, digits, hyphens and underscores";
    let long = "k".repeat(256);
    for (key, why) in [
        ("", "has 0 characters, and may have 1 to 255"),
        (&*long, "has 256 characters, and may have 1 to 255"),
        ("a b", plain),
        ("a.b", plain),
        ("a\r\nx-api-key: b", plain),
        ("ä", plain),
    ] {
        refused(with(key), "Idempotency-Key", why);
    }
}

#[test]
fn profiles_are_named_by_uuid_for_one_request_or_all() {
    let one = request(api().create(&webhook().profile_id(PROFILE)));
    assert_eq!(one.headers()["x-profile-id"], PROFILE);
    let other = "11111111-2222-3333-4444-555555555555";
    let api = api().for_profile(other).expect("a UUID");
    let all = request(api.get(ID));
    assert_eq!(all.headers()["x-profile-id"], other);
    let own = request(api.create(&webhook().profile_id(PROFILE)));
    let found: Vec<_> = own.headers().get_all("x-profile-id").iter().collect();
    assert_eq!(found, [PROFILE]);
    for wrong in [
        "",
        "profile",
        "0b6e5a1c93d14f7e8a526f1d2c3b4a59",
        "0b6e5a1g-93d1-4f7e-8a52-6f1d2c3b4a59",
        "0b6e5a1c-93d1-4f7e-8a526-f1d2c3b4a59",
        "{0b6e5a1c-93d1-4f7e-8a52-6f1d2c3b4a59}",
    ] {
        let why = "is not a UUID";
        refused(
            api.create(&webhook().profile_id(wrong)),
            "x-profile-id",
            why,
        );
        refused(Api::new(key()).for_profile(wrong), "x-profile-id", why);
    }
}

#[test]
fn event_names_are_read_in_both_spellings() {
    for (name, event) in [
        ("message", EventType::Message),
        ("messages", EventType::Message),
        ("templates", EventType::Templates),
    ] {
        assert_eq!(name.parse(), Ok(event));
    }
    let names: Vec<&str> = EventType::ALL.iter().map(EventType::as_str).collect();
    assert_eq!(names, ["message", "templates"]);
    let unknown = "message.sent".parse::<EventType>().expect_err("no family");
    let why = r#""message.sent" is not one of message, templates"#;
    assert_eq!(unknown.to_string(), why);
}
