//! Signing as a provider would: written anew from a scheme's facts, over another crate's HMAC, so
//! that a mistake of the crate's own signer cannot hide one of its verifier.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use hookproof::scheme::{Encoding, Grammar, KeyFormat, Part, Scheme, Timestamp};
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;

pub fn hmac(key: &[u8], content: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    mac.update(content);
    mac.finalize().into_bytes().into()
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

/// Bytes as the scheme writes a MAC, whatever their number.
pub fn encode(encoding: Encoding, bytes: &[u8]) -> String {
    match encoding {
        Encoding::Base64 => STANDARD.encode(bytes),
        Encoding::Base64Url => URL_SAFE_NO_PAD.encode(bytes),
        Encoding::Hex => hex(bytes),
        other => panic!("{other:?} is new: say how it is written"),
    }
}

pub fn decode(encoding: Encoding, text: &str) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Base64 => STANDARD.decode(text).ok(),
        Encoding::Base64Url => URL_SAFE_NO_PAD.decode(text).ok(),
        Encoding::Hex => unhex(text),
        other => panic!("{other:?} is new: say how it is read"),
    }
}

pub fn key_bytes(format: KeyFormat, secret: &str) -> Vec<u8> {
    match format {
        KeyFormat::Base64 { prefix } => {
            let text = secret.strip_prefix(prefix).unwrap_or(secret);
            STANDARD_NO_PAD
                .decode(text.trim_end_matches('='))
                .expect("a base64 secret")
        }
        KeyFormat::Hex => unhex(secret).expect("a hex secret"),
        KeyFormat::Text => secret.as_bytes().to_vec(),
        other => panic!("{other:?} is new: say how it is read"),
    }
}

/// The headers of the signed content, without the timestamp's.
pub fn signed_headers(scheme: &Scheme) -> Vec<&'static str> {
    let header = |part: &Part| match part {
        Part::Header(name) => Some(*name),
        _ => None,
    };
    scheme.content().iter().filter_map(header).collect()
}

/// The signed content, of headers as they stand.
pub fn content(scheme: &Scheme, headers: &HeaderMap, stamp: &[u8], body: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    for part in scheme.content() {
        content.extend_from_slice(match part {
            Part::Body => body,
            Part::Header(name) => headers.get(*name).expect("a signed header").as_bytes(),
            Part::Literal(text) => text.as_bytes(),
            Part::Timestamp => stamp,
            other => panic!("{other:?} is new: say what is signed"),
        });
    }
    content
}

/// A signature header's value, of candidates that are encoded already.
pub fn signature_text(scheme: &Scheme, stamp: &str, candidates: &[&str]) -> String {
    match scheme.grammar() {
        Grammar::Plain => candidates.concat(),
        Grammar::Prefixed { prefix, .. } => format!("{prefix}{}", candidates.concat()),
        Grammar::List { prefix, separator } => candidates
            .iter()
            .map(|candidate| format!("{prefix}{candidate}"))
            .collect::<Vec<_>>()
            .join(&char::from(separator).to_string()),
        Grammar::Pairs {
            signature,
            separator,
            assign,
        } => {
            let assign = char::from(assign);
            let mut pairs = Vec::new();
            if let Some(Timestamp::Pair(key)) = scheme.timestamp() {
                pairs.push(format!("{key}{assign}{stamp}"));
            }
            for candidate in candidates {
                pairs.push(format!("{signature}{assign}{candidate}"));
            }
            pairs.join(&char::from(separator).to_string())
        }
        other => panic!("{other:?} is new: say how it is written"),
    }
}

/// Writes timestamp and signature header for these candidates.
pub fn write(scheme: &Scheme, headers: &mut HeaderMap, stamp: &str, candidates: &[&str]) {
    if let Some(Timestamp::Header(name)) = scheme.timestamp() {
        put(headers, name, stamp.as_bytes());
    }
    let text = signature_text(scheme, stamp, candidates);
    put(
        headers,
        scheme.signature_header().expect("a signature in a header"),
        text.as_bytes(),
    );
}

pub fn put(headers: &mut HeaderMap, name: &str, value: &[u8]) {
    headers.insert(
        HeaderName::from_bytes(name.as_bytes()).expect("a header name"),
        HeaderValue::from_bytes(value).expect("a header value"),
    );
}
