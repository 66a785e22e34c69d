//! Reading a signature: every candidate that is one, of the scheme's own version and algorithm.

use hmac::Hmac;
use hookproof::VerifyErrorKind::{Malformed, Mismatch, MissingHeader};
use hookproof::providers;
use hookproof::scheme::{Grammar, Scheme};
use http::HeaderMap;

use crate::reference;
use crate::support::delivered::Delivered;
use crate::support::shapes;
use crate::support::signing::{hex, key_bytes};
use crate::support::vectors::load;

/// Schemes whose header may hold several candidates.
pub(crate) fn of_several() -> impl Iterator<Item = Scheme> {
    let several =
        |it: &Scheme| matches!(it.grammar(), Grammar::List { .. } | Grammar::Pairs { .. });
    shapes::all().into_iter().filter(several)
}

/// The good candidate, and others that are not: undecodable, empty, cut, of two bytes a character
/// once decoded wrongly, and well-formed but wrong.
fn candidates(delivered: &Delivered) -> (String, Vec<String>) {
    let mac = delivered.mac(&delivered.now.to_string());
    let mut wrong = mac;
    wrong[31] = !wrong[31];
    let bad = [
        String::new(),
        "!".to_owned(),
        "zz".repeat(32),
        delivered.encoded(&mac[..31]),
        delivered.encoded(&wrong),
        delivered.encoded(&[0; 32]),
    ];
    (delivered.encoded(&mac), bad.into())
}

/// Raised in the review of stripe-go PR 413: one signature that could not be decoded refused the good
/// one beside it.
#[test]
fn lesson_17_a_bad_candidate_does_not_spoil_a_good_one() {
    for scheme in of_several() {
        let mut delivered = Delivered::signed(&scheme);
        let (good, bad) = candidates(&delivered);
        for bad in &bad {
            for both in [[&good, bad], [bad, &good]] {
                delivered.write(&both.map(String::as_str));
                assert_eq!(delivered.verdict(), Ok(()), "{}: {both:?}", scheme.slug());
            }
            delivered.write(&[bad, bad]);
            assert!(delivered.verdict().is_err(), "{}: {bad}", scheme.slug());
        }
    }
}

/// sh1pt PR 480 and PR 530: pairs were put in a map, so that only the last candidate was left.
#[test]
fn lesson_18_every_candidate_of_a_rotation_is_looked_at() {
    for scheme in of_several() {
        let mut delivered = Delivered::signed(&scheme);
        let good = delivered.encoded(&delivered.mac(&delivered.now.to_string()));
        for several in [2_u8, 5] {
            let bogus: Vec<_> = (1..several)
                .map(|nth| delivered.encoded(&[nth; 32]))
                .collect();
            for place in 0..bogus.len() + 1 {
                let mut all: Vec<_> = bogus.iter().map(String::as_str).collect();
                all.insert(place, &good);
                delivered.write(&all);
                assert_eq!(delivered.verdict(), Ok(()), "{}: {place}", scheme.slug());
                assert_eq!(delivered.with_body("{}").verdict(), Err(Mismatch));
            }
        }
    }
}

/// CVE-2025-53548, GHSA-9mp4-77wg-rwx9 (`@clerk/backend`): signatures were parsed in a way that let
/// improperly signed events pass.
#[test]
fn lesson_19_a_second_verifier_agrees_on_every_row() {
    for (file, least) in [
        ("hostile.jsonl", 140),
        ("seeds.jsonl", 250),
        ("providers.jsonl", 10),
    ] {
        let mut judged = 0;
        for vector in load(file) {
            let Some(expected) = reference::judge(&vector) else {
                continue;
            };
            judged += 1;
            assert_eq!(vector.judge(), expected, "{} of {file}", vector.id);
            assert_eq!(
                vector.judge_streamed(7),
                expected,
                "{} of {file}",
                vector.id
            );
        }
        assert!(judged >= least, "{judged} rows of {file}");
    }
}

fn hmac_as<M: hmac::Mac + hmac::KeyInit>(delivered: &Delivered) -> String {
    let key = key_bytes(delivered.scheme.key_format(), &delivered.secret);
    let mut mac = <M as hmac::KeyInit>::new_from_slice(&key).expect("a key of any length");
    mac.update(&delivered.body);
    hex(&mac.finalize().into_bytes())
}

/// GHSA-6vx8-pcwv-xhf4 (signxml): the message named the algorithm by which it was judged. Stripe sends
/// `v0` so that receivers prove that they pass over it (stripe-go PR 415).
#[test]
fn lesson_20_another_version_or_algorithm_is_refused_with_its_right_mac_too() {
    for (scheme, own, others) in [
        (
            &providers::STRIPE,
            "v1=",
            &["v0=", "v2=", "V1=", "v1a=", "v=", "1="][..],
        ),
        (
            &providers::MAILINGAPI,
            "v1=",
            &["v0=", "v2=", "V1=", "v1a="],
        ),
        (
            &providers::STANDARD_WEBHOOKS,
            "v1,",
            &["v0,", "v2,", "V1,", "v1a,", "v1=", ","],
        ),
        (&providers::SENT, "v1,", &["v0,", "v2,", "V1,", "v1a,"]),
        (&providers::SLACK, "v0=", &["v1=", "V0=", "v00=", "=", ""]),
        (
            &providers::GITHUB,
            "sha256=",
            &["sha1=", "sha512=", "SHA256=", "md5=", "none=", ""],
        ),
    ] {
        let delivered = Delivered::signed(scheme);
        let name = delivered.signature_header();
        let header = String::from_utf8(delivered.value(name)).expect("a text");
        for other in others {
            let renamed = header.replace(own, other);
            let renamed = delivered.with(name, renamed.as_bytes()).expect("a value");
            assert_eq!(
                renamed.verdict(),
                Err(Malformed),
                "{}: {other}",
                scheme.slug()
            );
        }
    }
    let delivered = Delivered::signed(&providers::GITHUB);
    for text in [
        format!("sha1={}", hmac_as::<Hmac<sha1::Sha1>>(&delivered)),
        format!("sha512={}", hmac_as::<Hmac<sha2::Sha512>>(&delivered)),
        format!("sha256={}", hmac_as::<Hmac<sha1::Sha1>>(&delivered)),
        format!("sha256={}", hmac_as::<Hmac<sha2::Sha512>>(&delivered)),
    ] {
        let other = delivered
            .with("x-hub-signature-256", text.as_bytes())
            .expect("a value");
        assert_eq!(other.verdict(), Err(Malformed), "{text}");
    }
}

/// A class, seen as fallbacks in several SDKs: whichever header was present chose the provider, so
/// that an attacker chose the weakest.
#[test]
fn lesson_21_a_delivery_signed_for_every_other_scheme_is_missing_its_own() {
    let all: Vec<_> = shapes::presets()
        .into_iter()
        .map(Delivered::signed)
        .collect();
    for own in &all {
        let read = own.read_headers();
        let names = [&read[..], own.scheme.aliases()].concat();
        let mut everything = HeaderMap::new();
        for other in &all {
            everything.extend(other.headers.clone());
        }
        for name in names {
            everything.remove(name);
        }
        let mut delivered = own.clone();
        delivered.headers = everything;
        assert_eq!(
            delivered.verdict(),
            Err(MissingHeader),
            "{}",
            own.scheme.slug()
        );
    }
}
