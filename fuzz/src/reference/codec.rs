//! Hex and base64, a bit at a time.

use hookproof::scheme::Encoding;

pub(super) const BASE64: &[u8; 64] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The text of bytes, as an encoder prints it.
#[must_use]
pub fn encode(encoding: Encoding, bytes: &[u8]) -> String {
    let base64 = |alphabet: &[u8; 64]| {
        let bits: Vec<u8> = bytes
            .iter()
            .flat_map(|byte| (0..8).rev().map(move |nth| byte >> nth & 1))
            .collect();
        let digits = bits.chunks(6).map(|six| {
            let value = (0..6).fold(0, |value, nth| value * 2 + six.get(nth).unwrap_or(&0));
            char::from(alphabet[usize::from(value)])
        });
        digits.collect::<String>()
    };
    match encoding {
        Encoding::Base64 => {
            let text = base64(BASE64);
            let padding = "=".repeat((4 - text.len() % 4) % 4);
            text + &padding
        }
        Encoding::Base64Url => base64(BASE64URL),
        Encoding::Hex => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        Encoding::HexUpper => bytes.iter().map(|byte| format!("{byte:02X}")).collect(),
        _ => panic!("an encoding that this reference does not know"),
    }
}

/// The bytes of a text that is exactly as an encoder prints it; hex in either case.
#[must_use]
pub fn decode(encoding: Encoding, text: &[u8]) -> Option<Vec<u8>> {
    let bytes = match encoding {
        Encoding::Base64 => decode_base64(BASE64, trim_padding(text)),
        Encoding::Base64Url => decode_base64(BASE64URL, text),
        _ => decode_hex(text),
    }?;
    encode(encoding, &bytes)
        .as_bytes()
        .eq(&match encoding {
            Encoding::Hex => text.to_ascii_lowercase(),
            Encoding::HexUpper => text.to_ascii_uppercase(),
            _ => text.to_vec(),
        })
        .then_some(bytes)
}

pub(super) fn trim_padding(text: &[u8]) -> &[u8] {
    let end = text.iter().rposition(|&byte| byte != b'=');
    &text[..end.map_or(0, |end| end + 1)]
}

pub(super) fn decode_hex(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = Vec::new();
    for pair in text.chunks(2) {
        let [high, low] = pair else { return None };
        bytes.push(u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?);
    }
    Some(bytes)
}

/// Digits alone, whatever the bits that are left over.
pub(super) fn decode_base64(alphabet: &[u8; 64], digits: &[u8]) -> Option<Vec<u8>> {
    if digits.len() % 4 == 1 {
        return None;
    }
    let mut bits = Vec::new();
    for digit in digits {
        let value = alphabet.iter().position(|known| known == digit)?;
        bits.extend((0..6).rev().map(|nth| (value >> nth & 1) as u8));
    }
    let bytes = bits.chunks_exact(8);
    Some(
        bytes
            .map(|eight| eight.iter().fold(0, |byte, bit| byte << 1 | bit))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_agrees_with_rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ] {
            assert_eq!(encode(Encoding::Base64, bytes.as_bytes()), text);
            let decoded = decode(Encoding::Base64, text.as_bytes());
            assert_eq!(decoded.as_deref(), Some(bytes.as_bytes()));
        }
        for text in ["Zg", "Zg=", "Zh==", "Zg===", "Z", "Zg==Zg==", "Zm8\n"] {
            assert_eq!(decode(Encoding::Base64, text.as_bytes()), None, "{text}");
        }
    }
}
