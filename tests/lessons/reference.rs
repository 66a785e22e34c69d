//! A second verifier, for seven schemes, written from the providers' documents alone: nothing of the
//! library judges here.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use crate::support::rows::header_bytes;
use crate::support::signing::{hmac, unhex};
use crate::support::vectors::Vector;

/// How a provider signs.
struct Facts {
    signature: &'static str,
    /// A header of its own for the timestamp, and one for the id.
    stamp: Option<&'static str>,
    id: Option<&'static str>,
    form: Form,
    /// What stands before the timestamp in the signed content.
    version: &'static str,
}

enum Form {
    /// `t=…,v1=<hex>`, and the timestamp in it.
    Pairs,
    /// `v1,<base64>`, several with blanks between, under a secret in base64.
    List,
    /// A prefix and hex.
    Prefix(&'static str),
}

fn facts(provider: &str) -> Option<Facts> {
    let facts = |signature, stamp, id, form| Facts {
        signature,
        stamp,
        id,
        form,
        version: if provider == "slack" { "v0:" } else { "" },
    };
    let spread = |[signature, stamp, id]: [&'static str; 3]| {
        facts(signature, Some(stamp), Some(id), Form::List)
    };
    Some(match provider {
        "mailingapi" => facts("x-mailingapi-signature", None, None, Form::Pairs),
        "stripe" => facts("stripe-signature", None, None, Form::Pairs),
        "sent" => spread(["x-webhook-signature", "x-webhook-timestamp", "x-webhook-id"]),
        "standard-webhooks" => spread(["webhook-signature", "webhook-timestamp", "webhook-id"]),
        "sendmux" => facts("x-sendmux-signature", None, None, Form::Prefix("sha256=")),
        "github" => facts("x-hub-signature-256", None, None, Form::Prefix("sha256=")),
        "slack" => {
            let stamp = Some("x-slack-request-timestamp");
            facts("x-slack-signature", stamp, None, Form::Prefix("v0="))
        }
        _ => return None,
    })
}

/// `accept` or the reason of the refusal; `None` for a provider that it does not know.
pub(crate) fn judge(vector: &Vector) -> Option<&'static str> {
    let facts = facts(&vector.provider)?;
    Some(verdict(&facts, vector).err().unwrap_or("accept"))
}

fn verdict(facts: &Facts, vector: &Vector) -> Result<(), &'static str> {
    let key = key(facts, &vector.secret).ok_or("bad-secret")?;
    let names = [Some(facts.signature), facts.stamp, facts.id];
    let [signature, stamp, id] = names.map(|name| name.map(|name| lines(vector, name)));
    for lines in [&signature, &stamp, &id].into_iter().flatten() {
        match lines.len() {
            0 => return Err("missing-header"),
            1 => {}
            _ => return Err("duplicate-header"),
        }
    }
    let text = |lines: Option<Vec<Vec<u8>>>| lines.map(|lines| plain(&lines[0])).transpose();
    let (signature, stamp, id) = (text(signature)?, text(stamp)?, text(id)?);
    let signature = signature.ok_or("missing-header")?;
    let (macs, in_pair) = read(&facts.form, &signature)?;
    let stamp = stamp.or(in_pair);
    if let Some(stamp) = &stamp {
        in_window(stamp, vector.now)?;
    }
    let mut content = id.map_or(Vec::new(), |id| format!("{id}.").into_bytes());
    if let Some(stamp) = &stamp {
        let end = if facts.version.is_empty() { "." } else { ":" };
        content.extend(format!("{}{stamp}{end}", facts.version).bytes());
    }
    content.extend(vector.body());
    let right = hmac(&key, &content);
    macs.contains(&right).then_some(()).ok_or("mismatch")
}

fn key(facts: &Facts, secret: &str) -> Option<Vec<u8>> {
    if secret.trim().is_empty() || secret.trim() != secret {
        return None;
    }
    match facts.form {
        Form::List => {
            let text = secret.strip_prefix("whsec_").unwrap_or(secret);
            let key = STANDARD_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
            (!key.is_empty()).then_some(key)
        }
        _ => Some(secret.as_bytes().to_vec()),
    }
}

fn lines(vector: &Vector, name: &str) -> Vec<Vec<u8>> {
    let headers = vector.request.headers.iter();
    headers
        .filter(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| header_bytes(value))
        .collect()
}

/// A header is some printable ASCII, and not without end.
fn plain(line: &[u8]) -> Result<String, &'static str> {
    let text = line.trim_ascii();
    let printable = text.iter().all(|byte| (0x20..0x7f).contains(byte));
    if text.is_empty() || !printable || text.len() > 8192 {
        return Err("malformed");
    }
    Ok(String::from_utf8_lossy(line).into_owned())
}

/// The MACs that a header holds, and the timestamp if it stands there.
fn read(form: &Form, header: &str) -> Result<(Vec<[u8; 32]>, Option<String>), &'static str> {
    let mac = |bytes: Option<Vec<u8>>| bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let mut stamp = None;
    let candidates: Vec<Option<[u8; 32]>> = match form {
        Form::Prefix(prefix) => {
            vec![
                header
                    .strip_prefix(prefix)
                    .and_then(|text| mac(unhex(text))),
            ]
        }
        Form::List => {
            let items = header
                .split(' ')
                .filter_map(|item| item.strip_prefix("v1,"));
            items.map(|text| mac(STANDARD.decode(text).ok())).collect()
        }
        Form::Pairs => {
            let pairs = header.split(',').filter_map(|item| item.split_once('='));
            let (stamps, others): (Vec<_>, Vec<_>) = pairs.partition(|(key, _)| *key == "t");
            let [(_, only)] = stamps[..] else {
                return Err("malformed");
            };
            stamp = Some(only.to_owned());
            let v1 = others.into_iter().filter(|(key, _)| *key == "v1");
            v1.map(|(_, text)| mac(unhex(text))).collect()
        }
    };
    let found: Vec<_> = candidates.into_iter().take(32).flatten().collect();
    if found.is_empty() {
        return Err("malformed");
    }
    Ok((found, stamp))
}

fn in_window(stamp: &str, now: i64) -> Result<(), &'static str> {
    let digits = stamp.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = stamp == "0" || !stamp.starts_with('0');
    if !digits || !canonical || !(1..=12).contains(&stamp.len()) {
        return Err("malformed");
    }
    let at: i128 = stamp.parse().map_err(|_| "malformed")?;
    match i128::from(now) - at {
        301.. => Err("stale"),
        ..-300 => Err("future"),
        _ => Ok(()),
    }
}
