//! The rules that make signed content which no list of parts can express, one function each.

use super::places::{form_pairs, is_form, json, query_pairs};
use super::source::{Source, With};
use crate::error::VerifyError;
use crate::public_url::{path, query, without_query};
use crate::scheme::Canonical;
use crate::verify::plan::Plan;

/// Adds what the rule makes.
pub(super) fn make(
    rule: Canonical,
    source: &Source<'_, '_>,
    with: With<'_>,
    content: &mut Vec<u8>,
) -> Result<(), VerifyError> {
    let stamp = source.stamp.filter(|_| with.timestamp).unwrap_or_default();
    match rule {
        Canonical::AlipayV1 => alipay_v1(source, content),
        Canonical::AmazonSns => amazon_sns(source, with.timestamp, content),
        Canonical::CoinbaseCdp => {
            join(content, b".", [stamp, &source.seen.rule, source.raw]);
            Ok(())
        }
        Canonical::Contentful => {
            let url = with.url;
            let mut target = path(url).to_owned();
            if !query(url).is_empty() {
                target = format!("{target}?{}", query(url));
            }
            let method = source.seen.method()?;
            let parts = [
                method.as_bytes(),
                target.as_bytes(),
                &source.seen.rule,
                source.raw,
            ];
            join(content, b"\n", parts);
            Ok(())
        }
        Canonical::FreshbooksJson => freshbooks_json(source, content),
        Canonical::Mercadopago => mercadopago(source, stamp, content),
        Canonical::PlivoV3 => plivo_v3(source, with.url, content),
        Canonical::UnisenderGo => unisender_go(source, with.secret, content),
        Canonical::VonageSig => vonage_sig(source, with.timestamp, content),
        Canonical::Wecom => wecom(source, with.secret, stamp, content),
    }
}

/// Names sorted, for each its distinct values sorted. What is no form would not be signed at all,
/// and is refused unless a digest of it is demanded instead.
pub(super) fn sorted_form(
    source: &Source<'_, '_>,
    plan: &Plan,
    content: &mut Vec<u8>,
) -> Result<(), VerifyError> {
    if !is_form(source.body) {
        return if source.raw.is_empty() || plan.scheme.body_digest().is_some() {
            Ok(())
        } else {
            Err(no_form())
        };
    }
    let mut fields = form_pairs(source.body)?;
    fields.sort();
    fields.dedup();
    for (name, value) in fields {
        content.extend(name);
        content.extend(value);
    }
    Ok(())
}

const fn no_form() -> VerifyError {
    VerifyError::malformed_in("body", "it is no form, and only a form's fields are signed")
}

fn alipay_v1(source: &Source<'_, '_>, content: &mut Vec<u8>) -> Result<(), VerifyError> {
    let mut fields = form_pairs(source.body)?;
    fields.retain(|(name, value)| !matches!(&**name, b"sign" | b"sign_type") && !value.is_empty());
    fields.sort();
    for (nth, (name, value)) in fields.iter().enumerate() {
        if nth > 0 {
            content.push(b'&');
        }
        join(content, b"=", [&**name, &**value]);
    }
    Ok(())
}

fn amazon_sns(
    source: &Source<'_, '_>,
    timestamp: bool,
    content: &mut Vec<u8>,
) -> Result<(), VerifyError> {
    const NOTIFICATION: [&str; 6] = [
        "Message",
        "MessageId",
        "Subject",
        "Timestamp",
        "TopicArn",
        "Type",
    ];
    const OTHERS: [&str; 7] = [
        "Message",
        "MessageId",
        "SubscribeURL",
        "Timestamp",
        "Token",
        "TopicArn",
        "Type",
    ];
    let kind = json(source.body, "/Type")?
        .ok_or_else(|| VerifyError::malformed_in("body", "it has no type"))?;
    let names = if kind == "Notification" {
        &NOTIFICATION[..]
    } else {
        &OTHERS
    };
    for name in names
        .iter()
        .filter(|name| timestamp || **name != "Timestamp")
    {
        if let Some(value) = json(source.body, &format!("/{name}"))? {
            for text in [name, &*value] {
                content.extend_from_slice(text.as_bytes());
                content.push(b'\n');
            }
        }
    }
    Ok(())
}

fn vonage_sig(
    source: &Source<'_, '_>,
    timestamp: bool,
    content: &mut Vec<u8>,
) -> Result<(), VerifyError> {
    let mut fields = form_pairs(source.body)?;
    fields.retain(|(name, _)| &**name != b"sig" && (timestamp || &**name != b"timestamp"));
    fields.sort();
    for (name, mut value) in fields {
        for byte in &mut value {
            if matches!(byte, b'&' | b'=') {
                *byte = b'_';
            }
        }
        content.push(b'&');
        join(content, b"=", [&*name, &*value]);
    }
    Ok(())
}

/// As Python's `json.dumps` prints a dictionary of texts.
fn freshbooks_json(source: &Source<'_, '_>, content: &mut Vec<u8>) -> Result<(), VerifyError> {
    let fields = form_pairs(source.body)?;
    content.push(b'{');
    for (nth, (name, value)) in fields.iter().enumerate() {
        if fields.iter().take(nth).any(|(known, _)| known == name) {
            return Err(VerifyError::malformed_in(
                "body",
                "a field stands in it twice",
            ));
        }
        if nth > 0 {
            content.extend_from_slice(b", ");
        }
        ascii_json(name, content)?;
        content.extend_from_slice(b": ");
        ascii_json(value, content)?;
    }
    content.push(b'}');
    Ok(())
}

fn ascii_json(text: &[u8], content: &mut Vec<u8>) -> Result<(), VerifyError> {
    let text = core::str::from_utf8(text)
        .map_err(|_| VerifyError::malformed_in("body", "a field is not UTF-8"))?;
    content.push(b'"');
    for unit in text.encode_utf16() {
        let escaped = match u8::try_from(unit) {
            Ok(b'"') => "\\\"".to_owned(),
            Ok(b'\\') => "\\\\".to_owned(),
            Ok(b'\n') => "\\n".to_owned(),
            Ok(b'\r') => "\\r".to_owned(),
            Ok(b'\t') => "\\t".to_owned(),
            Ok(0x08) => "\\b".to_owned(),
            Ok(0x0c) => "\\f".to_owned(),
            Ok(printable @ b' '..=b'~') => char::from(printable).to_string(),
            _ => format!("\\u{unit:04x}"),
        };
        content.extend_from_slice(escaped.as_bytes());
    }
    content.push(b'"');
    Ok(())
}

fn plivo_v3(source: &Source<'_, '_>, url: &str, content: &mut Vec<u8>) -> Result<(), VerifyError> {
    let mut values = query_pairs(query(url));
    values.sort();
    let values: Vec<Vec<u8>> = values
        .iter()
        .map(|(name, value)| [&**name, b"=", &**value].concat())
        .collect();
    let values = values.join(&b"&"[..]);
    let form = if is_form(source.body) {
        let mut fields = form_pairs(source.body)?;
        fields.sort();
        fields
            .iter()
            .flat_map(|(name, value)| [&**name, &**value].concat())
            .collect()
    } else if source.raw.is_empty() {
        Vec::new()
    } else {
        return Err(no_form());
    };
    content.extend_from_slice(without_query(url).as_bytes());
    if !values.is_empty() || !form.is_empty() {
        content.push(b'?');
    }
    content.extend_from_slice(&values);
    if !values.is_empty() && !form.is_empty() {
        content.push(b'.');
    }
    content.extend(form);
    Ok(())
}

fn unisender_go(
    source: &Source<'_, '_>,
    secret: &str,
    content: &mut Vec<u8>,
) -> Result<(), VerifyError> {
    let auth = json(source.body, "/auth")?
        .ok_or_else(|| VerifyError::malformed_in("body", "it has no signature"))?;
    let Some(at) = memchr::memmem::find(source.raw, auth.as_bytes()) else {
        return Err(VerifyError::malformed_in(
            "body",
            "its signature is escaped",
        ));
    };
    content.extend_from_slice(source.raw.get(..at).unwrap_or_default());
    content.extend_from_slice(secret.as_bytes());
    content.extend_from_slice(source.raw.get(at + auth.len()..).unwrap_or_default());
    Ok(())
}

fn wecom(
    source: &Source<'_, '_>,
    secret: &str,
    stamp: &[u8],
    content: &mut Vec<u8>,
) -> Result<(), VerifyError> {
    const OPEN: &[u8] = b"<Encrypt><![CDATA[";
    let opened = memchr::memmem::find(source.raw, OPEN);
    let rest = opened.and_then(|at| source.raw.get(at + OPEN.len()..));
    let end = rest.and_then(|rest| memchr::memmem::find(rest, b"]]>"));
    let encrypted = match rest.zip(end).and_then(|(rest, end)| rest.get(..end)) {
        Some(text) => text.to_vec(),
        None => source.seen.query_value("echostr")?,
    };
    let nonce = source.seen.query_value("nonce")?;
    let mut texts = [secret.as_bytes(), stamp, &nonce, &encrypted];
    texts.sort_unstable();
    content.extend(texts.concat());
    Ok(())
}

fn mercadopago(
    source: &Source<'_, '_>,
    stamp: &[u8],
    content: &mut Vec<u8>,
) -> Result<(), VerifyError> {
    let id = match source.seen.query_value("data.id") {
        Ok(id) => String::from_utf8_lossy(&id).to_lowercase().into_bytes(),
        Err(error) if error.is_missing() => Vec::new(),
        Err(error) => return Err(error),
    };
    let segments: [(&[u8], &[u8]); 3] = [
        (b"id", &id),
        (b"request-id", &source.seen.rule),
        (b"ts", stamp),
    ];
    for (name, value) in segments.into_iter().filter(|(_, value)| !value.is_empty()) {
        join(content, b":", [name, value]);
        content.push(b';');
    }
    Ok(())
}

fn join<const N: usize>(content: &mut Vec<u8>, with: &[u8], parts: [&[u8]; N]) {
    for (nth, part) in parts.into_iter().enumerate() {
        if nth > 0 {
            content.extend_from_slice(with);
        }
        content.extend_from_slice(part);
    }
}
