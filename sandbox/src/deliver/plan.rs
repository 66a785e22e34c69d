//! What each provider does after an attempt: its schedule, and what each answer means to it.

use std::time::Duration;

use crate::delivery::Outcome;
use crate::provider::Provider;
use crate::subscription::Subscription;

/// Sendmux's waits, each after the attempt before (documented).
const SENDMUX: [u64; 8] = [30, 120, 600, 1_800, 3_600, 14_400, 43_200, 86_400];

/// JetEmail's waits (documented).
const JETEMAIL: [u64; 5] = [30, 120, 600, 3_600, 14_400];

/// How often MailingAPI tries again. Nothing is known: assumed.
const MAILINGAPI_RETRIES: u32 = 5;

/// The first wait of those that double it each time: Sent's (documented); SendKit.ai's and
/// MailingAPI's (assumed).
const FIRST: u64 = 60;

/// What it is doubled to at most: Sent's (documented), the others' assumed.
const LONGEST: u64 = 3_600;

/// Failed attempts in a row after which Sent switches a webhook off (documented; that attempts
/// count and not events is assumed).
pub(super) const SENT_FAILURES: u32 = 10;

/// What follows on an attempt.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Next {
    /// It was taken.
    Delivered,
    /// It is tried again after this span, which is not compressed yet.
    Again(Duration),
    /// The schedule has ended, after so many attempts.
    Exhausted(u32),
    /// No schedule helps: why, in words for a reader.
    Discarded(String),
}

/// What follows on the provider's attempt of this count, from 1.
pub(super) fn after(subscription: &Subscription, outcome: &Outcome, attempt: u32) -> Next {
    let status = match outcome {
        Outcome::Answered { status, .. } => Some(*status),
        Outcome::Waiting | Outcome::Failed { .. } => None,
    };
    match status {
        Some(200..=299) => Next::Delivered,
        Some(status) if discards(subscription.provider, status) => Next::Discarded(format!(
            "{} discards an event that is answered {status}",
            subscription.provider.title()
        )),
        _ => match wait(subscription, attempt) {
            Some(span) => Next::Again(span),
            None => Next::Exhausted(attempt),
        },
    }
}

/// The span between a failed attempt of this count and the next, if there is one.
pub(super) fn wait(subscription: &Subscription, attempt: u32) -> Option<Duration> {
    let retry = usize::try_from(attempt.checked_sub(1)?).ok()?;
    let secs = match subscription.provider {
        Provider::Sendmux => *SENDMUX.get(retry)?,
        Provider::JetEmail => *JETEMAIL.get(retry)?,
        Provider::MailingApi => doubling(attempt, MAILINGAPI_RETRIES)?,
        Provider::SendKit | Provider::Sent => doubling(attempt, subscription.retries)?,
    };
    Some(Duration::from_secs(secs))
}

fn doubling(attempt: u32, retries: u32) -> Option<u64> {
    let factor = 2_u64.checked_pow(attempt - 1).unwrap_or(u64::MAX);
    (attempt <= retries).then(|| FIRST.saturating_mul(factor).min(LONGEST))
}

/// Whether an answer that is no success ends it all. JetEmail's 4xx but 429 do (documented); that
/// its redirects are tried again is assumed. To the others each is one failure more.
const fn discards(provider: Provider, status: u16) -> bool {
    matches!(provider, Provider::JetEmail) && matches!(status, 400..=499) && status != 429
}

/// Whether a webhook whose schedule has ended is marked failing: Sendmux's is (documented);
/// MailingAPI has the status without saying when it is had, so that this is assumed, and that the
/// next success takes it away.
pub(super) const fn marks_failing(provider: Provider) -> bool {
    matches!(provider, Provider::Sendmux | Provider::MailingApi)
}

/// Whether later events are kept from a failing webhook: by Sendmux (documented).
pub(super) const fn skips_failing(provider: Provider) -> bool {
    matches!(provider, Provider::Sendmux)
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
