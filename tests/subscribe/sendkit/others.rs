//! Every request beside the creation, and its answer.

use std::time::Duration;

use hookproof::Secret;
use hookproof::subscribe::sendkit::{EventType, UpdateWebhook};
use serde_json::{Value, json};

use super::{ID, SECRET, api, documented};
use crate::pretend::{answered, asked, refused, unreadable};

#[test]
fn a_webhook_is_read_by_its_id() {
    let (line, body) = asked(api().get(ID));
    assert_eq!(line, format!("GET https://api.sendkit.ai/v1/webhooks/{ID}"));
    assert_eq!(body, Value::Null);
    let webhook = answered(api().get(ID), 200, documented().to_string()).expect("a webhook");
    assert_eq!(webhook.id, ID);
    assert!(!format!("{webhook:?}").contains(SECRET));
}

#[test]
fn an_id_that_a_path_cannot_hold_is_refused() {
    let why = "has more than ASCII letters, digits, hyphens and underscores";
    for id in ["a/b", "..", "a?b", "a b", "ä", "a%2f"] {
        refused(api().get(id), "webhook id", why);
        refused(api().send_test(id), "webhook id", why);
        let update = UpdateWebhook::new().name("n");
        refused(api().update(id, &update), "webhook id", why);
    }
}

#[test]
fn an_update_sends_what_changes_and_nothing_else() {
    let new_url = "https://new-endpoint.example.com/webhooks";
    let (line, body) = asked(api().update(ID, &UpdateWebhook::new().url(new_url)));
    assert_eq!(
        line,
        format!("PATCH https://api.sendkit.ai/v1/webhooks/{ID}")
    );
    assert_eq!(body, json!({ "url": new_url }));
    let all = UpdateWebhook::new()
        .name("n")
        .url(new_url)
        .events([EventType::LeadUpdated])
        .secret(Secret::new("another-secret"))
        .retry_attempts(1)
        .timeout(Duration::from_secs(2));
    let expected = json!({
        "name": "n", "url": new_url, "events": ["lead.updated"], "secret": "another-secret",
        "retryAttempts": 1, "timeoutMs": 2000,
    });
    assert_eq!(asked(api().update(ID, &all)).1, expected);
    let webhook = answered(api().update(ID, &all), 200, documented().to_string());
    assert_eq!(webhook.expect("a webhook").id, ID);
}

#[test]
fn an_update_is_held_to_the_same_rules() {
    let update = |update: UpdateWebhook| api().update(ID, &update);
    refused(
        update(UpdateWebhook::new()),
        "body",
        "has nothing to change",
    );
    refused(update(UpdateWebhook::new().name("")), "name", "is blank");
    let none = UpdateWebhook::new().events([]);
    refused(update(none), "events", "is empty: name at least one");
}

#[test]
fn a_test_delivery_says_what_became_of_it() {
    let (line, body) = asked(api().send_test(ID));
    let expected = format!("POST https://api.sendkit.ai/v1/webhooks/{ID}/test");
    assert_eq!((line, body), (expected, Value::Null));
    let body = r#"{"success":true,"data":{"statusCode":200,"delivered":true}}"#;
    let test = answered(api().send_test(ID), 200, body).expect("a test");
    assert_eq!((test.status_code, test.delivered), (Some(200), true));
    let body = r#"{"success":true,"data":{"statusCode":null,"delivered":false}}"#;
    let test = answered(api().send_test(ID), 200, body).expect("a test");
    assert_eq!((test.status_code, test.delivered), (None, false));
    let none = r#"{"success":true,"data":{}}"#;
    unreadable(
        answered(api().send_test(ID), 200, none),
        "data.delivered is not there",
    );
}
