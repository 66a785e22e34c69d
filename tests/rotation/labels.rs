//! What keys are called.

use hookproof::{ConfigErrorKind, Endpoint, Keyring, Secret, UnixTime, Verifier, providers};

use super::support::delivered::NOW;
use super::{SECRETS, in_force, secret, signed};

fn list(count: usize) -> Keyring {
    let secrets = (0..count).map(|nth| Secret::new(format!("{nth:064x}")));
    Keyring::from_list(secrets).expect("not empty")
}

fn stripe(keys: Keyring) -> Verifier {
    Verifier::new(&providers::STRIPE, keys).expect("a sound keyring")
}

#[test]
fn a_list_is_newest_first() {
    let keys = Keyring::from_list([secret(2), secret(0), secret(1)]).expect("not empty");
    let labels = ["primary", "previous", "previous-2"];
    assert!(keys.labels().eq(labels));
    let verifier = stripe(keys);
    assert_eq!(verifier.labels(), labels);
    let expected = ["previous", "previous-2", "primary"];
    assert_eq!(
        in_force(&verifier),
        expected.map(|label| Ok(label.to_owned()))
    );
}

#[test]
fn a_list_of_one_is_a_secret_alone() {
    let keys = Keyring::from_list(vec![secret(0)]).expect("not empty");
    assert!(keys.labels().eq(["primary"]));
    assert_eq!(in_force(&stripe(keys))[0].as_deref(), Ok("primary"));
}

#[test]
fn an_empty_list_is_no_keyring() {
    let error = Keyring::from_list([]).expect_err("empty");
    assert_eq!(error.kind(), ConfigErrorKind::BadKeyring);
    assert_eq!(error.to_string(), "the keyring has no secret");
    assert_eq!(error.key(), None);
}

#[test]
fn a_list_of_sixteen_is_taken_and_one_of_seventeen_refused() {
    let verifier = stripe(list(16));
    assert_eq!(verifier.labels().len(), 16);
    assert_eq!(verifier.labels()[15], "previous-15");

    let text = "the keyring has 17 keys, at most 16 are allowed: retire the oldest";
    let made = Verifier::new(&providers::STRIPE, list(17)).map(drop);
    let rotated = verifier.rotate(list(17));
    for refused in [made, rotated] {
        let error = refused.expect_err("17 keys");
        assert_eq!(error.kind(), ConfigErrorKind::BadKeyring);
        assert_eq!(error.to_string(), text);
    }
    assert_eq!(verifier.labels().len(), 16);
}

#[test]
fn the_newest_key_may_have_a_label_of_ones_own() {
    let keys = Keyring::labelled("2026-07", secret(0))
        .with_labelled("2025-11", secret(1))
        .with_previous(secret(2));
    let verifier = stripe(keys);
    let labels = ["2026-07", "2025-11", "previous"];
    assert_eq!(verifier.labels(), labels);
    assert_eq!(
        in_force(&verifier),
        labels.map(|label| Ok(label.to_owned()))
    );
}

#[test]
fn labels_of_ones_own_do_not_count_as_previous() {
    let until = UnixTime::from_secs(NOW + 1);
    let keys = Keyring::new(secret(0))
        .with_labelled("a", secret(1))
        .with_previous(secret(1))
        .with_labelled_until("b", secret(1), until)
        .with_previous_until(secret(2), until)
        .with_previous(secret(1));
    let labels = ["primary", "a", "previous", "b", "previous-2", "previous-3"];
    assert!(keys.labels().eq(labels));
    assert_eq!(in_force(&stripe(keys))[2].as_deref(), Ok("previous-2"));
}

#[test]
fn two_keys_of_one_label_are_refused_however_they_got_it() {
    let until = UnixTime::from_secs(NOW);
    for (keys, label) in [
        (
            Keyring::labelled("previous", secret(0)).with_previous(secret(1)),
            "previous",
        ),
        (
            Keyring::labelled("a", secret(0)).with_labelled_until("a", secret(1), until),
            "a",
        ),
        (
            Keyring::new(secret(0)).with_labelled("primary", secret(1)),
            "primary",
        ),
    ] {
        let error = Verifier::new(&providers::STRIPE, keys).expect_err(label);
        assert_eq!(error.kind(), ConfigErrorKind::BadKeyring);
        let text = format!("two keys of the keyring have the label {label}");
        assert_eq!(error.to_string(), text);
    }
    let nameless = Verifier::new(&providers::STRIPE, Keyring::labelled("", secret(0)));
    let error = nameless.expect_err("no label");
    assert_eq!(error.kind(), ConfigErrorKind::BadKeyring);
}

#[test]
fn labels_follow_a_rotation_and_are_the_same_in_clones() {
    let verifier = stripe(Keyring::new(secret(0)));
    let clone = verifier.clone();
    let keys = Keyring::labelled("july", secret(1)).with_labelled("march", secret(0));
    verifier.rotate(keys).expect("a sound keyring");
    assert_eq!(verifier.labels(), ["july", "march"]);
    assert_eq!(clone.labels(), ["july", "march"]);
}

#[test]
fn debug_forms_show_labels_and_no_secret() {
    let keys = || {
        Keyring::labelled("july", secret(0))
            .with_labelled("march", secret(1))
            .with_previous_until(secret(2), UnixTime::from_secs(NOW))
    };
    let ring = keys();
    let verifier = stripe(keys());
    let endpoint = Endpoint::builder("stripe", verifier.clone())
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let now = UnixTime::from_secs(NOW);
    let delivered = signed(1, &verifier);
    let verification = verifier
        .begin_at(&delivered.headers, now)
        .expect("a good head");
    let receipt = delivered.judge().expect("a good delivery");
    let debug = |what: &dyn core::fmt::Debug| format!("{what:?} {what:#?}");
    for shown in [debug(&ring), debug(&verifier)] {
        for label in ["july", "march", "previous"] {
            assert!(shown.contains(label), "{label} is not in {shown}");
        }
    }
    assert!(debug(&receipt).contains("march"));
    let shown = [
        debug(&ring),
        debug(&verifier),
        debug(&endpoint),
        debug(&verification),
        debug(&receipt),
    ]
    .concat();
    for text in SECRETS {
        assert!(!shown.contains(&text[..8]), "{shown}");
    }
}
