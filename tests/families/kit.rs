//! A delivery with its whole request, signed here and not by the crate.

use bytes::Bytes;
use hookproof::replay::Identity;
use hookproof::scheme::Scheme;
use hookproof::{
    Delivery, Head, Keyring, Proven, Secret, UnixTime, Verifier, VerifyError, VerifyErrorKind,
};
use http::{HeaderMap, Method, Request};

use crate::support::delivered::{Verdict, kind};
use crate::support::signing::{self, hex, put};

pub(crate) const KEY: &str = "families-of-schemes-0123456789";

pub(crate) const OTHER_KEY: &str = "another-families-key-0123456789";

/// 2026-01-01T00:00:00Z.
pub(crate) const NOW: i64 = 1_767_225_600;

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// The usual MAC under [`KEY`], in hex.
pub(crate) fn mac(content: impl AsRef<[u8]>) -> String {
    mac_under(KEY, content)
}

pub(crate) fn mac_under(key: &str, content: impl AsRef<[u8]>) -> String {
    hex(&signing::hmac(key.as_bytes(), content.as_ref()))
}

pub(crate) fn verifier(scheme: &Scheme) -> Verifier {
    with_keys(scheme, Secret::new(KEY))
}

pub(crate) fn with_keys(scheme: &Scheme, keys: impl Into<Keyring>) -> Verifier {
    Verifier::new(scheme, keys).expect("usable keys")
}

/// Both keys, the usual one older.
pub(crate) fn rotating() -> Keyring {
    Keyring::new(Secret::new(OTHER_KEY)).with_previous(Secret::new(KEY))
}

/// A request as it reached the receiver.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) request: Request<Vec<u8>>,
    now: i64,
    url: Option<String>,
}

impl Sent {
    pub(crate) fn to(uri: &str) -> Self {
        Self {
            request: Request::post(uri).body(Vec::new()).expect("a request"),
            now: NOW,
            url: None,
        }
    }

    pub(crate) fn form(body: impl Into<Vec<u8>>) -> Self {
        Self::to("/hook").with("content-type", FORM).body(body)
    }

    pub(crate) fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::to("/hook")
            .with("content-type", "application/json")
            .body(body)
    }

    /// With this value alone under that name.
    pub(crate) fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        put(self.request.headers_mut(), name, value.as_ref());
        self
    }

    /// With one line more of that name.
    pub(crate) fn and(mut self, name: &'static str, value: &str) -> Self {
        let value = value.parse().expect("a header value");
        self.request.headers_mut().append(name, value);
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.request.headers_mut().remove(name);
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        *self.request.body_mut() = body.into();
        self
    }

    pub(crate) fn method(mut self, method: Method) -> Self {
        *self.request.method_mut() = method;
        self
    }

    pub(crate) fn uri(mut self, uri: &str) -> Self {
        *self.request.uri_mut() = uri.parse().expect("a target");
        self
    }

    pub(crate) const fn at(mut self, now: i64) -> Self {
        self.now = now;
        self
    }

    /// The URL that the caller states.
    pub(crate) fn stated(mut self, url: &str) -> Self {
        self.url = Some(url.to_owned());
        self
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    fn head(&self) -> Head<'_> {
        let head = Head::from(&self.request);
        match &self.url {
            Some(url) => head.with_url(url),
            None => head,
        }
    }

    /// The verdict, after checking that it is the same however the body comes.
    pub(crate) fn judged(&self, verifier: &Verifier) -> Result<Proven, VerifyError> {
        let body = self.request.body();
        let now = UnixTime::from_secs(self.now);
        let receipt = verifier.verify_at(Delivery::new(self.head(), body), now);
        let proven = self.streamed(verifier, body.len());
        assert_eq!(said(&receipt), said(&proven), "one call, and one frame");
        if body.len() <= 4096 {
            let slow = self.streamed(verifier, 1);
            assert_eq!(said(&receipt), said(&slow), "one call, and single bytes");
            if let (Ok(at_once), Ok(slow)) = (&proven, &slow) {
                assert_eq!(identified(at_once), identified(slow));
                assert_eq!(at_once.body(), slow.body());
            }
        }
        proven
    }

    fn streamed(&self, verifier: &Verifier, size: usize) -> Result<Proven, VerifyError> {
        let now = UnixTime::from_secs(self.now);
        let mut verification = verifier.begin_at(self.head(), now)?;
        for frame in self.request.body().chunks(size.max(1)) {
            verification.update(Bytes::copy_from_slice(frame))?;
        }
        verification.finish()
    }

    /// What the head alone gives away.
    pub(crate) fn begun(&self, verifier: &Verifier) -> Verdict {
        kind(&verifier.begin_at(self.head(), UnixTime::from_secs(self.now)))
    }

    pub(crate) fn verdict(&self, verifier: &Verifier) -> Verdict {
        kind(&self.judged(verifier))
    }

    pub(crate) fn proven(&self, verifier: &Verifier) -> Proven {
        self.judged(verifier).expect("a genuine delivery")
    }

    pub(crate) fn identity(&self, verifier: &Verifier) -> Identity {
        self.proven(verifier).identity().expect("an identity")
    }

    /// Why a proven delivery has no identity.
    pub(crate) fn nameless(&self, verifier: &Verifier) -> VerifyErrorKind {
        let error = self.proven(verifier).identity();
        error.expect_err("nothing identifies it").kind()
    }
}

fn said<T>(result: &Result<T, VerifyError>) -> Result<(), String> {
    result
        .as_ref()
        .map(|_| ())
        .map_err(|error| format!("{}: {error}", error.kind()))
}

fn identified(proven: &Proven) -> Result<Identity, VerifyErrorKind> {
    proven.identity().map_err(|error| error.kind())
}
