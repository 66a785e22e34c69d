//! What becomes of a message sent.

use super::super::EventError;
use super::super::fields::Fields;
use super::super::open::open_enum;
use super::{Message, Server};

/// A message that came back.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Bounced {
    /// The message, without its subject.
    pub message: Message,
    /// Whether it came back for good or for now.
    pub bounce_type: Option<BounceType>,
    /// The server that refused it.
    pub server: Server,
}

impl Bounced {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            bounce_type: data.value::<String>("bounce_type")?.map(BounceType::from),
            server: Server::read(data)?,
        })
    }
}

/// A link that was followed. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Clicked {
    /// The message.
    pub message: Message,
    /// The link.
    pub url: Option<String>,
    /// The reader's address.
    pub ip: Option<String>,
    /// The reader's program.
    pub user_agent: Option<String>,
}

impl Clicked {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            url: data.value("url")?,
            ip: data.value("ip")?,
            user_agent: data.value("user_agent")?,
        })
    }
}

/// A complaint about a message. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Complaint {
    /// The message.
    pub message: Message,
    /// The kind of complaint.
    pub feedback_type: Option<String>,
}

impl Complaint {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            feedback_type: data.value("feedback_type")?,
        })
    }
}

/// A message that is to be tried again. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Deferred {
    /// The message.
    pub message: Message,
    /// The server that did not take it yet.
    pub server: Server,
    /// The number of the attempt.
    pub attempt: Option<u64>,
}

impl Deferred {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            server: Server::read(data)?,
            attempt: data.value("attempt")?,
        })
    }
}

/// A message that reached the recipient's server.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Delivered {
    /// The message.
    pub message: Message,
    /// The server that took it.
    pub server: Server,
}

impl Delivered {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            server: Server::read(data)?,
        })
    }
}

/// A message that was not sent. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Dropped {
    /// The message.
    pub message: Message,
    /// Why it was not sent.
    pub reason: Option<String>,
}

impl Dropped {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            reason: data.value("reason")?,
        })
    }
}

/// A message that the recipient opened. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Opened {
    /// The message.
    pub message: Message,
    /// The reader's address.
    pub ip: Option<String>,
    /// The reader's program.
    pub user_agent: Option<String>,
}

impl Opened {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            ip: data.value("ip")?,
            user_agent: data.value("user_agent")?,
        })
    }
}

/// A message that was taken for sending.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Queued {
    /// The message.
    pub message: Message,
    /// Who handed it in.
    pub user: Option<String>,
}

impl Queued {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            user: data.value("user")?,
        })
    }
}

/// A message that the recipient's server refused. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rejected {
    /// The message.
    pub message: Message,
    /// The server that refused it.
    pub server: Server,
}

impl Rejected {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            server: Server::read(data)?,
        })
    }
}

/// A message that was judged to be spam. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Spam {
    /// The message.
    pub message: Message,
    /// How much it looks like spam.
    pub score: Option<f64>,
}

impl Spam {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            score: data.value("score")?,
        })
    }
}

/// A message that carried a virus. Assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Virus {
    /// The message.
    pub message: Message,
    /// The virus.
    pub virus: Option<String>,
}

impl Virus {
    pub(super) fn read(data: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            message: Message::read(data)?,
            virus: data.value("virus")?,
        })
    }
}

open_enum! {
    /// Whether a message came back for good or for now.
    BounceType {
        /// For good.
        Hard = "hard",
        /// For now.
        Soft = "soft",
    }
}
