//! A webhook as answers have it.

use core::time::Duration;
use std::collections::BTreeMap;

use crate::subscribe::ReplyError;
use crate::subscribe::answer::Answer;
use crate::subscribe::fields::Fields;
use crate::subscribe::names::names;

use super::envelope::Envelope;

names! {
    /// A family of events, which is what a webhook is subscribed to.
    EventType {
        /// What becomes of messages. It is also read from `messages`, its name in the older form of the
        /// create request.
        Message = "message" or "messages",
        /// What becomes of templates.
        Templates = "templates",
    }
}

/// A webhook, without its secret. Fields that an answer leaves out are `None`, or empty.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Webhook {
    /// Its id. Every delivery has it as `X-Webhook-ID`.
    pub id: String,
    /// Its name.
    pub display_name: Option<String>,
    /// Where it delivers to.
    pub endpoint_url: Option<String>,
    /// Whether it delivers.
    pub is_active: Option<bool>,
    /// What it is subscribed to.
    pub event_types: Vec<EventType>,
    /// By family the events that it delivers; `None` means all.
    pub event_filters: Option<BTreeMap<String, Vec<String>>>,
    /// How often a delivery that failed is tried again.
    pub retry_count: Option<u32>,
    /// How long a delivery waits for its answer.
    pub timeout: Option<Duration>,
    /// When it last tried to deliver, in ISO 8601.
    pub last_delivery_attempt_at: Option<String>,
    /// When it last delivered, in ISO 8601.
    pub last_successful_delivery_at: Option<String>,
    /// Failures in a row; at ten the provider switches it off.
    pub consecutive_failures: Option<u32>,
    /// When it was created, in ISO 8601.
    pub created_at: Option<String>,
    /// When it was changed last, in ISO 8601.
    pub updated_at: Option<String>,
}

impl Webhook {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let data = Envelope::open(answer)?.data;
        answer.need(Self::of(&data), "data.id is not there")
    }

    pub(super) fn of(data: &Fields<'_>) -> Option<Self> {
        Some(Self {
            id: data.text("id")?,
            display_name: data.text("display_name"),
            endpoint_url: data.text("endpoint_url"),
            is_active: data.value("is_active"),
            event_types: data.names("event_types"),
            event_filters: data.value("event_filters"),
            retry_count: data.value("retry_count"),
            timeout: data.value("timeout_seconds").map(Duration::from_secs),
            last_delivery_attempt_at: data.text("last_delivery_attempt_at"),
            last_successful_delivery_at: data.text("last_successful_delivery_at"),
            consecutive_failures: data.value("consecutive_failures"),
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
    /// The page's number.
    pub page: Option<u32>,
    /// How many webhooks a page has at most.
    pub page_size: Option<u32>,
    /// How many webhooks there are.
    pub total_count: Option<u64>,
    /// How many pages there are.
    pub total_pages: Option<u32>,
    /// Whether there are pages behind this one.
    pub has_more: Option<bool>,
}

impl WebhookList {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let data = Envelope::open(answer)?.data;
        let list = answer.need(
            data.objects("webhooks"),
            "data.webhooks is not a list of objects",
        )?;
        let webhooks = list.iter().map(Webhook::of).collect();
        let pagination = data.object("pagination").unwrap_or_default();
        Ok(Self {
            webhooks: answer.need(webhooks, "data.webhooks has a webhook without an id")?,
            page: pagination.value("page"),
            page_size: pagination.value("page_size"),
            total_count: pagination.value("total_count"),
            total_pages: pagination.value("total_pages"),
            has_more: pagination.value("has_more"),
        })
    }
}
