//! Searches texts for bytes that must not be in them, in every form in which they could be.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use bytes::Bytes;

use crate::support::signing::hex;

/// Fewer bytes than this are in many a text by chance.
const LEAST: usize = 8;

type Start = [u8; LEAST];

/// All that is hidden, by its first bytes, so that one pass finds any of it.
#[derive(Clone)]
pub(crate) struct Needles {
    by_start: HashMap<Start, Vec<(Vec<u8>, String)>>,
    /// Whether anything hidden begins with these two bytes.
    begun: Vec<bool>,
    count: usize,
}

impl Needles {
    pub(crate) fn new() -> Self {
        Self {
            by_start: HashMap::new(),
            begun: vec![false; 1 << 16],
            count: 0,
        }
    }

    /// How many things are hidden, each in all its forms.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Hides bytes under a name, which says what was found.
    pub(crate) fn hide(&mut self, what: &str, bytes: &[u8]) {
        if bytes.len() < LEAST {
            return;
        }
        self.count += 1;
        for (form, text) in forms(bytes) {
            let start = *text.first_chunk::<LEAST>().expect("no form is shorter");
            self.begun[pair(&start)] = true;
            let known = self.by_start.entry(start).or_default();
            if known.iter().all(|(other, _)| *other != text) {
                known.push((text, format!("{what}, {form}")));
            }
        }
    }

    /// What of it is in a text.
    pub(crate) fn found(&self, text: &[u8]) -> Vec<&str> {
        let mut found = Vec::new();
        for (at, start) in text.windows(LEAST).enumerate() {
            if !self.begun[pair(start)] {
                continue;
            }
            let start = Start::try_from(start).expect("a window of that size");
            let known = self.by_start.get(&start).map_or(&[][..], Vec::as_slice);
            for (form, what) in known {
                if text[at..].starts_with(form) {
                    found.push(what.as_str());
                }
            }
        }
        found
    }
}

fn pair(start: &[u8]) -> usize {
    usize::from(start[0]) << 8 | usize::from(start[1])
}

/// As they are, encoded, and as `Debug` shows strings, bytes and lists of bytes.
fn forms(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let lower = hex(bytes);
    let list = format!("{bytes:?}");
    let shown = format!("{:?}", Bytes::copy_from_slice(bytes));
    let mut forms = vec![
        ("raw", bytes.to_vec()),
        ("in hex", lower.clone().into_bytes()),
        ("in upper-case hex", lower.to_uppercase().into_bytes()),
        // With its padding it begins the same way.
        ("in base64", STANDARD_NO_PAD.encode(bytes).into_bytes()),
        ("in base64url", URL_SAFE_NO_PAD.encode(bytes).into_bytes()),
        ("escaped", bytes.escape_ascii().to_string().into_bytes()),
        ("as bytes are shown", shown[2..shown.len() - 1].into()),
        ("as a list", list.trim_matches(['[', ']']).into()),
    ];
    if let Ok(text) = core::str::from_utf8(bytes) {
        let quoted = format!("{text:?}");
        forms.push(("quoted", quoted[1..quoted.len() - 1].into()));
    }
    forms
}

/// A leak that is planted, in each of its forms.
const PLANTED: &[u8] = b"\"\xfb\xff\xfe>planted?\x00leak";

#[test]
fn a_planted_leak_is_found_in_every_form() {
    let mut needles = Needles::new();
    needles.hide("the leak", PLANTED);
    needles.hide("another", b"another secret");
    let text = "pla\u{e9}\t\"nted";
    needles.hide("a text", text.as_bytes());
    let cases = [
        ("the leak, raw", PLANTED.to_vec()),
        ("the leak, in hex", hex(PLANTED).into_bytes()),
        (
            "the leak, in upper-case hex",
            hex(PLANTED).to_uppercase().into_bytes(),
        ),
        ("the leak, in base64", STANDARD.encode(PLANTED).into_bytes()),
        (
            "the leak, in base64",
            STANDARD_NO_PAD.encode(PLANTED).into_bytes(),
        ),
        (
            "the leak, in base64url",
            URL_SAFE.encode(PLANTED).into_bytes(),
        ),
        (
            "the leak, in base64url",
            URL_SAFE_NO_PAD.encode(PLANTED).into_bytes(),
        ),
        (
            "the leak, escaped",
            PLANTED.escape_ascii().to_string().into_bytes(),
        ),
        (
            "the leak, as bytes are shown",
            format!("{:?}", Bytes::from_static(PLANTED)).into_bytes(),
        ),
        ("the leak, as a list", format!("{PLANTED:?}").into_bytes()),
        ("a text, quoted", format!("{text:?}").into_bytes()),
    ];
    for (what, planted) in cases {
        for (before, after) in [("", ""), ("key=", "\n"), ("é\"", "\"é")] {
            let text = [before.as_bytes(), &planted, after.as_bytes()].concat();
            assert!(needles.found(&text).contains(&what), "{what}");
            // One byte off, and it is not there.
            let mut other = text.clone();
            other[before.len() + LEAST] ^= 1;
            assert!(!needles.found(&other).contains(&what), "{what}");
        }
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    let mut needles = Needles::new();
    needles.hide("the leak", PLANTED);
    needles.hide("too short to tell", b"refused");
    assert_eq!(needles.count(), 1);
    for text in ["", "planted", "delivery refused: signature does not match"] {
        assert!(needles.found(text.as_bytes()).is_empty());
    }
    let begun = &PLANTED[..PLANTED.len() - 1];
    assert!(needles.found(begun).is_empty());
}
