//! Every grammar in every encoding: a signature header is read as the plain reference reads it.
//!
//! Input: a scheme's slug and a line end, then the signature header's template (see `delivery`).
#![no_main]

use std::sync::LazyLock;

use hookproof::scheme::Scheme;
use hookproof::{Delivery, UnixTime, Verifier};
use hookproof_fuzz::delivery::{self, Headers, LABELS, NOW};
use hookproof_fuzz::{first_line, named, reference, schemes};
use libfuzzer_sys::fuzz_target;

const BODY: &[u8] = br#"{"id":"evt_1"}"#;
const KEYS: usize = LABELS.len();

static SCHEMES: LazyLock<Vec<&'static Scheme>> = LazyLock::new(schemes::all);

fuzz_target!(|data: &[u8]| {
    let (slug, template) = first_line(data);
    let scheme = named(&SCHEMES, slug, Scheme::slug);
    let Some(headers) = Headers::with_signature(scheme, template, BODY) else {
        return;
    };
    let verifier = Verifier::new(scheme, delivery::keyring(scheme, KEYS)).expect("good secrets");
    let delivery = Delivery::new(&headers.map, BODY);
    let verdict = verifier.verify_at(delivery, UnixTime::from_secs(NOW));
    let keys = delivery::keys(scheme, KEYS);
    match (
        verdict,
        reference::judge(scheme, &keys, &headers.plain, BODY, NOW),
    ) {
        (Ok(receipt), Ok(nth)) => assert_eq!(receipt.key(), LABELS[nth]),
        (Err(error), Err(kind)) => assert_eq!(error.kind(), kind, "{error:?}"),
        (verdict, expected) => panic!("{verdict:?}, where the reference says {expected:?}"),
    }
});
