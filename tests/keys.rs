//! Keyrings: labels, order, rotation and retirement.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use hookproof::VerifyErrorKind::Mismatch;
use hookproof::scheme::Scheme;
use hookproof::{ConfigErrorKind, Keyring, Secret, Verifier, providers};
use support::delivered::{Delivered, kind};
use support::shapes;

const SECRETS: [&str; 3] = [
    "1111111111111111222222222222222233333333333333334444444444444444",
    "5555555555555555666666666666666677777777777777778888888888888888",
    "99999999999999990000000000000000aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb",
];

fn secret(nth: usize) -> Secret {
    Secret::new(SECRETS[nth])
}

fn rotating() -> Keyring {
    Keyring::new(secret(0))
        .with_previous(secret(1))
        .with_previous(secret(2))
}

/// A delivery signed with one of the secrets, before a verifier with some keyring.
fn signed_with(nth: usize, scheme: &Scheme, keys: Keyring) -> Delivered {
    let mut delivered = Delivered::signed(scheme);
    delivered.secret = SECRETS[nth].to_owned();
    delivered.sign();
    delivered.verifier = Verifier::new(scheme, keys).expect("a sound keyring");
    delivered
}

/// The label in the receipt, after checking that both ways of verifying say the same.
fn label(delivered: &Delivered) -> String {
    let receipt = delivered.judge().expect("a good delivery");
    for size in [1, 5, 1000] {
        let frames: Vec<&[u8]> = delivered.body.chunks(size).collect();
        let proven = delivered.stream(&frames).expect("a good delivery");
        assert_eq!(proven.receipt().key(), receipt.key(), "frames of {size}");
        assert_eq!(proven.body(), &delivered.body);
    }
    receipt.key().to_owned()
}

#[track_caller]
fn refused(keys: Keyring, message: &str) {
    let error = Verifier::new(&providers::STRIPE, keys).expect_err("a bad keyring");
    assert_eq!(error.kind(), ConfigErrorKind::BadKeyring);
    assert_eq!(error.to_string(), message);
}

#[test]
fn the_receipt_says_which_key_matched() {
    for scheme in shapes::all() {
        for (nth, expected) in ["primary", "previous", "previous-2"].iter().enumerate() {
            let delivered = signed_with(nth, &scheme, rotating());
            assert_eq!(label(&delivered), *expected, "{}", scheme.slug());
        }
    }
}

#[test]
fn a_secret_alone_is_labelled_primary() {
    let delivered = signed_with(0, &providers::STRIPE, Keyring::from(secret(0)));
    assert_eq!(label(&delivered), "primary");
}

#[test]
fn labels_of_ones_own_stand_beside_the_given() {
    let keys = || {
        Keyring::new(secret(2))
            .with_labelled("spring 2026", secret(1))
            .with_previous(secret(0))
    };
    assert_eq!(
        label(&signed_with(1, &providers::SENT, keys())),
        "spring 2026"
    );
    assert_eq!(label(&signed_with(0, &providers::SENT, keys())), "previous");
    assert_eq!(
        format!("{:?}", keys()),
        r#"["primary", "spring 2026", "previous"]"#
    );
}

#[test]
fn previous_keys_are_counted_on() {
    let mut keys = Keyring::new(secret(0));
    for _ in 0..4 {
        keys = keys.with_previous(secret(1));
    }
    assert_eq!(
        format!("{keys:?}"),
        r#"["primary", "previous", "previous-2", "previous-3", "previous-4"]"#
    );
}

/// Where two labels hold one secret, the newer one is said to have matched.
#[test]
fn keys_are_tried_newest_first() {
    let keys = Keyring::new(secret(0))
        .with_labelled("newer", secret(1))
        .with_labelled("older", secret(1));
    assert_eq!(label(&signed_with(1, &providers::GITHUB, keys)), "newer");
    let keys = Keyring::new(secret(1)).with_labelled("older", secret(1));
    assert_eq!(label(&signed_with(1, &providers::GITHUB, keys)), "primary");
}

#[test]
fn a_retired_key_is_refused() {
    for scheme in shapes::all() {
        let still = Keyring::new(secret(0)).with_previous(secret(1));
        assert_eq!(signed_with(1, &scheme, still).verdict(), Ok(()));
        let retired = signed_with(1, &scheme, Keyring::new(secret(0)));
        assert_eq!(retired.verdict(), Err(Mismatch));
        let two_others = Keyring::new(secret(0)).with_previous(secret(2));
        assert_eq!(signed_with(1, &scheme, two_others).verdict(), Err(Mismatch));
    }
}

#[test]
fn sixteen_keys_are_taken_and_each_verifies() {
    assert_eq!(Keyring::MAX_KEYS, 16);
    let texts: Vec<String> = (0..16).map(|nth| format!("{nth:064x}")).collect();
    let mut keys = Keyring::new(Secret::new(texts[0].clone()));
    for text in &texts[1..] {
        keys = keys.with_previous(Secret::new(text.clone()));
    }
    let verifier = Verifier::new(&providers::STRIPE, keys).expect("16 keys");
    for (nth, text) in texts.iter().enumerate() {
        let mut delivered = Delivered::signed(&providers::STRIPE);
        delivered.secret.clone_from(text);
        delivered.sign();
        delivered.verifier = verifier.clone();
        let expected = match nth {
            0 => "primary".to_owned(),
            1 => "previous".to_owned(),
            nth => format!("previous-{nth}"),
        };
        assert_eq!(label(&delivered), expected);
    }
}

#[test]
fn seventeen_keys_are_refused() {
    let mut keys = Keyring::new(secret(0));
    for _ in 0..16 {
        keys = keys.with_previous(secret(1));
    }
    refused(
        keys,
        "the keyring has 17 keys, at most 16 are allowed: retire the oldest",
    );
}

#[test]
fn a_label_stands_for_one_key() {
    refused(
        Keyring::new(secret(0)).with_labelled("primary", secret(1)),
        "two keys of the keyring have the label primary",
    );
    refused(
        rotating().with_labelled("previous-2", secret(0)),
        "two keys of the keyring have the label previous-2",
    );
    refused(
        Keyring::new(secret(0))
            .with_labelled("a", secret(1))
            .with_labelled("b", secret(2))
            .with_labelled("a", secret(1)),
        "two keys of the keyring have the label a",
    );
}

#[test]
fn a_label_is_not_empty() {
    refused(
        Keyring::new(secret(0)).with_labelled("", secret(1)),
        "a key of the keyring has an empty label",
    );
}

/// A bad secret anywhere in the ring stops the start: it would refuse deliveries much later.
#[test]
fn every_secret_of_a_keyring_is_checked() {
    let keys = Keyring::new(secret(0))
        .with_previous(secret(1))
        .with_previous(Secret::new(""));
    let error = Verifier::new(&providers::STRIPE, keys).expect_err("an empty secret");
    assert_eq!(error.kind(), ConfigErrorKind::BadSecret);
}

/// A delivery that both the new and the old key signed, as senders do during a rotation.
#[test]
fn signatures_of_two_keys_in_one_header_verify_under_either() {
    for scheme in [&providers::STRIPE, &providers::STANDARD_WEBHOOKS] {
        let new = signed_with(0, scheme, rotating());
        let old = signed_with(1, scheme, rotating());
        let stamp = new.now.to_string();
        let candidates = [&old, &new].map(|delivered| delivered.encoded(&delivered.mac(&stamp)));
        let mut both = new.clone();
        both.write(&[&candidates[0], &candidates[1]]);
        assert_eq!(label(&both), "primary");

        both.verifier = Verifier::new(scheme, secret(1)).expect("a secret");
        assert_eq!(label(&both), "primary", "the only key there is");
        both.verifier = Verifier::new(scheme, secret(2)).expect("a secret");
        assert_eq!(both.verdict(), Err(Mismatch));
    }
}

/// What was streamed under the newest key must not leak into the trial of an older one.
#[test]
fn an_older_key_sees_the_whole_body_once() {
    for scheme in shapes::all() {
        let delivered = signed_with(2, &scheme, rotating());
        for size in 1..delivered.body.len() {
            let frames: Vec<&[u8]> = delivered.body.chunks(size).collect();
            let proven = delivered.stream(&frames).expect("a good delivery");
            assert_eq!(proven.receipt().key(), "previous-2");
            let short = &frames[..frames.len() - 1];
            assert_eq!(kind(&delivered.stream(short)), Err(Mismatch));
        }
    }
}

/// With one secret there is nothing to tell apart; with several the operator must know which.
#[test]
fn the_bad_one_of_several_secrets_is_named_by_its_label() {
    let bad = || Secret::new("changeme");
    let good = || Secret::new("a secret of sufficient length");
    let alone = Verifier::new(&providers::GITHUB, bad()).expect_err("a placeholder");
    assert_eq!(alone.key(), None);
    let why = alone.to_string();
    let cases = [
        (Keyring::new(bad()).with_previous(good()), "primary"),
        (Keyring::new(good()).with_previous(bad()), "previous"),
        (Keyring::new(good()).with_labelled("march", bad()), "march"),
    ];
    for (keys, label) in cases {
        assert!(keys.labels().any(|known| known == label));
        let error = Verifier::new(&providers::GITHUB, keys).expect_err("a placeholder");
        assert_eq!(error.key(), Some(label));
        assert_eq!(error.to_string(), format!("key {label}: {why}"));
        assert_eq!(
            format!("{error:?}"),
            format!("ConfigError(bad-secret: {error})")
        );
    }
}
