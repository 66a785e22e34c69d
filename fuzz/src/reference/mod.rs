//! Verification a second time, in the plainest words: whole copies, searches from the start, no
//! code shared with the library. It says what is right; the library must say the same.

mod canonical;
mod codec;
mod content;
mod digest;
mod form;
mod grammar;
pub mod json;
mod key;
mod public_key;
pub mod public_url;
mod request;
mod secret_text;
mod stamp;
pub mod url;
pub mod whole;

use hookproof::scheme::{Part, Scheme, Timestamp};
use hookproof::{Verifier, VerifyErrorKind};

pub use codec::{decode, encode};
pub use digest::{digest, hmac, hmac_sha256};
use grammar::{candidate_texts, only_pair};
pub use key::key;

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
    for text in candidate_texts(scheme, signature_name, &signature)
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
        Some(Timestamp::Pair(key)) => Some(only_pair(scheme, &signature, key)?),
        Some(_) => stamp_header,
    };

    if let Some(stamp) = &stamp {
        let seconds = stamp::seconds(stamp).ok_or(VerifyErrorKind::Malformed)?;
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
        if macs.contains(&hmac_sha256(key, &message)) {
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
