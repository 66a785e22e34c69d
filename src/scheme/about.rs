//! Where the facts of a scheme come from.

/// Where the facts of a preset come from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct About {
    pub(super) name: &'static str,
    pub(super) family: Family,
    pub(super) confidence: Confidence,
    pub(super) source: &'static str,
    pub(super) handshake: Option<&'static str>,
    pub(super) replay_note: Option<&'static str>,
    pub(super) batch: bool,
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
            handshake: None,
            replay_note: None,
            batch: false,
        }
    }

    /// What an endpoint must answer when it is registered.
    #[must_use]
    pub const fn with_handshake(mut self, handshake: &'static str) -> Self {
        self.handshake = Some(handshake);
        self
    }

    /// What to know of the replay identity: a doubt, or where it can fail.
    #[must_use]
    pub const fn with_replay_note(mut self, note: &'static str) -> Self {
        self.replay_note = Some(note);
        self
    }

    /// One body may hold several events, so that an item's id never stands for the delivery.
    #[must_use]
    pub const fn with_batches(mut self) -> Self {
        self.batch = true;
        self
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

    /// What an endpoint must answer when it is registered; `None` where nothing is asked for.
    #[must_use]
    pub const fn handshake(&self) -> Option<&'static str> {
        self.handshake
    }

    /// What to know of the replay identity.
    #[must_use]
    pub const fn replay_note(&self) -> Option<&'static str> {
        self.replay_note
    }

    /// Whether one body may hold several events.
    #[must_use]
    pub const fn has_batches(&self) -> bool {
        self.batch
    }
}

/// Families of schemes: what a verifier must do, apart from names and bytes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Family {
    /// A signature made with the provider's private key, checked with its public one.
    AsymStatic,
    /// HTTP Basic credentials.
    Basic,
    /// A MAC over chosen fields of a body.
    BodyFields,
    /// Signed content that a rule makes which no list of parts can express.
    Canonicaliser,
    /// One MAC over the body, nothing else.
    RawBodyMac,
    /// A plain digest of the secret joined with other bytes.
    SecretHash,
    /// The secret itself comes along.
    SharedToken,
    /// Timestamp and signature in headers of their own.
    StampedHeaders,
    /// Timestamp and signatures as pairs of one header.
    StampedKv,
    /// Id, timestamp and a list of versioned signatures in three headers.
    StandardWebhooks,
    /// The signed content holds the URL, the method or values of the query.
    UrlContext,
}

impl Family {
    /// The family's name, such as `stamped-kv`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AsymStatic => "asym-static",
            Self::Basic => "basic",
            Self::BodyFields => "body-fields",
            Self::Canonicaliser => "canonicaliser",
            Self::RawBodyMac => "raw-body-mac",
            Self::SecretHash => "secret-hash",
            Self::SharedToken => "shared-token",
            Self::StampedHeaders => "stamped-headers",
            Self::StampedKv => "stamped-kv",
            Self::StandardWebhooks => "standard-webhooks",
            Self::UrlContext => "url-context",
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
