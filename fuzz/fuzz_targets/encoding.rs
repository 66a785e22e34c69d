//! One candidate's text: only the right MAC in its one spelling is accepted.
//!
//! Input: `base64`, `base64url` or `hex` and a line end, then the candidate, for the MAC of `BODY`
//! under `SECRET`.
#![no_main]

use hookproof::scheme::{Encoding, Scheme};
use hookproof::{Delivery, Secret, Verifier};
use hookproof_fuzz::reference::{decode, encode, hmac_sha256};
use hookproof_fuzz::{first_line, named, schemes};
use http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;

const BODY: &[u8] = b"Hello, World!";
const SECRET: &str = "It's a Secret to Everybody";

fuzz_target!(|data: &[u8]| {
    let (name, candidate) = first_line(data);
    let all: Vec<&Scheme> = schemes::BARE.iter().collect();
    let scheme = named(&all, name, Scheme::slug);
    let Ok(value) = HeaderValue::from_bytes(candidate) else {
        return;
    };
    let mut headers = HeaderMap::new();
    headers.insert("x-mac", value);
    let verifier = Verifier::new(scheme, Secret::new(SECRET)).expect("a good secret");
    let accepted = verifier.verify(Delivery::new(&headers, BODY)).is_ok();

    let mac = hmac_sha256(SECRET.as_bytes(), BODY);
    let spelling = encode(scheme.encoding(), &mac);
    let canonical = match scheme.encoding() {
        Encoding::Hex => candidate.eq_ignore_ascii_case(spelling.as_bytes()),
        _ => candidate == spelling.as_bytes(),
    };
    assert_eq!(accepted, canonical);
    let decoded = decode(scheme.encoding(), candidate);
    assert_eq!(accepted, decoded.as_deref() == Some(&mac[..]));
});
