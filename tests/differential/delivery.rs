//! A delivery as it comes in, and what of it is signed.

use hmac::{Hmac, KeyInit as _, Mac as _};
use hookproof::providers;
use hookproof::scheme::{Encoding, KeyFormat, Scheme, Timestamp};
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};
use sha1::Sha1;

use crate::form;
use crate::support::rows::header_bytes;
use crate::support::signing;

/// A delivery with all that judges it, in the terms of the vector files.
#[derive(Clone, Debug)]
pub(crate) struct Incoming {
    /// What was done to it.
    pub(crate) id: String,
    /// Nothing was: it is as its provider sends it.
    pub(crate) is_genuine: bool,
    pub(crate) scheme: &'static Scheme,
    pub(crate) secret: String,
    pub(crate) now: i64,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

/// What goes into a MAC.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub(crate) id: Vec<u8>,
    pub(crate) stamp: String,
    pub(crate) url: String,
    pub(crate) body: Vec<u8>,
    /// Whether the body says of itself that it is a form.
    pub(crate) is_form: bool,
}

impl Content {
    pub(crate) fn mac(&self, scheme: &Scheme, key: &[u8]) -> Vec<u8> {
        if is_twilio(scheme) {
            return sha1(key, &self.of_twilio());
        }
        let mut headers = HeaderMap::new();
        for name in signing::signed_headers(scheme) {
            signing::put(&mut headers, name, &self.id);
        }
        let content = signing::content(scheme, &headers, self.stamp.as_bytes(), &self.body);
        signing::hmac(key, &content).to_vec()
    }

    pub(crate) fn of_twilio(&self) -> Vec<u8> {
        let mut content = self.url.clone().into_bytes();
        if self.is_form {
            content.extend(form::sorted(&self.body));
        }
        content
    }
}

fn sha1(key: &[u8], content: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).expect("a key of any length");
    mac.update(content);
    mac.finalize().into_bytes().to_vec()
}

pub(crate) fn is_twilio(scheme: &Scheme) -> bool {
    scheme.slug() == "twilio"
}

/// The key bytes as the most forgiving reader has them: what is not base64 is passed over.
pub(crate) fn key(scheme: &Scheme, secret: &str) -> Vec<u8> {
    let KeyFormat::Base64 { prefix } = scheme.key_format() else {
        return secret.as_bytes().to_vec();
    };
    loose_base64(secret.strip_prefix(prefix).unwrap_or(secret))
}

/// Base64 without regard to other characters, padding and unused bits.
pub(crate) fn loose_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let values = text.bytes().take_while(|byte| *byte != b'=');
    let values = values.filter_map(|byte| ALPHABET.iter().position(|known| *known == byte));
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0_usize);
    for value in values {
        held = (held << 6 | value) & 0xfff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).expect("a byte"));
        }
    }
    bytes
}

impl Incoming {
    pub(crate) fn of_row(row: &Value) -> Self {
        let request = &row["request"];
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let header = |line: &Value| (text(&line[0]), header_bytes(&line[1]));
        let headers = request["headers"].as_array().expect("headers").iter();
        Self {
            id: text(&row["id"]),
            is_genuine: false,
            scheme: providers::find(&text(&row["provider"])).expect("a preset"),
            secret: text(&row["secret"]),
            now: row["now"].as_i64().expect("a moment"),
            url: request["url"].as_str().unwrap_or_default().to_owned(),
            headers: headers.map(header).collect(),
            body: base64(&text(&request["body_b64"])),
        }
    }

    pub(crate) fn row(&self) -> Value {
        let headers = self.headers.iter().map(|(name, value)| {
            let value = match core::str::from_utf8(value) {
                Ok(text) => json!(text),
                Err(_) => json!({ "hex": signing::hex(value) }),
            };
            json!([name, value])
        });
        json!({
            "id": self.id,
            "provider": self.scheme.slug(),
            "secret": self.secret,
            "now": self.now,
            "request": {
                "method": "POST",
                "url": self.url,
                "headers": headers.collect::<Vec<_>>(),
                "body_b64": signing::encode(Encoding::Base64, &self.body),
            },
            "expect": "",
        })
    }

    /// The values of a header, in the order of their lines.
    pub(crate) fn values(&self, name: &str) -> Vec<&[u8]> {
        let lines = self.headers.iter();
        lines
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_slice())
            .collect()
    }

    /// The first value of a header; empty where there is none.
    pub(crate) fn value(&self, name: &str) -> &[u8] {
        self.values(name).first().copied().unwrap_or_default()
    }

    pub(crate) fn signature(&self) -> &[u8] {
        self.value(self.scheme.signature_header().expect("a header"))
    }

    /// The items of the signature, where it is a list; itself where it is one.
    pub(crate) fn items(&self) -> Vec<&[u8]> {
        let separator = separator(self.scheme);
        let items = self.signature().split(|byte| Some(*byte) == separator);
        items.collect()
    }

    /// The timestamps that it carries; there should be one, where the scheme signs one.
    pub(crate) fn stamps(&self) -> Vec<&[u8]> {
        match self.scheme.timestamp() {
            Some(Timestamp::Header(name)) => self.values(name),
            Some(Timestamp::Pair(key)) => {
                let start = format!("{key}=").into_bytes();
                let items = self.items().into_iter();
                items
                    .filter_map(|item| item.strip_prefix(&*start))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    pub(crate) fn is_form(&self) -> bool {
        let content_type = self.value("content-type").to_ascii_lowercase();
        content_type.starts_with(b"application/x-www-form-urlencoded")
    }

    /// What its sender must have signed.
    pub(crate) fn content(&self) -> Content {
        let id = signing::signed_headers(self.scheme);
        let stamp = self.stamps().first().copied().unwrap_or_default();
        Content {
            id: id
                .first()
                .map(|name| self.value(name))
                .unwrap_or_default()
                .to_vec(),
            stamp: latin1(stamp),
            url: self.url.clone(),
            body: self.body.clone(),
            is_form: self.is_form(),
        }
    }

    pub(crate) fn mac(&self, content: &Content) -> Vec<u8> {
        content.mac(self.scheme, &key(self.scheme, &self.secret))
    }

    /// Whether the signature holds the text of a MAC, in whichever case.
    pub(crate) fn holds(&self, mac: &[u8]) -> bool {
        let text = signing::encode(self.scheme.encoding(), mac).into_bytes();
        let is_hex = self.scheme.encoding() == Encoding::Hex;
        self.signature()
            .windows(text.len())
            .any(|window| window == text || is_hex && window.eq_ignore_ascii_case(&text))
    }
}

/// What stands between the items of a signature.
pub(crate) fn separator(scheme: &Scheme) -> Option<u8> {
    match scheme.slug() {
        "stripe" => Some(b','),
        "standard-webhooks" | "svix" => Some(b' '),
        _ => None,
    }
}

/// A header's text as vendors' servers read it.
pub(crate) fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn base64(text: &str) -> Vec<u8> {
    signing::decode(Encoding::Base64, text).expect("base64")
}

/// Whether `http` holds it.
pub(crate) fn is_header_value(value: &[u8]) -> bool {
    HeaderValue::from_bytes(value).is_ok()
}
