//! Schemes: how one provider signs, as constant data.
//!
//! A scheme describes; [`Verifier`](crate::Verifier) and [`Signer`](crate::Signer) interpret. The
//! presets in [`providers`](crate::providers) are written exactly as a user's own scheme is:
//!
//! ```
//! use hookproof::scheme::{Encoding, Grammar, Part, Scheme, Timestamp};
//!
//! static ACME: Scheme = Scheme::builder("acme", "acme-signature")
//!     .grammar(Grammar::Pairs { signature: "v1", separator: b',', assign: b'=' })
//!     .encoding(Encoding::Hex)
//!     .timestamp(Timestamp::Pair("t"))
//!     .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
//!     .build();
//! assert_eq!(ACME.slug(), "acme");
//! ```
//!
//! A scheme that contradicts itself does not compile where it is a `static` or a `const`, and the
//! message says what to mend:
//!
//! ```compile_fail,E0080
//! use hookproof::scheme::{Part, Scheme, Timestamp};
//!
//! // The timestamp would be judged, but an attacker could write any: it is not signed.
//! static OPEN: Scheme = Scheme::builder("open", "open-signature")
//!     .timestamp(Timestamp::Header("open-timestamp"))
//!     .content(&[Part::Body])
//!     .build();
//! ```
//!
//! Where part of what is known of a provider is assumed, or a proxy renames a header, a preset is
//! adjusted, not written anew: see [`Scheme::adjust`].

mod builder;
mod check;
mod parts;
mod text;

pub use crate::encoding::Encoding;
pub use builder::SchemeBuilder;
pub(crate) use check::MAX_CONTENT_HEADERS;
pub use parts::{
    About, AfterClientError, Confidence, Family, Grammar, KeyFormat, Part, Place, ReplayId,
    Retries, Timestamp,
};

use crate::clock::Tolerance;

/// How one provider signs its deliveries: where the signature stands and how it is written, what
/// is signed with which kind of key, what timestamps and ids mean.
///
/// Constant data, made by [`Scheme::builder`]; the module has an example. Copying one is cheap.
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    slug: &'static str,
    provider: &'static str,
    about: Option<About>,
    signature_header: &'static str,
    aliases: &'static [&'static str],
    grammar: Grammar,
    encoding: Encoding,
    key: KeyFormat,
    content: &'static [Part],
    timestamp: Option<Timestamp>,
    /// `None`: the window is switched off, under its loud name.
    tolerance: Option<Tolerance>,
    delivery_id: Option<Place>,
    event_type: Option<Place>,
    replay_id: ReplayId,
    retries: Retries,
}

impl Scheme {
    /// Starts a scheme whose signature stands in this header. The slug is lower-case words joined
    /// by hyphens; header names are written in lower case and match in any.
    ///
    /// Without further calls it is: the plain text of the header is the lower-case or upper-case
    /// hex of an HMAC-SHA256 over the body, under the secret's text as the key.
    pub const fn builder(slug: &'static str, signature_header: &'static str) -> SchemeBuilder {
        SchemeBuilder::new(slug, signature_header)
    }

    /// A builder that starts from this scheme, for changing single facts of it.
    ///
    /// # Example
    ///
    /// ```
    /// use hookproof::{providers, Tolerance, scheme::Scheme};
    ///
    /// // Behind a proxy that renames the header, and with a wider window.
    /// static MAILINGAPI: Scheme = providers::MAILINGAPI
    ///     .adjust()
    ///     .signature_header("x-outer-signature")
    ///     .tolerance(Tolerance::symmetric(600))
    ///     .build();
    /// assert_eq!(MAILINGAPI.provider(), "mailingapi");
    /// ```
    pub const fn adjust(&self) -> SchemeBuilder {
        SchemeBuilder::from_scheme(*self)
    }

    /// The same scheme with another window, which no lint can object to.
    pub(crate) const fn with_tolerance(mut self, tolerance: Tolerance) -> Self {
        self.tolerance = Some(tolerance);
        self
    }

    /// The preset's name, such as `sendmux-v2`.
    #[must_use]
    pub const fn slug(&self) -> &'static str {
        self.slug
    }

    /// Whose deliveries these are. Schemes of one provider that sign the same deliveries share
    /// it, and with it typed events and the namespace of replay identities.
    #[must_use]
    pub const fn provider(&self) -> &'static str {
        self.provider
    }

    /// Where the facts come from; `None` for a scheme of the user's own.
    #[must_use]
    pub const fn about(&self) -> Option<&About> {
        self.about.as_ref()
    }

    /// The header that holds the signature, in lower case.
    #[must_use]
    pub const fn signature_header(&self) -> &'static str {
        self.signature_header
    }

    /// Other names of the signature header, each read only where all before it are absent.
    #[must_use]
    pub const fn aliases(&self) -> &'static [&'static str] {
        self.aliases
    }

    /// How the signature header is written.
    #[must_use]
    pub const fn grammar(&self) -> Grammar {
        self.grammar
    }

    /// How the MAC is written in it.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How the secret's text becomes key bytes.
    #[must_use]
    pub const fn key_format(&self) -> KeyFormat {
        self.key
    }

    /// The signed content, in order.
    #[must_use]
    pub const fn content(&self) -> &'static [Part] {
        self.content
    }

    /// Where the signed timestamp stands; `None` where the scheme signs none.
    #[must_use]
    pub const fn timestamp(&self) -> Option<Timestamp> {
        self.timestamp
    }

    /// The window in which a signed timestamp must lie; `None` where there is none to judge.
    #[must_use]
    pub const fn tolerance(&self) -> Option<Tolerance> {
        match self.timestamp {
            Some(_) => self.tolerance,
            None => None,
        }
    }

    /// Where a delivery's id stands. [`Scheme::covers`] tells whether it is signed.
    #[must_use]
    pub const fn delivery_id(&self) -> Option<Place> {
        self.delivery_id
    }

    /// Where the event's name stands. [`Scheme::covers`] tells whether it is signed.
    #[must_use]
    pub const fn event_type(&self) -> Option<Place> {
        self.event_type
    }

    /// What identifies one delivery for a replay guard.
    #[must_use]
    pub const fn replay_id(&self) -> ReplayId {
        self.replay_id
    }

    /// What is known of the provider's retries.
    #[must_use]
    pub const fn retries(&self) -> Retries {
        self.retries
    }

    /// Whether the signature covers what stands there. Whoever holds a captured delivery can
    /// change everything that it does not cover.
    #[must_use]
    pub const fn covers(&self, place: Place) -> bool {
        check::covers(self.content, place)
    }
}
