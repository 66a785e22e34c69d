//! A delivery with all that judges it, ready to be tampered with.

use bytes::Bytes;
use hookproof::scheme::{Scheme, Timestamp};
use hookproof::{
    Delivery, Proven, Receipt, Secret, UnixTime, Verifier, VerifyError, VerifyErrorKind, providers,
};
use http::{HeaderMap, HeaderValue};

use super::signing;
use super::vectors::Vector;

/// A secret under every key format: text, 32 bytes of hex, 48 bytes of base64.
pub const SECRET: &str = "6d1f0c3b8a7e5492d0b1c2a3f4e596878899aabbccddeeff0123456789abcdef";

pub const NOW: i64 = 1_767_225_600;

pub const BODY: &[u8] = br#"{"id":"evt_7f3a","type":"message.delivered"}"#;

pub type Verdict = Result<(), VerifyErrorKind>;

#[derive(Clone, Debug)]
pub struct Delivered {
    pub scheme: Scheme,
    pub secret: String,
    pub verifier: Verifier,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub now: i64,
}

impl Delivered {
    /// A vector's delivery; `None` where `http` does not hold its headers.
    pub fn of(vector: &Vector) -> Option<Self> {
        let scheme = *providers::find(&vector.provider).expect("a preset");
        Some(Self {
            scheme,
            secret: vector.secret.clone(),
            verifier: Verifier::new(&scheme, Secret::new(vector.secret.clone())).ok()?,
            headers: vector.headers()?,
            body: vector.body(),
            now: vector.now,
        })
    }

    /// A good delivery: [`BODY`] under [`SECRET`] at [`NOW`], signed apart from the crate.
    pub fn signed(scheme: &Scheme) -> Self {
        let verifier = Verifier::new(scheme, Secret::new(SECRET)).expect("a usable secret");
        let mut delivered = Self {
            scheme: *scheme,
            secret: SECRET.to_owned(),
            verifier,
            headers: HeaderMap::new(),
            body: BODY.to_vec(),
            now: NOW,
        };
        for name in delivered.signed_headers() {
            signing::put(&mut delivered.headers, name, b"id_1");
        }
        delivered.sign();
        delivered
    }

    /// Signs what is there, at `now`.
    pub fn sign(&mut self) {
        let stamp = self.now.to_string();
        let candidate = self.encoded(&self.mac(&stamp));
        self.write(&[&candidate]);
    }

    /// Writes these candidates, whatever they are, with `now` as the timestamp.
    pub fn write(&mut self, candidates: &[&str]) {
        let stamp = self.now.to_string();
        signing::write(&self.scheme, &mut self.headers, &stamp, candidates);
    }

    /// The MAC of what is there under the secret.
    pub fn mac(&self, stamp: &str) -> [u8; 32] {
        self.mac_under(
            &signing::key_bytes(self.scheme.key_format(), &self.secret),
            stamp,
        )
    }

    pub fn mac_under(&self, key: &[u8], stamp: &str) -> [u8; 32] {
        let content = signing::content(&self.scheme, &self.headers, stamp.as_bytes(), &self.body);
        signing::hmac(key, &content)
    }

    pub fn encoded(&self, bytes: &[u8]) -> String {
        signing::encode(self.scheme.encoding(), bytes)
    }

    /// The headers of the signed content, without the timestamp's.
    pub fn signed_headers(&self) -> Vec<&'static str> {
        signing::signed_headers(&self.scheme)
    }

    /// The header of the scheme's names that holds the signature here.
    pub fn signature_header(&self) -> &'static str {
        self.scheme
            .signature_header()
            .into_iter()
            .chain(self.scheme.aliases().iter().copied())
            .find(|name| self.headers.contains_key(*name))
            .expect("a signature header")
    }

    pub fn timestamp_header(&self) -> Option<&'static str> {
        match self.scheme.timestamp() {
            Some(Timestamp::Header(name)) => Some(name),
            _ => None,
        }
    }

    /// Every header that verification reads, the signature's first.
    pub fn read_headers(&self) -> Vec<&'static str> {
        let mut names = vec![self.signature_header()];
        names.extend(self.timestamp_header());
        names.extend(self.signed_headers());
        names
    }

    pub fn value(&self, name: &str) -> Vec<u8> {
        self.headers
            .get(name)
            .expect("the header")
            .as_bytes()
            .into()
    }

    /// The same delivery with one header's value changed; `None` where `http` does not hold it.
    pub fn with(&self, name: &'static str, value: &[u8]) -> Option<Self> {
        let mut changed = self.clone();
        changed
            .headers
            .insert(name, HeaderValue::from_bytes(value).ok()?);
        Some(changed)
    }

    pub fn with_body(&self, body: impl Into<Vec<u8>>) -> Self {
        Self {
            body: body.into(),
            ..self.clone()
        }
    }

    pub fn at(&self, now: i64) -> Self {
        Self {
            now,
            ..self.clone()
        }
    }

    /// The one-call verdict, after checking that streaming comes to the same.
    pub fn judge(&self) -> Result<Receipt, VerifyError> {
        let receipt = self.verify();
        let proven = self.stream(&[&self.body]);
        assert_eq!(
            kind(&receipt),
            kind(&proven),
            "one call and streaming differ"
        );
        receipt
    }

    pub fn verify(&self) -> Result<Receipt, VerifyError> {
        self.verifier.verify_at(
            Delivery::new(&self.headers, &self.body),
            UnixTime::from_secs(self.now),
        )
    }

    /// Streams these frames in place of the body.
    pub fn stream(&self, frames: &[&[u8]]) -> Result<Proven, VerifyError> {
        let mut verification = self
            .verifier
            .begin_at(&self.headers, UnixTime::from_secs(self.now))?;
        for frame in frames {
            verification.update(Bytes::copy_from_slice(frame))?;
        }
        verification.finish()
    }

    pub fn verdict(&self) -> Verdict {
        kind(&self.judge())
    }
}

/// Acceptance, or the refusal's kind.
pub fn kind<T>(result: &Result<T, VerifyError>) -> Verdict {
    match result {
        Ok(_) => Ok(()),
        Err(error) => Err(error.kind()),
    }
}
