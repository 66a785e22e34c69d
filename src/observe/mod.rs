//! What operators see: hooks, logs and metrics, in one place. Nothing here holds a secret, a MAC, a
//! body, or text that a sender chose.
//!
//! Drivers, guards and tenants tell an [`Observer`] what happens; it tells everybody else.

pub(crate) mod log;
pub(crate) mod metrics;
mod quota;
mod skew;
mod told;

use core::fmt;
#[cfg(feature = "tower")]
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

pub use skew::ClockSkew;
pub use told::{Refusal, Unhandled};

#[cfg(feature = "tenants")]
use crate::error::ConfigError;
use crate::scheme::Scheme;
use crate::verify::{Proven, Receipt, Verifier};
use quota::Quotas;
use skew::Skew;

type OnRefusal = dyn Fn(&Refusal<'_>) + Send + Sync;
type OnAccept = dyn Fn(&Receipt) + Send + Sync;
#[cfg(feature = "tower")]
type OnUnhandled = dyn Fn(&Unhandled<'_>) + Send + Sync;
#[cfg(feature = "events")]
type OnUnparsable = dyn Fn(&Receipt, &crate::events::EventError) + Send + Sync;

/// The operator's own listeners.
#[derive(Default)]
pub(crate) struct Hooks {
    pub(crate) on_refusal: Option<Box<OnRefusal>>,
    pub(crate) on_accept: Option<Box<OnAccept>>,
    #[cfg(feature = "tower")]
    pub(crate) on_unhandled: Option<Box<OnUnhandled>>,
    #[cfg(feature = "events")]
    pub(crate) on_unparsable: Option<Box<OnUnparsable>>,
}

/// Listens to one endpoint.
pub(crate) struct Observer {
    endpoint: Arc<str>,
    hooks: Hooks,
    quotas: Quotas,
    skew: Skew,
}

/// What can be wrong with a source of tenants' keys.
#[cfg(feature = "tenants")]
pub(crate) enum SourceFault<'a> {
    /// It gave a tenant a keyring that cannot be used.
    BadSecret(&'a str, &'a ConfigError),
    Failed(&'a dyn Error),
    /// So many unknown tenants were asked for that no more are looked up for now.
    Flooded,
    Timeout,
}

impl Observer {
    pub(crate) fn new(endpoint: Arc<str>, hooks: Hooks) -> Self {
        Self {
            endpoint,
            hooks,
            quotas: Quotas::default(),
            skew: Skew::default(),
        }
    }

    /// An endpoint starts, which may take so long for an answer.
    pub(crate) fn started(&self, scheme: &Scheme, longest: Duration) {
        if let Some(wanted) = scheme.retries().acknowledge_secs
            && longest > Duration::from_secs(u64::from(wanted))
        {
            log::too_slow(&self.endpoint, scheme.slug(), longest.as_secs_f64(), wanted);
        }
    }

    /// It has keys that deserve a warning.
    pub(crate) fn short_keys(&self, verifier: &Verifier) {
        for key in verifier.short_keys() {
            log::short_key(&self.endpoint, verifier.scheme().slug(), &key);
        }
    }

    /// A delivery is proven.
    pub(crate) fn accepted(&self, proven: &Proven) {
        let receipt = proven.receipt();
        log::accepted(receipt);
        metrics::accepted(&self.endpoint, proven);
        if let Some(age) = receipt.age_secs() {
            self.skew.accepted(&self.endpoint, age);
        }
        if let Some(hook) = &self.hooks.on_accept {
            hook(receipt);
        }
    }

    /// A delivery is refused.
    pub(crate) fn refused(&self, refusal: &Refusal<'_>) {
        metrics::refused(&self.endpoint);
        self.tell_of_refusal(refusal);
    }

    fn tell_of_refusal(&self, refusal: &Refusal<'_>) {
        let error = refusal.error();
        if let Some(suppressed) = self.quotas.refusals(error.kind()).take() {
            log::refused(refusal, suppressed);
        }
        log::refused_in_span(refusal);
        metrics::refusal(&self.endpoint, error.kind());
        if let Some(age) = error.claimed_age() {
            self.skew.refused(&self.endpoint, age);
        }
        if let Some(hook) = &self.hooks.on_refusal {
            hook(refusal);
        }
    }

    pub(crate) fn clock_skew(&self) -> Option<ClockSkew> {
        self.skew.estimate()
    }

    #[cfg(feature = "events")]
    pub(crate) fn unparsable(&self, receipt: &Receipt, error: &crate::events::EventError) {
        if let Some(suppressed) = self.quotas.unparsable.take() {
            log::unparsable(receipt, error, suppressed);
        }
        metrics::unparsable(&self.endpoint);
        if let Some(hook) = &self.hooks.on_unparsable {
            hook(receipt, error);
        }
    }
}

#[cfg(feature = "tower")]
impl Observer {
    /// A delivery is let through, and would have been accepted.
    pub(crate) fn would_accept(&self, receipt: &Receipt) {
        log::would_accept_in_span(receipt);
        metrics::observed(&self.endpoint, "would-accept");
        if let Some(age) = receipt.age_secs() {
            self.skew.accepted(&self.endpoint, age);
        }
    }

    /// A delivery is let through, and would have been refused.
    pub(crate) fn would_refuse(&self, refusal: &Refusal<'_>) {
        metrics::observed(&self.endpoint, "would-refuse");
        self.tell_of_refusal(refusal);
    }

    /// A proven delivery is to be handled now.
    pub(crate) fn claimed(&self) {
        metrics::claim(&self.endpoint, "claimed");
    }

    /// A proven delivery is not handled now.
    pub(crate) fn unhandled(&self, unhandled: &Unhandled<'_>) {
        if let Some(suppressed) = self.quotas.unhandled(unhandled.kind()).take() {
            log::unhandled(unhandled, suppressed);
        }
        metrics::claim(&self.endpoint, unhandled.kind().as_str());
        if let Some(hook) = &self.hooks.on_unhandled {
            hook(unhandled);
        }
    }

    /// The replay store did not do as it was asked.
    pub(crate) fn store_failed(&self, error: &dyn Error) {
        if let Some(suppressed) = self.quotas.store.take() {
            log::store_failed(&self.endpoint, error, suppressed);
        }
        metrics::store_failed(&self.endpoint);
    }

    /// A lease ended while its delivery was being handled.
    pub(crate) fn lease_lost(&self) {
        log::lease_lost(&self.endpoint);
        metrics::claim(&self.endpoint, "lost");
    }

    /// The store was never told that a delivery was handled.
    pub(crate) fn not_completed(&self) {
        log::not_completed(&self.endpoint);
        metrics::claim(&self.endpoint, "not-completed");
    }
}

#[cfg(feature = "tenants")]
impl Observer {
    /// A tenant's keys could not be had.
    pub(crate) fn source_fault(&self, fault: &SourceFault<'_>) {
        if let Some(suppressed) = self.quotas.source(fault).take() {
            log::source_fault(&self.endpoint, fault, suppressed);
        }
        metrics::source_fault(&self.endpoint, fault.as_str());
    }
}

#[cfg(feature = "tenants")]
impl SourceFault<'_> {
    const fn as_str(&self) -> &'static str {
        match self {
            Self::BadSecret(..) => "bad-secret",
            Self::Failed(_) => "failed",
            Self::Flooded => "flooded",
            Self::Timeout => "timeout",
        }
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observer").finish_non_exhaustive()
    }
}
