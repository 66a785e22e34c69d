//! Sendmux's events: outbound messages on their way, and mail received.
//!
//! Read from `WebhookEventPayload` and `WebhookEventData` in the `openapi-app.json` of the
//! provider's [documentation repository]. Every field below is documented there. The old event
//! names stand in the description of the endpoint that creates a webhook; that their body has the
//! same shape is assumed.
//!
//! | event | old name | variant |
//! |---|---|---|
//! | `message.bounced` | `ses.bounce` | [`EventKind::Bounced`] |
//! | `message.complained` | `ses.complaint` | [`EventKind::Complained`] |
//! | `message.delivered` | `ses.delivery` | [`EventKind::Delivered`] |
//! | `message.delivery_delayed` | `ses.delivery_delay` | [`EventKind::DeliveryDelayed`] |
//! | `message.received` | `mail.inbound` | [`EventKind::Received`] |
//! | `message.received.spam` | `mail.inbound` with `is_spam` true | [`EventKind::ReceivedSpam`] |
//! | `message.rejected` | `ses.reject` | [`EventKind::Rejected`] |
//! | `sendmux.test` | | [`EventKind::Test`] |
//!
//! [documentation repository]: https://github.com/Sendmux/docs

use time::OffsetDateTime;

use super::fields::Fields;
use super::open::open_enum;
use super::{EventError, RawJson, Unknown};

/// An event of Sendmux.
///
/// # Example
///
/// ```
/// use hookproof::events::{Event as _, sendmux};
///
/// let body = br#"{"id":"evt_cl00000000000000000000012","type":"ses.bounce",
///     "team_public_id":"team_cl0000000000000000000000001","occurred_at":"2026-05-28T20:12:00Z",
///     "data":{"message_id":"0100018f-aaaa","message_id_kind":"provider",
///     "sendmux_message_id":"msg_cl0000000000000000000000001","sender":"billing@example.com",
///     "recipients":["ada@example.com"],"bounce_type":"Permanent","bounce_subtype":"General"}}"#;
/// let event = sendmux::Event::from_body(body)?;
/// assert_eq!(event.name(), Some("ses.bounce"));
/// match event.kind {
///     sendmux::EventKind::Bounced(bounced) => {
///         assert_eq!(bounced.bounce_type, Some(sendmux::BounceType::Permanent));
///         assert_eq!(bounced.message.recipients, ["ada@example.com"]);
///     }
///     other => panic!("{other:?}"),
/// }
/// # Ok::<(), hookproof::events::EventError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// The event's id, the same on every attempt.
    pub id: Option<String>,
    /// The event's name as received, which may be an old one.
    pub received_name: Option<String>,
    /// The team that the event belongs to.
    pub team_public_id: Option<String>,
    /// When it happened.
    pub occurred_at: Option<OffsetDateTime>,
    /// The content as sent, for the fields that these types do not read.
    pub data: Option<RawJson>,
    /// What happened.
    pub kind: EventKind,
}

impl super::Event for Event {
    const PROVIDERS: &'static [&'static str] = &["sendmux"];

    fn from_body(body: &[u8]) -> Result<Self, EventError> {
        let mut fields = Fields::of_body(body)?;
        let received_name = fields.value::<String>("type")?;
        let kind = EventKind::read(received_name.as_deref(), &fields)?;
        if matches!(kind, EventKind::Unknown(_)) {
            fields = fields.lenient();
        }
        Ok(Self {
            id: fields.value("id")?,
            received_name,
            team_public_id: fields.value("team_public_id")?,
            occurred_at: fields.time("occurred_at")?,
            data: fields.raw("data")?,
            kind,
        })
    }

    fn name(&self) -> Option<&str> {
        self.received_name.as_deref()
    }
}

/// What happened, under its present name.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EventKind {
    /// The message came back.
    Bounced(Bounced),
    /// A recipient complained about the message.
    Complained(Complained),
    /// The message reached the recipient's server.
    Delivered(Message),
    /// The message is waiting to be delivered.
    DeliveryDelayed(DeliveryDelayed),
    /// A mailbox received a message.
    Received(Message),
    /// A mailbox received a message that was judged to be spam.
    ReceivedSpam(Message),
    /// The message was refused before it was sent.
    Rejected(Rejected),
    /// A test, asked for by the webhook's owner.
    Test(Message),
    /// An event that this type does not know.
    Unknown(Unknown),
}

impl EventKind {
    fn read(name: Option<&str>, fields: &Fields<'_>) -> Result<Self, EventError> {
        let data = || fields.object("data");
        Ok(match name {
            Some("message.bounced" | "ses.bounce") => Self::Bounced(Bounced::read(&data()?)?),
            Some("message.complained" | "ses.complaint") => {
                Self::Complained(Complained::read(&data()?)?)
            }
            Some("message.delivered" | "ses.delivery") => Self::Delivered(Message::read(&data()?)?),
            Some("message.delivery_delayed" | "ses.delivery_delay") => {
                Self::DeliveryDelayed(DeliveryDelayed::read(&data()?)?)
            }
            Some("message.received") => Self::Received(Message::read(&data()?)?),
            Some("message.received.spam") => Self::ReceivedSpam(Message::read(&data()?)?),
            Some("message.rejected" | "ses.reject") => Self::Rejected(Rejected::read(&data()?)?),
            // The old name stood for both.
            Some("mail.inbound") => match Message::read(&data()?)? {
                message if message.is_spam == Some(true) => Self::ReceivedSpam(message),
                message => Self::Received(message),
            },
            Some("sendmux.test") => Self::Test(Message::read(&data()?)?),
            _ => Self::Unknown(fields.unknown(name)),
        })
    }
}

/// The message that an event is about.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// The message's id, of the kind that `message_id_kind` names.
    pub message_id: Option<String>,
    /// Who gave the message its id.
    pub message_id_kind: Option<MessageIdKind>,
    /// Sendmux's own id of an outbound message.
    pub sendmux_message_id: Option<String>,
    /// The sender.
    pub sender: Option<String>,
    /// The recipients; none for a test.
    pub recipients: Vec<String>,
    /// The mailbox that received the message.
    pub mailbox_id: Option<String>,
    /// Whether a received message was judged to be spam.
    pub is_spam: Option<bool>,
    /// The webhook that a test was asked for.
    pub webhook_id: Option<String>,
}

impl Message {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message_id: data.value("message_id")?,
            message_id_kind: data
                .value::<String>("message_id_kind")?
                .map(MessageIdKind::from),
            sendmux_message_id: data.value("sendmux_message_id")?,
            sender: data.value("sender")?,
            recipients: data.value("recipients")?.unwrap_or_default(),
            mailbox_id: data.value("mailbox_id")?,
            is_spam: data.value("is_spam")?,
            webhook_id: data.value("webhook_id")?,
        })
    }
}

/// A message that came back.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Bounced {
    /// The message.
    pub message: Message,
    /// Whether trying again may help.
    pub bounce_type: Option<BounceType>,
    /// The reason, in the provider's words.
    pub bounce_subtype: Option<String>,
}

impl Bounced {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            bounce_type: data.value::<String>("bounce_type")?.map(BounceType::from),
            bounce_subtype: data.value("bounce_subtype")?,
        })
    }
}

/// A complaint about a message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Complained {
    /// The message.
    pub message: Message,
    /// The kind of complaint; its values are not listed.
    pub complaint_type: Option<String>,
    /// The kind of complaint, more narrowly; its values are not listed.
    pub complaint_subtype: Option<String>,
}

impl Complained {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            complaint_type: data.value("complaint_type")?,
            complaint_subtype: data.value("complaint_subtype")?,
        })
    }
}

/// A message that is waiting to be delivered.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeliveryDelayed {
    /// The message.
    pub message: Message,
    /// The reason; its values are not listed.
    pub delay_type: Option<String>,
    /// When the provider gives up.
    pub delay_expires_at: Option<OffsetDateTime>,
}

impl DeliveryDelayed {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            delay_type: data.value("delay_type")?,
            delay_expires_at: data.time("delay_expires_at")?,
        })
    }
}

/// A message that was refused before it was sent.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rejected {
    /// The message.
    pub message: Message,
    /// The reason; its values are not listed.
    pub reject_reason: Option<String>,
}

impl Rejected {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            reject_reason: data.value("reject_reason")?,
        })
    }
}

open_enum! {
    /// Whether trying a bounced address again may help.
    BounceType {
        /// It will not help.
        Permanent = "Permanent",
        /// It may help.
        Transient = "Transient",
        /// The answer does not say.
        Undetermined = "Undetermined",
    }
}

open_enum! {
    /// Who gave a message its id.
    MessageIdKind {
        /// The service that delivers it.
        Provider = "provider",
        /// The sender, in the `Message-ID` header.
        Rfc5322 = "rfc5322",
    }
}
