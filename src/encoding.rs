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

    /// Writes a MAC from its text; `None` where that is not exactly one canonical encoding of its
    /// length, and what is written then means nothing.
    #[inline(always)]
    pub(crate) fn decode_mac(self, text: &[u8], mac: &mut [u8; MAC_LEN]) -> Option<()> {
        if text.len() != self.mac_text_len() {
            return None;
        }
        match self {
            // The length is checked above: a `0x`, which the library would drop, leaves too few
            // digits and is refused.
            Self::Hex | Self::HexUpper => hex::decode_to_slice(text, mac).ok(),
            Self::Base64 => decode_base64(&STANDARD_VALUES, text.strip_suffix(b"=")?, mac),
            Self::Base64Url => decode_base64(&URL_SAFE_VALUES, text, mac),
        }
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

/// A MAC from its 43 base64 characters. Of the last one two bits are of no byte, and must not be
/// set: there is one text of a MAC.
///
/// The library's decoder, which is made for texts of any length, takes 3 % of verifying 1 KiB more.
/// The characters are the sender's, so that looking them up in a table tells nobody anything new.
fn decode_base64(values: &[u8; 256], text: &[u8], mac: &mut [u8; MAC_LEN]) -> Option<()> {
    let value = |character: u8| values[usize::from(character)];
    let (fours, last) = text.as_chunks::<4>();
    let (threes, end) = mac.as_chunks_mut::<3>();
    let (&[one, two, three], [first, second]) = (last, end) else {
        return None;
    };
    let mut all = 0;
    for (four, bytes) in fours.iter().zip(threes) {
        let [a, b, c, d] = four.map(value);
        all |= a | b | c | d;
        *bytes = [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d];
    }
    let [a, b, c] = [one, two, three].map(value);
    all |= a | b | c;
    (*first, *second) = (a << 2 | b >> 4, b << 4 | c >> 2);
    (all < NO_VALUE && c & 0b11 == 0).then_some(())
}

/// What a character stands for that is none of the alphabet's; all that stand for something are
/// less, however they are combined.
const NO_VALUE: u8 = 64;

static STANDARD_VALUES: [u8; 256] = values(b'+', b'/');
static URL_SAFE_VALUES: [u8; 256] = values(b'-', b'_');

/// What each character stands for.
const fn values(of_62: u8, of_63: u8) -> [u8; 256] {
    let mut values = [NO_VALUE; 256];
    let mut nth = 0;
    while nth < 26 {
        values[(b'A' + nth) as usize] = nth;
        values[(b'a' + nth) as usize] = 26 + nth;
        nth += 1;
    }
    let mut digit = 0;
    while digit < 10 {
        values[(b'0' + digit) as usize] = 52 + digit;
        digit += 1;
    }
    values[of_62 as usize] = 62;
    values[of_63 as usize] = 63;
    values
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mac_in_base64_is_what_the_library_reads_of_its_one_text() {
        let mac: [u8; MAC_LEN] =
            core::array::from_fn(|nth| u8::try_from(nth * 37 % 256).unwrap_or(0) ^ 0xa5);
        for (encoding, library) in [
            (Encoding::Base64, &STANDARD),
            (Encoding::Base64Url, &URL_SAFE_NO_PAD),
        ] {
            let text = library.encode(mac).into_bytes();
            for at in 0..text.len() {
                for byte in 0..=u8::MAX {
                    let mut changed = text.clone();
                    changed[at] = byte;
                    let mut read = [0; MAC_LEN];
                    let read = encoding.decode_mac(&changed, &mut read).map(|()| read);
                    let expected = library.decode(&changed).ok();
                    let expected = expected.filter(|bytes| bytes.len() == MAC_LEN);
                    assert_eq!(read.map(Vec::from), expected, "{byte} at {at}");
                }
            }
        }
    }
}
