//! Verification: the one interpreter of schemes.
//!
//! 1. Every header that the scheme reads is there exactly once.
//! 2. Signature and timestamp have their form; at least one candidate is well-formed.
//! 3. The timestamp lies in the window.
//! 4. The MAC over the signed content is among the candidates.
//!
//! The first three need no byte of the body. The first that fails gives the refusal its
//! [kind](crate::VerifyErrorKind).

mod content;
mod delivery;
mod fault;
mod grammar;
mod headers;
mod held;
mod judged;
mod needs;
mod plan;
mod proof;
mod receipt;
mod rules;
mod seam;
mod unsigned;
mod verification;
mod whole;

use core::fmt;
use std::sync::Arc;

pub use delivery::{Delivery, Head};
#[cfg(feature = "tower")]
pub(crate) use held::Held;
pub use proof::Proven;
pub use receipt::Receipt;
pub(crate) use rules::Rules;
pub use unsigned::Unsigned;
pub use verification::Verification;

use crate::clock::{Clock, Tolerance, UnixTime};
use crate::error::{ConfigError, VerifyError};
use crate::keys::{DeliveryKeys, Keyring, LiveRing, Ring};
use crate::public_url::PublicUrl;
use crate::scheme::Scheme;

/// A scheme and the keys in force: judges deliveries. Cloning is cheap.
///
/// # Example
///
/// ```
/// use http::HeaderMap;
/// use hookproof::{Delivery, Secret, Verifier, VerifyErrorKind, providers};
///
/// let secret = Secret::new("It's a Secret to Everybody");
/// let verifier = Verifier::new(&providers::GITHUB, secret)?;
///
/// let mut headers = HeaderMap::new();
/// headers.insert(
///     "x-hub-signature-256",
///     "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17".parse()?,
/// );
/// let receipt = verifier.verify(Delivery::new(&headers, b"Hello, World!"))?;
/// assert_eq!(receipt.key(), "primary");
///
/// let forged = verifier.verify(Delivery::new(&headers, b"Hello, Mallory!"));
/// assert_eq!(forged.unwrap_err().kind(), VerifyErrorKind::Mismatch);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Verifier {
    rules: Rules,
    ring: LiveRing,
}

impl Verifier {
    /// The longest body, in bytes, that [`begin`](Self::begin) holds unless told otherwise: 1 MiB.
    pub const DEFAULT_BODY_LIMIT: usize = Rules::BODY_LIMIT;

    /// The longest value, in bytes, of each header that the scheme reads: 8 KiB. A longer one is
    /// `malformed`.
    pub const MAX_HEADER: usize = Rules::MAX_HEADER;

    /// How many candidates of a delivery are looked at: 32. Further ones are not compared. Of those for
    /// a public key only 8 are: each costs a verification of its own.
    pub const MAX_CANDIDATES: usize = Rules::MAX_CANDIDATES;

    /// A verifier of one scheme, with one secret or a keyring. The secrets are decoded and the
    /// keys prepared here, so that a delivery costs nothing for it.
    ///
    /// # Errors
    ///
    /// `bad-secret` where a secret is empty, blank, has white space at an end or a line break, is a
    /// placeholder, or cannot be decoded as the scheme wants it; `bad-keyring` where the keyring
    /// has too many keys or two of one label.
    pub fn new(scheme: &Scheme, keys: impl Into<Keyring>) -> Result<Self, ConfigError> {
        Ok(Self {
            rules: Rules::new(scheme)?,
            ring: LiveRing::new(Ring::new(&keys.into(), scheme)?),
        })
    }

    /// Reads the time from another clock than the system's.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Clock) -> Self {
        self.rules.clock = Arc::new(clock);
        self
    }

    /// Judges the signed timestamp by another window than the scheme's. Without effect where the
    /// scheme signs no timestamp: there is no window then.
    #[must_use]
    pub fn with_tolerance(mut self, tolerance: Tolerance) -> Self {
        self.rules.set_tolerance(tolerance);
        self
    }

    /// Configures a text that the scheme signs and that no delivery sends, such as an application's
    /// key: [`Scheme::config_names`]. Without effect for a name that the scheme does not use. Until
    /// all are configured, deliveries are refused as `unavailable`, and no endpoint is built.
    #[must_use]
    pub fn with_config(mut self, name: &str, text: &str) -> Self {
        self.rules.set_config(name, text);
        self
    }

    /// How the URL is known that the scheme signs. Without effect where it signs none; where it does,
    /// deliveries are refused as `unavailable` until it is known, and no endpoint is built.
    #[must_use]
    pub fn with_public_url(mut self, url: PublicUrl) -> Self {
        self.rules.set_public_url(url);
        self
    }

    /// The longest body, in bytes, that [`begin`](Self::begin) holds.
    #[must_use]
    pub const fn with_body_limit(mut self, bytes: usize) -> Self {
        self.rules.body_limit = bytes;
        self
    }

    pub(crate) const fn rules(&self) -> &Rules {
        &self.rules
    }

    pub(crate) const fn rules_mut(&mut self) -> &mut Rules {
        &mut self.rules
    }

    /// The scheme.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        self.rules.scheme()
    }

    /// Exchanges the keys: of this verifier, of its clones, and of endpoints that were built from
    /// any of them. A delivery that is under way finishes with the keys that it began with; one
    /// that begins after this call knows the new ones alone. Readers are not held up.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new); the keys then stay what they were.
    ///
    /// # Example
    ///
    /// ```
    /// use hookproof::{Keyring, Secret, Verifier, providers};
    ///
    /// let verifier = Verifier::new(&providers::STRIPE, Secret::new("whsec_of-last-year-0123"))?;
    /// verifier.rotate(
    ///     Keyring::new(Secret::new("whsec_of-this-year-0123"))
    ///         .with_previous(Secret::new("whsec_of-last-year-0123")),
    /// )?;
    /// assert_eq!(verifier.labels(), ["primary", "previous"]);
    /// # Ok::<(), hookproof::ConfigError>(())
    /// ```
    pub fn rotate(&self, keys: impl Into<Keyring>) -> Result<(), ConfigError> {
        let ring = Ring::new(&keys.into(), self.scheme())?;
        self.ring.exchange(ring);
        Ok(())
    }

    /// The labels of the keys, newest first.
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        let ring = self.ring.borrow();
        ring.keys().map(|key| key.label.to_string()).collect()
    }

    /// The labels of keys of fewer than 16 bytes, which are taken but deserve a warning.
    #[must_use]
    pub fn short_keys(&self) -> Vec<String> {
        let ring = self.ring.borrow();
        let short = ring.keys().filter(|key| key.short);
        short.map(|key| key.label.to_string()).collect()
    }

    /// Judges a whole delivery. Allocates nothing on success, unless the delivery has more than
    /// two well-formed candidates or an id of more than 47 bytes.
    ///
    /// # Errors
    ///
    /// Any kind but those of a body under way: see [`VerifyErrorKind`](crate::VerifyErrorKind).
    pub fn verify(&self, delivery: Delivery<'_>) -> Result<Receipt, VerifyError> {
        self.rules.verify(&self.ring, delivery, || self.rules.now())
    }

    /// Judges a whole delivery by a clock reading of the caller's.
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub fn verify_at(&self, delivery: Delivery<'_>, now: UnixTime) -> Result<Receipt, VerifyError> {
        self.rules.verify(&self.ring, delivery, || Some(now))
    }

    /// Judges a delivery's head, and makes ready for its body.
    ///
    /// # Errors
    ///
    /// Every kind that the head alone gives rise to, and `too-large` where `Content-Length`
    /// announces more than the limit.
    pub fn begin<'h>(&self, head: impl Into<Head<'h>>) -> Result<Verification, VerifyError> {
        let mut verification = Verification::new(self.keys());
        self.rules
            .begin(&mut verification, head.into(), || self.rules.now())?;
        Ok(verification)
    }

    /// Judges a delivery's head by a clock reading of the caller's.
    ///
    /// # Errors
    ///
    /// As [`begin`](Self::begin).
    pub fn begin_at<'h>(
        &self,
        head: impl Into<Head<'h>>,
        now: UnixTime,
    ) -> Result<Verification, VerifyError> {
        let mut verification = Verification::new(self.keys());
        self.rules
            .begin(&mut verification, head.into(), || Some(now))?;
        Ok(verification)
    }

    /// The ring that is in force now, for one delivery.
    pub(crate) fn keys(&self) -> DeliveryKeys {
        DeliveryKeys::own(self.ring.borrow())
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("scheme", &self.scheme().slug())
            .field("keys", &self.labels())
            .finish_non_exhaustive()
    }
}
