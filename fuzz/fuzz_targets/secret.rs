//! Any text as a secret: taken exactly where a plain restatement of the rules takes it, for the
//! same key bytes, and shown nowhere.
//!
//! Input: the key format's name (`base64`, `hex`, `text`, `whsec`) and a line end, then the text.
#![no_main]

use std::collections::HashSet;
use std::sync::LazyLock;

use hookproof::scheme::{Encoding, KeyFormat, Scheme};
use hookproof::{Delivery, Secret, Verifier};
use hookproof_fuzz::reference::{self, encode, hmac_sha256};
use hookproof_fuzz::{first_line, named};
use http::HeaderMap;
use libfuzzer_sys::fuzz_target;

const BODY: &[u8] = b"Hello, World!";

static SCHEMES: [Scheme; 4] = [
    Scheme::builder("base64", "x-mac")
        .key_format(KeyFormat::Base64 { prefix: "" })
        .build(),
    Scheme::builder("hex", "x-mac")
        .key_format(KeyFormat::Hex)
        .build(),
    Scheme::builder("text", "x-mac").build(),
    Scheme::builder("whsec", "x-mac")
        .key_format(KeyFormat::Base64 { prefix: "whsec_" })
        .build(),
];

/// Everything that is ever said of a bad secret, from bad secrets that are known: a message that
/// held a piece of another would not be among them.
static MESSAGES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let bad = ["", " ", "a\nb", " a", "changeme", "!", "whsec_"];
    let all = bad.iter().flat_map(|text| {
        let errors = SCHEMES.iter().map(|scheme| refusal(scheme, text));
        errors.flatten().collect::<Vec<_>>()
    });
    all.collect()
});

fn refusal(scheme: &Scheme, text: &str) -> Option<String> {
    let error = Verifier::new(scheme, Secret::new(text)).err()?;
    Some(format!("{error} {error:?}"))
}

fuzz_target!(|data: &[u8]| {
    let (name, text) = first_line(data);
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let all: Vec<&Scheme> = SCHEMES.iter().collect();
    let scheme = named(&all, name, Scheme::slug);
    assert_eq!(format!("{:?}", Secret::new(text)), "Secret([redacted])");

    let expected = reference::key(scheme.key_format(), text);
    let verifier = match Verifier::new(scheme, Secret::new(text)) {
        Ok(verifier) => verifier,
        Err(error) => {
            assert_eq!(expected, None, "{error}");
            assert!(MESSAGES.contains(&format!("{error} {error:?}")), "{error}");
            return;
        }
    };
    let key = expected.expect("only a text that the rules allow is taken");
    assert_eq!(verifier.short_keys().len(), usize::from(key.len() < 16));
    let other = Verifier::new(scheme, Secret::new("abcdef0123456789abcdef0123456789"));
    assert_eq!(
        format!("{verifier:?}"),
        format!("{:?}", other.expect("a secret under every format"))
    );

    let mac = encode(Encoding::Hex, &hmac_sha256(&key, BODY));
    let mut headers = HeaderMap::new();
    headers.insert("x-mac", mac.parse().expect("hex is a header value"));
    let verdict = verifier.verify(Delivery::new(&headers, BODY));
    assert!(verdict.is_ok(), "the key is another than the rules give");
});
