//! Deliveries signed at a moment, and a clock that a test moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use hookproof::scheme::Scheme;
use hookproof::{Clock, Endpoint, EndpointBuilder, Secret, Signer, UnixTime, Verifier};
use http::{HeaderMap, Request};

use crate::support::clock::Fixed;
use crate::support::delivered::SECRET;
use crate::support::http::{Scripted, request};
use crate::support::signing::signed_headers;

pub(crate) const NOW: i64 = 1_767_225_600;

pub(crate) const BODY: &[u8] = br#"{"id":"evt_1","type":"invoice.paid"}"#;

/// Stands where it was moved last; copies are one clock.
#[derive(Clone, Debug)]
pub(crate) struct Moved(Arc<AtomicI64>);

impl Moved {
    pub(crate) fn to(now: i64) -> Self {
        Self(Arc::new(AtomicI64::new(now)))
    }

    pub(crate) fn set(&self, now: i64) {
        self.0.store(now, Ordering::SeqCst);
    }
}

impl Clock for Moved {
    fn now(&self) -> Option<UnixTime> {
        Some(UnixTime::from_secs(self.0.load(Ordering::SeqCst)))
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}

/// The endpoint of a scheme whose clock stands at [`NOW`].
pub(crate) fn builder(name: &str, scheme: &Scheme) -> EndpointBuilder {
    Endpoint::builder(name, verifier(scheme, SECRET))
}

pub(crate) fn plain(name: &str, scheme: &Scheme) -> Endpoint {
    let builder = builder(name, scheme).without_replay_guard();
    builder.build().expect("a sound endpoint")
}

pub(crate) fn verifier(scheme: &Scheme, secret: &str) -> Verifier {
    Verifier::new(scheme, Secret::new(secret))
        .expect("a usable secret")
        .with_clock(Fixed::at(NOW))
}

/// The headers that sign a body at a moment.
pub(crate) fn signed_at(scheme: &Scheme, body: &[u8], at: i64) -> HeaderMap {
    signed_as(scheme, SECRET, "id_1", body, at)
}

pub(crate) fn signed_as(
    scheme: &Scheme,
    secret: &str,
    id: &str,
    body: &[u8],
    at: i64,
) -> HeaderMap {
    let mut given = HeaderMap::new();
    for name in signed_headers(scheme) {
        given.insert(name, id.parse().expect("a value"));
    }
    Signer::new(scheme, Secret::new(secret))
        .expect("a usable secret")
        .sign_at(&given, body, UnixTime::from_secs(at))
        .expect("signed")
}

/// A genuine delivery of [`BODY`], stamped [`NOW`].
pub(crate) fn genuine(scheme: &Scheme) -> Request<Scripted> {
    genuine_at(scheme, NOW)
}

pub(crate) fn genuine_at(scheme: &Scheme, at: i64) -> Request<Scripted> {
    request(signed_at(scheme, BODY, at), Scripted::data(BODY))
}

/// A delivery without any header.
pub(crate) fn unsigned() -> Request<Scripted> {
    request(HeaderMap::new(), Scripted::data(BODY))
}
