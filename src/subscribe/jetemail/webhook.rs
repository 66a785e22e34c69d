//! A webhook as answers have it.

use crate::UnixTime;
use crate::subscribe::fields::Fields;
use crate::subscribe::names::names;

names! {
    /// An event that a webhook can be subscribed to.
    EventType {
        /// A message to a domain was refused.
        InboundBlocked = "inbound.blocked",
        /// A message to a domain reached its receiver.
        InboundDelivered = "inbound.delivered",
        /// A message to a domain was received.
        InboundReceived = "inbound.received",
        /// A message to a domain was judged to be spam.
        InboundSpam = "inbound.spam",
        /// A message came back.
        OutboundBounced = "outbound.bounced",
        /// A recipient followed a link.
        OutboundClicked = "outbound.clicked",
        /// A recipient complained about a message.
        OutboundComplaint = "outbound.complaint",
        /// A message is to be tried again.
        OutboundDeferred = "outbound.deferred",
        /// A message reached the recipient's server.
        OutboundDelivered = "outbound.delivered",
        /// A message was dropped.
        OutboundDropped = "outbound.dropped",
        /// A recipient opened a message.
        OutboundOpened = "outbound.opened",
        /// A message was refused.
        OutboundRejected = "outbound.rejected",
        /// A message was judged to be spam.
        OutboundSpam = "outbound.spam",
        /// A message was judged to hold a virus.
        OutboundVirus = "outbound.virus",
    }
    received {
        /// A message is waiting to be sent. It is documented among what answers and deliveries can
        /// have, and not among what can be asked for, so a request with it is refused here; as
        /// `Unlisted` it is sent.
        OutboundQueued = "outbound.queued",
    }
}

names! {
    /// Whether a webhook delivers. A request says it with a number, an answer with a word.
    Status {
        /// It does not. The word is assumed.
        Disabled = "disabled",
        /// It delivers.
        Enabled = "enabled",
    }
}

/// A webhook, without its secret. Fields that an answer leaves out are `None`, or empty.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Webhook {
    /// Its id (`uuid`).
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Where it delivers to.
    pub url: Option<String>,
    /// What it is subscribed to.
    pub events: Vec<EventType>,
    /// Whether it delivers.
    pub status: Option<Status>,
    /// Whose outbound events it delivers; `None` means all.
    pub filter_users: Option<Vec<String>>,
    /// The domains whose inbound events it delivers; `None` means all.
    pub filter_domains: Option<Vec<String>>,
    /// When it was created.
    pub created_at: Option<UnixTime>,
    /// When it was changed last.
    pub last_modified: Option<UnixTime>,
}

impl Webhook {
    pub(super) fn of(data: &Fields<'_>) -> Option<Self> {
        Some(Self {
            id: data.text("uuid")?,
            name: data.text("name"),
            url: data.text("url"),
            events: data.names("events"),
            status: data.name("status"),
            filter_users: data.texts("filter_users"),
            filter_domains: data.texts("filter_domains"),
            created_at: data.value("created_at").map(UnixTime::from_secs),
            last_modified: data.value("last_modified").map(UnixTime::from_secs),
        })
    }
}
