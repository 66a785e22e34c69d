//! What a scheme may not say, each with its exact message.

use hookproof::ConfigErrorKind;
use hookproof::scheme::{
    Algorithm, Digest, Encoding, Grammar, KeyFormat, Numbered, Part, Place, ReplayId, Scheme,
    SchemeBuilder, Timestamp,
};

use crate::own;
use crate::support::delivered::Delivered;

const fn pairs(signature: &'static str, separator: u8, assign: u8) -> Grammar {
    Grammar::Pairs {
        signature,
        separator,
        assign,
    }
}

const fn prefixed(prefix: &'static str, optional: bool) -> Grammar {
    Grammar::Prefixed { prefix, optional }
}

const fn list(prefix: &'static str, separator: u8) -> Grammar {
    Grammar::List { prefix, separator }
}

const STAMPED: &[Part] = &[Part::Timestamp, Part::Literal("."), Part::Body];

#[track_caller]
fn refused(builder: SchemeBuilder, why: &str) {
    let error = builder.try_build().expect_err(why);
    assert_eq!(error.kind(), ConfigErrorKind::BadScheme);
    let message = error.to_string();
    let (head, rest) = message.split_once(": ").expect("the slug, then why");
    assert!(head.starts_with("scheme "), "{message}");
    assert_eq!(rest, why);
}

#[test]
fn names_have_their_form() {
    let why = "a slug or provider name is lower-case letters and digits, in words joined by single hyphens";
    for slug in [
        "", "Own", "own-", "-own", "own--two", "own_two", "own two", "öwn", "own.two",
    ] {
        refused(Scheme::builder(slug, "own-signature"), why);
        refused(own().slug(slug), why);
        refused(own().provider(slug), why);
    }
    for slug in ["o", "7", "own-2", "a-b-c"] {
        own().slug(slug).provider(slug).try_build().expect("legal");
    }
}

const NOT_HEADERS: [&str; 8] = [
    "",
    "Own",
    "own signature",
    "own:",
    "öwn",
    "own\n",
    "own\0",
    "own/x",
];

#[test]
fn header_names_have_their_form() {
    for name in NOT_HEADERS {
        refused(
            own().signature_header(name),
            "the signature header's name is not a legal header name in lower case: write it as x-acme-signature",
        );
        let alias: &'static [&'static str] = Vec::leak(vec![name]);
        refused(
            own().aliases(alias),
            "an alias of the signature header is not a legal header name in lower case",
        );
        let content: &'static [Part] =
            Vec::leak(vec![Part::Header(name), Part::Literal("."), Part::Body]);
        refused(
            own().content(content),
            "a header in the signed content is not a legal header name in lower case",
        );
        refused(
            own().content(STAMPED).timestamp(Timestamp::Header(name)),
            "the timestamp's header is not a legal header name in lower case",
        );
        for builder in [
            own().delivery_id(Place::Header(name)),
            own().event_type(Place::Header(name)),
        ] {
            refused(
                builder,
                "the header of an id or event name is not a legal header name in lower case",
            );
        }
    }
}

/// What the lint calls a header name, `http` takes as one: a verifier never fails on it later.
#[test]
fn every_legal_header_name_makes_a_verifier() {
    for symbol in "!#$%&'*+-.^_`|~09az".chars() {
        let name: &'static str = String::leak(format!("x{symbol}y"));
        let scheme = own().signature_header(name).try_build().expect("legal");
        assert_eq!(Delivered::signed(&scheme).verdict(), Ok(()), "{name}");
    }
}

#[test]
fn an_alias_is_another_header() {
    refused(
        own().aliases(&["x-own", "own-signature"]),
        "an alias of the signature header is the header itself",
    );
}

#[test]
fn contradictory_grammars_are_refused() {
    let (hex, base64, url) = (Encoding::Hex, Encoding::Base64, Encoding::Base64Url);
    let prefix = "the prefix is empty: use Grammar::Plain for a bare signature";
    let optional = "an optional prefix can be read as part of the signature: it needs a character that the encoding does not use";
    let list_separator =
        "the list's separator can stand inside an item, so items cannot be told apart";
    let list_prefix = "a signature's version cannot be told apart from the signature: end the prefix with a character that the encoding does not use";
    let key = "the key of the pairs that hold signatures is empty";
    let two = "pairs need two different characters, neither a letter nor a digit, to separate pairs and to assign values";
    let pair_separator =
        "the pairs' separator can stand inside a signature, so pairs cannot be told apart";
    let key_separator = "the key of the pairs that hold signatures contains a separator";
    for (grammar, encoding, why) in [
        (prefixed("", false), hex, prefix),
        (prefixed("", true), hex, prefix),
        (prefixed("abc", true), hex, optional),
        (prefixed("sha256=", true), base64, optional),
        (prefixed("v0-", true), url, optional),
        (list("v1,", b'a'), hex, list_separator),
        (list("v1,", b'='), base64, list_separator),
        (list("v1,", b'+'), base64, list_separator),
        (list("v1,", b'-'), url, list_separator),
        (list("v1,", b','), base64, list_separator),
        (list("v 1,", b' '), base64, list_separator),
        (list("v1", b' '), base64, list_prefix),
        (list("v1=", b' '), base64, list_prefix),
        (list("v1_", b' '), url, list_prefix),
        (list("a1", b' '), hex, list_prefix),
        (pairs("", b',', b'='), hex, key),
        (pairs("v1", b',', b','), hex, two),
        (pairs("v1", b'x', b'='), hex, two),
        (pairs("v1", b',', b'7'), hex, two),
        (pairs("v1", b'=', b':'), base64, pair_separator),
        (pairs("v1", b'/', b':'), base64, pair_separator),
        (pairs("v1", b'_', b':'), url, pair_separator),
        (pairs("v,1", b',', b'='), hex, key_separator),
        (pairs("v=1", b',', b'='), hex, key_separator),
    ] {
        refused(own().grammar(grammar).encoding(encoding), why);
    }
}

#[test]
fn grammars_that_can_be_told_apart_are_taken() {
    let (hex, base64, url) = (Encoding::Hex, Encoding::Base64, Encoding::Base64Url);
    for (grammar, encoding) in [
        (prefixed("abc", false), hex),
        (prefixed("sha256=", true), hex),
        (prefixed("v0:", true), base64),
        (list("", b','), hex),
        (list("", b' '), base64),
        (list("v1=", b' '), url),
        (list("v1", b' '), hex),
        (pairs("v1", b',', b'='), base64),
        (pairs("v1", b';', b':'), url),
        (pairs("v1", b' ', b'='), hex),
    ] {
        let scheme = own().grammar(grammar).encoding(encoding).try_build();
        let delivered = Delivered::signed(&scheme.expect("legal"));
        assert_eq!(delivered.verdict(), Ok(()), "{grammar:?} {encoding:?}");
    }
}

#[test]
fn contradictory_contents_are_refused() {
    const H: [Part; 5] = [
        Part::Header("a"),
        Part::Header("b"),
        Part::Header("c"),
        Part::Header("d"),
        Part::Header("e"),
    ];
    const DOT: Part = Part::Literal(".");
    let body = "the body is not in the signed content, so anybody could exchange it: add Part::Body, or, if the vendor does not sign it, say why it is borne with .dangerous_body_unsigned(…)";
    let touch = "two variable parts of the signed content touch, so a character can be moved from one to the other under the same signature: put a Part::Literal between them, or, if the vendor joins them so, say why it is borne with .dangerous_parts_touch(…)";
    let rows: [(&'static [Part], &str); 11] = [
        (&[], "the signed content is empty"),
        (
            &[Part::Literal("x")],
            "nothing of the delivery is in the signed content: every delivery would have the same signature",
        ),
        (&[H[0]], body),
        (
            &[Part::Body, DOT, Part::Body],
            "the body stands more than once in the signed content",
        ),
        (
            &[Part::Timestamp, DOT, Part::Timestamp, DOT, Part::Body],
            "the timestamp stands more than once in the signed content",
        ),
        (
            &[
                H[0],
                DOT,
                H[1],
                DOT,
                H[2],
                DOT,
                H[3],
                DOT,
                H[4],
                DOT,
                Part::Body,
            ],
            "the signed content has more than four headers",
        ),
        (&[Part::Timestamp, Part::Body], touch),
        (&[H[0], H[1], DOT, Part::Body], touch),
        (&[Part::Body, H[0]], touch),
        (
            &[Part::Literal(""), Part::Body],
            "a literal in the signed content is empty: leave it out",
        ),
        (
            &[Part::Header("own-signature"), DOT, Part::Body],
            "the signature header cannot be part of the content that it signs",
        ),
    ];
    for (content, why) in rows {
        refused(own().content(content), why);
    }
    let four: &[Part] = &[H[0], DOT, H[1], DOT, H[2], DOT, H[3], DOT, Part::Body];
    let scheme = own().content(four).try_build().expect("four headers");
    assert_eq!(Delivered::signed(&scheme).verdict(), Ok(()));
}

#[test]
fn contradictory_timestamps_are_refused() {
    let pair = own().content(STAMPED).grammar(pairs("v1", b',', b'='));
    for (builder, why) in [
        (
            own().timestamp(Timestamp::Header("own-timestamp")),
            "the timestamp is used for freshness but is not in the signed content: add Part::Timestamp, or leave the timestamp out",
        ),
        (
            own().content(STAMPED),
            "the signed content has a timestamp that is nowhere taken from: say where with .timestamp(…)",
        ),
        (
            own()
                .content(STAMPED)
                .timestamp(Timestamp::Header("own-signature")),
            "the timestamp cannot be the signature header itself: for a pair inside it use Timestamp::Pair",
        ),
        (
            own().content(STAMPED).timestamp(Timestamp::Pair("t")),
            "a timestamp in a pair needs a signature header of pairs: use Grammar::Pairs",
        ),
        (
            pair.timestamp(Timestamp::Pair("v1")),
            "timestamp and signature have the same key",
        ),
    ] {
        refused(builder, why);
    }
    for key in ["", "t,", "t=x"] {
        refused(
            pair.timestamp(Timestamp::Pair(key)),
            "the timestamp's key is empty or contains a separator",
        );
    }
}

#[test]
fn contradictory_identities_are_refused() {
    let unsigned = "the replay identity is not signed, so a captured delivery could be given another: use a signed id, or ReplayId::Body";
    let signing_id = own().content(&[Part::Header("own-id"), Part::Literal("."), Part::Body]);
    refused(
        own().replay_id(ReplayId::Id(Place::Header("own-id"))),
        unsigned,
    );
    refused(
        signing_id.replay_id(ReplayId::Id(Place::Header("other-id"))),
        unsigned,
    );
    signing_id
        .replay_id(ReplayId::Id(Place::Header("own-id")))
        .try_build()
        .expect("a signed id");
    for pointer in ["", "id", "id/", "#/id"] {
        let place = Place::Json(pointer);
        let why = "a JSON pointer starts with a slash, such as /id";
        refused(own().delivery_id(place), why);
        refused(own().event_type(place), why);
        refused(own().replay_id(ReplayId::Id(place)), why);
    }
}

/// A control character never arrives in a header, and a byte past ASCII is no character.
#[test]
fn a_separator_that_no_header_can_hold_is_refused() {
    for byte in [0, b'\n', b'\r', 0x1f, 0x7f, 0x80, 0xa7, 0xff] {
        for grammar in [
            list("v1,", byte),
            pairs("v1", byte, b'='),
            pairs("v1", b',', byte),
        ] {
            refused(
                own().grammar(grammar),
                "the grammar uses a character that no header can hold: keep to visible ASCII, space and tab",
            );
        }
    }
}

/// One header, one meaning: an alias that is the timestamp's or a signed header would be read as
/// both where the signature header is absent.
#[test]
fn an_alias_is_no_other_header_that_is_read() {
    let stamped = own()
        .content(STAMPED)
        .timestamp(Timestamp::Header("own-timestamp"));
    let signing_id = own().content(&[Part::Header("own-id"), Part::Literal("."), Part::Body]);
    let twice = "an alias of the signature header is the timestamp's or a signed header: it would be read as both";
    refused(stamped.aliases(&["own-timestamp"]), twice);
    refused(signing_id.aliases(&["own-id"]), twice);
    refused(
        own().aliases(&["x-own", "x-own"]),
        "an alias of the signature header is named twice",
    );
}

/// `1` and `0` around the same second make two readings of one signed text.
#[test]
fn a_literal_of_digits_beside_the_timestamp_is_refused() {
    let why = "a literal of digits stands beside the timestamp and cannot be told from it: use another separator";
    let stamped = own().timestamp(Timestamp::Header("own-timestamp"));
    refused(
        stamped.content(&[Part::Timestamp, Part::Literal("0"), Part::Body]),
        why,
    );
    refused(
        stamped.content(&[
            Part::Literal("1"),
            Part::Timestamp,
            Part::Literal("."),
            Part::Body,
        ]),
        why,
    );
    stamped
        .content(&[
            Part::Literal("v0:"),
            Part::Timestamp,
            Part::Literal(":"),
            Part::Body,
        ])
        .try_build()
        .expect("digits among others");
}

/// Two lints can be waived, with a reason, and only where there is something to waive.
#[test]
fn waivers_are_for_what_a_vendor_does_and_say_why() {
    const STAMPED: &[Part] = &[Part::Timestamp, Part::Body];
    const UNSIGNED: &[Part] = &[Part::Header("own-id")];
    let touching = || {
        own()
            .content(STAMPED)
            .timestamp(Timestamp::Header("own-at"))
    };
    let unsigned = || {
        own()
            .content(UNSIGNED)
            .replay_id(ReplayId::ContentWithoutTimestamp)
    };
    let scheme = touching()
        .dangerous_parts_touch("Own joins them so")
        .try_build();
    let scheme = scheme.expect("a waiver with a reason");
    assert_eq!(scheme.parts_touch(), Some("Own joins them so"));
    assert_eq!(Delivered::signed(&scheme).verdict(), Ok(()));
    let scheme = unsigned()
        .dangerous_body_unsigned("Own signs its id alone")
        .try_build();
    let scheme = scheme.expect("a waiver with a reason");
    assert_eq!(scheme.body_unsigned(), Some("Own signs its id alone"));
    assert!(!scheme.covers_body());

    for (builder, why) in [
        (
            touching().dangerous_parts_touch(""),
            "the waiver for parts that touch has no reason: say why it is borne",
        ),
        (
            unsigned().dangerous_body_unsigned(""),
            "the waiver for a body that is not signed has no reason: say why it is borne",
        ),
        (
            own().dangerous_parts_touch("none do"),
            "no parts of the signed content touch: leave .dangerous_parts_touch out",
        ),
        (
            own().dangerous_body_unsigned("it is"),
            "the body is signed: leave .dangerous_body_unsigned out",
        ),
    ] {
        refused(builder, why);
    }
}

#[test]
fn a_key_that_does_not_fit_its_algorithm_is_refused() {
    let secret: &[Part] = &[Part::Secret];
    let token = || own().content(secret).replay_id(ReplayId::UnsignedBody);
    for (builder, why) in [
        (
            own().algorithm(Algorithm::Ed25519),
            "algorithm and key format do not fit: a public-key algorithm takes a public key, and nothing else does",
        ),
        (
            own().key_format(KeyFormat::PublicPem),
            "algorithm and key format do not fit: a public-key algorithm takes a public key, and nothing else does",
        ),
        (
            own()
                .algorithm(Algorithm::Rsa(Digest::Sha512))
                .key_format(KeyFormat::PublicPem),
            "a public-key signature is over SHA-256, or over SHA-1 where a vendor mandates it",
        ),
        (
            own()
                .algorithm(Algorithm::EcdsaP256(Digest::Sha256))
                .key_format(KeyFormat::PublicHex),
            "a bare key of 32 bytes is Ed25519's: use KeyFormat::PublicPem or PublicDer",
        ),
        (
            own().algorithm(Algorithm::Hmac(Digest::Keccak256)),
            "there is no HMAC under Keccak-256",
        ),
        (
            own().algorithm(Algorithm::Digest(Digest::Sha256)),
            "a plain digest without the secret in its content proves nothing: add Part::Secret, or use Algorithm::Hmac",
        ),
        (
            token()
                .algorithm(Algorithm::Token)
                .key_format(KeyFormat::Hex),
            "a credential, or a digest with the secret in it, takes the secret's text: KeyFormat::Text",
        ),
        (
            own().algorithm(Algorithm::Token),
            "a credential is the secret and nothing else: the content is &[Part::Secret]",
        ),
        (
            token()
                .algorithm(Algorithm::Token)
                .grammar(list("v1,", b' '))
                .dangerous_body_unsigned("it is a token"),
            "a credential has any characters: its grammar is Plain or Prefixed",
        ),
    ] {
        refused(builder, why);
    }
}

#[test]
fn an_identity_that_is_not_signed_is_refused() {
    let token = || {
        own()
            .algorithm(Algorithm::Token)
            .content(&[Part::Secret])
            .dangerous_body_unsigned("it is a token")
    };
    for (builder, why) in [
        (
            token(),
            "the replay identity is the body's digest, and its bytes are not signed: use ReplayId::Content, or ReplayId::UnsignedBody to say so",
        ),
        (
            token().replay_id(ReplayId::Id(Place::Json("/id"))),
            "the replay identity is not signed, so a captured delivery could be given another: use a signed id, or ReplayId::Body",
        ),
        (
            own().replay_id(ReplayId::UnsignedBody),
            "the body is signed: use ReplayId::Body",
        ),
    ] {
        refused(builder, why);
    }
    assert!(
        token()
            .replay_id(ReplayId::UnsignedBody)
            .try_build()
            .is_ok()
    );
}

#[test]
fn a_timestamp_is_judged_where_it_is_signed_and_nowhere_else() {
    let unsigned = "the timestamp is used for freshness but is not in the signed content: add Part::Timestamp, or leave the timestamp out";
    const STAMPED: &[Part] = &[Part::Timestamp, Part::Literal("."), Part::Body];
    let at = |place| own().timestamp(Timestamp::At(place));
    refused(at(Place::Query("at")), unsigned);
    refused(
        at(Place::Header("own-at")).content(STAMPED),
        "a timestamp in a header of its own is written Timestamp::Header",
    );
    refused(
        own().timestamp(Timestamp::Item(0)).content(&[
            Part::Timestamp,
            Part::Literal("."),
            Part::Body,
        ]),
        "a timestamp that is an item needs a signature header that is a list: use Grammar::List",
    );
    // The body is signed, and so is what stands in it.
    assert!(at(Place::Json("/at")).try_build().is_ok());
}

#[test]
fn further_signature_headers_are_told_apart_from_all_that_is_read() {
    let numbered = |prefix, last| own().numbered(Numbered { prefix, last });
    let legal = "an alternate signature header is not a legal header name in lower case";
    let twice = "an alternate signature header is named twice, or read as something else as well";
    for (builder, why) in [
        (own().alternates(&["Own-Second"]), legal),
        (own().alternates(&["own-signature"]), twice),
        (own().alternates(&["own-second", "own-second"]), twice),
        (
            own().aliases(&["own-first"]).alternates(&["own-second"]),
            "a signature header has aliases, of which the first counts, or alternates, which all count: not both",
        ),
        (
            numbered("own-signature-", 0),
            "numbered signature headers need a legal prefix in lower case and a last number of at least 1",
        ),
        (
            own().require_headers(&[("own-version", "")]),
            "a required header is not a legal header name in lower case, or its value is empty",
        ),
        (
            own()
                .signature(Place::Json("/signature"))
                .aliases(&["own-first"]),
            "aliases, alternates and numbered headers are for a signature in a header, and this one stands elsewhere",
        ),
        (
            own().port_variants(),
            "port variants are of a URL, and none is signed",
        ),
        (
            own().signature(Place::Json("/signature")).each("/items"),
            "the whole body is signed with each of its items, which costs its square: sign parts of the items",
        ),
        (
            own().groups(b' '),
            "groups are of pairs, in one signature header",
        ),
        (
            own().each("/items"),
            "items that are signed one by one have their signatures in the JSON body, and no timestamp or body digest beside them",
        ),
    ] {
        refused(builder, why);
    }
}
