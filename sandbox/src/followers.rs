//! Those who follow the changes: how many they may be.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Who may follow at once: a browser does once a tab.
pub(crate) const MAX_FOLLOWERS: usize = 16;

/// The places of those who follow.
#[derive(Debug)]
pub(crate) struct Followers(Arc<Semaphore>);

impl Default for Followers {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MAX_FOLLOWERS)))
    }
}

impl Followers {
    /// A place until it is dropped; `None` where all are taken.
    pub(crate) fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0).try_acquire_owned().ok()
    }
}
