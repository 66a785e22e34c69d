//! Candidates: whole, of one length, read as bytes.

use std::collections::HashSet;

use hookproof::VerifyErrorKind::{Malformed, Mismatch};
use hookproof::scheme::{Algorithm, Digest, Encoding, Grammar, Scheme};
use hookproof::{Secret, UnixTime, Verifier, providers};
use http::HeaderMap;

use crate::support::delivered::Delivered;
use crate::support::shapes;
use crate::support::signing::{hex, hmac};
use crate::support::vectors::{Vector, load};

/// The candidate as it must never be enough: nothing, cut after so many bytes, and with a tail.
fn cut(delivered: &Delivered) -> Vec<String> {
    let mac = delivered.mac(&delivered.now.to_string());
    let whole = delivered.encoded(&mac);
    let mut cut: Vec<_> = [0, 1, 4, 31]
        .map(|bytes| delivered.encoded(&mac[..bytes]))
        .into();
    cut.extend([1, 4, 32].map(|more| delivered.encoded(&[&mac[..], &mac[..more]].concat())));
    cut.extend(["A", "00", "AAAA"].map(|tail| format!("{whole}{tail}")));
    cut
}

/// Where the last run of a signature's characters begins, if the text ends with it.
fn last_run(text: &str) -> usize {
    let is_of_one = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(byte);
    // The sign between a pair's key and value is no padding.
    let run = text.bytes().rev().take_while(is_of_one).count();
    let begin = text.len() - run;
    let body = text.trim_end_matches('=').len();
    text[begin..body]
        .find('=')
        .map_or(begin, |at| begin + at + 1)
}

/// Deliveries whose verdict hangs on the end of their signature header, with where that begins.
pub(crate) fn ended_by_their_signature() -> Vec<(Vector, usize, usize)> {
    let mut found = Vec::new();
    for vector in load("providers.jsonl")
        .into_iter()
        .chain(load("seeds.jsonl"))
    {
        let scheme = providers::find(&vector.provider).expect("a preset");
        let signature = scheme.signature_header().unwrap_or_default();
        let headers = vector.request.headers.iter();
        let place = headers
            .clone()
            .position(|(name, _)| name.eq_ignore_ascii_case(signature));
        let Some((place, text)) =
            place.and_then(|at| Some((at, vector.request.headers[at].1.as_str()?.to_owned())))
        else {
            continue;
        };
        let begin = last_run(&text);
        let spoilt = format!("{}!", &text[..begin]);
        if vector.judge() == "accept" && with_header(&vector, place, &spoilt) != "accept" {
            found.push((vector, place, begin));
        }
    }
    found
}

pub(crate) fn with_header(vector: &Vector, place: usize, text: &str) -> String {
    let mut changed = vector.clone();
    changed.request.headers[place].1 = text.into();
    changed.judge()
}

/// RUSTSEC-2024-0010, CVE-2024-21491 (svix): signatures were compared over the shorter length, so
/// that an empty candidate passed.
#[test]
fn lesson_01_a_prefix_of_the_mac_is_never_enough() {
    for scheme in shapes::all() {
        let mut delivered = Delivered::signed(&scheme);
        assert_eq!(delivered.verdict(), Ok(()), "{}", scheme.slug());
        for candidate in cut(&delivered) {
            delivered.write(&[&candidate]);
            assert_eq!(
                delivered.verdict(),
                Err(Malformed),
                "{}: {candidate}",
                scheme.slug()
            );
        }
    }
    // Schemes of every family, by the end of their signature's text.
    let mut judged = HashSet::new();
    for (vector, place, begin) in ended_by_their_signature() {
        let text = vector.request.headers[place]
            .1
            .as_str()
            .expect("a text")
            .to_owned();
        let length = text.len() - begin;
        let kept =
            [0, 1, 2, 4, 8, length - 1, length.saturating_sub(2)].map(|kept| kept.min(length));
        let prefixes = kept.map(|kept| text[..begin + kept].to_owned());
        let tails = ["A", "00", "AAAA"].map(|tail| format!("{text}{tail}"));
        for changed in prefixes.iter().chain(&tails).filter(|it| **it != text) {
            assert_ne!(
                with_header(&vector, place, changed),
                "accept",
                "{}: {changed}",
                vector.id
            );
        }
        judged.insert(vector.provider);
    }
    assert!(judged.len() > 200, "{} presets were judged", judged.len());
}

/// CVE-2024-13939 (String::Compare::ConstantTime): the comparison returned early where the lengths
/// differ, and so told the secret's.
#[test]
fn lesson_05_a_candidate_of_another_length_is_malformed_before_anything_is_compared() {
    for scheme in shapes::presets() {
        let mut delivered = Delivered::signed(scheme);
        for length in (0..=96).filter(|length| *length != 32) {
            delivered.write(&[&delivered.encoded(&vec![7; length])]);
            // Before the body is read, so whatever the secret is.
            let begun = delivered
                .verifier
                .begin_at(&delivered.headers, UnixTime::from_secs(delivered.now));
            assert_eq!(
                begun.expect_err("too short or too long").kind(),
                Malformed,
                "{length}"
            );
        }
        delivered.write(&[&delivered.encoded(&[7; 32])]);
        assert_eq!(delivered.verdict(), Err(Mismatch), "{}", scheme.slug());
    }
    for digest in [
        Digest::Md5,
        Digest::Sha1,
        Digest::Sha256,
        Digest::Sha384,
        Digest::Sha512,
    ] {
        let scheme = Scheme::builder("own", "own-signature")
            .algorithm(Algorithm::Hmac(digest))
            .build();
        let verifier =
            Verifier::new(&scheme, Secret::new("a-secret-of-some-length")).expect("usable");
        for length in 0..=80 {
            let mut headers = HeaderMap::new();
            let text = hex(&vec![7; length]);
            headers.insert("own-signature", text.parse().expect("a value"));
            let refused = verifier
                .verify(hookproof::Delivery::new(&headers, b"{}"))
                .expect_err("no MAC");
            let kind = if length == digest.len() {
                Mismatch
            } else {
                Malformed
            };
            assert_eq!(
                refused.kind(),
                kind,
                "{length} bytes for {}",
                digest.as_str()
            );
        }
    }
}

/// Bug 459 as told in mercadopago/sdk-ruby PR 163: the hex of the MAC was compared as text, and 64
/// characters with one of several bytes threw.
#[test]
fn lesson_07_candidates_are_compared_as_bytes_whatever_characters_they_hold() {
    for scheme in [
        &providers::STRIPE,
        &providers::GITHUB,
        &providers::STANDARD_WEBHOOKS,
        &providers::SLACK,
    ] {
        let delivered = Delivered::signed(scheme);
        let good = delivered.encoded(&delivered.mac(&delivered.now.to_string()));
        for character in ["é", "€", "𝟘", "\u{ff10}", "\u{0}"] {
            for at in 0..good.len() {
                let as_long = format!(
                    "{}{character}{}",
                    &good[..at],
                    &good[(at + character.len()).min(good.len())..]
                );
                let as_many = format!("{}{character}{}", &good[..at], &good[at + 1..]);
                for text in [as_long, as_many] {
                    let value = delivered.value(delivered.signature_header());
                    let value = String::from_utf8(value)
                        .expect("a text")
                        .replace(&good, &text);
                    // `http` refuses to hold a NUL.
                    if let Some(changed) =
                        delivered.with(delivered.signature_header(), value.as_bytes())
                    {
                        assert_eq!(changed.verdict(), Err(Malformed), "{text}");
                    }
                }
            }
        }
        if scheme.encoding() == Encoding::Hex {
            let mut upper = delivered.clone();
            upper.write(&[&good.to_uppercase()]);
            assert_eq!(upper.verdict(), Ok(()), "the same bytes");
        }
    }
}

/// paddle-rust-sdk issue 22: a decoder that sliced by two panicked on hex of odd length.
#[test]
fn lesson_08_hex_of_odd_length_and_arbitrary_bytes_are_refused_without_a_panic() {
    let in_hex = |scheme: &&Scheme| scheme.encoding() == Encoding::Hex;
    for scheme in shapes::presets().into_iter().filter(in_hex) {
        let mut delivered = Delivered::signed(scheme);
        for length in [0, 1, 63, 65, 127] {
            delivered.write(&[&"a".repeat(length)]);
            assert_eq!(delivered.verdict(), Err(Malformed), "{length} digits");
        }
    }
    for scheme in shapes::all() {
        let delivered = Delivered::signed(&scheme);
        let good = delivered.value(delivered.signature_header());
        for nth in 0_u32..40 {
            // Arbitrary, and the same at each run.
            let bytes = hmac(b"arbitrary", &nth.to_be_bytes());
            let place = usize::from(bytes[0]) % good.len();
            let length = usize::from(bytes[1]) % 31;
            for text in [
                bytes[..length].to_vec(),
                [&good[..place], &bytes[..length]].concat(),
            ] {
                if let Some(changed) = delivered.with(delivered.signature_header(), &text) {
                    let accepted = changed.verdict().is_ok();
                    // A list or pairs pass over what follows the good candidate.
                    let goes_on = matches!(
                        scheme.grammar(),
                        Grammar::List { .. } | Grammar::Pairs { .. }
                    );
                    assert!(!accepted || goes_on || text == good, "{text:?}");
                }
            }
        }
    }
}
