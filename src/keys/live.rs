//! A ring that can be exchanged while deliveries are under way.

use core::fmt;
use std::sync::Arc;

use super::Ring;
use crate::sync::{ArcSwap, Guard};

/// A ring as a reader has it. A thread has room for a few of them; what holds one for longer than
/// one call takes a reference of its own.
pub(crate) type BorrowedRing = Guard<Arc<Ring>>;

/// The ring in force. Clones are the same one: exchanged in one, it is in all.
#[derive(Clone)]
pub(crate) struct LiveRing(Arc<ArcSwap<Ring>>);

impl LiveRing {
    pub(crate) fn new(ring: Ring) -> Self {
        Self(Arc::new(ArcSwap::from_pointee(ring)))
    }

    /// The ring that is in force now: readers neither wait nor count references.
    #[inline]
    pub(crate) fn borrow(&self) -> BorrowedRing {
        self.0.load()
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
