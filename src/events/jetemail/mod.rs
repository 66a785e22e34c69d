//! JetEmail's events: messages on their way out and in.
//!
//! Read from the provider's [list of events]. The envelope is documented there, and so is the
//! content of `outbound.queued`, `outbound.delivered` and `outbound.bounced`. The names of the
//! other events are documented or stand in the description of the endpoint that creates a webhook;
//! their content is assumed, and says so.
//!
//! A route that receives whole e-mails is signed in another way and has a module of its own,
//! [`jetemail_inbound`](super::jetemail_inbound).
//!
//! [list of events]: https://jetemail.com/docs/webhooks/events

mod inbound;
mod outbound;

use time::OffsetDateTime;

use super::fields::Fields;
use super::open::open_enum;
use super::{EventError, RawJson, Unknown};

pub use inbound::{InboundBlocked, InboundDelivered, InboundReceived, InboundSpam};
pub use outbound::{
    BounceType, Bounced, Clicked, Complaint, Deferred, Delivered, Dropped, Opened, Queued,
    Rejected, Spam, Virus,
};

/// An event of JetEmail.
///
/// # Example
///
/// ```
/// use hookproof::events::{Event as _, jetemail};
///
/// let body = br#"{"id":"evt_000000000000000000abc003","service":"outbound",
///     "type":"outbound.bounced","created_at":1779999997,
///     "data":{"uid":"9acc5494cd7d20629cec","from":"sender@example.com",
///     "to":"recipient@example.net","bounce_type":"hard","mx":"mx.example.net",
///     "host":"192.0.2.1","ip":"198.51.100.7","response":"550 5.1.1 User unknown"}}"#;
/// let event = jetemail::Event::from_body(body)?;
/// assert_eq!(event.service, Some(jetemail::Service::Outbound));
/// assert_eq!(event.created_time().unwrap().year(), 2026);
/// match event.kind {
///     jetemail::EventKind::OutboundBounced(bounced) => {
///         assert_eq!(bounced.bounce_type, Some(jetemail::BounceType::Hard));
///         assert_eq!(bounced.server.mx.as_deref(), Some("mx.example.net"));
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
    /// The side of the service.
    pub service: Option<Service>,
    /// The event's name as received.
    pub received_name: Option<String>,
    /// When it happened, in seconds since 1970 as sent; [`Event::created_time`] makes it a time.
    pub created_at: Option<i64>,
    /// The content as sent, for the fields that these types do not read.
    pub data: Option<RawJson>,
    /// What happened.
    pub kind: EventKind,
}

impl Event {
    /// Returns when it happened, or `None` if the number is missing or lies past the year 9999.
    #[must_use]
    pub fn created_time(&self) -> Option<OffsetDateTime> {
        self.created_at
            .and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok())
    }
}

impl super::Event for Event {
    const PROVIDERS: &'static [&'static str] = &["jetemail"];

    fn from_body(body: &[u8]) -> Result<Self, EventError> {
        let mut fields = Fields::of_body(body)?;
        let received_name = fields.value::<String>("type")?;
        let kind = EventKind::read(received_name.as_deref(), &fields)?;
        if matches!(kind, EventKind::Unknown(_)) {
            fields = fields.lenient();
        }
        Ok(Self {
            id: fields.value("id")?,
            service: fields.value::<String>("service")?.map(Service::from),
            received_name,
            created_at: fields.value("created_at")?,
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
    /// A message received was held back: `inbound.blocked`.
    InboundBlocked(InboundBlocked),
    /// A message received was passed on: `inbound.delivered`.
    InboundDelivered(InboundDelivered),
    /// A message was received: `inbound.received`.
    InboundReceived(InboundReceived),
    /// A message received was judged to be spam: `inbound.spam`.
    InboundSpam(InboundSpam),
    /// The message came back: `outbound.bounced`.
    OutboundBounced(Bounced),
    /// The recipient followed a link: `outbound.clicked`.
    OutboundClicked(Clicked),
    /// The recipient complained: `outbound.complaint`.
    OutboundComplaint(Complaint),
    /// The message is to be tried again: `outbound.deferred`.
    OutboundDeferred(Deferred),
    /// The message reached the recipient's server: `outbound.delivered`.
    OutboundDelivered(Delivered),
    /// The message was not sent: `outbound.dropped`.
    OutboundDropped(Dropped),
    /// The recipient opened the message: `outbound.opened`.
    OutboundOpened(Opened),
    /// The message was taken for sending: `outbound.queued`.
    OutboundQueued(Queued),
    /// The recipient's server refused the message: `outbound.rejected`.
    OutboundRejected(Rejected),
    /// The message was judged to be spam: `outbound.spam`.
    OutboundSpam(Spam),
    /// The message carried a virus: `outbound.virus`.
    OutboundVirus(Virus),
    /// An event that this type does not know.
    Unknown(Unknown),
}

impl EventKind {
    fn read(name: Option<&str>, fields: &Fields<'_>) -> Result<Self, EventError> {
        let data = || fields.object("data");
        let assumed = || fields.clone().lenient().object("data");
        Ok(match name {
            Some("inbound.blocked") => Self::InboundBlocked(InboundBlocked::read(&assumed()?)?),
            Some("inbound.delivered") => {
                Self::InboundDelivered(InboundDelivered::read(&assumed()?)?)
            }
            Some("inbound.received") => Self::InboundReceived(InboundReceived::read(&assumed()?)?),
            Some("inbound.spam") => Self::InboundSpam(InboundSpam::read(&assumed()?)?),
            Some("outbound.bounced") => Self::OutboundBounced(Bounced::read(&data()?)?),
            Some("outbound.clicked") => Self::OutboundClicked(Clicked::read(&assumed()?)?),
            Some("outbound.complaint") => Self::OutboundComplaint(Complaint::read(&assumed()?)?),
            Some("outbound.deferred") => Self::OutboundDeferred(Deferred::read(&assumed()?)?),
            Some("outbound.delivered") => Self::OutboundDelivered(Delivered::read(&data()?)?),
            Some("outbound.dropped") => Self::OutboundDropped(Dropped::read(&assumed()?)?),
            Some("outbound.opened") => Self::OutboundOpened(Opened::read(&assumed()?)?),
            Some("outbound.queued") => Self::OutboundQueued(Queued::read(&data()?)?),
            Some("outbound.rejected") => Self::OutboundRejected(Rejected::read(&assumed()?)?),
            Some("outbound.spam") => Self::OutboundSpam(Spam::read(&assumed()?)?),
            Some("outbound.virus") => Self::OutboundVirus(Virus::read(&assumed()?)?),
            _ => Self::Unknown(fields.unknown(name)),
        })
    }
}

/// The message that an event is about.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// The message's id.
    pub uid: Option<String>,
    /// The sender.
    pub from: Option<String>,
    /// The recipient.
    pub to: Option<String>,
    /// The subject; a bounce carries none.
    pub subject: Option<String>,
}

impl Message {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            uid: data.value("uid")?,
            from: data.value("from")?,
            to: data.value("to")?,
            subject: data.value("subject")?,
        })
    }
}

/// The server that was asked to take a message, and what it answered.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Server {
    /// The server's name.
    pub mx: Option<String>,
    /// The server's address.
    pub host: Option<String>,
    /// The address that the message was sent from.
    pub ip: Option<String>,
    /// The server's answer. Assumed for a bounce.
    pub response: Option<String>,
}

impl Server {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            mx: data.value("mx")?,
            host: data.value("host")?,
            ip: data.value("ip")?,
            response: data.value("response")?,
        })
    }
}

open_enum! {
    /// A side of the service.
    Service {
        /// Messages received.
        Inbound = "inbound",
        /// Messages sent.
        Outbound = "outbound",
    }
}
