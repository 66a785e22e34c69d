//! What is sent, and what is refused before it is sent.

use hookproof::subscribe::jetemail::{CreateWebhook, EventType};
use serde_json::json;

use super::{URL, api, named, webhook};
use crate::pretend::{KEY, asked, carries_the_key, refused, request};

#[test]
fn the_documented_request_is_sent_field_by_field() {
    let (line, body) = asked(api().create(&webhook()));
    assert_eq!(line, "POST https://api.jetemail.com/webhooks");
    let expected = json!({
        "name": "My Webhook",
        "url": "https://example.com/webhook",
        "events": ["outbound.delivered", "outbound.bounced"],
    });
    assert_eq!(body, expected);
    let request = request(api().create(&webhook()));
    carries_the_key(&request, "authorization", &format!("Bearer {KEY}"));
}

#[test]
fn optional_fields_are_sent_under_their_names() {
    let all = webhook()
        .enabled(false)
        .filter_users(["orders", "news"])
        .filter_domains(["example.com"]);
    let (_, body) = asked(api().create(&all));
    assert_eq!(body["status"], 0);
    assert_eq!(body["filter_users"], json!(["orders", "news"]));
    assert_eq!(body["filter_domains"], json!(["example.com"]));
    assert_eq!(body.as_object().map(serde_json::Map::len), Some(6));
    let (_, body) = asked(api().create(&webhook().enabled(true)));
    assert_eq!(body["status"], 1);
}

#[test]
fn the_api_elsewhere_is_asked_there() {
    let api = api().at("http://localhost:8080/jetemail").expect("a URL");
    let (line, _) = asked(api.create(&webhook()));
    assert_eq!(line, "POST http://localhost:8080/jetemail/webhooks");
}

#[test]
fn names_are_held_to_the_documented_pattern_and_length() {
    let longest = "a".repeat(64);
    for name in ["a", "Production Webhook_2-b", longest.as_str()] {
        assert_eq!(asked(api().create(&named(name))).1["name"], name);
    }
    let none = "has 0 characters, and may have 1 to 64";
    refused(api().create(&named("")), "name", none);
    let pattern = "has more than ASCII letters, digits, hyphens, underscores and spaces";
    for name in ["a.b", "a\tb", "a\nb", "a\u{a0}b", "größer", "<b>", "a\0"] {
        refused(api().create(&named(name)), "name", pattern);
    }
    let long = "a".repeat(65);
    refused(
        api().create(&named(&long)),
        "name",
        "has 65 characters, and may have 1 to 64",
    );
}

#[test]
fn a_field_that_cannot_be_sent_is_named() {
    let ftp = CreateWebhook::new("n", "ftp://example.com", [EventType::InboundSpam]);
    refused(api().create(&ftp), "url", "is neither http nor https");
    let http = CreateWebhook::new("n", "http://example.com", [EventType::InboundSpam]);
    asked(api().create(&http));
    let none = CreateWebhook::new("n", URL, []);
    refused(api().create(&none), "events", "is empty: name at least one");
    let twice = CreateWebhook::new("n", URL, [EventType::InboundSpam, EventType::InboundSpam]);
    refused(api().create(&twice), "events", "has a name twice");
    let all = "is empty: leave it out for all";
    let nobody = webhook().filter_users(Vec::<String>::new());
    refused(api().create(&nobody), "filter_users", all);
    let nowhere = webhook().filter_domains(Vec::<String>::new());
    refused(api().create(&nowhere), "filter_domains", all);
    let blank = webhook().filter_domains(["example.com", " "]);
    refused(api().create(&blank), "filter_domains", "has a blank item");
}

#[test]
fn an_event_that_cannot_be_asked_for_is_refused_unless_it_is_unlisted() {
    let queued: EventType = "outbound.queued".parse().expect("it is known");
    assert_eq!(queued, EventType::OutboundQueued);
    assert_eq!(EventType::ALL.len(), 14);
    assert!(!EventType::ALL.contains(&queued));
    let events = [EventType::OutboundOpened, queued];
    refused(
        api().create(&CreateWebhook::new("n", URL, events)),
        "events",
        "has outbound.queued, which cannot be subscribed to as documented: send it as `Unlisted` to \
         try",
    );
    let unlisted = [EventType::Unlisted("outbound.queued".to_owned())];
    let (_, body) = asked(api().create(&CreateWebhook::new("n", URL, unlisted)));
    assert_eq!(body["events"], json!(["outbound.queued"]));
}

#[test]
fn event_names_are_read_and_a_misspelling_gets_the_list() {
    for event in EventType::ALL {
        assert_eq!(event.as_str().parse().as_ref(), Ok(event));
    }
    let unknown = "outbound.open".parse::<EventType>().expect_err("no event");
    assert_eq!(
        unknown.to_string(),
        "\"outbound.open\" is not one of inbound.blocked, inbound.delivered, inbound.received, \
         inbound.spam, outbound.bounced, outbound.clicked, outbound.complaint, outbound.deferred, \
         outbound.delivered, outbound.dropped, outbound.opened, outbound.rejected, outbound.spam, \
         outbound.virus"
    );
}
