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
mod grammar;
mod held;
mod judged;
mod plan;
mod proof;
mod verification;

use core::fmt;
use std::sync::Arc;

use http::header::CONTENT_LENGTH;

use content::{feed_closing, feed_opening};
pub use delivery::{Delivery, Head};
pub use proof::{Proven, Receipt, Unsigned};
pub use verification::Verification;

pub(crate) use grammar::MAX_CANDIDATES;
use held::Held;
use judged::Judged;
pub(crate) use plan::Plan;
use proof::Claims;

use crate::clock::{Clock, SystemClock, Tolerance, UnixTime};
use crate::error::{ConfigError, VerifyError};
use crate::keys::{Keyring, Ring};
use crate::mac::Candidates;
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
    plan: Arc<Plan>,
    ring: Arc<Ring>,
    clock: Arc<dyn Clock>,
    body_limit: usize,
    header_limit: usize,
}

impl Verifier {
    /// The longest body, in bytes, that [`begin`](Self::begin) holds unless told otherwise: 1 MiB.
    pub const DEFAULT_BODY_LIMIT: usize = 1024 * 1024;

    /// The longest value, in bytes, of each header that the scheme reads: 8 KiB. A longer one is
    /// `malformed`.
    pub const MAX_HEADER: usize = 8 * 1024;

    /// How many candidates of a delivery are looked at: 32. Further ones are not compared.
    pub const MAX_CANDIDATES: usize = MAX_CANDIDATES;

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
            plan: Arc::new(Plan::new(scheme)?),
            ring: Arc::new(Ring::new(&keys.into(), scheme.key_format())?),
            clock: Arc::new(SystemClock),
            body_limit: Self::DEFAULT_BODY_LIMIT,
            header_limit: Self::MAX_HEADER,
        })
    }

    /// Reads the time from another clock than the system's.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Judges the signed timestamp by another window than the scheme's. Without effect where the
    /// scheme signs no timestamp: there is no window then.
    #[must_use]
    pub fn with_tolerance(mut self, tolerance: Tolerance) -> Self {
        let plan = Arc::make_mut(&mut self.plan);
        plan.scheme = plan.scheme.with_tolerance(tolerance);
        self
    }

    /// The longest body, in bytes, that [`begin`](Self::begin) holds.
    #[must_use]
    pub const fn with_body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    pub(crate) fn for_endpoint(
        mut self,
        name: &Arc<str>,
        body_limit: usize,
        header_limit: usize,
    ) -> Self {
        Arc::make_mut(&mut self.plan).endpoint = Some(Arc::clone(name));
        self.body_limit = body_limit;
        self.header_limit = header_limit;
        self
    }

    /// The scheme.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.plan.scheme
    }

    /// The labels of keys of fewer than 16 bytes, which are taken but deserve a warning.
    pub fn short_keys(&self) -> impl Iterator<Item = &str> {
        self.ring
            .keys()
            .filter(|key| key.short)
            .map(|key| &*key.label)
    }

    /// Judges a whole delivery. Allocates nothing on success, unless the delivery has more than
    /// two well-formed candidates or an id of more than 46 bytes.
    ///
    /// # Errors
    ///
    /// Any kind but those of a body under way: see [`VerifyErrorKind`](crate::VerifyErrorKind).
    pub fn verify(&self, delivery: Delivery<'_>) -> Result<Receipt, VerifyError> {
        self.judge_whole(delivery, || self.clock.now())
    }

    /// Judges a whole delivery by a clock reading of the caller's.
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub fn verify_at(&self, delivery: Delivery<'_>, now: UnixTime) -> Result<Receipt, VerifyError> {
        self.judge_whole(delivery, || Some(now))
    }

    /// Judges a delivery's head, and makes ready for its body.
    ///
    /// # Errors
    ///
    /// Every kind that the head alone gives rise to, and `too-large` where `Content-Length`
    /// announces more than the limit.
    pub fn begin<'h>(&self, head: impl Into<Head<'h>>) -> Result<Verification, VerifyError> {
        self.judge_head(head.into(), || self.clock.now())
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
        self.judge_head(head.into(), || Some(now))
    }

    #[inline]
    fn judge_whole(
        &self,
        delivery: Delivery<'_>,
        now: impl FnOnce() -> Option<UnixTime>,
    ) -> Result<Receipt, VerifyError> {
        let mut candidates = Candidates::default();
        let head = delivery.head;
        let judged = Judged::new(&self.plan, self.header_limit, head, now, &mut candidates)?;
        self.try_keys(&judged, &candidates, delivery.body)
    }

    /// One MAC a key, newest first, until one matches.
    #[inline]
    fn try_keys(
        &self,
        judged: &Judged<'_>,
        candidates: &Candidates,
        body: &[u8],
    ) -> Result<Receipt, VerifyError> {
        for key in self.ring.keys() {
            let mut mac = key.mac.start();
            feed_opening(&self.plan, &judged.texts, &mut mac);
            mac.update(body);
            feed_closing(&self.plan, &judged.texts, &mut mac);
            if mac.matches_any(candidates) {
                return Ok(self.claims(judged).proven_by(&key.label));
            }
        }
        Err(VerifyError::mismatch())
    }

    fn judge_head(
        &self,
        head: Head<'_>,
        now: impl FnOnce() -> Option<UnixTime>,
    ) -> Result<Verification, VerifyError> {
        let mut candidates = Candidates::default();
        let judged = Judged::new(&self.plan, self.header_limit, head, now, &mut candidates)?;
        let announced = announced_length(head);
        if announced.is_some_and(|length| length > self.body_limit) {
            return Err(VerifyError::too_large(self.body_limit));
        }
        let claims = self.claims(&judged);
        let held = Held::new(self.body_limit, announced);
        Ok(Verification::new(
            &self.plan, &self.ring, &judged, candidates, claims, held,
        ))
    }

    fn claims(&self, judged: &Judged<'_>) -> Claims {
        Claims::new(&self.plan, judged)
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("scheme", &self.plan.scheme.slug())
            .field(
                "keys",
                &self.ring.keys().map(|key| &key.label).collect::<Vec<_>>(),
            )
            .finish_non_exhaustive()
    }
}

/// The body's length as the sender announced it; a number past every integer is the largest. What
/// is no number is the server's to refuse; the cap holds in any case.
fn announced_length(head: Head<'_>) -> Option<usize> {
    let text = head.headers.get(CONTENT_LENGTH)?.to_str().ok()?;
    let number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    number.then(|| text.parse().unwrap_or(usize::MAX))
}
