//! What a scheme needs that this build lacks.

use crate::error::ConfigError;
use crate::scheme::Scheme;

/// Refuses a scheme where a feature is off that it needs: never a weaker check instead.
pub(super) fn check(scheme: &Scheme) -> Result<(), ConfigError> {
    let missing = scheme
        .features()
        .into_iter()
        .find(|feature| !is_on(feature));
    missing.map_or(Ok(()), |feature| {
        Err(ConfigError::scheme(format!(
            "the scheme {} needs the feature {feature} of hookproof: switch it on in Cargo.toml",
            scheme.slug()
        )))
    })
}

fn is_on(feature: &str) -> bool {
    let known = [
        ("asymmetric", cfg!(feature = "asymmetric")),
        ("dates", cfg!(feature = "dates")),
        ("forms", cfg!(feature = "forms")),
        ("json", cfg!(feature = "json")),
        ("keccak", cfg!(feature = "keccak")),
        ("legacy-digests", cfg!(feature = "legacy-digests")),
    ];
    known.contains(&(feature, true))
}
