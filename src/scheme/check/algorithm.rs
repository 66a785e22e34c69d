//! Algorithm and key fit each other, and the secret is where it must be.

use crate::scheme::{Algorithm, Canonical, Digest, KeyFormat, Part, Scheme};

/// Algorithm and key fit each other.
pub(super) const fn algorithm(scheme: &Scheme) -> Result<(), &'static str> {
    if scheme.algorithm.is_public_key() != scheme.key.is_public() {
        return Err(
            "algorithm and key format do not fit: a public-key algorithm takes a public key, and nothing else does",
        );
    }
    match (scheme.algorithm, scheme.key) {
        (Algorithm::EcdsaP256(digest) | Algorithm::Rsa(digest), _)
            if !matches!(digest, Digest::Sha1 | Digest::Sha256) =>
        {
            Err("a public-key signature is over SHA-256, or over SHA-1 where a vendor mandates it")
        }
        (
            Algorithm::EcdsaP256(_) | Algorithm::Rsa(_) | Algorithm::RsaBySignatureVersion,
            KeyFormat::PublicHex | KeyFormat::PublicBase64 { .. },
        ) => Err("a bare key of 32 bytes is Ed25519's: use KeyFormat::PublicPem or PublicDer"),
        (Algorithm::Hmac(Digest::Keccak256), _) => Err("there is no HMAC under Keccak-256"),
        (Algorithm::Basic | Algorithm::Digest(_) | Algorithm::Token, key)
            if !matches!(key, KeyFormat::Text) =>
        {
            Err(
                "a credential, or a digest with the secret in it, takes the secret's text: KeyFormat::Text",
            )
        }
        (Algorithm::Digest(_), _) if !holds_secret(scheme) => Err(
            "a plain digest without the secret in its content proves nothing: add Part::Secret, or use Algorithm::Hmac",
        ),
        (Algorithm::Basic | Algorithm::Token, _)
            if !(scheme.content.len() == 1 && matches!(scheme.content[0], Part::Secret)) =>
        {
            Err("a credential is the secret and nothing else: the content is &[Part::Secret]")
        }
        _ => Ok(()),
    }
}

const fn holds_secret(scheme: &Scheme) -> bool {
    let mut nth = 0;
    while nth < scheme.content.len() {
        if let Part::Secret | Part::Canonical(Canonical::UnisenderGo | Canonical::Wecom) =
            scheme.content[nth]
        {
            return true;
        }
        nth += 1;
    }
    false
}
