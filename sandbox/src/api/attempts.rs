//! What a provider knows of its attempts.

use std::time::Duration;

use tokio::time::timeout;

use crate::app::App;
use crate::delivery::{Attempt, Delivery, Outcome};

/// The attempts that the provider made, oldest first. Those of an attacker and of a bad network
/// stand in no provider's records.
pub(super) fn own(delivery: &Delivery) -> Vec<&Attempt> {
    let own = |attempt: &&Attempt| attempt.truth.is_providers();
    delivery.attempts.iter().filter(own).collect()
}

/// Whether the provider knows of the delivery: no attacker alone made it.
pub(super) fn knows(delivery: &Delivery) -> bool {
    delivery.attempts.is_empty() || !own(delivery).is_empty()
}

/// The status of the last of them that was answered.
pub(super) fn status(delivery: &Delivery) -> Option<u16> {
    let last = own(delivery).into_iter().next_back()?;
    match last.outcome {
        Outcome::Answered { status, .. } => Some(status),
        Outcome::Failed { .. } | Outcome::Waiting => None,
    }
}

/// The delivery once nothing more becomes of it, or as it is when that takes too long.
pub(super) async fn settled(app: &App, number: u64, within: Duration) -> Option<Delivery> {
    let _ = timeout(within, app.deliverer.settled(number)).await;
    app.store.delivery(number)
}
