//! A ring that can be exchanged while deliveries are under way.

use core::fmt;
use std::sync::Arc;

use arc_swap::{ArcSwap, Guard};

use super::Ring;

/// The ring in force. Clones are the same one: exchanged in one, it is in all.
#[derive(Clone)]
pub(crate) struct LiveRing(Arc<ArcSwap<Ring>>);

impl LiveRing {
    pub(crate) fn new(ring: Ring) -> Self {
        Self(Arc::new(ArcSwap::from_pointee(ring)))
    }

    /// The ring, for as long as one call takes: readers neither wait nor count references.
    #[inline]
    pub(crate) fn borrow(&self) -> Guard<Arc<Ring>> {
        self.0.load()
    }

    /// The ring, for as long as a delivery takes: it finishes with the ring that it began with.
    pub(crate) fn hold(&self) -> Arc<Ring> {
        self.0.load_full()
    }

    /// From now on this ring is in force. The one before ends with the last delivery that holds it.
    pub(crate) fn exchange(&self, ring: Ring) {
        self.0.store(Arc::new(ring));
    }
}

impl fmt::Debug for LiveRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.borrow().fmt(f)
    }
}
