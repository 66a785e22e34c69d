//! How bytes are written as text: hex, base64 and base64url, decoded strictly.

use base64::Engine;
use base64::alphabet::STANDARD as STANDARD_ALPHABET;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{
    GeneralPurpose, GeneralPurposeConfig, STANDARD, URL_SAFE_NO_PAD,
};
use zeroize::Zeroizing;

use crate::mac::MAC_LEN;

/// How a MAC is written in a signature header.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Encoding {
    /// Standard alphabet, padded, canonical: encoding the bytes again gives the same text.
    Base64,
    /// URL-safe alphabet, without padding, canonical.
    Base64Url,
    /// Two digits a byte, in either case.
    Hex,
    /// The same; the provider prints capitals, and so does a signer.
    HexUpper,
}

impl Encoding {
    /// The only length, in characters, that a MAC's text can have.
    pub(crate) const fn mac_text_len(self) -> usize {
        match self {
            Self::Base64 => MAC_LEN.div_ceil(3) * 4,
            Self::Base64Url => (MAC_LEN * 4).div_ceil(3),
            Self::Hex | Self::HexUpper => MAC_LEN * 2,
        }
    }

    /// Whether a text in this encoding can hold the character.
    pub(crate) const fn can_hold(self, character: u8) -> bool {
        match self {
            Self::Base64 => {
                character.is_ascii_alphanumeric() || matches!(character, b'+' | b'/' | b'=')
            }
            Self::Base64Url => {
                character.is_ascii_alphanumeric() || matches!(character, b'-' | b'_')
            }
            Self::Hex | Self::HexUpper => character.is_ascii_hexdigit(),
        }
    }

    /// A MAC from its text; `None` where it is not exactly one canonical encoding of its length.
    pub(crate) fn decode_mac(self, text: &[u8]) -> Option<[u8; MAC_LEN]> {
        if text.len() != self.mac_text_len() {
            return None;
        }
        let mut mac = [0_u8; MAC_LEN];
        match self {
            Self::Hex | Self::HexUpper => {
                // The length is checked above: a `0x`, which the library would drop, leaves
                // too few digits and is refused.
                hex::decode_to_slice(text, &mut mac).ok()?;
            }
            Self::Base64 => decode_base64(&STANDARD, text, &mut mac)?,
            Self::Base64Url => decode_base64(&URL_SAFE_NO_PAD, text, &mut mac)?,
        }
        Some(mac)
    }

    /// Bytes of any length from their text; `None` where it is not exactly one canonical encoding,
    /// or of nothing.
    pub(crate) fn decode(self, text: &[u8]) -> Option<Vec<u8>> {
        let bytes = match self {
            // The library would drop a `0x`.
            Self::Hex | Self::HexUpper if text.iter().all(u8::is_ascii_hexdigit) => {
                hex::decode(text).ok()?
            }
            Self::Hex | Self::HexUpper => return None,
            Self::Base64 => STANDARD.decode(text).ok()?,
            Self::Base64Url => URL_SAFE_NO_PAD.decode(text).ok()?,
        };
        (!bytes.is_empty()).then_some(bytes)
    }

    /// The text of a signature: hex, or canonical base64. Allocates it.
    pub(crate) fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::Base64 => STANDARD.encode(bytes),
            Self::Base64Url => URL_SAFE_NO_PAD.encode(bytes),
            Self::Hex => hex::encode(bytes),
            Self::HexUpper => hex::encode_upper(bytes),
        }
    }
}

fn decode_base64(engine: &GeneralPurpose, text: &[u8], mac: &mut [u8; MAC_LEN]) -> Option<()> {
    // The library wants room for its own estimate, which is at most three bytes too long.
    let mut room = [0_u8; MAC_LEN + 4];
    let length = engine.decode_slice(text, &mut room).ok()?;
    if length != MAC_LEN {
        return None;
    }
    mac.copy_from_slice(&room[..MAC_LEN]);
    Some(())
}

/// Secrets are pasted by people: padding may be left off and unused bits set, as the vendors' own
/// tools allow. That cannot weaken anything, since the operator chose the text.
const PASTED: GeneralPurpose = GeneralPurpose::new(
    &STANDARD_ALPHABET,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The key bytes of a secret written in base64.
pub(crate) fn base64_secret(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(vec![0_u8; text.len()]);
    let length = PASTED.decode_slice(text, &mut bytes).ok()?;
    bytes.truncate(length);
    Some(bytes)
}

/// The key bytes of a secret written in hex.
pub(crate) fn hex_secret(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    if !text.len().is_multiple_of(2) || text.bytes().any(|byte| !byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = Zeroizing::new(vec![0_u8; text.len() / 2]);
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}
