//! The presets, and schemes of our own: every grammar in every encoding.

use hookproof::Tolerance;
use hookproof::providers;
use hookproof::scheme::{
    Algorithm, BodyForm, Canonical, Encoding, FormJson, Grammar, KeyFormat, Part, Place, ReplayId,
    Scheme, SchemeBuilder, Timestamp, Unit,
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

/// What stands where the fields of a form alone are signed.
const BY_FIELD: &str = "the fields that matter are signed";

/// Schemes over forms, queries and URLs.
pub static CANONICAL: [Scheme; 8] = [
    Scheme::builder("fields", "x-mac")
        .content(&[Part::Form("a"), Part::Literal("\n"), Part::Form("b")])
        .dangerous_body_unsigned(BY_FIELD)
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .build(),
    Scheme::builder("last-fields", "x-mac")
        .content(&[Part::Form("a"), Part::Literal("\n"), Part::Form("b")])
        .last_field_counts()
        .dangerous_body_unsigned(BY_FIELD)
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .build(),
    Scheme::builder("json-in-form", "x-mac")
        .content(&[
            Part::FormJson(&FormJson {
                field: "payload",
                pointer: "/id",
            }),
            Part::Literal("\n"),
            Part::FormJson(&FormJson {
                field: "payload",
                pointer: "/a~1b/0",
            }),
        ])
        .dangerous_body_unsigned(BY_FIELD)
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .build(),
    Scheme::builder("sorted", "x-mac")
        .content(&[Part::Url, Part::Literal("\n"), Part::SortedForm])
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .build(),
    Scheme::builder("plivo", "x-mac")
        .content(&[Part::Canonical(Canonical::PlivoV3)])
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .build(),
    Scheme::builder("freshbooks", "x-mac")
        .content(&[Part::Canonical(Canonical::FreshbooksJson)])
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .build(),
    Scheme::builder("url", "x-mac")
        .content(&[
            Part::Method,
            Part::Literal("\n"),
            Part::Path,
            Part::Literal("\n"),
            Part::RawQuery,
            Part::Literal("\n"),
            Part::UrlWithoutQuery,
            Part::Literal("\n"),
            Part::Query("a"),
            Part::Literal("\n"),
            Part::Body,
        ])
        .build(),
    Scheme::builder("ports", "x-mac")
        .content(&[Part::Url, Part::Literal("\n"), Part::Body])
        .port_variants()
        .build(),
];

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
