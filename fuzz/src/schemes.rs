//! The presets, and schemes of our own: every grammar in every encoding.

use hookproof::Tolerance;
use hookproof::providers;
use hookproof::scheme::{
    Algorithm, BodyForm, Encoding, Grammar, KeyFormat, Part, Place, Scheme, SchemeBuilder,
    Timestamp, Unit,
};

/// Every preset whose MAC runs while the body arrives, over the body and what stands in headers, and
/// every scheme of our own. The others are judged whole: see [`whole`].
#[must_use]
pub fn all() -> Vec<&'static Scheme> {
    let presets = providers::ALL.iter().copied();
    presets.filter(|it| is_plain(it)).chain(&OWN).collect()
}

/// Every preset that is judged when the delivery is whole.
#[must_use]
pub fn whole() -> Vec<&'static Scheme> {
    let presets = providers::ALL.iter().copied();
    presets.filter(|it| !is_plain(it)).collect()
}

fn is_plain(scheme: &Scheme) -> bool {
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
        && scheme.body_form() == BodyForm::Sent
        && scheme.covers_body()
        && scheme.content().iter().all(from_headers)
        && matches!(
            scheme.timestamp(),
            None | Some(Timestamp::Header(_) | Timestamp::Pair(_))
        )
        && matches!(
            scheme.key_format(),
            KeyFormat::Base64 { .. } | KeyFormat::Hex | KeyFormat::Text
        )
        && !matches!(scheme.grammar(), Grammar::Pairs { signature: "*", .. })
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
