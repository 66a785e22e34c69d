//! From a head to its verification, by the endpoint's keys or by a tenant's.

use core::future::poll_fn;
#[cfg(not(feature = "tenants"))]
use core::task::{Context, Poll};
use std::time::Duration;

use super::{Endpoint, Judge};
#[cfg(feature = "tenants")]
use crate::clock::UnixTime;
use crate::error::VerifyError;
use crate::keys::DeliveryKeys;
use crate::verify::{Head, Held, Verification};

#[cfg(feature = "tenants")]
pub(crate) use crate::tenants::{LookUp, NotBegun};

/// Why the verification of a delivery has not begun.
#[cfg(not(feature = "tenants"))]
#[expect(dead_code, reason = "an endpoint without tenants has its keys")]
pub(crate) enum NotBegun {
    Refused(VerifyError),
    LookingUp(LookUp),
}

/// Of which there are none.
#[cfg(not(feature = "tenants"))]
pub(crate) enum LookUp {}

#[cfg(not(feature = "tenants"))]
impl LookUp {
    pub(crate) fn poll(&mut self, _: &mut Context<'_>) -> Poll<Result<Keyed, VerifyError>> {
        match *self {}
    }
}

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
        let keyed = match self.keys(head) {
            Ok(keyed) => keyed,
            Err(NotBegun::Refused(error)) => return Err(error),
            Err(NotBegun::LookingUp(mut look_up)) => poll_fn(|cx| look_up.poll(cx)).await?,
        };
        let mut verification = Verification::new(keyed.keys);
        self.judge(&mut verification, head, keyed.now)?;
        Ok(verification)
    }

    /// Room for a body, if it is not announced to be too long.
    pub(crate) fn room<'h>(&self, head: impl Into<Head<'h>>) -> Result<Held, VerifyError> {
        self.inner.judge.rules().room(head.into())
    }

    /// The keys that a delivery is judged by. Where they have to be looked up, its head is judged first
    /// as far as it can be without.
    #[inline]
    #[cfg_attr(
        not(feature = "tenants"),
        expect(unused_variables, reason = "only a tenant is told by the head")
    )]
    pub(crate) fn keys(&self, head: Head<'_>) -> Result<Keyed, NotBegun> {
        match &self.inner.judge {
            Judge::Own(verifier) => Ok(Keyed {
                keys: verifier.keys(),
                now: Now::Unread,
            }),
            #[cfg(feature = "tenants")]
            Judge::Tenants(tenancy) => tenancy.seek(head),
        }
    }

    /// Judges a head under those keys, and makes the verification ready for its body.
    #[inline]
    pub(crate) fn judge(
        &self,
        verification: &mut Verification,
        head: Head<'_>,
        now: Now,
    ) -> Result<(), VerifyError> {
        let rules = self.inner.judge.rules();
        rules.begin(verification, head, || match now {
            Now::Unread => rules.now(),
            #[cfg(feature = "tenants")]
            Now::Read(now) => now,
        })
    }
}

/// The keys that a delivery is judged by, and the time.
pub(crate) struct Keyed {
    pub(crate) keys: DeliveryKeys,
    pub(crate) now: Now,
}

/// The wall clock: a delivery is judged by one reading of it.
#[derive(Clone, Copy)]
pub(crate) enum Now {
    Unread,
    #[cfg(feature = "tenants")]
    Read(Option<UnixTime>),
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
    pub(super) const fn look_up_deadline(&self) -> Duration {
        Duration::ZERO
    }
}
