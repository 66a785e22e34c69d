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

mod about;
mod algorithm;
mod builder;
mod check;
mod covers;
mod needs;
mod parts;
mod replay;
mod text;

pub use crate::encoding::Encoding;
pub use about::{About, Confidence, Family};
pub use algorithm::{Algorithm, Digest, KeyFormat};
pub use builder::SchemeBuilder;
pub(crate) use check::MAX_CONTENT_HEADERS;
pub use parts::{BodyForm, Canonical, FormJson, Grammar, Numbered, Part, Place, Timestamp, Unit};
pub use replay::{AfterClientError, ReplayId, Retries};

use crate::clock::Tolerance;

/// How one provider signs its deliveries: where the signature stands and how it is written, what
/// is signed with which kind of key, what timestamps and ids mean.
///
/// Constant data, made by [`Scheme::builder`]; the module has an example. Copying one is cheap.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Scheme {
    slug: &'static str,
    /// `None`: the slug.
    provider: Option<&'static str>,
    about: Option<About>,
    signature: Place,
    aliases: &'static [&'static str],
    alternates: &'static [&'static str],
    numbered: Option<Numbered>,
    required_headers: &'static [(&'static str, &'static str)],
    grammar: Grammar,
    trimmed: bool,
    groups: Option<u8>,
    algorithm: Algorithm,
    encoding: Encoding,
    key: KeyFormat,
    content: &'static [Part],
    each: Option<&'static str>,
    body_digest: Option<(Place, Digest)>,
    body_form: BodyForm,
    port_variants: bool,
    last_field_counts: bool,
    timestamp: Option<Timestamp>,
    unit: Unit,
    /// `None`: the window is switched off, under its loud name.
    tolerance: Option<Tolerance>,
    /// Why parts that touch are borne.
    parts_touch: Option<&'static str>,
    /// Why it is borne that the body is not signed.
    body_unsigned: Option<&'static str>,
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
        SchemeBuilder::new(slug, Place::Header(signature_header))
    }

    /// Starts a scheme whose signature stands anywhere in the delivery.
    pub const fn builder_at(slug: &'static str, signature: Place) -> SchemeBuilder {
        SchemeBuilder::new(slug, signature)
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
        match self.provider {
            Some(provider) => provider,
            None => self.slug,
        }
    }

    /// Where the facts come from; `None` for a scheme of the user's own.
    #[must_use]
    pub const fn about(&self) -> Option<&About> {
        self.about.as_ref()
    }

    /// Where the signature stands.
    #[must_use]
    pub const fn signature(&self) -> Place {
        self.signature
    }

    /// The header that holds the signature, in lower case; `None` where it stands elsewhere.
    #[must_use]
    pub const fn signature_header(&self) -> Option<&'static str> {
        match self.signature {
            Place::Header(name) => Some(name),
            _ => None,
        }
    }

    /// Other names of the signature header, each read only where all before it are absent.
    #[must_use]
    pub const fn aliases(&self) -> &'static [&'static str] {
        self.aliases
    }

    /// Further headers that may hold a signature under the same key: all are candidates.
    #[must_use]
    pub const fn alternates(&self) -> &'static [&'static str] {
        self.alternates
    }

    /// Numbered headers that may hold a signature: all are candidates.
    #[must_use]
    pub const fn numbered(&self) -> Option<Numbered> {
        self.numbered
    }

    /// Headers that must hold exactly these values, else a delivery is malformed.
    #[must_use]
    pub const fn required_headers(&self) -> &'static [(&'static str, &'static str)] {
        self.required_headers
    }

    /// How the signature's text is written.
    #[must_use]
    pub const fn grammar(&self) -> Grammar {
        self.grammar
    }

    /// Whether white space around items, keys and values of that text is dropped.
    #[must_use]
    pub const fn is_trimmed(&self) -> bool {
        self.trimmed
    }

    /// What stands between whole groups of pairs, each with a timestamp of its own.
    #[must_use]
    pub const fn groups(&self) -> Option<u8> {
        self.groups
    }

    /// How a signature is made.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// How a signature is written.
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

    /// The array of a JSON body each of whose items has a signature of its own; pointers of signature
    /// and content then start at the item.
    #[must_use]
    pub const fn each(&self) -> Option<&'static str> {
        self.each
    }

    /// Where a digest of the body stands that must agree besides the signature, unless the body is a
    /// form that [`Part::SortedForm`] covers.
    #[must_use]
    pub const fn body_digest(&self) -> Option<(Place, Digest)> {
        self.body_digest
    }

    /// Whether the signature covers the body as sent, or as it was before compression.
    #[must_use]
    pub const fn body_form(&self) -> BodyForm {
        self.body_form
    }

    /// Whether the URL counts as signed with its port or without.
    #[must_use]
    pub const fn has_port_variants(&self) -> bool {
        self.port_variants
    }

    /// Whether the last of a repeated form field counts; else a repeated one is malformed.
    #[must_use]
    pub const fn last_field_counts(&self) -> bool {
        self.last_field_counts
    }

    /// Why parts of the signed content touch: the reason of its waiver, where it has one.
    #[must_use]
    pub const fn parts_touch(&self) -> Option<&'static str> {
        self.parts_touch
    }

    /// Why the body is not signed: the reason of its waiver, where it has one.
    #[must_use]
    pub const fn body_unsigned(&self) -> Option<&'static str> {
        self.body_unsigned
    }

    /// Where the signed timestamp stands; `None` where the scheme signs none.
    #[must_use]
    pub const fn timestamp(&self) -> Option<Timestamp> {
        self.timestamp
    }

    /// How the timestamp is written.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        self.unit
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
        covers::place(self, place)
    }

    /// Whether the signature covers the whole body.
    #[must_use]
    pub const fn covers_body(&self) -> bool {
        covers::body(self)
    }

    /// Whether the signed content holds the body's bytes.
    pub(crate) const fn covers_body_bytes(&self) -> bool {
        covers::body_bytes(self)
    }

    /// Whether the signature covers the URL, so that a [`PublicUrl`](crate::PublicUrl) is needed.
    #[must_use]
    pub const fn covers_url(&self) -> bool {
        covers::url(self)
    }

    /// Whether the secret's text is part of the content.
    pub(crate) fn signs_secret(&self) -> bool {
        let rules = [Canonical::UnisenderGo, Canonical::Wecom];
        self.content.iter().any(|part| match part {
            Part::Secret => true,
            Part::Canonical(rule) => rules.contains(rule),
            _ => false,
        })
    }

    /// What the operator must configure, by [`Verifier::with_config`](crate::Verifier::with_config).
    pub fn config_names(&self) -> impl Iterator<Item = &'static str> {
        self.content.iter().filter_map(|part| match part {
            Part::Config(name) => Some(*name),
            _ => None,
        })
    }
}
