//! Secrets that are none.

use std::fs;

use hookproof::scheme::Scheme;
use hookproof::{ConfigErrorKind, KeyFile, Keyring, Secret, Verifier, VerifyErrorKind, providers};

use crate::forms::event;
use crate::support::delivered::{Delivered, SECRET};

const SCHEMES: [&Scheme; 3] = [
    &providers::MAILINGAPI,
    &providers::STANDARD_WEBHOOKS,
    &providers::GITHUB,
];

/// The text is refused alone, as an older key, and where a ring is exchanged; what is said of it.
fn is_refused(text: &str) -> Vec<String> {
    let mut said = Vec::new();
    for scheme in SCHEMES {
        let good = || Keyring::new(Secret::new(SECRET));
        let running = Verifier::new(scheme, good()).expect("a usable secret");
        let errors = [
            Verifier::new(scheme, Secret::new(text)).err(),
            Verifier::new(scheme, good().with_previous(Secret::new(text))).err(),
            running.rotate(Secret::new(text)).err(),
        ];
        for error in errors {
            let error = error.unwrap_or_else(|| panic!("{} takes {text:?}", scheme.slug()));
            assert_eq!(error.kind(), ConfigErrorKind::BadSecret, "{text:?}");
            said.push(error.to_string());
        }
    }
    said
}

/// hx-s-028, empty secret: an error at construction, as is a blank one.
#[test]
fn hx_s_028_an_empty_secret() {
    for text in ["", " ", "\t", "\n", "\r\n", "\0", "\u{a0}", "\u{feff}"] {
        is_refused(text);
    }
}

fn judged(keys: Keyring) -> Result<(), VerifyErrorKind> {
    let mut delivered: Delivered = event(&providers::MAILINGAPI, 1);
    delivered.verifier = Verifier::new(&providers::MAILINGAPI, keys).expect("usable");
    delivered.verdict()
}

/// hx-s-030, secret with a trailing newline: an error at construction that names the line break; the
/// loader of files takes a secret a line, so that it is no part of one there (`KeyFile`).
#[test]
fn hx_s_030_a_secret_with_a_trailing_newline() {
    for end in ["\n", "\r\n", "\r", "\n\n"] {
        for said in is_refused(&format!("{SECRET}{end}")) {
            assert!(said.contains("line break"), "{end:?}: {said}");
        }
    }
    let path = std::env::temp_dir().join(format!("hookproof-scenario-{}", std::process::id()));
    for end in ["", "\n", "\r\n"] {
        fs::write(&path, format!("{SECRET}{end}")).expect("written");
        let read = KeyFile::new(&path).read().expect("usable");
        assert_eq!(judged(read), Ok(()), "{end:?}");
        let loaded = Keyring::from_file(&path).expect("usable");
        assert_eq!(judged(loaded), Ok(()), "{end:?}");
    }
    fs::remove_file(&path).expect("removed");
}

/// hx-s-031, secret equal to placeholder text: an error at construction, in whatever case.
#[test]
fn hx_s_031_a_secret_that_is_a_placeholder() {
    for text in [
        "whsec_...",
        "changeme",
        "CHANGEME",
        "your_webhook_secret",
        "Your_Webhook_Secret",
        "${WEBHOOK_SECRET}",
        "<your-secret>",
    ] {
        is_refused(text);
    }
}
