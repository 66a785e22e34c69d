//! One body an event, from the examples that the tests of the receiving side read too.

use super::Known;
use crate::provider::Provider;

macro_rules! known {
    ($provider:literal: $($name:literal $(was $old:literal)?),+ $(,)?) => {
        &[$(Known {
            name: $name,
            old: known!(@old $($old)?),
            example: include_str!(concat!(
                "../../../tests/data/payloads/", $provider, "/", $name, ".json"
            )),
        }),+]
    };
    (@old) => { None };
    (@old $old:literal) => { Some($old) };
}

pub(super) const fn of(provider: Provider) -> &'static [Known] {
    match provider {
        Provider::Sendmux => SENDMUX,
        Provider::MailingApi => MAILINGAPI,
        Provider::SendKit => SENDKIT,
        Provider::JetEmail => JETEMAIL,
        Provider::Sent => SENT,
    }
}

/// The old names are those of its create-webhook page; `mail.inbound` covered spam too.
static SENDMUX: &[Known] = known!["sendmux":
    "message.delivered" was "ses.delivery",
    "message.bounced" was "ses.bounce",
    "message.complained" was "ses.complaint",
    "message.rejected" was "ses.reject",
    "message.delivery_delayed" was "ses.delivery_delay",
    "message.received" was "mail.inbound",
    "message.received.spam" was "mail.inbound",
    "sendmux.test",
];

static MAILINGAPI: &[Known] = known!["mailingapi":
    "delivered",
    "bounced",
    "deferred",
    "opened",
    "clicked",
    "unsubscribed",
    "complained",
    "inbound",
];

/// An open set: a body of the user's own can have any name.
static SENDKIT: &[Known] = known!["sendkit":
    "email.sent",
    "email.opened",
    "email.clicked",
    "email.replied",
    "email.positive_reply",
    "email.bounced",
    "email.unsubscribed",
    "lead.updated",
    "test",
];

/// `outbound.queued` is sent, though nobody can subscribe to it.
static JETEMAIL: &[Known] = known!["jetemail":
    "outbound.delivered",
    "outbound.bounced",
    "outbound.rejected",
    "outbound.deferred",
    "outbound.spam",
    "outbound.dropped",
    "outbound.virus",
    "outbound.opened",
    "outbound.clicked",
    "outbound.complaint",
    "outbound.queued",
    "inbound.received",
    "inbound.delivered",
    "inbound.spam",
    "inbound.blocked",
];

/// Those of contacts, channels, links and calls are assumed.
static SENT: &[Known] = known!["sent":
    "message.delivered",
    "message.queued",
    "message.routed",
    "message.sent",
    "message.read",
    "message.failed",
    "message.scheduled",
    "message.filtered",
    "message.blocked",
    "message.received",
    "templates",
    "contact.created",
    "contact.updated",
    "contact.opted_out",
    "channel.updated",
    "link.clicked",
    "call.started",
    "call.ended",
];
