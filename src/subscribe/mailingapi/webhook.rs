//! A webhook as answers have it.

use crate::subscribe::ReplyError;
use crate::subscribe::answer::Answer;
use crate::subscribe::fields::Fields;
use crate::subscribe::names::names;

use super::reply::object;

names! {
    /// An event that a webhook can be subscribed to.
    ///
    /// ```
    /// use hookproof::subscribe::mailingapi::EventType;
    ///
    /// assert_eq!("bounced".parse(), Ok(EventType::Bounced));
    /// let error = "rendered".parse::<EventType>().unwrap_err();
    /// assert!(error.listed().contains(&"bounced"));
    /// assert_eq!(EventType::Unlisted("rendered".into()).as_str(), error.name());
    /// ```
    EventType {
        /// A message came back, for good or for now.
        Bounced = "bounced",
        /// A recipient followed a link.
        Clicked = "clicked",
        /// A recipient complained about a message.
        Complained = "complained",
        /// A message is to be tried again.
        Deferred = "deferred",
        /// A message reached the recipient's server.
        Delivered = "delivered",
        /// A message was received.
        Inbound = "inbound",
        /// A recipient opened a message.
        Opened = "opened",
        /// A recipient unsubscribed.
        Unsubscribed = "unsubscribed",
    }
}

names! {
    /// Whether a webhook delivers.
    Status {
        /// It delivers.
        Active = "active",
        /// The provider has disabled it.
        Disabled = "disabled",
        /// Its deliveries fail.
        Failing = "failing",
        /// Its owner has paused it.
        Paused = "paused",
    }
}

/// A webhook, without its secret. Fields that an answer leaves out are `None`, or empty.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Webhook {
    /// Its id, such as `wh_…`.
    pub id: String,
    /// Where it delivers to.
    pub url: Option<String>,
    /// What it is subscribed to.
    pub events: Vec<EventType>,
    /// The description for people.
    pub description: Option<String>,
    /// Whether it delivers.
    pub status: Option<Status>,
    /// When it was created, in ISO 8601.
    pub created_at: Option<String>,
    /// When it was changed last, in ISO 8601. Only the answer to a change has it.
    pub updated_at: Option<String>,
    /// What it delivered. Only [`Api::get`](super::Api::get) tells it.
    pub stats: Option<Stats>,
}

/// What a webhook delivered.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Stats {
    /// How many deliveries were sent.
    pub total_sent: Option<u64>,
    /// How many of them succeeded.
    pub successful: Option<u64>,
    /// How many of them failed.
    pub failed: Option<u64>,
    /// When the last one succeeded, in ISO 8601.
    pub last_success: Option<String>,
    /// When the last one failed, in ISO 8601.
    pub last_failure: Option<String>,
}

impl Webhook {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        answer.need(Self::of(&object(answer)?), "id is not there")
    }

    pub(super) fn read_list(answer: &Answer<'_>) -> Result<Vec<Self>, ReplyError> {
        let data = object(answer)?.objects("data");
        let data = answer.need(data, "data is not a list of objects")?;
        let webhooks = data.iter().map(Self::of).collect();
        answer.need(webhooks, "data has a webhook without an id")
    }

    pub(super) fn of(fields: &Fields<'_>) -> Option<Self> {
        Some(Self {
            id: fields.text("id")?,
            url: fields.text("url"),
            events: fields.names("events"),
            description: fields.text("description"),
            status: fields.name("status"),
            created_at: fields.text("created_at"),
            updated_at: fields.text("updated_at"),
            stats: fields.object("stats").as_ref().map(Stats::of),
        })
    }
}

impl Stats {
    fn of(fields: &Fields<'_>) -> Self {
        Self {
            total_sent: fields.value("total_sent"),
            successful: fields.value("successful"),
            failed: fields.value("failed"),
            last_success: fields.text("last_success"),
            last_failure: fields.text("last_failure"),
        }
    }
}
