//! Where a fault is said to be, and that all of them are told at once.

use hookproof::config::{Format, Schemes, SchemesErrorKind};

use crate::{ACME, fault, refused};

#[test]
fn syntax_is_refused_with_line_and_column() {
    let error = refused("[[scheme]]\nslug = \"own\"\nsignature = header\n");
    assert_eq!(error.kind(), SchemesErrorKind::BadSyntax);
    let fault = &error.faults()[0];
    assert_eq!((fault.line(), fault.column()), (Some(3), Some(13)));
    assert!(
        error.to_string().starts_with("line 3, column 13: "),
        "{error}"
    );

    let json = Schemes::parse("{\n  \"scheme\": [\n    oh\n]}", Format::Json);
    let error = json.expect_err("no JSON");
    assert_eq!(error.to_string(), "line 3, column 5: expected value");
}

#[test]
fn all_faults_of_all_schemes_are_told() {
    let error = refused(
        r#"
        [[scheme]]
        slug = "one"
        signature = { heder = "one-signature" }
        encoding = "hax"

        [[scheme]]
        slug = "two"
        signature = { header = "Two" }

        [[scheme]]
        signature = { header = "three" }

        [[scheme]]
        slug = 4
        signature = { header = "four" }
    "#,
    );
    let told: Vec<String> = error.faults().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "scheme one, field signature: does not say where it stands: add header, json, form or query",
            "scheme one, field signature.heder: is not known here: did you mean header?",
            "scheme one, field encoding: \"hax\" is not known: did you mean hex?",
            "scheme two: the signature header's name is not a legal header name in lower case: write it as x-acme-signature",
            "scheme number 3, field slug: is missing",
            "scheme number 4, field slug: is a number, and not a text",
        ]
    );
    assert_eq!(error.to_string(), told.join("; "));
    assert_eq!(
        format!("{error:?}"),
        format!("SchemesError(bad-scheme: {error})")
    );
}

#[test]
fn a_slug_belongs_to_one_scheme() {
    let twice = fault(&[ACME, ACME].concat());
    assert_eq!(
        twice.to_string(),
        "scheme acme, field slug: another scheme of the file has this name: give it another"
    );
    let preset = fault(&ACME.replace("\"acme\"", "\"stripe\""));
    assert_eq!(
        preset.to_string(),
        "scheme stripe, field slug: is a preset's: give the scheme another name, and where it only changes single facts of the preset, extends"
    );
}

#[test]
fn only_presets_are_extended() {
    let near =
        fault("[[scheme]]\nslug = \"own\"\nextends = \"strpe\"\nsignature = { header = \"s\" }\n");
    assert_eq!(
        near.to_string(),
        "scheme own, field extends: \"strpe\" is no preset: did you mean stripe?"
    );
    let far = fault(
        "[[scheme]]\nslug = \"own\"\nextends = \"zzzzzzzzzzzzzzz\"\nsignature = { header = \"s\" }\n",
    );
    assert_eq!(
        far.message(),
        "\"zzzzzzzzzzzzzzz\" is no preset: `hookproof providers` lists all"
    );
}

#[test]
fn a_file_without_schemes_is_refused() {
    for text in ["", "# nothing\n", "scheme = []\n"] {
        assert_eq!(
            fault(text).message(),
            "the file has no scheme: each begins with [[scheme]] in TOML and stands in the list \"scheme\" in JSON"
        );
    }
    let other = fault("[[schemes]]\nslug = \"own\"\n");
    assert_eq!(
        other.to_string(),
        "field schemes: is not known here: did you mean scheme?"
    );
    for (text, message) in [
        ("[]", "the file is no object: write { \"scheme\": [ … ] }"),
        (
            "{\"scheme\": [7]}",
            "scheme number 1: is a number, and not a table",
        ),
        (
            "{\"scheme\": null}",
            "scheme number 1: is null, and not a table",
        ),
    ] {
        let error = Schemes::parse(text, Format::Json).expect_err(message);
        assert_eq!(error.to_string(), message);
    }
}
