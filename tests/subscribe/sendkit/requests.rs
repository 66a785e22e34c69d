//! What is sent, and what is refused before it is sent.

use std::time::Duration;

use hookproof::Secret;
use hookproof::subscribe::sendkit::{Api, CreateWebhook, EventType};
use serde_json::json;

use super::{URL, api, named, webhook};
use crate::pretend::{KEY, asked, carries_the_key, key, refused, request};

#[test]
fn the_documented_request_is_sent_field_by_field() {
    let (line, body) = asked(api().create(&webhook()));
    assert_eq!(line, "POST https://api.sendkit.ai/v1/webhooks");
    let expected = json!({
        "name": "CRM Sync",
        "url": "https://crm.example.com/webhooks/sendkit",
        "events": ["email.replied", "email.positive_reply"],
    });
    assert_eq!(body, expected);
    let request = request(api().create(&webhook()));
    carries_the_key(&request, "x-api-key", KEY);
    assert!(!request.headers().contains_key("authorization"));
}

#[test]
fn optional_fields_are_sent_under_their_names() {
    let all = webhook()
        .secret(Secret::new("a-secret-of-our-own"))
        .retry_attempts(0)
        .timeout(Duration::from_millis(1_500));
    let (_, body) = asked(api().create(&all));
    assert_eq!(body["secret"], "a-secret-of-our-own");
    assert_eq!(body["retryAttempts"], 0);
    assert_eq!(body["timeoutMs"], 1_500);
    assert_eq!(body.as_object().map(serde_json::Map::len), Some(6));
}

#[test]
fn the_api_elsewhere_is_asked_there() {
    let api = api().at("http://127.0.0.1:8080/sendkit/").expect("a URL");
    let (line, _) = asked(api.create(&webhook()));
    assert_eq!(line, "POST http://127.0.0.1:8080/sendkit/v1/webhooks");
    let why = "is not https: the key would be sent in the clear";
    refused(Api::new(key()).at("http://example.com"), "base url", why);
}

#[test]
fn a_field_that_cannot_be_sent_is_named() {
    let created = |webhook: CreateWebhook| api().create(&webhook);
    refused(created(named("", URL)), "name", "is blank");
    refused(created(named(" \t", URL)), "name", "is blank");
    for (url, why) in [
        ("", "is not a URL"),
        ("not a url", "is not a URL"),
        ("/webhooks", "is not a URL with a scheme and a host"),
        ("example.com", "is not a URL with a scheme and a host"),
        ("ftp://example.com/", "is neither http nor https"),
        ("https://:443/", "has no host"),
        ("https://example.com:http/", "has a port that is none"),
        ("https://example.com:99999/", "has a port that is none"),
    ] {
        refused(created(named("CRM Sync", url)), "url", why);
    }
    let none = CreateWebhook::new("CRM Sync", URL, []);
    refused(created(none), "events", "is empty: name at least one");
    let nameless = CreateWebhook::new("CRM Sync", URL, [EventType::Unlisted(" ".to_owned())]);
    refused(created(nameless), "events", "has a blank item");
    let twice = CreateWebhook::new(
        "CRM Sync",
        URL,
        [EventType::EmailSent, EventType::EmailSent],
    );
    refused(created(twice), "events", "has a name twice");
}

#[test]
fn urls_of_every_usual_form_are_taken() {
    for url in [
        "http://example.com",
        "https://example.com:8443/a?b=c",
        "http://127.0.0.1:9/",
        "http://[::1]:9/hook",
        "http://[::1]/hook",
        "https://user:pass@example.com/hook",
    ] {
        assert_eq!(asked(api().create(&named("n", url))).1["url"], url);
    }
}

#[test]
fn numbers_are_held_to_their_documented_limits() {
    let attempts = |count| api().create(&webhook().retry_attempts(count));
    asked(attempts(10));
    refused(attempts(11), "retryAttempts", "is 11, and may be 0 to 10");
    let timeout = |time| api().create(&webhook().timeout(time));
    asked(timeout(Duration::from_secs(1)));
    asked(timeout(Duration::from_secs(30)));
    for milliseconds in [999, 30_001] {
        let time = Duration::from_millis(milliseconds);
        let why = format!("is {milliseconds}, and may be 1000 to 30000");
        refused(timeout(time), "timeoutMs", &why);
    }
    refused(
        timeout(Duration::MAX),
        "timeoutMs",
        "is not whole milliseconds",
    );
    let fraction = Duration::from_micros(1_000_500);
    refused(timeout(fraction), "timeoutMs", "is not whole milliseconds");
}

#[test]
fn a_secret_of_ones_own_is_one_that_a_verifier_takes() {
    let with = |text: &str| api().create(&webhook().secret(Secret::new(text)));
    let empty =
        "cannot be used: the secret is empty: an empty key would verify anybody's signature";
    refused(with(""), "secret", empty);
    let canary = with("canary-with-a-break\n").expect_err("a line break");
    assert_eq!(canary.field(), "secret");
    assert!(!format!("{canary} {canary:?}").contains("canary"));
}

#[test]
fn event_names_are_read_and_others_are_sent_as_they_are() {
    for event in EventType::ALL {
        assert_eq!(event.as_str().parse().as_ref(), Ok(event));
        assert_eq!(event.to_string(), event.as_str());
    }
    let unknown = "email.opend"
        .parse::<EventType>()
        .expect_err("a misspelling");
    assert_eq!(
        unknown.to_string(),
        "\"email.opend\" is not one of email.bounced, email.clicked, email.opened, \
         email.positive_reply, email.replied, email.sent, email.unsubscribed, lead.updated"
    );
    let unlisted = CreateWebhook::new("n", URL, [EventType::Unlisted("meeting.booked".to_owned())]);
    let (_, body) = asked(api().create(&unlisted));
    assert_eq!(body["events"], json!(["meeting.booked"]));
}
