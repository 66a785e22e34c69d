//! What judges deliveries, but for the keys: the plan, the clock and the limits.

use std::sync::Arc;

use http::header::CONTENT_LENGTH;

use super::content::{feed_closing, feed_opening};
use super::delivery::{Delivery, Head};
use super::grammar::MAX_CANDIDATES;
use super::held::Held;
use super::judged::Judged;
use super::plan::Plan;
use super::proof::{Claims, Receipt};
use super::verification::Verification;
use crate::clock::{Clock, SystemClock, Tolerance, UnixTime};
use crate::error::{ConfigError, VerifyError};
use crate::keys::{DeliveryKeys, LiveRing};
use crate::mac::Candidates;
use crate::scheme::Scheme;

/// How deliveries of one scheme are judged, whoever's keys they are judged by. Cloning is cheap.
#[derive(Clone)]
pub(crate) struct Rules {
    pub(super) plan: Arc<Plan>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) body_limit: usize,
    pub(super) header_limit: usize,
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
        let mut candidates = Candidates::default();
        let judged = self.judged(delivery.head, &now, &mut candidates)?;
        let ring = ring.borrow();
        let older = ring.older(ring.in_force(now));
        for key in core::iter::once(&ring.newest).chain(older) {
            let mut mac = key.mac.start();
            feed_opening(&self.plan, &judged.texts, &mut mac);
            mac.update(delivery.body);
            feed_closing(&self.plan, &judged.texts, &mut mac);
            if mac.matches_any(&candidates) {
                return Ok(Claims::new(&self.plan, &judged, None).proven_by(&key.label));
            }
        }
        Err(VerifyError::mismatch())
    }

    /// Judges a head, and makes ready for its body under those keys.
    #[inline]
    pub(crate) fn begin(
        &self,
        head: Head<'_>,
        now: impl Fn() -> Option<UnixTime>,
        keys: DeliveryKeys,
    ) -> Result<Verification, VerifyError> {
        let mut candidates = Candidates::default();
        let judged = self
            .judged(head, &now, &mut candidates)
            .map_err(|error| keys.whose.tell(error))?;
        let held = self.room(head).map_err(|error| keys.whose.tell(error))?;
        let claims = Claims::new(&self.plan, &judged, keys.whose.tenant());
        let in_force = keys.ring.in_force(now);
        Ok(Verification::new(
            &self.plan, keys, in_force, &judged, candidates, claims, held,
        ))
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

    #[inline]
    fn judged<'h>(
        &self,
        head: Head<'h>,
        now: impl FnOnce() -> Option<UnixTime>,
        candidates: &mut Candidates,
    ) -> Result<Judged<'h>, VerifyError> {
        Judged::new(&self.plan, self.header_limit, head, now, candidates)
    }
}

#[cfg(feature = "tenants")]
impl Rules {
    /// Judges a head, as far as that needs no keys.
    pub(crate) fn judge(&self, head: Head<'_>, now: Option<UnixTime>) -> Result<(), VerifyError> {
        let mut candidates = Candidates::default();
        self.judged(head, || now, &mut candidates)?;
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
    let text = head.headers.get(CONTENT_LENGTH)?.to_str().ok()?;
    let number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    number.then(|| text.parse().unwrap_or(usize::MAX))
}
