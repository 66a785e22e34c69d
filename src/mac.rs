//! The MAC: a key's saved state, a running MAC, and the one comparison of the crate.

use core::fmt;

use hmac::KeyInit;
use hmac::block_api::HmacCore;
use hmac::digest::Output;
use hmac::digest::block_api::{Buffer, FixedOutputCore, UpdateCore};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

/// Bytes of an HMAC-SHA256.
pub(crate) const MAC_LEN: usize = 32;

/// A key, saved as the state of the MAC after the key has gone in, so that keying costs nothing
/// for a delivery. Without the library's buffer for what is yet to come, which is empty here: a
/// delivery's MAC begins with a new one, and copies none.
pub(crate) struct MacKey(Core);

type Core = HmacCore<Sha256>;

impl MacKey {
    /// Any number of key bytes; those checks that a key deserves are made where secrets are read.
    pub(crate) fn new(key: &[u8]) -> Self {
        Self(keyed(key))
    }

    /// Whether the MAC of what is fed is among the candidates.
    #[inline(always)]
    pub(crate) fn matches_any(
        &self,
        candidates: &Candidates,
        feed: impl FnOnce(&mut RunningMac<'_>),
    ) -> bool {
        candidates.have(&self.mac(feed))
    }

    /// The MAC of what is fed: for signing, and for what compares it at once. Nothing lets it out.
    #[inline(always)]
    pub(crate) fn mac(&self, feed: impl FnOnce(&mut RunningMac<'_>)) -> [u8; MAC_LEN] {
        // Two places, not one value of both: that would be moved, and its moving be waited for.
        let mut core = self.0.clone();
        let mut buffer = Buffer::<Core>::default();
        feed(&mut RunningMac {
            core: &mut core,
            buffer: &mut buffer,
        });
        output(&mut core, &mut buffer)
    }

    /// A MAC that goes on from call to call.
    pub(crate) fn start(&self) -> Box<KeptMac> {
        Box::new(KeptMac {
            core: self.0.clone(),
            buffer: Buffer::<Core>::default(),
        })
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
fn keyed(key: &[u8]) -> Core {
    Core::new_from_slice(key).expect("HMAC takes a key of any length")
}

#[inline(always)]
fn output(core: &mut Core, buffer: &mut Buffer<Core>) -> [u8; MAC_LEN] {
    let mut mac = Output::<Core>::default();
    core.finalize_fixed_core(buffer, &mut mac);
    mac.into()
}

/// A MAC over the bytes fed so far.
pub(crate) struct RunningMac<'m> {
    core: &'m mut Core,
    buffer: &'m mut Buffer<Core>,
}

impl RunningMac<'_> {
    #[inline(always)]
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        let core = &mut *self.core;
        self.buffer
            .digest_blocks(bytes, |blocks| core.update_blocks(blocks));
    }
}

/// The same, kept while its bytes arrive.
pub(crate) struct KeptMac {
    core: Core,
    buffer: Buffer<Core>,
}

impl KeptMac {
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        let Self { core, buffer } = self;
        RunningMac { core, buffer }.update(bytes);
    }

    /// Whether the MAC of all bytes seen is among the candidates.
    pub(crate) fn matches_any(mut self, candidates: &Candidates) -> bool {
        candidates.have(&output(&mut self.core, &mut self.buffer))
    }
}

/// The one comparison: whole, in constant time, over words, which is four steps, not 32.
#[inline]
fn same(mac: &[u8; MAC_LEN], candidate: &[u8; MAC_LEN]) -> Choice {
    words(mac).ct_eq(&words(candidate))
}

fn words(mac: &[u8; MAC_LEN]) -> [u64; MAC_LEN / 8] {
    let mut words = [0; MAC_LEN / 8];
    for (word, bytes) in words.iter_mut().zip(mac.as_chunks().0) {
        *word = u64::from_ne_bytes(*bytes);
    }
    words
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
    /// Makes room for a candidate, has it written there, and keeps it where that says so.
    #[inline(always)]
    pub(crate) fn push(&mut self, write: impl FnOnce(&mut [u8; MAC_LEN]) -> bool) -> bool {
        let is_kept = match self.inline.get_mut(self.count) {
            Some(place) => write(place),
            None => {
                let mut candidate = [0; MAC_LEN];
                let is_kept = write(&mut candidate);
                if is_kept {
                    self.rest.push(candidate);
                }
                is_kept
            }
        };
        self.count += usize::from(is_kept);
        is_kept
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether a MAC is among them. All are compared, whichever matches.
    #[inline(always)]
    fn have(&self, mac: &[u8; MAC_LEN]) -> bool {
        let mut found = 0;
        for candidate in self.inline.iter().take(self.count) {
            found |= same(mac, candidate).unwrap_u8();
        }
        for candidate in &self.rest {
            found |= same(mac, candidate).unwrap_u8();
        }
        found == 1
    }
}

impl fmt::Debug for Candidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Candidates({})", self.count)
    }
}
