//! The receipt: proof that a delivery verified, and what its signature covers beside the body.

use core::fmt;
use std::sync::Arc;

use http::{HeaderMap, HeaderValue};

use super::content::Texts;
use super::judged::{Judged, JudgedTimestamp};
use super::plan::Plan;
use super::unsigned::Unsigned;
use super::whole::{Facts, Seen, Verified};
use crate::clock::UnixTime;
use crate::keys::Label;
use crate::scheme::{Place, Scheme};

/// Proof that a delivery verified, and what its signature covers beside the body.
///
/// Cannot be made in any other way than by verifying, in tests either: those sign their requests
/// with a [`Signer`](crate::Signer).
///
/// # Example
///
/// ```
/// use hookproof::{Delivery, Secret, Signer, Verifier, providers};
///
/// let secret = "whsec_Q5VvFg7vvDnxI1xq9NwKUlqq4Ar-lmAgJ5QzFWSkEGc";
/// let headers = Signer::new(&providers::STRIPE, Secret::new(secret))?.sign(b"{}")?;
/// let verifier = Verifier::new(&providers::STRIPE, Secret::new(secret))?;
///
/// let receipt = verifier.verify(Delivery::new(&headers, b"{}"))?;
/// assert_eq!(receipt.provider(), "stripe");
/// assert_eq!(receipt.key(), "primary");
/// assert!(receipt.age_secs().is_some_and(|age| age <= 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "a receipt is the proof; without it nothing was checked"]
pub struct Receipt {
    claims: Claims,
    key: Label,
}

/// What the head of a delivery says of itself. With the label of the key that proved it, a
/// receipt.
#[derive(Clone)]
pub(super) struct Claims {
    plan: Arc<Plan>,
    tenant: Option<Arc<str>>,
    timestamp: Option<JudgedTimestamp>,
    id: Option<ShortText>,
    /// What few deliveries tell.
    more: Option<Box<More>>,
    /// When its verification began.
    #[cfg(feature = "metrics")]
    began: std::time::Instant,
}

/// What few deliveries tell of themselves.
#[derive(Clone, Default)]
struct More {
    /// The signed headers beside the id, each after its length.
    others: Box<[u8]>,
    /// How far the timestamp lies into its second, in nanoseconds.
    nanos: u32,
    /// What is told when a delivery is judged whole.
    facts: Option<Facts>,
}

impl More {
    #[cold]
    fn of_judged(plan: &Plan, nanos: u32, texts: &Texts<'_>) -> Box<Self> {
        Box::new(Self {
            others: others(plan, texts.headers.into_iter()),
            nanos,
            facts: None,
        })
    }
}

impl Claims {
    #[inline(always)]
    pub(super) fn new(
        plan: &Arc<Plan>,
        judged: &Judged<'_>,
        texts: &Texts<'_>,
        tenant: Option<Arc<str>>,
    ) -> Self {
        let has_others = plan.headers.len() > usize::from(plan.id.is_some());
        Self {
            plan: Arc::clone(plan),
            tenant,
            timestamp: judged.timestamp,
            id: judged.id.map(ShortText::new),
            more: (has_others || judged.nanos > 0)
                .then(|| More::of_judged(plan, judged.nanos, texts)),
            #[cfg(feature = "metrics")]
            began: std::time::Instant::now(),
        }
    }

    /// What a head says of itself whose delivery is judged when it is whole.
    pub(super) fn of_head(plan: &Arc<Plan>, seen: &Seen, tenant: Option<Arc<str>>) -> Self {
        Self {
            plan: Arc::clone(plan),
            tenant,
            timestamp: None,
            id: seen.id(plan).map(ShortText::new),
            more: Some(Box::new(More {
                others: others(plan, seen.headers()),
                ..More::default()
            })),
            #[cfg(feature = "metrics")]
            began: std::time::Instant::now(),
        }
    }

    pub(super) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// To be called where a whole delivery verified, and nowhere else.
    pub(super) fn proven_whole(mut self, verified: Verified<'_>) -> Receipt {
        self.timestamp = verified.timestamp;
        let more = self.more.get_or_insert_default();
        more.nanos = verified.nanos;
        more.facts = Some(verified.facts);
        self.proven_by(&verified.key.label)
    }

    /// To be called where a MAC matched, and nowhere else.
    #[inline(always)]
    pub(super) fn proven_by(self, key: &Label) -> Receipt {
        Receipt {
            claims: self,
            key: key.clone(),
        }
    }
}

/// Signed headers but the id, so that two lists of them never read alike.
fn others<'h>(plan: &Plan, headers: impl Iterator<Item = &'h [u8]>) -> Box<[u8]> {
    let mut all = Vec::new();
    let headers = headers.take(plan.headers.len()).enumerate();
    for (_, text) in headers.filter(|(nth, _)| Some(*nth) != plan.id) {
        all.extend_from_slice(&u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        all.extend_from_slice(text);
    }
    all.into_boxed_slice()
}

/// The first of texts that each stand after their length, and what is left.
fn framed(all: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = all.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)
}

impl Receipt {
    /// The name of the endpoint that verified, where there was one.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        self.claims.plan.endpoint.as_deref()
    }

    /// The tenant whose key matched, where the endpoint has tenants.
    #[must_use]
    pub fn tenant(&self) -> Option<&str> {
        self.claims.tenant.as_deref()
    }

    /// The scheme under which the delivery verified.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.claims.plan.scheme
    }

    /// Whose delivery it is, as [`Scheme::provider`] names it.
    #[must_use]
    pub fn provider(&self) -> &'static str {
        self.claims.plan.scheme.provider()
    }

    /// The label of the key that matched.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The signed timestamp, in whole seconds; `None` where the scheme signs none.
    #[must_use]
    pub fn timestamp(&self) -> Option<UnixTime> {
        self.claims.timestamp.map(|timestamp| timestamp.at)
    }

    /// The signed timestamp's part of a second, in nanoseconds.
    pub(crate) fn timestamp_nanos(&self) -> u32 {
        self.claims.more.as_ref().map_or(0, |more| more.nanos)
    }

    /// How many whole seconds the signed timestamp lay behind the clock; negative where it lay ahead.
    #[must_use]
    pub fn age_secs(&self) -> Option<i64> {
        self.claims.timestamp.map(|timestamp| timestamp.age)
    }

    /// The delivery's id, where it stands in a signed header, is UTF-8 and 1 to 256 bytes long.
    /// An id that stands in the body is read from the proof: see `Proven::delivery_id`.
    #[must_use]
    pub fn signed_id(&self) -> Option<&str> {
        let id = core::str::from_utf8(self.claims.id.as_ref()?.as_bytes()).ok()?;
        (id.len() <= 256).then_some(id)
    }

    #[cfg(feature = "metrics")]
    pub(crate) const fn label(&self) -> &Label {
        &self.key
    }

    /// How long ago its verification began.
    #[cfg(feature = "metrics")]
    pub(crate) fn took(&self) -> std::time::Duration {
        self.claims.began.elapsed()
    }

    /// The text of the signed id, whatever it is.
    pub(crate) fn raw_id(&self) -> Option<&[u8]> {
        self.claims.id.as_ref().map(ShortText::as_bytes)
    }

    /// The text of the signed header that identifies the delivery for a replay guard.
    pub(crate) fn replay_header(&self) -> Option<&[u8]> {
        let plan = &self.claims.plan;
        let nth = plan.replay?;
        if plan.id == Some(nth) {
            return self.raw_id();
        }
        // The others are in order, without the id.
        let before = nth - usize::from(plan.id.is_some_and(|id| id < nth));
        let mut rest = self.other_headers();
        for _ in 0..before {
            rest = framed(rest)?.1;
        }
        framed(rest).map(|(text, _)| text)
    }

    /// What was told when the delivery was judged whole.
    pub(crate) fn facts(&self) -> Option<&Facts> {
        self.claims.more.as_ref()?.facts.as_ref()
    }

    /// Whether a character of a proven body could have been moved to or from what it touches.
    pub(crate) fn has_open_seam(&self, body: &[u8]) -> bool {
        let plan = &self.claims.plan;
        plan.seam.is_open(plan.scheme.tolerance().is_some(), body)
    }

    /// The signed headers beside the id.
    pub(crate) fn other_headers(&self) -> &[u8] {
        let more = self.claims.more.as_ref();
        more.map_or(&[], |more| &more.others)
    }

    /// The event's name from a header that the signature does not cover: whoever holds a captured
    /// delivery can write any. `None` where the scheme knows of no such header.
    #[must_use]
    pub fn unsigned_event_type<'h>(&self, headers: &'h HeaderMap) -> Option<Unsigned<&'h str>> {
        self.unsigned(self.claims.plan.scheme.event_type()?, headers)
    }

    /// The delivery's id from a header that the signature does not cover.
    #[must_use]
    pub fn unsigned_delivery_id<'h>(&self, headers: &'h HeaderMap) -> Option<Unsigned<&'h str>> {
        self.unsigned(self.claims.plan.scheme.delivery_id()?, headers)
    }

    pub(super) fn unsigned<'h>(
        &self,
        place: Place,
        headers: &'h HeaderMap,
    ) -> Option<Unsigned<&'h str>> {
        match place {
            Place::Header(name) if !self.claims.plan.scheme.covers(place) => {
                let mut lines = headers.get_all(name).iter();
                let (line, None) = (lines.next()?, lines.next()) else {
                    return None;
                };
                line.to_str().ok().map(Unsigned::new)
            }
            _ => None,
        }
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receipt")
            .field("endpoint", &self.endpoint())
            .field("tenant", &self.tenant())
            .field("scheme", &self.claims.plan.scheme.slug())
            .field("key", &self.key())
            .field("timestamp", &self.timestamp())
            .field("age_secs", &self.age_secs())
            .field("signed_id", &self.signed_id())
            .finish()
    }
}

/// A header's text, inline where it is short, as ids are: taking a second reference to a header
/// value allocates the first time, and verification allocates nothing.
#[derive(Clone)]
enum ShortText {
    Inline(InlineText),
    Long(HeaderValue),
}

/// Aligned, since a receipt is moved in words: at an odd address its first bytes would go singly,
/// and be waited for.
#[derive(Clone)]
#[repr(align(8))]
struct InlineText {
    text: [u8; ShortText::INLINE],
    length: u8,
}

impl ShortText {
    /// Enough for a UUID and for the ids of Svix and its kin.
    const INLINE: usize = 47;

    #[inline(always)]
    fn new(value: &HeaderValue) -> Self {
        let text = value.as_bytes();
        let mut inline = InlineText {
            text: [0; Self::INLINE],
            length: 0,
        };
        match (inline.text.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text);
                inline.length = length;
                Self::Inline(inline)
            }
            _ => Self::Long(value.clone()),
        }
    }

    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Inline(InlineText { text, length }) => {
                text.get(..usize::from(*length)).unwrap_or_default()
            }
            Self::Long(value) => value.as_bytes(),
        }
    }
}
