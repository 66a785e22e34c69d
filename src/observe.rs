//! What operators see: hooks and logs, in one place. Nothing here holds a secret, a MAC, a body,
//! or text that a sender chose.

use core::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::answers::{Answer, UnhandledKind};
use crate::error::VerifyError;
use crate::scheme::Scheme;
use crate::verify::{Proven, Receipt, Verifier};

/// A refused delivery, as a hook is told of it.
#[derive(Clone, Copy, Debug)]
pub struct Refusal<'a> {
    endpoint: &'a str,
    scheme: &'a Scheme,
    error: &'a VerifyError,
    answer: Answer,
}

impl<'a> Refusal<'a> {
    pub(crate) const fn new(
        endpoint: &'a str,
        scheme: &'a Scheme,
        error: &'a VerifyError,
        answer: Answer,
    ) -> Self {
        Self {
            endpoint,
            scheme,
            error,
            answer,
        }
    }

    /// The endpoint's name.
    #[must_use]
    pub const fn endpoint(&self) -> &'a str {
        self.endpoint
    }

    /// The scheme under which the delivery was judged.
    #[must_use]
    pub const fn scheme(&self) -> &'a Scheme {
        self.scheme
    }

    /// Why it was refused.
    #[must_use]
    pub const fn error(&self) -> &'a VerifyError {
        self.error
    }

    /// What the sender will be answered.
    pub const fn answer(&self) -> Answer {
        self.answer
    }
}

/// A proven delivery that is not handled now, as a hook is told of it.
#[derive(Clone, Copy, Debug)]
pub struct Unhandled<'a> {
    proven: &'a Proven,
    kind: UnhandledKind,
    answer: Answer,
}

impl<'a> Unhandled<'a> {
    #[cfg(feature = "tower")]
    pub(crate) const fn new(proven: &'a Proven, kind: UnhandledKind, answer: Answer) -> Self {
        Self {
            proven,
            kind,
            answer,
        }
    }

    /// The delivery.
    pub const fn proven(&self) -> &'a Proven {
        self.proven
    }

    /// Why it is not handled.
    #[must_use]
    pub const fn kind(&self) -> UnhandledKind {
        self.kind
    }

    /// What the sender will be answered.
    pub const fn answer(&self) -> Answer {
        self.answer
    }
}

type OnRefusal = dyn Fn(&Refusal<'_>) + Send + Sync;
type OnAccept = dyn Fn(&Receipt) + Send + Sync;
#[cfg(feature = "tower")]
type OnUnhandled = dyn Fn(&Unhandled<'_>) + Send + Sync;
#[cfg(feature = "events")]
type OnUnparsable = dyn Fn(&Receipt, &crate::events::EventError) + Send + Sync;

#[derive(Clone, Default)]
pub(crate) struct Observer {
    pub(crate) on_refusal: Option<Arc<OnRefusal>>,
    pub(crate) on_accept: Option<Arc<OnAccept>>,
    #[cfg(feature = "tower")]
    pub(crate) on_unhandled: Option<Arc<OnUnhandled>>,
    #[cfg(feature = "events")]
    pub(crate) on_unparsable: Option<Arc<OnUnparsable>>,
}

impl Observer {
    /// An endpoint starts.
    #[cfg_attr(
        not(feature = "tracing"),
        expect(clippy::unused_self, reason = "the log is the only listener so far")
    )]
    pub(crate) fn started(&self, endpoint: &str, verifier: &Verifier, longest: Duration) {
        let scheme = verifier.scheme();
        for key in verifier.short_keys() {
            log::short_key(endpoint, scheme.slug(), key);
        }
        if let Some(wanted) = scheme.retries().acknowledge_secs
            && longest > Duration::from_secs(u64::from(wanted))
        {
            log::too_slow(endpoint, scheme.slug(), longest.as_secs_f64(), wanted);
        }
    }

    pub(crate) fn accepted(&self, receipt: &Receipt) {
        if let Some(hook) = &self.on_accept {
            hook(receipt);
        }
    }

    pub(crate) fn refused(&self, refusal: &Refusal<'_>) {
        log::refused(refusal);
        if let Some(hook) = &self.on_refusal {
            hook(refusal);
        }
    }

    #[cfg(feature = "tower")]
    pub(crate) fn unhandled(&self, unhandled: &Unhandled<'_>) {
        log::unhandled(unhandled);
        if let Some(hook) = &self.on_unhandled {
            hook(unhandled);
        }
    }

    #[cfg(feature = "events")]
    pub(crate) fn unparsable(&self, receipt: &Receipt, error: &crate::events::EventError) {
        log::unparsable(receipt, error);
        if let Some(hook) = &self.on_unparsable {
            hook(receipt, error);
        }
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observer").finish_non_exhaustive()
    }
}

/// The log, through the `tracing` facade.
#[cfg(feature = "tracing")]
pub(crate) mod log {
    use super::Refusal;

    pub(crate) fn short_key(endpoint: &str, provider: &str, key: &str) {
        tracing::warn!(
            endpoint,
            provider,
            key,
            "the key has fewer than 16 bytes: ask the provider for a longer secret"
        );
    }

    pub(crate) fn refused(refusal: &Refusal<'_>) {
        let (endpoint, provider) = (refusal.endpoint(), refusal.scheme().slug());
        let (kind, reason) = (refusal.error().kind().as_str(), refusal.error());
        tracing::warn!(endpoint, provider, kind, %reason, "delivery refused");
    }

    /// A duplicate is everyday business, the rest is not.
    #[cfg(feature = "tower")]
    pub(crate) fn unhandled(unhandled: &super::Unhandled<'_>) {
        let receipt = unhandled.proven().receipt();
        let (endpoint, provider) = (receipt.endpoint(), receipt.scheme().slug());
        let kind = unhandled.kind().as_str();
        match unhandled.kind() {
            super::UnhandledKind::Duplicate | super::UnhandledKind::InProgress => {
                tracing::debug!(endpoint, provider, kind, "proven delivery not handled now");
            }
            _ => tracing::warn!(endpoint, provider, kind, "proven delivery not handled now"),
        }
    }

    #[cfg(feature = "tower")]
    pub(crate) fn store_failed(endpoint: &str, reason: &dyn std::error::Error) {
        tracing::warn!(endpoint, %reason, "replay store");
    }

    #[cfg(feature = "tower")]
    pub(crate) fn lease_lost(endpoint: &str) {
        tracing::error!(
            endpoint,
            "a lease ended while its delivery was being handled: another attempt may have begun"
        );
    }

    #[cfg(feature = "tower")]
    pub(crate) fn not_completed(endpoint: &str) {
        tracing::error!(
            endpoint,
            "the replay store could not be told that a delivery was handled: it may be handled again"
        );
    }

    pub(crate) fn too_slow(endpoint: &str, provider: &str, longest_secs: f64, wanted_secs: u32) {
        tracing::warn!(
            endpoint,
            provider,
            longest_secs,
            wanted_secs,
            "body, replay store and handler may together take longer than the provider waits for its answer: shorten their deadlines"
        );
    }

    #[cfg(feature = "events")]
    pub(crate) fn unparsable(receipt: &super::Receipt, reason: &crate::events::EventError) {
        let (endpoint, provider) = (receipt.endpoint(), receipt.scheme().slug());
        tracing::warn!(endpoint, provider, %reason, "proven delivery is not what the handler expects");
    }

    #[cfg(feature = "axum")]
    pub(crate) fn not_verified(wanted: &str) {
        tracing::error!(
            wanted,
            "no proof in the request: mount the handler behind Endpoint::layer or Endpoint::handler"
        );
    }

    #[cfg(feature = "axum")]
    pub(crate) fn no_guard(receipt: &super::Receipt) {
        let endpoint = receipt.endpoint();
        tracing::error!(
            endpoint,
            "the handler wants its lease, but the endpoint has no replay guard: take an Option<LeaseWatch>"
        );
    }

    #[cfg(all(feature = "axum", feature = "events"))]
    pub(crate) fn other_provider(receipt: &super::Receipt, wanted: &[&str]) {
        let (endpoint, provider) = (receipt.endpoint(), receipt.provider());
        tracing::error!(
            endpoint,
            provider,
            ?wanted,
            "the handler wants another provider's events than this endpoint verifies"
        );
    }
}

/// No log: the same calls, without effect.
#[cfg(not(feature = "tracing"))]
pub(crate) mod log {
    use super::Refusal;

    pub(crate) const fn short_key(_: &str, _: &str, _: &str) {}

    pub(crate) const fn refused(_: &Refusal<'_>) {}

    #[cfg(feature = "tower")]
    pub(crate) const fn unhandled(_: &super::Unhandled<'_>) {}

    #[cfg(feature = "tower")]
    pub(crate) const fn store_failed(_: &str, _: &dyn std::error::Error) {}

    #[cfg(feature = "tower")]
    pub(crate) const fn lease_lost(_: &str) {}

    #[cfg(feature = "tower")]
    pub(crate) const fn not_completed(_: &str) {}

    pub(crate) const fn too_slow(_: &str, _: &str, _: f64, _: u32) {}

    #[cfg(feature = "events")]
    pub(crate) const fn unparsable(_: &super::Receipt, _: &crate::events::EventError) {}

    #[cfg(feature = "axum")]
    pub(crate) const fn not_verified(_: &str) {}

    #[cfg(feature = "axum")]
    pub(crate) const fn no_guard(_: &super::Receipt) {}

    #[cfg(all(feature = "axum", feature = "events"))]
    pub(crate) const fn other_provider(_: &super::Receipt, _: &[&str]) {}
}
