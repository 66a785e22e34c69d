//! `--handler-delay` and `--fail-first`: a handler that takes its time, and one that fails before it
//! succeeds.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hookproof::Proven;
use hookproof::replay::Identity;

/// What is asked of the handlers. Clones count together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trials {
    delay: Duration,
    failures: u32,
    /// The attempts so far of each delivery that has not succeeded yet.
    attempts: Arc<Mutex<HashMap<Identity, u32>>>,
}

impl Trials {
    pub(crate) fn new(delay: Duration, failures: u32) -> Self {
        Self {
            delay,
            failures,
            attempts: Arc::default(),
        }
    }

    /// Takes its time, then says whether this attempt is to succeed.
    pub(crate) async fn pass(&self, proven: &Proven) -> bool {
        tokio::time::sleep(self.delay).await;
        let (1.., Ok(identity)) = (self.failures, proven.identity()) else {
            return true;
        };
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let attempt = attempts.entry(identity).or_default();
        *attempt += 1;
        let passes = *attempt > self.failures;
        if passes {
            attempts.remove(&identity);
        }
        passes
    }
}
