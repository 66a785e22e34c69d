//! The corpus: every file reads, to the right variant, with every value in its field.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{payload, payloads, read};

/// Folder, file, variant, and the name received; an empty name is none.
#[rustfmt::skip]
pub(super) const CORPUS: &[(&str, &str, &str, &str)] = &[
    ("jetemail", "inbound.blocked", "InboundBlocked", "inbound.blocked"),
    ("jetemail", "inbound.delivered", "InboundDelivered", "inbound.delivered"),
    ("jetemail", "inbound.received", "InboundReceived", "inbound.received"),
    ("jetemail", "inbound.spam", "InboundSpam", "inbound.spam"),
    ("jetemail", "outbound.bounced--soft", "OutboundBounced", "outbound.bounced"),
    ("jetemail", "outbound.bounced", "OutboundBounced", "outbound.bounced"),
    ("jetemail", "outbound.clicked", "OutboundClicked", "outbound.clicked"),
    ("jetemail", "outbound.complaint", "OutboundComplaint", "outbound.complaint"),
    ("jetemail", "outbound.deferred", "OutboundDeferred", "outbound.deferred"),
    ("jetemail", "outbound.delivered--nulls-extra", "OutboundDelivered", "outbound.delivered"),
    ("jetemail", "outbound.delivered", "OutboundDelivered", "outbound.delivered"),
    ("jetemail", "outbound.dropped", "OutboundDropped", "outbound.dropped"),
    ("jetemail", "outbound.opened--unicode", "OutboundOpened", "outbound.opened"),
    ("jetemail", "outbound.opened", "OutboundOpened", "outbound.opened"),
    ("jetemail", "outbound.queued--big-created_at", "OutboundQueued", "outbound.queued"),
    ("jetemail", "outbound.queued", "OutboundQueued", "outbound.queued"),
    ("jetemail", "outbound.rejected", "OutboundRejected", "outbound.rejected"),
    ("jetemail", "outbound.spam", "OutboundSpam", "outbound.spam"),
    ("jetemail", "outbound.virus", "OutboundVirus", "outbound.virus"),
    ("jetemail", "unknown-event", "Unknown", "outbound.unsubscribed"),
    ("jetemail", "unknown-service", "Unknown", "sms.delivered"),
    ("jetemail-inbound", "email--inline-image", "Email", ""),
    ("jetemail-inbound", "email--no-attachments", "Email", ""),
    ("jetemail-inbound", "email--unicode", "Email", ""),
    ("jetemail-inbound", "email", "Email", ""),
    ("mailingapi", "bounced--soft", "Bounced", "bounced"),
    ("mailingapi", "bounced", "Bounced", "bounced"),
    ("mailingapi", "clicked--extra-fields", "Clicked", "clicked"),
    ("mailingapi", "clicked", "Clicked", "clicked"),
    ("mailingapi", "complained", "Complained", "complained"),
    ("mailingapi", "deferred", "Deferred", "deferred"),
    ("mailingapi", "delivered--no-metadata", "Delivered", "delivered"),
    ("mailingapi", "delivered--nulls", "Delivered", "delivered"),
    ("mailingapi", "delivered--seed-example", "Delivered", "delivered"),
    ("mailingapi", "delivered", "Delivered", "delivered"),
    ("mailingapi", "inbound", "Inbound", "inbound"),
    ("mailingapi", "opened--unicode", "Opened", "opened"),
    ("mailingapi", "opened", "Opened", "opened"),
    ("mailingapi", "unknown-event", "Unknown", "rendered"),
    ("mailingapi", "unsubscribed", "Unsubscribed", "unsubscribed"),
    ("sendkit", "email.bounced--nulls", "EmailBounced", "email.bounced"),
    ("sendkit", "email.bounced", "EmailBounced", "email.bounced"),
    ("sendkit", "email.clicked", "EmailClicked", "email.clicked"),
    ("sendkit", "email.opened--header-only", "Unknown", ""),
    ("sendkit", "email.opened", "EmailOpened", "email.opened"),
    ("sendkit", "email.positive_reply", "EmailPositiveReply", "email.positive_reply"),
    ("sendkit", "email.replied--eventType-key", "EmailReplied", "email.replied"),
    ("sendkit", "email.replied--type-key", "EmailReplied", "email.replied"),
    ("sendkit", "email.replied--unicode", "EmailReplied", "email.replied"),
    ("sendkit", "email.replied", "EmailReplied", "email.replied"),
    ("sendkit", "email.sent", "EmailSent", "email.sent"),
    ("sendkit", "email.unsubscribed", "EmailUnsubscribed", "email.unsubscribed"),
    ("sendkit", "lead.updated", "LeadUpdated", "lead.updated"),
    ("sendkit", "test", "Test", "test"),
    ("sendkit", "unknown-event", "Unknown", "meeting.booked"),
    ("sendmux", "mail.inbound--spam", "ReceivedSpam", "mail.inbound"),
    ("sendmux", "mail.inbound", "Received", "mail.inbound"),
    ("sendmux", "message.bounced--transient", "Bounced", "message.bounced"),
    ("sendmux", "message.bounced--undetermined", "Bounced", "message.bounced"),
    ("sendmux", "message.bounced", "Bounced", "message.bounced"),
    ("sendmux", "message.complained", "Complained", "message.complained"),
    ("sendmux", "message.delivered--extra-fields", "Delivered", "message.delivered"),
    ("sendmux", "message.delivered--missing-keys", "Delivered", "message.delivered"),
    ("sendmux", "message.delivered", "Delivered", "message.delivered"),
    ("sendmux", "message.delivery_delayed", "DeliveryDelayed", "message.delivery_delayed"),
    ("sendmux", "message.received--all-null", "Received", "message.received"),
    ("sendmux", "message.received--unicode", "Received", "message.received"),
    ("sendmux", "message.received", "Received", "message.received"),
    ("sendmux", "message.received.spam", "ReceivedSpam", "message.received.spam"),
    ("sendmux", "message.rejected", "Rejected", "message.rejected"),
    ("sendmux", "sendmux.test", "Test", "sendmux.test"),
    ("sendmux", "ses.bounce", "Bounced", "ses.bounce"),
    ("sendmux", "ses.complaint", "Complained", "ses.complaint"),
    ("sendmux", "ses.delivery", "Delivered", "ses.delivery"),
    ("sendmux", "ses.delivery_delay", "DeliveryDelayed", "ses.delivery_delay"),
    ("sendmux", "ses.reject", "Rejected", "ses.reject"),
    ("sendmux", "unknown-event", "Unknown", "message.archived"),
    ("sent", "call.ended", "Call", "call.ended"),
    ("sent", "call.started", "Call", "call.started"),
    ("sent", "channel.updated", "Channel", "channel.updated"),
    ("sent", "contact.created", "Contact", "contact.created"),
    ("sent", "contact.opted_out", "Contact", "contact.opted_out"),
    ("sent", "contact.updated", "Contact", "contact.updated"),
    ("sent", "link.clicked", "Link", "link.clicked"),
    ("sent", "message.blocked", "MessageBlocked", "message.blocked"),
    ("sent", "message.delivered--sub_type", "MessageDelivered", "message.delivered"),
    ("sent", "message.delivered--value-key", "MessageDelivered", "message.delivered"),
    ("sent", "message.delivered", "MessageDelivered", "message.delivered"),
    ("sent", "message.failed--nulls-extra", "MessageFailed", "message.failed"),
    ("sent", "message.failed", "MessageFailed", "message.failed"),
    ("sent", "message.filtered", "MessageFiltered", "message.filtered"),
    ("sent", "message.queued", "MessageQueued", "message.queued"),
    ("sent", "message.read", "MessageRead", "message.read"),
    ("sent", "message.received--sub_type", "MessageReceived", "message.received"),
    ("sent", "message.received--unicode", "MessageReceived", "message.received"),
    ("sent", "message.received", "MessageReceived", "message.received"),
    ("sent", "message.routed", "MessageRouted", "message.routed"),
    ("sent", "message.scheduled", "MessageScheduled", "message.scheduled"),
    ("sent", "message.sent", "MessageSent", "message.sent"),
    ("sent", "templates--pending-value-key", "Templates", "templates"),
    ("sent", "templates--rejected", "Templates", "templates"),
    ("sent", "templates", "Templates", "templates"),
    ("sent", "unknown-event", "Unknown", "message.reacted"),
    ("sent", "unknown-field", "Unknown", "invoice.paid"),
];

/// Keys that the corpus adds to what is described, so that no type reads them.
const EXTRA_KEYS: &[&str] = &[
    "api_version",
    "bot",
    "cost",
    "schema_version",
    "smtp_response",
    "tags",
    "trace",
    "trace_id",
];

#[test]
fn the_table_names_every_file_of_the_corpus() {
    let mut found = BTreeSet::new();
    for folder in fs::read_dir(payloads()).unwrap().map(Result::unwrap) {
        if !folder.file_type().unwrap().is_dir() {
            continue;
        }
        for file in fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
            let provider = folder.file_name().into_string().unwrap();
            found.insert((provider, file.file_name().into_string().unwrap()));
        }
    }
    let named: BTreeSet<_> = CORPUS
        .iter()
        .map(|(provider, file, ..)| ((*provider).to_owned(), format!("{file}.json")))
        .collect();
    assert_eq!(found, named);
    assert_eq!(named.len(), CORPUS.len());
}

#[test]
fn every_payload_reads_as_its_variant_and_keeps_its_name() {
    for (provider, file, variant, name) in CORPUS {
        let body = payload(provider, file);
        let event = read(provider, &body).unwrap();
        assert_eq!(event.variant(), *variant, "{provider}/{file}");
        assert_eq!(
            event.name.as_deref().unwrap_or_default(),
            *name,
            "{provider}/{file}"
        );
        assert_eq!(
            event.unknown.is_some(),
            *variant == "Unknown",
            "{provider}/{file}"
        );
        if let Some(unknown) = event.unknown {
            assert_eq!(unknown.name, event.name, "{provider}/{file}");
            assert_eq!(unknown.raw.get().as_bytes(), body, "{provider}/{file}");
        }
    }
}

#[test]
fn every_value_of_a_known_event_stands_in_its_field() {
    let mut checked = 0;
    for (provider, file, variant, _) in CORPUS {
        if *variant == "Unknown" {
            continue;
        }
        let body = payload(provider, file);
        let event = read(provider, &body).unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap();
        let raw_only = ["Call", "Channel", "Contact", "Link"].contains(variant);
        for (key, value) in body.as_object().unwrap() {
            let field = match key.as_str() {
                "type" | "event" | "eventType" | "sub_type" => "received_name".to_owned(),
                "value" => "payload".to_owned(),
                key => snake(key),
            };
            checked += check_field(&event.event, &field, value, &format!("{provider}/{file}"));
            if let ("data" | "payload" | "value", false, Some(data)) =
                (key.as_str(), raw_only, value.as_object())
            {
                for (key, value) in data {
                    checked += check_field(
                        &event.kind,
                        &snake(key),
                        value,
                        &format!("{provider}/{file} {key}"),
                    );
                }
            }
        }
    }
    assert!(checked > 900, "{checked}");
}

/// Looks for `field` with `value` in the `Debug` form of an event.
fn check_field(event: &str, field: &str, value: &Value, case: &str) -> usize {
    if EXTRA_KEYS.contains(&field) {
        return 0;
    }
    let candidates = match value {
        Value::Null => {
            assert!(
                !event.contains(&format!(" {field}: Some(")),
                "{case} in {event}"
            );
            return 1;
        }
        Value::String(text) => {
            let mut candidates = vec![
                format!(" {field}: Some({text:?})"),
                format!(" {field}: [{text:?}]"),
                format!(" {field}: Some({text})").to_lowercase(),
            ];
            if let Ok(time) = OffsetDateTime::parse(text, &Rfc3339) {
                candidates = vec![format!(" {field}: Some({time:?})")];
            }
            candidates
        }
        Value::Array(items) if items.iter().all(Value::is_object) && !items.is_empty() => {
            let items = items.iter().filter_map(Value::as_object).flatten();
            return items
                .map(|(key, value)| check_field(event, key, value, case))
                .sum();
        }
        Value::Object(headers) if field == "headers" => headers
            .iter()
            .map(|(name, value)| match value {
                Value::Array(_) => format!("{name:?}: [\"a\", \"b\"]"),
                value => format!("{name:?}: [{:?}]", value.as_str().unwrap()),
            })
            .collect(),
        Value::Object(_) => vec![format!(
            " {field}: Some(RawJson({} bytes))",
            value.to_string().len()
        )],
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| item.as_str().unwrap()).collect();
            vec![format!(" {field}: {items:?}")]
        }
        other => vec![format!(" {field}: Some({other})")],
    };
    // `Debug` puts a space before each field, and an enum's variant has its own case.
    let found = candidates
        .iter()
        .any(|text| event.contains(text) || event.to_lowercase().contains(text));
    assert!(found, "{case}: none of {candidates:?} in {event}");
    1
}

fn snake(key: &str) -> String {
    let mut text = String::new();
    for c in key.chars() {
        if c.is_ascii_uppercase() {
            text.push('_');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}

#[test]
fn a_payload_cut_anywhere_is_an_error() {
    for (provider, file, ..) in CORPUS {
        let body = payload(provider, file);
        for end in 0..body.len() {
            assert!(
                read(provider, &body[..end]).is_err(),
                "{provider}/{file} cut at {end}"
            );
        }
    }
}

#[test]
fn a_payload_with_one_byte_changed_never_panics() {
    for (provider, file, ..) in CORPUS {
        let mut body = payload(provider, file);
        for at in 0..body.len() {
            let kept = body[at];
            for byte in [b'"', b'[', b'\\', 0xff] {
                body[at] = byte;
                if let Ok(event) = read(provider, &body) {
                    assert!(std::str::from_utf8(&body).is_ok(), "{event:?}");
                }
            }
            body[at] = kept;
        }
    }
}
