//! SendKit.ai's events: mail of a campaign, the answers to it, and its leads.
//!
//! The provider's [documentation] describes the test delivery and its event-name header, and the
//! endpoint that creates a webhook names `email.replied` and `email.positive_reply`. The shape of
//! the body and the other event names are assumed. So everything here is optional, a value of
//! another type than assumed reads as `None`, and [`Event::data`] has the content as sent.
//!
//! The event's name is the first text among the keys `event`, `type` and `eventType`. A body
//! without it is [`Unknown`]: the `X-Webhook-Event` header is not signed.
//!
//! [documentation]: https://docs.sendkit.ai

use time::OffsetDateTime;

use super::fields::Fields;
use super::open::open_enum;
use super::{EventError, RawJson, Unknown};

const NAME_KEYS: [&str; 3] = ["event", "type", "eventType"];

/// An event of SendKit.ai.
///
/// # Example
///
/// ```
/// use hookproof::events::{Event as _, sendkit};
///
/// let body = br#"{"event":"email.replied","timestamp":"2026-05-28T20:04:00.000Z",
///     "workspaceId":"ws_123","data":{"campaignId":"664a1b2c3d4e5f6a7b8c9d01",
///     "leadId":"664a1b2c3d4e5f6a7b8c9d02","email":"lead@example.org","from":"rep@example.com",
///     "subject":"Quick question","conversationId":"conv_1","text":"Tell me more"}}"#;
/// let event = sendkit::Event::from_body(body)?;
/// match event.kind {
///     sendkit::EventKind::EmailReplied(reply) => {
///         assert_eq!(reply.email.email.as_deref(), Some("lead@example.org"));
///         assert_eq!(reply.text.as_deref(), Some("Tell me more"));
///     }
///     other => panic!("{other:?}"),
/// }
///
/// let nameless = sendkit::Event::from_body(br#"{"data":{"email":"lead@example.org"}}"#)?;
/// assert!(matches!(nameless.kind, sendkit::EventKind::Unknown(_)));
/// # Ok::<(), hookproof::events::EventError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// The event's name as received in the body.
    pub received_name: Option<String>,
    /// When it happened. Assumed.
    pub timestamp: Option<OffsetDateTime>,
    /// The workspace that the event belongs to. Assumed.
    pub workspace_id: Option<String>,
    /// The content as sent, for the fields that these types do not read.
    pub data: Option<RawJson>,
    /// What happened.
    pub kind: EventKind,
}

impl super::Event for Event {
    const PROVIDERS: &'static [&'static str] = &["sendkit"];

    fn from_body(body: &[u8]) -> Result<Self, EventError> {
        let fields = Fields::of_body(body)?.lenient();
        let mut received_name = None;
        for key in NAME_KEYS {
            let name = fields.value::<String>(key)?;
            received_name = received_name.or(name);
        }
        Ok(Self {
            timestamp: fields.time("timestamp")?,
            workspace_id: fields.value("workspaceId")?,
            data: fields.raw("data")?,
            kind: EventKind::read(received_name.as_deref(), &fields)?,
            received_name,
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
    /// The e-mail came back: `email.bounced`.
    EmailBounced(Bounced),
    /// The lead followed a link: `email.clicked`.
    EmailClicked(Clicked),
    /// The lead opened the e-mail: `email.opened`.
    EmailOpened(Opened),
    /// The lead answered, and the answer was judged to be positive: `email.positive_reply`.
    EmailPositiveReply(Reply),
    /// The lead answered: `email.replied`.
    EmailReplied(Reply),
    /// The e-mail was sent: `email.sent`.
    EmailSent(Sent),
    /// The lead unsubscribed: `email.unsubscribed`.
    EmailUnsubscribed(Email),
    /// The lead was changed: `lead.updated`.
    LeadUpdated(LeadUpdated),
    /// A test, asked for by the webhook's owner: `test`.
    Test(Test),
    /// An event that this type does not know. The set of events is open, so this is normal.
    Unknown(Unknown),
}

impl EventKind {
    fn read(name: Option<&str>, fields: &Fields<'_>) -> Result<Self, EventError> {
        let data = || fields.object("data");
        Ok(match name {
            Some("email.bounced") => Self::EmailBounced(Bounced::read(&data()?)?),
            Some("email.clicked") => Self::EmailClicked(Clicked::read(&data()?)?),
            Some("email.opened") => Self::EmailOpened(Opened::read(&data()?)?),
            Some("email.positive_reply") => Self::EmailPositiveReply(Reply::read(&data()?)?),
            Some("email.replied") => Self::EmailReplied(Reply::read(&data()?)?),
            Some("email.sent") => Self::EmailSent(Sent::read(&data()?)?),
            Some("email.unsubscribed") => Self::EmailUnsubscribed(Email::read(&data()?)?),
            Some("lead.updated") => Self::LeadUpdated(LeadUpdated::read(&data()?)?),
            Some("test") => Self::Test(Test::read(&data()?)?),
            _ => Self::Unknown(fields.unknown(name)),
        })
    }
}

/// The e-mail that an event is about. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Email {
    /// The campaign that the e-mail belongs to.
    pub campaign_id: Option<String>,
    /// The lead that it was sent to.
    pub lead_id: Option<String>,
    /// The lead's address.
    pub email: Option<String>,
    /// The sender.
    pub from: Option<String>,
    /// The subject.
    pub subject: Option<String>,
}

impl Email {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            campaign_id: data.value("campaignId")?,
            lead_id: data.value("leadId")?,
            email: data.value("email")?,
            from: data.value("from")?,
            subject: data.value("subject")?,
        })
    }
}

/// An e-mail that came back. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Bounced {
    /// The e-mail.
    pub email: Email,
    /// Whether it came back for good or for now.
    pub bounce_type: Option<BounceType>,
    /// Why it came back.
    pub reason: Option<String>,
}

impl Bounced {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            email: Email::read(data)?,
            bounce_type: data.value::<String>("bounceType")?.map(BounceType::from),
            reason: data.value("reason")?,
        })
    }
}

/// A link that was followed. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Clicked {
    /// The e-mail.
    pub email: Email,
    /// The link.
    pub url: Option<String>,
}

impl Clicked {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            email: Email::read(data)?,
            url: data.value("url")?,
        })
    }
}

/// An e-mail that the lead opened. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Opened {
    /// The e-mail.
    pub email: Email,
    /// How often it was opened.
    pub open_count: Option<u64>,
}

impl Opened {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            email: Email::read(data)?,
            open_count: data.value("openCount")?,
        })
    }
}

/// An answer of the lead. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reply {
    /// The e-mail that was answered.
    pub email: Email,
    /// The conversation that the answer belongs to.
    pub conversation_id: Option<String>,
    /// The answer.
    pub text: Option<String>,
    /// How the answer was judged.
    pub sentiment: Option<String>,
}

impl Reply {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            email: Email::read(data)?,
            conversation_id: data.value("conversationId")?,
            text: data.value("text")?,
            sentiment: data.value("sentiment")?,
        })
    }
}

/// An e-mail that was sent. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Sent {
    /// The e-mail.
    pub email: Email,
    /// The step of the campaign.
    pub step: Option<u64>,
}

impl Sent {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            email: Email::read(data)?,
            step: data.value("step")?,
        })
    }
}

/// A lead that was changed. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LeadUpdated {
    /// The lead.
    pub lead_id: Option<String>,
    /// The lead's address.
    pub email: Option<String>,
    /// The lead's status.
    pub status: Option<String>,
    /// What was changed, of any shape.
    pub changes: Option<RawJson>,
}

impl LeadUpdated {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            lead_id: data.value("leadId")?,
            email: data.value("email")?,
            status: data.value("status")?,
            changes: data.raw("changes")?,
        })
    }
}

/// A test. Its content is assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Test {
    /// The provider's greeting.
    pub message: Option<String>,
}

impl Test {
    fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: data.value("message")?,
        })
    }
}

open_enum! {
    /// Whether an e-mail came back for good or for now. The values are assumed.
    BounceType {
        /// For good.
        Hard = "hard",
        /// For now.
        Soft = "soft",
    }
}
