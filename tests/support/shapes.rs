//! Schemes of a user's own: every grammar with every encoding, key format and signed content.

use hookproof::providers;
use hookproof::scheme::{Encoding, Grammar, KeyFormat, Part, Scheme, Timestamp};

const GRAMMARS: [Grammar; 5] = [
    Grammar::Plain,
    Grammar::Prefixed {
        prefix: "v0:",
        optional: false,
    },
    Grammar::Prefixed {
        prefix: "v0:",
        optional: true,
    },
    Grammar::List {
        prefix: "v1,",
        separator: b' ',
    },
    Grammar::Pairs {
        signature: "v1",
        separator: b',',
        assign: b':',
    },
];

const ENCODINGS: [Encoding; 3] = [Encoding::Base64, Encoding::Base64Url, Encoding::Hex];

const KEYS: [KeyFormat; 3] = [
    KeyFormat::Base64 { prefix: "whsec_" },
    KeyFormat::Hex,
    KeyFormat::Text,
];

const CONTENTS: [(Option<Timestamp>, &[Part]); 5] = [
    (None, &[Part::Body]),
    (
        None,
        &[Part::Header("own-id"), Part::Literal("."), Part::Body],
    ),
    (
        Some(Timestamp::Header("own-timestamp")),
        &[
            Part::Literal("v0:"),
            Part::Timestamp,
            Part::Literal(":"),
            Part::Body,
        ],
    ),
    (
        Some(Timestamp::Header("own-timestamp")),
        &[
            Part::Body,
            Part::Literal("."),
            Part::Header("own-id"),
            Part::Literal("."),
            Part::Timestamp,
        ],
    ),
    (
        Some(Timestamp::Pair("t")),
        &[Part::Timestamp, Part::Literal("."), Part::Body],
    ),
];

/// Every combination that is a scheme: a timestamp in a pair needs pairs.
pub fn own() -> Vec<Scheme> {
    let mut schemes = Vec::new();
    for grammar in GRAMMARS {
        for encoding in ENCODINGS {
            for key in KEYS {
                for (timestamp, content) in CONTENTS {
                    let pair = matches!(timestamp, Some(Timestamp::Pair(_)));
                    if pair && !matches!(grammar, Grammar::Pairs { .. }) {
                        continue;
                    }
                    let mut builder = Scheme::builder("own", "own-signature")
                        .grammar(grammar)
                        .encoding(encoding)
                        .key_format(key)
                        .content(content);
                    if let Some(timestamp) = timestamp {
                        builder = builder.timestamp(timestamp);
                    }
                    schemes.push(builder.try_build().expect("a sound scheme"));
                }
            }
        }
    }
    schemes
}

/// The presets and all schemes of [`own`].
pub fn all() -> Vec<Scheme> {
    let mut schemes: Vec<Scheme> = providers::ALL.iter().map(|scheme| **scheme).collect();
    schemes.extend(own());
    schemes
}
