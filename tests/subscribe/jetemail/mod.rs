//! JetEmail: its documented request and answers, field by field.

mod answers;
mod requests;

use hookproof::subscribe::jetemail::{Api, CreateWebhook, EventType};
use serde_json::{Value, json};

use crate::pretend::key;

const SECRET: &str = "whsec_XvHTwHkTdGTxIzwLnLe1YI8UdUtCFbnT";
const URL: &str = "https://example.com/webhook";

fn api() -> Api {
    Api::new(key())
}

fn webhook() -> CreateWebhook {
    let events = [EventType::OutboundDelivered, EventType::OutboundBounced];
    CreateWebhook::new("My Webhook", URL, events)
}

fn named(name: &str) -> CreateWebhook {
    CreateWebhook::new(name, URL, [EventType::InboundReceived])
}

/// The documented answer to the documented request.
fn documented() -> Value {
    json!({
        "success": true,
        "message": "Webhook created successfully",
        "webhook": {
            "uuid": "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d",
            "name": "Production Webhook",
            "url": URL,
            "secret": SECRET,
            "events": ["outbound.delivered", "outbound.bounced"],
            "status": "enabled",
            "filter_users": null,
            "filter_domains": null,
            "created_at": 1_736_524_800,
            "last_modified": 1_736_524_801,
        },
    })
}
