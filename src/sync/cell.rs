//! The cell in which a ring of keys is exchanged.

#[cfg(not(hookproof_loom))]
pub(crate) use arc_swap::{ArcSwap, Guard};
#[cfg(hookproof_loom)]
pub(crate) use modelled::{ArcSwap, Guard};

/// What `arc_swap` promises, and no more: a reader has the value from before an exchange, or the one
/// from after it. How it keeps that, with fewer locks, is for Miri to see.
#[cfg(hookproof_loom)]
mod modelled {
    use core::ops::Deref;
    use std::sync::{Arc, PoisonError};

    use loom::sync::{Mutex, MutexGuard};

    pub(crate) struct ArcSwap<T>(Mutex<Arc<T>>);

    impl<T> ArcSwap<T> {
        pub(crate) fn from_pointee(value: T) -> Self {
            Self(Mutex::new(Arc::new(value)))
        }

        pub(crate) fn load(&self) -> Guard<Arc<T>> {
            Guard(Arc::clone(&self.value()))
        }

        pub(crate) fn store(&self, value: Arc<T>) {
            *self.value() = value;
        }

        fn value(&self) -> MutexGuard<'_, Arc<T>> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    pub(crate) struct Guard<T>(T);

    impl<T> Guard<T> {
        pub(crate) const fn from_inner(value: T) -> Self {
            Self(value)
        }
    }

    impl<T> Deref for Guard<T> {
        type Target = T;

        fn deref(&self) -> &T {
            &self.0
        }
    }
}
