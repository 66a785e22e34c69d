//! Every request beside the creation and those for deliveries, and its answer.

use hookproof::providers;
use hookproof::subscribe::ApiErrorKind;
use hookproof::subscribe::sendmux::{EventType, Page, UpdateWebhook};
use serde_json::{Value, json};

use super::{URL, api, documented, without};
use crate::pretend::{KEY, SECRET, answered, asked, head, is_secret, refused, said_no, unreadable};

#[test]
fn a_secret_is_rotated_by_a_request_without_a_body() {
    let call = api().rotate_secret("whk_1");
    let line = "POST https://app.sendmux.ai/api/v1/webhooks/whk_1/rotate-secret";
    assert_eq!(head(&call), format!("{line}\nauthorization: Bearer {KEY}"));
    let created = answered(call, 200, documented().to_string()).expect("the secret is rotated");
    assert_eq!(created.location, None);
    is_secret(&providers::SENDMUX_V2, created.secret, SECRET);

    let call = api().rotate_secret("whk_1");
    unreadable(
        answered(call, 200, without(documented(), "secret")),
        "data.secret is not there, or blank",
    );
}

#[test]
fn a_test_delivery_has_the_id_of_its_event() {
    let call = api().send_test("whk_1");
    let line = "POST https://app.sendmux.ai/api/v1/webhooks/whk_1/test";
    assert_eq!(head(&call), format!("{line}\nauthorization: Bearer {KEY}"));
    let body = json!({"ok": true, "data": {"event_id": "evt_1"}, "meta": {}}).to_string();
    assert_eq!(
        answered(call, 200, &body).expect("it is sent").event_id,
        "evt_1"
    );

    let call = api().send_test("whk_1");
    let body = json!({"ok": true, "data": {}}).to_string();
    unreadable(answered(call, 200, &body), "data.event_id is not there");
}

#[test]
fn a_list_goes_on_at_its_cursor() {
    let line = |page: &Page| asked(api().list(page)).0;
    let url = "GET https://app.sendmux.ai/api/v1/webhooks";
    assert_eq!(line(&Page::first()), url);
    assert_eq!(line(&Page::first().limit(100)), format!("{url}?limit=100"));
    assert_eq!(
        line(&Page::after("a+b/c=&d").limit(1)),
        format!("{url}?cursor=a%2Bb%2Fc%3D%26d&limit=1")
    );
    for limit in [0, 101] {
        let why = format!("is {limit}, and may be 1 to 100");
        refused(api().list(&Page::first().limit(limit)), "limit", &why);
    }

    let read = |pagination: Value| {
        let webhook = json!({"id": "whk_1", "url": URL, "event_types": ["sendmux.test"]});
        let body = json!({"ok": true, "data": [webhook], "pagination": pagination});
        let call = api().list(&Page::first());
        answered(call, 200, body.to_string()).expect("it is a list")
    };
    let list = read(json!({"has_more": true, "next_cursor": "c2"}));
    assert_eq!(list.next_cursor.as_deref(), Some("c2"));
    assert_eq!(list.webhooks[0].event_types, [EventType::SendmuxTest]);
    let last = read(json!({"has_more": false, "next_cursor": "c2"}));
    assert_eq!(last.next_cursor, None);
    // It would be the first page's again, without end.
    let empty = read(json!({"has_more": true, "next_cursor": ""}));
    assert_eq!(empty.next_cursor, None);
    assert_eq!(read(json!({"has_more": false})).next_cursor, None);
    assert_eq!(read(json!(null)).next_cursor, None);
}

#[test]
fn a_list_of_anything_else_is_unreadable() {
    for (data, why) in [
        (json!({}), "data is not a list of objects"),
        (json!(["whk_1"]), "data is not a list of objects"),
        (json!([{"url": URL}]), "data has a webhook without an id"),
    ] {
        let call = api().list(&Page::first());
        let body = json!({"ok": true, "data": data}).to_string();
        unreadable(answered(call, 200, &body), why);
    }
}

#[test]
fn one_webhook_is_told_without_its_secret() {
    let call = api().get("whk_1");
    let line = "GET https://app.sendmux.ai/api/v1/webhooks/whk_1";
    assert_eq!(head(&call), format!("{line}\nauthorization: Bearer {KEY}"));
    let webhook = answered(call, 200, without(documented(), "secret")).expect("it is told");
    assert_eq!(webhook.url.as_deref(), Some(URL));
}

#[test]
fn a_change_sends_what_it_names_and_nothing_else() {
    let change = |change: UpdateWebhook| {
        let (line, body) = asked(api().update("whk_1", &change));
        assert_eq!(line, "PATCH https://app.sendmux.ai/api/v1/webhooks/whk_1");
        body
    };
    let new = UpdateWebhook::new;
    assert_eq!(change(new().url(URL)), json!({"url": URL}));
    assert_eq!(
        change(new().event_types([EventType::SendmuxTest])),
        json!({"event_types": ["sendmux.test"]})
    );
    assert_eq!(change(new().name("n")), json!({"name": "n"}));
    assert_eq!(change(new().without_name()), json!({"name": null}));
    assert_eq!(
        change(new().mailbox_ids(["mbx_1"])),
        json!({"filters": {"mailbox_ids": ["mbx_1"]}})
    );
    assert_eq!(change(new().enabled(false)), json!({"enabled": false}));

    let call = api().update("whk_1", &new().enabled(true));
    let webhook = answered(call, 200, without(documented(), "secret")).expect("it is changed");
    assert_eq!(webhook.enabled, Some(true));
}

#[test]
fn a_change_has_the_constraints_of_a_creation() {
    let new = UpdateWebhook::new;
    let clear = "is not https: the provider delivers over TLS alone";
    let none = "has 0 characters, and may have 1 to 255";
    let long = "has 256 characters, and may have 1 to 255";
    for (change, field, why) in [
        (new(), "body", "has nothing to change"),
        (new().url("http://hooks.example.com"), "url", clear),
        (
            new().event_types([]),
            "event_types",
            "is empty: name at least one",
        ),
        (new().name("n".repeat(256)), "name", long),
        (new().name(""), "name", none),
        (
            new().mailbox_ids([""]),
            "filters.mailbox_ids",
            "has a blank item",
        ),
    ] {
        refused(api().update("whk_1", &change), field, why);
    }
}

#[test]
fn a_deletion_asks_no_more_of_the_answer_than_its_envelope() {
    let delete = || api().delete("whk_1");
    let line = "DELETE https://app.sendmux.ai/api/v1/webhooks/whk_1";
    assert_eq!(
        head(&delete()),
        format!("{line}\nauthorization: Bearer {KEY}")
    );
    let body = json!({"ok": true, "data": {"deleted": true, "id": "whk_1"}}).to_string();
    answered(delete(), 200, &body).expect("it is deleted");
    // Somebody else's page, with a status of success.
    let page = answered(delete(), 200, "<html>Please log in</html>");
    unreadable(page, "the body is not a JSON object");
    let error = said_no(answered(delete(), 404, ""));
    assert_eq!(error.kind, ApiErrorKind::NotFound);
}
