//! The lints: what a scheme may not say. They run at compile time for constants, and at run time
//! for schemes put together then, over the same code.

use super::text::{can_stand_in_header, holds, is_header, is_slug, same, stands_before};
use super::{Grammar, Part, Place, ReplayId, Scheme, Timestamp};

/// The most headers that the signed content may hold besides the timestamp.
pub(crate) const MAX_CONTENT_HEADERS: usize = 4;

pub(super) const fn check(scheme: &Scheme) -> Result<(), &'static str> {
    let checks = [
        names(scheme),
        grammar(scheme),
        content(scheme),
        timestamp(scheme),
        replay(scheme),
    ];
    let mut nth = 0;
    while nth < checks.len() {
        if checks[nth].is_err() {
            return checks[nth];
        }
        nth += 1;
    }
    Ok(())
}

/// Whether the signature covers what stands at a place.
pub(super) const fn covers(content: &[Part], place: Place) -> bool {
    let mut nth = 0;
    while nth < content.len() {
        let covered = match (content[nth], place) {
            (Part::Body, Place::Json(_)) => true,
            (Part::Header(signed), Place::Header(name)) => same(signed, name),
            _ => false,
        };
        if covered {
            return true;
        }
        nth += 1;
    }
    false
}

const fn names(scheme: &Scheme) -> Result<(), &'static str> {
    if !is_slug(scheme.slug) || !is_slug(scheme.provider) {
        return Err(
            "a slug or provider name is lower-case letters and digits, in words joined by single hyphens",
        );
    }
    if !is_header(scheme.signature_header) {
        return Err(
            "the signature header's name is not a legal header name in lower case: write it as x-acme-signature",
        );
    }
    let mut nth = 0;
    while nth < scheme.aliases.len() {
        let alias = scheme.aliases[nth];
        if !is_header(alias) {
            return Err(
                "an alias of the signature header is not a legal header name in lower case",
            );
        }
        if same(alias, scheme.signature_header) {
            return Err("an alias of the signature header is the header itself");
        }
        if stands_before(scheme.aliases, nth) {
            return Err("an alias of the signature header is named twice");
        }
        if is_read_elsewhere(scheme, alias) {
            return Err(
                "an alias of the signature header is the timestamp's or a signed header: it would be read as both",
            );
        }
        nth += 1;
    }
    Ok(())
}

/// Whether a header is read for something else than the signature.
const fn is_read_elsewhere(scheme: &Scheme, name: &str) -> bool {
    if let Some(Timestamp::Header(timestamp)) = scheme.timestamp
        && same(timestamp, name)
    {
        return true;
    }
    let mut nth = 0;
    while nth < scheme.content.len() {
        if let Part::Header(signed) = scheme.content[nth]
            && same(signed, name)
        {
            return true;
        }
        nth += 1;
    }
    false
}

const fn grammar(scheme: &Scheme) -> Result<(), &'static str> {
    if !is_legible(scheme.grammar) {
        return Err(
            "the grammar uses a character that no header can hold: keep to visible ASCII, space and tab",
        );
    }
    match scheme.grammar {
        Grammar::Plain => Ok(()),
        Grammar::Prefixed { prefix, optional } => {
            if prefix.is_empty() {
                return Err("the prefix is empty: use Grammar::Plain for a bare signature");
            }
            if optional && encodable(scheme, prefix) {
                return Err(
                    "an optional prefix can be read as part of the signature: it needs a character that the encoding does not use",
                );
            }
            Ok(())
        }
        Grammar::List { prefix, separator } => {
            if scheme.encoding.can_hold(separator) || holds(prefix, separator) {
                return Err(
                    "the list's separator can stand inside an item, so items cannot be told apart",
                );
            }
            if !prefix.is_empty() && encodable(scheme, prefix) {
                return Err(
                    "a signature's version cannot be told apart from the signature: end the prefix with a character that the encoding does not use",
                );
            }
            Ok(())
        }
        Grammar::Pairs {
            signature,
            separator,
            assign,
        } => {
            if signature.is_empty() {
                return Err("the key of the pairs that hold signatures is empty");
            }
            if separator == assign
                || separator.is_ascii_alphanumeric()
                || assign.is_ascii_alphanumeric()
            {
                return Err(
                    "pairs need two different characters, neither a letter nor a digit, to separate pairs and to assign values",
                );
            }
            if scheme.encoding.can_hold(separator) {
                return Err(
                    "the pairs' separator can stand inside a signature, so pairs cannot be told apart",
                );
            }
            if holds(signature, separator) || holds(signature, assign) {
                return Err("the key of the pairs that hold signatures contains a separator");
            }
            Ok(())
        }
    }
}

const fn content(scheme: &Scheme) -> Result<(), &'static str> {
    let parts = scheme.content;
    let (mut bodies, mut timestamps, mut headers) = (0, 0, 0);
    let mut nth = 0;
    while nth < parts.len() {
        match parts[nth] {
            Part::Body => bodies += 1,
            Part::Timestamp => timestamps += 1,
            Part::Header(name) => {
                headers += 1;
                if !is_header(name) {
                    return Err(
                        "a header in the signed content is not a legal header name in lower case",
                    );
                }
                if same(name, scheme.signature_header) {
                    return Err("the signature header cannot be part of the content that it signs");
                }
            }
            Part::Literal(text) => {
                if text.is_empty() {
                    return Err("a literal in the signed content is empty: leave it out");
                }
            }
        }
        if nth > 0 && is_variable(parts[nth]) && is_variable(parts[nth - 1]) {
            return Err(
                "two variable parts of the signed content touch, so a character can be moved from one to the other under the same signature: put a Part::Literal between them",
            );
        }
        if nth > 0 && digits_beside_timestamp(parts[nth - 1], parts[nth]) {
            return Err(
                "a literal of digits stands beside the timestamp and cannot be told from it: use another separator",
            );
        }
        nth += 1;
    }
    if bodies == 0 {
        return Err(
            "the body is not in the signed content, so anybody could exchange it: add Part::Body",
        );
    }
    if bodies > 1 {
        return Err("the body stands more than once in the signed content");
    }
    if timestamps > 1 {
        return Err("the timestamp stands more than once in the signed content");
    }
    if headers > MAX_CONTENT_HEADERS {
        return Err("the signed content has more than four headers");
    }
    match (scheme.timestamp, timestamps) {
        (Some(_), 0) => Err(
            "the timestamp is used for freshness but is not in the signed content: add Part::Timestamp, or leave the timestamp out",
        ),
        (None, 1) => Err(
            "the signed content has a timestamp that is nowhere taken from: say where with .timestamp(…)",
        ),
        _ => Ok(()),
    }
}

const fn timestamp(scheme: &Scheme) -> Result<(), &'static str> {
    match scheme.timestamp {
        None => Ok(()),
        Some(Timestamp::Header(name)) => {
            if !is_header(name) {
                return Err("the timestamp's header is not a legal header name in lower case");
            }
            if same(name, scheme.signature_header) {
                return Err(
                    "the timestamp cannot be the signature header itself: for a pair inside it use Timestamp::Pair",
                );
            }
            Ok(())
        }
        Some(Timestamp::Pair(key)) => match scheme.grammar {
            Grammar::Pairs {
                signature,
                separator,
                assign,
            } => {
                if key.is_empty() || holds(key, separator) || holds(key, assign) {
                    return Err("the timestamp's key is empty or contains a separator");
                }
                if same(key, signature) {
                    return Err("timestamp and signature have the same key");
                }
                Ok(())
            }
            _ => Err("a timestamp in a pair needs a signature header of pairs: use Grammar::Pairs"),
        },
    }
}

const fn replay(scheme: &Scheme) -> Result<(), &'static str> {
    let places = [scheme.delivery_id, scheme.event_type];
    let mut nth = 0;
    while nth < places.len() {
        if let Some(place) = places[nth]
            && let Err(why) = legal(place)
        {
            return Err(why);
        }
        nth += 1;
    }
    match scheme.replay_id {
        ReplayId::Body | ReplayId::Indistinct => Ok(()),
        ReplayId::Content if scheme.timestamp.is_none() => Err(
            "without a timestamp in it the signed content identifies no better than the body: use ReplayId::Body",
        ),
        ReplayId::Content => Ok(()),
        ReplayId::Id(place) => {
            if !covers(scheme.content, place) {
                return Err(
                    "the replay identity is not signed, so a captured delivery could be given another: use a signed id, or ReplayId::Body",
                );
            }
            legal(place)
        }
    }
}

const fn legal(place: Place) -> Result<(), &'static str> {
    match place {
        Place::Header(name) if !is_header(name) => {
            Err("the header of an id or event name is not a legal header name in lower case")
        }
        Place::Json(pointer) if pointer.is_empty() || pointer.as_bytes()[0] != b'/' => {
            Err("a JSON pointer starts with a slash, such as /id")
        }
        _ => Ok(()),
    }
}

/// Whether all that the grammar looks for can stand in a header.
const fn is_legible(grammar: Grammar) -> bool {
    let (text, separators) = match grammar {
        Grammar::Plain => ("", [b' ', b' ']),
        Grammar::Prefixed { prefix, .. } => (prefix, [b' ', b' ']),
        Grammar::List { prefix, separator } => (prefix, [separator, b' ']),
        Grammar::Pairs {
            signature,
            separator,
            assign,
        } => (signature, [separator, assign]),
    };
    let bytes = text.as_bytes();
    let mut nth = 0;
    while nth < bytes.len() {
        if !can_stand_in_header(bytes[nth]) {
            return false;
        }
        nth += 1;
    }
    can_stand_in_header(separators[0]) && can_stand_in_header(separators[1])
}

const fn is_variable(part: Part) -> bool {
    !matches!(part, Part::Literal(_))
}

const fn digits_beside_timestamp(left: Part, right: Part) -> bool {
    let literal = match (left, right) {
        (Part::Timestamp, Part::Literal(text)) | (Part::Literal(text), Part::Timestamp) => text,
        _ => return false,
    };
    let bytes = literal.as_bytes();
    let mut nth = 0;
    while nth < bytes.len() {
        if !bytes[nth].is_ascii_digit() {
            return false;
        }
        nth += 1;
    }
    true
}

/// Whether every character of a prefix could stand in the signature's own text.
const fn encodable(scheme: &Scheme, prefix: &str) -> bool {
    let bytes = prefix.as_bytes();
    let mut nth = 0;
    while nth < bytes.len() {
        if !scheme.encoding.can_hold(bytes[nth]) {
            return false;
        }
        nth += 1;
    }
    true
}
