//! Keys: the secrets in force for one endpoint, labelled, newest first.

mod delivery;
mod key;
mod label;
mod live;
mod ring;
mod secret_file;
mod sources;

use core::fmt;
use std::sync::Arc;

use crate::clock::UnixTime;
use crate::error::ConfigError;
use crate::secret::Secret;

pub(crate) use delivery::DeliveryKeys;
#[cfg(feature = "tenants")]
pub(crate) use delivery::{DecoyReason, Whose};
pub(crate) use key::Key;
pub(crate) use label::Label;
pub(crate) use live::{BorrowedRing, LiveRing};
pub(crate) use ring::{InForce, Ring, RingKey};
pub use secret_file::{SecretFile, SecretFileError};
pub use sources::KeyFile;

/// The secrets in force, newest first, each with a label that receipts and logs may show.
///
/// The first is tried as the body arrives, the others only where it does not match, so that a
/// second secret costs nothing until a delivery needs it, and then one further MAC over the body.
///
/// # Rotation
///
/// [`Verifier::rotate`](crate::Verifier::rotate) exchanges the keyring of a verifier and of all
/// endpoints built from it, while deliveries are under way: each finishes with the ring that it
/// began with. To rotate without a gap where the provider lets both secrets overlap: add the new
/// one as the newest with the old one as `previous`; once receipts name `primary` alone, retire the
/// old one. Where the old secret dies at once, the order is the same and `previous` soon idle.
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
    newest: Entry,
    older: Vec<Entry>,
    previous: usize,
}

/// A secret of a keyring.
struct Entry {
    label: Label,
    secret: Secret,
    /// From when on it is no longer in force.
    until: Option<UnixTime>,
}

impl Keyring {
    /// The most secrets a keyring holds: a forgery costs one MAC a key.
    pub const MAX_KEYS: usize = 16;

    /// A keyring of one secret, labelled `primary`.
    #[must_use]
    pub fn new(secret: Secret) -> Self {
        Self {
            newest: Entry {
                label: Label::Fixed("primary"),
                secret,
                until: None,
            },
            older: Vec::new(),
            previous: 0,
        }
    }

    /// A keyring of one secret under a label of the operator's own. Labels are shown in receipts,
    /// logs and metrics: no part of the secret belongs in one.
    #[must_use]
    pub fn labelled(label: impl Into<String>, secret: Secret) -> Self {
        let mut keys = Self::new(secret);
        keys.newest.label = Label::Own(Arc::from(label.into()));
        keys
    }

    /// A keyring of a list, newest first: `primary`, `previous`, `previous-2` and so on.
    ///
    /// # Errors
    ///
    /// `bad-keyring` where the list is empty.
    ///
    /// # Example
    ///
    /// ```
    /// use hookproof::{Keyring, Secret};
    ///
    /// let secrets = ["whsec_of-this-year-0123", "whsec_of-last-year-0123"];
    /// let keys = Keyring::from_list(secrets.map(Secret::new))?;
    /// assert!(keys.labels().eq(["primary", "previous"]));
    /// # Ok::<(), hookproof::ConfigError>(())
    /// ```
    pub fn from_list(secrets: impl IntoIterator<Item = Secret>) -> Result<Self, ConfigError> {
        let mut secrets = secrets.into_iter();
        let newest = secrets
            .next()
            .ok_or_else(|| ConfigError::keyring("the keyring has no secret"))?;
        Ok(secrets.fold(Self::new(newest), Self::with_previous))
    }

    /// Adds an older secret, labelled `previous`, then `previous-2`, `previous-3` and so on.
    #[must_use]
    pub fn with_previous(self, secret: Secret) -> Self {
        self.with_next_previous(secret, None)
    }

    /// As [`with_previous`](Self::with_previous), in force for deliveries that begin before that
    /// moment. Where the clock cannot be read it is not in force.
    #[must_use]
    pub fn with_previous_until(self, secret: Secret, until: UnixTime) -> Self {
        self.with_next_previous(secret, Some(until))
    }

    /// Adds an older secret under a label of the operator's own.
    #[must_use]
    pub fn with_labelled(self, label: impl Into<String>, secret: Secret) -> Self {
        self.with(Label::Own(Arc::from(label.into())), secret, None)
    }

    /// As [`with_labelled`](Self::with_labelled), in force for deliveries that begin before that
    /// moment.
    #[must_use]
    pub fn with_labelled_until(
        self,
        label: impl Into<String>,
        secret: Secret,
        until: UnixTime,
    ) -> Self {
        self.with(Label::Own(Arc::from(label.into())), secret, Some(until))
    }

    fn with_next_previous(mut self, secret: Secret, until: Option<UnixTime>) -> Self {
        self.previous += 1;
        let label = match self.previous {
            1 => Label::Fixed("previous"),
            nth => Label::Own(Arc::from(format!("previous-{nth}"))),
        };
        self.with(label, secret, until)
    }

    fn with(mut self, label: Label, secret: Secret, until: Option<UnixTime>) -> Self {
        self.older.push(Entry {
            label,
            secret,
            until,
        });
        self
    }

    const fn newest(&self) -> &Entry {
        &self.newest
    }

    fn older(&self) -> &[Entry] {
        &self.older
    }

    fn check(&self) -> Result<(), ConfigError> {
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
            .map(|entry| &*entry.label)
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
