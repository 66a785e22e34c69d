//! What Twilio alone has: forms, digests and URLs that are signed.

use super::reading::{as_text, holds};
use super::vendors::{TWILIO_JS, TWILIO_PY};
use super::{Class, Difference};
use crate::delivery::Content;
use crate::form;

pub(super) const CLASSES: &[Class] = &[
    Class::takes("many-fields", &[TWILIO_JS, TWILIO_PY], |it| {
        it.hookproof == "malformed" && form::fields(&it.delivery.body).len() > 1000
    }),
    Class::takes("shared-key", &[TWILIO_PY], |it| {
        let settings = it.delivery.value("x-twilio-webhooks-signature-settings");
        it.hookproof == "malformed" && settings.ends_with(b",algorithm=HMAC_SHA256")
    }),
    Class::takes("unsigned-body", &[TWILIO_JS], |it| {
        it.hookproof == "missing-header" && !it.delivery.is_form() && !has_digest(it)
    }),
    Class::takes("unsigned-form", &[TWILIO_JS], |it| {
        let is_form = false;
        let url_alone = Content {
            is_form,
            ..as_text(it)
        };
        it.delivery.is_form() && has_digest(it) && is_signed(it, &url_alone)
    }),
    Class::takes("unread-digest", &[TWILIO_PY], |it| {
        it.delivery.is_form() && has_digest(it) && is_signed(it, &as_text(it))
    }),
    Class::takes("url-as-written", &[TWILIO_JS, TWILIO_PY], |it| {
        is_signed_as(it, &as_written(&it.delivery.url))
    }),
    Class::takes("escaped-url", &[TWILIO_JS], |it| {
        is_signed_as(it, &escaped(&it.delivery.url))
    }),
    Class::refuses("digest-and-form", &[TWILIO_JS], |it| {
        it.delivery.is_form() && has_digest(it)
    }),
    Class::refuses("utf-16-order", &[TWILIO_JS], |it| {
        let text = String::from_utf8_lossy(&it.delivery.content().of_twilio()).into_owned();
        let has = |range: core::ops::RangeInclusive<char>| text.contains(|it| range.contains(&it));
        has('\u{10000}'..=char::MAX) && has('\u{e000}'..='\u{ffff}')
    }),
    Class::refuses("url-in-one-form", &[TWILIO_JS, TWILIO_PY], |it| {
        let forms = form::urls(&it.delivery.url);
        !as_written(&it.delivery.url)
            .iter()
            .any(|url| forms.contains(url))
    }),
];

fn has_digest(it: &Difference<'_>) -> bool {
    it.delivery.url.contains("bodySHA256=")
}

fn is_signed(it: &Difference<'_>, content: &Content) -> bool {
    it.hookproof == "mismatch" && holds(it, content)
}

/// Whether the signature is that of one of these URLs, and hookproof tries none of those.
fn is_signed_as(it: &Difference<'_>, urls: &[String]) -> bool {
    let tried = form::urls(&it.delivery.url);
    let mut others = urls.iter().filter(|url| !tried.contains(url));
    it.hookproof == "mismatch"
        && others.any(|url| {
            let content = Content {
                url: url.clone(),
                ..as_text(it)
            };
            it.delivery.holds(&it.delivery.mac(&content))
        })
}

/// The URL with nothing but its port added.
fn as_written(url: &str) -> [String; 2] {
    let (scheme, rest) = url.split_once("://").expect("an absolute URL");
    let (authority, path) = rest.split_once('/').expect("a path");
    let port = match scheme.to_ascii_lowercase().as_str() {
        "https" => 443,
        _ => 80,
    };
    [
        url.to_owned(),
        format!("{scheme}://{authority}:{port}/{path}"),
    ]
}

/// The URL where somebody read its query and wrote it anew, in the two ways that Node has.
fn escaped(url: &str) -> [String; 2] {
    let (start, query) = url.split_once('?').unwrap_or((url, ""));
    let fields = form::fields(query.as_bytes());
    let mut names = Vec::new();
    for (name, _) in &fields {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let grouped = names.into_iter().flat_map(|name| {
        let of_name = fields.iter().filter(move |(known, _)| known == name);
        of_name.map(|(name, value)| format!("{}={}", percent(name), percent(value)))
    });
    let grouped: Vec<String> = grouped.collect();
    [
        url.replace('\'', "%27"),
        format!("{start}?{}", grouped.join("&")),
    ]
}

fn percent(text: &[u8]) -> String {
    let escaped = text.iter().map(|byte| match byte {
        b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')' => {
            char::from(*byte).to_string()
        }
        byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    escaped.collect()
}
