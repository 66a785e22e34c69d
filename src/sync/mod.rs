//! What threads share here. A build for the model checker has the checker's own parts in their place.

mod cell;
#[cfg(any(feature = "memory-store", feature = "tower"))]
mod locks;

pub(crate) use cell::{ArcSwap, Guard};
#[cfg(any(feature = "memory-store", feature = "tower"))]
pub(crate) use locks::{AtomicU64, Mutex, Ordering, locked};
