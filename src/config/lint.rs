//! The lints' messages, which name the builder's words, in those of a file.

/// A word of the builder, and of a file. What another begins with comes after it.
const WORDS: &[(&str, &str)] = &[
    ("Algorithm::Hmac", "an algorithm such as hmac-sha256"),
    (
        ".dangerous_body_unsigned(…)",
        "dangerous-body-unsigned = \"…\"",
    ),
    (".dangerous_body_unsigned", "dangerous-body-unsigned"),
    (".dangerous_parts_touch(…)", "dangerous-parts-touch = \"…\""),
    (".dangerous_parts_touch", "dangerous-parts-touch"),
    ("Grammar::List", "signature.list"),
    ("Grammar::Pairs", "signature.pairs"),
    ("Grammar::Plain", "signature.plain"),
    (
        "its grammar is Plain or Prefixed",
        "write it plain or with a prefix",
    ),
    (
        "KeyFormat::PublicPem or PublicDer",
        "key = \"public-pem\" or \"public-der\"",
    ),
    ("KeyFormat::Text", "key = \"text\""),
    ("&[Part::Secret]", "[\"{secret}\"]"),
    ("Part::Body", "\"{body}\""),
    ("a Part::Literal", "a literal text such as \".\""),
    ("Part::Secret", "\"{secret}\""),
    ("Part::Timestamp", "\"{timestamp}\""),
    ("ReplayId::Body", "replay-id = \"body\""),
    (
        "ReplayId::ContentWithoutTimestamp",
        "replay-id = \"content-without-timestamp\"",
    ),
    ("ReplayId::Content", "replay-id = \"content\""),
    ("ReplayId::UnsignedBody", "replay-id = \"unsigned-body\""),
    (
        "is written Timestamp::Header",
        "is written timestamp.header",
    ),
    ("Timestamp::Pair", "timestamp.pair"),
    (".timestamp(…)", "timestamp = { … }"),
];

/// The message for somebody who writes a file.
pub(super) fn in_words_of_a_file(message: &str) -> String {
    let mut message = message.to_owned();
    for (builder, file) in WORDS {
        message = message.replace(builder, file);
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_message_speaks_rust_to_the_author_of_a_file() {
        let lints = concat!(
            include_str!("../scheme/check/algorithm.rs"),
            include_str!("../scheme/check/content.rs"),
            include_str!("../scheme/check/grammar.rs"),
            include_str!("../scheme/check/mod.rs"),
            include_str!("../scheme/check/names.rs"),
        );
        let messages = lints.lines().map(str::trim).filter_map(|line| {
            let start = line.find('"')?;
            let end = line.rfind('"')?;
            line.get(start + 1..end).filter(|text| text.contains(' '))
        });
        let mut number = 0;
        for message in messages {
            let told = in_words_of_a_file(message);
            for rust in ["::", ".dangerous_", ".timestamp(", "Plain", "Prefixed"] {
                assert!(!told.contains(rust), "{told}");
            }
            number += 1;
        }
        assert!(number > 40, "{number}");
    }
}
