//! What is asked for, and why it may not be had.

use std::error::Error;
use std::fmt;

use serde::Deserialize;

use crate::delivery::Truth;

/// The longest body of the user's own, in bytes: it is kept with each attempt, as it was signed.
pub(super) const MAX_BODY: usize = crate::body::MAX;

/// An event to be delivered now.
///
/// # Example
///
/// ```
/// use hookproof_sandbox::{Emit, Truth};
///
/// let bounced = Emit::default().event("message.bounced");
/// let forged = bounced.clone().truth(Truth::Forged);
/// assert_eq!(forged.event.as_deref(), Some("message.bounced"));
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Emit {
    /// The event's name; without it the first that a subscription wants. Sendmux's old names do
    /// too. With a body, any name that can stand in a header.
    pub event: Option<String>,
    /// The id of the one subscription to deliver to, whatever it listens for; without it all that
    /// want the event.
    pub subscription: Option<String>,
    /// The body, sent as it is, 256 KiB at most; without it an example body with ids and times of
    /// its own.
    pub body: Option<String>,
    /// What it is to be; without it genuine, with whatever chaos mixes in. One that is late, early,
    /// tampered or forged is sent once, and then [`Delivered`](crate::State::Delivered) if it was
    /// taken, which it should not be.
    #[serde(rename = "as")]
    pub truth: Option<Truth>,
    /// Whether it is sent once and never again, as a provider's test delivery is.
    pub once: bool,
}

impl Emit {
    /// Of this name.
    #[must_use]
    pub fn event(mut self, name: impl Into<String>) -> Self {
        self.event = Some(name.into());
        self
    }

    /// To the one subscription of this id.
    #[must_use]
    pub fn subscription(mut self, id: impl Into<String>) -> Self {
        self.subscription = Some(id.into());
        self
    }

    /// With this body.
    #[must_use]
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// As this.
    #[must_use]
    pub const fn truth(mut self, truth: Truth) -> Self {
        self.truth = Some(truth);
        self
    }

    /// Never again if it fails.
    #[must_use]
    pub const fn once(mut self) -> Self {
        self.once = true;
        self
    }
}

/// Why nothing is delivered.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum EmitError {
    /// No subscription wants the event.
    Nobody,
    /// The provider has no event of this name.
    UnknownEvent(String),
    /// There is no subscription, or no delivery, of this id.
    NotFound,
    /// The system gives no random bytes.
    Random,
    /// The body is longer than 256 KiB.
    TooLarge,
    /// So many deliveries are under way that no more are begun.
    Busy,
    /// It cannot be sent, or not as what was asked for: why, in words for a reader.
    Unsendable(String),
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("no subscription wants this event: register one first"),
            Self::UnknownEvent(name) => write!(f, "the provider has no event {name}"),
            Self::NotFound => f.write_str("there is none of this id"),
            Self::Random => f.write_str("the system gives no random bytes"),
            Self::TooLarge => f.write_str("the body is longer than 256 KiB"),
            Self::Busy => f.write_str("too many deliveries are under way: try again later"),
            Self::Unsendable(why) => f.write_str(why),
        }
    }
}

impl Error for EmitError {}

impl From<getrandom::Error> for EmitError {
    fn from(_: getrandom::Error) -> Self {
        Self::Random
    }
}
