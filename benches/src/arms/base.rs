//! BASE: what a careful user writes by hand. An `hmac` keyed once and cloned for each delivery, and
//! a `subtle` compare with a candidate that is already decoded; no header is read, no clock.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// A key, saved.
pub struct Base(Hmac<Sha256>);

impl Base {
    pub fn new(key: &[u8]) -> Self {
        Self(Hmac::new_from_slice(key).expect("HMAC takes a key of any length"))
    }

    /// The MAC of the parts in their order.
    pub fn mac<const N: usize>(&self, parts: [&[u8]; N]) -> [u8; 32] {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// Whether the candidate is the MAC of the parts in their order.
    #[inline]
    pub fn verify<const N: usize>(&self, parts: [&[u8]; N], candidate: &[u8]) -> bool {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(part);
        }
        mac.finalize()
            .into_bytes()
            .as_slice()
            .ct_eq(candidate)
            .into()
    }
}
