//! Texts that are no MAC, in every grammar and encoding.

use hookproof::VerifyErrorKind::{Malformed, Mismatch};
use hookproof::scheme::{Encoding, Grammar, Scheme};
use hookproof::{Delivery, UnixTime};

use crate::support::delivered::{Delivered, SECRET, kind};
use crate::support::reading::window;
use crate::support::shapes::{self, presets};
use crate::support::signing::{encode, key_bytes};

/// A scheme, for a failure's message.
fn told(scheme: &Scheme) -> String {
    format!(
        "{}: {:?} {:?} {:?}",
        scheme.slug(),
        scheme.grammar(),
        scheme.encoding(),
        scheme.content()
    )
}

/// Every scheme with a good delivery, and its MAC.
fn each(mut attack: impl FnMut(&str, &Delivered, [u8; 32])) {
    for scheme in shapes::all() {
        let delivered = Delivered::signed(&scheme);
        assert_eq!(delivered.verdict(), Ok(()), "{}", told(&scheme));
        let mac = delivered.mac(&delivered.now.to_string());
        attack(&told(&scheme), &delivered, mac);
    }
}

#[track_caller]
fn malformed(told: &str, delivered: &Delivered, candidate: &str) {
    let mut attacked = delivered.clone();
    attacked.write(&[candidate]);
    assert_eq!(attacked.verdict(), Err(Malformed), "{told}: {candidate}");
}

#[test]
fn a_prefix_of_the_mac_is_malformed() {
    each(|told, delivered, mac| {
        for length in [0, 1, 4, 16, 31] {
            malformed(told, delivered, &delivered.encoded(&mac[..length]));
        }
    });
}

#[test]
fn a_mac_with_a_tail_is_malformed() {
    each(|told, delivered, mac| {
        let text = delivered.encoded(&mac);
        malformed(
            told,
            delivered,
            &delivered.encoded(&[mac.as_slice(), &[0]].concat()),
        );
        malformed(told, delivered, &delivered.encoded(&[mac, mac].concat()));
        for tail in ["0", "00", "A", "AAAA", "=", "==", "\t", ".", "%"] {
            malformed(told, delivered, &format!("{text}{tail}"));
            malformed(told, delivered, &format!("{tail}{text}"));
        }
    });
}

#[test]
fn the_mac_under_the_empty_key_is_a_mismatch() {
    each(|told, delivered, _| {
        let mac = delivered.mac_under(b"", &delivered.now.to_string());
        let mut attacked = delivered.clone();
        attacked.write(&[&attacked.encoded(&mac)]);
        assert_eq!(attacked.verdict(), Err(Mismatch), "{told}");
    });
}

#[test]
fn well_known_macs_are_a_mismatch() {
    each(|told, delivered, mac| {
        let backwards: Vec<u8> = mac.iter().rev().copied().collect();
        for wrong in [vec![0; 32], vec![0xff; 32], backwards] {
            let mut attacked = delivered.clone();
            attacked.write(&[&attacked.encoded(&wrong)]);
            assert_eq!(attacked.verdict(), Err(Mismatch), "{told}");
        }
    });
}

/// The text of a MAC in one encoding is no MAC in another, though the bytes are right.
#[test]
fn the_mac_in_another_encoding_is_malformed() {
    each(|told, delivered, mac| {
        for encoding in [Encoding::Base64, Encoding::Base64Url, Encoding::Hex] {
            if encoding != delivered.scheme.encoding() {
                let text = encode(encoding, &mac);
                malformed(told, delivered, &text);
            }
        }
    });
}

#[test]
fn a_multibyte_character_anywhere_is_malformed() {
    each(|told, delivered, _| {
        let name = delivered.signature_header();
        let text = delivered.value(name);
        for at in 0..=text.len() {
            for character in ["é", "€", "𝟘"] {
                let bytes = character.as_bytes();
                let inserted = [&text[..at], bytes, &text[at..]].concat();
                let over = (at + bytes.len()).min(text.len());
                let written_over = [&text[..at], bytes, &text[over..]].concat();
                for value in [inserted, written_over] {
                    let attacked = delivered.with(name, &value).expect("a value");
                    let verdict = kind(&attacked.verify());
                    assert_eq!(verdict, Err(Malformed), "{told}: {character} at {at}");
                }
            }
        }
    });
}

#[test]
fn hex_of_any_other_length_is_malformed() {
    each(|told, delivered, mac| {
        if delivered.scheme.encoding() != Encoding::Hex {
            return;
        }
        let long = delivered.encoded(&[mac, mac].concat());
        for length in (0..=129).filter(|length| *length != 64) {
            malformed(told, delivered, long.get(..length).unwrap_or(&long));
        }
        let digits = &long[..64];
        for text in [
            format!("0x{digits}"),
            format!("0X{digits}"),
            format!("0x{}", &digits[2..]),
            format!("0x{}", &digits[..62]),
            format!("\\x{}", &digits[2..]),
            format!("+{}", &digits[1..]),
            format!("{}g", &digits[..63]),
            format!("{}_", &digits[..63]),
            format!("{}:{}", &digits[..31], &digits[32..]),
        ] {
            malformed(told, delivered, &text);
        }
    });
}

#[test]
fn hex_is_taken_in_either_case() {
    each(|told, delivered, mac| {
        if delivered.scheme.encoding() != Encoding::Hex {
            return;
        }
        let lower = delivered.encoded(&mac);
        let upper = lower.to_uppercase();
        let mixed = [&upper[..32], &lower[32..]].concat();
        for text in [lower.as_str(), &upper, &mixed] {
            let mut attacked = delivered.clone();
            attacked.write(&[text]);
            assert_eq!(attacked.verdict(), Ok(()), "{told}: {text}");
        }
    });
}

/// A delivery whose MAC's text holds both characters in which the two alphabets differ.
fn with_both_characters(mut delivered: Delivered) -> (Delivered, String) {
    for nth in 0.. {
        delivered.body = format!("{{\"n\":{nth}}}").into_bytes();
        let mac = delivered.mac(&delivered.now.to_string());
        let text = delivered.encoded(&mac);
        if text.contains(['+', '-']) && text.contains(['/', '_']) {
            delivered.write(&[&text]);
            return (delivered, text);
        }
    }
    unreachable!("one MAC in three has both")
}

#[test]
fn base64_has_one_spelling() {
    each(|told, delivered, _| {
        if delivered.scheme.encoding() == Encoding::Hex {
            return;
        }
        let (delivered, text) = with_both_characters(delivered.clone());
        assert_eq!(delivered.verdict(), Ok(()), "{told}");

        let padded = delivered.scheme.encoding() == Encoding::Base64;
        let digits = text.trim_end_matches('=');
        let other_padding = if padded {
            digits.to_owned()
        } else {
            format!("{digits}=")
        };
        malformed(told, &delivered, &other_padding);
        let (from, to) = if padded { ("+/", "-_") } else { ("-_", "+/") };
        let other_alphabet: String = text
            .chars()
            .map(|c| from.find(c).map_or(c, |at| char::from(to.as_bytes()[at])))
            .collect();
        malformed(told, &delivered, &other_alphabet);
        malformed(told, &delivered, &other_alphabet.replace('=', ""));
        malformed(told, &delivered, &other_alphabet.replace(['-', '_'], " "));
        malformed(told, &delivered, &format!("{digits}=="));
        malformed(told, &delivered, &format!("{digits}==="));
        malformed(told, &delivered, &format!("={}", &text[..text.len() - 1]));
        malformed(
            told,
            &delivered,
            &format!("{}\t{}", &text[..20], &text[20..]),
        );
    });
}

/// The last digit of 32 bytes in base64 has two bits to spare: three more texts would decode to
/// the same bytes.
#[test]
fn unused_bits_of_base64_must_be_zero() {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    each(|told, delivered, mac| {
        if delivered.scheme.encoding() == Encoding::Hex {
            return;
        }
        let text = delivered.encoded(&mac);
        let last = usize::from(mac[31] & 0xf) * 4;
        for spare in 1..4 {
            let Some(digit) = DIGITS.chars().nth(last + spare) else {
                continue;
            };
            let other = format!("{}{digit}{}", &text[..42], &text[43..]);
            malformed(told, delivered, &other);
        }
    });
}

/// A text in the other case, as far as it has one.
fn other_case(text: &str) -> String {
    let swapped = |c: char| match c {
        'a'..='z' => c.to_ascii_uppercase(),
        _ => c.to_ascii_lowercase(),
    };
    text.chars().map(swapped).collect()
}

#[test]
fn prefixes_match_exactly() {
    each(|told, delivered, mac| {
        let (Grammar::Prefixed { prefix, .. } | Grammar::List { prefix, .. }) =
            delivered.scheme.grammar()
        else {
            return;
        };
        let name = delivered.signature_header();
        let text = delivered.encoded(&mac);
        let refused = |value: String| {
            let attacked = delivered.with(name, value.as_bytes()).expect("a value");
            assert_eq!(attacked.verdict(), Err(Malformed), "{told}: {value}");
        };
        refused(format!("{prefix}\t{text}"));
        refused(format!("x{prefix}{text}"));
        refused(format!("sha1={text}"));
        let Some(cut) = prefix.len().checked_sub(1).map(|end| &prefix[..end]) else {
            return; // every item is a candidate
        };
        refused(format!("{cut}{text}"));
        refused(format!("{prefix}{prefix}{text}"));
        refused(format!("v2,{text}"));
        refused(prefix.to_owned());
        // In `Authorization` a prefix names an authentication scheme, which has no case.
        if name != "authorization" {
            refused(format!("{}{text}", other_case(prefix)));
        }
    });
}

/// How far from its timestamp a delivery is tried where its own scheme takes it at any time.
const BOUNDLESS: (i64, i64) = (10_000_000, 10_000_000);

/// What a grammar writes before a signature that stands alone; `None` for pairs.
fn opening(grammar: Grammar) -> Option<&'static str> {
    match grammar {
        Grammar::Plain => Some(""),
        Grammar::Prefixed { prefix, .. } | Grammar::List { prefix, .. } => Some(prefix),
        _ => None,
    }
}

/// Whether the one grammar reads a single signature as the other writes it.
fn reads(reader: Grammar, writer: Grammar) -> bool {
    match (reader, opening(writer)) {
        (Grammar::Prefixed { optional: true, .. }, Some("")) => true,
        (_, Some(opening_of_writer)) => opening(reader) == Some(opening_of_writer),
        (_, None) => reader == writer,
    }
}

/// Whether all that verification reads of a scheme is as the other writes it.
fn allows(reader: &Scheme, writer: &Scheme) -> bool {
    let key = |scheme: &Scheme| key_bytes(scheme.key_format(), SECRET);
    let reach = |scheme: &Scheme| window(scheme).unwrap_or(BOUNDLESS);
    let (near, far) = (reach(writer), reach(reader));
    let name = writer.signature_header();
    (reader.signature_header() == name || name.is_some_and(|name| reader.aliases().contains(&name)))
        && reads(reader.grammar(), writer.grammar())
        && reader.encoding() == writer.encoding()
        && key(reader) == key(writer)
        && reader.content() == writer.content()
        && reader.timestamp() == writer.timestamp()
        && near.0 <= far.0
        && near.1 <= far.1
}

/// One scheme's signature is nothing to another, though the secret be the same: they agree only
/// where the one allows all that the other writes, to both ends of its window.
#[test]
fn another_presets_delivery_is_refused() {
    let good = presets().into_iter().map(Delivered::signed);
    let good: Vec<Delivered> = good.collect();
    let (mut passing, mut allowed) = (Vec::new(), Vec::new());
    for signed in &good {
        let (past, future) = window(&signed.scheme).unwrap_or(BOUNDLESS);
        let ends = [signed.now + past, signed.now - future].map(UnixTime::from_secs);
        let delivery = Delivery::new(&signed.headers, &signed.body);
        for other in &good {
            let pair = (signed.scheme.slug(), other.scheme.slug());
            let verifies = |now: &UnixTime| other.verifier.verify_at(delivery, *now).is_ok();
            if ends.iter().all(verifies) {
                passing.push(pair);
            }
            if allows(&other.scheme, &signed.scheme) {
                allowed.push(pair);
            }
        }
    }
    assert_eq!(passing, allowed);
    for (pair, agree) in [
        (("jetemail", "sendkit"), true),
        (("sendkit", "jetemail"), true),
        (("brex", "standard-webhooks"), true),
        // The one may leave out the prefix, which to the other is no MAC.
        (("strike", "sendkit"), true),
        (("sendkit", "strike"), false),
        // One header, in two grammars, over two contents, under two rules for keys.
        (("cloudflare-stream", "gocardless"), false),
        (("grafana-alerting", "grafana-alerting-timestamped"), false),
        (("polar", "standard-webhooks"), false),
    ] {
        assert_eq!(passing.contains(&pair), agree, "{pair:?}");
    }
}
