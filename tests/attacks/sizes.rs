//! Headers of every size, and bytes that are no text.

use hookproof::VerifyErrorKind::{Malformed, Mismatch};
use hookproof::scheme::{Grammar, Scheme, Timestamp};
use hookproof::{Verifier, providers};

use crate::support::delivered::{Delivered, kind};
use crate::support::reading::other_version;
use crate::support::shapes::{self, presets};

/// Every scheme whose signature header holds several candidates, with a good delivery.
fn of_many() -> Vec<Delivered> {
    shapes::all()
        .iter()
        .filter(|scheme| {
            matches!(
                scheme.grammar(),
                Grammar::List { .. } | Grammar::Pairs { .. }
            )
        })
        .map(Delivered::signed)
        .collect()
}

fn good(delivered: &Delivered) -> String {
    delivered.encoded(&delivered.mac(&delivered.now.to_string()))
}

#[test]
fn a_candidate_in_each_of_32_places_is_seen() {
    for mut delivered in of_many() {
        let (good, wrong) = (good(&delivered), delivered.encoded(&[7; 32]));
        let broken = &wrong[1..];
        for count in [1, 2, 3, 4, 5, 31, 32] {
            for place in 0..count {
                for filler in [&wrong, broken] {
                    let mut candidates = vec![filler; count];
                    candidates[place] = &good;
                    delivered.write(&candidates);
                    assert_eq!(kind(&delivered.verify()), Ok(()), "{place} of {count}");
                }
            }
        }
        assert_eq!(delivered.verdict(), Ok(()), "the last of 32, streamed");
    }
}

#[test]
fn a_candidate_after_32_others_is_never_compared() {
    assert_eq!(Verifier::MAX_CANDIDATES, 32);
    for mut delivered in of_many() {
        let (good, wrong) = (good(&delivered), delivered.encoded(&[7; 32]));
        for (filler, refusal) in [(wrong.as_str(), Mismatch), (&wrong[1..], Malformed)] {
            for before in [32, 33, 60] {
                let mut candidates = vec![filler; before];
                candidates.extend([good.as_str(); 3]);
                delivered.write(&candidates);
                assert_eq!(delivered.verdict(), Err(refusal), "after {before}");
            }
        }
    }
}

#[test]
fn items_of_other_versions_are_not_counted() {
    for mut delivered in of_many() {
        let good = good(&delivered);
        delivered.write(&[&good]);
        let name = delivered.signature_header();
        let value = delivered.value(name);
        let (separator, other) = match delivered.scheme.grammar() {
            Grammar::List { prefix, separator } => match other_version(prefix) {
                Some(other) => (separator, format!("{other}{good}")),
                None => continue, // every item is of the one version
            },
            Grammar::Pairs {
                signature,
                separator,
                assign,
            } => {
                let assign = char::from(assign);
                (separator, format!("{signature}a{assign}{good}"))
            }
            _ => unreachable!("only lists and pairs"),
        };
        let mut items = vec![other.into_bytes(); 100];
        items.push(value);
        let value = items.join(&separator);
        assert!(value.len() < Verifier::MAX_HEADER);
        let attacked = delivered.with(name, &value).expect("a value");
        assert_eq!(attacked.verdict(), Ok(()));
    }
}

/// Ten thousand pairs are longer than any header that is read.
#[test]
fn ten_thousand_items_are_refused_unread() {
    for delivered in of_many() {
        let name = delivered.signature_header();
        let value = delivered.value(name);
        let (Grammar::List { separator, .. } | Grammar::Pairs { separator, .. }) =
            delivered.scheme.grammar()
        else {
            unreachable!("only lists and pairs")
        };
        for item in [value.as_slice(), b"v1=0", b"t=1", b"", b"="] {
            let mut items = vec![item.to_vec(); 10_000];
            items.insert(0, value.clone());
            let long = items.join(&separator);
            let attacked = delivered.with(name, &long).expect("a value");
            let error = attacked.judge().expect_err("too long");
            assert_eq!(error.kind(), Malformed);
            assert_eq!(
                error.to_string(),
                format!("malformed header {name}: it is too long")
            );
        }
    }
}

/// A signature header of `length` bytes that holds a good candidate, filled with empty items.
fn filled(delivered: &Delivered, length: usize) -> Option<Delivered> {
    let (Grammar::List { separator, .. } | Grammar::Pairs { separator, .. }) =
        delivered.scheme.grammar()
    else {
        return None;
    };
    let name = delivered.signature_header();
    let mut value = delivered.value(name);
    value.resize(length, separator);
    delivered.with(name, &value)
}

#[test]
fn a_signature_header_of_8_kib_is_read_and_no_longer_one() {
    assert_eq!(Verifier::MAX_HEADER, 8192);
    for delivered in of_many() {
        let at_limit = filled(&delivered, 8192).expect("a value");
        assert_eq!(at_limit.verdict(), Ok(()));
        let past_limit = filled(&delivered, 8193).expect("a value");
        assert_eq!(past_limit.verdict(), Err(Malformed));
    }
}

#[test]
fn a_signed_header_of_8_kib_is_read_and_no_longer_one() {
    for scheme in shapes::all() {
        let delivered = Delivered::signed(&scheme);
        for name in delivered.signed_headers() {
            for (length, verdict) in [
                (8192, Ok(())),
                (8193, Err(Malformed)),
                (65_536, Err(Malformed)),
            ] {
                let value = vec![b'm'; length];
                let mut long = delivered.with(name, &value).expect("a value");
                long.sign();
                assert_eq!(long.verdict(), verdict, "{name} of {length} bytes");
            }
        }
    }
}

#[test]
fn other_headers_may_be_of_any_size() {
    for scheme in presets() {
        let mut delivered = Delivered::signed(scheme);
        let long = http::HeaderValue::from_bytes(&vec![0xff; 100_000]).expect("a value");
        delivered.headers.append("x-other", long.clone());
        delivered.headers.append("x-other", long);
        assert_eq!(delivered.verdict(), Ok(()), "{}", scheme.slug());
    }
}

/// What a header that is read gives rise to where a byte of it is no ASCII: only a signed text is
/// bytes to the scheme, and then the MAC is over other bytes.
fn is_text_of_the_grammar(scheme: &Scheme, name: &str) -> bool {
    Some(name) == scheme.signature_header()
        || matches!(scheme.timestamp(), Some(Timestamp::Header(stamp)) if stamp == name)
}

#[test]
fn bytes_past_ascii_are_refused_in_every_header_that_is_read() {
    for scheme in shapes::all() {
        let delivered = Delivered::signed(&scheme);
        for name in delivered.read_headers() {
            let text = delivered.value(name);
            let kind_of_refusal = if is_text_of_the_grammar(&scheme, name) {
                Malformed
            } else {
                Mismatch
            };
            for byte in 0x80..=0xff_u8 {
                let middle = text.len() / 2;
                let over = [&text[..middle], &[byte], &text[middle + 1..]].concat();
                for value in [
                    vec![byte],
                    [&[byte], text.as_slice()].concat(),
                    [text.as_slice(), &[byte]].concat(),
                    over,
                ] {
                    let attacked = delivered.with(name, &value).expect("a value");
                    let verdict = kind(&attacked.verify());
                    assert_eq!(verdict, Err(kind_of_refusal), "{name}: {value:x?}");
                }
            }
        }
    }
}

/// A signed id is bytes: one that is no UTF-8 verifies, and is then no id.
#[test]
fn a_signed_id_that_is_no_text_is_none() {
    for scheme in [
        &providers::STANDARD_WEBHOOKS,
        &providers::SVIX,
        &providers::JETEMAIL_INBOUND,
    ] {
        let name = Delivered::signed(scheme).signed_headers()[0];
        for (id, signed_id) in [
            (b"msg_\xff".to_vec(), None),
            ("msg_é".into(), Some("msg_é".to_owned())),
            (vec![b'm'; 46], Some("m".repeat(46))),
            (vec![b'm'; 47], Some("m".repeat(47))),
            (vec![b'm'; 256], Some("m".repeat(256))),
            (vec![b'm'; 257], None),
        ] {
            let mut delivered = Delivered::signed(scheme).with(name, &id).expect("a value");
            delivered.sign();
            let receipt = delivered.judge().expect("a good delivery");
            assert_eq!(receipt.signed_id(), signed_id.as_deref());
        }
    }
}
