//! SendKit.ai: its documented requests and answers, field by field.

mod answers;
mod others;
mod requests;

use hookproof::subscribe::sendkit::{Api, CreateWebhook, EventType};
use serde_json::{Value, json};

use crate::pretend::key;

const SECRET: &str = "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4a5b6c7d8e9f0a1b2";
const ID: &str = "664a1b2c3d4e5f6a7b8c9d0e";
const URL: &str = "https://crm.example.com/webhooks/sendkit";

fn api() -> Api {
    Api::new(key())
}

fn webhook() -> CreateWebhook {
    let events = [EventType::EmailReplied, EventType::EmailPositiveReply];
    CreateWebhook::new("CRM Sync", URL, events)
}

fn named(name: &str, url: &str) -> CreateWebhook {
    CreateWebhook::new(name, url, [EventType::EmailReplied])
}

/// The documented answer to the documented request.
fn documented() -> Value {
    json!({
        "success": true,
        "data": {
            "_id": ID,
            "workspaceId": "ws_123",
            "name": "CRM Sync",
            "url": URL,
            "events": ["email.replied", "email.positive_reply"],
            "secret": SECRET,
            "retryAttempts": 3,
            "timeoutMs": 10000,
            "status": "active",
            "createdBy": "user_123",
            "createdAt": "2024-06-01T10:00:00.000Z",
            "updatedAt": "2024-06-01T10:00:00.000Z",
        },
    })
}
