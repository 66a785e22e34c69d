//! How single facts of a scheme are written: places as `kind:name`, what varies in braces or angle
//! brackets.

use hookproof::scheme::{
    Algorithm, Encoding, FormJson, Grammar, KeyFormat, Part, Place, Scheme, Timestamp, Unit,
};

/// A place of a delivery: `header:x-acme-id`, `json:/id`, `query:ts`, `form:id`, and
/// `form:data:/id` for a pointer into the JSON document that a field of a form holds.
pub(super) fn place(place: Place) -> String {
    match place {
        Place::Form(name) => format!("form:{name}"),
        Place::FormJson(&FormJson { field, pointer }) => format!("form:{field}:{pointer}"),
        Place::Header(name) => format!("header:{name}"),
        Place::Json(pointer) => format!("json:{pointer}"),
        Place::Query(name) => format!("query:{name}"),
        other => unwritten(&other),
    }
}

/// Where a timestamp stands: a place, or `kv:KEY` or `list:N` of the signature header.
pub(super) fn timestamp(timestamp: Timestamp) -> String {
    match timestamp {
        Timestamp::At(at) => place(at),
        Timestamp::Header(name) => place(Place::Header(name)),
        Timestamp::Item(nth) => format!("list:{nth}"),
        Timestamp::Pair(key) => format!("kv:{key}"),
        other => unwritten(&other),
    }
}

/// A piece of the signed content; literals as they are, everything else in braces.
pub(super) fn part(part: Part) -> String {
    let what = match part {
        Part::Literal(text) => return visible(text),
        Part::Body => "body".to_owned(),
        Part::BodyDigest(digest) => format!("{} of body", digest.as_str()),
        Part::Canonical(rule) => format!("rule:{}", rule.as_str()),
        Part::Config(name) => format!("config:{name}"),
        Part::Form(name) => place(Place::Form(name)),
        Part::FormJson(at) => place(Place::FormJson(at)),
        Part::Header(name) => name.to_owned(),
        Part::Json { pointer, absent } => {
            let at = place(Place::Json(pointer));
            match absent {
                None => at,
                Some("") => format!("{at} or nothing"),
                Some(text) => format!("{at} or {}", visible(text)),
            }
        }
        Part::Method => "method".to_owned(),
        Part::Path => "path".to_owned(),
        Part::Query(name) => place(Place::Query(name)),
        Part::RawQuery => "query".to_owned(),
        Part::Secret => "secret".to_owned(),
        Part::SortedForm => "sorted form".to_owned(),
        Part::Timestamp => "timestamp".to_owned(),
        Part::Url => "url".to_owned(),
        Part::UrlWithoutQuery => "url without query".to_owned(),
        other => unwritten(&other),
    };
    format!("{{{what}}}")
}

/// The signature's text, with what varies in angle brackets.
pub(super) fn signature(scheme: &Scheme) -> String {
    let signature = format!("<{}>", encoding(scheme).unwrap_or("secret"));
    match scheme.grammar() {
        Grammar::Plain => signature,
        Grammar::Prefixed {
            prefix,
            optional: false,
        } => format!("{prefix}{signature}"),
        Grammar::Prefixed {
            prefix,
            optional: true,
        } => format!("{signature} or {prefix}{signature}"),
        Grammar::List { prefix, separator } => {
            let separator = char::from(separator);
            let items = format!("{prefix}{signature}[{separator}…]");
            match scheme.timestamp() {
                Some(Timestamp::Item(0)) => format!("<{}>{separator}{items}", stamp(scheme)),
                _ => items,
            }
        }
        Grammar::Pairs {
            signature: key,
            separator,
            assign,
        } => {
            let (separator, assign) = (char::from(separator), char::from(assign));
            let key = if key == "*" { "<any>" } else { key };
            let pair = format!("{key}{assign}{signature}[{separator}…]");
            match scheme.timestamp() {
                Some(Timestamp::Pair(key)) => {
                    format!("{key}{assign}<{}>{separator}{pair}", stamp(scheme))
                }
                _ => pair,
            }
        }
        other => unwritten(&other),
    }
}

/// What a timestamp inside the signature's text is.
const fn stamp(scheme: &Scheme) -> &'static str {
    match scheme.unit() {
        Unit::HttpDate => "http-date",
        Unit::Micros => "microseconds",
        Unit::Millis => "milliseconds",
        Unit::Rfc3339 => "rfc3339",
        _ => "seconds",
    }
}

/// How a signature is made, such as `hmac-sha256`.
pub(super) fn algorithm(algorithm: Algorithm) -> String {
    match algorithm {
        Algorithm::Basic => "basic".to_owned(),
        Algorithm::Digest(digest) => digest.as_str().to_owned(),
        Algorithm::EcdsaP256(digest) => format!("ecdsa-p256-{}", digest.as_str()),
        Algorithm::Ed25519 => "ed25519".to_owned(),
        Algorithm::Hmac(digest) => format!("hmac-{}", digest.as_str()),
        Algorithm::Rsa(digest) => format!("rsa-{}", digest.as_str()),
        Algorithm::RsaBySignatureVersion => "rsa-by-signature-version".to_owned(),
        Algorithm::Token => "token".to_owned(),
        other => unwritten(&other),
    }
}

/// How a signature is encoded; `None` for a secret that comes along as it is.
pub(super) fn encoding(scheme: &Scheme) -> Option<&'static str> {
    match (scheme.algorithm(), scheme.encoding()) {
        (Algorithm::Token, _) => None,
        // RFC 7617 knows no other.
        (Algorithm::Basic, _) | (_, Encoding::Base64) => Some("base64"),
        (_, Encoding::Base64Url) => Some("base64url"),
        (_, Encoding::Hex) => Some("hex"),
        (_, Encoding::HexUpper) => Some("hex-upper"),
        _ => Some("?"),
    }
}

/// How the secret's text becomes the key.
pub(super) fn key(format: KeyFormat) -> String {
    match format {
        KeyFormat::Base64 { prefix: "" } => "base64".to_owned(),
        KeyFormat::Base64 { prefix } => format!("base64 after {prefix}"),
        KeyFormat::Hex => "hex".to_owned(),
        KeyFormat::PublicBase64 { prefix: "" } => "public key, base64 of 32 bytes".to_owned(),
        KeyFormat::PublicBase64 { prefix } => {
            format!("public key, base64 of 32 bytes after {prefix}")
        }
        KeyFormat::PublicDer => "public key, base64 of DER".to_owned(),
        KeyFormat::PublicHex => "public key, hex of 32 bytes".to_owned(),
        KeyFormat::PublicPem => "public key, PEM".to_owned(),
        KeyFormat::Text => "text".to_owned(),
        KeyFormat::TextDigest(digest) => format!("{} of the text", digest.as_str()),
        KeyFormat::TextThen(suffix) => format!("text with {suffix} after it"),
        other => unwritten(&other),
    }
}

/// A literal with its control characters escaped: `\n` for a line break.
fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            visible.extend(character.escape_default());
        } else {
            visible.push(character);
        }
    }
    visible
}

/// A word that the library has and this program does not, yet.
fn unwritten(what: &impl std::fmt::Debug) -> String {
    format!("{what:?}")
}

#[cfg(test)]
mod tests {
    use hookproof::scheme::Digest;

    use super::*;

    #[test]
    fn content_is_readable_whatever_its_parts() {
        let content: String = [
            Part::Secret,
            Part::Literal("\n"),
            Part::Method,
            Part::Url,
            Part::SortedForm,
            Part::Config("app_key"),
            Part::Literal(":"),
            Part::BodyDigest(Digest::Sha256),
            Part::Json {
                pointer: "/a",
                absent: Some(""),
            },
            Part::FormJson(&FormJson {
                field: "json",
                pointer: "/event/event_time",
            }),
        ]
        .map(part)
        .concat();
        assert_eq!(
            content,
            "{secret}\\n{method}{url}{sorted form}{config:app_key}:{sha256 of body}\
             {json:/a or nothing}{form:json:/event/event_time}"
        );
    }

    #[test]
    fn credentials_are_no_signature() {
        static TOKEN: Scheme = Scheme::builder("token", "authorization")
            .algorithm(Algorithm::Token)
            .grammar(Grammar::Prefixed {
                prefix: "Bearer ",
                optional: false,
            })
            .content(&[Part::Secret])
            .replay_id(hookproof::scheme::ReplayId::UnsignedBody)
            .dangerous_body_unsigned("nothing is")
            .build();
        static BASIC: Scheme = TOKEN.adjust().algorithm(Algorithm::Basic).build();
        assert_eq!(signature(&TOKEN), "Bearer <secret>");
        assert_eq!(signature(&BASIC), "Bearer <base64>");
    }

    #[test]
    fn a_timestamp_in_the_signatures_text_is_shown_in_its_unit() {
        static ITEM: Scheme = Scheme::builder("item", "item-signature")
            .grammar(Grammar::List {
                prefix: "",
                separator: b',',
            })
            .timestamp(Timestamp::Item(0))
            .unit(Unit::Millis)
            .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
            .build();
        assert_eq!(signature(&ITEM), "<milliseconds>,<hex>[,…]");
    }
}
