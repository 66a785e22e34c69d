//! What was delivered, as the provider remembers it for 7 days.

use crate::subscribe::ReplyError;
use crate::subscribe::answer::Answer;
use crate::subscribe::fields::Fields;
use crate::subscribe::names::names;

use super::envelope::open;
use super::webhook::EventType;

/// An attempt to deliver. Fields that an answer leaves out are `None`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Delivery {
    /// The attempt's id, such as `whda_…`.
    pub id: String,
    /// The event's id, the same on every attempt.
    pub event_id: Option<String>,
    /// The event.
    pub event_type: Option<EventType>,
    /// The attempt's number, from 1.
    pub delivery_attempt: Option<u64>,
    /// How many attempts are made before the webhook is failing.
    pub max_attempts: Option<u64>,
    /// What became of it.
    pub result: Option<DeliveryResult>,
    /// The receiver's status; `None` where no answer came.
    pub response_status: Option<u64>,
    /// How long the receiver took, in milliseconds.
    pub response_ms: Option<u64>,
    /// The beginning of the receiver's answer.
    pub response_body: Option<String>,
    /// Why no answer came, in the provider's words.
    pub error_message: Option<String>,
    /// When the next attempt is due, in ISO 8601, where one is.
    pub next_retry_at: Option<String>,
    /// The length of the body, in bytes.
    pub request_payload_bytes: Option<u64>,
    /// The SHA-256 of the body.
    pub request_payload_sha256: Option<String>,
    /// Whether [`Api::payload`](super::Api::payload) still has the body.
    pub payload_available: Option<bool>,
    /// Until when it has, in ISO 8601.
    pub payload_expires_at: Option<String>,
    /// When it was made, in ISO 8601.
    pub created_at: Option<String>,
}

names! {
    /// What became of an attempt to deliver.
    DeliveryResult {
        /// It failed, and none follows.
        Failed = "failed",
        /// It failed in a way that no retry would mend.
        PermanentFailure = "permanent_failure",
        /// It failed, and another follows.
        Retrying = "retrying",
        /// The receiver took it.
        Success = "success",
    }
}

impl Delivery {
    fn of(data: &Fields<'_>) -> Option<Self> {
        Some(Self {
            id: data.text("id")?,
            event_id: data.text("event_id"),
            event_type: data.name("event_type"),
            delivery_attempt: data.value("delivery_attempt"),
            max_attempts: data.value("max_attempts"),
            result: data.name("result"),
            response_status: data.value("response_status"),
            response_ms: data.value("response_ms"),
            response_body: data.text("response_body"),
            error_message: data.words("error_message"),
            next_retry_at: data.text("next_retry_at"),
            request_payload_bytes: data.value("request_payload_bytes"),
            request_payload_sha256: data.text("request_payload_sha256"),
            payload_available: data.value("payload_available"),
            payload_expires_at: data.text("payload_expires_at"),
            created_at: data.text("created_at"),
        })
    }
}

/// A page of attempts to deliver, the latest first.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeliveryList {
    /// The attempts.
    pub deliveries: Vec<Delivery>,
    /// What [`Page::after`](super::Page::after) takes, where there are more.
    pub next_cursor: Option<String>,
}

impl DeliveryList {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let envelope = open(answer)?;
        let deliveries = envelope.list(answer)?.iter().map(Delivery::of).collect();
        Ok(Self {
            deliveries: answer.need(deliveries, "data has a delivery without an id")?,
            next_cursor: envelope.next_cursor(),
        })
    }
}

/// What an attempt delivered.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Payload {
    /// The attempt's id.
    pub id: Option<String>,
    /// The event's id.
    pub event_id: Option<String>,
    /// The event.
    pub event_type: Option<EventType>,
    /// The attempt's number, from 1.
    pub delivery_attempt: Option<u64>,
    /// When it was made, in ISO 8601.
    pub created_at: Option<String>,
    /// Until when the provider keeps it, in ISO 8601.
    pub expires_at: Option<String>,
    /// The event as JSON text. It was written anew for this answer, so its bytes need not be those
    /// that were signed.
    pub payload: String,
}

impl Payload {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let data = open(answer)?.data(answer)?;
        let is_object = data.object("payload").is_some();
        let payload = data.raw("payload").filter(|_| is_object);
        Ok(Self {
            id: data.text("id"),
            event_id: data.text("event_id"),
            event_type: data.name("event_type"),
            delivery_attempt: data.value("delivery_attempt"),
            created_at: data.text("created_at"),
            expires_at: data.text("expires_at"),
            payload: answer
                .need(payload, "data.payload is not an object")?
                .to_owned(),
        })
    }
}
