//! What is sent, and what is refused before it is sent.

use hookproof::Secret;
use hookproof::subscribe::mailingapi::{CreateWebhook, EventType};
use serde_json::json;

use super::{URL, create, webhook};
use crate::pretend::{KEY, SECRET, asked, head, refused, request, silent};

#[test]
fn the_documented_request_is_made_field_by_field() {
    let call = create(&webhook().description("Production webhook"));
    assert_eq!(
        head(&call),
        format!(
            "POST https://api.mailingapi.com/v1/webhooks\n\
             authorization: Bearer {KEY}\n\
             content-type: application/json"
        )
    );
    assert_eq!(
        request(call).body(),
        r#"{"url":"https://app.example.com/webhooks/mailingapi","events":["delivered","bounced","complained","opened","clicked"],"description":"Production webhook"}"#
    );
}

#[test]
fn every_optional_field_is_sent_where_it_is_given() {
    let sent = |webhook: CreateWebhook| asked(create(&webhook)).1;
    let bare = sent(webhook());
    let events = json!(["delivered", "bounced", "complained", "opened", "clicked"]);
    assert_eq!(bare, json!({"url": URL, "events": events}));
    let own = sent(webhook().secret(Secret::new(SECRET)));
    assert_eq!(own, json!({"url": URL, "events": events, "secret": SECRET}));
    let described = sent(webhook().description(""));
    assert_eq!(described["description"], "");
    let forced = [EventType::Inbound, EventType::Unlisted("rendered".into())];
    assert_eq!(
        sent(CreateWebhook::new(URL, forced))["events"],
        json!(["inbound", "rendered"])
    );
}

#[test]
fn every_constraint_names_its_field() {
    let to = |url: &str| CreateWebhook::new(url, [EventType::Bounced]);
    let of = |events: Vec<EventType>| CreateWebhook::new(URL, events);
    let clear = "is not https: the provider delivers over TLS alone";
    let blank = EventType::Unlisted(" ".to_owned());
    for (webhook, field, why) in [
        (to("http://app.example.com/"), "url", clear),
        (to("http://localhost.example.com/"), "url", clear),
        (
            to("app.example.com"),
            "url",
            "is not a URL with a scheme and a host",
        ),
        (to(""), "url", "is not a URL"),
        (of(vec![]), "events", "is empty: name at least one"),
        (of(vec![blank]), "events", "has a blank item"),
        (
            of(vec![EventType::Bounced; 2]),
            "events",
            "has a name twice",
        ),
    ] {
        refused(create(&webhook), field, why);
    }
    for (text, why) in [
        ("", "empty"),
        ("canary7Q3w\n", "line break"),
        (" canary7Q3w", "white space"),
        ("your_webhook_secret", "placeholder"),
    ] {
        let error = create(&webhook().secret(Secret::new(text))).expect_err(why);
        assert_eq!(error.field(), "secret");
        assert!(error.to_string().contains(why), "{error}");
        silent(&format!("{error} {error:?}"));
    }
    for url in [
        "http://127.0.0.1:3000/hooks",
        "http://localhost/",
        "http://[::1]/",
    ] {
        // A receiver on this machine may do without TLS.
        assert!(create(&to(url)).is_ok(), "{url}");
    }
}

#[test]
fn every_listed_name_reads_as_itself() {
    let listed = [
        "bounced",
        "clicked",
        "complained",
        "deferred",
        "delivered",
        "inbound",
        "opened",
        "unsubscribed",
    ];
    let names: Vec<_> = EventType::ALL.iter().map(EventType::as_str).collect();
    assert_eq!(names, listed);
    for event in EventType::ALL {
        assert_eq!(event.as_str().parse().as_ref(), Ok(event));
    }
    let error = "message.bounced"
        .parse::<EventType>()
        .expect_err("it is not listed");
    assert_eq!(
        (error.name(), error.listed()),
        ("message.bounced", &listed[..])
    );
}
