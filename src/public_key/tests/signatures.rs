//! Signatures that verify, and what is like one and does not.

use super::*;

#[test]
fn genuine_ones_verify() {
    for vector in vectors() {
        let signature = vector.signature();
        assert!(vector.verifies(&signature), "{}", vector.key);
    }
}

#[test]
fn no_other_message_verifies() {
    for vector in vectors() {
        let (key, signature) = (vector.key(), vector.signature());
        assert!(!key.verifies(b"", &signature));
        assert!(!key.verifies(format!("{} ", vector.message).as_bytes(), &signature));
    }
}

#[test]
fn no_other_key_verifies() {
    for vector in vectors() {
        for other in vectors().filter(|other| !same_key(vector, other)) {
            assert!(
                !other
                    .key()
                    .verifies(vector.message.as_bytes(), &vector.signature())
            );
        }
    }
    fn same_key(one: &Vector, other: &Vector) -> bool {
        one.message == other.message && one.signature == other.signature
    }
}

#[test]
fn a_flipped_bit_anywhere_is_refused() {
    for vector in vectors() {
        let (key, genuine) = (vector.key(), vector.signature());
        for place in 0..genuine.len() {
            let mut flipped = genuine.clone();
            flipped[place] ^= 1 << (place % 8);
            assert!(
                !key.verifies(vector.message.as_bytes(), &flipped),
                "{place}"
            );
        }
    }
}

#[test]
fn other_lengths_and_blanks_are_refused() {
    for vector in vectors() {
        let (key, genuine) = (vector.key(), vector.signature());
        let message = vector.message.as_bytes();
        for length in 0..genuine.len() {
            assert!(!key.verifies(message, &genuine[..length]), "{length}");
        }
        for extra in [&[0][..], &[0; 8], &[0xff], &[0; 100_000]] {
            assert!(!key.verifies(message, &[&genuine, extra].concat()));
            assert!(!key.verifies(message, &[extra, &genuine].concat()));
        }
        for blank in [vec![0; 64], vec![0xff; 64], vec![0; 256], vec![0xff; 256]] {
            assert!(!key.verifies(message, &blank));
        }
    }
}

#[cfg(feature = "legacy-digests")]
#[test]
fn a_digest_is_never_taken_for_another() {
    let pairs = [
        (PublicAlgorithm::RsaSha1, PublicAlgorithm::RsaSha256),
        (
            PublicAlgorithm::EcdsaP256Sha1,
            PublicAlgorithm::EcdsaP256Sha256,
        ),
    ];
    for vector in vectors() {
        for (one, other) in pairs {
            let swapped = if vector.algorithm == one {
                other
            } else if vector.algorithm == other {
                one
            } else {
                continue;
            };
            let key = PublicKey::read(swapped, vector.container, vector.key).expect("good");
            assert!(!key.verifies(vector.message.as_bytes(), &vector.signature()));
        }
    }
}
