//! What is signed of forms, queries and URLs: the library puts together what the plain reference puts
//! together, and takes the signature of nothing else.
//!
//! Input, a line each: a scheme's slug; the content type; the URL; then the body.
#![no_main]

use hookproof::scheme::{Encoding, Scheme};
use hookproof::{Delivery, Head, Secret, UnixTime, Verifier, VerifyError};
use hookproof_fuzz::bounds::Bound;
use hookproof_fuzz::delivery::NOW;
use hookproof_fuzz::reference::whole::{Request, sign};
use hookproof_fuzz::reference::{encode, hmac_sha256, url};
use hookproof_fuzz::{first_line, named, schemes};
use http::{HeaderMap, HeaderValue, Method};
use libfuzzer_sys::fuzz_target;

const SECRET: &str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fuzz_target!(|data: &[u8]| {
    let (slug, rest) = first_line(data);
    let (content_type, rest) = first_line(rest);
    let (url, body) = first_line(rest);
    let all: Vec<&Scheme> = schemes::CANONICAL.iter().collect();
    let scheme = named(&all, slug, Scheme::slug);
    let (Ok(url), Ok(content_type)) = (
        std::str::from_utf8(url),
        HeaderValue::from_bytes(content_type),
    ) else {
        return;
    };
    let headers = [
        ("content-type".to_owned(), content_type.as_bytes().to_vec()),
        ("x-mac".to_owned(), b"-".to_vec()),
    ];
    let request = Request {
        scheme,
        now: NOW,
        method: "POST",
        url,
        headers: &headers,
        body,
        config: "",
    };
    // The reference reads no multipart form: there is nothing then to compare with.
    let in_parts = content_type.as_bytes().to_ascii_lowercase();
    let in_parts = in_parts.starts_with(b"multipart/");
    let signature = sign(&request, SECRET);
    let judge = |signature: &[u8], url: &str| -> Result<(), VerifyError> {
        let verifier = Verifier::new(scheme, Secret::new(SECRET)).expect("a good secret");
        let mut map = HeaderMap::new();
        map.insert("content-type", content_type.clone());
        map.insert("x-mac", HeaderValue::from_bytes(signature).expect("hex"));
        let head = Head::from(&map).with_method(&Method::POST).with_url(url);
        let delivery = Delivery::new(head, body);
        verifier
            .verify_at(delivery, UnixTime::from_secs(NOW))
            .map(drop)
    };
    // Of no message that could be taken for what is signed.
    let forged = encode(Encoding::Hex, &hmac_sha256(SECRET.as_bytes(), b"\0forged"));
    let verdict = Bound::DELIVERY.check(data.len(), || judge(forged.as_bytes(), url));
    assert!(verdict.is_err());
    let Some(signature) = signature.filter(|_| !in_parts) else {
        return;
    };
    let verdict = judge(&signature, url);
    assert!(verdict.is_ok(), "{verdict:?}");
    if scheme.has_port_variants() && !url.contains('[') {
        // The form with the port has the same two forms again.
        let forms = url::port_variants(url);
        let with_port = forms.last().expect("there is one form at least");
        assert_eq!(&url::port_variants(with_port), &forms);
        assert!(judge(&signature, with_port).is_ok(), "{with_port}");
    }
});
