//! Public keys that are read or refused, and signatures that verify or do not.

mod ecdsa;
mod ed25519;
mod rsa;
mod signatures;
mod texts;
mod vectors;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::ed25519::signature::Signer;
use p256::ecdsa::Signature;

use super::*;
use crate::error::ConfigErrorKind;
use vectors::{Vector, vectors};

fn bytes(base64: &str) -> Vec<u8> {
    STANDARD.decode(base64).expect("base64")
}

fn unhex(text: &str) -> Vec<u8> {
    hex::decode(text).expect("hex")
}

/// The message of the keys below.
const MESSAGE: &[u8] = br#"{"id":1}"#;

/// One element of DER.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut element = vec![tag];
    match u16::try_from(content.len()).expect("short") {
        short @ 0..=127 => element.push(short.to_be_bytes()[1]),
        short @ 128..=255 => element.extend([0x81, short.to_be_bytes()[1]]),
        long => element.extend([&[0x82], long.to_be_bytes().as_slice()].concat()),
    }
    element.extend(content);
    element
}

/// An unsigned number in DER.
fn integer(value: &[u8]) -> Vec<u8> {
    let start = value.iter().take_while(|byte| **byte == 0).count();
    let digits = value.get(start..).unwrap_or_default();
    match digits.first() {
        None => der(2, &[&[0]]),
        Some(128..) => der(2, &[&[0], digits]),
        Some(_) => der(2, &[digits]),
    }
}

const ED25519_OID: &[u8] = &[6, 3, 0x2b, 0x65, 0x70];
const EC_OID: &[u8] = &[6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const P256_OID: &[u8] = &[6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const RSA_OID: &[u8] = &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const RSA_PSS_OID: &[u8] = &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];
const NULL: &[u8] = &[5, 0];

fn spki(identifier: &[&[u8]], key: &[u8]) -> Vec<u8> {
    der(0x30, &[&der(0x30, identifier), &der(3, &[&[0], key])])
}

fn read_spki(algorithm: PublicAlgorithm, der: &[u8]) -> Result<PublicKey, ConfigError> {
    PublicKey::read(algorithm, Container::SpkiBase64, &STANDARD.encode(der))
}

#[track_caller]
fn assert_refused(read: Result<PublicKey, ConfigError>, message: &str) {
    let error = read.expect_err("the key is refused");
    assert_eq!(error.kind(), ConfigErrorKind::BadSecret);
    assert!(error.to_string().contains(message), "{error}");
}

/// What is written where a private key stands must shout.
#[track_caller]
fn assert_shouts(read: Result<PublicKey, ConfigError>) {
    assert_refused(read, "NEVER paste a private key");
}
