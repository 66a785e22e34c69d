//! MailingAPI: its documented requests and answers, field by field.

mod answers;
mod others;
mod requests;

use hookproof::subscribe::mailingapi::{Api, CreateWebhook, Created, EventType};
use hookproof::subscribe::{Call, RequestError};
use serde_json::{Value, json};

use crate::pretend::{SECRET, key};

const URL: &str = "https://app.example.com/webhooks/mailingapi";

fn api() -> Api {
    Api::new(key())
}

fn webhook() -> CreateWebhook {
    let events = [
        EventType::Delivered,
        EventType::Bounced,
        EventType::Complained,
        EventType::Opened,
        EventType::Clicked,
    ];
    CreateWebhook::new(URL, events)
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
        "id": "wh_abc123",
        "url": URL,
        "events": ["delivered", "bounced", "complained", "opened", "clicked"],
        "description": "Production webhook",
        "secret": SECRET,
        "status": "active",
        "created_at": "2024-01-15T10:00:00Z",
    })
}

fn with(mut body: Value, key: &str, value: Value) -> String {
    body[key] = value;
    body.to_string()
}

fn without(mut body: Value, key: &str) -> String {
    let object = body.as_object_mut().expect("it is an object");
    object.remove(key).expect("it is there");
    body.to_string()
}
