//! The lints, each by a file's text: the message is in the file's words and says what to do.

use hookproof::config::SchemesErrorKind;

use crate::{fault, one, refused};

/// A scheme of these lines, whose signature stands in a header of its own unless they say otherwise.
fn scheme(lines: &str) -> String {
    let signature = if lines.contains("signature =") {
        ""
    } else {
        "signature = { header = \"own-signature\" }\n"
    };
    format!("[[scheme]]\nslug = \"own\"\n{signature}{lines}\n")
}

#[track_caller]
fn lint(lines: &str, message: &str) {
    let error = refused(&scheme(lines));
    assert_eq!(error.kind(), SchemesErrorKind::BadScheme);
    let fault = fault(&scheme(lines));
    assert_eq!((fault.scheme(), fault.field()), (Some("own"), None));
    assert_eq!(fault.message(), message);
    assert_eq!(error.to_string(), format!("scheme own: {message}"));
}

#[test]
fn a_body_that_is_not_signed_is_refused_unless_it_is_waived_with_a_reason() {
    lint(
        r#"content = [{ header = "x-id" }]"#,
        "the body is not in the signed content, so anybody could exchange it: add \"{body}\", or, if the vendor does not sign it, say why it is borne with dangerous-body-unsigned = \"…\"",
    );
    lint(
        "content = [{ header = \"x-id\" }]\ndangerous-body-unsigned = \"\"",
        "the waiver for a body that is not signed has no reason: say why it is borne",
    );
    lint(
        "dangerous-body-unsigned = \"so\"",
        "the body is signed: leave dangerous-body-unsigned out",
    );
    let waived = one(&scheme(
        "content = [{ header = \"x-id\" }]\ndangerous-body-unsigned = \"the vendor signs the id\"\nreplay-id = \"unsigned-body\"",
    ));
    assert_eq!(waived.body_unsigned(), Some("the vendor signs the id"));
}

#[test]
fn an_unsigned_timestamp_is_not_judged() {
    lint(
        "timestamp = { header = \"own-time\" }",
        "the timestamp is used for freshness but is not in the signed content: add \"{timestamp}\", or leave the timestamp out",
    );
    lint(
        r#"content = ["{timestamp}", ".", "{body}"]"#,
        "the signed content has a timestamp that is nowhere taken from: say where with timestamp = { … }",
    );
}

#[test]
fn parts_that_touch_are_refused_unless_they_are_waived_with_a_reason() {
    let touching = r#"content = [{ header = "x-id" }, "{body}"]"#;
    lint(
        touching,
        "two variable parts of the signed content touch, so a character can be moved from one to the other under the same signature: put a literal text such as \".\" between them, or, if the vendor joins them so, say why it is borne with dangerous-parts-touch = \"…\"",
    );
    lint(
        &format!("{touching}\ndangerous-parts-touch = \"\""),
        "the waiver for parts that touch has no reason: say why it is borne",
    );
    lint(
        "dangerous-parts-touch = \"so\"",
        "no parts of the signed content touch: leave dangerous-parts-touch out",
    );
    let waived = one(&scheme(&format!(
        "{touching}\ndangerous-parts-touch = \"the id has 20 characters\""
    )));
    assert_eq!(waived.parts_touch(), Some("the id has 20 characters"));
}

#[test]
fn a_candidates_version_must_be_told_apart() {
    lint(
        "encoding = \"base64\"\nsignature = { header = \"own-signature\", list = { prefix = \"v1\", separator = \" \" } }",
        "a signature's version cannot be told apart from the signature: end the prefix with a character that the encoding does not use",
    );
    lint(
        "signature = { header = \"own-signature\", prefix = \"ab\", prefix-optional = true }",
        "an optional prefix can be read as part of the signature: it needs a character that the encoding does not use",
    );
    lint(
        "signature = { header = \"own-signature\", pairs = { key = \"v1\", separator = \"a\", assign = \"=\" } }",
        "pairs need two different characters, neither a letter nor a digit, to separate pairs and to assign values",
    );
}

#[test]
fn header_names_must_be_legal() {
    for name in ["Own-Signature", "own signature", "own:", "", "\\u0000"] {
        lint(
            &format!("signature = {{ header = \"{name}\" }}"),
            "the signature header's name is not a legal header name in lower case: write it as x-acme-signature",
        );
    }
    lint(
        r#"content = [{ header = "X Id" }, ".", "{body}"]"#,
        "a header in the signed content is not a legal header name in lower case",
    );
}

#[test]
fn further_contradictions_are_told_in_the_files_words() {
    for (lines, message) in [
        (
            "algorithm = \"ed25519\"",
            "algorithm and key format do not fit: a public-key algorithm takes a public key, and nothing else does",
        ),
        (
            "algorithm = \"rsa-sha256\"\nkey = \"public-hex\"",
            "a bare key of 32 bytes is Ed25519's: use key = \"public-pem\" or \"public-der\"",
        ),
        (
            "algorithm = \"sha256\"",
            "a plain digest without the secret in its content proves nothing: add \"{secret}\", or use an algorithm such as hmac-sha256",
        ),
        (
            "algorithm = \"token\"",
            "a credential is the secret and nothing else: the content is [\"{secret}\"]",
        ),
        (
            "replay-id = { header = \"x-id\" }",
            "the replay identity is not signed, so a captured delivery could be given another: use a signed id, or replay-id = \"body\"",
        ),
        (
            "replay-id = \"content\"",
            "without a timestamp in it the signed content identifies no better than the body: use replay-id = \"body\", or replay-id = \"content-without-timestamp\" where the content is more than the body",
        ),
        (
            "timestamp = { pair = \"t\" }\ncontent = [\"{timestamp}\", \".\", \"{body}\"]",
            "a timestamp in a pair needs a signature header of pairs: use signature.pairs",
        ),
        (
            "content = [\"{timestamp}\", \"0\", \"{body}\"]\ntimestamp = { header = \"own-time\" }",
            "a literal of digits stands beside the timestamp and cannot be told from it: use another separator",
        ),
        ("content = []", "the signed content is empty"),
        (
            "provider = \"Own Inc\"",
            "a slug or provider name is lower-case letters and digits, in words joined by single hyphens",
        ),
    ] {
        lint(lines, message);
    }
}

#[test]
fn an_extended_preset_is_held_to_the_lints_too() {
    let fault = fault("[[scheme]]\nslug = \"own\"\nextends = \"stripe\"\ncontent = [\"{body}\"]\n");
    assert!(
        fault
            .message()
            .starts_with("the timestamp is used for freshness")
    );
}
