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
        // Arrays, so that the compiler knows their lengths.
        match self {
            Self::Hex | Self::HexUpper => {
                let digits: &[u8; MAC_LEN * 2] = text.try_into().ok()?;
                decode_hex(digits, mac)
            }
            Self::Base64 => {
                let text: &[u8; 44] = text.try_into().ok()?;
                let symbols: &[u8; 43] = text.strip_suffix(b"=")?.try_into().ok()?;
                decode_base64(STANDARD_ENDS, symbols, mac)
            }
            Self::Base64Url => {
                let symbols: &[u8; 43] = text.try_into().ok()?;
                decode_base64(URL_SAFE_ENDS, symbols, mac)
            }
        }
    }

    /// Bytes of any length from their text; `None` where it is not exactly one canonical encoding,
    /// or of nothing.
    pub(crate) fn decode(self, text: &[u8]) -> Option<Vec<u8>> {
        let symbols = match self {
            Self::Base64 if !text.len().is_multiple_of(4) => return None,
            Self::Base64 => {
                let one_less = text.strip_suffix(b"=").unwrap_or(text);
                one_less.strip_suffix(b"=").unwrap_or(one_less)
            }
            Self::Base64Url | Self::Hex | Self::HexUpper => text,
        };
        let (length, left) = match self {
            Self::Base64 | Self::Base64Url => (symbols.len() * 3 / 4, symbols.len() % 4),
            Self::Hex | Self::HexUpper => (symbols.len() / 2, symbols.len() % 2),
        };
        // One character that is left over is never a byte.
        if length == 0 || left == 1 {
            return None;
        }
        let mut bytes = vec![0; length];
        match self {
            Self::Base64 => decode_base64(STANDARD_ENDS, symbols, &mut bytes)?,
            Self::Base64Url => decode_base64(URL_SAFE_ENDS, symbols, &mut bytes)?,
            Self::Hex | Self::HexUpper => decode_hex(symbols, &mut bytes)?,
        }
        Some(bytes)
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

/// Bytes from the characters that they take, by pieces of as many as the processor computes at a time.
///
/// A genuine candidate is the MAC. So nothing is decided by a character and nothing is looked up by
/// one: what each stands for is computed, in one way for all, and whether every one stands for
/// something is judged once, at the end. For a MAC that takes as long as the libraries' tables do.
#[inline(always)]
fn decode<const CHARACTERS: usize, const BYTES: usize>(
    zero: u8,
    value: impl Fn(u8) -> u8,
    join: impl Fn(&[u8; CHARACTERS]) -> [u8; BYTES],
    (text, bytes): (&[u8], &mut [u8]),
) -> Option<()> {
    let (mut all, mut left) = (0, 0);
    for (text, bytes) in text.chunks(CHARACTERS).zip(bytes.chunks_mut(BYTES)) {
        let mut values = [zero; CHARACTERS];
        values.split_at_mut(text.len()).0.copy_from_slice(text);
        for character in &mut values {
            *character = value(*character);
        }
        all = values.iter().fold(all, |all, value| all | value);
        let joined = join(&values);
        let (kept, rest) = joined.split_at(bytes.len());
        bytes.copy_from_slice(kept);
        left = rest.iter().fold(left, |left, byte| left | byte);
    }
    // Bits that are of no byte must not be set: there is one text of any bytes.
    if (all & NO_VALUE) | left == 0 {
        Some(())
    } else {
        malformed()
    }
}

/// The one verdict on a text. Where it is none, that is said in a place of its own: else the compiler
/// would go on computing with the verdict, and a candidate's place in its list depend on characters.
#[cold]
#[inline(never)]
fn malformed() -> Option<()> {
    core::hint::black_box(None)
}

/// What a character stands for that is none of the alphabet's: a bit that no value has.
const NO_VALUE: u8 = 64;

/// All bits where it is so, none where it is not.
#[inline(always)]
fn mask(is_so: bool) -> u8 {
    u8::from(is_so).wrapping_neg()
}

#[inline(always)]
fn decode_hex(text: &[u8], bytes: &mut [u8]) -> Option<()> {
    let value = |character: u8| {
        let digit = character.wrapping_sub(b'0');
        let letter = (character | b' ').wrapping_sub(b'a');
        let (is_digit, is_letter) = (mask(digit < 10), mask(letter < 6));
        let value = (is_digit & digit) | (is_letter & letter.wrapping_add(10));
        value | (!(is_digit | is_letter) & NO_VALUE)
    };
    let join = |values: &[u8; 64]| {
        let mut bytes = [0; 32];
        for ([high, low], byte) in values.as_chunks().0.iter().zip(&mut bytes) {
            *byte = high << 4 | low;
        }
        bytes
    };
    decode(b'0', value, join, (text, bytes))
}

/// The characters that stand for 62 and for 63.
const STANDARD_ENDS: [u8; 2] = *b"+/";
const URL_SAFE_ENDS: [u8; 2] = *b"-_";

/// Without padding.
#[inline(always)]
fn decode_base64([of_62, of_63]: [u8; 2], text: &[u8], bytes: &mut [u8]) -> Option<()> {
    let value = |character: u8| {
        let upper = character.wrapping_sub(b'A');
        let lower = character.wrapping_sub(b'a');
        let digit = character.wrapping_sub(b'0');
        let (is_upper, is_lower) = (mask(upper < 26), mask(lower < 26));
        let (is_digit, is_62, is_63) = (
            mask(digit < 10),
            mask(character == of_62),
            mask(character == of_63),
        );
        let letter = (is_upper & upper) | (is_lower & lower.wrapping_add(26));
        let other = (is_digit & digit.wrapping_add(52)) | (is_62 & 62) | (is_63 & 63);
        let is_known = is_upper | is_lower | is_digit | is_62 | is_63;
        letter | other | (!is_known & NO_VALUE)
    };
    let join = |values: &[u8; 48]| {
        let mut bytes = [0; 36];
        let threes = bytes.as_chunks_mut().0;
        for (four, three) in values.as_chunks().0.iter().zip(threes) {
            *three = three_of(*four);
        }
        bytes
    };
    decode(b'A', value, join, (text, bytes))
}

/// Three bytes from four times six bits.
#[inline(always)]
const fn three_of(four: [u8; 4]) -> [u8; 3] {
    let four = u32::from_be_bytes(four);
    let three = four & 0x3f | four >> 2 & 0xfc0 | four >> 4 & 0x3_f000 | four >> 6 & 0xfc_0000;
    let [_, first, second, third] = three.to_be_bytes();
    [first, second, third]
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
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let mut bytes = Zeroizing::new(vec![0_u8; text.len() / 2]);
    decode_hex(text.as_bytes(), &mut bytes)?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the libraries read of a text, strictly.
    fn expected(encoding: Encoding, text: &[u8]) -> Option<Vec<u8>> {
        let bytes = match encoding {
            Encoding::Base64 => STANDARD.decode(text).ok(),
            Encoding::Base64Url => URL_SAFE_NO_PAD.decode(text).ok(),
            // The library drops a `0x`.
            _ if text.starts_with(b"0x") => None,
            _ => hex::decode(text).ok(),
        };
        bytes.filter(|bytes| !bytes.is_empty())
    }

    const ALL: [Encoding; 4] = [
        Encoding::Base64,
        Encoding::Base64Url,
        Encoding::Hex,
        Encoding::HexUpper,
    ];

    /// Every so many of the cases, under Miri, which is slow.
    const STEP: usize = if cfg!(miri) { 17 } else { 1 };

    #[test]
    fn a_text_of_any_length_is_what_the_libraries_read_of_it() {
        for length in (0_u8..=80).step_by(STEP) {
            let bytes: Vec<u8> = (0..length).map(|nth| nth.wrapping_mul(151)).collect();
            for encoding in ALL {
                let text = encoding.encode(&bytes).into_bytes();
                for cut in 0..=text.len().min(5) {
                    let text = &text[..text.len() - cut];
                    assert_eq!(
                        encoding.decode(text),
                        expected(encoding, text),
                        "{length} {cut}"
                    );
                    let padded = [text, b"="].concat();
                    assert_eq!(encoding.decode(&padded), expected(encoding, &padded));
                }
            }
        }
    }

    #[test]
    fn a_mac_is_what_the_libraries_read_of_its_one_text() {
        let mac: [u8; MAC_LEN] =
            core::array::from_fn(|nth| u8::try_from(nth * 37 % 256).unwrap_or(0) ^ 0xa5);
        for encoding in ALL {
            let text = encoding.encode(&mac).into_bytes();
            for at in (0..text.len()).step_by(STEP) {
                for byte in (0..=u8::MAX).step_by(STEP) {
                    let mut changed = text.clone();
                    changed[at] = byte;
                    let mut read = [0; MAC_LEN];
                    let read = encoding.decode_mac(&changed, &mut read).map(|()| read);
                    let of_any_length = expected(encoding, &changed);
                    assert_eq!(encoding.decode(&changed), of_any_length, "{byte} at {at}");
                    let of_a_mac = of_any_length.filter(|bytes| bytes.len() == MAC_LEN);
                    assert_eq!(read.map(Vec::from), of_a_mac, "{byte} at {at}");
                }
            }
        }
    }

    /// Each fault is one bit of a sum over all characters.
    #[test]
    fn faults_of_one_text_do_not_cancel_out() {
        // Behind the last byte the last text has set the bit that says that a character stands for nothing.
        let faults: [(Encoding, &[u8]); 6] = [
            (Encoding::Hex, b"!!"),
            (Encoding::Hex, b"0!0!"),
            (Encoding::Base64, b"!!!!"),
            (Encoding::Base64, b"A!A!AA=="),
            (Encoding::Base64Url, b"!!!!"),
            (Encoding::Base64Url, b"!AB"),
        ];
        for (encoding, fault) in faults {
            assert_eq!(encoding.decode(fault), None, "{fault:?}");
        }
        let ends = [b"A".repeat(42), b"B".to_vec()].concat();
        let (plain, with_bad) = (ends.clone(), [b"!", &ends[1..]].concat());
        for text in [plain, with_bad] {
            let mut mac = [0; MAC_LEN];
            assert_eq!(Encoding::Base64Url.decode_mac(&text, &mut mac), None);
            let padded = [&text[..], b"="].concat();
            assert_eq!(Encoding::Base64.decode_mac(&padded, &mut mac), None);
        }
    }
}
