//! What is mixed in by chance.

use std::time::Duration;

use fastrand::Rng;

use crate::delivery::Truth;

/// What is mixed in between the genuine deliveries: duplicates, a changed order, late and early
/// timestamps, tampered and forged deliveries, slow bodies and broken connections. Nothing of it
/// keeps a genuine event from being delivered in the end, for it is tried again.
#[derive(Clone, Debug)]
pub struct Chaos {
    seed: Option<u64>,
}

/// What becomes of one delivery.
#[derive(Clone, Debug)]
pub(super) struct Mix {
    /// How long the first attempt is held back, so that others overtake it.
    pub(super) held: Duration,
    /// What the first attempt is: genuine, slow or broken.
    pub(super) first: Truth,
    /// What an attacker, or a bad network, sends beside it.
    pub(super) extras: Vec<Extra>,
}

impl Mix {
    /// A first attempt of this kind, and nothing beside it.
    pub(super) const fn first(truth: Truth) -> Self {
        Self {
            held: Duration::ZERO,
            first: truth,
            extras: Vec::new(),
        }
    }
}

/// An attempt that is not the provider's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extra {
    pub(super) truth: Truth,
    /// How long after the first attempt has begun.
    pub(super) after: Duration,
    /// Chance for what is left to it.
    pub(super) salt: u64,
}

const EXTRAS: [Truth; 5] = [
    Truth::Duplicate,
    Truth::Late,
    Truth::Early,
    Truth::Tampered,
    Truth::Forged,
];

impl Chaos {
    /// Nothing.
    #[must_use]
    pub const fn none() -> Self {
        Self { seed: None }
    }

    /// Some of everything, by chance from a seed: the same seed, the same choices for the same
    /// events in the same order.
    #[must_use]
    pub const fn from_seed(seed: u64) -> Self {
        Self { seed: Some(seed) }
    }

    /// What becomes of the delivery of this number, whenever it is asked.
    pub(super) fn mix(&self, number: u64) -> Mix {
        let Some(seed) = self.seed else {
            return Mix::first(Truth::Genuine);
        };
        // Numbers that are close to each other begin far apart.
        let mut rng = Rng::with_seed(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let held = match rng.u8(..4) {
            0 => millis(&mut rng, 250),
            _ => Duration::ZERO,
        };
        let first = match rng.u8(..10) {
            0 => Truth::Slow,
            1 => Truth::Broken,
            _ => Truth::Genuine,
        };
        let mut extras = Vec::new();
        for truth in EXTRAS {
            if rng.u8(..6) == 0 {
                extras.push(Extra {
                    truth,
                    after: millis(&mut rng, 150),
                    salt: rng.u64(..),
                });
            }
        }
        Mix {
            held,
            first,
            extras,
        }
    }
}

fn millis(rng: &mut Rng, below: u64) -> Duration {
    Duration::from_millis(rng.u64(..below))
}

#[cfg(test)]
#[path = "chaos_tests.rs"]
mod tests;
