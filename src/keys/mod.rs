//! Keys: the secrets in force for one endpoint, labelled, newest first.

mod label;
mod ring;

use core::fmt;
use std::sync::Arc;

use crate::error::ConfigError;
use crate::secret::Secret;

pub(crate) use label::Label;
pub(crate) use ring::{Ring, RingKey};

/// The secrets in force, newest first, each with a label that receipts and logs may show.
///
/// The first is tried as the body arrives, the others only where it does not match, so that a
/// second secret costs nothing until a delivery needs it, and then one further MAC over the body.
///
/// # Example
///
/// ```
/// use hookproof::{Keyring, Secret, Verifier, providers};
///
/// let keys = Keyring::new(Secret::new("whsec_the-new-secret-of-today"))
///     .with_previous(Secret::new("whsec_the-old-one-of-last-year"));
/// let verifier = Verifier::new(&providers::STRIPE, keys)?;
/// # Ok::<(), hookproof::ConfigError>(())
/// ```
pub struct Keyring {
    newest: (Label, Secret),
    older: Vec<(Label, Secret)>,
    previous: usize,
}

impl Keyring {
    /// The most secrets a keyring holds: a forgery costs one MAC a key.
    pub const MAX_KEYS: usize = 16;

    /// A keyring of one secret, labelled `primary`.
    #[must_use]
    pub fn new(secret: Secret) -> Self {
        Self {
            newest: (Label::Fixed("primary"), secret),
            older: Vec::new(),
            previous: 0,
        }
    }

    /// Adds an older secret, labelled `previous`, then `previous-2`, `previous-3` and so on.
    #[must_use]
    pub fn with_previous(mut self, secret: Secret) -> Self {
        self.previous += 1;
        match self.previous {
            1 => self.with(Label::Fixed("previous"), secret),
            nth => self.with_labelled(format!("previous-{nth}"), secret),
        }
    }

    /// Adds an older secret under a label of the operator's own. Labels are shown in receipts,
    /// logs and metrics: no part of the secret belongs in one.
    #[must_use]
    pub fn with_labelled(self, label: impl Into<String>, secret: Secret) -> Self {
        self.with(Label::Own(Arc::from(label.into())), secret)
    }

    fn with(mut self, label: Label, secret: Secret) -> Self {
        self.older.push((label, secret));
        self
    }

    pub(crate) const fn newest(&self) -> &(Label, Secret) {
        &self.newest
    }

    pub(crate) fn older(&self) -> &[(Label, Secret)] {
        &self.older
    }

    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        let count = 1 + self.older.len();
        if count > Self::MAX_KEYS {
            return Err(ConfigError::keyring(format!(
                "the keyring has {count} keys, at most {} are allowed: retire the oldest",
                Self::MAX_KEYS
            )));
        }
        let mut known: Vec<&str> = Vec::with_capacity(count);
        for label in self.labels() {
            if label.is_empty() {
                return Err(ConfigError::keyring(
                    "a key of the keyring has an empty label",
                ));
            }
            if known.contains(&label) {
                return Err(ConfigError::keyring(format!(
                    "two keys of the keyring have the label {label}"
                )));
            }
            known.push(label);
        }
        Ok(())
    }

    /// The labels, newest first.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        core::iter::once(&self.newest)
            .chain(&self.older)
            .map(|(label, _)| &**label)
    }
}

impl From<Secret> for Keyring {
    fn from(secret: Secret) -> Self {
        Self::new(secret)
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.labels()).finish()
    }
}
