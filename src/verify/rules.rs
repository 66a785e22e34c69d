//! What judges deliveries, but for the keys: the plan, the clock and the limits.

use std::sync::Arc;

use http::HeaderValue;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

use super::content::{Texts, feed_closing, feed_opening};
use super::delivery::{Delivery, Head};
use super::fault::Fault;
use super::grammar::MAX_CANDIDATES;
use super::held::Held;
use super::judged::Judged;
use super::plan::Plan;
use super::receipt::{Claims, Receipt};
use super::verification::Verification;
use super::whole::{self, Seen};
use crate::clock::{Clock, SystemClock, Tolerance, UnixTime};
use crate::error::{ConfigError, VerifyError};
use crate::keys::{LiveRing, Ring, RingKey};
use crate::mac::Candidates;
use crate::public_url::PublicUrl;
use crate::scheme::Scheme;

/// How deliveries of one scheme are judged, whoever's keys they are judged by. Cloning is cheap.
#[derive(Clone)]
pub(crate) struct Rules {
    pub(super) plan: Arc<Plan>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) body_limit: usize,
    pub(super) header_limit: usize,
}

/// What a whole delivery's keys are tried on.
#[derive(Clone, Copy)]
struct Signed<'d> {
    candidates: &'d Candidates,
    texts: &'d Texts<'d>,
    body: &'d [u8],
}

impl Rules {
    pub(crate) const BODY_LIMIT: usize = 1024 * 1024;
    pub(crate) const MAX_HEADER: usize = 8 * 1024;
    pub(crate) const MAX_CANDIDATES: usize = MAX_CANDIDATES;

    pub(crate) fn new(scheme: &Scheme) -> Result<Self, ConfigError> {
        Ok(Self {
            plan: Arc::new(Plan::new(scheme)?),
            clock: Arc::new(SystemClock),
            body_limit: Self::BODY_LIMIT,
            header_limit: Self::MAX_HEADER,
        })
    }

    /// The plan, to be changed while it is nobody else's.
    pub(super) fn plan_mut(&mut self) -> &mut Plan {
        Arc::make_mut(&mut self.plan)
    }

    pub(crate) fn scheme(&self) -> &Scheme {
        &self.plan.scheme
    }

    /// The wall clock.
    pub(crate) fn now(&self) -> Option<UnixTime> {
        self.clock.now()
    }

    pub(crate) fn set_config(&mut self, name: &str, text: &str) {
        let known = self.scheme().config_names().find(|known| *known == name);
        if let Some(known) = known {
            self.plan_mut().configured.push((known, Arc::from(text)));
        }
    }

    pub(crate) fn set_public_url(&mut self, url: PublicUrl) {
        self.plan_mut().public_url = Some(url);
    }

    /// What the operator has yet to configure, before a delivery could verify.
    pub(crate) fn lacks(&self) -> Option<String> {
        self.plan.lacks()
    }

    pub(crate) fn set_tolerance(&mut self, tolerance: Tolerance) {
        let plan = self.plan_mut();
        plan.scheme = plan.scheme.with_tolerance(tolerance);
    }

    /// Takes an endpoint's name, limits and window.
    pub(crate) fn for_endpoint(&mut self, name: &Arc<str>, body_limit: usize, header_limit: usize) {
        self.plan_mut().endpoint = Some(Arc::clone(name));
        self.body_limit = body_limit;
        self.header_limit = header_limit;
    }

    /// Judges a whole delivery: one MAC a key, newest first, until one matches.
    #[inline]
    pub(super) fn verify(
        &self,
        ring: &LiveRing,
        delivery: Delivery<'_>,
        now: impl Fn() -> Option<UnixTime>,
    ) -> Result<Receipt, VerifyError> {
        if !self.plan.runs {
            return self.verify_whole(ring, delivery, now);
        }
        let (mut candidates, mut texts) = (Candidates::default(), Texts::default());
        let judged = self.judged(delivery.head, &now, (&mut candidates, &mut texts))?;
        let signed = Signed {
            candidates: &candidates,
            texts: &texts,
            body: delivery.body,
        };
        let ring = ring.borrow();
        let key = if self.matches(&ring.newest, signed) {
            &ring.newest
        } else {
            self.older_key(&ring, signed, now)?
        };
        let claims = Claims::new(&self.plan, &judged, &texts, None);
        Ok(claims.proven_by(&key.label))
    }

    /// The first of the older keys in force that gives one of the candidates.
    #[cold]
    fn older_key<'r>(
        &self,
        ring: &'r Ring,
        signed: Signed<'_>,
        now: impl Fn() -> Option<UnixTime>,
    ) -> Result<&'r RingKey, VerifyError> {
        let mut older = ring.older(ring.in_force(now));
        older
            .find(|key| self.matches(key, signed))
            .ok_or_else(VerifyError::mismatch)
    }

    /// Whether a key gives one of the candidates.
    #[inline(always)]
    fn matches(&self, key: &RingKey, signed: Signed<'_>) -> bool {
        key.matches(signed.candidates, |mac| {
            feed_opening(&self.plan, signed.texts, mac);
            mac.update(signed.body);
            feed_closing(&self.plan, signed.texts, mac);
        })
    }

    #[cold]
    fn verify_whole(
        &self,
        ring: &LiveRing,
        delivery: Delivery<'_>,
        now: impl Fn() -> Option<UnixTime>,
    ) -> Result<Receipt, VerifyError> {
        let mut seen = self.seen(delivery.head, now())?;
        let claims = Claims::of_head(&self.plan, &seen, None);
        let ring = ring.borrow();
        let older = ring.older(ring.in_force(now));
        let keys: Vec<_> = core::iter::once(&ring.newest).chain(older).collect();
        whole::judge(&self.plan, &mut seen, delivery.body, &keys)
            .map(|verified| claims.proven_whole(verified))
    }

    /// Judges a head, and makes the verification ready for its body. That stands where the caller has
    /// it: it is large, and moving it would cost as much as parsing did.
    #[inline]
    pub(crate) fn begin(
        &self,
        verification: &mut Verification,
        head: Head<'_>,
        now: impl Fn() -> Option<UnixTime>,
    ) -> Result<(), VerifyError> {
        let begun = if self.plan.runs {
            self.begin_running(verification, head, now)
        } else {
            self.begin_whole(verification, head, now)
        };
        begun.map_err(|error| verification.keys.whose.tell(error))
    }

    #[inline(always)]
    fn begin_running(
        &self,
        verification: &mut Verification,
        head: Head<'_>,
        now: impl Fn() -> Option<UnixTime>,
    ) -> Result<(), VerifyError> {
        let mut texts = Texts::default();
        let judged = self.judged(head, &now, (&mut verification.candidates, &mut texts))?;
        verification.held = self.room(head)?;
        verification.around.fill(&self.plan, &texts);
        verification.in_force = verification.keys.ring.in_force(now);
        let tenant = verification.keys.whose.tenant();
        verification.claims = Some(Claims::new(&self.plan, &judged, &texts, tenant));
        Ok(())
    }

    #[cold]
    fn begin_whole(
        &self,
        verification: &mut Verification,
        head: Head<'_>,
        now: impl Fn() -> Option<UnixTime>,
    ) -> Result<(), VerifyError> {
        let seen = self.seen(head, now())?;
        verification.held = self.room(head)?;
        verification.in_force = verification.keys.ring.in_force(now);
        let tenant = verification.keys.whose.tenant();
        verification.claims = Some(Claims::of_head(&self.plan, &seen, tenant));
        verification.seen = Some(Box::new(seen));
        Ok(())
    }

    /// Room for the body, if it is not announced to be too long.
    #[inline]
    pub(crate) fn room(&self, head: Head<'_>) -> Result<Held, VerifyError> {
        let announced = announced_length(head);
        if announced.is_some_and(|length| length > self.body_limit) {
            return Err(VerifyError::too_large(self.body_limit));
        }
        Ok(Held::new(self.body_limit, announced))
    }

    /// Judges the head of a delivery that is judged when it is whole.
    fn seen(&self, head: Head<'_>, now: Option<UnixTime>) -> Result<Seen, VerifyError> {
        self.ready_for(head)?;
        Seen::new(&self.plan, self.header_limit, head, now)
    }

    /// Whether the body is in the form that the scheme signs, as far as the head tells.
    fn ready_for(&self, head: Head<'_>) -> Result<(), VerifyError> {
        // Codings are named in any case, and each line names some.
        let mut encodings = head.headers.get_all(CONTENT_ENCODING).iter();
        let is_none = |coding: &HeaderValue| coding.as_bytes().eq_ignore_ascii_case(b"identity");
        if self.plan.decoded && !encodings.all(is_none) {
            return Err(VerifyError::unavailable(
                "the body as it was before compression, which is signed,",
            ));
        }
        Ok(())
    }

    #[inline(always)]
    fn judged<'h>(
        &self,
        head: Head<'h>,
        now: impl FnOnce() -> Option<UnixTime>,
        places: (&mut Candidates, &mut Texts<'h>),
    ) -> Result<Judged<'h>, VerifyError> {
        if self.plan.decoded {
            self.ready_for(head)?;
        }
        Judged::new(&self.plan, self.header_limit, head.headers, now, places).map_err(Fault::error)
    }
}

#[cfg(feature = "tenants")]
impl Rules {
    /// Judges a head, as far as that needs no keys.
    pub(crate) fn judge(&self, head: Head<'_>, now: Option<UnixTime>) -> Result<(), VerifyError> {
        if self.plan.runs {
            let places = (&mut Candidates::default(), &mut Texts::default());
            self.judged(head, || now, places)?;
        } else {
            self.seen(head, now)?;
        }
        self.room(head).map(drop)
    }

    /// Reads the time from another clock than the system's.
    pub(crate) fn set_clock(&mut self, clock: Arc<dyn Clock>) {
        self.clock = clock;
    }
}

/// The body's length as the sender announced it; a number past every integer is the largest. What
/// is no number is the server's to refuse; the cap holds in any case.
fn announced_length(head: Head<'_>) -> Option<usize> {
    let text = head.headers.get(CONTENT_LENGTH)?.as_bytes();
    let mut length = 0_usize;
    for byte in text {
        let digit = usize::from(byte.wrapping_sub(b'0'));
        if digit > 9 {
            return None;
        }
        length = length.saturating_mul(10).saturating_add(digit);
    }
    (!text.is_empty()).then_some(length)
}
