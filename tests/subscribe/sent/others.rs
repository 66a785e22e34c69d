//! Every request beside the creation, and its answer.

use hookproof::providers;
use hookproof::subscribe::sent::EventType;
use serde_json::{Value, json};

use super::{ID, SECRET, api, documented, webhook};
use crate::pretend::{answered, asked, is_secret, refused, silent, unreadable};

/// A webhook as it is shown after it was created: without its secret.
fn shown() -> Value {
    let mut body = documented();
    body["data"]["signing_secret"] = Value::Null;
    body
}

#[test]
fn a_webhook_is_read_by_its_id() {
    let (line, body) = asked(api().get(ID));
    assert_eq!(line, format!("GET https://api.sent.dm/v3/webhooks/{ID}"));
    assert_eq!(body, Value::Null);
    let webhook = answered(api().get(ID), 200, shown().to_string()).expect("a webhook");
    assert_eq!(webhook.id, ID);
    let none = r#"{"success":true,"data":{}}"#;
    unreadable(answered(api().get(ID), 200, none), "data.id is not there");
}

#[test]
fn webhooks_are_read_by_the_page() {
    let (line, _) = asked(api().list(1, 20));
    assert_eq!(
        line,
        "GET https://api.sent.dm/v3/webhooks?page=1&page_size=20"
    );
    let body = json!({
        "success": true,
        "data": {
            "webhooks": [shown()["data"]],
            "pagination": {
                "page": 1, "page_size": 20, "total_count": 1, "total_pages": 1,
                "has_more": false, "cursors": null,
            },
        },
        "error": null,
    });
    let page = answered(api().list(1, 20), 200, body.to_string()).expect("a page");
    assert_eq!(page.webhooks.len(), 1);
    assert_eq!(page.webhooks[0].id, ID);
    assert_eq!((page.page, page.page_size), (Some(1), Some(20)));
    assert_eq!((page.total_count, page.total_pages), (Some(1), Some(1)));
    assert_eq!(page.has_more, Some(false));
    let bare = r#"{"data":{"webhooks":[]}}"#;
    let empty = answered(api().list(2, 1), 200, bare).expect("a page");
    assert!(empty.webhooks.is_empty());
    assert_eq!(empty.has_more, None);
    for (data, why) in [
        (json!({}), "data.webhooks is not a list of objects"),
        (
            json!({"webhooks": [7]}),
            "data.webhooks is not a list of objects",
        ),
        (
            json!({"webhooks": [{}]}),
            "data.webhooks has a webhook without an id",
        ),
    ] {
        let body = json!({ "success": true, "data": data }).to_string();
        unreadable(answered(api().list(1, 20), 200, body), why);
    }
}

#[test]
fn pages_are_held_to_their_limits() {
    asked(api().list(1, 100));
    refused(api().list(0, 1), "page", "is 0: pages count from 1");
    for size in [0, 101] {
        let why = format!("is {size}, and may be 1 to 100");
        refused(api().list(1, size), "page_size", &why);
    }
}

#[test]
fn a_rotation_gives_the_new_secret() {
    let (line, body) = asked(api().rotate_secret(ID));
    let expected = format!("POST https://api.sent.dm/v3/webhooks/{ID}/rotate-secret");
    assert_eq!((line, body), (expected, json!({})));
    let body = json!({
        "success": true, "data": { "signing_secret": SECRET }, "error": null,
        "meta": { "request_id": "req_1" },
    });
    let rotated = answered(api().rotate_secret(ID), 200, body.to_string()).expect("a secret");
    assert_eq!(rotated.request_id.as_deref(), Some("req_1"));
    assert!(!format!("{rotated:?}").contains(SECRET));
    is_secret(&providers::SENT, rotated.secret, SECRET);
    let none = r#"{"success":true,"data":{}}"#;
    let lost = answered(api().rotate_secret(ID), 200, none);
    unreadable(lost, "data.signing_secret is not there, or blank");
}

#[test]
fn a_test_delivery_says_what_became_of_it() {
    let (line, body) = asked(api().send_test(ID, "message.sent"));
    assert_eq!(
        line,
        format!("POST https://api.sent.dm/v3/webhooks/{ID}/test")
    );
    assert_eq!(body, json!({ "event_type": "message.sent" }));
    refused(api().send_test(ID, " "), "event_type", "is blank");
    let answer = r#"{"success":true,"data":{"success":true,"message":"delivered"}}"#;
    let test = answered(api().send_test(ID, "message.sent"), 200, answer).expect("a test");
    assert!(test.success);
    assert_eq!(test.message.as_deref(), Some("delivered"));
    let answer = r#"{"success":true,"data":{"success":false}}"#;
    let test = answered(api().send_test(ID, "message.sent"), 200, answer).expect("a test");
    assert!(!test.success);
}

#[test]
fn a_webhook_is_switched_off_and_on() {
    for is_active in [false, true] {
        let (line, body) = asked(api().set_active(ID, is_active));
        let expected = format!("PATCH https://api.sent.dm/v3/webhooks/{ID}/toggle-status");
        assert_eq!(line, expected);
        assert_eq!(body, json!({ "is_active": is_active }));
        let mut answer = shown();
        answer["data"]["is_active"] = is_active.into();
        let webhook = answered(api().set_active(ID, is_active), 200, answer.to_string());
        assert_eq!(webhook.expect("a webhook").is_active, Some(is_active));
    }
}

#[test]
fn a_webhook_is_deleted_with_or_without_a_word() {
    let (line, body) = asked(api().delete(ID));
    assert_eq!(line, format!("DELETE https://api.sent.dm/v3/webhooks/{ID}"));
    assert_eq!(body, Value::Null);
    answered(api().delete(ID), 204, "").expect("deleted");
    answered(api().delete(ID), 200, r#"{"success":true}"#).expect("deleted");
    answered(api().delete(ID), 200, r#"{"success":false}"#).expect_err("not deleted");
    // Somebody else's page, with a status of success.
    let page = answered(api().delete(ID), 200, "<html>Please log in</html>");
    unreadable(page, "the body is not a JSON object");
}

#[test]
fn an_id_that_a_path_cannot_hold_is_refused() {
    let why = "has more than ASCII letters, digits, hyphens and underscores";
    for id in ["..", "a/b", "a?b=c", "a#b", "a%2e"] {
        refused(api().get(id), "webhook id", why);
        refused(api().delete(id), "webhook id", why);
        refused(api().rotate_secret(id), "webhook id", why);
        refused(api().send_test(id, "message.sent"), "webhook id", why);
        refused(api().set_active(id, true), "webhook id", why);
    }
}

#[test]
fn neither_key_nor_secret_is_shown() {
    let call = api().create(&webhook()).expect("it can be sent");
    let body = documented().to_string().replace(SECRET, "whsec_canary");
    let created = answered(api().create(&webhook()), 201, &body);
    let cut = answered(api().create(&webhook()), 201, &body[..body.len() - 1]);
    let events = EventType::ALL;
    let shown = format!(
        "{:?} {:?} {call:?} {created:?} {cut:?} {events:?}",
        api(),
        webhook()
    );
    silent(&shown);
}
