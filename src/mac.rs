//! The MAC: a key's saved state, a running MAC, and the one comparison of the crate.

use core::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

/// Bytes of an HMAC-SHA256.
pub(crate) const MAC_LEN: usize = 32;

/// A key, saved as the state of the MAC after the key has gone in, so that keying costs nothing
/// for a delivery.
pub(crate) struct MacKey(Hmac<Sha256>);

impl MacKey {
    /// Any number of key bytes; those checks that a key deserves are made where secrets are read.
    pub(crate) fn new(key: &[u8]) -> Self {
        Self(keyed(key))
    }

    pub(crate) fn start(&self) -> RunningMac {
        RunningMac(self.0.clone())
    }
}

impl Drop for MacKey {
    fn drop(&mut self) {
        // The library cannot wipe its state without doing so for every clone, which would be a
        // price on each delivery. Writing another key's state over this one wipes it here, where
        // the key lives; the black box keeps the write from being dropped as dead.
        self.0 = keyed(&[]);
        core::hint::black_box(&self.0);
    }
}

impl fmt::Debug for MacKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MacKey(HMAC-SHA256)")
    }
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes a key of any length")
}

/// A MAC over the bytes seen so far.
#[derive(Clone)]
pub(crate) struct RunningMac(Hmac<Sha256>);

impl RunningMac {
    /// A MAC under no key, where none runs: it must have no candidates.
    #[cold]
    pub(crate) fn idle() -> Self {
        Self(keyed(&[]))
    }

    #[inline]
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Whether the MAC of all bytes seen is among the candidates.
    #[inline]
    pub(crate) fn matches_any(self, candidates: &Candidates) -> bool {
        let mac: [u8; MAC_LEN] = self.0.finalize().into_bytes().into();
        let mut found = Choice::from(0);
        for candidate in candidates.iter() {
            found |= same(&mac, candidate);
        }
        found.into()
    }

    /// The MAC itself, for signing and for what compares it at once: nothing lets it out.
    pub(crate) fn finish(self) -> [u8; MAC_LEN] {
        self.0.finalize().into_bytes().into()
    }
}

impl fmt::Debug for RunningMac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RunningMac(HMAC-SHA256)")
    }
}

/// The one comparison: whole, in constant time, over words because that is four steps, not 32.
#[inline]
fn same(mac: &[u8; MAC_LEN], candidate: &[u8; MAC_LEN]) -> Choice {
    let mut same = Choice::from(1);
    let words = mac
        .as_chunks::<8>()
        .0
        .iter()
        .zip(candidate.as_chunks::<8>().0);
    for (mac, candidate) in words {
        same &= u64::from_ne_bytes(*mac).ct_eq(&u64::from_ne_bytes(*candidate));
    }
    same
}

/// The well-formed candidates of one delivery, decoded. The first two stand inline, which covers
/// a delivery signed with an old and a new key; only a longer list allocates.
#[derive(Clone, Default)]
pub(crate) struct Candidates {
    inline: [[u8; MAC_LEN]; 2],
    count: usize,
    rest: Vec<[u8; MAC_LEN]>,
}

impl Candidates {
    #[inline]
    pub(crate) fn push(&mut self, candidate: [u8; MAC_LEN]) {
        match self.inline.get_mut(self.count) {
            Some(place) => *place = candidate,
            None => self.rest.push(candidate),
        }
        self.count += 1;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    #[inline]
    fn iter(&self) -> impl Iterator<Item = &[u8; MAC_LEN]> {
        self.inline.iter().take(self.count).chain(&self.rest)
    }
}

impl fmt::Debug for Candidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Candidates({})", self.count)
    }
}
