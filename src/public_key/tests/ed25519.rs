//! Keys and signatures of Ed25519.

use super::*;

/// The order of the base point, least byte first.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// All points of small order, and after them forms of some that are not canonical.
const WEAK: [&str; 13] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

fn owner() -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(&[9; 32])
}

fn key() -> PublicKey {
    read(&hex::encode(owner().verifying_key())).expect("a good key")
}

fn read(text: &str) -> Result<PublicKey, ConfigError> {
    PublicKey::read(PublicAlgorithm::Ed25519, Container::RawHex, text)
}

#[test]
fn a_scalar_that_is_not_reduced_is_refused() {
    let mut signature = owner().sign(MESSAGE).to_bytes();
    assert!(key().verifies(MESSAGE, &signature));
    let mut carry = 0;
    for (byte, add) in signature[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = sum.to_be_bytes()[1];
        carry = sum >> 8;
    }
    assert!(!key().verifies(MESSAGE, &signature));
}

/// The owner can make these, and verifiers that are not strict take the first.
#[test]
fn a_point_of_small_order_in_a_signature_is_refused() {
    let identity = unhex(
        "01000000000000000000000000000000000000000000000000000000000000002c778bebb705f90b1cc19065a7e326da454e8ec05dc95bbc56dde42056554e00",
    );
    assert!(!key().verifies(MESSAGE, &identity));
    for point in WEAK {
        let other = [&unhex(point), &identity[32..]].concat();
        assert!(!key().verifies(MESSAGE, &other));
    }
}

#[test]
fn a_key_of_small_order_is_refused() {
    for point in WEAK {
        assert_refused(read(point), "weak");
    }
}

#[test]
fn a_key_that_is_not_canonical_is_refused() {
    for end in ["7f", "ff"] {
        assert_refused(read(&format!("f0{}{end}", "ff".repeat(30))), "canonical");
    }
}

#[test]
fn a_key_that_is_no_point_is_refused() {
    assert_refused(read(&format!("02{}", "00".repeat(31))), "no point");
}

#[test]
fn a_key_of_another_length_is_refused() {
    for length in [1, 31, 33, 44, 63, 65] {
        assert_refused(read(&"07".repeat(length)), &format!("{length} bytes"));
    }
}
