//! Words that are not known, and values that are not what their field takes.

use crate::{fault, one};

/// The fault of a scheme with these lines: its field and its message.
#[track_caller]
fn told(lines: &str) -> (String, String) {
    let signature = if lines.contains("signature") {
        ""
    } else {
        "signature = { header = \"own-signature\" }\n"
    };
    let fault = fault(&format!("[[scheme]]\nslug = \"own\"\n{signature}{lines}\n"));
    assert_eq!(fault.scheme(), Some("own"));
    (
        fault.field().unwrap_or_default().to_owned(),
        fault.message().to_owned(),
    )
}

#[track_caller]
fn tells(lines: &str, field: &str, message: &str) {
    let (at, what) = told(lines);
    assert_eq!((at.as_str(), what.as_str()), (field, message));
}

#[test]
fn unknown_fields_are_refused_with_the_nearest_that_is_known() {
    tells(
        "encodign = \"hex\"",
        "encodign",
        "is not known here: did you mean encoding?",
    );
    tells(
        "timestamp = { header = \"t\", tolerance_secs = 300 }",
        "timestamp.tolerance_secs",
        "is not known here: did you mean tolerance-secs?",
    );
    tells(
        "signature = { header = \"own-signature\", pairs = { key = \"v1\", separator = \",\", assign = \"=\", flavour = 1 } }",
        "signature.pairs.flavour",
        "is not known here: known are key, separator, assign",
    );
}

#[test]
fn a_secret_in_the_file_is_refused_pointedly_and_not_repeated() {
    for field in ["secret", "signing-secret", "webhook_secret", "password"] {
        let (at, message) = told(&format!("{field} = \"hunter2hunter2\""));
        assert_eq!(at, field);
        assert!(
            message.starts_with("no secret belongs in this file: remove it"),
            "{message}"
        );
        assert!(!message.contains("hunter2"), "{message}");
    }
}

#[test]
fn unknown_words_are_refused_with_the_nearest_that_is_known() {
    tells(
        "algorithm = \"hmac-sha265\"",
        "algorithm",
        "\"hmac-sha265\" is not known: did you mean hmac-sha256?",
    );
    tells(
        "encoding = \"utf-8\"",
        "encoding",
        "\"utf-8\" is not known: known are base64, base64url, hex, hex-upper",
    );
    tells(
        "content = [\"{bodi}\"]",
        "content",
        "\"{bodi}\" is not known: did you mean {body}?",
    );
    tells(
        "content = [{ canonical = \"plivo-v2\" }]",
        "content.canonical",
        "\"plivo-v2\" is not known: did you mean plivo-v3?",
    );
}

#[test]
fn a_template_in_one_text_is_not_taken_for_a_literal() {
    for text in ["{timestamp}.{body}", "v0:{timestamp}:"] {
        let (at, message) = told(&format!("content = [\"{text}\", \"{{body}}\"]"));
        assert_eq!(at, "content");
        assert!(message.contains("holds {"), "{message}");
        assert!(message.contains("{ literal = … }"), "{message}");
    }
}

#[test]
fn values_of_another_kind_are_refused() {
    for (lines, field, message) in [
        ("encoding = 7", "encoding", "is a number, and not a text"),
        (
            "encoding = 7.5",
            "encoding",
            "is a number with a fraction, and not a text",
        ),
        (
            "encoding = 1979-05-27",
            "encoding",
            "is a date, and not a text",
        ),
        (
            "timestamp = \"t\"",
            "timestamp",
            "is a text, and not a table",
        ),
        (
            "content = \"{body}\"",
            "content",
            "is a text, and not a list",
        ),
        (
            "content = [7]",
            "content",
            "is a number, and not a list of texts and tables: one item",
        ),
        (
            "port-variants = \"yes\"",
            "port-variants",
            "is a text, and not true or false",
        ),
        (
            "retries = { horizon-secs = -1 }",
            "retries.horizon-secs",
            "-1 is out of range",
        ),
        (
            "retries = { horizon-secs = 4294967296 }",
            "retries.horizon-secs",
            "4294967296 is out of range",
        ),
        ("key = [1]", "key", "is a list, and not a word or a table"),
        (
            "key = { base64-after = \"a\", text-then = \"b\" }",
            "key",
            "has one field",
        ),
        (
            "replay-id = { header = \"a\", query = \"b\" }",
            "replay-id",
            "names more than one place: one of header, json, form, query; or form and json, for a document in a form field",
        ),
        (
            "replay-id = {}",
            "replay-id",
            "names no place: add header, json, form or query",
        ),
        (
            "delivery-id = {}",
            "delivery-id",
            "names no place: write { header = \"…\" }, { json = \"/…\" }, { form = \"…\" } or { query = \"…\" }",
        ),
        (
            "signature = {}",
            "signature",
            "does not say where it stands: add header, json, form or query",
        ),
        (
            "signature = { header = \"s\", prefix-optional = true }",
            "signature.prefix-optional",
            "is said of a prefix: add prefix",
        ),
        (
            "signature = { header = \"s\", prefix = \"a=\", plain = true }",
            "signature",
            "is written in one way: keep one of plain, prefix, list, pairs",
        ),
        (
            "signature = { header = \"s\", list = { prefix = \"\", separator = \", \" } }",
            "signature.list.separator",
            "one ASCII character stands here, such as \",\"",
        ),
        (
            "signature = { header = \"s\", numbered = { prefix = \"s-\", last = 256 } }",
            "signature.numbered.last",
            "256 is out of range",
        ),
        (
            "timestamp = { unit = \"ms\" }",
            "timestamp",
            "does not say where it stands: add header, pair, item, json, form or query",
        ),
        (
            "timestamp = { header = \"t\", pair = \"t\" }",
            "timestamp",
            "stands in one place: keep one of header, pair, item, json, form, query",
        ),
        (
            "timestamp = { header = \"t\", tolerance-secs = 604801 }",
            "timestamp.tolerance-secs",
            "is 0 to 604800 seconds: longer than seven days is no window",
        ),
        (
            "timestamp = { header = \"t\", tolerance-secs = { past = 1 } }",
            "timestamp.tolerance-secs.future",
            "is missing",
        ),
        (
            "timestamp = { header = \"t\", tolerance-secs = 1, dangerous-without-window = true }",
            "timestamp",
            "has a tolerance or is without a window: not both",
        ),
        (
            "content = [{ header = \"a\", absent = \"\" }]",
            "content.absent",
            "is said of a value at json alone",
        ),
        (
            "content = [{}]",
            "content",
            "one part has one of header, json, form, query, config, literal, body-digest, canonical",
        ),
        (
            "content = [{ header = \"a\", config = \"b\" }]",
            "content",
            "one part has one of header, json, form, query, config, literal, body-digest, canonical",
        ),
        (
            "about = { name = \"Own\", family = \"basic\", source = \"-\" }",
            "about.confidence",
            "is missing",
        ),
        (
            "body-digest = { header = \"d\" }",
            "body-digest.digest",
            "is missing",
        ),
    ] {
        tells(lines, field, message);
    }
}

#[test]
fn what_an_extended_preset_says_cannot_be_unsaid() {
    let preset = hookproof::providers::ALL
        .iter()
        .find(|it| it.timestamp().is_some() && it.tolerance().is_none());
    if let Some(preset) = preset {
        let text = format!(
            "[[scheme]]\nslug = \"own\"\nextends = \"{}\"\ntimestamp = {{ dangerous-without-window = false }}\n",
            preset.slug()
        );
        assert!(fault(&text).message().contains("cannot be taken back"));
    }
    let same = one("[[scheme]]\nslug = \"own\"\nextends = \"stripe\"\nport-variants = false\n");
    assert!(!same.has_port_variants());
}
