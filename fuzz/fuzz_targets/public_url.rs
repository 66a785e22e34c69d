//! The URL that a provider signed: as configured or as a trusted proxy reports it, it is the one that
//! the plain reference knows, or it is not known and the delivery is refused.
//!
//! Input, a line each: `base`, `exact`, `forwarded` or `x-forwarded`; the configured text; the peer's
//! address; the request's target; the headers, as `name: value`. The proxy is 10.0.0.1.
#![no_main]

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use hookproof::scheme::{Encoding, Part, Scheme};
use hookproof::{
    Delivery, PeerAddr, PublicUrl, Secret, TrustedProxies, UnixTime, Verifier, VerifyErrorKind,
};
use hookproof_fuzz::bounds::Bound;
use hookproof_fuzz::delivery::NOW;
use hookproof_fuzz::reference::public_url::{Kind, may_configure, of};
use hookproof_fuzz::reference::{encode, hmac_sha256};
use hookproof_fuzz::{first_line, named};
use http::{HeaderName, HeaderValue, Request};
use libfuzzer_sys::fuzz_target;

const SECRET: &str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY: &[u8] = b"Hello, World!";
const PROXY: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));

static SCHEME: Scheme = Scheme::builder("url", "x-mac")
    .content(&[Part::Url, Part::Literal("\n"), Part::Body])
    .build();

fuzz_target!(|data: &[u8]| {
    let (kind, rest) = first_line(data);
    let (text, rest) = first_line(rest);
    let kinds = [Kind::Base, Kind::Exact, Kind::Forwarded, Kind::XForwarded];
    let kind = named(&kinds, kind, |kind| match kind {
        Kind::Base => "base",
        Kind::Exact => "exact",
        Kind::Forwarded => "forwarded",
        Kind::XForwarded => "x-forwarded",
    });
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let peers = [PROXY.to_string()];
    let url = match kind {
        Kind::Base => PublicUrl::base(text),
        Kind::Exact => PublicUrl::exact(text),
        Kind::Forwarded => TrustedProxies::forwarded(peers).map(PublicUrl::forwarded),
        Kind::XForwarded => TrustedProxies::x_forwarded(peers).map(PublicUrl::forwarded),
    };
    let configured = matches!(kind, Kind::Base | Kind::Exact);
    assert_eq!(url.is_ok(), !configured || may_configure(kind, text));
    let (Ok(url), Some((mut request, peer))) = (url, request(rest)) else {
        return;
    };
    let expected = of(kind, text, (peer, PROXY), request.uri(), request.headers());
    let message = [
        expected.as_deref().unwrap_or_default().as_bytes(),
        b"\n",
        BODY,
    ]
    .concat();
    let mac = encode(Encoding::Hex, &hmac_sha256(SECRET.as_bytes(), &message));
    let mac = HeaderValue::from_str(&mac).expect("hex is a header's value");
    request.headers_mut().insert("x-mac", mac);
    let verifier = Verifier::new(&SCHEME, Secret::new(SECRET)).expect("a good secret");
    let verifier = verifier.with_public_url(url);
    let verdict = Bound::DELIVERY.check(data.len(), || {
        verifier.verify_at(Delivery::new(&request, BODY), UnixTime::from_secs(NOW))
    });
    match (verdict, expected) {
        (Ok(_), Some(_)) => {}
        (Err(error), None) => assert_eq!(error.kind(), VerifyErrorKind::Unavailable),
        (verdict, expected) => panic!("{verdict:?} for {expected:?}"),
    }
});

/// The request of the lines that follow, and its peer.
fn request(data: &[u8]) -> Option<(Request<()>, Option<IpAddr>)> {
    let (peer, data) = first_line(data);
    let (target, mut data) = first_line(data);
    let mut request = Request::new(());
    *request.uri_mut() = target.try_into().ok()?;
    while !data.is_empty() {
        let (line, rest) = first_line(data);
        data = rest;
        let at = line.iter().position(|&byte| byte == b':')?;
        let name = HeaderName::from_bytes(&line[..at]).ok()?;
        let value = HeaderValue::from_bytes(line[at + 1..].trim_ascii_start()).ok()?;
        request.headers_mut().append(name, value);
    }
    let peer: Option<IpAddr> = std::str::from_utf8(peer).ok()?.parse().ok();
    if let Some(peer) = peer {
        let peer = PeerAddr(SocketAddr::new(peer, 443));
        request.extensions_mut().insert(peer);
    }
    Some((request, peer))
}
