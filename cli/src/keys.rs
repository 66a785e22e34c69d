//! Secrets from the environment: an argument would show them to every process of the machine.

use std::env;

use hookproof::scheme::Scheme;
use hookproof::{ConfigError, ConfigErrorKind, Keyring, Secret, Signer, Verifier};

use crate::failure::Failure;
use crate::output::warn;

/// A verifier of a scheme with the secrets of these variables, newest first. Warns of short ones.
pub(crate) fn verifier(
    scheme: &Scheme,
    newest: &str,
    previous: &[String],
) -> Result<Verifier, Failure> {
    let mut keys = Keyring::new(secret(scheme, newest)?);
    for variable in previous {
        keys = keys.with_previous(secret(scheme, variable)?);
    }
    let labels: Vec<String> = keys.labels().map(str::to_owned).collect();
    let verifier = Verifier::new(scheme, keys).map_err(|error| {
        let older = labels.iter().skip(1).zip(previous);
        let bad = older
            .into_iter()
            .find(|(label, _)| error.key() == Some(label));
        failure(bad.map_or(newest, |(_, variable)| variable), error)
    })?;
    for label in verifier.short_keys() {
        warn_of_short(&label);
    }
    Ok(verifier)
}

/// A signer of a scheme with the secret of this variable. Warns of a short one.
pub(crate) fn signer(scheme: &Scheme, variable: &str) -> Result<Signer, Failure> {
    let signer =
        Signer::new(scheme, secret(scheme, variable)?).map_err(|error| failure(variable, error))?;
    if signer.has_short_key() {
        warn_of_short("primary");
    }
    Ok(signer)
}

fn warn_of_short(label: &str) {
    warn(&format!(
        "the {label} key has fewer than 16 bytes: such a key can be guessed"
    ));
}

/// The library's message says what to fix and shows no secret; the variable's name is ours to add.
fn failure(variable: &str, error: ConfigError) -> Failure {
    match error.kind() {
        ConfigErrorKind::BadSecret => Failure::new(
            error.kind().as_str(),
            format!("in the environment variable {variable}: {error}"),
        ),
        _ => error.into(),
    }
}

fn secret(scheme: &Scheme, variable: &str) -> Result<Secret, Failure> {
    let bad = |message| Failure::new(ConfigErrorKind::BadSecret.as_str(), message);
    match env::var_os(variable) {
        None if !is_plain_name(variable) => Err(bad(
            "no environment variable has the name that was given: the option takes a variable's \
             name, not the secret (the name is not shown, for it could be the secret)"
                .to_owned(),
        )),
        // The library asks for a secret, and whoever has a private one must not put it there.
        None if scheme.algorithm().is_public_key() => Err(bad(format!(
            "the environment variable {variable} is not set: set it to the provider's public key"
        ))),
        _ => Ok(Secret::from_env(variable)?),
    }
}

/// Whether a name is written as variables are by custom. Anything else may be a secret, given in
/// place of the name, and is not printed.
pub(crate) fn is_plain_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}
