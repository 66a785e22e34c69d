//! Signature texts: items and pairs, cut from the start.

use hookproof::VerifyErrorKind;
use hookproof::scheme::{Grammar, Scheme, Timestamp};

/// The texts that may be signatures, in order. The name is that of the header they stand in.
pub(super) fn candidate_texts(scheme: &Scheme, name: Option<&str>, text: &[u8]) -> Vec<Vec<u8>> {
    let grammar = scheme.grammar();
    let mut texts = Vec::new();
    match grammar {
        Grammar::Plain => texts.push(text.to_vec()),
        Grammar::Prefixed { prefix, optional } => {
            // The name of an authentication scheme is written in any case.
            let lower = text.to_ascii_lowercase();
            let any_case = name == Some("authorization")
                && lower.starts_with(prefix.to_ascii_lowercase().as_bytes());
            if text.starts_with(prefix.as_bytes()) || any_case {
                texts.push(text[prefix.len()..].to_vec());
            } else if optional {
                texts.push(text.to_vec());
            }
        }
        Grammar::List { prefix, .. } => {
            for item in items(scheme, text) {
                if item.starts_with(prefix.as_bytes()) {
                    texts.push(item[prefix.len()..].to_vec());
                }
            }
        }
        Grammar::Pairs { signature, .. } => {
            for (key, value) in pairs(scheme, text) {
                if key == signature.as_bytes() || signature == "*" {
                    texts.push(value);
                }
            }
        }
        _ => panic!("a grammar that this reference does not know"),
    }
    texts
}

/// The timestamp that stands in a signature text: `Ok(None)` where the scheme has none there.
pub(super) fn stamp(scheme: &Scheme, text: &[u8]) -> Result<Option<Vec<u8>>, VerifyErrorKind> {
    match scheme.timestamp() {
        Some(Timestamp::Pair(key)) => only_pair(scheme, text, key).map(Some),
        Some(Timestamp::Item(nth)) => {
            let item = items(scheme, text).into_iter().nth(nth);
            item.map(Some).ok_or(VerifyErrorKind::Malformed)
        }
        _ => Ok(None),
    }
}

pub(super) fn only_pair(
    scheme: &Scheme,
    text: &[u8],
    key: &str,
) -> Result<Vec<u8>, VerifyErrorKind> {
    let mut found = pairs(scheme, text);
    found.retain(|pair| pair.0 == key.as_bytes());
    match found.as_slice() {
        [(_, value)] => Ok(value.clone()),
        _ => Err(VerifyErrorKind::Malformed),
    }
}

fn items(scheme: &Scheme, text: &[u8]) -> Vec<Vec<u8>> {
    let Grammar::List { separator, .. } = scheme.grammar() else {
        return Vec::new();
    };
    let items = text.split(|&byte| byte == separator);
    items.map(|item| trimmed(scheme, item)).collect()
}

pub(super) fn pairs(scheme: &Scheme, text: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let Grammar::Pairs {
        separator, assign, ..
    } = scheme.grammar()
    else {
        return Vec::new();
    };
    let mut pairs = Vec::new();
    for item in text.split(|&byte| byte == separator) {
        let mut halves = item.splitn(2, |&byte| byte == assign);
        if let (Some(key), Some(value)) = (halves.next(), halves.next()) {
            pairs.push((trimmed(scheme, key), trimmed(scheme, value)));
        }
    }
    pairs
}

fn trimmed(scheme: &Scheme, text: &[u8]) -> Vec<u8> {
    if scheme.is_trimmed() {
        text.trim_ascii().to_vec()
    } else {
        text.to_vec()
    }
}
