//! What is known of deliveries that come again.

use std::time::Duration;

use super::Place;

/// What identifies one delivery for a [replay guard](crate::replay): the same on the provider's
/// retries, another for another event, and not to be changed without breaking the signature.
///
/// Where all three cannot be had, the last two come first: a retry that is not recognised is
/// handled again, while two events of one identity would lose the second.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ReplayId {
    /// SHA-256 of the body. Where the body is empty, of the signed content, as
    /// [`Content`](Self::Content), if that has a timestamp.
    Body,
    /// SHA-256 of the signed content, timestamp included and secret left out: for providers whose
    /// bodies repeat byte for byte, or where the timestamp touches another part and could be shifted.
    /// It stops a replay; a retry that is stamped anew is not recognised.
    Content,
    /// The same without the timestamp. A URL in it is as configured, whichever variant matched.
    ContentWithoutTimestamp,
    /// A signed id, new for each event and kept on retries: 1 to 256 bytes without control
    /// characters. A delivery that has none is identified as by [`Body`](Self::Body) where the body
    /// is signed, and refused where it is not. Not the id of an endpoint or an object, nor of the
    /// first of several events in one body.
    Id(Place),
    /// Nothing: genuine deliveries are equal byte for byte, and nothing signed tells them apart. A
    /// replay guard would swallow events, so an endpoint with one is not built.
    Indistinct,
    /// SHA-256 of a body that is **not** signed. Who holds a captured delivery makes another
    /// identity by changing a byte: the guard only de-duplicates.
    UnsignedBody,
}

/// What is known of a provider's retries.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Retries {
    /// Within how many seconds a delivery must be acknowledged.
    pub acknowledge_secs: Option<u32>,
    /// What the provider does after an answer in the 400s.
    pub after_client_error: AfterClientError,
    /// For how many seconds after the first attempt another may come.
    pub horizon_secs: Option<u32>,
}

impl Retries {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self {
        acknowledge_secs: None,
        after_client_error: AfterClientError::Unknown,
        horizon_secs: None,
    };

    /// A part of the time in which a delivery must be acknowledged, where that is known and
    /// shorter.
    pub(crate) fn within(self, part: u32, most: Duration) -> Duration {
        let wanted = self.acknowledge_secs.map(u64::from);
        wanted.map_or(most, |secs| most.min(Duration::from_secs(secs) / part))
    }

    /// Sets [`acknowledge_secs`](Self::acknowledge_secs).
    #[must_use]
    pub const fn acknowledge_within(mut self, seconds: u32) -> Self {
        self.acknowledge_secs = Some(seconds);
        self
    }

    /// Sets [`after_client_error`](Self::after_client_error).
    #[must_use]
    pub const fn after_client_error(mut self, then: AfterClientError) -> Self {
        self.after_client_error = then;
        self
    }

    /// Sets [`horizon_secs`](Self::horizon_secs).
    #[must_use]
    pub const fn horizon(mut self, seconds: u32) -> Self {
        self.horizon_secs = Some(seconds);
        self
    }
}

/// What a provider does with a delivery that was answered in the 400s.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum AfterClientError {
    /// It gives the event up, so refusals are answered 503 instead.
    Loses,
    /// It tries again, as after any other failure.
    Retries,
    /// Not documented.
    Unknown,
}
