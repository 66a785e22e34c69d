//! A delivery in the making: its content, then the items of its signature, then its headers.

use fastrand::Rng;
use hookproof::scheme::{Encoding, Grammar, Scheme, Timestamp};
use serde_json::json;

use crate::delivery::{Content, Incoming, is_twilio, key, separator};
use crate::support::delivered::NOW;
use crate::support::signing;

pub(crate) struct Draft {
    pub(crate) scheme: &'static Scheme,
    pub(crate) now: i64,
    /// The receiver's.
    pub(crate) secret: String,
    /// What the sender signs with.
    pub(crate) key: Vec<u8>,
    pub(crate) sent: Content,
    /// What is signed, where that is not what is sent.
    pub(crate) signed: Option<Content>,
    pub(crate) content_type: &'static str,
    pub(crate) items: Vec<Vec<u8>>,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
}

impl Draft {
    /// Whatever the provider may send, of any age that it may have.
    pub(crate) fn new(scheme: &'static Scheme, rng: &mut Rng) -> Self {
        let now = NOW + rng.i64(0..1_000_000);
        let secret = secret(scheme, rng);
        let is_form = is_twilio(scheme) || scheme.slug() == "slack" && rng.u8(0..4) == 0;
        let content_type = if is_form {
            "application/x-www-form-urlencoded"
        } else {
            "application/json"
        };
        Self {
            scheme,
            now,
            key: key(scheme, &secret),
            secret,
            sent: Content {
                id: format!("msg_{}", word(rng)).into_bytes(),
                stamp: (now - rng.i64(0..300)).to_string(),
                url: format!(
                    "https://hooks.example.com/in/{}?b={}&a=1",
                    word(rng),
                    word(rng)
                ),
                body: if is_form { form(rng) } else { event(rng) },
                is_form,
            },
            signed: None,
            content_type,
            items: Vec::new(),
            headers: Vec::new(),
        }
    }

    /// From here on what is sent may change, and what was signed does not.
    pub(crate) fn keep_signed(&mut self) -> &mut Content {
        let sent = &self.sent;
        self.signed.get_or_insert_with(|| sent.clone())
    }

    /// A body of JSON in place of a form, of which Twilio signs the digest in the URL alone.
    pub(crate) fn as_json(&mut self, body: Vec<u8>) {
        self.content_type = "application/json";
        self.sent.is_form = false;
        self.sent.body = body;
    }

    /// Gives receiver and sender another secret.
    pub(crate) fn share(&mut self, secret: String) {
        self.key = key(self.scheme, &secret);
        self.secret = secret;
    }

    pub(crate) fn mac(&self) -> Vec<u8> {
        let signed = self.signed.as_ref().unwrap_or(&self.sent);
        signed.mac(self.scheme, &self.key)
    }

    /// A MAC's text, without what stands before it.
    pub(crate) fn text(&self, mac: &[u8]) -> String {
        signing::encode(self.scheme.encoding(), mac)
    }

    /// What stands before a MAC's text.
    pub(crate) fn prefix(&self) -> String {
        match self.scheme.grammar() {
            Grammar::List { prefix, .. } | Grammar::Prefixed { prefix, .. } => prefix.to_owned(),
            Grammar::Pairs { signature, .. } => format!("{signature}="),
            _ => String::new(),
        }
    }

    /// The item of the signature that holds this text.
    pub(crate) fn item(&self, text: &str) -> Vec<u8> {
        format!("{}{text}", self.prefix()).into_bytes()
    }

    /// A candidate as good as any, and wrong.
    pub(crate) fn wrong(&self, rng: &mut Rng) -> Vec<u8> {
        let mac: Vec<u8> = self.mac().iter().map(|_| rng.u8(..)).collect();
        self.item(&self.text(&mac))
    }

    pub(crate) fn is_hex(&self) -> bool {
        self.scheme.encoding() == Encoding::Hex
    }

    pub(crate) fn sign(&mut self) {
        if matches!(self.scheme.timestamp(), Some(Timestamp::Pair(_))) {
            self.items
                .push(format!("t={}", self.sent.stamp).into_bytes());
        }
        self.items.push(self.item(&self.text(&self.mac())));
    }

    /// Where the good item stands, after `sign`.
    pub(crate) fn good(&self) -> usize {
        self.items.len() - 1
    }

    pub(crate) fn dress(&mut self) {
        let separator = separator(self.scheme).map(|byte| vec![byte]);
        let signature = self.items.join(&*separator.unwrap_or_default());
        if !self.content_type.is_empty() {
            self.add("Content-Type", self.content_type.as_bytes().to_vec());
        }
        for name in signing::signed_headers(self.scheme) {
            self.add(name, self.sent.id.clone());
        }
        if let Some(Timestamp::Header(name)) = self.scheme.timestamp() {
            self.add(name, self.sent.stamp.clone().into_bytes());
        }
        self.add(self.signature_header(), signature);
    }

    pub(crate) fn signature_header(&self) -> &'static str {
        self.scheme.signature_header().expect("a header")
    }

    /// The headers that a verifier reads.
    pub(crate) fn read_headers(&self) -> Vec<&'static str> {
        let mut names = signing::signed_headers(self.scheme);
        if let Some(Timestamp::Header(name)) = self.scheme.timestamp() {
            names.push(name);
        }
        names.push(self.signature_header());
        names
    }

    pub(crate) fn add(&mut self, name: &str, value: Vec<u8>) {
        self.headers.push((name.to_owned(), value));
    }

    /// The values of a header, to be changed.
    pub(crate) fn values_of(&mut self, name: &str) -> impl Iterator<Item = &mut Vec<u8>> {
        let lines = self.headers.iter_mut();
        lines
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    pub(crate) fn incoming(self, id: String, is_genuine: bool) -> Incoming {
        Incoming {
            id,
            is_genuine,
            scheme: self.scheme,
            secret: self.secret,
            now: self.now,
            url: self.sent.url,
            headers: self.headers,
            body: self.sent.body,
        }
    }
}

fn secret(scheme: &Scheme, rng: &mut Rng) -> String {
    match scheme.slug() {
        "standard-webhooks" | "svix" => {
            let length = one(rng, &[24, 32]);
            whsec(rng, length)
        }
        "stripe" => format!("whsec_{}", text(rng, 32)),
        _ => text(rng, 32),
    }
}

/// A secret of so many key bytes.
pub(crate) fn whsec(rng: &mut Rng, length: usize) -> String {
    let bytes: Vec<u8> = (0..length).map(|_| rng.u8(..)).collect();
    format!("whsec_{}", signing::encode(Encoding::Base64, &bytes))
}

pub(crate) fn text(rng: &mut Rng, length: usize) -> String {
    (0..length).map(|_| rng.alphanumeric()).collect()
}

pub(crate) fn word(rng: &mut Rng) -> String {
    let length = rng.usize(1..12);
    text(rng, length)
}

/// One of several.
pub(crate) fn one<T: Copy>(rng: &mut Rng, of: &[T]) -> T {
    of[rng.usize(..of.len())]
}

fn event(rng: &mut Rng) -> Vec<u8> {
    let note = one(
        rng,
        &[
            "",
            "naïve",
            "日本",
            "😀",
            "\u{2028}",
            "line\nbreak",
            "a+b&c=d",
        ],
    );
    let event = json!({
        "id": format!("evt_{}", word(rng)),
        "object": "event",
        "type": format!("{}.{}", word(rng), word(rng)),
        "data": { "object": { "note": note, "amount": rng.u32(..) } },
    });
    event.to_string().into_bytes()
}

fn form(rng: &mut Rng) -> Vec<u8> {
    let mut fields: Vec<String> = (0..rng.usize(1..6))
        .map(|_| {
            let value = one(
                rng,
                &[
                    "",
                    "%2B15005550006",
                    "a+b",
                    "caf%C3%A9",
                    "1.2-3_4~",
                    "%F0%9F%98%80",
                ],
            );
            format!("{}={value}{}", word(rng), word(rng))
        })
        .collect();
    fields.push(format!("Body={}", word(rng)));
    fields.join("&").into_bytes()
}
