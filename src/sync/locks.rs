//! Locks and counters.

#[cfg(hookproof_loom)]
pub(crate) use loom::sync::{Mutex, MutexGuard, atomic::AtomicU64, atomic::Ordering};
use std::sync::PoisonError;
#[cfg(not(hookproof_loom))]
pub(crate) use std::sync::{Mutex, MutexGuard, atomic::AtomicU64, atomic::Ordering};

/// Locks. Nothing that is done under these locks panics half-way, so what a panicking thread left
/// is whole.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
