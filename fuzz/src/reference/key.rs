//! From a dashboard's text to key bytes.

use hookproof::scheme::KeyFormat;

use super::codec::{BASE64, decode_base64, decode_hex, trim_padding};
use super::digest;
use super::secret_text::is_secret;

/// The key bytes of a secret's text, or `None` for a text that is no secret.
#[must_use]
pub fn key(format: KeyFormat, text: &str) -> Option<Vec<u8>> {
    if !is_secret(text) {
        return None;
    }
    let key = match format {
        KeyFormat::Text => text.as_bytes().to_vec(),
        KeyFormat::TextDigest(of) => digest(of, text.as_bytes()),
        KeyFormat::TextThen(suffix) => format!("{text}{suffix}").into_bytes(),
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
