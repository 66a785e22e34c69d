//! Verification a second time, in the plainest words: whole copies, searches from the start, no
//! code shared with the library. It says what is right; the library must say the same.

use hookproof::scheme::{Encoding, Grammar, KeyFormat, Part, Scheme, Timestamp};
use hookproof::{Verifier, VerifyErrorKind};
use sha2::{Digest, Sha256};

/// A header's name in lower case and its value.
pub type Header = (String, Vec<u8>);

/// Which key proves the delivery, or why none does.
///
/// # Errors
///
/// The first of the four steps that fails: headers once, form, window, MAC.
pub fn judge(
    scheme: &Scheme,
    keys: &[Vec<u8>],
    headers: &[Header],
    body: &[u8],
    now: i64,
) -> Result<usize, VerifyErrorKind> {
    let first = scheme.signature_header().unwrap_or_default();
    let names = [&[first], scheme.aliases()].concat();
    let present = |name: &&str| headers.iter().any(|header| header.0 == *name);
    let signature_name = names.iter().copied().find(present);
    let signature = once(headers, signature_name.unwrap_or(names[0]))?;
    let mut read = vec![signature.clone()];
    let mut stamp_header = None;
    if let Some(Timestamp::Header(name)) = scheme.timestamp() {
        stamp_header = Some(once(headers, name)?);
        read.extend(stamp_header.clone());
    }
    for part in scheme.content() {
        if let Part::Header(name) = part {
            read.push(once(headers, name)?);
        }
    }

    if read
        .iter()
        .any(|value| value.is_empty() || value.len() > Verifier::MAX_HEADER)
    {
        return Err(VerifyErrorKind::Malformed);
    }
    let mut macs = Vec::new();
    for text in candidate_texts(scheme, &signature)
        .into_iter()
        .take(Verifier::MAX_CANDIDATES)
    {
        macs.extend(decode(scheme.encoding(), &text).filter(|mac| mac.len() == 32));
    }
    if macs.is_empty() {
        return Err(VerifyErrorKind::Malformed);
    }
    let stamp = match scheme.timestamp() {
        None => None,
        Some(Timestamp::Pair(key)) => Some(only_pair(scheme.grammar(), &signature, key)?),
        Some(_) => stamp_header,
    };

    if let Some(stamp) = &stamp {
        let seconds = seconds(stamp).ok_or(VerifyErrorKind::Malformed)?;
        if let Some(tolerance) = scheme.tolerance() {
            if now - seconds > i64::from(tolerance.past()) {
                return Err(VerifyErrorKind::Stale);
            }
            if seconds - now > i64::from(tolerance.future()) {
                return Err(VerifyErrorKind::Future);
            }
        }
    }

    let message = message(scheme, headers, &stamp.unwrap_or_default(), body);
    for (nth, key) in keys.iter().enumerate() {
        if macs.contains(&hmac_sha256(key, &message).to_vec()) {
            return Ok(nth);
        }
    }
    Err(VerifyErrorKind::Mismatch)
}

/// What is signed. A header that is not there counts as empty.
#[must_use]
pub fn message(scheme: &Scheme, headers: &[Header], stamp: &[u8], body: &[u8]) -> Vec<u8> {
    let mut message = Vec::new();
    for part in scheme.content() {
        message.extend(match *part {
            Part::Body => body.to_vec(),
            Part::Header(name) => first(headers, name),
            Part::Literal(text) => text.as_bytes().to_vec(),
            Part::Timestamp => stamp.to_vec(),
            _ => panic!("a part that this reference does not know"),
        });
    }
    message
}

/// The value of the first header of that name; empty where there is none.
#[must_use]
pub fn first(headers: &[Header], name: &str) -> Vec<u8> {
    let found = headers.iter().find(|header| header.0 == name);
    found.map(|header| header.1.clone()).unwrap_or_default()
}

fn once(headers: &[Header], name: &str) -> Result<Vec<u8>, VerifyErrorKind> {
    match headers.iter().filter(|header| header.0 == name).count() {
        0 => Err(VerifyErrorKind::MissingHeader),
        1 => Ok(first(headers, name)),
        _ => Err(VerifyErrorKind::DuplicateHeader),
    }
}

fn candidate_texts(scheme: &Scheme, text: &[u8]) -> Vec<Vec<u8>> {
    let grammar = scheme.grammar();
    let mut texts = Vec::new();
    match grammar {
        Grammar::Plain => texts.push(text.to_vec()),
        Grammar::Prefixed { prefix, optional } => {
            // The name of an authentication scheme is written in any case.
            let any_case = scheme.signature_header() == Some("authorization")
                && text
                    .to_ascii_lowercase()
                    .starts_with(prefix.to_ascii_lowercase().as_bytes());
            if text.starts_with(prefix.as_bytes()) || any_case {
                texts.push(text[prefix.len()..].to_vec());
            } else if optional {
                texts.push(text.to_vec());
            }
        }
        Grammar::List { prefix, separator } => {
            for item in text.split(|&byte| byte == separator) {
                if item.starts_with(prefix.as_bytes()) {
                    texts.push(item[prefix.len()..].to_vec());
                }
            }
        }
        Grammar::Pairs { signature, .. } => {
            for (key, value) in pairs(grammar, text) {
                if key == signature.as_bytes() {
                    texts.push(value);
                }
            }
        }
        _ => panic!("a grammar that this reference does not know"),
    }
    texts
}

fn only_pair(grammar: Grammar, text: &[u8], key: &str) -> Result<Vec<u8>, VerifyErrorKind> {
    let mut found = pairs(grammar, text);
    found.retain(|pair| pair.0 == key.as_bytes());
    match found.as_slice() {
        [(_, value)] => Ok(value.clone()),
        _ => Err(VerifyErrorKind::Malformed),
    }
}

fn pairs(grammar: Grammar, text: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let Grammar::Pairs {
        separator, assign, ..
    } = grammar
    else {
        return Vec::new();
    };
    let mut pairs = Vec::new();
    for item in text.split(|&byte| byte == separator) {
        let mut halves = item.splitn(2, |&byte| byte == assign);
        if let (Some(key), Some(value)) = (halves.next(), halves.next()) {
            pairs.push((key.to_vec(), value.to_vec()));
        }
    }
    pairs
}

/// `0`, or 1 to 12 digits of which the first is not `0`.
fn seconds(text: &[u8]) -> Option<i64> {
    let digits = text.iter().all(u8::is_ascii_digit);
    let leading_zero = text.len() > 1 && text[0] == b'0';
    if text.is_empty() || text.len() > 12 || !digits || leading_zero {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// RFC 2104, section 2.
#[must_use]
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block = if key.len() > 64 {
        Sha256::digest(key).to_vec()
    } else {
        key.to_vec()
    };
    block.resize(64, 0);
    let padded = |pad: u8| block.iter().map(|byte| byte ^ pad).collect::<Vec<u8>>();
    let inner = Sha256::digest([&padded(0x36), message].concat());
    Sha256::digest([&padded(0x5c), inner.as_slice()].concat()).into()
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
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
            _ => text.to_vec(),
        })
        .then_some(bytes)
}

fn trim_padding(text: &[u8]) -> &[u8] {
    let end = text.iter().rposition(|&byte| byte != b'=');
    &text[..end.map_or(0, |end| end + 1)]
}

fn decode_hex(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = Vec::new();
    for pair in text.chunks(2) {
        let [high, low] = pair else { return None };
        bytes.push(u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?);
    }
    Some(bytes)
}

/// Digits alone, whatever the bits that are left over.
fn decode_base64(alphabet: &[u8; 64], digits: &[u8]) -> Option<Vec<u8>> {
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

const PLACEHOLDERS: [&str; 12] = [
    "<secret>",
    "<webhook_secret>",
    "<your-secret>",
    "<your_secret>",
    "change_me",
    "changeme",
    "replace_me",
    "whsec_...",
    "whsec_your_secret_here",
    "your-webhook-secret",
    "your_secret_here",
    "your_webhook_secret",
];

/// The key bytes of a secret's text, or `None` for a text that is no secret.
#[must_use]
pub fn key(format: KeyFormat, text: &str) -> Option<Vec<u8>> {
    let invisible = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let (start, end) = (text.chars().next()?, text.chars().next_back()?);
    if invisible(start) || invisible(end) || text.contains('\n') || text.contains('\r') {
        return None;
    }
    if PLACEHOLDERS.contains(&text.to_ascii_lowercase().as_str())
        || (text.starts_with("${") && text.ends_with('}'))
    {
        return None;
    }
    let key = match format {
        KeyFormat::Text => text.as_bytes().to_vec(),
        KeyFormat::Hex => decode_hex(text.as_bytes())?,
        KeyFormat::Base64 { prefix } => {
            let text = text.strip_prefix(prefix).unwrap_or(text).as_bytes();
            let digits = trim_padding(text);
            // Padding may be left off, in part too; more than fills the last group is none.
            if text.len() - digits.len() > (4 - digits.len() % 4) % 4 {
                return None;
            }
            decode_base64(BASE64, digits)?
        }
        _ => panic!("a key format that this reference does not know"),
    };
    (!key.is_empty()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_agrees_with_rfc_4231() {
        let hex = |bytes: &[u8]| encode(Encoding::Hex, bytes);
        assert_eq!(
            hex(&hmac_sha256(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hex(&hmac_sha256(
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First"
            )),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

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
