//! Whatever a preset says, a file can say.

use hookproof::config::{Format, Schemes, write};
use hookproof::providers;
use hookproof::scheme::{
    Algorithm, BodyForm, Canonical, Digest, Encoding, FormJson, Grammar, KeyFormat, Numbered, Part,
    Place, ReplayId, Scheme, SchemeBuilder, Timestamp, Unit,
};

/// Writes the scheme in either format under a name of its own, and reads it back.
#[track_caller]
fn same_when_read_back(scheme: &Scheme) {
    let own = format!("own-{}", scheme.slug());
    let own = scheme.adjust().slug(own.leak()).build();
    for format in [Format::Toml, Format::Json] {
        let text = write([&own], format);
        match Schemes::parse(&text, format) {
            Ok(schemes) => assert_eq!(schemes.iter().collect::<Vec<_>>(), [&own], "{text}"),
            Err(error) => panic!("{error}\n{text}"),
        }
    }
}

#[test]
fn every_preset_can_be_said_in_a_file() {
    for preset in providers::ALL {
        same_when_read_back(preset);
    }
}

#[test]
fn a_file_of_all_presets_has_them_in_order() {
    let presets: Vec<Scheme> = providers::ALL
        .iter()
        .take(256)
        .map(|preset| {
            preset
                .adjust()
                .slug(format!("own-{}", preset.slug()).leak())
        })
        .map(SchemeBuilder::build)
        .collect();
    for format in [Format::Toml, Format::Json] {
        let read = Schemes::parse(&write(&presets, format), format).expect("sound");
        let slugs: Vec<&str> = read.iter().map(Scheme::slug).collect();
        let own: Vec<&str> = presets.iter().map(Scheme::slug).collect();
        assert_eq!(slugs, own);
    }
}

#[test]
fn of_no_scheme_an_empty_file_is_written() {
    assert_eq!(write([], Format::Toml), "");
    assert_eq!(write([], Format::Json), "{\"scheme\": []}\n");
}

const fn own() -> SchemeBuilder {
    Scheme::builder("scheme", "own-signature")
}

const STAMPED: &[Part] = &[Part::Timestamp, Part::Literal("."), Part::Body];

#[test]
fn every_way_of_writing_a_signature_can_be_said() {
    let pairs = Grammar::Pairs {
        signature: "*",
        separator: b';',
        assign: b'=',
    };
    let prefixed = |optional| Grammar::Prefixed {
        prefix: "sha256=",
        optional,
    };
    let list = Grammar::List {
        prefix: "v1,",
        separator: b' ',
    };
    let items = Grammar::List {
        prefix: "",
        separator: b'\t',
    };
    for builder in [
        own().grammar(pairs).trimmed(),
        own().grammar(prefixed(true)),
        own().grammar(prefixed(false)),
        own().grammar(list),
        own()
            .grammar(items)
            .timestamp(Timestamp::Item(2))
            .content(STAMPED),
        own()
            .grammar(pairs)
            .groups(b' ')
            .timestamp(Timestamp::Pair("t"))
            .content(STAMPED),
        own().aliases(&["one-signature", "two-signature"]),
        own().alternates(&["one-signature"]),
        own().numbered(Numbered {
            prefix: "own-signature-",
            last: 100,
        }),
        own().require_headers(&[("version", "1"), ("odd", "\"{\\\u{7f}\u{9b}ü")]),
    ] {
        same_when_read_back(&builder.build());
    }
}

#[test]
fn every_place_of_a_signature_can_be_said() {
    for place in [
        Place::Form("sig"),
        Place::FormJson(&FormJson {
            field: "payload",
            pointer: "/sig",
        }),
        Place::Json("/sig~1nature/0"),
        Place::Query("sig"),
    ] {
        let builder = Scheme::builder_at("scheme", place);
        same_when_read_back(&builder.build());
        same_when_read_back(&own().delivery_id(place).event_type(place).build());
        let stamped = own().timestamp(Timestamp::At(place));
        let stamped = stamped.content(STAMPED).unit(Unit::Micros);
        same_when_read_back(&stamped.build());
    }
}

#[test]
fn every_part_of_the_content_can_be_said() {
    const PARTS: &[Part] = &[
        Part::BodyDigest(Digest::Sha512),
        Part::Config("app key"),
        Part::Form("f"),
        Part::Literal("{body}"),
        Part::FormJson(&FormJson {
            field: "f",
            pointer: "/p",
        }),
        Part::Literal("{\"a\": "),
        Part::Header("x-id"),
        Part::Literal("\r\n\0\""),
        Part::Json {
            pointer: "/p",
            absent: None,
        },
        Part::Literal("a{timestamp}b"),
        Part::Json {
            pointer: "/q",
            absent: Some(""),
        },
        Part::Literal("}{"),
        Part::Method,
        Part::Literal("ü"),
        Part::Path,
        Part::Secret,
        Part::Query("q"),
        Part::Literal(" "),
        Part::RawQuery,
        Part::Literal("&"),
        Part::SortedForm,
        Part::Literal("?"),
        Part::Url,
        Part::Literal("#"),
        Part::UrlWithoutQuery,
    ];
    same_when_read_back(&own().content(PARTS).port_variants().build());
    for rule in Canonical::ALL {
        let content: &'static [Part] = vec![Part::Canonical(*rule)].leak();
        let stamped = own()
            .timestamp(Timestamp::Header("own-time"))
            .content(content);
        let builders = [own().content(content), stamped];
        let waived = builders.map(|it| it.dangerous_body_unsigned("a rule that covers none"));
        let replay = [ReplayId::Body, ReplayId::UnsignedBody];
        let all = builders.iter().chain(&waived);
        let mut sound = all
            .flat_map(|builder| replay.map(|id| builder.replay_id(id)))
            .filter_map(|builder| builder.try_build().ok());
        same_when_read_back(&sound.next().expect("a sound scheme with the rule"));
    }
}

#[test]
fn every_key_algorithm_and_encoding_can_be_said() {
    for key in [
        KeyFormat::Base64 { prefix: "" },
        KeyFormat::Base64 { prefix: "whsec_" },
        KeyFormat::Hex,
        KeyFormat::Text,
        KeyFormat::TextDigest(Digest::Keccak256),
        KeyFormat::TextThen("&"),
    ] {
        same_when_read_back(&own().key_format(key).build());
    }
    for (algorithm, key) in [
        (Algorithm::Ed25519, KeyFormat::PublicBase64 { prefix: "" }),
        (
            Algorithm::Ed25519,
            KeyFormat::PublicBase64 { prefix: "whpk_" },
        ),
        (Algorithm::Ed25519, KeyFormat::PublicHex),
        (Algorithm::EcdsaP256(Digest::Sha1), KeyFormat::PublicDer),
        (Algorithm::EcdsaP256(Digest::Sha256), KeyFormat::PublicPem),
        (Algorithm::Rsa(Digest::Sha1), KeyFormat::PublicPem),
        (Algorithm::Rsa(Digest::Sha256), KeyFormat::PublicPem),
    ] {
        same_when_read_back(&own().algorithm(algorithm).key_format(key).build());
    }
    for digest in [
        Digest::Keccak256,
        Digest::Md5,
        Digest::Sha1,
        Digest::Sha256,
        Digest::Sha384,
        Digest::Sha512,
    ] {
        let plain = own()
            .algorithm(Algorithm::Digest(digest))
            .content(&[Part::Secret, Part::Body]);
        same_when_read_back(&plain.build());
        if let Ok(hmac) = own().algorithm(Algorithm::Hmac(digest)).try_build() {
            same_when_read_back(&hmac);
        }
    }
    for algorithm in [Algorithm::Basic, Algorithm::Token] {
        let credential = own()
            .algorithm(algorithm)
            .content(&[Part::Secret])
            .dangerous_body_unsigned("a credential")
            .replay_id(ReplayId::UnsignedBody);
        same_when_read_back(&credential.build());
    }
    for encoding in [
        Encoding::Base64,
        Encoding::Base64Url,
        Encoding::Hex,
        Encoding::HexUpper,
    ] {
        same_when_read_back(&own().encoding(encoding).build());
    }
}

#[test]
fn every_other_fact_can_be_said() {
    let stamped = own()
        .timestamp(Timestamp::Header("own-time"))
        .content(STAMPED);
    for unit in [
        Unit::HttpDate,
        Unit::Micros,
        Unit::Millis,
        Unit::Rfc3339,
        Unit::Seconds,
    ] {
        same_when_read_back(&stamped.unit(unit).build());
    }
    let each = Scheme::builder_at("scheme", Place::Json("/sig"))
        .each("/events")
        .content(&[Part::Json {
            pointer: "/id",
            absent: None,
        }])
        .dangerous_body_unsigned("its items are signed by their ids")
        .replay_id(ReplayId::ContentWithoutTimestamp);
    for builder in [
        stamped.dangerous_without_window(),
        stamped.tolerance(hookproof::Tolerance::new(0, 604_800)),
        stamped.replay_id(ReplayId::Content),
        stamped.replay_id(ReplayId::ContentWithoutTimestamp),
        own().replay_id(ReplayId::Indistinct),
        own().body_form(BodyForm::Decoded),
        own().last_field_counts(),
        own().body_digest(Place::Header("digest"), Digest::Sha256),
        stamped
            .content(&[Part::Timestamp, Part::Body])
            .dangerous_parts_touch("so"),
        each,
    ] {
        same_when_read_back(&builder.build());
    }
}
