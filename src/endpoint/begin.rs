//! From a head to its verification, by the endpoint's keys or by a tenant's.

use core::future::poll_fn;
use core::task::{Context, Poll};
use std::time::Duration;

use super::{Endpoint, Judge};
use crate::error::VerifyError;
use crate::verify::{Head, Held, Verification, begun};

#[cfg(feature = "tenants")]
pub(crate) use crate::tenants::{LookUp, NotBegun};

/// Why the verification of a delivery has not begun.
#[cfg(not(feature = "tenants"))]
pub(crate) enum NotBegun {
    Refused(VerifyError),
    #[expect(dead_code, reason = "no endpoint has tenants")]
    LookingUp(LookUp),
}

/// Of which there are none.
#[cfg(not(feature = "tenants"))]
pub(crate) enum LookUp {}

impl Endpoint {
    /// Judges a delivery's head and makes ready for its body, as [`begin`](Self::begin) does, on
    /// any endpoint: where it has tenants (feature `tenants`), waits for the keys of the delivery's.
    ///
    /// The head is to be a whole request's or its parts', since a header map alone does not say
    /// where the request was sent.
    ///
    /// # Errors
    ///
    /// As [`Verifier::begin`](crate::Verifier::begin), and on an endpoint with tenants also
    /// `unknown-tenant`, `bad-secret`, and `unavailable` where the look-up fails.
    #[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
    pub async fn admit<'h>(&self, head: impl Into<Head<'h>>) -> Result<Verification, VerifyError> {
        let head = head.into();
        let mut place = None;
        let waiting = match self.start(&mut place, head) {
            Ok(_) => None,
            Err(NotBegun::Refused(error)) => return Err(error),
            Err(NotBegun::LookingUp(look_up)) => Some(look_up),
        };
        if let Some(mut look_up) = waiting {
            let mut begin = |cx: &mut Context<'_>| {
                let begun = self.poll_look_up(&mut place, &mut look_up, head, cx);
                begun.map(|begun| begun.map(drop))
            };
            poll_fn(&mut begin).await?;
        }
        begun(place)
    }

    /// Room for a body, if it is not announced to be too long.
    pub(crate) fn room<'h>(&self, head: impl Into<Head<'h>>) -> Result<Held, VerifyError> {
        self.inner.judge.rules().room(head.into())
    }

    /// Judges a head and makes ready for its body, in the caller's place.
    #[inline]
    pub(crate) fn start<'v>(
        &self,
        place: &'v mut Option<Verification>,
        head: Head<'_>,
    ) -> Result<&'v mut Verification, NotBegun> {
        match &self.inner.judge {
            Judge::Own(verifier) => verifier.begin_in(place, head).map_err(NotBegun::Refused),
            #[cfg(feature = "tenants")]
            Judge::Tenants(tenancy) => tenancy.seek(place, head),
        }
    }
}

#[cfg(feature = "tenants")]
impl Endpoint {
    /// Looks a tenant's keys up anew for deliveries that begin from now on: for the platform's own
    /// “rotate the secret” and “delete this customer”, so that nobody waits until
    /// [the cache](crate::tenants::Tenants::cached_for) forgets. Without effect on an endpoint
    /// without tenants.
    #[cfg_attr(docsrs, doc(cfg(feature = "tenants")))]
    pub fn forget_tenant(&self, tenant: &str) {
        if let Judge::Tenants(tenancy) = &self.inner.judge {
            tenancy.forget(tenant);
        }
    }

    pub(crate) fn poll_look_up<'v>(
        &self,
        place: &'v mut Option<Verification>,
        look_up: &mut LookUp,
        head: Head<'_>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<&'v mut Verification, VerifyError>> {
        let Judge::Tenants(tenancy) = &self.inner.judge else {
            return Poll::Ready(Err(VerifyError::unavailable("a source of tenants' keys")));
        };
        look_up
            .poll(cx)
            .map(|keys| tenancy.begin(place, head, look_up, keys))
    }

    /// How long a delivery may wait for its keys.
    pub(super) fn look_up_deadline(&self) -> Duration {
        match &self.inner.judge {
            Judge::Own(_) => Duration::ZERO,
            Judge::Tenants(tenancy) => tenancy.deadline(),
        }
    }
}

#[cfg(not(feature = "tenants"))]
impl Endpoint {
    #[expect(clippy::unused_self, reason = "there are no look-ups")]
    pub(crate) fn poll_look_up<'v>(
        &self,
        _: &'v mut Option<Verification>,
        look_up: &mut LookUp,
        _: Head<'_>,
        _: &mut Context<'_>,
    ) -> Poll<Result<&'v mut Verification, VerifyError>> {
        match *look_up {}
    }

    #[expect(clippy::unused_self, reason = "there are no look-ups")]
    pub(super) const fn look_up_deadline(&self) -> Duration {
        Duration::ZERO
    }
}
