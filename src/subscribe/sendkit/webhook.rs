//! A webhook as answers have it.

use core::time::Duration;

use crate::subscribe::ReplyError;
use crate::subscribe::answer::Answer;
use crate::subscribe::fields::Fields;
use crate::subscribe::names::names;

use super::reply::data;

names! {
    /// An event that a webhook can be subscribed to.
    ///
    /// The create request documents the two replies; the other names stand in the provider's other
    /// pages and are assumed to be taken. The provider lists no end of them: send what is missing as
    /// `Unlisted`.
    EventType {
        /// A message came back. Assumed.
        EmailBounced = "email.bounced",
        /// A recipient followed a link. Assumed.
        EmailClicked = "email.clicked",
        /// A recipient opened a message. Assumed.
        EmailOpened = "email.opened",
        /// A recipient's reply was judged to be positive.
        EmailPositiveReply = "email.positive_reply",
        /// A recipient replied.
        EmailReplied = "email.replied",
        /// A message was sent. Assumed.
        EmailSent = "email.sent",
        /// A recipient unsubscribed. Assumed.
        EmailUnsubscribed = "email.unsubscribed",
        /// A lead was changed. Assumed.
        LeadUpdated = "lead.updated",
    }
}

/// A webhook, without its secret. Fields that an answer leaves out are `None`, or empty.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Webhook {
    /// Its id (`_id`).
    pub id: String,
    /// The workspace that it belongs to.
    pub workspace_id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Where it delivers to.
    pub url: Option<String>,
    /// What it is subscribed to.
    pub events: Vec<EventType>,
    /// How often a delivery that failed is tried again.
    pub retry_attempts: Option<u32>,
    /// How long a delivery waits for its answer.
    pub timeout: Option<Duration>,
    /// Whether it delivers: `active`, when just created. No other state is known.
    pub status: Option<String>,
    /// Who created it.
    pub created_by: Option<String>,
    /// When it was created, in ISO 8601.
    pub created_at: Option<String>,
    /// When it was changed last, in ISO 8601.
    pub updated_at: Option<String>,
}

impl Webhook {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        answer.need(Self::of(&data(answer)?), "data._id is not there")
    }

    pub(super) fn of(data: &Fields<'_>) -> Option<Self> {
        Some(Self {
            id: data.text("_id")?,
            workspace_id: data.text("workspaceId"),
            name: data.text("name"),
            url: data.text("url"),
            events: data.names("events"),
            retry_attempts: data.value("retryAttempts"),
            timeout: data.value("timeoutMs").map(Duration::from_millis),
            status: data.text("status"),
            created_by: data.text("createdBy"),
            created_at: data.text("createdAt"),
            updated_at: data.text("updatedAt"),
        })
    }
}

/// What became of a test delivery.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TestDelivery {
    /// The status that the receiver answered with; `None` where no answer came.
    pub status_code: Option<u16>,
    /// Whether the provider takes it as delivered.
    pub delivered: bool,
}

impl TestDelivery {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let data = data(answer)?;
        Ok(Self {
            status_code: data.value("statusCode"),
            delivered: answer.need(data.value("delivered"), "data.delivered is not there")?,
        })
    }
}
