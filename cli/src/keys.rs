//! Secrets from the environment: an argument would show them to every process of the machine.

use std::env;

use hookproof::scheme::Scheme;
use hookproof::{ConfigErrorKind, Keyring, Secret, Verifier};

use crate::failure::Failure;
use crate::output::warn;

/// A verifier of a scheme with the secrets of these variables, newest first. Warns of short ones.
pub(crate) fn verifier(
    scheme: &Scheme,
    newest: &str,
    previous: &[String],
) -> Result<Verifier, Failure> {
    let mut keys = Keyring::new(usable_secret(scheme, newest)?);
    for variable in previous {
        keys = keys.with_previous(usable_secret(scheme, variable)?);
    }
    let verifier = Verifier::new(scheme, keys)?;
    for label in verifier.short_keys() {
        warn(&format!(
            "the {label} key has fewer than 16 bytes: such a key can be guessed"
        ));
    }
    Ok(verifier)
}

/// The secret of a variable, known to give a key under the scheme.
pub(crate) fn usable_secret(scheme: &Scheme, variable: &str) -> Result<Secret, Failure> {
    // Tried alone first, because a keyring's error does not tell which of its secrets is bad.
    match Verifier::new(scheme, secret(variable)?) {
        Ok(_) => secret(variable),
        Err(error) if error.kind() == ConfigErrorKind::BadSecret => Err(Failure::new(
            error.kind().as_str(),
            format!("in the environment variable {variable}: {error}"),
        )),
        Err(error) => Err(error.into()),
    }
}

fn secret(variable: &str) -> Result<Secret, Failure> {
    if env::var_os(variable).is_none() && !is_plain_name(variable) {
        return Err(Failure::new(
            ConfigErrorKind::BadSecret.as_str(),
            "no environment variable has the name that was given: the option takes a variable's \
             name, not the secret (the name is not shown, for it could be the secret)",
        ));
    }
    Ok(Secret::from_env(variable)?)
}

/// Whether a name is written as variables are by custom. Anything else may be a secret, given in
/// place of the name, and is not printed.
fn is_plain_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}
