//! Any request to the presets that are judged when a delivery is whole: their signatures, timestamps
//! and signed values stand in JSON, forms, queries and URLs that nothing has proven yet. The library
//! accepts what the plain reference accepts and nothing else, in one call and in frames.
//!
//! Input, a line each: a preset's slug; the secret, with `\\n` for a line break; the clock in unix
//! seconds; the method and the URL with a blank between; the headers, as `name: value`; an empty
//! line; then the body as it is. Byte 1 in URL, header values or body stands for the signature that
//! the reference makes.
#![no_main]

use bytes::Bytes;
use hookproof::scheme::Scheme;
use hookproof::{Delivery, Head, Keyring, Secret, UnixTime, Verifier, VerifyErrorKind};
use hookproof_fuzz::bounds::Bound;
use hookproof_fuzz::reference::Header;
use hookproof_fuzz::reference::whole::{self, No};
use hookproof_fuzz::{first_line, named, schemes};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use libfuzzer_sys::fuzz_target;

/// What is configured under every name.
const CONFIG: &str = "38abcd";

/// What stands for the signature while the content is put together: it is in no other text.
const UNSIGNED: &[u8] = b"\x7f";

fuzz_target!(|data: &[u8]| {
    let Some((request, verifier)) = read(data) else {
        return;
    };
    let Some(headers) = request.header_map() else {
        return;
    };
    let now = UnixTime::from_secs(request.now);
    let head = || {
        Head::from(&headers)
            .with_method(&request.method)
            .with_url(&request.url)
    };
    let delivery = || Delivery::new(head(), &request.body);
    let verdict = Bound::DELIVERY.check(request.length(), || verifier.verify_at(delivery(), now));
    let is_public = request.scheme.algorithm().is_public_key();
    match whole::judge(&request.plain(), &request.secret) {
        // The library takes keys and signatures in a stricter form than others.
        Ok(()) => assert!(verdict.is_ok() || is_public, "{verdict:?}"),
        Err(No::Refused) => assert!(verdict.is_err(), "the reference refuses {verdict:?}"),
        Err(No::Undecided) => {}
    }

    // Frame by frame it is the same verdict, and a proof can be asked for all that it tells.
    let length = 1 + usize::from(data.first().copied().unwrap_or_default()) % 16;
    let streamed = verifier.begin_at(head(), now).and_then(|mut verification| {
        for frame in request.body.chunks(length) {
            verification.update(Bytes::copy_from_slice(frame))?;
        }
        verification.finish()
    });
    match (verdict, streamed) {
        (Ok(receipt), Ok(proven)) => {
            assert_eq!(proven.receipt().key(), receipt.key());
            assert_eq!(proven.body(), &request.body);
            let identity = proven.identity().map_err(|error| error.kind());
            let again = proven.identity().map_err(|error| error.kind());
            assert_eq!(identity, again);
            if let Err(kind) = identity {
                assert_eq!(kind, VerifyErrorKind::Malformed);
            }
            let _ = (proven.delivery_id(), proven.event_type());
            let _ = proven.unsigned_delivery_id(&headers);
            // Nothing that another secret signs is taken, nor is the secret of an older key.
            if let Some(other) = request.another_secret() {
                let verdict = other.verify_at(delivery(), now);
                assert!(verdict.is_err(), "another secret verifies");
            }
        }
        (Err(one), Err(other)) => {
            assert_eq!(one.kind(), other.kind());
            assert!(!format!("{one} {one:?}").contains(request.secret_line()));
        }
        (one, other) => panic!("{one:?} in one call, {other:?} in frames"),
    }
});

/// The request with its signatures, and the verifier that it is for.
fn read(data: &[u8]) -> Option<(Request, Verifier)> {
    let template = Request::read(data)?;
    let verifier = template.verifier()?;
    let unsigned = template.signed(UNSIGNED);
    let signature = whole::sign(&unsigned.plain(), &unsigned.secret);
    let request = template.signed(&signature.unwrap_or_default());
    Some((request, verifier))
}

#[derive(Clone)]
struct Request {
    scheme: &'static Scheme,
    secret: String,
    now: i64,
    method: Method,
    url: String,
    headers: Vec<Header>,
    body: Vec<u8>,
}

impl Request {
    fn read(data: &[u8]) -> Option<Self> {
        let (slug, data) = first_line(data);
        let (secret, data) = first_line(data);
        let (now, data) = first_line(data);
        let (line, mut data) = first_line(data);
        let scheme = named(&schemes::whole(), slug, Scheme::slug);
        let (method, url) = core::str::from_utf8(line).ok()?.split_once(' ')?;
        let mut headers = Vec::new();
        loop {
            let (line, rest) = first_line(data);
            data = rest;
            if line.is_empty() {
                break;
            }
            let at = line.iter().position(|&byte| byte == b':')?;
            let name = HeaderName::from_bytes(&line[..at]).ok()?;
            let value = line[at + 1..].strip_prefix(b" ").unwrap_or(&line[at + 1..]);
            headers.push((name.as_str().to_owned(), value.to_vec()));
        }
        Some(Self {
            scheme,
            secret: core::str::from_utf8(secret).ok()?.replace("\\n", "\n"),
            now: core::str::from_utf8(now).ok()?.parse().ok()?,
            method: Method::from_bytes(method.as_bytes()).ok()?,
            url: url.to_owned(),
            headers,
            body: data.to_vec(),
        })
    }

    /// With a signature wherever byte 1 stands.
    fn signed(&self, signature: &[u8]) -> Self {
        let fill = |text: &[u8]| -> Vec<u8> {
            let pieces: Vec<&[u8]> = text.split(|&byte| byte == 1).collect();
            pieces.join(signature)
        };
        let url = fill(self.url.as_bytes());
        let headers = self.headers.iter();
        Self {
            url: String::from_utf8_lossy(&url).into_owned(),
            headers: headers
                .map(|(name, value)| (name.clone(), fill(value)))
                .collect(),
            body: fill(&self.body),
            ..self.clone()
        }
    }

    fn length(&self) -> usize {
        let headers = self.headers.iter();
        let headers: usize = headers.map(|(name, value)| name.len() + value.len()).sum();
        self.url.len() + headers + self.body.len()
    }

    fn plain(&self) -> whole::Request<'_> {
        whole::Request {
            scheme: self.scheme,
            now: self.now,
            method: self.method.as_str(),
            url: &self.url,
            headers: &self.headers,
            body: &self.body,
            config: CONFIG,
        }
    }

    fn header_map(&self) -> Option<HeaderMap> {
        let mut map = HeaderMap::new();
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            map.append(name, HeaderValue::from_bytes(value).ok()?);
        }
        Some(map)
    }

    fn verifier(&self) -> Option<Verifier> {
        self.with_keys(Keyring::new(Secret::new(self.secret.as_str())))
    }

    /// A verifier of another secret; none for public keys, which are not made of any text.
    fn another_secret(&self) -> Option<Verifier> {
        if self.scheme.algorithm().is_public_key() {
            return None;
        }
        let keys = Keyring::new(Secret::new("abcdef0123456789abcdef0123456789"));
        let older = Secret::new("0123456789abcdef0123456789abcdef");
        self.with_keys(keys.with_previous(older))
    }

    fn with_keys(&self, keys: Keyring) -> Option<Verifier> {
        let mut verifier = Verifier::new(self.scheme, keys).ok()?;
        for name in self.scheme.config_names() {
            verifier = verifier.with_config(name, CONFIG);
        }
        Some(verifier)
    }

    /// What no message repeats: a secret that is long enough not to stand in one by chance.
    fn secret_line(&self) -> &str {
        if self.secret.len() >= 16 {
            &self.secret
        } else {
            "\u{fffc}"
        }
    }
}
