//! Sent: its documented requests and answers, field by field.

mod answers;
mod errors;
mod others;
mod requests;

use hookproof::subscribe::sent::{Api, CreateWebhook, EventType};
use serde_json::{Value, json};

use crate::pretend::key;

const SECRET: &str = "whsec_aG9va3Byb29mIGV4YW1wbGUga2V5LCAzMiBieXRlcyE=";
const ID: &str = "d4f5a6b7-c8d9-4e0f-a1b2-c3d4e5f6a7b8";
const PROFILE: &str = "0B6E5A1C-93d1-4f7e-8a52-6f1d2c3b4a59";
const URL: &str = "https://example.com/webhooks/orders";

fn api() -> Api {
    Api::new(key())
}

fn webhook() -> CreateWebhook {
    let events = [EventType::Message, EventType::Templates];
    CreateWebhook::new("Order Notifications", URL, events)
}

/// The documented answer to the documented request.
fn documented() -> Value {
    json!({
        "success": true,
        "data": {
            "id": ID,
            "display_name": "Order Notifications",
            "endpoint_url": URL,
            "signing_secret": SECRET,
            "is_active": true,
            "event_types": ["messages", "templates"],
            "event_filters": null,
            "retry_count": 3,
            "timeout_seconds": 30,
            "last_delivery_attempt_at": null,
            "last_successful_delivery_at": null,
            "consecutive_failures": 0,
            "created_at": "2026-01-15T10:30:00+00:00",
            "updated_at": null,
        },
        "error": null,
        "meta": {
            "request_id": "req_7X9zKp2jDw",
            "timestamp": "2026-03-11T21:50:49.582603+00:00",
            "version": "v3",
        },
    })
}
