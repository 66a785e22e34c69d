//! Ids and secrets that nobody knows.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::provider::Provider;

/// Thirty-two random bytes, in each provider's own form of a secret.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SecretForm {
    /// 64 hex digits: SendKit.ai.
    Hex,
    /// `whsec_` before standard base64: Sent, whose key is what it decodes to.
    PrefixedBase64,
    /// `whsec_` before base64url: Sendmux, MailingAPI and JetEmail, whose key is the whole text.
    PrefixedText,
}

impl SecretForm {
    pub(crate) const fn of(provider: Provider) -> Self {
        match provider {
            Provider::SendKit => Self::Hex,
            Provider::Sent => Self::PrefixedBase64,
            Provider::Sendmux | Provider::MailingApi | Provider::JetEmail => Self::PrefixedText,
        }
    }

    pub(crate) fn fresh(self) -> Result<String, getrandom::Error> {
        let mut key = [0; 32];
        getrandom::fill(&mut key)?;
        Ok(match self {
            Self::Hex => hex::encode(key),
            Self::PrefixedBase64 => format!("whsec_{}", STANDARD.encode(key)),
            Self::PrefixedText => format!("whsec_{}", URL_SAFE_NO_PAD.encode(key)),
        })
    }
}

/// A prefix and 24 random hex digits.
pub(crate) fn id(prefix: &str) -> Result<String, getrandom::Error> {
    let mut bytes = [0; 12];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{prefix}{}", hex::encode(bytes)))
}

/// A random UUID (version 4), as Sent and JetEmail name things.
pub(crate) fn uuid() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let text = hex::encode(bytes);
    Ok(format!(
        "{}-{}-{}-{}-{}",
        &text[..8],
        &text[8..12],
        &text[12..16],
        &text[16..20],
        &text[20..]
    ))
}
