//! Files of schemes: any text is read or refused; what is read contradicts itself nowhere, is the
//! same when it is written and read again, and verifies what it signs and not another body.
//!
//! Input: `toml` or `json` and a line end, then the text.
#![no_main]

use hookproof::config::{Format, MAX_SCHEMES, Schemes, write};
use hookproof::scheme::{BodyForm, Part, Scheme, Timestamp};
use hookproof::{Delivery, Secret, Signer, UnixTime, Verifier, providers};
use hookproof_fuzz::delivery::{NOW, content_headers};
use hookproof_fuzz::{first_line, lints, named};
use http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;

const SECRET: &str = "6162636465666768696a6b6c6d6e6f70";
const BODY: &[u8] = br#"{"id":"evt_1","type":"made"}"#;
const ANOTHER: &[u8] = br#"{"id":"evt_2","type":"made"}"#;

fuzz_target!(|data: &[u8]| {
    let (name, text) = first_line(data);
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let format = named(&[Format::Json, Format::Toml], name, |format| match format {
        Format::Json => "json",
        _ => "toml",
    });
    let schemes = match Schemes::parse(text, format) {
        Ok(schemes) => schemes,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    assert!((1..=MAX_SCHEMES).contains(&schemes.len()));
    for scheme in schemes.iter() {
        assert!(providers::find(scheme.slug()).is_none());
        assert_eq!(schemes.find(scheme.slug()), Some(scheme));
        lints::check(scheme);
        check_round(scheme);
    }
    for format in [Format::Json, Format::Toml] {
        let written = write(schemes.iter(), format);
        let again = Schemes::parse(&written, format).expect("what is written can be read");
        assert!(again.iter().eq(schemes.iter()), "{written}");
        assert_eq!(write(again.iter(), format), written);
    }
});

/// Signs where the scheme is one that a signer can write into headers, and verifies.
fn check_round(scheme: &Scheme) {
    let own = |part: &Part| {
        matches!(
            part,
            Part::Body | Part::Header(_) | Part::Literal(_) | Part::Timestamp
        )
    };
    if scheme.algorithm().is_public_key()
        || !scheme.content().iter().all(own)
        || !scheme.required_headers().is_empty()
        || scheme.body_digest().is_some()
        // A signer writes the signature header, which need not be one of the numbered ones.
        || scheme.numbered().is_some()
        || scheme.body_form() != BodyForm::Sent
        || matches!(scheme.timestamp(), Some(Timestamp::At(_)))
    {
        return;
    }
    let (Ok(signer), Ok(verifier)) = (
        Signer::new(scheme, Secret::new(SECRET)),
        Verifier::new(scheme, Secret::new(SECRET)),
    ) else {
        return;
    };
    let mut given = HeaderMap::new();
    for name in content_headers(scheme) {
        given.insert(name, HeaderValue::from_static("msg_1"));
    }
    let now = UnixTime::from_secs(NOW);
    let Ok(headers) = signer.sign_at(&given, BODY, now) else {
        return;
    };
    let verdict = |body| verifier.verify_at(Delivery::new(&headers, body), now);
    assert!(verdict(BODY).is_ok(), "it does not verify what it signed");
    assert_eq!(verdict(ANOTHER).is_err(), scheme.covers_body());
    let unsigned = verifier.verify_at(Delivery::new(&given, BODY), now);
    assert!(unsigned.is_err(), "it takes what nobody signed");
}
