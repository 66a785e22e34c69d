//! What both programs judge: signed deliveries, and candidates that are wrong at a chosen place.

pub mod leaky;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hookproof::scheme::{Encoding, Grammar, Scheme};
use hookproof::{Secret, Signer, UnixTime};
use http::{HeaderMap, HeaderName, HeaderValue};

/// The clock of every signature and every verification.
pub const NOW: UnixTime = UnixTime::from_secs(1_767_225_600);

pub const BODY: &[u8] = br#"{"id":"evt_0001","type":"example.created","data":{"note":"constant"}}"#;

/// A delivery signed with one secret, whose signature header can be written with other candidates.
pub struct Signed {
    pub scheme: Scheme,
    headers: HeaderMap,
    name: HeaderName,
    /// What stands before the candidate, and what stands between one and the next.
    before: String,
    between: String,
    /// The genuine candidate's text.
    pub candidate: String,
}

impl Signed {
    /// # Panics
    ///
    /// Where the scheme cannot be signed, or its signature does not stand in a header.
    #[must_use]
    pub fn new(scheme: &Scheme, secret: &str) -> Self {
        let signer = Signer::new(scheme, Secret::new(secret)).expect("a scheme that can be signed");
        let headers = signer
            .sign_at(&HeaderMap::new(), BODY, NOW)
            .expect("a signature");
        let name = scheme.signature_header().expect("a signature in a header");
        let name = HeaderName::from_static(name);
        let text = headers[&name].to_str().expect("ASCII");
        let (opening, between) = match scheme.grammar() {
            Grammar::Prefixed { prefix, .. } => (prefix.to_owned(), String::new()),
            Grammar::List { prefix, separator } => (
                prefix.to_owned(),
                format!("{}{prefix}", char::from(separator)),
            ),
            Grammar::Pairs {
                signature,
                separator,
                assign,
            } => {
                let opening = format!("{signature}{}", char::from(assign));
                let between = format!("{}{opening}", char::from(separator));
                (opening, between)
            }
            _ => (String::new(), String::new()),
        };
        let at = text.rfind(&opening).expect("the grammar's words") + opening.len();
        let at = if opening.is_empty() { 0 } else { at };
        let (before, candidate) = (text[..at].to_owned(), text[at..].to_owned());
        Self {
            scheme: *scheme,
            headers,
            name,
            before,
            between,
            candidate,
        }
    }

    /// The headers, with these candidates in place of the genuine one.
    ///
    /// # Panics
    ///
    /// Where a candidate cannot stand in a header.
    #[must_use]
    pub fn with(&self, candidates: &[String]) -> HeaderMap {
        let mut headers = self.headers.clone();
        let text = format!("{}{}", self.before, candidates.join(&self.between));
        let value = HeaderValue::try_from(text).expect("visible characters");
        headers.insert(self.name.clone(), value);
        headers
    }

    /// Where the candidates stand in such headers, of which there are so many.
    pub fn places<'h>(
        &self,
        headers: &'h HeaderMap,
        count: usize,
    ) -> impl Iterator<Item = &'h [u8]> {
        let text = headers[&self.name].as_bytes();
        let length = self.candidate.len();
        let (first, step) = (self.before.len(), length + self.between.len());
        (0..count).map(move |nth| &text[first + nth * step..][..length])
    }

    /// A well-formed candidate that differs in one bit from the genuine one, in that byte, counted from
    /// the end if it is negative.
    ///
    /// # Panics
    ///
    /// Where the signature has no such byte.
    #[must_use]
    pub fn wrong_at(&self, byte: isize) -> String {
        let mut bytes = self.decoded();
        let at = byte.rem_euclid(bytes.len().cast_signed()).cast_unsigned();
        bytes[at] ^= 1;
        self.encoded(&bytes)
    }

    /// The bytes that are compared: the signature, or the text of a credential.
    ///
    /// # Panics
    ///
    /// Where the signer wrote what is no signature.
    #[must_use]
    pub fn decoded(&self) -> Vec<u8> {
        if self.scheme.algorithm().is_credential() {
            return self.candidate.clone().into_bytes();
        }
        match self.scheme.encoding() {
            Encoding::Base64 => STANDARD.decode(&self.candidate).expect("base64"),
            Encoding::Base64Url => URL_SAFE_NO_PAD.decode(&self.candidate).expect("base64url"),
            _ => hex::decode(&self.candidate).expect("hex"),
        }
    }

    /// Their text in a header.
    ///
    /// # Panics
    ///
    /// Where a credential is not UTF-8.
    #[must_use]
    pub fn encoded(&self, bytes: &[u8]) -> String {
        if self.scheme.algorithm().is_credential() {
            return String::from_utf8(bytes.to_vec()).expect("UTF-8");
        }
        match self.scheme.encoding() {
            Encoding::Base64 => STANDARD.encode(bytes),
            Encoding::Base64Url => URL_SAFE_NO_PAD.encode(bytes),
            Encoding::HexUpper => hex::encode_upper(bytes),
            _ => hex::encode(bytes),
        }
    }
}
