//! Any request to the presets that are judged when a delivery is whole: their signatures, timestamps
//! and signed values stand in JSON, forms, queries and URLs that nothing has proven yet.
//!
//! Input, a line each: a preset's slug; the secret, with `\\n` for a line break; the clock in unix
//! seconds; the method and the URL with a blank between; the headers, as `name: value`; an empty
//! line; then the body as it is.
#![no_main]

use bytes::Bytes;
use hookproof::scheme::Scheme;
use hookproof::{Delivery, Head, Keyring, Secret, UnixTime, Verifier, VerifyErrorKind};
use hookproof_fuzz::{first_line, named, schemes};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(request) = Request::read(data) else {
        return;
    };
    let Some(verifier) = request.verifier() else {
        return;
    };
    let now = UnixTime::from_secs(request.now);
    let head = || {
        Head::from(&request.headers)
            .with_method(&request.method)
            .with_url(request.url)
    };
    let verdict = verifier.verify_at(Delivery::new(head(), request.body), now);
    let whole = verdict.map(|receipt| receipt.key().to_owned());

    // Frame by frame it is the same verdict, and a proof can be asked for all that it tells.
    let streamed = verifier.begin_at(head(), now).and_then(|mut verification| {
        for frame in request.body.chunks(7) {
            verification.update(Bytes::copy_from_slice(frame))?;
        }
        verification.finish()
    });
    match (whole, streamed) {
        (Ok(key), Ok(proven)) => {
            assert_eq!(proven.receipt().key(), key);
            assert_eq!(proven.body(), request.body);
            let identity = proven.identity().map_err(|error| error.kind());
            let again = proven.identity().map_err(|error| error.kind());
            assert_eq!(identity, again);
            if let Err(kind) = identity {
                assert_eq!(kind, VerifyErrorKind::Malformed);
            }
            let _ = (proven.delivery_id(), proven.event_type());
            let _ = proven.unsigned_delivery_id(&request.headers);
            // Nothing that another secret signs is taken, nor is the secret of an older key.
            if let Some(other) = request.another_secret() {
                let verdict = other.verify_at(Delivery::new(head(), request.body), now);
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

struct Request<'d> {
    scheme: &'static Scheme,
    secret: &'d str,
    now: i64,
    method: Method,
    url: &'d str,
    headers: HeaderMap,
    body: &'d [u8],
}

impl<'d> Request<'d> {
    fn read(data: &'d [u8]) -> Option<Self> {
        let (slug, data) = first_line(data);
        let (secret, data) = first_line(data);
        let (now, data) = first_line(data);
        let (line, mut data) = first_line(data);
        let scheme = named(&schemes::whole(), slug, Scheme::slug);
        let (method, url) = core::str::from_utf8(line).ok()?.split_once(' ')?;
        let mut headers = HeaderMap::new();
        loop {
            let (line, rest) = first_line(data);
            data = rest;
            if line.is_empty() {
                break;
            }
            let at = line.iter().position(|&byte| byte == b':')?;
            let name = HeaderName::from_bytes(&line[..at]).ok()?;
            let value = line[at + 1..].strip_prefix(b" ").unwrap_or(&line[at + 1..]);
            headers.append(name, HeaderValue::from_bytes(value).ok()?);
        }
        Some(Self {
            scheme,
            secret: core::str::from_utf8(secret).ok()?,
            now: core::str::from_utf8(now).ok()?.parse().ok()?,
            method: Method::from_bytes(method.as_bytes()).ok()?,
            url,
            headers,
            body: data,
        })
    }

    fn verifier(&self) -> Option<Verifier> {
        self.with_keys(Keyring::new(Secret::new(self.secret.replace("\\n", "\n"))))
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
            verifier = verifier.with_config(name, "38abcd");
        }
        Some(verifier)
    }

    /// What no message repeats: a secret that is long enough not to stand in one by chance.
    fn secret_line(&self) -> &str {
        if self.secret.len() >= 16 {
            self.secret
        } else {
            "\u{fffc}"
        }
    }
}
