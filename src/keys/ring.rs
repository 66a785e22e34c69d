//! A keyring made ready for one scheme.

use super::{Keyring, Label};
use crate::error::ConfigError;
use crate::mac::MacKey;
use crate::scheme::KeyFormat;
use crate::secret::{Secret, is_short};

/// Keys decoded and saved.
#[derive(Debug)]
pub(crate) struct Ring {
    /// The key whose MAC runs while the body arrives.
    pub(crate) newest: RingKey,
    /// Keys to try, in order, where the newest does not match.
    pub(crate) older: Vec<RingKey>,
}

#[derive(Debug)]
pub(crate) struct RingKey {
    pub(crate) label: Label,
    pub(crate) mac: MacKey,
    /// Whether the key has fewer bytes than a key should have.
    pub(crate) short: bool,
}

impl Ring {
    pub(crate) fn new(keyring: &Keyring, format: KeyFormat) -> Result<Self, ConfigError> {
        keyring.check()?;
        let several = !keyring.older().is_empty();
        let ready = |(label, secret): &(Label, Secret)| {
            RingKey::new(label, secret, format)
                .map_err(|error| if several { error.in_key(label) } else { error })
        };
        Ok(Self {
            newest: ready(keyring.newest())?,
            older: keyring
                .older()
                .iter()
                .map(ready)
                .collect::<Result<_, _>>()?,
        })
    }

    /// All keys, newest first.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &RingKey> {
        core::iter::once(&self.newest).chain(&self.older)
    }
}

impl RingKey {
    fn new(label: &Label, secret: &Secret, format: KeyFormat) -> Result<Self, ConfigError> {
        let key = secret.key(format)?;
        Ok(Self {
            label: label.clone(),
            mac: MacKey::new(&key),
            short: is_short(&key),
        })
    }
}
