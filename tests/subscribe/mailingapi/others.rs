//! Every request beside the creation, and its answer.

use hookproof::subscribe::ApiErrorKind;
use hookproof::subscribe::mailingapi::{EventType, Status, UpdateWebhook};
use serde_json::json;

use super::{URL, api, documented, with};
use crate::pretend::{KEY, answered, asked, head, refused, said_no, unreadable};

#[test]
fn a_list_is_read_without_secrets() {
    let list = || api().list();
    let line = "GET https://api.mailingapi.com/v1/webhooks";
    assert_eq!(
        head(&list()),
        format!("{line}\nauthorization: Bearer {KEY}")
    );
    let body = json!({"data": [
        {"id": "wh_1", "url": URL, "events": ["delivered"], "status": "failing"},
        {"id": "wh_2", "url": URL, "events": ["rendered"], "status": "resting"},
    ]});
    let webhooks = answered(list(), 200, body.to_string()).expect("it is a list");
    let [first, second] = &webhooks[..] else {
        panic!("{webhooks:?}")
    };
    assert_eq!(
        (&*first.id, &first.status),
        ("wh_1", &Some(Status::Failing))
    );
    assert_eq!(second.events, [EventType::Unlisted("rendered".into())]);
    assert_eq!(second.status, Some(Status::Unlisted("resting".into())));
    assert_eq!(
        answered(list(), 200, r#"{"data":[]}"#).expect("it is a list"),
        []
    );

    for (body, why) in [
        ("{}", "data is not a list of objects"),
        (r#"{"data":{}}"#, "data is not a list of objects"),
        (r#"{"data":["wh_1"]}"#, "data is not a list of objects"),
        (r#"{"data":[{}]}"#, "data has a webhook without an id"),
        ("[]", "the body is not a JSON object"),
    ] {
        unreadable(answered(list(), 200, body), why);
    }
}

#[test]
fn one_webhook_is_told_with_what_it_delivered() {
    let call = api().get("wh_abc123");
    let line = "GET https://api.mailingapi.com/v1/webhooks/wh_abc123";
    assert_eq!(head(&call), format!("{line}\nauthorization: Bearer {KEY}"));
    let stats = json!({
        "total_sent": 15420,
        "successful": 15380,
        "failed": 40,
        "last_success": "2024-01-15T14:30:00Z",
        "last_failure": null,
    });
    let webhook = answered(call, 200, with(documented(), "stats", stats)).expect("it is told");
    let stats = webhook.stats.expect("it has them");
    assert_eq!(
        (stats.total_sent, stats.successful, stats.failed),
        (Some(15420), Some(15380), Some(40))
    );
    assert_eq!(stats.last_success.as_deref(), Some("2024-01-15T14:30:00Z"));
    assert_eq!(stats.last_failure, None);
}

#[test]
fn a_change_sends_what_it_names_and_nothing_else() {
    let change = |change: UpdateWebhook| {
        let (line, body) = asked(api().update("wh_1", &change));
        assert_eq!(line, "PATCH https://api.mailingapi.com/v1/webhooks/wh_1");
        body
    };
    let new = UpdateWebhook::new;
    assert_eq!(change(new().url(URL)), json!({"url": URL}));
    assert_eq!(
        change(new().events([EventType::Opened])),
        json!({"events": ["opened"]})
    );
    assert_eq!(change(new().description("d")), json!({"description": "d"}));
    assert_eq!(change(new().paused(true)), json!({"status": "paused"}));
    assert_eq!(change(new().paused(false)), json!({"status": "active"}));
    let clear = "is not https: the provider delivers over TLS alone";
    for (change, field, why) in [
        (new(), "body", "has nothing to change"),
        (new().url("http://app.example.com"), "url", clear),
        (new().events([]), "events", "is empty: name at least one"),
    ] {
        refused(api().update("wh_1", &change), field, why);
    }

    let call = api().update("wh_1", &new().paused(true));
    let body = json!({
        "id": "wh_1",
        "url": URL,
        "events": ["delivered"],
        "status": "paused",
        "updated_at": "2024-01-15T15:00:00Z",
    });
    let webhook = answered(call, 200, body.to_string()).expect("it is changed");
    assert_eq!(webhook.status, Some(Status::Paused));
    assert_eq!(webhook.updated_at.as_deref(), Some("2024-01-15T15:00:00Z"));
}

#[test]
fn a_deletion_is_answered_without_a_body() {
    let delete = || api().delete("wh_1");
    let line = "DELETE https://api.mailingapi.com/v1/webhooks/wh_1";
    assert_eq!(
        head(&delete()),
        format!("{line}\nauthorization: Bearer {KEY}")
    );
    answered(delete(), 204, "").expect("it is deleted");
    answered(delete(), 200, r#"{"deleted":true}"#).expect("it is deleted");
    // Somebody else's page, with a status of success.
    let page = answered(delete(), 200, "<html>Please log in</html>");
    unreadable(page, "the body is not a JSON object");
    let body = r#"{"error":{"code":"webhook_not_found","message":"No."}}"#;
    assert_eq!(
        said_no(answered(delete(), 404, body)).kind,
        ApiErrorKind::NotFound
    );
}
