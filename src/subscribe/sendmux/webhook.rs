//! A webhook as answers have it.

use crate::subscribe::ReplyError;
use crate::subscribe::answer::Answer;
use crate::subscribe::fields::Fields;
use crate::subscribe::names::names;

use super::envelope::open;

names! {
    /// An event that a webhook can be subscribed to.
    ///
    /// The provider renamed its events in May 2026. The old names can be sent, and are read, but are
    /// no longer listed.
    ///
    /// ```
    /// use hookproof::subscribe::sendmux::EventType;
    ///
    /// assert_eq!("message.bounced".parse(), Ok(EventType::MessageBounced));
    /// let error = "message.archived".parse::<EventType>().unwrap_err();
    /// assert!(error.listed().contains(&"message.bounced"));
    /// assert_eq!(EventType::Unlisted("message.archived".into()).as_str(), error.name());
    /// ```
    EventType {
        /// A message came back.
        MessageBounced = "message.bounced",
        /// A recipient complained about a message.
        MessageComplained = "message.complained",
        /// A message reached the recipient's server.
        MessageDelivered = "message.delivered",
        /// A message is waiting to be delivered.
        MessageDeliveryDelayed = "message.delivery_delayed",
        /// A mailbox received a message.
        MessageReceived = "message.received",
        /// A mailbox received a message that was judged to be spam.
        MessageReceivedSpam = "message.received.spam",
        /// A message was refused before it was sent.
        MessageRejected = "message.rejected",
        /// A test, asked for by [`Api::send_test`](super::Api::send_test).
        SendmuxTest = "sendmux.test",
    }
    old {
        /// The old name of `message.received` and `message.received.spam`.
        MailInbound = "mail.inbound",
        /// The old name of `message.bounced`.
        SesBounce = "ses.bounce",
        /// The old name of `message.complained`.
        SesComplaint = "ses.complaint",
        /// The old name of `message.delivered`.
        SesDelivery = "ses.delivery",
        /// The old name of `message.delivery_delayed`.
        SesDeliveryDelay = "ses.delivery_delay",
        /// The old name of `message.rejected`.
        SesReject = "ses.reject",
    }
}

/// A webhook, without its secret. Fields that an answer leaves out are `None`, or empty.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Webhook {
    /// Its id, such as `whk_…`; older ones are `twhk_…`.
    pub id: String,
    /// The name for people.
    pub name: Option<String>,
    /// Where it delivers to.
    pub url: Option<String>,
    /// What it is subscribed to.
    pub event_types: Vec<EventType>,
    /// The mailboxes whose events it delivers; none means all.
    pub mailbox_ids: Vec<String>,
    /// Whether it delivers.
    pub enabled: Option<bool>,
    /// Whether the last attempt of a delivery failed. Events are skipped until it is disabled and
    /// enabled again.
    pub failing: Option<bool>,
    /// When it was created, in ISO 8601.
    pub created_at: Option<String>,
    /// When it was changed last, in ISO 8601.
    pub updated_at: Option<String>,
}

impl Webhook {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let data = open(answer)?.data(answer)?;
        answer.need(Self::of(&data), "data.id is not there")
    }

    pub(super) fn of(data: &Fields<'_>) -> Option<Self> {
        let filters = data.object("filters").unwrap_or_default();
        Some(Self {
            id: data.text("id")?,
            name: data.text("name"),
            url: data.text("url"),
            event_types: data.names("event_types"),
            mailbox_ids: filters.texts("mailbox_ids").unwrap_or_default(),
            enabled: data.value("enabled"),
            failing: data.value("failing"),
            created_at: data.text("created_at"),
            updated_at: data.text("updated_at"),
        })
    }
}

/// A page of webhooks.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WebhookList {
    /// The webhooks.
    pub webhooks: Vec<Webhook>,
    /// What [`Page::after`](super::Page::after) takes, where there are more.
    pub next_cursor: Option<String>,
}

impl WebhookList {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let envelope = open(answer)?;
        let webhooks = envelope.list(answer)?.iter().map(Webhook::of).collect();
        Ok(Self {
            webhooks: answer.need(webhooks, "data has a webhook without an id")?,
            next_cursor: envelope.next_cursor(),
        })
    }
}

/// A test that is on its way.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TestSent {
    /// The id that the delivery will have.
    pub event_id: String,
}

impl TestSent {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let event_id = open(answer)?.data(answer)?.text("event_id");
        Ok(Self {
            event_id: answer.need(event_id, "data.event_id is not there")?,
        })
    }
}
