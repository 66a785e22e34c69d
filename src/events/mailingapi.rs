//! MailingAPI's events: outbound messages, what became of them, and mail received.
//!
//! Read from the provider's [webhook guide] and its description of the endpoint that creates a
//! webhook. The envelope and the fields of [`Message`] are described there, and so is the time of a
//! delivery. Everything else in the content of an event is assumed, and says so.
//!
//! The event names are bare (`delivered`, not `message.delivered`), so they mean nothing without
//! the provider.
//!
//! [webhook guide]: https://mailingapi.com/docs/webhooks

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::fields::Fields;
use super::open::open_enum;
use super::{EventError, RawJson, Unknown};

/// An event of MailingAPI.
///
/// # Example
///
/// ```
/// use hookproof::events::{Event as _, mailingapi};
///
/// let body = br#"{"id":"evt_1234567890","type":"delivered","timestamp":"2024-01-15T10:30:00Z",
///     "data":{"message_id":"msg_abc123","from":"hello@example.com","to":"user@example.com",
///     "subject":"Your order shipped","metadata":{"user_id":"usr_123"}}}"#;
/// let event = mailingapi::Event::from_body(body)?;
/// assert_eq!(event.id.as_deref(), Some("evt_1234567890"));
/// match event.kind {
///     mailingapi::EventKind::Delivered(delivered) => {
///         assert_eq!(delivered.message.to.as_deref(), Some("user@example.com"));
///         assert_eq!(delivered.delivered_at, None);
///     }
///     other => panic!("{other:?}"),
/// }
/// # Ok::<(), hookproof::events::EventError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// The event's id.
    pub id: Option<String>,
    /// The event's name as received.
    pub received_name: Option<String>,
    /// When it happened.
    pub timestamp: Option<OffsetDateTime>,
    /// The content as sent, for the fields that these types do not read.
    pub data: Option<RawJson>,
    /// What happened.
    pub kind: EventKind,
}

impl super::Event for Event {
    const PROVIDERS: &'static [&'static str] = &["mailingapi"];

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
            timestamp: fields.time("timestamp")?,
            data: fields.raw("data")?,
            kind,
        })
    }

    fn name(&self) -> Option<&str> {
        self.received_name.as_deref()
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EventKind {
    /// The message came back, for good or for now: `bounced`.
    Bounced(Bounced),
    /// The recipient followed a link: `clicked`.
    Clicked(Clicked),
    /// The recipient complained: `complained`.
    Complained(Complained),
    /// The message is to be tried again: `deferred`.
    Deferred(Deferred),
    /// The message reached the recipient's server: `delivered`.
    Delivered(Delivered),
    /// A message was received: `inbound`.
    Inbound(Inbound),
    /// The recipient opened the message: `opened`.
    Opened(Opened),
    /// The recipient unsubscribed: `unsubscribed`.
    Unsubscribed(Unsubscribed),
    /// An event that this type does not know.
    Unknown(Unknown),
}

impl EventKind {
    fn read(name: Option<&str>, fields: &Fields<'_>) -> Result<Self, EventError> {
        let data = || fields.object("data");
        Ok(match name {
            Some("bounced") => Self::Bounced(Bounced::read(&data()?)?),
            Some("clicked") => Self::Clicked(Clicked::read(&data()?)?),
            Some("complained") => Self::Complained(Complained::read(&data()?)?),
            Some("deferred") => Self::Deferred(Deferred::read(&data()?)?),
            Some("delivered") => Self::Delivered(Delivered::read(&data()?)?),
            Some("inbound") => {
                let data = fields.clone().lenient().object("data")?;
                Self::Inbound(Inbound::read(&data)?)
            }
            Some("opened") => Self::Opened(Opened::read(&data()?)?),
            Some("unsubscribed") => Self::Unsubscribed(Unsubscribed::read(&data()?)?),
            _ => Self::Unknown(fields.unknown(name)),
        })
    }
}

/// The message that an event is about.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// The message's id.
    pub message_id: Option<String>,
    /// The sender.
    pub from: Option<String>,
    /// The recipient.
    pub to: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// What the sender attached to the message, an object of any shape.
    pub metadata: Option<RawJson>,
}

impl Message {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message_id: data.value("message_id")?,
            from: data.value("from")?,
            to: data.value("to")?,
            subject: data.value("subject")?,
            metadata: data.raw("metadata")?,
        })
    }
}

/// A message that came back.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Bounced {
    /// The message.
    pub message: Message,
    /// Whether it came back for good or for now. The field and its values are assumed.
    pub bounce_type: Option<BounceType>,
    /// The code of the answer. Assumed.
    pub bounce_code: Option<String>,
    /// The text of the answer. Assumed.
    pub bounce_message: Option<String>,
}

impl Bounced {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            bounce_type: data.assumed::<String>("bounce_type")?.map(BounceType::from),
            bounce_code: data.assumed("bounce_code")?,
            bounce_message: data.assumed("bounce_message")?,
        })
    }
}

/// A link that was followed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Clicked {
    /// The message.
    pub message: Message,
    /// When the link was followed. Assumed.
    pub clicked_at: Option<OffsetDateTime>,
    /// The link. Assumed.
    pub url: Option<String>,
    /// The reader's address. Assumed.
    pub ip: Option<String>,
    /// The reader's program. Assumed.
    pub user_agent: Option<String>,
}

impl Clicked {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            clicked_at: data.assumed_time("clicked_at")?,
            url: data.assumed("url")?,
            ip: data.assumed("ip")?,
            user_agent: data.assumed("user_agent")?,
        })
    }
}

/// A complaint about a message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Complained {
    /// The message.
    pub message: Message,
    /// When the recipient complained. Assumed.
    pub complained_at: Option<OffsetDateTime>,
    /// The kind of complaint. Assumed.
    pub feedback_type: Option<String>,
}

impl Complained {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            complained_at: data.assumed_time("complained_at")?,
            feedback_type: data.assumed("feedback_type")?,
        })
    }
}

/// A message that is to be tried again.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Deferred {
    /// The message.
    pub message: Message,
    /// Why it could not be delivered. Assumed.
    pub reason: Option<String>,
    /// The number of the attempt. Assumed.
    pub attempt: Option<u64>,
    /// When it is tried again. Assumed.
    pub next_retry_at: Option<OffsetDateTime>,
}

impl Deferred {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            reason: data.assumed("reason")?,
            attempt: data.assumed("attempt")?,
            next_retry_at: data.assumed_time("next_retry_at")?,
        })
    }
}

/// A message that reached the recipient's server.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Delivered {
    /// The message.
    pub message: Message,
    /// When it was delivered.
    pub delivered_at: Option<OffsetDateTime>,
}

impl Delivered {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            delivered_at: data.time("delivered_at")?,
        })
    }
}

/// A message received. The whole of it is assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Inbound {
    /// The message's id, sender, recipient and subject.
    pub message: Message,
    /// The text.
    pub text: Option<String>,
    /// The text as HTML.
    pub html: Option<String>,
    /// The header fields, each with its values.
    pub headers: BTreeMap<String, Vec<String>>,
    /// What is attached.
    pub attachments: Vec<Attachment>,
}

impl Inbound {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        let attachments = data.objects("attachments")?;
        Ok(Self {
            message: Message::read(data)?,
            text: data.value("text")?,
            html: data.value("html")?,
            headers: data.headers("headers")?,
            attachments: attachments
                .iter()
                .map(Attachment::read)
                .collect::<Result<_, _>>()?,
        })
    }
}

/// A file attached to a message received. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Attachment {
    /// The file's name.
    pub filename: Option<String>,
    /// The file's media type.
    pub content_type: Option<String>,
    /// The file's length in bytes.
    pub size: Option<u64>,
}

impl Attachment {
    fn read(fields: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            filename: fields.value("filename")?,
            content_type: fields.value("content_type")?,
            size: fields.value("size")?,
        })
    }
}

/// A message that the recipient opened.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Opened {
    /// The message.
    pub message: Message,
    /// When it was opened. Assumed.
    pub opened_at: Option<OffsetDateTime>,
    /// The reader's address. Assumed.
    pub ip: Option<String>,
    /// The reader's program. Assumed.
    pub user_agent: Option<String>,
}

impl Opened {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            opened_at: data.assumed_time("opened_at")?,
            ip: data.assumed("ip")?,
            user_agent: data.assumed("user_agent")?,
        })
    }
}

/// A recipient who unsubscribed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Unsubscribed {
    /// The message.
    pub message: Message,
    /// When the recipient unsubscribed. Assumed.
    pub unsubscribed_at: Option<OffsetDateTime>,
}

impl Unsubscribed {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            unsubscribed_at: data.assumed_time("unsubscribed_at")?,
        })
    }
}

open_enum! {
    /// Whether a message came back for good or for now. The values are assumed.
    BounceType {
        /// For good.
        Hard = "hard",
        /// For now.
        Soft = "soft",
    }
}
