//! What becomes of a message received. Beside the fields of the message, and the domain that
//! received it, all content is assumed.

use super::super::EventError;
use super::super::fields::Fields;
use super::Message;

/// A message received that was held back. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct InboundBlocked {
    /// The message.
    pub message: Message,
    /// The domain that received it.
    pub domain: Option<String>,
    /// Why it was held back.
    pub reason: Option<String>,
}

impl InboundBlocked {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            domain: data.value("domain")?,
            reason: data.value("reason")?,
        })
    }
}

/// A message received that was passed on. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct InboundDelivered {
    /// The message.
    pub message: Message,
    /// The domain that received it.
    pub domain: Option<String>,
    /// The server that it was passed on to.
    pub host: Option<String>,
    /// That server's answer.
    pub response: Option<String>,
}

impl InboundDelivered {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            domain: data.value("domain")?,
            host: data.value("host")?,
            response: data.value("response")?,
        })
    }
}

/// A message received. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct InboundReceived {
    /// The message.
    pub message: Message,
    /// The domain that received it.
    pub domain: Option<String>,
    /// The address that it came from.
    pub ip: Option<String>,
}

impl InboundReceived {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            domain: data.value("domain")?,
            ip: data.value("ip")?,
        })
    }
}

/// A message received that was judged to be spam. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct InboundSpam {
    /// The message.
    pub message: Message,
    /// The domain that received it.
    pub domain: Option<String>,
    /// How much it looks like spam.
    pub score: Option<f64>,
}

impl InboundSpam {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            domain: data.value("domain")?,
            score: data.value("score")?,
        })
    }
}
