//! Sent.dm's events: messages on their way, messages received, and templates under review.
//!
//! Read from the provider's [list of event types] and from
//! `skills/sent-webhook-engineer/SKILL.md` in its [plugin's repository]. The two spell the envelope
//! differently, and both spellings are read: the event's name is under `event`, else under the
//! older `sub_type`, and the content under `payload`, else under `value`. Where both are present
//! the first counts, even if they differ.
//!
//! The message events and `templates` are documented; only the reason of a failed message is
//! assumed. That there are events of contacts, channels, links and calls is assumed: they come with
//! their family told apart and their content as sent.
//!
//! `templates` has no event name, so [`Event::field`] decides there. Elsewhere the event's name
//! decides, and `field` only where there is none.
//!
//! [list of event types]: https://docs.sent.dm/start/webhooks/event-types
//! [plugin's repository]: https://github.com/sentdm/sent-plugin

use time::OffsetDateTime;

use super::fields::Fields;
use super::open::open_enum;
use super::{EventError, RawJson, Unknown};

/// An event of Sent.dm.
///
/// # Example
///
/// ```
/// use hookproof::events::{Event as _, sent};
///
/// let body = br#"{"field":"message","sub_type":"message.delivered",
///     "timestamp":"2026-05-28T20:11:00Z",
///     "payload":{"account_id":"7ba7b820-9dad-11d1-80b4-00c04fd430c8",
///     "message_id":"8ba7b830-9dad-11d1-80b4-00c04fd430c8","message_status":"DELIVERED",
///     "channel":"sms","inbound_number":"+15550100001","outbound_number":"+15550100002",
///     "template_id":"9ba7b840-9dad-11d1-80b4-00c04fd430c8","agent_id":"agent_abc123"}}"#;
/// let event = sent::Event::from_body(body)?;
/// assert_eq!(event.name(), Some("message.delivered"));
/// match event.kind {
///     sent::EventKind::MessageDelivered(message) => {
///         assert_eq!(message.message_status, Some(sent::MessageStatus::Delivered));
///         assert_eq!(message.channel, Some(sent::Channel::Sms));
///     }
///     other => panic!("{other:?}"),
/// }
/// # Ok::<(), hookproof::events::EventError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// The family of events.
    pub field: Option<String>,
    /// The event's name as received; `templates` has none.
    pub received_name: Option<String>,
    /// When it happened.
    pub timestamp: Option<OffsetDateTime>,
    /// The content as sent, for the fields and the events that these types do not read.
    pub payload: Option<RawJson>,
    /// What happened.
    pub kind: EventKind,
}

impl super::Event for Event {
    const PROVIDERS: &'static [&'static str] = &["sent"];

    fn from_body(body: &[u8]) -> Result<Self, EventError> {
        let mut fields = Fields::of_body(body)?;
        let name_key = fields.first_key(&["event", "sub_type"])?;
        let payload_key = fields
            .first_key(&["payload", "value"])?
            .unwrap_or("payload");
        let received_name = fields.value::<String>(name_key.unwrap_or("event"))?;
        let field = fields.assumed::<String>("field")?;
        let kind = EventKind::read(
            received_name.as_deref(),
            field.as_deref(),
            &fields,
            payload_key,
        )?;
        if kind.has_assumed_envelope() {
            fields = fields.lenient();
        }
        Ok(Self {
            field: fields.value("field")?,
            received_name,
            timestamp: fields.time("timestamp")?,
            payload: fields.raw(payload_key)?,
            kind,
        })
    }

    /// `templates` has no event name of its own: its family's stands in.
    fn name(&self) -> Option<&str> {
        self.received_name.as_deref().or(self.field.as_deref())
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EventKind {
    /// An event of a call: `call.*`. Assumed.
    Call(FamilyEvent),
    /// An event of a channel: `channel.*`. Assumed.
    Channel(FamilyEvent),
    /// An event of a contact: `contact.*`. Assumed.
    Contact(FamilyEvent),
    /// An event of a link: `link.*`. Assumed.
    Link(FamilyEvent),
    /// The message was not let through: `message.blocked`.
    MessageBlocked(Message),
    /// The message reached the recipient: `message.delivered`.
    MessageDelivered(Message),
    /// The message could not be delivered: `message.failed`.
    MessageFailed(Message),
    /// The message was held back by a filter: `message.filtered`.
    MessageFiltered(Message),
    /// The message was taken for sending: `message.queued`. Comes again where it is rerouted.
    MessageQueued(Message),
    /// The recipient read the message, on WhatsApp and RCS only: `message.read`.
    MessageRead(Message),
    /// A message was received: `message.received`.
    MessageReceived(Received),
    /// The message's channel was chosen: `message.routed`. Comes again where it is rerouted.
    MessageRouted(Message),
    /// The message is to be sent later: `message.scheduled`.
    MessageScheduled(Message),
    /// The message was handed to the channel: `message.sent`.
    MessageSent(Message),
    /// A template's review moved on: `templates`.
    Templates(Template),
    /// An event that this type does not know.
    Unknown(Unknown),
}

impl EventKind {
    fn read(
        name: Option<&str>,
        field: Option<&str>,
        fields: &Fields<'_>,
        payload_key: &str,
    ) -> Result<Self, EventError> {
        let payload = || fields.object(payload_key);
        let message = || Message::read(&payload()?);
        Ok(match (name, field) {
            (Some("message.blocked"), _) => Self::MessageBlocked(message()?),
            (Some("message.delivered"), _) => Self::MessageDelivered(message()?),
            (Some("message.failed"), _) => Self::MessageFailed(message()?),
            (Some("message.filtered"), _) => Self::MessageFiltered(message()?),
            (Some("message.queued"), _) => Self::MessageQueued(message()?),
            (Some("message.read"), _) => Self::MessageRead(message()?),
            (Some("message.received"), _) => Self::MessageReceived(Received::read(&payload()?)?),
            (Some("message.routed"), _) => Self::MessageRouted(message()?),
            (Some("message.scheduled"), _) => Self::MessageScheduled(message()?),
            (Some("message.sent"), _) => Self::MessageSent(message()?),
            (Some("templates"), _) | (None, Some("templates")) => {
                Self::Templates(Template::read(&payload()?)?)
            }
            _ => {
                Self::of_family(name, field).unwrap_or_else(|| Self::Unknown(fields.unknown(name)))
            }
        })
    }

    fn of_family(name: Option<&str>, field: Option<&str>) -> Option<Self> {
        let (family, action) = match name {
            Some(name) => name
                .split_once('.')
                .map_or((name, None), |(family, action)| (family, Some(action))),
            None => (field?, None),
        };
        let event = FamilyEvent {
            action: action.map(str::to_owned),
        };
        match family {
            "call" => Some(Self::Call(event)),
            "channel" => Some(Self::Channel(event)),
            "contact" => Some(Self::Contact(event)),
            "link" => Some(Self::Link(event)),
            _ => None,
        }
    }

    fn has_assumed_envelope(&self) -> bool {
        matches!(
            self,
            Self::Call(_) | Self::Channel(_) | Self::Contact(_) | Self::Link(_) | Self::Unknown(_)
        )
    }
}

/// An event of a family whose content is not described. The content is [`Event::payload`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FamilyEvent {
    /// What follows the first dot of the event's name.
    pub action: Option<String>,
}

/// A message on its way.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// The account that the message belongs to.
    pub account_id: Option<String>,
    /// The message's id.
    pub message_id: Option<String>,
    /// How far the message has come.
    pub message_status: Option<MessageStatus>,
    /// The channel; [`Channel::Auto`] where the message was never routed.
    pub channel: Option<Channel>,
    /// The number on the inbound side.
    pub inbound_number: Option<String>,
    /// The number on the outbound side.
    pub outbound_number: Option<String>,
    /// The template that the message was made from.
    pub template_id: Option<String>,
    /// The agent that sent the message.
    pub agent_id: Option<String>,
    /// Why the message failed. Assumed.
    pub reason: Option<String>,
}

impl Message {
    fn read(payload: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            account_id: payload.value("account_id")?,
            message_id: payload.value("message_id")?,
            message_status: payload
                .value::<String>("message_status")?
                .map(MessageStatus::from),
            channel: payload.value::<String>("channel")?.map(Channel::from),
            inbound_number: payload.value("inbound_number")?,
            outbound_number: payload.value("outbound_number")?,
            template_id: payload.value("template_id")?,
            agent_id: payload.value("agent_id")?,
            reason: payload.assumed("reason")?,
        })
    }
}

/// A message received.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Received {
    /// The account that received the message.
    pub account_id: Option<String>,
    /// The sender's number.
    pub from: Option<String>,
    /// The number that received the message.
    pub to: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The channel.
    pub channel: Option<Channel>,
    /// The carrier.
    pub provider: Option<String>,
    /// When the message was received.
    pub received_at: Option<OffsetDateTime>,
}

impl Received {
    fn read(payload: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            account_id: payload.value("account_id")?,
            from: payload.value("from")?,
            to: payload.value("to")?,
            text: payload.value("text")?,
            channel: payload.value::<String>("channel")?.map(Channel::from),
            provider: payload.value("provider")?,
            received_at: payload.time("received_at")?,
        })
    }
}

/// A template whose review moved on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Template {
    /// The account that the template belongs to.
    pub account_id: Option<String>,
    /// The template's id.
    pub template_id: Option<String>,
    /// The template's name.
    pub template_name: Option<String>,
    /// WhatsApp's id of the template, as sent: it may be empty.
    pub whatsapp_template_id: Option<String>,
    /// How the review stands.
    pub status: Option<TemplateStatus>,
    /// The template's language, such as `en_US`.
    pub language: Option<String>,
    /// The template's category, such as `UTILITY`; its values are not listed.
    pub category: Option<String>,
    /// The channel.
    pub channel: Option<Channel>,
    /// Why the template was rejected.
    pub reason: Option<String>,
}

impl Template {
    fn read(payload: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            account_id: payload.value("account_id")?,
            template_id: payload.value("template_id")?,
            template_name: payload.value("template_name")?,
            whatsapp_template_id: payload.value("whatsapp_template_id")?,
            status: payload.value::<String>("status")?.map(TemplateStatus::from),
            language: payload.value("language")?,
            category: payload.value("category")?,
            channel: payload.value::<String>("channel")?.map(Channel::from),
            reason: payload.value("reason")?,
        })
    }
}

open_enum! {
    /// A way to reach a recipient.
    Channel {
        /// Not chosen yet.
        Auto = "auto",
        /// RCS.
        Rcs = "rcs",
        /// SMS.
        Sms = "sms",
        /// WhatsApp.
        Whatsapp = "whatsapp",
    }
}

open_enum! {
    /// How far a message has come.
    MessageStatus {
        /// Not let through.
        Blocked = "BLOCKED",
        /// With the recipient.
        Delivered = "DELIVERED",
        /// Not deliverable.
        Failed = "FAILED",
        /// Held back by a filter.
        Filtered = "FILTERED",
        /// Taken for sending.
        Queued = "QUEUED",
        /// Read by the recipient.
        Read = "READ",
        /// Given a channel.
        Routed = "ROUTED",
        /// To be sent later.
        Scheduled = "SCHEDULED",
        /// Handed to the channel.
        Sent = "SENT",
    }
}

open_enum! {
    /// How the review of a template stands.
    TemplateStatus {
        /// It may be used.
        Approved = "APPROVED",
        /// It is under review.
        Pending = "PENDING",
        /// It may not be used.
        Rejected = "REJECTED",
    }
}
