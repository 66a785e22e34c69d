//! What is read of the answer to a creation.

use hookproof::subscribe::sendmux::EventType;
use hookproof::{Verifier, providers};
use serde_json::json;

use super::{URL, api, creation, documented, with, without};
use crate::pretend::{SECRET, answered, answered_with, is_secret, silent, unreadable};

#[test]
fn the_documented_answer_is_read_field_by_field() {
    let location = "/api/v1/webhooks/whk_clxxxxxxxxxxxxxxxxxxxxxxxxx";
    let headers = [("location", location)];
    let reply = answered_with(creation(), 201, &headers, documented().to_string());
    let created = reply.expect("the webhook is created");
    assert_eq!(
        created.request_id.as_deref(),
        Some("req_clxxxxxxxxxxxxxxxxxxxxxxxxx")
    );
    assert_eq!(created.location.as_deref(), Some(location));
    let webhook = &created.webhook;
    assert_eq!(webhook.id, "whk_clxxxxxxxxxxxxxxxxxxxxxxxxx");
    assert_eq!(webhook.name.as_deref(), Some("Example inbound forwarder"));
    assert_eq!(webhook.url.as_deref(), Some(URL));
    assert_eq!(
        webhook.event_types,
        [EventType::MessageBounced, EventType::MessageReceived]
    );
    assert_eq!(webhook.mailbox_ids, ["mbx_clxxxxxxxxxxxxxxxxxxxxxxxxx"]);
    assert_eq!(
        (webhook.enabled, webhook.failing),
        (Some(true), Some(false))
    );
    assert_eq!(webhook.created_at.as_deref(), Some("2026-04-23T09:12:00Z"));
    assert_eq!(webhook.updated_at.as_deref(), Some("2026-04-23T09:12:00Z"));
    is_secret(&providers::SENDMUX_V2, created.secret, SECRET);
}

#[test]
fn the_older_documented_answer_is_read_too() {
    let body = json!({
        "ok": true,
        "data": {
            "id": "twhk_clxxxxxxxxxxxxxxxxxxxxxxxxx",
            "url": URL,
            "event_types": ["ses.bounce", "ses.complaint"],
            "enabled": true,
            "failing": false,
            "created_at": "2026-04-23T09:12:00Z",
            "updated_at": "2026-04-23T09:12:00Z",
            "secret": SECRET,
        },
        "meta": {"request_id": "req_clxxxxxxxxxxxxxxxxxxxxxxxxx"},
    });
    let created = answered(creation(), 201, body.to_string()).expect("the webhook is created");
    assert_eq!(created.webhook.id, "twhk_clxxxxxxxxxxxxxxxxxxxxxxxxx");
    assert_eq!(
        created.webhook.event_types,
        [EventType::SesBounce, EventType::SesComplaint]
    );
    assert_eq!((created.webhook.name, created.location), (None, None));
}

#[test]
fn no_other_field_of_an_answer_can_lose_the_secret() {
    let least = json!({"data": {"id": "whk_1", "secret": SECRET}}).to_string();
    let odd = json!({
        "ok": "yes",
        "new": [[[]]],
        "meta": 7,
        "data": {
            "id": "whk_1",
            "secret": SECRET,
            "name": null,
            "url": {"href": URL},
            "event_types": ["message.archived", 7, null],
            "filters": null,
            "enabled": 1,
            "failing": "no",
            "created_at": 1_776_935_520,
            "updated_at": null,
            "new": {"secret": "another"},
        },
    });
    for body in [least, odd.to_string(), format!("\n{odd}\n")] {
        let created = answered(creation(), 200, &body).expect("the webhook is created");
        assert_eq!(created.webhook.id, "whk_1");
        let webhook = &created.webhook;
        let texts = [
            &webhook.name,
            &webhook.url,
            &webhook.created_at,
            &webhook.updated_at,
        ];
        assert!(texts.into_iter().all(Option::is_none), "{webhook:?}");
        assert_eq!((webhook.enabled, webhook.failing), (None, None));
        is_secret(&providers::SENDMUX_V2, created.secret, SECRET);
    }
    let created = answered(creation(), 200, odd.to_string()).expect("the webhook is created");
    let archived = EventType::Unlisted("message.archived".into());
    assert_eq!(created.webhook.event_types, [archived]);
}

#[test]
fn a_secret_may_be_escaped_in_the_answer() {
    let escaped = documented().to_string().replace("whsec_", r"whsec\u005f");
    let created = answered(creation(), 201, &escaped).expect("the webhook is created");
    is_secret(&providers::SENDMUX_V2, created.secret, SECRET);
}

#[test]
fn a_success_without_secret_or_id_is_unreadable() {
    let missing = "data.secret is not there, or blank";
    let body = documented();
    for (body, why) in [
        (without(body.clone(), "secret"), missing),
        (with(body.clone(), "secret", json!("")), missing),
        (with(body.clone(), "secret", json!(" \n")), missing),
        (with(body.clone(), "secret", json!(null)), missing),
        (with(body.clone(), "secret", json!(["whsec"])), missing),
        (without(body.clone(), "id"), "data.id is not there"),
        (with(body.clone(), "id", json!(7)), "data.id is not there"),
        (json!({"ok": true}).to_string(), "data is not an object"),
        (
            json!({"ok": true, "data": [body["data"]]}).to_string(),
            "data is not an object",
        ),
        ("[]".to_owned(), "the body is not a JSON object"),
        (String::new(), "the body is not a JSON object"),
        (
            "<html>Please log in</html>".to_owned(),
            "the body is not a JSON object",
        ),
    ] {
        unreadable(answered(creation(), 201, &body), why);
    }
}

#[test]
fn an_answer_that_is_cut_off_anywhere_is_unreadable() {
    let body = documented().to_string();
    for end in 0..body.len() {
        let cut = answered(creation(), 201, &body[..end]);
        unreadable(cut, "the body is not a JSON object");
    }
}

#[test]
fn an_answer_that_is_not_text_is_unreadable() {
    let body = b"{\"ok\":true,\"data\":{\"id\":\"\xff\"}}";
    let read = answered(creation(), 201, body);
    unreadable(read, "the body is not a JSON object");
}

#[test]
fn nothing_that_is_logged_shows_the_key_or_the_secret() {
    let api = api();
    let call = creation().expect("it can be sent");
    silent(&format!("{api:?} {call:?} {:?}", call.request()));
    let created =
        answered(Ok(call), 201, documented().to_string()).expect("the webhook is created");
    silent(&format!("{created:?} {created:#?}"));
    let verifier = Verifier::new(&providers::SENDMUX_V2, created.secret).expect("it is a secret");
    silent(&format!("{verifier:?}"));

    // An answer with the secret that is no use must not tell it while complaining.
    for body in [
        without(documented(), "id"),
        with(documented(), "id", json!([SECRET])),
    ] {
        let error = answered(creation(), 201, &body).expect_err("it is unreadable");
        silent(&format!("{error:?} {error}"));
    }
    let cut = documented().to_string();
    let cut = cut.get(..cut.len() - 1).expect("it is longer");
    let error = answered(creation(), 201, cut).expect_err("it is unreadable");
    silent(&format!("{error:?} {error}"));
}
