//! The comparison, for everything but the MAC that runs along: in constant time where a secret is
//! part of it.

use subtle::{Choice, ConstantTimeEq as _};

use crate::encoding::Encoding;
use crate::keys::Key;
use crate::scheme::{Algorithm, Digest};
use crate::verify::plan::Plan;

/// Which version of its signatures a delivery says that it has.
#[derive(Clone, Copy)]
pub(super) enum Version {
    /// The scheme has one.
    Only,
    First,
    Second,
}

/// Whether one of the candidates is the signature of the message under the key.
#[cfg_attr(
    not(feature = "asymmetric"),
    expect(unused_variables, reason = "no key has versions")
)]
pub(super) fn agrees(
    plan: &Plan,
    key: &Key,
    version: Version,
    message: &[u8],
    candidates: &[Vec<u8>],
) -> bool {
    match (plan.scheme.algorithm(), key) {
        (Algorithm::Hmac(_), Key::Mac(key, _)) => {
            is_among(&key.mac(|mac| mac.update(message)), candidates)
        }
        (Algorithm::Hmac(digest), Key::Hmac(key, _)) => {
            is_among(&digest.hmac(key, message), candidates)
        }
        (Algorithm::Digest(digest), Key::Text(_)) => is_among(&digest.of(message), candidates),
        // The message is the secret.
        (Algorithm::Token, Key::Text(_)) => is_credential(message, candidates),
        // To decode what came depends on no character; to encode the secret would, on its bytes.
        (Algorithm::Basic, Key::Text(_)) => {
            let texts = candidates.iter();
            let decoded = texts.filter_map(|text| Encoding::Base64.decode(text));
            is_credential(message, &decoded.collect::<Vec<_>>())
        }
        #[cfg(feature = "asymmetric")]
        (_, Key::Public(key)) => candidates
            .iter()
            .any(|candidate| key.verifies(message, candidate)),
        #[cfg(feature = "asymmetric")]
        (_, Key::PublicByVersion(keys)) => {
            let [first, second] = &**keys;
            let key = match version {
                Version::Only => return false,
                Version::First => first,
                Version::Second => second,
            };
            candidates
                .iter()
                .any(|candidate| key.verifies(message, candidate))
        }
        _ => false,
    }
}

/// Candidates have the length of what is computed, or they would not be there.
fn is_among(computed: &[u8], candidates: &[Vec<u8>]) -> bool {
    let mut found = Choice::from(0);
    for candidate in candidates {
        found |= computed.ct_eq(candidate);
    }
    // Nothing is computed where a digest's feature is off.
    !computed.is_empty() && found.into()
}

/// Credentials have any length. Their digests have one, so that the comparison does not tell it.
fn is_credential(expected: &[u8], candidates: &[Vec<u8>]) -> bool {
    let expected = Digest::Sha256.of(expected);
    let mut found = Choice::from(0);
    for candidate in candidates {
        found |= expected.ct_eq(&Digest::Sha256.of(candidate));
    }
    found.into()
}
