//! Verifying while the body arrives.

use bytes::Bytes;
use core::fmt;

use super::content::Around;
use super::held::Held;
use super::proof::Proven;
use super::receipt::{Claims, Receipt};
use super::whole::{self, Seen};
use crate::error::VerifyError;
use crate::keys::{DeliveryKeys, InForce, Label, RingKey};
use crate::mac::{Candidates, KeptMac};

/// A verification under way: the head is judged, the body is arriving.
///
/// Made by [`Verifier::begin`](crate::Verifier::begin). It holds the frames it is given and gives
/// them back, as one piece, only when they are proven: what a caller acts on cannot be other bytes
/// than those that were verified. The newest key's MAC runs as frames come; other keys are tried
/// at the end, over the held bytes, and only where the newest does not match.
///
/// Dropping it at any moment is safe: nothing has been said yet.
///
/// # Example
///
/// ```
/// use bytes::Bytes;
/// use http::HeaderMap;
/// use hookproof::{Secret, Signer, Verifier, providers};
///
/// let secret = "whsec_Q5VvFg7vvDnxI1xq9NwKUlqq4Ar-lmAgJ5QzFWSkEGc";
/// let headers: HeaderMap = Signer::new(&providers::STRIPE, Secret::new(secret))?
///     .sign(br#"{"id":"evt_1"}"#)?;
///
/// let verifier = Verifier::new(&providers::STRIPE, Secret::new(secret))?;
/// let mut verification = verifier.begin(&headers)?; // the body is unread
/// verification.update(Bytes::from_static(br#"{"id":"#))?;
/// verification.update(Bytes::from_static(br#""evt_1"}"#))?;
/// let proven = verification.finish()?;
/// assert_eq!(&proven.body()[..], br#"{"id":"evt_1"}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "nothing is proven until `finish` says so"]
pub struct Verification {
    /// The keys with which it began, whatever is in force by now.
    pub(super) keys: DeliveryKeys,
    pub(super) in_force: InForce,
    pub(super) candidates: Candidates,
    /// The newest key's MAC, over what has come: from the second frame on. A body of one frame is
    /// gone over at the end, at once, and moves no MAC about before.
    newest: Option<Box<KeptMac>>,
    pub(super) around: Around,
    pub(super) held: Held,
    /// Until they are proven.
    pub(super) claims: Option<Claims>,
    /// The head of a delivery that is judged when it is whole.
    pub(super) seen: Option<Box<Seen>>,
}

impl Verification {
    /// Of a head that is yet to be judged.
    #[inline(always)]
    pub(crate) fn new(keys: DeliveryKeys) -> Self {
        Self {
            keys,
            in_force: InForce::ALL,
            candidates: Candidates::default(),
            newest: None,
            around: Around::default(),
            held: Held::new(0, None),
            claims: None,
            seen: None,
        }
    }

    /// Takes the next frame of the body. A body that comes in one frame is not copied; from the
    /// second on, frames are copied into one buffer, which grows with what has come.
    ///
    /// # Errors
    ///
    /// `too-large` where the body grows past the limit; nothing more will be taken then.
    pub fn update(&mut self, frame: Bytes) -> Result<(), VerifyError> {
        if let Err(error) = self.held.admit(frame.len()) {
            return Err(self.keys.whose.tell(error));
        }
        if !self.held.as_slice().is_empty() && self.seen.is_none() {
            self.run(&frame);
        }
        self.held.push(frame);
        Ok(())
    }

    /// Makes ready to be waited for.
    #[cfg(feature = "tower")]
    pub(crate) fn keep(&mut self) {
        self.keys.keep();
    }

    /// Takes a further frame into the newest key's MAC.
    fn run(&mut self, frame: &[u8]) {
        if self.newest.is_none() {
            self.keys.keep();
        }
        // Another algorithm's key has none, and matches nothing.
        let Some(key) = self.keys.ring.newest.key.mac() else {
            return;
        };
        let mac = self.newest.get_or_insert_with(|| {
            let mut mac = key.start();
            mac.update(self.around.opening());
            mac.update(self.held.as_slice());
            mac
        });
        mac.update(frame);
    }

    /// Judges the signature over the whole body.
    ///
    /// # Errors
    ///
    /// `mismatch` where no key of the ring gives one of the candidates; `too-large` where
    /// [`update`](Self::update) had said so.
    pub fn finish(mut self) -> Result<Proven, VerifyError> {
        self.prove()
    }

    /// As [`finish`](Self::finish), where it stands. Once.
    #[inline]
    pub(crate) fn prove(&mut self) -> Result<Proven, VerifyError> {
        let receipt = self.judge()?;
        Ok(Proven::new(receipt, self.held.take_bytes()))
    }

    /// The verdict, and the bytes that were taken, whatever it is.
    #[cfg(feature = "tower")]
    pub(crate) fn conclude(mut self) -> (Result<Receipt, VerifyError>, Bytes) {
        (self.judge(), self.held.take_bytes())
    }

    #[inline]
    fn judge(&mut self) -> Result<Receipt, VerifyError> {
        self.judged().map_err(|error| self.held.explain(error))
    }

    #[inline(always)]
    fn judged(&mut self) -> Result<Receipt, VerifyError> {
        let admitted = self.held.admit(0);
        let Some(claims) = self.claims.take() else {
            return Err(VerifyError::mismatch());
        };
        if let Some(mut seen) = self.seen.take() {
            let judged = admitted.and_then(|()| self.judge_whole(&mut seen, claims));
            return settle(judged, &self.keys);
        }
        let newest = self.newest.take();
        let label = settle(admitted.and_then(|()| self.matching(newest)), &self.keys)?;
        Ok(claims.proven_by(label))
    }

    /// The label of the key that gives one of the candidates.
    #[inline(always)]
    fn matching(&self, newest: Option<Box<KeptMac>>) -> Result<&Label, VerifyError> {
        let Self {
            keys,
            in_force,
            candidates,
            around,
            held,
            ..
        } = self;
        let matches = |key: &RingKey| {
            key.matches(candidates, |mac| {
                mac.update(around.opening());
                mac.update(held.as_slice());
                mac.update(around.closing());
            })
        };
        let is_newest = match newest {
            Some(mut mac) => {
                mac.update(around.closing());
                mac.matches_any(candidates)
            }
            None => matches(&keys.ring.newest),
        };
        if is_newest {
            return Ok(&keys.ring.newest.label);
        }
        let mut older = keys.ring.older(*in_force);
        let key = older.find(|key| matches(key));
        key.map(|key| &key.label).ok_or_else(VerifyError::mismatch)
    }

    #[cold]
    fn judge_whole(&self, seen: &mut Seen, claims: Claims) -> Result<Receipt, VerifyError> {
        let ring = &self.keys.ring;
        let older = ring.older(self.in_force);
        let all: Vec<_> = core::iter::once(&ring.newest).chain(older).collect();
        whole::judge(claims.plan(), seen, self.held.as_slice(), &all)
            .map(|verified| claims.proven_whole(verified))
    }
}

/// What stands whatever the MAC says: a delivery that was judged by a decoy proves nothing.
#[inline]
fn settle<T>(judged: Result<T, VerifyError>, keys: &DeliveryKeys) -> Result<T, VerifyError> {
    match (judged, keys.whose.refusal()) {
        (Ok(proven), None) => Ok(proven),
        (Err(error), _) if !error.kind().is_authenticity() => Err(keys.whose.tell(error)),
        (_, Some(refusal)) => Err(refusal),
        (Err(error), None) => Err(keys.whose.tell(error)),
    }
}

impl fmt::Debug for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verification")
            .field("bytes", &self.held.as_slice().len())
            .finish_non_exhaustive()
    }
}
