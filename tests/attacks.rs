//! Attacks. Here every accepted vector, with each input tampered with, one at a time; in
//! `attacks/` every scheme, with texts that are no MAC and headers of every size.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "attacks/sizes.rs"]
mod sizes;
mod support;
#[path = "attacks/texts.rs"]
mod texts;

use std::collections::HashSet;
use std::sync::LazyLock;

use hookproof::Verifier;
use hookproof::VerifyErrorKind::{
    self, DuplicateHeader, Future, Malformed, Mismatch, MissingHeader, Stale,
};
use hookproof::providers;
use hookproof::scheme::{Encoding, Grammar, Timestamp};
use http::HeaderValue;
use support::delivered::{Delivered, Verdict, kind};
use support::reading::{Stamp, candidates, is_well_formed, window};
use support::shapes::is_plain;
use support::signing::{decode, key_bytes};
use support::vectors::load;

/// The accepted deliveries of all files whose MAC runs while the body arrives, each with its vector's id.
static ACCEPTED: LazyLock<Vec<(String, Delivered)>> = LazyLock::new(|| {
    let mut accepted = Vec::new();
    for file in ["seeds.jsonl", "providers.jsonl", "hostile.jsonl"] {
        for vector in load(file) {
            let scheme = providers::find(&vector.provider).expect("a preset");
            if is_plain(scheme) && vector.judge() == "accept" {
                let delivered = Delivered::of(&vector).expect("an accepted vector has headers");
                accepted.push((vector.id, delivered));
            }
        }
    }
    assert_eq!(accepted.len(), 470, "the files have changed");
    accepted
});

fn accepted() -> impl Iterator<Item = (&'static str, &'static Delivered)> {
    ACCEPTED
        .iter()
        .map(|(id, delivered)| (id.as_str(), delivered))
}

/// Fails with the vector's id where a tampered delivery gets another verdict.
#[track_caller]
fn refused(id: &str, what: &str, tampered: &Delivered, kind: VerifyErrorKind) {
    assert_eq!(tampered.verdict(), Err(kind), "{id}: {what}");
}

/// The timestamp's text; empty where none is signed.
fn stamp_of(delivered: &Delivered) -> String {
    Stamp::of(delivered).map_or_else(String::new, |stamp| stamp.text)
}

fn text(value: &[u8]) -> String {
    String::from_utf8(value.to_vec()).expect("a text")
}

/// The good MAC of a delivery and where it stands in the signature header: every window of the
/// right length that decodes to it.
struct Good {
    mac: [u8; 32],
    places: Vec<usize>,
    length: usize,
}

impl Good {
    fn of(delivered: &Delivered) -> Self {
        let mac = delivered.mac(&stamp_of(delivered));
        let length = delivered.encoded(&mac).len();
        let header = delivered.value(delivered.signature_header());
        let reads = |at: &usize| {
            core::str::from_utf8(&header[*at..at + length])
                .ok()
                .and_then(|text| decode(delivered.scheme.encoding(), text))
                .is_some_and(|bytes| bytes == mac)
        };
        let places = (0..=header.len() - length).filter(reads).collect();
        Self {
            mac,
            places,
            length,
        }
    }

    /// The delivery with its good MAC exchanged for another text, wherever it stands.
    fn exchanged(&self, delivered: &Delivered, candidate: &str) -> Delivered {
        let name = delivered.signature_header();
        let mut header = delivered.value(name);
        for at in self.places.iter().rev() {
            header.splice(*at..at + self.length, candidate.bytes());
        }
        delivered.with(name, &header).expect("a header value")
    }
}

fn flipped(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut flipped = bytes.to_vec();
    flipped[bit / 8] ^= 1 << (bit % 8);
    flipped
}

/// The grammar and the window, told anew.
fn verdict_on_stamp(delivered: &Delivered, stamp: &[u8]) -> VerifyErrorKind {
    // A flipped bit may make a separator, which ends the pair.
    let stamp = match (delivered.scheme.timestamp(), delivered.scheme.grammar()) {
        (Some(Timestamp::Pair(_)), Grammar::Pairs { separator, .. }) => {
            let end = stamp.iter().position(|byte| *byte == separator);
            &stamp[..end.unwrap_or(stamp.len())]
        }
        _ => stamp,
    };
    let digits = stamp.iter().all(u8::is_ascii_digit) && (1..=12).contains(&stamp.len());
    if !digits || (stamp[0] == b'0' && stamp.len() > 1) {
        return Malformed;
    }
    let at: i64 = text(stamp).parse().expect("digits");
    match window(&delivered.scheme) {
        Some((past, _)) if delivered.now - at > past => Stale,
        Some((_, future)) if at - delivered.now > future => Future,
        _ => Mismatch,
    }
}

#[test]
fn every_accepted_vector_holds_its_mac() {
    for (id, delivered) in accepted() {
        assert!(!Good::of(delivered).places.is_empty(), "{id}");
        assert_eq!(delivered.verdict(), Ok(()), "{id}");
    }
}

#[test]
fn a_flipped_bit_of_the_mac_is_a_mismatch() {
    let mut seen = HashSet::new();
    for (id, delivered) in accepted() {
        let good = Good::of(delivered);
        // Every bit for one vector of each preset, for the others one bit of every second byte.
        let step = if seen.insert(delivered.scheme.slug()) {
            1
        } else {
            17
        };
        for bit in (0..good.mac.len() * 8).step_by(step) {
            let candidate = delivered.encoded(&flipped(&good.mac, bit));
            let tampered = good.exchanged(delivered, &candidate);
            assert_eq!(kind(&tampered.verify()), Err(Mismatch), "{id}: bit {bit}");
            if bit % 64 == 0 {
                refused(id, "a bit of the MAC, streamed", &tampered, Mismatch);
            }
        }
    }
}

#[test]
fn a_flipped_bit_of_the_timestamp_is_refused() {
    for (id, delivered) in accepted() {
        let Some(stamp) = Stamp::of(delivered) else {
            continue;
        };
        let header = delivered.value(stamp.header);
        for bit in 0..stamp.text.len() * 8 {
            let changed = flipped(stamp.text.as_bytes(), bit);
            let mut value = header.clone();
            value.splice(
                stamp.at..stamp.at + stamp.text.len(),
                changed.iter().copied(),
            );
            // `http` itself refuses to hold control characters.
            if let Some(tampered) = delivered.with(stamp.header, &value) {
                let kind = verdict_on_stamp(delivered, &changed);
                refused(id, "a bit of the timestamp", &tampered, kind);
            }
        }
    }
}

#[test]
fn a_changed_body_is_a_mismatch() {
    for (id, delivered) in accepted() {
        let body = &delivered.body;
        let tampered = |what: &str, body: Vec<u8>| {
            refused(id, what, &delivered.with_body(body), Mismatch);
        };
        for byte in [b'\n', b' ', 0, b'}'] {
            tampered("a byte more", [body.as_slice(), &[byte]].concat());
            tampered("a byte before", [&[byte], body.as_slice()].concat());
        }
        if body.is_empty() {
            continue;
        }
        let last = body.len() - 1;
        for bit in (0..8).chain(last * 8..last * 8 + 8) {
            tampered("a bit of the body", flipped(body, bit));
        }
        tampered("a byte fewer at the end", body[..last].to_vec());
        tampered("a byte fewer at the start", body[1..].to_vec());
        tampered("no body", Vec::new());
    }
}

#[test]
fn every_header_that_is_read_must_be_there() {
    for (id, delivered) in accepted() {
        for name in delivered.read_headers() {
            let mut tampered = delivered.clone();
            tampered.headers.remove(name);
            // An alias may stand beside the header it replaces.
            for alias in delivered.scheme.aliases() {
                if name == delivered.signature_header() {
                    tampered.headers.remove(*alias);
                }
            }
            let error = tampered.judge().expect_err(name);
            assert_eq!(error.kind(), MissingHeader, "{id}: {name} dropped");
            let missing = error.header().expect("a header").as_str();
            let signature = delivered.scheme.signature_header();
            assert!(
                missing == name || Some(missing) == signature,
                "{id}: {missing}"
            );
        }
    }
}

#[test]
fn every_header_that_is_read_must_be_single() {
    for (id, delivered) in accepted() {
        for name in delivered.read_headers() {
            let value = delivered.value(name);
            for second in [value.clone(), b"x".to_vec(), Vec::new()] {
                let mut tampered = delivered.clone();
                let second = HeaderValue::from_bytes(&second).expect("a value");
                tampered.headers.append(name, second.clone());
                let error = tampered.judge().expect_err(name);
                assert_eq!(error.kind(), DuplicateHeader, "{id}: {name} repeated");
                assert_eq!(error.header().expect("a header"), name, "{id}");

                let mut swapped = delivered.clone();
                swapped.headers.insert(name, second);
                let first = HeaderValue::from_bytes(&value).expect("a value");
                swapped.headers.append(name, first);
                refused(id, "repeated, good one last", &swapped, DuplicateHeader);
            }
        }
    }
}

#[test]
fn every_header_that_is_read_must_hold_something() {
    for (id, delivered) in accepted() {
        for name in delivered.read_headers() {
            let error = delivered.with(name, b"").expect("a value").judge();
            let error = error.expect_err(name);
            assert_eq!(error.kind(), Malformed, "{id}: {name} emptied");
            assert_eq!(error.header().expect("a header"), name, "{id}");
        }
    }
}

/// Two lines that a proxy joined. A list or pairs go on reading: the half that is spoilt by the
/// blank or the comma is passed over, and what verifies is the other, under the same MAC.
#[test]
fn a_joined_signature_header_proves_no_more_than_one_line() {
    for (id, delivered) in accepted() {
        let grammar = delivered.scheme.grammar();
        let name = delivered.signature_header();
        let value = delivered.value(name);
        if candidates(grammar, &text(&value)).len() > 1 {
            continue;
        }
        let joined = [value.as_slice(), b", ", &value].concat();
        let joined = delivered.with(name, &joined).expect("a value");
        let verdict: Verdict = match (grammar, delivered.scheme.timestamp()) {
            _ if value.len() * 2 + 2 > Verifier::MAX_HEADER => Err(Malformed),
            (Grammar::List { .. }, _) => Ok(()),
            // The second line's timestamp has a blank before it, unless it is not that line's first
            // pair; then there are two.
            (Grammar::Pairs { assign, .. }, Some(Timestamp::Pair(key)))
                if !value.starts_with(&[key.as_bytes(), &[assign]].concat()) =>
            {
                Err(Malformed)
            }
            (Grammar::Pairs { .. }, _) => Ok(()),
            _ => Err(Malformed),
        };
        assert_eq!(joined.verdict(), verdict, "{id}");
        let kind = verdict.err().unwrap_or(Mismatch);
        let other_body = joined.with_body(*b"{}");
        refused(id, "joined, with another body", &other_body, kind);
    }
}

#[test]
fn joined_timestamps_and_signed_headers_are_refused() {
    for (id, delivered) in accepted() {
        for name in &delivered.read_headers()[1..] {
            let value = delivered.value(name);
            let joined = [value.as_slice(), b", ", &value].concat();
            let kind = match delivered.timestamp_header() {
                Some(timestamp) if timestamp == *name => Malformed,
                _ if joined.len() > 8192 => Malformed,
                _ => Mismatch,
            };
            let tampered = delivered.with(name, &joined).expect("a value");
            refused(id, "joined", &tampered, kind);
        }
    }
}

#[test]
fn a_clock_past_either_end_of_the_window_refuses() {
    for (id, delivered) in accepted() {
        let Some((past, future)) = window(&delivered.scheme) else {
            for now in [i64::MIN, -1, 0, i64::MAX] {
                assert_eq!(delivered.at(now).verdict(), Ok(()), "{id}");
            }
            continue;
        };
        let at: i64 = stamp_of(delivered).parse().expect("digits");
        for (now, verdict) in [
            (at + past, Ok(())),
            (at + past + 1, Err(Stale)),
            (at - future, Ok(())),
            (at - future - 1, Err(Future)),
            (i64::MAX, Err(Stale)),
            (i64::MIN, Err(Future)),
        ] {
            assert_eq!(delivered.at(now).verdict(), verdict, "{id}: at {now}");
        }
    }
}

#[test]
fn a_cut_or_lengthened_mac_is_malformed() {
    for (id, delivered) in accepted() {
        let good = Good::of(delivered);
        let mac = good.mac;
        let encoding = delivered.scheme.encoding();
        let whole = delivered.encoded(&mac);
        let mut candidates: Vec<String> = [0, 1, 4, 16, 31]
            .map(|length| delivered.encoded(&mac[..length]))
            .to_vec();
        candidates.push(delivered.encoded(&[mac.as_slice(), &[0]].concat()));
        candidates.push(delivered.encoded(&[mac, mac].concat()));
        candidates.push(whole[..whole.len() - 1].to_owned());
        candidates.push(format!(
            "{whole}{}",
            if encoding == Encoding::Hex {
                "00"
            } else {
                "AAAA"
            }
        ));
        for candidate in candidates {
            let tampered = good.exchanged(delivered, &candidate);
            let header = text(&tampered.value(tampered.signature_header()));
            // Other candidates of the same header are well-formed still, and wrong.
            let kind = if is_well_formed(&delivered.scheme, &header) {
                Mismatch
            } else {
                Malformed
            };
            refused(id, &candidate, &tampered, kind);
        }
    }
}

#[test]
fn the_mac_under_another_key_is_a_mismatch() {
    for (id, delivered) in accepted() {
        let good = Good::of(delivered);
        let stamp = stamp_of(delivered);
        let key = key_bytes(delivered.scheme.key_format(), &delivered.secret);
        let other_keys: [&[u8]; 4] = [b"", &[0], &key[1..], &[key.as_slice(), b"\n"].concat()];
        for other in other_keys {
            let candidate = delivered.encoded(&delivered.mac_under(other, &stamp));
            let tampered = good.exchanged(delivered, &candidate);
            refused(id, "another key", &tampered, Mismatch);
        }
    }
}
