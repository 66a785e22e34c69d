//! Metrics, through the `metrics` facade. Without the feature the same calls do nothing.
//!
//! Label values are endpoints' and keys' names, which the operator chose, and words of this crate:
//! a sender can add none.

#![cfg_attr(
    not(feature = "metrics"),
    allow(
        unused_variables,
        clippy::missing_const_for_fn,
        reason = "there are no metrics"
    )
)]

use std::sync::Arc;

use super::ClockSkew;
use crate::error::VerifyErrorKind;
use crate::verify::Proven;

macro_rules! count {
    ($name:literal, $by:expr, $endpoint:expr $(, $label:literal => $value:expr)*) => {{
        #[cfg(feature = "metrics")]
        metrics::counter!($name, "endpoint" => shared($endpoint) $(, $label => $value)*).increment($by);
    }};
}

/// A name that is shared, not copied.
#[cfg(feature = "metrics")]
fn shared(name: &Arc<str>) -> metrics::SharedString {
    metrics::SharedString::from_shared(Arc::clone(name))
}

pub(super) fn accepted(endpoint: &Arc<str>, proven: &Proven) {
    #[cfg(feature = "metrics")]
    {
        let receipt = proven.receipt();
        let bytes = u64::try_from(proven.body().len()).unwrap_or(u64::MAX);
        count!("hookproof_deliveries_total", 1, endpoint, "verdict" => "accepted");
        count!("hookproof_body_bytes_total", bytes, endpoint);
        count!("hookproof_key_matches_total", 1, endpoint, "key" => receipt.label().shared());
        let took = receipt.took().as_secs_f64();
        metrics::histogram!("hookproof_verification_seconds", "endpoint" => shared(endpoint))
            .record(took);
        if let Some(age) = receipt.age_secs() {
            #[expect(
                clippy::cast_precision_loss,
                reason = "an age is a number of at most 12 digits"
            )]
            let age = age as f64;
            metrics::histogram!("hookproof_age_seconds", "endpoint" => shared(endpoint))
                .record(age);
        }
    }
}

pub(super) fn refused(endpoint: &Arc<str>) {
    count!("hookproof_deliveries_total", 1, endpoint, "verdict" => "refused");
}

pub(super) fn refusal(endpoint: &Arc<str>, kind: VerifyErrorKind) {
    count!("hookproof_refusals_total", 1, endpoint, "kind" => kind.as_str());
}

/// What an endpoint that only observes would have said.
#[cfg(feature = "tower")]
pub(super) fn observed(endpoint: &Arc<str>, verdict: &'static str) {
    count!("hookproof_deliveries_total", 1, endpoint, "verdict" => verdict);
}

pub(super) fn clock_skew(endpoint: &Arc<str>, skew: ClockSkew) {
    #[cfg(feature = "metrics")]
    {
        let proven = if skew.is_proven() { "true" } else { "false" };
        #[expect(
            clippy::cast_precision_loss,
            reason = "an age is a number of at most 12 digits"
        )]
        let behind = skew.behind_secs() as f64;
        metrics::gauge!(
            "hookproof_clock_behind_seconds",
            "endpoint" => shared(endpoint),
            "proven" => proven
        )
        .set(behind);
    }
}

#[cfg(feature = "events")]
pub(super) fn unparsable(endpoint: &Arc<str>) {
    count!("hookproof_unparsable_total", 1, endpoint);
}

/// What became of a proven delivery at the replay guard.
#[cfg(feature = "tower")]
pub(super) fn claim(endpoint: &Arc<str>, outcome: &'static str) {
    count!("hookproof_claims_total", 1, endpoint, "outcome" => outcome);
}

#[cfg(feature = "tower")]
pub(super) fn store_failed(endpoint: &Arc<str>) {
    count!("hookproof_store_errors_total", 1, endpoint);
}

#[cfg(feature = "tenants")]
pub(super) fn source_fault(endpoint: &Arc<str>, fault: &'static str) {
    count!("hookproof_source_errors_total", 1, endpoint, "fault" => fault);
}
