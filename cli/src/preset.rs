//! Providers by name: those that are supported, those that are known, and the nearest of a name
//! that is neither.

use std::path::Path;

use hookproof::config::Schemes;
use hookproof::providers;
use hookproof::scheme::Scheme;
use strsim::damerau_levenshtein;

use crate::failure::Failure;
use crate::output::shown;

/// Slugs that are known but have no preset yet, one a line, sorted.
const DEFERRED: &str = include_str!("deferred.txt");

/// Longer names are nothing to look for neighbours of.
const LONGEST_NAME: usize = 64;

/// The scheme of a slug in a file, where there is one; else the preset.
pub(crate) fn find_in(file: Option<&Path>, slug: &str) -> Result<&'static Scheme, Failure> {
    let schemes = file.map(Schemes::load).transpose()?;
    match schemes.and_then(|schemes| schemes.find(slug)) {
        Some(scheme) => Ok(scheme),
        None => find(slug),
    }
}

/// The preset of a slug, or what to write instead.
pub(crate) fn find(slug: &str) -> Result<&'static Scheme, Failure> {
    if let Some(scheme) = providers::find(slug) {
        return Ok(scheme);
    }
    if deferred().any(|known| known == slug) {
        return Err(Failure::new(
            "unsupported-provider",
            format!(
                "provider {slug} is not supported yet: `hookproof providers` lists those that are"
            ),
        ));
    }
    let hint = match nearest(slug) {
        Some(Nearest::Deferred(name)) => {
            format!("the nearest name is {name}, which is not supported yet")
        }
        Some(Nearest::Supported(name)) => format!("the nearest name is {name}"),
        None => "`hookproof providers` lists those that are known".to_owned(),
    };
    Err(Failure::new(
        "unknown-provider",
        format!("unknown provider {}: {hint}", shown(slug)),
    ))
}

enum Nearest {
    Deferred(&'static str),
    Supported(&'static str),
}

/// A name that the slug begins; else the one with the fewest letters to change.
/// Of names equally near, a supported one.
fn nearest(slug: &str) -> Option<Nearest> {
    if slug.len() > LONGEST_NAME {
        return None;
    }
    let slug = slug.to_lowercase();
    let supported = providers::ALL
        .iter()
        .map(|scheme| Nearest::Supported(scheme.slug()));
    supported
        .chain(deferred().map(Nearest::Deferred))
        .min_by_key(|name| match name {
            Nearest::Deferred(name) | Nearest::Supported(name) => {
                (!name.starts_with(&slug), damerau_levenshtein(&slug, name))
            }
        })
}

fn deferred() -> impl Iterator<Item = &'static str> {
    DEFERRED.lines()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deferred_slugs_are_sorted_and_have_no_preset() {
        let slugs: Vec<&str> = deferred().collect();
        // Every provider whose scheme is known, with a preset or without.
        assert_eq!(providers::ALL.len() + slugs.len(), 347);
        assert!(slugs.is_sorted_by(|a, b| a < b));
        for slug in slugs {
            assert!(providers::find(slug).is_none(), "{slug} is supported");
            assert_eq!(slug.trim(), slug);
        }
    }

    #[test]
    fn of_names_equally_near_a_supported_one_is_named() {
        for (typed, meant) in [
            ("Stripe", "stripe"),
            ("standardwebhooks", "standard-webhooks"),
            ("sen", "sent"),
        ] {
            assert!(matches!(nearest(typed), Some(Nearest::Supported(name)) if name == meant));
        }
        assert!(matches!(
            nearest("netlfy"),
            Some(Nearest::Deferred("netlify"))
        ));
    }

    #[test]
    fn a_name_that_goes_on_is_nearer_than_a_mistyped_one() {
        for (typed, meant) in [
            ("standard", "standard-webhooks"),
            ("jetemail-in", "jetemail-inbound"),
        ] {
            assert!(matches!(nearest(typed), Some(Nearest::Supported(name)) if name == meant));
        }
        assert!(matches!(
            nearest("google"),
            Some(Nearest::Deferred(name)) if name.starts_with("google-")
        ));
    }

    #[test]
    fn endless_names_have_no_neighbours() {
        assert!(nearest(&"a".repeat(65)).is_none());
    }
}
