//! Deliveries read from a fuzzer's bytes.
//!
//! No fuzzer finds a MAC, so header values are templates: bytes that no header value can hold stand
//! for the texts that only a sender can write.

use bytes::Bytes;
use hookproof::scheme::{KeyFormat, Part, Scheme, Timestamp};
use hookproof::{Keyring, Proven, Secret, Signer, UnixTime, Verifier, VerifyErrorKind};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::first_line;
use crate::reference::{self, Header};

/// The clock of every target.
pub const NOW: i64 = 1_767_225_600;

/// Base64, newest first.
const SECRETS: [&str; 3] = [
    "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "b2xkZXItc2VjcmV0LW9mLXRoZS15ZWFy",
    "dGhlLW9sZGVzdC1vZi10aGVtLWFsbC4u",
];

/// The labels of a [`keyring`] of all.
pub const LABELS: [&str; 3] = ["primary", "previous", "previous-2"];

/// Secrets as the scheme's provider writes them, newest first.
#[must_use]
pub fn secrets(scheme: &Scheme) -> [String; 3] {
    SECRETS.map(|base64| match scheme.key_format() {
        KeyFormat::Base64 { prefix } => format!("{prefix}{base64}"),
        KeyFormat::Hex => base64.bytes().map(|byte| format!("{byte:02x}")).collect(),
        _ => format!("whsec_{base64}"),
    })
}

/// A keyring of the first so many [`secrets`].
///
/// # Panics
///
/// Without a count.
#[must_use]
pub fn keyring(scheme: &Scheme, count: usize) -> Keyring {
    let secrets = secrets(scheme).into_iter().take(count).map(Secret::new);
    Keyring::from_list(secrets).expect("at least one key")
}

/// The key bytes of the first so many [`secrets`], as the reference reads them.
#[must_use]
pub fn keys(scheme: &Scheme, count: usize) -> Vec<Vec<u8>> {
    let format = scheme.key_format();
    let keys = secrets(scheme).into_iter().take(count);
    keys.filter_map(|text| reference::key(format, &text))
        .collect()
}

/// A proof of the body. It is signed and verified: there is no other way to one.
///
/// # Panics
///
/// Where the library does not verify what it signed.
pub fn prove(scheme: &Scheme, body: &[u8]) -> Proven {
    let mut given = HeaderMap::new();
    for name in content_headers(scheme) {
        given.insert(name, HeaderValue::from_static("msg_1"));
    }
    let now = UnixTime::from_secs(NOW);
    let [text, ..] = secrets(scheme);
    let secret = || Secret::new(text.as_str());
    let signer = Signer::new(scheme, secret()).expect("a good secret");
    let headers = signer.sign_at(&given, body, now).expect("all is given");
    let verifier = Verifier::new(scheme, secret()).expect("a good secret");
    let mut verification = verifier.begin_at(&headers, now).expect("a good head");
    verification
        .update(Bytes::copy_from_slice(body))
        .expect("below the limit");
    verification.finish().expect("signed just now")
}

/// The texts that bytes of a template stand for.
pub struct Texts {
    /// Byte 1: the MAC under the newest secret. Byte 2: under the oldest. Byte 3: another's MAC.
    macs: [String; 3],
    /// Byte 4.
    stamp: String,
    /// Byte 5: the body's length.
    length: String,
}

impl Texts {
    fn new(stamp: i64, length: usize) -> Self {
        Self {
            macs: Default::default(),
            stamp: stamp.to_string(),
            length: length.to_string(),
        }
    }

    /// Writes the MACs of a message.
    fn sign(&mut self, scheme: &Scheme, message: &[u8]) {
        let keys = keys(scheme, SECRETS.len());
        let text = |key: &[u8]| {
            let mac = reference::hmac_sha256(key, message);
            reference::encode(scheme.encoding(), &mac)
        };
        self.macs = [text(&keys[0]), text(&keys[2]), text(b"another's")];
    }

    fn fill(&self, template: &[u8]) -> Vec<u8> {
        let mut filled = Vec::new();
        for &byte in template {
            match byte {
                1..=3 => filled.extend(self.macs[usize::from(byte - 1)].as_bytes()),
                4 => filled.extend(self.stamp.as_bytes()),
                5 => filled.extend(self.length.as_bytes()),
                _ => filled.push(byte),
            }
        }
        filled
    }
}

/// Headers as the reference and as the library take them.
pub struct Headers {
    /// For the reference.
    pub plain: Vec<Header>,
    /// For the library.
    pub map: HeaderMap,
}

impl Headers {
    fn new(plain: Vec<Header>) -> Option<Self> {
        let mut map = HeaderMap::new();
        for (name, value) in &plain {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            map.append(name, HeaderValue::from_bytes(value).ok()?);
        }
        Some(Self { plain, map })
    }

    /// The headers of a genuine delivery, but for the signature header, which is a template.
    #[must_use]
    pub fn with_signature(scheme: &Scheme, template: &[u8], body: &[u8]) -> Option<Self> {
        let mut texts = Texts::new(NOW, body.len());
        let mut plain = Vec::new();
        if let Some(Timestamp::Header(name)) = scheme.timestamp() {
            plain.push((name.to_owned(), texts.stamp.clone().into_bytes()));
        }
        for name in content_headers(scheme) {
            plain.push((name.to_owned(), b"msg_1".to_vec()));
        }
        let stamp = texts.stamp.as_bytes();
        let message = reference::message(scheme, &plain, stamp, body);
        texts.sign(scheme, &message);
        let signature = scheme.signature_header().unwrap_or_default().to_owned();
        plain.push((signature, texts.fill(template)));
        Self::new(plain)
    }

    /// Lines up to an empty one, and the body after it. The first byte of a line says which header
    /// it is; what follows it and one `=` is the value's template:
    ///
    /// - `s` the signature's, `a` its first alias, `t` the timestamp's;
    /// - `0` to `3` the headers of the signed content, in their order;
    /// - `c` `Content-Length`; anything else a header that no scheme reads.
    #[must_use]
    pub fn from_lines<'d>(
        scheme: &Scheme,
        mut data: &'d [u8],
        stamp: i64,
    ) -> Option<(Self, &'d [u8])> {
        let mut templates = Vec::new();
        loop {
            let (line, rest) = first_line(data);
            data = rest;
            let Some((&letter, value)) = line.split_first() else {
                break;
            };
            let value = value.strip_prefix(b"=").unwrap_or(value);
            templates.push((name_of(scheme, letter), value));
        }
        let mut texts = Texts::new(stamp, data.len());
        let fill = |texts: &Texts| -> Vec<Header> {
            let filled = templates.iter();
            filled
                .map(|(name, value)| ((*name).to_owned(), texts.fill(value)))
                .collect()
        };
        let unsigned = fill(&texts);
        let stamp = match scheme.timestamp() {
            Some(Timestamp::Header(name)) => reference::first(&unsigned, name),
            _ => texts.stamp.clone().into_bytes(),
        };
        let message = reference::message(scheme, &unsigned, &stamp, data);
        texts.sign(scheme, &message);
        let mut headers = fill(&texts);
        // A MAC in a signed header would have to sign itself: those keep their unsigned text.
        for (header, before) in headers.iter_mut().zip(unsigned) {
            if Some(&*header.0) != scheme.signature_header()
                && !scheme.aliases().contains(&&*header.0)
            {
                *header = before;
            }
        }
        Some((Self::new(headers)?, data))
    }
}

/// The headers of the signed content, in order.
pub fn content_headers(scheme: &Scheme) -> impl Iterator<Item = &'static str> {
    scheme.content().iter().filter_map(|part| match part {
        Part::Header(name) => Some(*name),
        _ => None,
    })
}

fn name_of(scheme: &Scheme, letter: u8) -> &'static str {
    let nth = usize::from(letter.wrapping_sub(b'0'));
    let named = match letter {
        b's' => scheme.signature_header(),
        b'a' => scheme.aliases().first().copied(),
        b't' => match scheme.timestamp() {
            Some(Timestamp::Header(name)) => Some(name),
            _ => None,
        },
        b'c' => Some("content-length"),
        _ => content_headers(scheme).nth(nth),
    };
    named.unwrap_or("x-unread")
}

/// Whether two refusals are of one step. Which of several headers is looked at first is nobody's
/// promise, so absent and repeated ones are one step.
#[must_use]
pub fn same_step(left: VerifyErrorKind, right: VerifyErrorKind) -> bool {
    let step = |kind| match kind {
        VerifyErrorKind::DuplicateHeader => VerifyErrorKind::MissingHeader,
        other => other,
    };
    step(left) == step(right)
}
