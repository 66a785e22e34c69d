//! The presets, and schemes of our own: every grammar in every encoding.

use hookproof::Tolerance;
use hookproof::providers;
use hookproof::scheme::{Encoding, Grammar, Part, Place, Scheme, SchemeBuilder, Timestamp};

/// Every preset and every scheme of our own.
#[must_use]
pub fn all() -> Vec<&'static Scheme> {
    providers::ALL.iter().copied().chain(&OWN).collect()
}

/// Bare schemes over the body alone, for what is about one candidate's text.
pub static BARE: [Scheme; 3] = [
    Scheme::builder("base64", "x-mac")
        .encoding(Encoding::Base64)
        .build(),
    Scheme::builder("base64url", "x-mac")
        .encoding(Encoding::Base64Url)
        .build(),
    Scheme::builder("hex", "x-mac").build(),
];

/// Ids and event names at deeper pointers than the presets have.
pub static DEEP: Scheme = Scheme::builder("deep", "x-mac")
    .delivery_id(Place::Json("/a~1b/1/~0"))
    .event_type(Place::Json("/0"))
    .build();

static OWN: [Scheme; 12] = [
    list("list-base64", Encoding::Base64).build(),
    list("list-base64url", Encoding::Base64Url).build(),
    list("list-hex", Encoding::Hex)
        .dangerous_without_window()
        .build(),
    pairs("pairs-base64", Encoding::Base64).build(),
    pairs("pairs-base64url", Encoding::Base64Url).build(),
    pairs("pairs-hex", Encoding::Hex)
        .tolerance(Tolerance::new(600, 30))
        .build(),
    plain("plain-base64", Encoding::Base64).build(),
    plain("plain-base64url", Encoding::Base64Url).build(),
    plain("plain-hex", Encoding::Hex)
        .tolerance(Tolerance::symmetric(0))
        .build(),
    prefixed("prefixed-base64", Encoding::Base64).build(),
    prefixed("prefixed-base64url", Encoding::Base64Url).build(),
    prefixed("prefixed-hex", Encoding::Hex).build(),
];

/// Two signed headers, so that an id and a stamp stand before the body.
const fn list(slug: &'static str, encoding: Encoding) -> SchemeBuilder {
    Scheme::builder(slug, "x-own-signatures")
        .grammar(Grammar::List {
            prefix: "v1:",
            separator: b' ',
        })
        .encoding(encoding)
        .timestamp(Timestamp::Header("x-own-timestamp"))
        .content(&[
            Part::Header("x-own-id"),
            Part::Literal("."),
            Part::Timestamp,
            Part::Literal("."),
            Part::Body,
        ])
        .delivery_id(Place::Header("x-own-id"))
}

const fn pairs(slug: &'static str, encoding: Encoding) -> SchemeBuilder {
    Scheme::builder(slug, "x-own-signatures")
        .grammar(Grammar::Pairs {
            signature: "s",
            separator: b';',
            assign: b'=',
        })
        .encoding(encoding)
        .timestamp(Timestamp::Pair("ts"))
        .content(&[
            Part::Literal("own:"),
            Part::Timestamp,
            Part::Literal(":"),
            Part::Body,
        ])
}

/// Content after the body, which no preset has.
const fn plain(slug: &'static str, encoding: Encoding) -> SchemeBuilder {
    Scheme::builder(slug, "x-own-signature")
        .encoding(encoding)
        .timestamp(Timestamp::Header("x-own-timestamp"))
        .content(&[
            Part::Body,
            Part::Literal("|"),
            Part::Timestamp,
            Part::Literal("|"),
            Part::Header("x-own-id"),
        ])
}

const fn prefixed(slug: &'static str, encoding: Encoding) -> SchemeBuilder {
    Scheme::builder(slug, "x-own-signature")
        .aliases(&["x-own-alias"])
        .grammar(Grammar::Prefixed {
            prefix: "mac.",
            optional: true,
        })
        .encoding(encoding)
}
