//! A receiver whose clock a test moves, and what its operator is told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use hookproof::replay::{MemoryStore, ReplayGuard};
use hookproof::scheme::Scheme;
use hookproof::{Endpoint, VerifyErrorKind};

use crate::clock::Moved;
use crate::driver::{App, Driver};
use crate::support::delivered::{Delivered, NOW};

pub(crate) const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A machine with one clock, a memory store, and a handler that is done at once.
pub(crate) struct Receiver {
    pub(crate) app: App,
    pub(crate) clock: Moved,
    pub(crate) endpoint: Endpoint,
    refused: Arc<Mutex<Vec<VerifyErrorKind>>>,
}

impl Receiver {
    /// One that remembers for so long, or as long as it does by itself.
    pub(crate) fn new(scheme: &Scheme, driver: Driver, retention: Option<Duration>) -> Self {
        let clock = Moved::at(NOW);
        let guard = ReplayGuard::new(MemoryStore::default().with_clock(clock.clone()));
        let guard = match retention {
            Some(retention) => guard.retention(retention),
            None => guard,
        };
        let refused = Arc::new(Mutex::new(Vec::new()));
        let hears = Arc::clone(&refused);
        let verifier = Delivered::signed(scheme).verifier;
        let endpoint = Endpoint::builder("hooks", verifier.with_clock(clock.clone()))
            .on_refusal(move |refusal| {
                let kind = refusal.error().kind();
                hears.lock().expect("not poisoned").push(kind);
            })
            .replay(guard)
            .build()
            .expect("a sound endpoint");
        Self {
            app: App::quick(driver, &endpoint),
            clock,
            endpoint,
            refused,
        }
    }

    /// Sends a delivery that is refused, and says as what.
    pub(crate) async fn refuses(&self, delivered: &Delivered) -> VerifyErrorKind {
        assert_eq!(self.app.send(delivered).await.status, 401);
        let last = self.refused.lock().expect("not poisoned").pop();
        last.expect("the operator is told")
    }
}
