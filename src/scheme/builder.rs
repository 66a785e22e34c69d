//! Building a scheme, at compile time or at run time.

use super::check::check;
use super::{
    About, Encoding, Grammar, KeyFormat, Part, Place, ReplayId, Retries, Scheme, Timestamp,
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
    pub(super) const fn new(slug: &'static str, signature_header: &'static str) -> Self {
        Self(Scheme {
            slug,
            provider: slug,
            about: None,
            signature_header,
            aliases: &[],
            grammar: Grammar::Plain,
            encoding: Encoding::Hex,
            key: KeyFormat::Text,
            content: &[Part::Body],
            timestamp: None,
            tolerance: Some(Tolerance::DEFAULT),
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
        self.0.slug = slug;
        self
    }

    /// Whose deliveries these are; by default the slug.
    pub const fn provider(mut self, provider: &'static str) -> Self {
        self.0.provider = provider;
        self
    }

    /// Where the facts come from.
    pub const fn about(mut self, about: About) -> Self {
        self.0.about = Some(about);
        self
    }

    /// The header that holds the signature, in lower case.
    pub const fn signature_header(mut self, name: &'static str) -> Self {
        self.0.signature_header = name;
        self
    }

    /// Other names of the signature header, each read only where all before it are absent.
    pub const fn aliases(mut self, names: &'static [&'static str]) -> Self {
        self.0.aliases = names;
        self
    }

    /// How the signature header is written; by default [`Grammar::Plain`].
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

    /// Where the signed timestamp stands.
    pub const fn timestamp(mut self, timestamp: Timestamp) -> Self {
        self.0.timestamp = Some(timestamp);
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
        match check(&self.0) {
            Ok(()) => Ok(self.0),
            Err(why) => Err(ConfigError::scheme(format!(
                "scheme {}: {why}",
                self.0.slug
            ))),
        }
    }
}
