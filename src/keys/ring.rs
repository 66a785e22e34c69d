//! A keyring made ready for one scheme.

use super::key::Key;
use super::{Entry, Keyring, Label};
use crate::clock::UnixTime;
use crate::error::ConfigError;
use crate::mac::{Candidates, RunningMac};
use crate::scheme::Scheme;

/// Keys decoded and saved.
#[derive(Debug)]
pub(crate) struct Ring {
    /// The key whose MAC runs while the body arrives. It has no end.
    pub(crate) newest: RingKey,
    /// Keys to try, in order, where the newest does not match; 15 at most.
    pub(crate) older: Vec<RingKey>,
    /// Whether any of them has an end.
    ends: bool,
}

#[derive(Debug)]
pub(crate) struct RingKey {
    pub(crate) label: Label,
    pub(crate) key: Key,
    /// Whether the key has fewer bytes than a key should have.
    pub(crate) short: bool,
    /// From when on it is no longer in force.
    until: Option<UnixTime>,
}

/// Which of a ring's older keys were in force when a delivery began: a bit for each.
#[derive(Clone, Copy)]
pub(crate) struct InForce(u16);

impl InForce {
    pub(crate) const ALL: Self = Self(u16::MAX);
}

impl Ring {
    pub(crate) fn new(keyring: &Keyring, scheme: &Scheme) -> Result<Self, ConfigError> {
        keyring.check()?;
        let several = !keyring.older().is_empty();
        let ready = |entry: &Entry| {
            RingKey::new(entry, scheme).map_err(|error| {
                if several {
                    error.in_key(&entry.label)
                } else {
                    error
                }
            })
        };
        // Room for all of them at once: a list that grows leaves copies of keys behind.
        let mut older = Vec::with_capacity(keyring.older().len());
        for entry in keyring.older() {
            older.push(ready(entry)?);
        }
        Ok(Self {
            newest: ready(keyring.newest())?,
            ends: older.iter().any(|key| key.until.is_some()),
            older,
        })
    }

    /// A ring of keys that nobody knows.
    #[cfg(feature = "tenants")]
    pub(crate) fn decoy(keys: usize, scheme: &Scheme) -> Self {
        let key = || RingKey {
            label: super::Label::Fixed("decoy"),
            key: Key::decoy(scheme),
            short: false,
            until: None,
        };
        Self {
            newest: key(),
            older: core::iter::repeat_with(key).take(keys.max(1) - 1).collect(),
            ends: false,
        }
    }

    #[cfg(feature = "tenants")]
    pub(crate) const fn len(&self) -> usize {
        1 + self.older.len()
    }

    /// All keys, newest first.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &RingKey> {
        core::iter::once(&self.newest).chain(&self.older)
    }

    /// Which keys are in force now. Without a clock those that have an end are not. The clock is
    /// read where a key has one.
    #[inline]
    pub(crate) fn in_force(&self, now: impl FnOnce() -> Option<UnixTime>) -> InForce {
        if !self.ends {
            return InForce::ALL;
        }
        let now = now();
        let is_in_force = |key: &RingKey| match (key.until, now) {
            (None, _) => true,
            (Some(until), Some(now)) => now < until,
            (Some(_), None) => false,
        };
        let bits = self.older.iter().enumerate();
        InForce(bits.fold(0, |bits, (nth, key)| {
            bits | u16::from(is_in_force(key)) << nth
        }))
    }

    /// The older keys that were in force.
    pub(crate) fn older(&self, in_force: InForce) -> impl Iterator<Item = &RingKey> {
        let of_bit = move |(nth, _): &(usize, &RingKey)| in_force.0 >> nth & 1 == 1;
        self.older
            .iter()
            .enumerate()
            .filter(of_bit)
            .map(|(_, key)| key)
    }
}

impl RingKey {
    fn new(entry: &Entry, scheme: &Scheme) -> Result<Self, ConfigError> {
        let (key, short) = Key::new(&entry.secret, scheme)?;
        Ok(Self {
            label: entry.label.clone(),
            key,
            short,
            until: entry.until,
        })
    }

    /// Whether its MAC of what is fed is among the candidates. Another algorithm's key matches nothing.
    #[inline(always)]
    pub(crate) fn matches(
        &self,
        candidates: &Candidates,
        feed: impl FnOnce(&mut RunningMac<'_>),
    ) -> bool {
        let key = self.key.mac();
        key.is_some_and(|key| key.matches_any(candidates, feed))
    }
}
