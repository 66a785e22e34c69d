//! The words in which a scheme is written.

use std::time::Duration;

/// How a signature header is written.
///
/// Prefixes, keys and versions match exactly, with case; but a prefix in an `Authorization` header,
/// which names an authentication scheme, in any. Items that are empty, of an unknown
/// version or malformed are passed over and do not spoil a good one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Grammar {
    /// Items joined by `separator`; those that start with `prefix` hold a signature after it:
    /// `v1,<base64> v1,<base64>`.
    List {
        /// What a signature's item starts with, such as `v1,`.
        prefix: &'static str,
        /// What stands between items.
        separator: u8,
    },
    /// Keys and values: `t=…,v1=…`. Every pair with the signature's key holds a signature.
    Pairs {
        /// The key of signatures, such as `v1`.
        signature: &'static str,
        /// What stands between pairs.
        separator: u8,
        /// What stands between a key and its value.
        assign: u8,
    },
    /// The text is the signature.
    Plain,
    /// The signature stands after a prefix, such as `sha256=`.
    Prefixed {
        /// What stands before the signature.
        prefix: &'static str,
        /// Whether the bare signature is taken too.
        optional: bool,
    },
}

/// How the secret's text becomes key bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum KeyFormat {
    /// Base64 after a prefix, which may be absent or empty. Missing padding is repaired.
    Base64 {
        /// What the dashboard writes before the base64 text, such as `whsec_`.
        prefix: &'static str,
    },
    /// An even number of hex digits.
    Hex,
    /// The UTF-8 bytes of the whole text, prefix included.
    Text,
}

/// A piece of the signed content.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Part {
    /// The body, byte for byte as received.
    Body,
    /// The value of a header, which must occur exactly once.
    Header(&'static str),
    /// A fixed text.
    Literal(&'static str),
    /// The timestamp, as received: its text is signed, not the number it stands for.
    Timestamp,
}

/// Where a signed timestamp stands: unix seconds in 1 to 12 ASCII digits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Timestamp {
    /// In a header of its own.
    Header(&'static str),
    /// In the signature header, under this key.
    Pair(&'static str),
}

/// A place in a delivery.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Place {
    /// The value of a header.
    Header(&'static str),
    /// A JSON pointer (RFC 6901) into the body, such as `/id`.
    Json(&'static str),
}

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
    /// SHA-256 of the signed content, timestamp included: for providers whose bodies repeat byte
    /// for byte. It stops a replay; a retry that is stamped anew is not recognised.
    Content,
    /// A signed id, new for each event and kept on retries: 1 to 256 bytes without control
    /// characters. A delivery that has none is identified as by [`Body`](Self::Body). Not the id
    /// of an endpoint or an object, nor of the first of several events in one body.
    Id(Place),
    /// Nothing: genuine deliveries are equal byte for byte, and nothing signed tells them apart. A
    /// replay guard would swallow events, so an endpoint with one is not built.
    Indistinct,
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

/// Where the facts of a preset come from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct About {
    pub(super) name: &'static str,
    pub(super) family: Family,
    pub(super) confidence: Confidence,
    pub(super) source: &'static str,
}

impl About {
    /// The provider's own name, its family, how sure the facts are, and where they are written: a
    /// documentation page's address, `owner/repo:path`, or `package:NAME` of a published SDK.
    #[must_use]
    pub const fn new(
        name: &'static str,
        family: Family,
        confidence: Confidence,
        source: &'static str,
    ) -> Self {
        Self {
            name,
            family,
            confidence,
            source,
        }
    }

    /// The provider's own name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The family of schemes that it belongs to.
    #[must_use]
    pub const fn family(&self) -> Family {
        self.family
    }

    /// How sure the facts are.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Where the facts are written.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }
}

/// Families of schemes: what a verifier must do, apart from names and bytes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Family {
    /// One MAC over the body, nothing else.
    RawBodyMac,
    /// Timestamp and signature in headers of their own.
    StampedHeaders,
    /// Timestamp and signatures as pairs of one header.
    StampedKv,
    /// Id, timestamp and a list of versioned signatures in three headers.
    StandardWebhooks,
}

impl Family {
    /// The family's name, such as `stamped-kv`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RawBodyMac => "raw-body-mac",
            Self::StampedHeaders => "stamped-headers",
            Self::StampedKv => "stamped-kv",
            Self::StandardWebhooks => "standard-webhooks",
        }
    }
}

/// How sure the facts of a preset are.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Confidence {
    /// A published test vector, or the vendor's own SDK or sample code, agrees.
    A,
    /// The vendor's documentation states every part.
    B,
    /// Documentation, and one inferred part.
    C,
    /// Second-hand or incomplete: partly assumed.
    D,
}

impl Confidence {
    /// The letter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }
}
