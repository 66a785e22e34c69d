//! Keys and signatures of ECDSA on P-256.

use super::*;

const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

fn owner() -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&[7; 32]).expect("in range")
}

fn point() -> Vec<u8> {
    owner()
        .verifying_key()
        .to_sec1_point(false)
        .as_bytes()
        .to_vec()
}

fn read(spki: &[u8]) -> Result<PublicKey, ConfigError> {
    read_spki(PublicAlgorithm::EcdsaP256Sha256, spki)
}

fn key() -> PublicKey {
    read(&spki(&[EC_OID, P256_OID], &point())).expect("a good key")
}

fn sign() -> Signature {
    owner().sign(MESSAGE)
}

/// A signature in DER from the contents of its two numbers.
fn pair(r: &[u8], s: &[u8]) -> Vec<u8> {
    der(0x30, &[&der(2, &[r]), &der(2, &[s])])
}

/// The numbers of a genuine signature, as DER holds them.
fn numbers() -> [Vec<u8>; 2] {
    let (r, s) = sign().split_bytes();
    [integer(&r)[2..].to_vec(), integer(&s)[2..].to_vec()]
}

#[test]
fn both_of_the_two_equal_signatures_verify() {
    let signature = sign();
    let (r, s) = signature.split_scalars();
    let other = Signature::from_scalars(r, -s).expect("in range");
    assert_ne!(signature, other);
    assert!(key().verifies(MESSAGE, signature.to_der().as_bytes()));
    assert!(key().verifies(MESSAGE, other.to_der().as_bytes()));
}

#[test]
fn only_der_is_taken() {
    let [r, s] = numbers();
    let (first, second) = (der(2, &[&r]), der(2, &[&s]));
    let inner = [first.as_slice(), &second].concat();
    let length = inner.len().to_be_bytes()[7];
    assert!(key().verifies(MESSAGE, &pair(&r, &s)));
    let lax = [
        // Bytes after the whole, and after the numbers within it.
        [pair(&r, &s), vec![0]].concat(),
        der(0x30, &[&inner, &[5, 0]]),
        der(0x30, &[&inner, &[0]]),
        der(0x30, &[&inner, &second]),
        // Leading zeros that no sign asks for.
        pair(&[&[0], r.as_slice()].concat(), &s),
        pair(&r, &[&[0, 0], s.as_slice()].concat()),
        // Lengths in a longer form than they need, or none.
        [&[0x30, 0x81, length], inner.as_slice()].concat(),
        [&[0x30, 0x82, 0, length], inner.as_slice()].concat(),
        [&[0x30, 0x80], inner.as_slice(), &[0, 0]].concat(),
        der(0x30, &[&[2, 0x81, r.len().to_be_bytes()[7]], &r, &second]),
        // Other tags, and one number alone.
        [&[0x31, length], inner.as_slice()].concat(),
        der(0x30, &[&der(4, &[&r]), &second]),
        der(0x30, &[&first]),
        inner,
        // The form of tokens: two numbers side by side.
        sign().to_bytes().to_vec(),
    ];
    for signature in lax {
        assert!(!key().verifies(MESSAGE, &signature), "{signature:02x?}");
    }
}

#[test]
fn numbers_out_of_range_are_refused() {
    let [r, s] = numbers();
    let order = unhex(ORDER);
    let mut above = order.clone();
    above[31] += 1;
    let bad = [
        integer(&[])[2..].to_vec(),
        integer(&order)[2..].to_vec(),
        integer(&above)[2..].to_vec(),
        integer(&[0xff; 32])[2..].to_vec(),
        integer(&[0xff; 33])[2..].to_vec(),
        vec![1; 100],
        // Negative, and without any digit.
        vec![0xff],
        vec![0x80],
        order,
        vec![],
    ];
    for number in &bad {
        assert!(!key().verifies(MESSAGE, &pair(number, &s)), "{number:02x?}");
        assert!(!key().verifies(MESSAGE, &pair(&r, number)), "{number:02x?}");
        assert!(
            !key().verifies(MESSAGE, &pair(number, number)),
            "{number:02x?}"
        );
    }
    assert!(!key().verifies(MESSAGE, &pair(&[1], &[1])));
}

/// r + n names the same point where it fits; only the least number is the signature's.
#[test]
fn a_number_that_is_not_reduced_is_refused() {
    let (r, s) = sign().split_bytes();
    let mut sum = vec![0; 33];
    let mut carry = 0;
    for ((byte, one), other) in sum
        .iter_mut()
        .rev()
        .zip(s.iter().rev())
        .zip(unhex(ORDER).iter().rev())
    {
        let total = u16::from(*one) + u16::from(*other) + carry;
        *byte = total.to_be_bytes()[1];
        carry = total >> 8;
    }
    sum[0] = carry.to_be_bytes()[1];
    assert!(!key().verifies(MESSAGE, &der(0x30, &[&integer(&r), &integer(&sum)])));
}

#[test]
fn points_come_whole_or_compressed_and_in_no_other_form() {
    let whole = point();
    let compressed = owner()
        .verifying_key()
        .to_sec1_point(true)
        .as_bytes()
        .to_vec();
    let read = |point: &[u8]| read(&spki(&[EC_OID, P256_OID], point));
    let key = read(&compressed).expect("a good key");
    assert!(key.verifies(MESSAGE, sign().to_der().as_bytes()));
    let mut off = whole.clone();
    off[64] ^= 1;
    let bad = [
        vec![],
        vec![0],
        off,
        [&[5], &whole[1..33]].concat(),
        [&[6], &whole[1..]].concat(),
        [&[7], &whole[1..]].concat(),
        whole[1..].to_vec(),
        whole[..64].to_vec(),
        [whole.as_slice(), &[0]].concat(),
        [&[4][..], &[0; 64]].concat(),
        [&[4][..], &[0xff; 64]].concat(),
    ];
    for point in bad {
        assert_refused(read(&point), "no point");
    }
}
