//! Sendmux: its documented requests and answers, field by field.

mod answers;
mod deliveries;
mod errors;
mod others;
mod requests;

use hookproof::subscribe::sendmux::{Api, CreateWebhook, Created, EventType};
use hookproof::subscribe::{Call, RequestError};
use serde_json::{Value, json};

use crate::pretend::{SECRET, key};

const URL: &str = "https://hooks.example.com/sendmux";

fn api() -> Api {
    Api::new(key())
}

fn webhook() -> CreateWebhook {
    CreateWebhook::new(URL, [EventType::MessageBounced, EventType::MessageReceived])
}

fn create(webhook: &CreateWebhook) -> Result<Call<Created>, RequestError> {
    api().create(webhook)
}

/// A call whose request is not what is looked at.
fn creation() -> Result<Call<Created>, RequestError> {
    create(&webhook())
}

/// The documented answer to a creation.
fn documented() -> Value {
    json!({
        "ok": true,
        "meta": {"request_id": "req_clxxxxxxxxxxxxxxxxxxxxxxxxx"},
        "data": {
            "id": "whk_clxxxxxxxxxxxxxxxxxxxxxxxxx",
            "name": "Example inbound forwarder",
            "url": URL,
            "event_types": ["message.bounced", "message.received"],
            "filters": {"mailbox_ids": ["mbx_clxxxxxxxxxxxxxxxxxxxxxxxxx"]},
            "enabled": true,
            "failing": false,
            "created_at": "2026-04-23T09:12:00Z",
            "updated_at": "2026-04-23T09:12:00Z",
            "secret": SECRET,
        },
    })
}

fn without(mut body: Value, key: &str) -> String {
    let data = body["data"].as_object_mut().expect("it has data");
    data.remove(key).expect("it is there");
    body.to_string()
}

fn with(mut body: Value, key: &str, value: Value) -> String {
    body["data"][key] = value;
    body.to_string()
}
