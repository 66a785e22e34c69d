//! The example bodies, and which typed event each must become.

use std::error::Error;
use std::fs;
use std::path::Path;

use bytes::Bytes;

/// The bodies, a folder a provider, a file an event: `<event>.json` or `<event>--<what is special>.json`.
const BODIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/payloads");

/// An example body.
#[derive(Debug)]
pub(crate) struct Example {
    /// The file's name without its ending.
    pub(crate) title: String,
    pub(crate) body: Bytes,
    /// The variant that it must become.
    pub(crate) variant: &'static str,
    /// The name that it must come under, where it has one and is known.
    pub(crate) name: Option<String>,
}

/// The examples of one folder, sorted.
pub(crate) fn examples(folder: &'static str) -> Result<Vec<Example>, Box<dyn Error + Send + Sync>> {
    let path = Path::new(BODIES).join(folder);
    let mut examples = Vec::new();
    let files = fs::read_dir(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    for file in files {
        let path = file?.path();
        let title = path.file_stem().unwrap_or_default().to_string_lossy();
        let variant = variant(folder, &title)
            .ok_or_else(|| format!("{}: which event is it?", path.display()))?;
        examples.push(Example {
            name: name(&title, variant),
            variant,
            body: fs::read(&path)?.into(),
            title: title.into_owned(),
        });
    }
    examples.sort_by(|a, b| a.title.cmp(&b.title));
    Ok(examples)
}

/// What stands before `--`: the event's name.
fn event(title: &str) -> &str {
    title.split_once("--").map_or(title, |(event, _)| event)
}

fn name(title: &str, variant: &str) -> Option<String> {
    // Inbound e-mail has no name; an unknown event's stands in the body alone.
    let nameless = ["Email", "Unknown"].contains(&variant);
    (!nameless).then(|| event(title).to_owned())
}

fn variant(folder: &str, title: &str) -> Option<&'static str> {
    if title.starts_with("unknown-") {
        return Some("Unknown");
    }
    let (_, variants) = VARIANTS.iter().find(|(name, _)| *name == folder)?;
    let of = |wanted| variants.iter().find(|(name, _)| *name == wanted);
    of(title)
        .or_else(|| of(event(title)))
        .map(|(_, variant)| *variant)
}

type Variants = &'static [(&'static str, &'static str)];

/// By folder, and by the event's name or a whole title.
const VARIANTS: [(&str, Variants); 6] = [
    ("sendmux", SENDMUX),
    ("mailingapi", MAILINGAPI),
    ("sendkit", SENDKIT),
    ("jetemail", JETEMAIL),
    ("jetemail-inbound", &[("email", "Email")]),
    ("sent", SENT),
];

const SENDMUX: Variants = &[
    ("mail.inbound", "Received"),
    // The old name stood for both.
    ("mail.inbound--spam", "ReceivedSpam"),
    ("message.bounced", "Bounced"),
    ("message.complained", "Complained"),
    ("message.delivered", "Delivered"),
    ("message.delivery_delayed", "DeliveryDelayed"),
    ("message.received", "Received"),
    ("message.received.spam", "ReceivedSpam"),
    ("message.rejected", "Rejected"),
    ("sendmux.test", "Test"),
    ("ses.bounce", "Bounced"),
    ("ses.complaint", "Complained"),
    ("ses.delivery", "Delivered"),
    ("ses.delivery_delay", "DeliveryDelayed"),
    ("ses.reject", "Rejected"),
];

const MAILINGAPI: Variants = &[
    ("bounced", "Bounced"),
    ("clicked", "Clicked"),
    ("complained", "Complained"),
    ("deferred", "Deferred"),
    ("delivered", "Delivered"),
    ("inbound", "Inbound"),
    ("opened", "Opened"),
    ("unsubscribed", "Unsubscribed"),
];

const SENDKIT: Variants = &[
    ("email.bounced", "EmailBounced"),
    ("email.clicked", "EmailClicked"),
    ("email.opened", "EmailOpened"),
    // Only a header names it, and no signature covers that.
    ("email.opened--header-only", "Unknown"),
    ("email.positive_reply", "EmailPositiveReply"),
    ("email.replied", "EmailReplied"),
    ("email.sent", "EmailSent"),
    ("email.unsubscribed", "EmailUnsubscribed"),
    ("lead.updated", "LeadUpdated"),
    ("test", "Test"),
];

const JETEMAIL: Variants = &[
    ("inbound.blocked", "InboundBlocked"),
    ("inbound.delivered", "InboundDelivered"),
    ("inbound.received", "InboundReceived"),
    ("inbound.spam", "InboundSpam"),
    ("outbound.bounced", "OutboundBounced"),
    ("outbound.clicked", "OutboundClicked"),
    ("outbound.complaint", "OutboundComplaint"),
    ("outbound.deferred", "OutboundDeferred"),
    ("outbound.delivered", "OutboundDelivered"),
    ("outbound.dropped", "OutboundDropped"),
    ("outbound.opened", "OutboundOpened"),
    ("outbound.queued", "OutboundQueued"),
    ("outbound.rejected", "OutboundRejected"),
    ("outbound.spam", "OutboundSpam"),
    ("outbound.virus", "OutboundVirus"),
];

const SENT: Variants = &[
    ("call.ended", "Call"),
    ("call.started", "Call"),
    ("channel.updated", "Channel"),
    ("contact.created", "Contact"),
    ("contact.opted_out", "Contact"),
    ("contact.updated", "Contact"),
    ("link.clicked", "Link"),
    ("message.blocked", "MessageBlocked"),
    ("message.delivered", "MessageDelivered"),
    ("message.failed", "MessageFailed"),
    ("message.filtered", "MessageFiltered"),
    ("message.queued", "MessageQueued"),
    ("message.read", "MessageRead"),
    ("message.received", "MessageReceived"),
    ("message.routed", "MessageRouted"),
    ("message.scheduled", "MessageScheduled"),
    ("message.sent", "MessageSent"),
    ("templates", "Templates"),
];
