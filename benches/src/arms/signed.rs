//! Deliveries to verify, and the arms that verify them.

use std::hint::black_box;
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use hookproof::scheme::Scheme;
use hookproof::{Delivery, Keyring, Proven, Secret, Signer, UnixTime, Verifier, providers};
use http::HeaderMap;
use http::header::CONTENT_LENGTH;

use super::base::Base;
use super::floor::Floor;
use crate::allocations::Held;
use crate::measure::Arm;

/// Base64 after its prefix for Standard Webhooks, plain text for the others.
pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// What the base64 above stands for.
const DECODED: [u8; 24] = [
    0x31, 0xf2, 0x90, 0xf6, 0xbf, 0x06, 0x29, 0x8a, 0xab, 0x4f, 0x08, 0xd4, 0x3c, 0x3f, 0x08, 0x2c,
    0xf6, 0x48, 0xa3, 0x62, 0xda, 0x2d, 0xa4, 0xb0,
];
const ID: &str = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";

/// The three shapes that are measured.
#[derive(Clone, Copy, PartialEq)]
pub enum Shape {
    /// `t=…,v1=<hex>`: Stripe.
    Kv,
    /// `sha256=<hex>`: GitHub.
    Sha256,
    /// Three headers and base64: Standard Webhooks.
    Standard,
}

impl Shape {
    pub const ALL: [Self; 3] = [Self::Kv, Self::Sha256, Self::Standard];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Kv => "kv",
            Self::Sha256 => "sha256=",
            Self::Standard => "standard webhooks",
        }
    }

    pub const fn scheme(self) -> &'static Scheme {
        match self {
            Self::Kv => &providers::STRIPE,
            Self::Sha256 => &providers::GITHUB,
            Self::Standard => &providers::STANDARD_WEBHOOKS,
        }
    }

    const fn key(self) -> &'static [u8] {
        match self {
            Self::Standard => &DECODED,
            _ => SECRET.as_bytes(),
        }
    }
}

/// A genuine delivery of now, with all that its arms need.
pub struct Signed {
    shape: Shape,
    verifier: Verifier,
    headers: HeaderMap,
    body: Vec<u8>,
    stamp: String,
    opening: Vec<u8>,
    candidate: [u8; 32],
    floor: Floor,
    base: Base,
}

impl Signed {
    pub fn new(shape: Shape, size: usize) -> Self {
        let now = now();
        let body: Vec<u8> = (0..size).map(|nth| b' ' + (nth % 95) as u8).collect();
        let headers = Signer::new(shape.scheme(), Secret::new(SECRET))
            .expect("a good secret")
            .sign_at(&request_headers(size), &body, now)
            .expect("all that is signed is given");
        let stamp = now.to_string();
        let opening = match shape {
            Shape::Kv => format!("{stamp}."),
            Shape::Sha256 => String::new(),
            Shape::Standard => format!("{ID}.{stamp}."),
        };
        let base = Base::new(shape.key());
        let candidate = base.mac([opening.as_bytes(), &body]);
        let signed = Self {
            shape,
            verifier: verifier(shape, Keyring::new(Secret::new(SECRET))),
            headers,
            body,
            stamp,
            opening: opening.into_bytes(),
            candidate,
            floor: Floor::new(shape.key()),
            base,
        };
        // A row would be worth nothing if one of the three said no.
        assert!(signed.verify() && signed.verify_base() && signed.verify_floor());
        signed
    }

    pub fn verify(&self) -> bool {
        let delivery = Delivery::new(&self.headers, &self.body);
        self.verifier.verify(delivery).is_ok()
    }

    fn verify_base(&self) -> bool {
        let (stamp, body, candidate) = (self.stamp.as_bytes(), &self.body, &self.candidate);
        match self.shape {
            Shape::Kv => self.base.verify([stamp, b".", body], candidate),
            Shape::Sha256 => self.base.verify([body], candidate),
            Shape::Standard => {
                let id = ID.as_bytes();
                self.base.verify([id, b".", stamp, b".", body], candidate)
            }
        }
    }

    pub fn verify_floor(&self) -> bool {
        self.floor
            .verify(&self.opening, &self.body, &self.candidate)
    }

    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The MAC that the signature stands for.
    pub const fn candidate(&self) -> &[u8; 32] {
        &self.candidate
    }

    /// The body in frames of at most so many bytes.
    pub fn frames(&self, size: usize) -> Vec<Bytes> {
        let frames = self.body.chunks(size);
        frames.map(Bytes::copy_from_slice).collect()
    }

    pub fn stream(&self, frames: impl IntoIterator<Item = Bytes>) -> Option<Proven> {
        let mut verification = self.verifier.begin(&self.headers).ok()?;
        for frame in frames {
            verification.update(frame).ok()?;
        }
        verification.finish().ok()
    }

    /// Takes the body byte by byte, and gives the worst of memory held to bytes taken, from 64 KiB
    /// on: below that, one buffer's first room is all there is.
    pub fn worst_hold(&self) -> f64 {
        let verifier = self.verifier.clone().with_body_limit(64 << 20);
        let held = Held::since_now();
        let begun = verifier.begin(&self.headers);
        let mut verification = begun.expect("a good head");
        let mut worst = 0.0_f64;
        for (nth, &byte) in self.body.iter().enumerate() {
            let taken = verification.update(Bytes::copy_from_slice(&[byte]));
            taken.expect("below the limit");
            if nth >= 65_536 {
                worst = worst.max(held.bytes() as f64 / (nth + 1) as f64);
            }
        }
        worst
    }

    /// The same delivery under another announcement of its length.
    pub fn announced(mut self, length: Option<usize>) -> Self {
        self.headers.remove(CONTENT_LENGTH);
        self.headers
            .extend(length.map(|length| (CONTENT_LENGTH, length.into())));
        self
    }

    /// The same delivery under a keyring of which it is signed with the newest.
    pub fn with_older_keys(mut self) -> Self {
        let keys = Keyring::new(Secret::new(SECRET))
            .with_previous(Secret::new("whsec_b2xkZXItc2VjcmV0LW9mLXRoZS15ZWFy"))
            .with_previous(Secret::new("whsec_dGhlLW9sZGVzdC1vZi10aGVtLWFsbC4u"));
        self.verifier = verifier(self.shape, keys);
        self
    }

    /// The same delivery under a keyring with so many newer keys than the one that signed it.
    pub fn with_newer_keys(mut self, newer: usize) -> Self {
        let secrets = (0..newer).map(|nth| Secret::new(format!("whsec_of-a-later-year-{nth:03}")));
        let keys = Keyring::from_list(secrets.chain([Secret::new(SECRET)]));
        self.verifier = verifier(self.shape, keys.expect("a keyring"));
        assert!(self.verify());
        self
    }

    /// A forgery with so many well-formed candidates.
    pub fn forged(mut self, candidates: usize) -> Self {
        let bogus = ",v1=".to_owned() + &"0".repeat(64);
        let text = format!("t={}{}", self.stamp, bogus.repeat(candidates));
        let value = text.parse().expect("plain text");
        self.headers.insert(
            self.shape.scheme().signature_header().unwrap_or_default(),
            value,
        );
        assert!(!self.verify());
        self
    }
}

pub fn now() -> UnixTime {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = since.expect("a clock after 1970").as_secs();
    UnixTime::from_secs(seconds.try_into().expect("a clock before the far future"))
}

pub fn verifier(shape: Shape, keys: impl Into<Keyring>) -> Verifier {
    Verifier::new(shape.scheme(), keys).expect("good secrets")
}

/// What comes with any delivery.
pub fn request_headers(size: usize) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("host", "hooks.example.com"),
        ("user-agent", "Webhooks/1.0"),
        ("accept", "*/*"),
        ("content-type", "application/json"),
        ("webhook-id", ID),
    ] {
        headers.insert(name, value.parse().expect("plain text"));
    }
    headers.insert(CONTENT_LENGTH, size.into());
    headers
}

/// One delivery in several places of memory. Where stack and body happen to lie in relation to
/// each other moves a time by some hundredths; the minimum over places does not depend on it.
#[derive(Clone)]
pub struct Places(Rc<[Signed]>);

impl Places {
    const COUNT: usize = 8;

    pub fn new(make: impl Fn() -> Signed) -> Self {
        let mut pads = Vec::new();
        let places = (0..Self::COUNT).map(|nth| {
            pads.push(vec![0_u8; 200 + 500 * nth]);
            make()
        });
        Self(places.collect())
    }

    /// The whole verification, BASE and FLOOR of the delivery.
    pub fn arms(&self) -> [Arm; 3] {
        [
            self.arm(Signed::verify),
            self.arm(Signed::verify_base),
            self.arm(Signed::verify_floor),
        ]
    }

    /// Another's verification of the delivery, given its body. It must refuse any other body.
    pub fn peer(&self, verify: impl Fn(&Signed, &[u8]) -> bool + 'static) -> Arm {
        for signed in self.0.iter() {
            let mut forged = signed.body.clone();
            // A letter stays a letter, for those who read the body as text.
            forged[0] ^= 1;
            assert!(verify(signed, &signed.body) && !verify(signed, &forged));
        }
        self.arm(move |signed| verify(signed, &signed.body))
    }

    /// One call on the delivery, which the compiler must not look into.
    pub fn arm<R>(&self, call: impl Fn(&Signed) -> R + 'static) -> Arm {
        let places = Rc::clone(&self.0);
        Arm::new(move |round| call(black_box(&places[round % Self::COUNT])))
    }

    /// Streaming the delivery in frames of at most so many bytes.
    pub fn stream(&self, frame_size: usize) -> Arm {
        let frames = self.0[0].frames(frame_size);
        self.arm(move |signed| signed.stream(frames.iter().cloned()))
    }
}
