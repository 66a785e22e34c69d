//! What was delivered, as the provider remembers it.

use hookproof::subscribe::sendmux::{DeliveryResult, EventType, Page};
use serde_json::json;

use super::api;
use crate::pretend::{KEY, answered, asked, head, refused, unreadable};

#[test]
fn attempts_to_deliver_are_read_field_by_field() {
    let call = api().deliveries("whk_1", &Page::after("c2"));
    let line = "GET https://app.sendmux.ai/api/v1/webhooks/whk_1/deliveries?cursor=c2";
    assert_eq!(head(&call), format!("{line}\nauthorization: Bearer {KEY}"));
    let sha = "ab".repeat(32);
    let body = json!({
        "ok": true,
        "data": [{
            "id": "whda_1",
            "event_id": "evt_1",
            "event_type": "message.bounced",
            "delivery_attempt": 2,
            "max_attempts": 8,
            "result": "retrying",
            "response_status": 503,
            "response_ms": 120,
            "response_body": "busy",
            "error_message": null,
            "next_retry_at": "2026-05-21T09:14:00Z",
            "request_payload_bytes": 512,
            "request_payload_sha256": sha,
            "payload_available": true,
            "payload_expires_at": "2026-05-28T09:12:00Z",
            "created_at": "2026-05-21T09:12:00Z",
        }],
        "pagination": {"has_more": false},
        "meta": {"request_id": "req_1"},
    });
    let list = answered(call, 200, body.to_string()).expect("it is a list");
    let [delivery] = &list.deliveries[..] else {
        panic!("{list:?}")
    };
    assert_eq!(delivery.id, "whda_1");
    assert_eq!(delivery.event_id.as_deref(), Some("evt_1"));
    assert_eq!(delivery.event_type, Some(EventType::MessageBounced));
    assert_eq!(
        (delivery.delivery_attempt, delivery.max_attempts),
        (Some(2), Some(8))
    );
    assert_eq!(delivery.result, Some(DeliveryResult::Retrying));
    assert_eq!(
        (delivery.response_status, delivery.response_ms),
        (Some(503), Some(120))
    );
    assert_eq!(delivery.response_body.as_deref(), Some("busy"));
    assert_eq!(delivery.error_message, None);
    assert_eq!(
        delivery.next_retry_at.as_deref(),
        Some("2026-05-21T09:14:00Z")
    );
    assert_eq!(delivery.request_payload_bytes, Some(512));
    assert_eq!(delivery.request_payload_sha256.as_deref(), Some(&*sha));
    assert_eq!(delivery.payload_available, Some(true));
    assert_eq!(
        delivery.payload_expires_at.as_deref(),
        Some("2026-05-28T09:12:00Z")
    );
    assert_eq!(delivery.created_at.as_deref(), Some("2026-05-21T09:12:00Z"));
}

#[test]
fn what_an_attempt_delivered_is_kept_as_json_text() {
    let payload = || api().payload("whk_1", "whda_1");
    let line = "GET https://app.sendmux.ai/api/v1/webhooks/whk_1/deliveries/whda_1/payload";
    assert_eq!(asked(payload()).0, line);
    let body = r#"{"ok":true,"data":{"id":"whda_1","event_id":"evt_1",
        "event_type":"sendmux.test","delivery_attempt":1,"created_at":"2026-05-21T09:12:00Z",
        "expires_at":"2026-05-28T09:12:00Z","payload":{"id": "evt_1", "data": {}}}}"#;
    let kept = answered(payload(), 200, body).expect("it is kept");
    assert_eq!(kept.payload, r#"{"id": "evt_1", "data": {}}"#);
    assert_eq!(
        (kept.id.as_deref(), kept.event_id.as_deref()),
        (Some("whda_1"), Some("evt_1"))
    );
    assert_eq!(kept.event_type, Some(EventType::SendmuxTest));
    assert_eq!(kept.delivery_attempt, Some(1));
    assert_eq!(kept.created_at.as_deref(), Some("2026-05-21T09:12:00Z"));
    assert_eq!(kept.expires_at.as_deref(), Some("2026-05-28T09:12:00Z"));

    let none = answered(payload(), 200, r#"{"ok":true,"data":{"id":"whda_1"}}"#);
    unreadable(none, "data.payload is not an object");
    let why = "has more than ASCII letters, digits, hyphens and underscores";
    refused(api().payload("whk_1", "../x"), "delivery id", why);
}
