//! Files that were made to hurt: refused in bounded time and memory, and without repeating them raw.

use hookproof::config::{Format, MAX_SCHEMES, MAX_TEXT, Schemes, SchemesError, SchemesErrorKind};

use crate::{ACME, one, refused};

fn json(text: &str) -> SchemesError {
    Schemes::parse(text, Format::Json).expect_err("refused")
}

#[test]
fn deep_nesting_is_refused() {
    let deep = 100_000;
    let lists = "[".repeat(deep);
    assert_eq!(
        json(&format!("{{\"scheme\": {lists}")).kind(),
        SchemesErrorKind::BadSyntax
    );
    let objects = "{\"a\":".repeat(deep);
    assert_eq!(json(&objects).kind(), SchemesErrorKind::BadSyntax);
    let tables = format!("scheme = {}", "{a=".repeat(deep));
    for text in [
        format!("scheme = {lists}"),
        tables,
        format!("[{}a]", "a.".repeat(deep)),
    ] {
        assert_eq!(
            refused(&text).kind(),
            SchemesErrorKind::BadSyntax,
            "{}",
            &text[..20]
        );
    }
}

#[test]
fn duplicate_keys_are_refused_in_either_format() {
    let error = json("{\"scheme\": [],\n\"scheme\": []}");
    assert_eq!(error.kind(), SchemesErrorKind::BadSyntax);
    assert_eq!(error.faults()[0].line(), Some(2));
    assert_eq!(error.faults()[0].message(), "duplicate key");
    let error = refused(&format!("{ACME}slug = \"acme\"\n"));
    assert_eq!(error.kind(), SchemesErrorKind::BadSyntax);
}

#[test]
fn a_text_too_long_or_with_too_many_schemes_is_refused() {
    let long = format!("{ACME}#{}", "x".repeat(MAX_TEXT));
    assert_eq!(refused(&long).kind(), SchemesErrorKind::TooLarge);
    one(&long[..MAX_TEXT]);

    let schemes = |number: usize| {
        (0..number)
            .map(|nth| format!("[[scheme]]\nslug = \"own-{nth}\"\nsignature = {{ header = \"own-signature\" }}\n"))
            .collect::<String>()
    };
    let many = refused(&schemes(MAX_SCHEMES + 1));
    assert_eq!(many.kind(), SchemesErrorKind::TooLarge);
    assert_eq!(
        many.to_string(),
        "the file has 257 schemes, and at most 256 are read"
    );
    assert_eq!(crate::toml(&schemes(MAX_SCHEMES)).len(), MAX_SCHEMES);
}

#[test]
fn a_byte_order_mark_and_carriage_returns_change_nothing() {
    let windows = format!("\u{feff}{}", ACME.replace('\n', "\r\n"));
    assert!(core::ptr::eq(one(ACME), one(&windows)));
    let text =
        "\u{feff}{\r\n\"scheme\": [{\"slug\": \"bom\", \"signature\": {\"header\": \"s\"}}]}\r\n";
    assert_eq!(Schemes::parse(text, Format::Json).expect("sound").len(), 1);
}

#[test]
fn control_characters_are_refused_and_not_printed() {
    assert_eq!(
        refused("[[scheme]]\nslug = \"a\0b\"\n").kind(),
        SchemesErrorKind::BadSyntax
    );
    assert_eq!(
        json("{\"scheme\": [{\"slug\": \"a\0b\"}]}").kind(),
        SchemesErrorKind::BadSyntax
    );
    let error = refused(
        "[[scheme]]\nslug = \"a\\u001b[31m\\u0000\"\n\"\\u001b[2J\" = 1\nsignature = { header = \"s\" }\n",
    );
    let message = error.to_string();
    assert!(!message.contains(char::is_control), "{message:?}");
}

#[test]
fn endless_names_and_faults_are_cut_short() {
    let name = "n".repeat(500_000);
    let error = refused(&format!(
        "[[scheme]]\nslug = \"own\"\nsignature = {{ header = \"s\" }}\n{name} = 1\n"
    ));
    assert!(error.to_string().len() < 1_000, "{error}");
    let fields: Vec<String> = (0..40_000)
        .map(|nth| format!("\"field-{nth}\": 1"))
        .collect();
    let error = json(&format!("{{\"scheme\": [{{{}}}]}}", fields.join(",")));
    assert!(error.faults().len() <= 64, "{}", error.faults().len());
}

#[test]
fn numbers_beyond_every_range_are_refused() {
    for number in [
        "18446744073709551615",
        "9223372036854775807",
        "-9223372036854775808",
    ] {
        let text = format!(
            "{{\"scheme\": [{{\"slug\": \"own\", \"signature\": {{\"header\": \"s\"}}, \"retries\": {{\"horizon-secs\": {number}}}}}]}}"
        );
        assert!(json(&text).to_string().contains("out of range"));
    }
    let error = json(
        "{\"scheme\": [{\"slug\": \"own\", \"signature\": {\"header\": \"s\"}, \"retries\": {\"horizon-secs\": 1e999}}]}",
    );
    assert_eq!(error.kind(), SchemesErrorKind::BadSyntax);
}
