//! An example body with ids and times of its own, and otherwise as it is: the order of its keys too.

use std::time::Duration;

use serde_json::Value;

use super::{Known, Occurrence};
use crate::provider::Provider;
use crate::subscription::Subscription;

/// Members that say when something happened.
const HAPPENED: [&str; 7] = [
    "delivered_at",
    "opened_at",
    "clicked_at",
    "complained_at",
    "unsubscribed_at",
    "received_at",
    "occurred_at",
];

/// Members that say when something will have happened.
const AHEAD: [&str; 2] = ["delay_expires_at", "next_retry_at"];

/// How far ahead they lie.
const HALF_A_DAY: Duration = Duration::from_secs(12 * 3_600);

/// What an event of Sent can have happened to, the most telling first.
const SENT_SUBJECTS: [&str; 5] = [
    "message_id",
    "contact_id",
    "call_id",
    "template_id",
    "account_id",
];

pub(super) fn make(
    occurrence: &Occurrence,
    known: &Known,
    name: &str,
    subscription: &Subscription,
) -> String {
    let mut body = known.example.to_owned();
    let at = occurrence.at;
    if let Some(id) = &occurrence.id {
        set_text(&mut body, "id", id);
    }
    for member in HAPPENED {
        set_text(&mut body, member, &at.iso_secs());
    }
    for member in AHEAD {
        set_text(&mut body, member, &at.after(HALF_A_DAY).iso_secs());
    }
    match subscription.provider {
        Provider::Sendmux => sendmux(&mut body, name, subscription),
        Provider::MailingApi => {
            set_text(&mut body, "timestamp", &at.iso_secs());
            let message = format!("msg_{}", occurrence.subject);
            set_text(&mut body, "message_id", &message);
        }
        Provider::SendKit => sendkit(&mut body, occurrence),
        Provider::JetEmail => set(&mut body, "created_at", &at.secs().to_string()),
        Provider::Sent => sent(&mut body, occurrence),
    }
    body
}

/// The webhook's own test names it, and mail that was received is for a mailbox that it asked for.
fn sendmux(body: &mut String, name: &str, subscription: &Subscription) {
    set_text(body, "type", name);
    set_text(body, "webhook_id", &subscription.id);
    let filters = subscription.extra.get("filters");
    let mailbox = filters.and_then(|filters| filters.pointer("/mailbox_ids/0"));
    if let Some(mailbox) = mailbox.and_then(Value::as_str) {
        set_text(body, "mailbox_id", mailbox);
    }
}

/// There is no id of the event: without one in `data` two tests at one moment would be the same.
fn sendkit(body: &mut String, occurrence: &Occurrence) {
    set_text(body, "timestamp", &occurrence.at.iso_millis());
    let id = Value::from(occurrence.subject.as_str());
    *body = body.replacen("\"data\":{", &format!("\"data\":{{\"id\":{id},"), 1);
}

/// The event's id is in a header alone, so that what it happened to must differ.
fn sent(body: &mut String, occurrence: &Occurrence) {
    set_text(body, "timestamp", &occurrence.at.iso_secs());
    if body.contains("\"text\":") {
        let text = format!("Hello, a question about my order {}", occurrence.subject);
        return set_text(body, "text", &text);
    }
    let mut subjects = SENT_SUBJECTS.into_iter();
    if let Some(subject) = subjects.find(|name| body.contains(&format!("\"{name}\":"))) {
        set_text(body, subject, &occurrence.subject);
    }
}

fn set_text(body: &mut String, member: &str, text: &str) {
    set(body, member, &Value::from(text).to_string());
}

/// Puts a value in place of the first member of this name. One that is absent or null stays so.
/// Inside of a text the name's quotes would be escaped, so that it can only be a name.
fn set(body: &mut String, member: &str, value: &str) {
    let name = format!("\"{member}\":");
    let Some(found) = body.find(&name) else {
        return;
    };
    let start = found + name.len();
    let mut values = serde_json::Deserializer::from_str(&body[start..]).into_iter::<Value>();
    let Some(Ok(old)) = values.next() else {
        return;
    };
    let end = start + values.byte_offset();
    if !old.is_null() {
        body.replace_range(start..end, value);
    }
}
