//! What is kept of a delivery and of each attempt at it.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::moment::Moment;
use crate::provider::Provider;

/// An event on its way to one subscription.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    /// Its number in this sandbox, from 1.
    pub(crate) number: u64,
    pub(crate) provider: Provider,
    /// The subscription's id.
    pub(crate) subscription: String,
    /// The event's name, as the subscription knows it.
    pub(crate) event: String,
    /// The event's id, where the provider has one.
    pub(crate) event_id: Option<String>,
    /// What is sent, byte for byte, at each attempt.
    pub(crate) body: Bytes,
    pub(crate) created: Moment,
    pub(crate) state: State,
    /// Oldest first, those of an attacker and of a bad network among them.
    pub(crate) attempts: Vec<Attempt>,
}

/// What became of a delivery.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
#[non_exhaustive]
pub enum State {
    /// An attempt is under way, or about to be.
    Sending,
    /// An attempt failed, and the next is due at this moment, in milliseconds since 1970.
    Retrying {
        /// When.
        due: u64,
    },
    /// The receiver has taken it.
    Delivered,
    /// No further attempt is made: the provider's schedule has ended, or its rules say so.
    GaveUp {
        /// Why, in words for a reader.
        why: String,
    },
    /// No attempt was made at all.
    NotSent {
        /// Why, in words for a reader.
        why: String,
    },
}

/// What an attempt truly is, which no receiver is told.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Truth {
    /// The provider's: the first attempt, or a retry.
    Genuine,
    /// The provider's, its body written slowly.
    Slow,
    /// The provider's, its connection broken off before the body's end.
    Broken,
    /// A genuine attempt's bytes once more.
    Duplicate,
    /// Signed with the right secret and a timestamp that is too old: ten minutes at least. Of
    /// providers that sign a timestamp alone. Sendmux's older signature, which has none, is genuine
    /// even so: to a receiver that judges by it this is a duplicate.
    Late,
    /// The same with a timestamp that lies ahead.
    Early,
    /// A genuine attempt whose body was changed on the way, under the headers that it had.
    Tampered,
    /// An event of somebody else's making, signed with a secret that is not the subscription's.
    Forged,
}

impl Truth {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Genuine,
        Self::Slow,
        Self::Broken,
        Self::Duplicate,
        Self::Late,
        Self::Early,
        Self::Tampered,
        Self::Forged,
    ];

    /// Whether the provider sends it: such attempts alone count for its retries and its rules.
    #[must_use]
    pub const fn is_providers(self) -> bool {
        matches!(self, Self::Genuine | Self::Slow | Self::Broken)
    }

    /// Whether it is an attacker's, so that no receiver should take it.
    #[must_use]
    pub const fn is_attack(self) -> bool {
        matches!(
            self,
            Self::Late | Self::Early | Self::Tampered | Self::Forged
        )
    }

    /// What a receiver should make of it that judges the signature, its timestamp where there is
    /// one, and has the secret that is current when it comes.
    #[must_use]
    pub const fn expected(self) -> Expected {
        match self {
            Self::Genuine | Self::Slow => Expected::Handled,
            Self::Duplicate => Expected::Acknowledged,
            Self::Broken => Expected::Nothing,
            Self::Late | Self::Early | Self::Tampered | Self::Forged => Expected::Refused,
        }
    }
}

/// What a receiver should make of an attempt.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Expected {
    /// Its event is handled, unless another attempt has it handled already: then it is
    /// acknowledged, or put off while the other is under way.
    Handled,
    /// Its event is handled once: acknowledged if it was, put off while it is, and handled if this
    /// comes first.
    Acknowledged,
    /// It is not taken, and nothing is handled.
    Refused,
    /// It has no end, and cannot be judged.
    Nothing,
}

/// Bytes that were signed: what stands before the body, and the body, which attempts share.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) before: Bytes,
    pub(crate) body: Bytes,
}

/// One request to the receiver.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    /// Counted for the delivery, from 1.
    pub(crate) number: u32,
    pub(crate) truth: Truth,
    pub(crate) at: Moment,
    pub(crate) headers: Vec<(String, String)>,
    /// The bytes that were signed, timestamp and all, one for each signature sent.
    pub(crate) signed: Vec<Signed>,
    /// The bytes that were sent as the body.
    pub(crate) body: Bytes,
    pub(crate) outcome: Outcome,
}

/// What became of an attempt.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "outcome")]
#[non_exhaustive]
pub enum Outcome {
    /// There is no answer yet.
    Waiting,
    /// The receiver answered.
    Answered {
        /// Its status.
        status: u16,
        /// After how many milliseconds.
        took_ms: u64,
    },
    /// No answer came.
    Failed {
        /// Why, in words for a reader.
        why: String,
    },
}
