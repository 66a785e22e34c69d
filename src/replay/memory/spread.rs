//! Hashing for keys that are digests already.

use std::hash::{BuildHasherDefault, Hasher};

use crate::replay::Identity;

/// A map by identity.
pub(super) type ByIdentity<T> = std::collections::HashMap<Identity, T, BuildHasherDefault<Spread>>;

/// Takes eight bytes of an [`Identity`] as they are: they are the beginning of a SHA-256, which
/// nobody but the provider can choose.
#[derive(Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        if let Some((first, _)) = bytes.split_first_chunk() {
            self.0 = u64::from_le_bytes(*first);
        }
    }

    /// The length of the array.
    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}
