//! Building a scheme, at compile time or at run time.

use super::check::check;
use super::text::same;
use super::{
    About, Algorithm, BodyForm, Digest, Encoding, Grammar, KeyFormat, Numbered, Part, Place,
    ReplayId, Retries, Scheme, Timestamp, Unit,
};
use crate::clock::Tolerance;
use crate::error::ConfigError;

/// Builds a [`Scheme`]; every method can run at compile time.
///
/// In a `static` or `const`, or inside `const { … }`, a contradiction is a compile error. For a
/// scheme put together at run time use [`try_build`](Self::try_build).
#[derive(Clone, Copy, Debug)]
#[must_use = "a builder does nothing until `build` or `try_build`"]
pub struct SchemeBuilder(Scheme);

impl SchemeBuilder {
    pub(super) const fn new(slug: &'static str, signature: Place) -> Self {
        Self(Scheme {
            slug,
            provider: None,
            about: None,
            signature,
            aliases: &[],
            alternates: &[],
            numbered: None,
            required_headers: &[],
            grammar: Grammar::Plain,
            trimmed: false,
            groups: None,
            algorithm: Algorithm::HMAC_SHA256,
            encoding: Encoding::Hex,
            key: KeyFormat::Text,
            content: &[Part::Body],
            each: None,
            body_digest: None,
            body_form: BodyForm::Sent,
            port_variants: false,
            last_field_counts: false,
            timestamp: None,
            unit: Unit::Seconds,
            tolerance: Some(Tolerance::DEFAULT),
            parts_touch: None,
            body_unsigned: None,
            delivery_id: None,
            event_type: None,
            replay_id: ReplayId::Body,
            retries: Retries::UNKNOWN,
        })
    }

    pub(super) const fn from_scheme(scheme: Scheme) -> Self {
        Self(scheme)
    }

    /// Gives an adjusted scheme a name of its own. The provider stays.
    pub const fn slug(mut self, slug: &'static str) -> Self {
        let provider = self.0.provider();
        self.0.slug = slug;
        self.provider(provider)
    }

    /// Whose deliveries these are; by default the slug.
    pub const fn provider(mut self, provider: &'static str) -> Self {
        self.0.provider = if same(provider, self.0.slug) {
            None
        } else {
            Some(provider)
        };
        self
    }

    /// Where the facts come from.
    pub const fn about(mut self, about: About) -> Self {
        self.0.about = Some(about);
        self
    }

    /// The header that holds the signature, in lower case.
    pub const fn signature_header(mut self, name: &'static str) -> Self {
        self.0.signature = Place::Header(name);
        self
    }

    /// Where the signature stands.
    pub const fn signature(mut self, place: Place) -> Self {
        self.0.signature = place;
        self
    }

    /// Other names of the signature header, each read only where all before it are absent.
    pub const fn aliases(mut self, names: &'static [&'static str]) -> Self {
        self.0.aliases = names;
        self
    }

    /// Further headers that may hold a signature under the same key: all are candidates.
    pub const fn alternates(mut self, names: &'static [&'static str]) -> Self {
        self.0.alternates = names;
        self
    }

    /// Numbered headers that may hold a signature: all are candidates. The signature header is the
    /// first of them.
    pub const fn numbered(mut self, headers: Numbered) -> Self {
        self.0.numbered = Some(headers);
        self
    }

    /// Headers that must hold exactly these values, such as a version of the scheme.
    pub const fn require_headers(
        mut self,
        headers: &'static [(&'static str, &'static str)],
    ) -> Self {
        self.0.required_headers = headers;
        self
    }

    /// Drops white space around items, keys and values of the signature's text.
    pub const fn trimmed(mut self) -> Self {
        self.0.trimmed = true;
        self
    }

    /// What stands between whole groups of pairs, each with a timestamp of its own. One group that
    /// verifies is enough; the first eight are looked at.
    pub const fn groups(mut self, separator: u8) -> Self {
        self.0.groups = Some(separator);
        self
    }

    /// How a signature is made; by default [`Algorithm::HMAC_SHA256`].
    pub const fn algorithm(mut self, algorithm: Algorithm) -> Self {
        self.0.algorithm = algorithm;
        self
    }

    /// How the signature's text is written; by default [`Grammar::Plain`].
    pub const fn grammar(mut self, grammar: Grammar) -> Self {
        self.0.grammar = grammar;
        self
    }

    /// How the MAC is written; by default [`Encoding::Hex`].
    pub const fn encoding(mut self, encoding: Encoding) -> Self {
        self.0.encoding = encoding;
        self
    }

    /// How the secret becomes the key; by default [`KeyFormat::Text`].
    pub const fn key_format(mut self, key: KeyFormat) -> Self {
        self.0.key = key;
        self
    }

    /// The signed content, in order; by default the body alone. A timestamp in it is judged: there is
    /// no switch that could say otherwise.
    pub const fn content(mut self, parts: &'static [Part]) -> Self {
        self.0.content = parts;
        self
    }

    /// Judges each item of this array of a JSON body by a signature of its own: pointers of signature
    /// and content start at the item. All must verify, and there must be one.
    pub const fn each(mut self, array: &'static str) -> Self {
        self.0.each = Some(array);
        self
    }

    /// Where a digest of the body stands, in lower-case hex, that must agree besides the signature,
    /// unless the body is a form that [`Part::SortedForm`] covers.
    pub const fn body_digest(mut self, place: Place, digest: Digest) -> Self {
        self.0.body_digest = Some((place, digest));
        self
    }

    /// Which form of the body is signed; by default [`BodyForm::Sent`].
    pub const fn body_form(mut self, form: BodyForm) -> Self {
        self.0.body_form = form;
        self
    }

    /// Takes a signature over the URL with its port or without, since the sender does either.
    pub const fn port_variants(mut self) -> Self {
        self.0.port_variants = true;
        self
    }

    /// The last of a repeated form field counts; by default a repeated one is malformed.
    pub const fn last_field_counts(mut self) -> Self {
        self.0.last_field_counts = true;
        self
    }

    /// Bears that variable parts of the signed content touch, because the vendor joins them so.
    /// **Dangerous**: a character can be moved from one part to the other under the same signature.
    /// The reason stands in the documentation of the scheme. A replay guard refuses a body whose
    /// touching end is no bracket of JSON, unless the other part is a timestamp in its window.
    pub const fn dangerous_parts_touch(mut self, reason: &'static str) -> Self {
        self.0.parts_touch = Some(reason);
        self
    }

    /// Bears that the body is not signed, because the vendor does not. **Dangerous**: whoever holds
    /// one delivery can put any body into it. The reason stands in the documentation of the scheme.
    pub const fn dangerous_body_unsigned(mut self, reason: &'static str) -> Self {
        self.0.body_unsigned = Some(reason);
        self
    }

    /// Where the signed timestamp stands.
    pub const fn timestamp(mut self, timestamp: Timestamp) -> Self {
        self.0.timestamp = Some(timestamp);
        self
    }

    /// How the timestamp is written; by default [`Unit::Seconds`].
    pub const fn unit(mut self, unit: Unit) -> Self {
        self.0.unit = unit;
        self
    }

    /// The window of the signed timestamp; by default 300 seconds either way.
    pub const fn tolerance(mut self, tolerance: Tolerance) -> Self {
        self.0.tolerance = Some(tolerance);
        self
    }

    /// Judges no window, though a timestamp is signed. **Dangerous**: a captured delivery then passes
    /// for ever, unless a replay guard remembers it.
    pub const fn dangerous_without_window(mut self) -> Self {
        self.0.tolerance = None;
        self
    }

    /// Where a delivery's id stands.
    pub const fn delivery_id(mut self, place: Place) -> Self {
        self.0.delivery_id = Some(place);
        self
    }

    /// Where the event's name stands.
    pub const fn event_type(mut self, place: Place) -> Self {
        self.0.event_type = Some(place);
        self
    }

    /// What identifies one delivery for a replay guard; by default a digest of the body.
    pub const fn replay_id(mut self, id: ReplayId) -> Self {
        self.0.replay_id = id;
        self
    }

    /// What is known of the provider's retries.
    pub const fn retries(mut self, retries: Retries) -> Self {
        self.0.retries = retries;
        self
    }

    /// The scheme, for a `static`, a `const` or a `const { … }` block.
    ///
    /// # Panics
    ///
    /// Where the scheme contradicts itself: in a constant that is a compile error. At run time use
    /// [`try_build`](Self::try_build).
    #[must_use]
    #[expect(
        clippy::panic,
        reason = "a constant that contradicts itself must not compile"
    )]
    pub const fn build(self) -> Scheme {
        match check(&self.0) {
            Ok(()) => self.0,
            Err(why) => panic!("{}", why),
        }
    }

    /// The scheme, for one put together at run time.
    ///
    /// # Errors
    ///
    /// `bad-scheme` where it contradicts itself, saying what to mend.
    pub fn try_build(self) -> Result<Scheme, ConfigError> {
        self.linted()
            .map_err(|why| ConfigError::scheme(format!("scheme {}: {why}", self.0.slug)))
    }

    /// The scheme, or what to mend, without its name.
    pub(crate) fn linted(self) -> Result<Scheme, &'static str> {
        check(&self.0).map(|()| self.0)
    }
}
