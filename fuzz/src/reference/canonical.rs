//! The rules that make signed content which no list of parts can express.

use std::collections::BTreeSet;

use hookproof::scheme::{Canonical, Grammar, Timestamp};
use http::HeaderName;

use super::content::Content;
use super::request::No;
use super::{form, grammar, url};

pub(super) fn content(rule: Canonical, content: &Content<'_>) -> Result<Vec<u8>, No> {
    match rule {
        Canonical::AlipayV1 => alipay_v1(content),
        Canonical::AmazonSns => amazon_sns(content),
        Canonical::CoinbaseCdp => coinbase_cdp(content),
        Canonical::Contentful => contentful(content),
        Canonical::FreshbooksJson => freshbooks_json(content),
        Canonical::Mercadopago => mercadopago(content),
        Canonical::PlivoV3 => plivo_v3(content),
        Canonical::UnisenderGo => unisender_go(content),
        Canonical::VonageSig => vonage_sig(content),
        Canonical::Wecom => wecom(content),
        _ => panic!("a rule that this reference does not know"),
    }
}

/// Each name with each of its values, sorted, once.
pub(super) fn sorted_form(content: &Content<'_>) -> Result<Vec<u8>, No> {
    let request = content.request;
    if !request.is_form() {
        let digested = request.scheme.body_digest().is_some();
        return if request.body.is_empty() || digested {
            Ok(Vec::new())
        } else {
            Err(No::Refused)
        };
    }
    let fields: BTreeSet<form::Field> = request.form()?.into_iter().collect();
    Ok(fields
        .into_iter()
        .flat_map(|(name, value)| [name, value].concat())
        .collect())
}

fn sorted(mut fields: Vec<form::Field>) -> Vec<form::Field> {
    fields.sort();
    fields
}

fn assigned((name, value): &form::Field) -> Vec<u8> {
    [name, &b"="[..], value].concat()
}

fn alipay_v1(content: &Content<'_>) -> Result<Vec<u8>, No> {
    let mut fields = sorted(content.request.form()?);
    fields.retain(|(name, value)| name != b"sign" && name != b"sign_type" && !value.is_empty());
    let fields: Vec<Vec<u8>> = fields.iter().map(assigned).collect();
    Ok(fields.join(&b"&"[..]))
}

fn amazon_sns(content: &Content<'_>) -> Result<Vec<u8>, No> {
    let kind = content.text("/Type")?.ok_or(No::Refused)?;
    let names = if kind == "Notification" {
        "Message MessageId Subject Timestamp TopicArn Type"
    } else {
        "Message MessageId SubscribeURL Timestamp Token TopicArn Type"
    };
    let mut lines = String::new();
    for name in names.split(' ') {
        if let Some(text) = content.text(&format!("/{name}"))? {
            lines += &format!("{name}\n{text}\n");
        }
    }
    Ok(lines.into_bytes())
}

/// The names that `h` lists, then their values.
fn coinbase_cdp(content: &Content<'_>) -> Result<Vec<u8>, No> {
    let request = content.request;
    let name = request.scheme.signature_header().unwrap_or_default();
    assert!(matches!(request.scheme.grammar(), Grammar::Pairs { .. }));
    let mut lists = grammar::pairs(request.scheme, &request.header(name)?);
    lists.retain(|pair| pair.0 == b"h");
    let [(_, list)] = lists.as_slice() else {
        return Err(No::Refused);
    };
    let mut parts = vec![content.stamp.to_vec(), list.clone()];
    for name in list.split(u8::is_ascii_whitespace) {
        if !name.is_empty() {
            parts.push(request.header(&listed(name)?)?);
        }
    }
    parts.push(request.body.to_vec());
    Ok(parts.join(&b"."[..]))
}

/// The lower-case name of a header that another one lists.
fn listed(name: &[u8]) -> Result<String, No> {
    let name = HeaderName::from_bytes(name).map_err(|_| No::Refused)?;
    Ok(name.as_str().to_owned())
}

fn contentful(content: &Content<'_>) -> Result<Vec<u8>, No> {
    const LIST: &str = "x-contentful-signed-headers";
    let request = content.request;
    let mut names = Vec::new();
    let mut headers = Vec::new();
    for name in request.header(LIST)?.split(|&byte| byte == b',') {
        let name = listed(name)?;
        headers.push([name.as_bytes(), b":", &request.header(&name)?].concat());
        names.push(name);
    }
    let mut must = vec![LIST];
    if let Some(Timestamp::Header(name)) = request.scheme.timestamp() {
        must.push(name);
    }
    if must
        .iter()
        .any(|name| !names.iter().any(|listed| listed == name))
    {
        return Err(No::Refused);
    }
    let mut target = url::path(content.url).to_owned();
    if !url::query(content.url).is_empty() {
        target += "?";
        target += url::query(content.url);
    }
    let parts = [
        request.method.as_bytes(),
        target.as_bytes(),
        &headers.join(&b";"[..]),
        request.body,
    ];
    Ok(parts.join(&b"\n"[..]))
}

/// As Python prints a dictionary of texts.
fn freshbooks_json(content: &Content<'_>) -> Result<Vec<u8>, No> {
    let fields = content.request.form()?;
    let names: BTreeSet<&Vec<u8>> = fields.iter().map(|field| &field.0).collect();
    if names.len() < fields.len() {
        return Err(No::Refused);
    }
    let mut entries = Vec::new();
    for (name, value) in &fields {
        entries.push(format!("{}: {}", in_python(name)?, in_python(value)?));
    }
    Ok(format!("{{{}}}", entries.join(", ")).into_bytes())
}

fn in_python(text: &[u8]) -> Result<String, No> {
    let text = std::str::from_utf8(text).map_err(|_| No::Refused)?;
    let mut printed = String::from("\"");
    for c in text.chars() {
        printed += &match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            '\n' => "\\n".to_owned(),
            '\r' => "\\r".to_owned(),
            '\t' => "\\t".to_owned(),
            '\u{8}' => "\\b".to_owned(),
            '\u{c}' => "\\f".to_owned(),
            ' '..='~' => c.to_string(),
            _ => {
                let mut halves = [0; 2];
                let units = c.encode_utf16(&mut halves).iter();
                units.map(|unit| format!("\\u{unit:04x}")).collect()
            }
        };
    }
    Ok(printed + "\"")
}

fn mercadopago(content: &Content<'_>) -> Result<Vec<u8>, No> {
    let request = content.request;
    let id = request.query_value("data.id")?.unwrap_or_default();
    let id = String::from_utf8_lossy(&id).to_lowercase().into_bytes();
    let request_id = if request.has("x-request-id") {
        request.header("x-request-id")?
    } else {
        Vec::new()
    };
    let mut text = Vec::new();
    for (name, value) in [
        ("id", id),
        ("request-id", request_id),
        ("ts", content.stamp.to_vec()),
    ] {
        if !value.is_empty() {
            text.extend([name.as_bytes(), b":", &value, b";"].concat());
        }
    }
    Ok(text)
}

fn plivo_v3(content: &Content<'_>) -> Result<Vec<u8>, No> {
    let request = content.request;
    let query = sorted(form::fields(url::query(content.url).as_bytes()));
    let query: Vec<Vec<u8>> = query.iter().map(assigned).collect();
    let query = query.join(&b"&"[..]);
    let form: Vec<u8> = match (request.is_form(), request.body) {
        (true, _) => {
            let fields = sorted(request.form()?).into_iter();
            fields
                .flat_map(|(name, value)| [name, value].concat())
                .collect()
        }
        (false, []) => Vec::new(),
        (false, _) => return Err(No::Refused),
    };
    let mut text = url::without_query(content.url).as_bytes().to_vec();
    if !query.is_empty() || !form.is_empty() {
        text.push(b'?');
    }
    text.extend(&query);
    if !query.is_empty() && !form.is_empty() {
        text.push(b'.');
    }
    text.extend(form);
    Ok(text)
}

/// The body with the secret where its first copy of the signature stands.
fn unisender_go(content: &Content<'_>) -> Result<Vec<u8>, No> {
    let body = content.request.body;
    let auth = content.text("/auth")?.ok_or(No::Refused)?;
    let at = position(body, auth.as_bytes()).ok_or(No::Refused)?;
    let secret = content.secret.as_bytes();
    Ok([&body[..at], secret, &body[at + auth.len()..]].concat())
}

fn vonage_sig(content: &Content<'_>) -> Result<Vec<u8>, No> {
    let mut text = Vec::new();
    for (name, value) in sorted(content.request.form()?) {
        if name != b"sig" {
            let replaced = |byte: &u8| if b"&=".contains(byte) { b'_' } else { *byte };
            let value: Vec<u8> = value.iter().map(replaced).collect();
            text.extend([b"&", &*name, b"=", &value].concat());
        }
    }
    Ok(text)
}

fn wecom(content: &Content<'_>) -> Result<Vec<u8>, No> {
    const OPEN: &[u8] = b"<Encrypt><![CDATA[";
    let request = content.request;
    let in_body = position(request.body, OPEN).and_then(|at| {
        let rest = &request.body[at + OPEN.len()..];
        Some(rest[..position(rest, b"]]>")?].to_vec())
    });
    let encrypted = match in_body {
        Some(text) => text,
        None => request.query_value("echostr")?.ok_or(No::Refused)?,
    };
    let nonce = request.query_value("nonce")?.ok_or(No::Refused)?;
    let mut texts = [
        content.secret.as_bytes().to_vec(),
        content.stamp.to_vec(),
        nonce,
        encrypted,
    ];
    texts.sort();
    Ok(texts.concat())
}

/// Where a text first stands in another.
fn position(text: &[u8], wanted: &[u8]) -> Option<usize> {
    (0..=text.len()).find(|&at| text[at..].starts_with(wanted))
}
