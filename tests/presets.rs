//! Every preset says what its record says, field by field.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use hookproof::providers;
use hookproof::scheme::{
    Algorithm, BodyForm, Encoding, FormJson, Grammar, KeyFormat, Part, Place, ReplayId, Scheme,
    Timestamp,
};
use serde_json::{Map, Value, json};
use support::delivered::Delivered;
use support::vectors::{is_judged_here, load};

/// The records, by slug.
fn records() -> Map<String, Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/schemes.jsonl");
    let text = std::fs::read_to_string(path).expect("the records are part of the repository");
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a record is JSON"))
        .map(|record| (text_of(&record["slug"]).to_owned(), record))
        .collect()
}

fn text_of(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// Runs a comparison for every preset and its record.
fn each(compare: impl Fn(&str, &Scheme, &Value)) {
    let records = records();
    for scheme in providers::ALL {
        compare(scheme.slug(), scheme, &records[scheme.slug()]);
    }
}

/// A header's name as schemes write it.
fn header(name: &Value) -> String {
    text_of(name).to_lowercase()
}

/// A place as records write it, such as `header:NAME` or `json:/pointer`.
fn place(place: Place) -> String {
    match place {
        Place::Form(name) => format!("form:{name}"),
        Place::FormJson(&FormJson { field, pointer }) => format!("json:{pointer} in {field}"),
        Place::Header(name) => format!("header:{name}"),
        Place::Json(pointer) => format!("json:{pointer}"),
        Place::Query(name) => format!("query:{name}"),
        other => panic!("{other:?} is new"),
    }
}

/// The same of a record; a document may stand in a form's field.
fn recorded_place(from: &Value, form_field: &Value) -> String {
    match text_of(from).split_once(':').expect("a place") {
        ("header", name) => format!("header:{}", name.to_lowercase()),
        ("json", pointer) if form_field.is_string() => {
            format!("json:{pointer} in {}", text_of(form_field))
        }
        (kind, rest) => format!("{kind}:{rest}"),
    }
}

/// Presets that judge every item of a list, where their records name the first.
const EACH: [(&str, &str); 2] = [
    ("adyen-standard", "/notificationItems"),
    ("microsoft-graph", "/value"),
];

/// A pointer as the record has it, which names the first of several items.
fn of_first_item(scheme: &Scheme, pointer: &str) -> String {
    let array = scheme.each().map(|array| format!("{array}/0"));
    format!("{}{pointer}", array.unwrap_or_default())
}

/// The members of an object, or the items of a list, as texts; none where there is none.
fn texts(list: &Value) -> Vec<&str> {
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().map(text_of).collect()
}

fn byte(text: &Value) -> u8 {
    match text_of(text).as_bytes() {
        [byte] => *byte,
        other => panic!("{other:?} is not one byte"),
    }
}

#[test]
fn every_record_is_a_preset_and_every_preset_has_one() {
    let slugs: BTreeSet<String> = records().keys().cloned().collect();
    let presets: BTreeSet<String> = providers::ALL.iter().map(|s| s.slug().to_owned()).collect();
    assert_eq!(slugs, presets);
    assert_eq!(providers::ALL.len(), 273);
}

#[test]
fn presets_are_sorted_by_slug_without_repetition() {
    assert!(
        providers::ALL
            .windows(2)
            .all(|two| two[0].slug() < two[1].slug())
    );
}

#[test]
fn every_preset_is_found_by_its_slug() {
    for scheme in providers::ALL {
        let found = providers::find(scheme.slug()).expect("found");
        assert!(core::ptr::eq(found, *scheme), "{}", scheme.slug());
    }
}

#[test]
fn no_other_slug_is_found() {
    for slug in [
        "",
        "Stripe",
        "stripe ",
        "strip",
        "stripe-v2",
        "a",
        "zzz",
        "sendmux_v2",
        "\0",
    ] {
        assert!(providers::find(slug).is_none(), "{slug:?}");
    }
}

#[test]
fn name_family_confidence_and_source_are_the_records() {
    each(|slug, scheme, record| {
        let about = scheme.about().expect("a preset says where it is from");
        assert_eq!(about.name(), record["name"], "{slug}");
        assert_eq!(about.family().as_str(), record["family"], "{slug}");
        assert_eq!(about.confidence().as_str(), record["confidence"], "{slug}");
        assert_eq!(about.source(), record["source"], "{slug}");
    });
}

/// Presets that sign the same deliveries share their provider's name; every other is its own.
#[test]
fn providers_are_named_after_their_presets() {
    each(|slug, scheme, _| {
        let provider = match slug {
            "agora-v1" => "agora",
            "buildkite-token" => "buildkite",
            "cloudinary-sha256" => "cloudinary",
            "convoy-advanced" => "convoy",
            "gitlab-signed" => "gitlab",
            "grafana-alerting-timestamped" => "grafana-alerting",
            "highlevel-rsa" => "highlevel",
            "hubspot-v1" | "hubspot-v2" | "hubspot-v3" => "hubspot",
            // One key signs both, and a signature of one is good in the other.
            "mailgun-form" => "mailgun",
            "plivo-v2" | "plivo-v3" => "plivo",
            "sendmux-v2" => "sendmux",
            "standard-webhooks-asym" => "standard-webhooks",
            "twilio-json" => "twilio",
            slug => slug,
        };
        assert_eq!(scheme.provider(), provider);
    });
}

/// What an endpoint must answer, as one sentence where the record has several.
fn one_sentence(text: &str) -> String {
    let text = text.trim_end_matches('.').to_lowercase();
    text.replace(". ", "; ")
}

/// Notes that say the same of a preset, where their records speak of themselves, of a rule that
/// stands elsewhere, or of what this crate does not do.
const NOTES: [(&str, &str); 11] = [
    ("bamboohr", "stamp and body touch and no window is set"),
    (
        "box",
        "BOX-DELIVERY-ID is new at each retry and not signed; the body's id stays",
    ),
    ("braintree", "the bt_payload that verified"),
    (
        "coinbase-commerce",
        "/id is the delivery's; attempt_number and scheduled_for change, so no body digest",
    ),
    ("coinify", "the vendor says that retries share this one"),
    (
        "duffel",
        "not idempotency_key: it is the id of the order and recurs with other event types",
    ),
    ("emailit", "from the vendor's page on requests"),
    (
        "klaviyo",
        "Klaviyo-Webhook-Id names the endpoint; the stamp is opaque and touches the body",
    ),
    ("mailingapi", "assumed, as is most of this preset"),
    ("quicknode", "the nonce is taken to be new at each attempt"),
    (
        "tenderly",
        "the body's id is not documented as the delivery's; Date touches the body",
    ),
];

#[test]
fn handshakes_notes_and_batches_are_the_records() {
    each(|slug, scheme, record| {
        let about = scheme.about().expect("a preset says where it is from");
        assert_eq!(
            about.handshake().map(one_sentence),
            record["handshake"].as_str().map(one_sentence),
            "{slug}"
        );
        let adapted = NOTES.iter().find(|(known, _)| *known == slug);
        let note = match adapted {
            Some((_, note)) => Some(*note),
            None => record["replay_id"]["note"].as_str(),
        };
        assert_eq!(about.replay_note(), note, "{slug}");
        let batch = record["replay_id"]["batch"] == true;
        assert_eq!(about.has_batches(), batch, "{slug}");
    });
}

#[test]
fn signatures_stand_where_the_records_say() {
    each(|slug, scheme, record| {
        let signature = &record["signature"];
        let name = text_of(&signature["name"]);
        let recorded = match (text_of(&signature["in"]), name.strip_prefix("form:")) {
            ("body", Some(_)) => name.to_owned(),
            ("body", None) => recorded_place(
                &Value::from(format!("json:{name}")),
                &signature["form_field"],
            ),
            ("header", _) => format!("header:{}", name.to_lowercase()),
            (kind, _) => format!("{kind}:{name}"),
        };
        let ours = match scheme.signature() {
            Place::Json(pointer) => format!("json:{}", of_first_item(scheme, pointer)),
            other => place(other),
        };
        assert_eq!(ours, recorded, "{slug}");
        let array = EACH.iter().find(|(known, _)| *known == slug);
        assert_eq!(scheme.each(), array.map(|(_, array)| *array), "{slug}");
    });
}

#[test]
fn further_headers_are_the_records() {
    each(|slug, scheme, record| {
        let signature = &record["signature"];
        let lower = |list: &Value| -> Vec<String> {
            texts(list).iter().map(|name| name.to_lowercase()).collect()
        };
        assert_eq!(scheme.aliases(), lower(&signature["aliases"]), "{slug}");
        assert_eq!(
            scheme.alternates(),
            lower(&signature["alternates"]),
            "{slug}"
        );
        let numbered = scheme.numbered().map(|numbered| {
            let pattern = format!("{}{{n}}", numbered.prefix);
            (pattern, 1, u64::from(numbered.last))
        });
        let recorded = signature["numbered"].as_object().map(|numbered| {
            let number = |field: &str| numbered[field].as_u64().expect("a number");
            (header(&numbered["pattern"]), number("from"), number("to"))
        });
        assert_eq!(numbered, recorded, "{slug}");
        let required: BTreeSet<(String, &str)> = record["require_headers"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.to_lowercase(), text_of(value)))
            .collect();
        let ours = scheme.required_headers().iter();
        let ours = ours.map(|(name, value)| ((*name).to_owned(), *value));
        assert_eq!(ours.collect::<BTreeSet<_>>(), required, "{slug}");
    });
}

#[test]
fn grammars_are_the_records() {
    each(|slug, scheme, record| {
        let signature = &record["signature"];
        let many = match scheme.grammar() {
            Grammar::Plain => {
                assert_eq!(signature["format"], "plain", "{slug}");
                assert!(signature.get("prefix").is_none(), "{slug}");
                // Of several headers each holds one.
                !scheme.alternates().is_empty() || scheme.numbered().is_some()
            }
            Grammar::Prefixed { prefix, optional } => {
                assert_eq!(signature["format"], "prefixed", "{slug}");
                assert_eq!(signature["prefix"], prefix, "{slug}");
                let recorded = signature["prefix_optional"].as_bool().unwrap_or(false);
                assert_eq!(optional, recorded, "{slug}");
                false
            }
            Grammar::List { prefix, separator } => {
                assert_eq!(signature["format"], "versioned-list", "{slug}");
                assert_eq!(signature["prefix"], prefix, "{slug}");
                assert_eq!(separator, byte(&signature["list_sep"]), "{slug}");
                true
            }
            Grammar::Pairs {
                signature: key,
                separator,
                assign,
            } => {
                assert_eq!(signature["format"], "kv", "{slug}");
                assert_eq!(signature["key"], key, "{slug}");
                assert_eq!(separator, byte(&signature["pair_sep"]), "{slug}");
                assert_eq!(assign, byte(&signature["kv_sep"]), "{slug}");
                true
            }
            other => panic!("{other:?} is new"),
        };
        // Taking several where the vendor sends one lets nothing in that one would not.
        assert!(many || signature["many"] != true, "{slug}");
        assert_eq!(scheme.is_trimmed(), signature["trim"] == true, "{slug}");
        let groups = signature.get("group_sep").map(byte);
        assert_eq!(scheme.groups(), groups, "{slug}");
    });
}

#[test]
fn algorithms_and_encodings_are_the_records() {
    each(|slug, scheme, record| {
        let mac = &record["mac"];
        let algorithm = match scheme.algorithm() {
            Algorithm::Basic | Algorithm::Token => "plain".to_owned(),
            Algorithm::Digest(digest) => digest.as_str().to_owned(),
            Algorithm::EcdsaP256(digest) => format!("ecdsa-p256-{}", digest.as_str()),
            Algorithm::Ed25519 => "ed25519".to_owned(),
            Algorithm::Hmac(digest) => format!("hmac-{}", digest.as_str()),
            Algorithm::Rsa(digest) => format!("rsa-{}", digest.as_str()),
            Algorithm::RsaBySignatureVersion => "rsa-sha256".to_owned(),
            other => panic!("{other:?} is new"),
        };
        assert_eq!(mac["alg"], algorithm, "{slug}");
        // A preset knows one algorithm, whatever a delivery says, but for the one that has versions.
        if scheme.algorithm() == Algorithm::RsaBySignatureVersion {
            let values = serde_json::json!({ "1": "rsa-sha1", "2": "rsa-sha256" });
            let pick = serde_json::json!({ "from": "json:/SignatureVersion", "values": values });
            assert_eq!(mac["pick"], pick, "{slug}");
            assert_eq!(
                mac["alternatives"],
                serde_json::json!(["rsa-sha1"]),
                "{slug}"
            );
        } else {
            assert!(
                mac.get("alternatives").is_none() && mac.get("pick").is_none(),
                "{slug}"
            );
        }
        let encoding = match (scheme.algorithm(), scheme.encoding()) {
            (Algorithm::Basic, _) | (_, Encoding::Base64) => "base64",
            (Algorithm::Token, _) => "utf8",
            (_, Encoding::Base64Url) => "base64url",
            (_, Encoding::Hex) => "hex",
            (_, Encoding::HexUpper) => "hex-upper",
            (_, other) => panic!("{other:?} is new"),
        };
        assert_eq!(mac["encoding"], encoding, "{slug}");
    });
}

#[test]
fn keys_are_the_records() {
    each(|slug, scheme, record| {
        let (format, prefix, more) = match scheme.key_format() {
            KeyFormat::Base64 { prefix: "" } => ("base64", None, None),
            KeyFormat::Base64 { prefix } => ("prefix-base64", Some(prefix), None),
            KeyFormat::Hex => ("hex", None, None),
            KeyFormat::PublicBase64 { prefix: "" } => {
                ("base64", None, Some(("container", "raw-32")))
            }
            KeyFormat::PublicBase64 { prefix } => {
                ("prefix-base64", Some(prefix), Some(("container", "raw-32")))
            }
            KeyFormat::PublicDer => ("base64", None, Some(("container", "spki-der"))),
            KeyFormat::PublicHex => ("hex", None, Some(("container", "raw-32"))),
            KeyFormat::PublicPem => ("pem", None, None),
            KeyFormat::Text => ("utf8", None, None),
            KeyFormat::TextDigest(digest) => ("utf8", None, Some(("derive", digest.as_str()))),
            KeyFormat::TextThen(suffix) => ("utf8", None, Some(("suffix", suffix))),
            other => panic!("{other:?} is new"),
        };
        let mut expected = BTreeMap::from([("format", format)]);
        expected.extend(prefix.map(|prefix| ("prefix", prefix)));
        expected.extend(more);
        // The key of a certificate that a message names is configured as any other public key.
        if record["key"]["format"] == "x509" {
            assert_eq!(scheme.key_format(), KeyFormat::PublicPem, "{slug}");
            return;
        }
        let recorded = record["key"].as_object().expect("an object").iter();
        let recorded = recorded.map(|(field, value)| (&**field, text_of(value)));
        assert_eq!(expected, recorded.collect(), "{slug}");
    });
}

#[test]
fn signed_contents_are_the_records() {
    each(|slug, scheme, record| {
        let recorded: Vec<String> = record["content"]
            .as_array()
            .expect("parts")
            .iter()
            .map(recorded_part)
            .collect();
        let parts = scheme.content().iter().map(|part| match *part {
            Part::Body => "body".to_owned(),
            Part::BodyDigest(digest) => format!("body-digest {} hex", digest.as_str()),
            Part::Canonical(rule) => format!("canonical {}", rule.as_str()),
            Part::Config(name) => format!("config {name}"),
            Part::Form(name) => format!("form {name}"),
            Part::FormJson(&FormJson { field, pointer }) => format!("json {pointer} in {field}"),
            Part::Header(name) => format!("header {name}"),
            Part::Json { pointer, absent } => {
                let absent = absent.map(|text| format!(" or {text:?}"));
                let pointer = of_first_item(scheme, pointer);
                format!("json {pointer}{}", absent.unwrap_or_default())
            }
            Part::Literal(text) => format!("lit {text}"),
            Part::Method => "method".to_owned(),
            Part::Path => "path".to_owned(),
            Part::Query(name) => format!("query {name}"),
            Part::RawQuery => "query".to_owned(),
            Part::Secret => "secret".to_owned(),
            Part::SortedForm => "sorted-form".to_owned(),
            Part::Timestamp => "timestamp".to_owned(),
            Part::Url => "url".to_owned(),
            Part::UrlWithoutQuery => "url-no-query".to_owned(),
            other => panic!("{other:?} is new"),
        });
        assert_eq!(parts.collect::<Vec<_>>(), recorded, "{slug}");
    });
}

fn recorded_part(part: &Value) -> String {
    if let Some(text) = part.get("lit") {
        return format!("lit {}", text_of(text));
    }
    let kind = text_of(&part["part"]);
    match kind {
        "body-digest" => format!(
            "{kind} {} {}",
            text_of(&part["alg"]),
            text_of(&part["encoding"])
        ),
        "header" => format!("header {}", header(&part["name"])),
        "json" => {
            let absent = part["absent"].as_str().map(|text| format!(" or {text:?}"));
            let field = part["form_field"].as_str().map(|it| format!(" in {it}"));
            let pointer = text_of(&part["pointer"]);
            format!(
                "json {pointer}{}{}",
                field.unwrap_or_default(),
                absent.unwrap_or_default()
            )
        }
        _ => match part["name"].as_str() {
            Some(name) => format!("{kind} {name}"),
            None => kind.to_owned(),
        },
    }
}

/// A waiver says of a preset what its record's content shows, and nothing else does.
#[test]
fn waivers_are_where_the_records_need_them() {
    // Rules that sign the body, byte for byte or field by field.
    let signs_body = [
        "alipay-v1",
        "coinbase-cdp",
        "contentful",
        "freshbooks-json",
        "plivo-v3",
        "unisender-go",
        "vonage-sig",
    ];
    each(|slug, scheme, record| {
        let parts = record["content"].as_array().expect("parts");
        // The secret and what is configured are the same in every delivery.
        let is_variable = |part: &Value| {
            let fixed = ["body-digest", "config", "secret"];
            part["part"].as_str().is_some_and(|it| !fixed.contains(&it))
        };
        let touch = parts.windows(2).any(|two| two.iter().all(is_variable));
        assert_eq!(scheme.parts_touch().is_some(), touch, "{slug}");
        let body = parts.iter().any(|part| match part["part"].as_str() {
            Some("body" | "body-digest" | "sorted-form") => true,
            Some("canonical") => signs_body.contains(&text_of(&part["name"])),
            _ => false,
        });
        let unsigned = !body && record.get("body_digest").is_none();
        assert_eq!(scheme.body_unsigned().is_some(), unsigned, "{slug}");
        let reasons = [scheme.parts_touch(), scheme.body_unsigned()];
        for reason in reasons.into_iter().flatten() {
            assert!(reason.split(' ').count() > 3, "{slug}: {reason}");
        }
    });
}

#[test]
fn forms_urls_and_what_is_configured_are_the_records() {
    each(|slug, scheme, record| {
        let last = record["form_duplicates"] == "last";
        assert_eq!(scheme.last_field_counts(), last, "{slug}");
        let variants = texts(&record["url_variants"]);
        let known: &[&str] = match scheme.has_port_variants() {
            true => &["without-port", "with-default-port"],
            false => &[],
        };
        assert_eq!(known, variants, "{slug}");
        let digest = scheme
            .body_digest()
            .map(|(at, digest)| (place(at), digest.as_str()));
        let recorded = record.get("body_digest").map(|digest| {
            assert_eq!(digest["encoding"], "hex", "{slug}");
            (text_of(&digest["from"]).to_owned(), text_of(&digest["alg"]))
        });
        // Twilio's two records are of one header, and this preset judges both.
        let of_json = || (slug == "twilio").then(|| ("query:bodySHA256".to_owned(), "sha256"));
        assert_eq!(digest, recorded.or_else(of_json), "{slug}");
        let config: BTreeSet<&str> = record["config"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| &**name)
            .collect();
        assert_eq!(
            scheme.config_names().collect::<BTreeSet<_>>(),
            config,
            "{slug}"
        );
        // What is signed is not what is sent where the vendor compresses afterwards.
        let form = match slug {
            "quicknode" => BodyForm::Decoded,
            _ => BodyForm::Sent,
        };
        assert_eq!(scheme.body_form(), form, "{slug}");
    });
}

/// A timestamp that a record calls unsigned is no fact of a scheme: it would prove nothing.
#[test]
fn signed_timestamps_are_the_records_and_unsigned_ones_are_left_out() {
    each(|slug, scheme, record| {
        let recorded = &record["timestamp"];
        if recorded["signed"] != true {
            assert_eq!(scheme.timestamp(), None, "{slug}");
            assert_eq!(scheme.tolerance(), None, "{slug}");
            return;
        }
        let from = match scheme.timestamp().expect("a timestamp") {
            Timestamp::At(at) => place(at),
            Timestamp::Header(name) => format!("header:{name}"),
            Timestamp::Item(nth) => format!("list:{nth}"),
            Timestamp::Pair(key) => format!("kv:{key}"),
            other => panic!("{other:?} is new"),
        };
        let expected = recorded_place(&recorded["from"], &recorded["form_field"]);
        assert_eq!(from, expected, "{slug}");
        assert_eq!(recorded["unit"], scheme.unit().as_str(), "{slug}");
        let window = scheme.tolerance();
        let recorded = recorded["tolerance_s"].as_u64();
        assert_eq!(window.map(|it| u64::from(it.past())), recorded, "{slug}");
        assert_eq!(window.map(|it| u64::from(it.future())), recorded, "{slug}");
    });
}

#[test]
fn ids_and_event_names_are_the_records_and_so_is_what_is_signed() {
    each(|slug, scheme, record| {
        for (ours, field) in [
            (scheme.delivery_id(), "delivery_id"),
            (scheme.event_type(), "event_type"),
        ] {
            let recorded = &record[field];
            let Some(ours) = ours else {
                assert!(recorded.is_null(), "{slug}: {field} {recorded}");
                continue;
            };
            // The document that the signature stands in is the only one.
            let document = &record["signature"]["form_field"];
            assert_eq!(
                place(ours),
                recorded_place(&recorded["from"], document),
                "{slug}: {field}"
            );
            // They name the endpoint and the subscription; the records call them unsigned for that.
            if !matches!(slug, "clickup" | "moralis") {
                assert_eq!(recorded["signed"], scheme.covers(ours), "{slug}: {field}");
            }
        }
    });
}

#[test]
fn replay_identities_are_the_records_and_signed() {
    each(|slug, scheme, record| {
        let mut recorded = record["replay_id"].as_object().expect("an object").clone();
        recorded.retain(|field, _| !matches!(&**field, "note" | "batch"));
        let expected = match scheme.replay_id() {
            ReplayId::Body => json!({"digest": "body"}),
            ReplayId::Content => json!({"digest": "content", "stamp": true}),
            ReplayId::ContentWithoutTimestamp => json!({"digest": "content"}),
            ReplayId::Id(id) => {
                assert!(scheme.covers(id), "{slug}");
                let from = recorded_place(&recorded["from"], &Value::Null);
                recorded.insert("from".to_owned(), from.into());
                json!({"from": place(id)})
            }
            ReplayId::Indistinct => json!({"none": true}),
            ReplayId::UnsignedBody => json!({"digest": "body", "binds_body": false}),
            other => panic!("{other:?} is new"),
        };
        assert_eq!(Value::Object(recorded), expected, "{slug}");
    });
}

/// Most of what records say of retries is prose; the time to answer in is not.
#[test]
fn acknowledgement_is_within_the_records_time() {
    each(|slug, scheme, record| {
        let retries = &record["retries"];
        let in_words = retries["success"].as_str().and_then(|text| {
            let (number, _) = text.split_once("within ")?.1.split_once(" s")?;
            number.parse::<u32>().ok()
        });
        let recorded = retries["ack_s"]
            .as_u64()
            .and_then(|it| u32::try_from(it).ok());
        if let Some(seconds) = recorded.or(in_words) {
            assert_eq!(scheme.retries().acknowledge_secs, Some(seconds), "{slug}");
        }
    });
}

/// Presets that no vector speaks for, and why that is borne.
const WITHOUT_VECTOR: &[(&str, &str)] = &[];

/// A preset without one would be a guess.
#[test]
fn every_preset_has_an_accepted_vector_or_a_reason_to_have_none() {
    let mut spoken_for = BTreeSet::new();
    for file in ["seeds.jsonl", "providers.jsonl", "hostile.jsonl"] {
        for vector in load(file) {
            if vector.expect == "accept" && vector.judge() == "accept" {
                spoken_for.insert(vector.provider);
            }
        }
    }
    for (slug, why) in WITHOUT_VECTOR {
        assert!(!why.is_empty(), "{slug}");
        assert!(spoken_for.insert((*slug).to_owned()), "{slug} has a vector");
    }
    let presets = providers::ALL.iter().filter(|it| is_judged_here(it));
    let presets: BTreeSet<String> = presets.map(|it| it.slug().to_owned()).collect();
    assert_eq!(spoken_for, presets);
}

/// Whoever holds a captured delivery can write any header that is not signed.
#[test]
fn ids_and_event_names_outside_the_signature_are_marked() {
    let receipt_of = |scheme: &Scheme, headers: &[(&'static str, &str)]| {
        let mut delivered = Delivered::signed(scheme);
        for (name, value) in headers {
            let value = value.parse().expect("a value");
            delivered.headers.insert(*name, value);
        }
        let receipt = delivered.judge().expect("a good delivery");
        let id = receipt.unsigned_delivery_id(&delivered.headers);
        let event = receipt.unsigned_event_type(&delivered.headers);
        (
            receipt.signed_id().map(str::to_owned),
            id.map(|id| id.into_unproven().to_owned()),
            event.map(|event| event.into_unproven().to_owned()),
        )
    };
    let text = |text: &str| Some(text.to_owned());
    let github = [("x-github-delivery", "d-1"), ("x-github-event", "push")];
    assert_eq!(
        receipt_of(&providers::GITHUB, &github),
        (None, text("d-1"), text("push"))
    );
    assert_eq!(receipt_of(&providers::GITHUB, &[]), (None, None, None));
    // Sent signs the endpoint's id, which is no delivery's, and not the event's.
    let sent = [("x-webhook-event-id", "e-1")];
    assert_eq!(
        receipt_of(&providers::SENT, &sent),
        (None, text("e-1"), None)
    );
    assert_eq!(
        receipt_of(&providers::SVIX, &[]),
        (text("id_1"), None, None)
    );
    assert_eq!(receipt_of(&providers::STRIPE, &[]), (None, None, None));
}
