//! What a scheme uses that no request tells: the public URL, and texts that are configured.

use hookproof::scheme::Scheme;

use crate::failure::Failure;
use crate::output::{shown, warn};
use crate::request::is_absolute;

/// The texts of `--config` that the scheme uses, by name. Warns of those that it does not.
///
/// Values are not repeated in messages: some are as good as a secret elsewhere.
pub(crate) fn configured<'a>(
    scheme: &Scheme,
    given: &'a [String],
) -> Result<Vec<(&'a str, &'a str)>, Failure> {
    let slug = scheme.slug();
    let mut known: Vec<(&str, &str)> = Vec::new();
    for setting in given {
        let (name, text) = match setting.split_once('=') {
            Some((name, text)) if !name.is_empty() => (name, text),
            _ => return Err(Failure::usage("--config takes NAME=VALUE")),
        };
        if !scheme.config_names().any(|used| used == name) {
            warn(&format!(
                "--config {} is ignored: the scheme {slug} does not use it",
                shown(name)
            ));
        } else if text.is_empty() {
            return Err(Failure::usage(format!(
                "the value of --config {name} is empty"
            )));
        } else if known.iter().any(|(known, _)| *known == name) {
            return Err(Failure::usage(format!("--config {name} is given twice")));
        } else {
            known.push((name, text));
        }
    }
    let is_given = |name: &&str| known.iter().any(|(known, _)| known == name);
    match scheme.config_names().find(|name| !is_given(name)) {
        Some(name) => Err(Failure::new(
            "missing-config",
            format!(
                "the scheme {slug} signs {name}, which no request tells: give it with --config {name}=VALUE"
            ),
        )),
        None => Ok(known),
    }
}

/// The URL of `--url`, where the scheme uses it; else warns that it does not. It may hold a token,
/// so that messages do not repeat it.
pub(crate) fn url<'a>(scheme: &Scheme, given: Option<&'a str>) -> Result<Option<&'a str>, Failure> {
    let Some(url) = given else { return Ok(None) };
    if !scheme.covers_url() && !scheme.reads_query() {
        warn(&format!(
            "--url is ignored: the scheme {} does not use it",
            scheme.slug()
        ));
        return Ok(None);
    }
    let has_host = url
        .split_once("://")
        .is_some_and(|(_, rest)| !rest.is_empty() && !rest.starts_with(['/', '?', '#']));
    if is_absolute(url) && has_host && url.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(Some(url))
    } else {
        Err(Failure::usage(
            "--url takes a whole URL as the provider knows it, such as https://hooks.example.com/in",
        ))
    }
}

/// What is said where the scheme signs the URL and nothing tells it.
pub(crate) fn missing_url(scheme: &Scheme) -> Failure {
    Failure::new(
        "missing-url",
        format!(
            "the scheme {} signs the URL, which is not known: give it with --url",
            scheme.slug()
        ),
    )
}

#[cfg(test)]
mod tests {
    use hookproof::scheme::{Part, Place};

    use super::*;

    static KEYED: Scheme = Scheme::builder("keyed", "keyed-signature")
        .content(&[Part::Config("app_key"), Part::Body])
        .build();

    static AT_URL: Scheme = Scheme::builder("at-url", "at-url-signature")
        .content(&[Part::Url, Part::Literal("\n"), Part::Body])
        .build();

    static IN_QUERY: Scheme = Scheme::builder_at("in-query", Place::Query("sign")).build();

    fn kind<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> &'static str {
        outcome.expect_err("a failure").kind
    }

    #[test]
    fn what_a_scheme_signs_and_nothing_tells_must_be_given_once() {
        let given = |settings: &[&str]| settings.iter().map(|it| (*it).to_owned()).collect();
        let given: fn(&[&str]) -> Vec<String> = given;
        let known = given(&["app_key=a=b", "other=c"]);
        assert_eq!(
            configured(&KEYED, &known).expect("settings"),
            [("app_key", "a=b")]
        );
        for settings in [&[][..], &["other=a"]] {
            let error = configured(&KEYED, &given(settings)).expect_err("a failure");
            assert_eq!(error.kind, "missing-config");
            assert!(error.message.contains("--config app_key=VALUE"));
        }
        for settings in [
            &["app_key="][..],
            &["app_key=a", "app_key=a"],
            &["app_key"],
            &["=a"],
        ] {
            assert_eq!(kind(configured(&KEYED, &given(settings))), "usage");
        }
    }

    #[test]
    fn a_url_is_whole_and_for_who_uses_it() {
        for scheme in [&AT_URL, &IN_QUERY] {
            for text in ["https://a.example", "HTTP://a.example:80/in?x=%20#rc=2"] {
                assert_eq!(url(scheme, Some(text)).expect("a URL"), Some(text));
            }
            for text in [
                "",
                "a.example/in",
                "/in",
                "https:///in",
                "ftp://a.example/in",
                "https://a.example/i n",
                "https://a.example/é",
            ] {
                assert_eq!(kind(url(scheme, Some(text))), "usage", "{text}");
            }
        }
        assert_eq!(url(&KEYED, Some("a.example")).expect("ignored"), None);
    }
}
