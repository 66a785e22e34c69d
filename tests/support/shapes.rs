//! Schemes of a user's own: every grammar with every encoding, key format and signed content.

use hookproof::providers;
use hookproof::scheme::{Algorithm, Encoding, Grammar, KeyFormat, Part, Scheme, Timestamp, Unit};

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

/// The presets whose MAC runs along as the body arrives and whose deliveries these tests write:
/// HMAC-SHA256 in a header, over the body and what stands in headers, stamped in seconds. Those of
/// other kinds are judged when they are whole, and have tests of their own.
pub fn presets() -> Vec<&'static Scheme> {
    providers::ALL
        .iter()
        .copied()
        .filter(|it| is_plain(it))
        .collect()
}

/// Whether a preset is one of those.
pub fn is_plain(scheme: &Scheme) -> bool {
    let from_headers = |part: &Part| {
        matches!(
            part,
            Part::Body | Part::Header(_) | Part::Literal(_) | Part::Timestamp
        )
    };
    scheme.algorithm() == Algorithm::HMAC_SHA256
        && scheme.signature_header().is_some()
        && scheme.alternates().is_empty()
        && scheme.numbered().is_none()
        && scheme.groups().is_none()
        && scheme.required_headers().is_empty()
        && !scheme.is_trimmed()
        && scheme.unit() == Unit::Seconds
        && scheme.encoding() != Encoding::HexUpper
        && scheme.parts_touch().is_none()
        && scheme.covers_body()
        && scheme.content().iter().all(from_headers)
        && matches!(
            scheme.timestamp(),
            None | Some(Timestamp::Header(_) | Timestamp::Pair(_))
        )
        && !matches!(scheme.grammar(), Grammar::Pairs { signature: "*", .. })
        && !matches!(
            scheme.key_format(),
            KeyFormat::TextDigest(_) | KeyFormat::TextThen(_)
        )
}

/// Those presets and all schemes of [`own`].
pub fn all() -> Vec<Scheme> {
    let mut schemes: Vec<Scheme> = presets().into_iter().copied().collect();
    schemes.extend(own());
    schemes
}
