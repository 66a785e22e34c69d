//! What no scheme may say, in plain words: the guards against forgeries of `docs/schemes.md`, over
//! what a scheme tells of itself.

use hookproof::scheme::{
    Algorithm, Canonical, Encoding, Grammar, KeyFormat, Part, Place, ReplayId, Scheme, Timestamp,
    Unit,
};

/// Looks for a contradiction.
///
/// # Panics
///
/// Where there is one.
pub fn check(scheme: &Scheme) {
    let parts = scheme.content();
    assert!(!parts.is_empty());
    assert!(is_count_right(parts));
    assert!(
        scheme.covers_body()
            != scheme
                .body_unsigned()
                .is_some_and(|reason| !reason.is_empty()),
        "a body that is not signed is waived, and no other"
    );
    if scheme.covers_body() {
        assert!(may_cover_body(scheme), "nothing of the body is signed");
    }
    let touch = parts
        .windows(2)
        .any(|two| is_variable(two[0]) && is_variable(two[1]));
    assert_eq!(touch, scheme.parts_touch().is_some(), "parts touch");
    check_timestamp(scheme);
    check_grammar(scheme);
    check_algorithm(scheme);
    check_names(scheme);
    if let ReplayId::Id(place) = scheme.replay_id() {
        assert!(scheme.covers(place), "the replay identity is not signed");
        if let Place::Header(name) = place {
            let by_rule = parts.contains(&Part::Canonical(Canonical::Mercadopago));
            assert!(parts.contains(&Part::Header(name)) || by_rule);
        }
    }
}

fn is_count_right(parts: &[Part]) -> bool {
    let count = |wanted: Part| parts.iter().filter(|part| **part == wanted).count();
    let headers = parts.iter().filter(|part| matches!(part, Part::Header(_)));
    count(Part::Body) <= 1 && count(Part::Timestamp) <= 1 && headers.count() <= 4
}

fn may_cover_body(scheme: &Scheme) -> bool {
    let of_body = |part: &Part| {
        matches!(
            part,
            Part::Body | Part::BodyDigest(_) | Part::Canonical(_) | Part::SortedForm
        )
    };
    scheme.content().iter().any(of_body) || scheme.body_digest().is_some()
}

/// Whether a sender can choose how long it is.
fn is_variable(part: Part) -> bool {
    !matches!(
        part,
        Part::BodyDigest(_) | Part::Config(_) | Part::Literal(_) | Part::Secret
    )
}

fn check_timestamp(scheme: &Scheme) {
    let parts = scheme.content();
    let by_rule = parts.iter().any(|part| matches!(part, Part::Canonical(_)));
    let signed = parts.contains(&Part::Timestamp) || by_rule;
    match scheme.timestamp() {
        None => assert!(!parts.contains(&Part::Timestamp)),
        Some(Timestamp::At(place)) => assert!(signed || scheme.covers(place)),
        Some(_) => assert!(signed, "the timestamp is not signed"),
    }
    let of_digits = matches!(scheme.unit(), Unit::Micros | Unit::Millis | Unit::Seconds);
    for two in parts.windows(2) {
        if let [Part::Timestamp, Part::Literal(text)] | [Part::Literal(text), Part::Timestamp] = two
        {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            assert!(
                !(digits && of_digits),
                "a number of digits is the timestamp's"
            );
        }
    }
}

fn check_grammar(scheme: &Scheme) {
    let in_encoding = |text: &str| text.bytes().all(|byte| can_hold(scheme.encoding(), byte));
    match scheme.grammar() {
        Grammar::Plain => {}
        Grammar::Prefixed { prefix, optional } => {
            assert!(!prefix.is_empty());
            assert!(!optional || !in_encoding(prefix));
        }
        Grammar::List { prefix, separator } => {
            assert!(!can_hold(scheme.encoding(), separator));
            assert!(!prefix.as_bytes().contains(&separator));
            assert!(prefix.is_empty() || !in_encoding(prefix));
        }
        Grammar::Pairs {
            signature,
            separator,
            assign,
        } => {
            assert!(separator != assign && !can_hold(scheme.encoding(), separator));
            let bytes = signature.as_bytes();
            assert!(!signature.is_empty());
            assert!(!bytes.contains(&separator) && !bytes.contains(&assign));
        }
        _ => panic!("a grammar that these lints do not know"),
    }
}

fn can_hold(encoding: Encoding, byte: u8) -> bool {
    match encoding {
        Encoding::Base64 => byte.is_ascii_alphanumeric() || b"+/=".contains(&byte),
        Encoding::Base64Url => byte.is_ascii_alphanumeric() || b"-_".contains(&byte),
        _ => byte.is_ascii_hexdigit(),
    }
}

fn check_algorithm(scheme: &Scheme) {
    let parts = scheme.content();
    let public = matches!(
        scheme.key_format(),
        KeyFormat::PublicBase64 { .. }
            | KeyFormat::PublicDer
            | KeyFormat::PublicHex
            | KeyFormat::PublicPem
    );
    assert_eq!(scheme.algorithm().is_public_key(), public);
    match scheme.algorithm() {
        Algorithm::Basic | Algorithm::Token => assert_eq!(parts, [Part::Secret]),
        Algorithm::Digest(_) => {
            let by_rule = parts.iter().any(|part| {
                let rules = [Canonical::UnisenderGo, Canonical::Wecom];
                matches!(part, Part::Canonical(rule) if rules.contains(rule))
            });
            assert!(
                parts.contains(&Part::Secret) || by_rule,
                "anybody can digest"
            );
        }
        _ => {}
    }
    if !scheme.algorithm().is_credential() {
        let of_delivery = |part: &Part| is_variable(*part) || matches!(part, Part::BodyDigest(_));
        assert!(parts.iter().any(of_delivery), "one signature for all");
    }
}

fn check_names(scheme: &Scheme) {
    let mut signatures: Vec<&str> = scheme.signature_header().into_iter().collect();
    signatures.extend(scheme.aliases());
    signatures.extend(scheme.alternates());
    let count = signatures.len();
    let mut signed: Vec<&str> = Vec::new();
    for part in scheme.content() {
        if let Part::Header(name) = part {
            signed.push(name);
        }
    }
    if let Some(Timestamp::Header(name)) = scheme.timestamp() {
        signed.push(name);
    }
    assert!(signatures.iter().all(|name| !signed.contains(name)));
    for name in signatures.iter().chain(&signed) {
        http::HeaderName::from_lowercase(name.as_bytes()).expect("a header's name in lower case");
    }
    signatures.sort_unstable();
    signatures.dedup();
    assert_eq!(signatures.len(), count, "a header is named twice");
}
