//! The log, through the `tracing` facade. Without the feature the same calls do nothing.

#![cfg_attr(
    not(feature = "tracing"),
    allow(
        unused_variables,
        clippy::if_same_then_else,
        clippy::match_same_arms,
        clippy::missing_const_for_fn,
        reason = "there is no log"
    )
)]

#[cfg(feature = "tower")]
use std::error::Error;

use super::{ClockSkew, Refusal};
use crate::verify::Receipt;

macro_rules! log {
    ($level:ident, $($what:tt)*) => {{
        #[cfg(feature = "tracing")]
        tracing::event!(target: "hookproof", tracing::Level::$level, $($what)*);
    }};
}

pub(super) fn short_key(endpoint: &str, provider: &str, key: &str) {
    log!(
        WARN,
        endpoint,
        provider,
        key,
        "the key has fewer than 16 bytes: ask the provider for a longer secret"
    );
}

pub(super) fn too_slow(endpoint: &str, provider: &str, longest_secs: f64, wanted_secs: u32) {
    log!(
        WARN,
        endpoint,
        provider,
        longest_secs,
        wanted_secs,
        "look-up, body, replay store and handler may together take longer than the provider waits for its answer: shorten their deadlines"
    );
}

/// In the log for whoever looks closely, and in the span of whoever has one.
pub(super) fn accepted(receipt: &Receipt) {
    let (endpoint, provider) = (receipt.endpoint(), receipt.scheme().slug());
    let (key, tenant, age_secs) = (receipt.key(), receipt.tenant(), receipt.age_secs());
    log!(
        DEBUG,
        endpoint,
        provider,
        tenant,
        key,
        age_secs,
        "delivery accepted"
    );
    #[cfg(feature = "tracing")]
    {
        let span = tracing::Span::current();
        span.record("hookproof.endpoint", endpoint);
        span.record("hookproof.provider", provider);
        span.record("hookproof.verdict", "accepted");
        span.record("hookproof.key", key);
        span.record("hookproof.tenant", tenant);
        span.record("hookproof.age_secs", age_secs);
    }
}

pub(super) fn refused(refusal: &Refusal<'_>, suppressed: u64) {
    let (endpoint, provider) = (refusal.endpoint(), refusal.scheme().slug());
    let (kind, reason) = (refusal.error().kind().as_str(), refusal.error());
    let tenant = refusal.error().tenant();
    if refusal.is_observed() {
        log!(
            WARN,
            endpoint,
            provider,
            tenant,
            kind,
            %reason,
            suppressed,
            "delivery let through unproven: the endpoint only observes"
        );
    } else {
        log!(WARN, endpoint, provider, tenant, kind, %reason, suppressed, "delivery refused");
    }
}

pub(super) fn refused_in_span(refusal: &Refusal<'_>) {
    #[cfg(feature = "tracing")]
    {
        let span = tracing::Span::current();
        span.record("hookproof.endpoint", refusal.endpoint());
        span.record("hookproof.provider", refusal.scheme().slug());
        let observed = refusal.is_observed();
        let verdict = if observed { "would-refuse" } else { "refused" };
        span.record("hookproof.verdict", verdict);
        span.record("hookproof.kind", refusal.error().kind().as_str());
        span.record("hookproof.tenant", refusal.error().tenant());
    }
}

/// Without key and tenant: nothing of an observed delivery passes for proven.
#[cfg(feature = "tower")]
pub(super) fn would_accept_in_span(receipt: &Receipt) {
    #[cfg(feature = "tracing")]
    {
        let span = tracing::Span::current();
        span.record("hookproof.endpoint", receipt.endpoint());
        span.record("hookproof.provider", receipt.scheme().slug());
        span.record("hookproof.verdict", "would-accept");
        span.record("hookproof.age_secs", receipt.age_secs());
    }
}

pub(super) fn clock_skew(endpoint: &str, skew: ClockSkew) {
    let (behind_secs, proven) = (skew.behind_secs(), skew.is_proven());
    let off = behind_secs.unsigned_abs();
    match (behind_secs > 0, proven) {
        (true, true) => log!(
            WARN,
            endpoint,
            behind_secs,
            proven,
            "your clock is {off} s behind: set it right"
        ),
        (false, true) => log!(
            WARN,
            endpoint,
            behind_secs,
            proven,
            "your clock is {off} s ahead, or every delivery was under way for so long"
        ),
        (true, false) => log!(
            WARN,
            endpoint,
            behind_secs,
            proven,
            "your clock is {off} s behind, as deliveries claim that were refused for their age"
        ),
        (false, false) => log!(
            WARN,
            endpoint,
            behind_secs,
            proven,
            "your clock is {off} s ahead, as deliveries claim that were refused for their age; or they were sent again"
        ),
    }
}

/// A file of secrets was followed.
#[cfg(feature = "tower")]
pub(crate) fn rotated(provider: &str, path: &std::path::Path, keys: &[String]) {
    log!(
        INFO,
        provider,
        path = %path.display(),
        ?keys,
        "the file of secrets has changed: its keys are in force"
    );
}

#[cfg(feature = "tower")]
pub(crate) fn not_rotated(provider: &str, path: &std::path::Path, reason: &str) {
    log!(
        ERROR,
        provider,
        path = %path.display(),
        reason,
        "the keys stay what they were"
    );
}

/// A duplicate is everyday business, the rest is not.
#[cfg(feature = "tower")]
pub(super) fn unhandled(unhandled: &super::Unhandled<'_>, suppressed: u64) {
    use crate::answers::UnhandledKind;
    let receipt = unhandled.proven().receipt();
    let (endpoint, provider) = (receipt.endpoint(), receipt.scheme().slug());
    let (tenant, kind) = (receipt.tenant(), unhandled.kind().as_str());
    match unhandled.kind() {
        UnhandledKind::Duplicate | UnhandledKind::InProgress => log!(
            DEBUG,
            endpoint,
            provider,
            tenant,
            kind,
            suppressed,
            "proven delivery not handled now"
        ),
        _ => log!(
            WARN,
            endpoint,
            provider,
            tenant,
            kind,
            suppressed,
            "proven delivery not handled now"
        ),
    }
}

#[cfg(feature = "tower")]
pub(super) fn store_failed(endpoint: &str, reason: &dyn Error, suppressed: u64) {
    log!(WARN, endpoint, %reason, suppressed, "replay store");
}

#[cfg(feature = "tower")]
pub(super) fn lease_lost(endpoint: &str) {
    log!(
        ERROR,
        endpoint,
        "a lease ended while its delivery was being handled: another attempt may have begun"
    );
}

#[cfg(feature = "tower")]
pub(super) fn not_completed(endpoint: &str) {
    log!(
        ERROR,
        endpoint,
        "the replay store could not be told that a delivery was handled: it may be handled again"
    );
}

#[cfg(feature = "tenants")]
pub(super) fn source_fault(endpoint: &str, fault: &super::SourceFault<'_>, suppressed: u64) {
    use super::SourceFault;
    match fault {
        SourceFault::BadSecret(tenant, reason) => log!(
            ERROR,
            endpoint,
            tenant,
            %reason,
            suppressed,
            "the source gave a secret that cannot be used: the tenant's deliveries are refused"
        ),
        SourceFault::Failed(reason) => {
            log!(ERROR, endpoint, %reason, suppressed, "the source of tenants' keys");
        }
        SourceFault::Flooded => log!(
            WARN,
            endpoint,
            suppressed,
            "so many unknown tenants are asked for that no more are looked up for now"
        ),
        SourceFault::Timeout => log!(
            ERROR,
            endpoint,
            suppressed,
            "the source of tenants' keys did not answer within its deadline"
        ),
    }
}

#[cfg(feature = "events")]
pub(super) fn unparsable(receipt: &Receipt, reason: &crate::events::EventError, suppressed: u64) {
    let (endpoint, provider) = (receipt.endpoint(), receipt.scheme().slug());
    let tenant = receipt.tenant();
    log!(
        WARN,
        endpoint,
        provider,
        tenant,
        %reason,
        suppressed,
        "proven delivery is not what the handler expects"
    );
}

#[cfg(feature = "axum")]
pub(crate) fn not_verified(wanted: &str) {
    log!(
        ERROR,
        wanted,
        "no proof in the request: mount the handler behind Endpoint::layer or Endpoint::handler"
    );
}

#[cfg(feature = "axum")]
pub(crate) fn no_guard(receipt: &Receipt) {
    let endpoint = receipt.endpoint();
    log!(
        ERROR,
        endpoint,
        "the handler wants its lease, but the endpoint has no replay guard: take an Option<LeaseWatch>"
    );
}

#[cfg(all(feature = "axum", feature = "events"))]
pub(crate) fn other_provider(receipt: &Receipt, wanted: &[&str]) {
    let (endpoint, provider) = (receipt.endpoint(), receipt.provider());
    log!(
        ERROR,
        endpoint,
        provider,
        ?wanted,
        "the handler wants another provider's events than this endpoint verifies"
    );
}
