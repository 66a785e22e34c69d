//! The secret: the text that a provider's dashboard shows.

use core::fmt;
use std::env;

use zeroize::Zeroizing;

use crate::encoding::{base64_secret, hex_secret};
use crate::error::ConfigError;
use crate::placeholder::{PREFIX, is_placeholder};
use crate::scheme::KeyFormat;

/// A signing secret, as the provider's dashboard shows it.
///
/// Give the whole text, prefix included: the scheme knows whether `whsec_` is part of the key or a
/// wrapping. The text is checked and decoded when a [`Verifier`](crate::Verifier) is made with a
/// scheme. It cannot be compared, displayed or serialised, its `Debug` is redacted, and its memory
/// is wiped on drop. [`expose`](Self::expose) alone reads it out.
///
/// # Example
///
/// ```
/// use hookproof::{Secret, Verifier, providers};
///
/// let secret = Secret::new("whsec_Q5VvFg7vvDnxI1xq9NwKUlqq4Ar-lmAgJ5QzFWSkEGc");
/// assert_eq!(format!("{secret:?}"), "Secret([redacted])");
/// let verifier = Verifier::new(&providers::SENDMUX, secret)?;
///
/// let pasted = Verifier::new(&providers::SENDMUX, Secret::new("whsec_Q5VvFg7vvDnx\n"));
/// assert!(pasted.unwrap_err().to_string().contains("line break"));
/// # Ok::<(), hookproof::ConfigError>(())
/// ```
pub struct Secret(Zeroizing<String>);

/// Fewer key bytes than this are taken, with one warning, since some providers print such
/// examples and users copy them.
const SHORT_KEY: usize = 16;

const PREFIX_ALONE: &str =
    "the secret holds no key bytes: it is only a prefix, so copy the whole secret";

/// Whether a character shows nothing: white space, control and format characters, fillers. Pasting
/// brings them along, and each makes another key.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
                | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        )
}

impl Secret {
    /// Takes the text as it is; nothing is trimmed. A `String` is moved, not copied, so that no
    /// second copy stays behind.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Takes the text of an environment variable.
    ///
    /// # Errors
    ///
    /// `bad-secret`, naming the variable, where it is unset or not UTF-8.
    pub fn from_env(variable: &str) -> Result<Self, ConfigError> {
        match env::var(variable) {
            Ok(text) => Ok(Self::new(text)),
            Err(env::VarError::NotPresent) => Err(ConfigError::secret(format!(
                "the environment variable {variable} is not set: set it to the signing secret"
            ))),
            Err(env::VarError::NotUnicode(_)) => Err(ConfigError::secret(format!(
                "the environment variable {variable} is not UTF-8"
            ))),
        }
    }

    /// The text itself, to be handed on to where secrets are kept, such as a secret manager. A file of
    /// its own is [`SecretFile`](crate::SecretFile).
    ///
    /// What becomes of copies is the caller's care: search for this name to see where there are any.
    ///
    /// # Example
    ///
    /// ```
    /// use hookproof::Secret;
    ///
    /// let made = Secret::new("whsec_Q5VvFg7vvDnxI1xq9NwKUlqq4Ar-lmAgJ5QzFWSkEGc");
    /// assert!(made.expose().starts_with("whsec_"));
    /// ```
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The text, once it is known to be one that a person meant to paste.
    pub(crate) fn checked(&self) -> Result<&str, ConfigError> {
        self.check()?;
        Ok(&self.0)
    }

    /// The key bytes under a scheme's rule.
    pub(crate) fn key(&self, format: KeyFormat) -> Result<Zeroizing<Vec<u8>>, ConfigError> {
        let text = self.checked()?;
        let key = match format {
            KeyFormat::Text => Some(Zeroizing::new(text.as_bytes().to_vec())),
            KeyFormat::TextDigest(digest) => Some(Zeroizing::new(digest.of(text.as_bytes()))),
            KeyFormat::TextThen(suffix) => {
                Some(Zeroizing::new([text, suffix].concat().into_bytes()))
            }
            KeyFormat::Hex => hex_secret(text),
            KeyFormat::Base64 { prefix } => {
                base64_secret(text.strip_prefix(prefix).unwrap_or(text))
            }
            KeyFormat::PublicBase64 { .. }
            | KeyFormat::PublicDer
            | KeyFormat::PublicHex
            | KeyFormat::PublicPem => None,
        };
        let Some(key) = key else {
            return Err(ConfigError::secret(match format {
                KeyFormat::Hex => {
                    "the secret is not hex: this scheme's keys are an even number of hex digits, so copy the whole secret again"
                }
                _ => {
                    "the secret is not base64: copy the whole secret again, with its prefix and its = signs"
                }
            }));
        };
        if key.is_empty() {
            return Err(ConfigError::secret(PREFIX_ALONE));
        }
        Ok(key)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let text = self.0.as_str();
        if text.is_empty() {
            return Err(ConfigError::secret(
                "the secret is empty: an empty key would verify anybody's signature",
            ));
        }
        if text.chars().all(is_invisible) {
            return Err(ConfigError::secret("the secret is blank"));
        }
        if text.contains(['\n', '\r']) {
            return Err(ConfigError::secret(
                "the secret has a line break: remove it, for it would be part of the key",
            ));
        }
        if text.starts_with(is_invisible) || text.ends_with(is_invisible) {
            return Err(ConfigError::secret(
                "the secret starts or ends with white space: remove it, for it would be part of the key",
            ));
        }
        if text == PREFIX {
            return Err(ConfigError::secret(PREFIX_ALONE));
        }
        if is_placeholder(text) {
            return Err(ConfigError::secret(
                "the secret is a placeholder from documentation or an unfilled template: put the real secret there",
            ));
        }
        Ok(())
    }
}

/// Whether a key is so short that the operator should be warned.
pub(crate) fn is_short(key: &[u8]) -> bool {
    key.len() < SHORT_KEY
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}
