//! Where secrets come from: the environment, or chance.

use std::collections::BTreeMap;
use std::env;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hookproof::{ConfigError, Keyring, Secret};

use crate::presets::Preset;

/// What a provider's secrets look like.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// 64 hex digits.
    Hex,
    /// `whsec_` before standard base64.
    PrefixedBase64,
    /// `whsec_` before hex.
    PrefixedHex,
    /// `whsec_` before base64url.
    PrefixedText,
    /// Text that its owner chose.
    Text,
}

impl Form {
    /// A secret that nobody knows.
    pub(crate) fn random(self) -> Result<String, SecretError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(SecretError::Random)?;
        Ok(match self {
            Self::Hex => hex::encode(key),
            Self::PrefixedBase64 => format!("whsec_{}", STANDARD.encode(key)),
            Self::PrefixedHex => format!("whsec_{}", hex::encode(key)),
            Self::PrefixedText => format!("whsec_{}", URL_SAFE_NO_PAD.encode(key)),
            Self::Text => URL_SAFE_NO_PAD.encode(key),
        })
    }
}

/// The secrets that were made up, by variable, so that presets that share a variable share one.
#[derive(Default)]
pub(crate) struct Secrets {
    made: BTreeMap<&'static str, String>,
}

impl Secrets {
    /// A preset's secrets: the one that is set, taken as it is and never replaced, with older ones in
    /// `…_PREVIOUS`; else one made up.
    pub(crate) fn of(&mut self, preset: &Preset) -> Result<Keyring, SecretError> {
        let variable = preset.variable;
        if env::var_os(variable).is_some() {
            return Keyring::from_env(variable).map_err(|error| SecretError::bad(preset, error));
        }
        if let Some(text) = self.made.get(variable) {
            return Ok(Secret::new(text.as_str()).into());
        }
        let text = preset.form.random()?;
        let secret = Secret::new(text.as_str());
        self.made.insert(variable, text);
        Ok(secret.into())
    }

    /// Prints those that were made up, on standard error. To be called once.
    pub(crate) fn announce(&self) {
        if !self.made.is_empty() {
            eprintln!("made up for this run, for the variables are not set:");
        }
        for (variable, text) in &self.made {
            eprintln!("{variable}={text}");
        }
    }
}

/// Why there is no secret.
#[derive(Debug)]
pub(crate) enum SecretError {
    /// The variable holds what cannot be one.
    Bad(&'static str, ConfigError),
    /// The system gives no random bytes.
    Random(getrandom::Error),
}

impl SecretError {
    /// The library's message says what to fix and shows nothing of the secret; the variable's name
    /// is ours to add.
    pub(crate) const fn bad(preset: &Preset, error: ConfigError) -> Self {
        Self::Bad(preset.variable, error)
    }
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bad(variable, error) => write!(f, "{variable}: {error}"),
            Self::Random(error) => write!(f, "no random secret: {error}"),
        }
    }
}

impl std::error::Error for SecretError {}
