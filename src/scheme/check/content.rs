//! The signed content, and the two lints on it that can be waived.

use super::legal;
use super::names::is_signature_header;
use crate::scheme::text::is_header;
use crate::scheme::{Grammar, Part, Place, Scheme, Unit, covers};

/// The most headers that the signed content may hold besides the timestamp.
pub(crate) const MAX_CONTENT_HEADERS: usize = 4;

pub(super) const fn content(scheme: &Scheme) -> Result<(), &'static str> {
    let parts = scheme.content;
    let (mut bodies, mut timestamps, mut headers, mut rules) = (0, 0, 0, 0);
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
                if is_signature_header(scheme, name) {
                    return Err("the signature header cannot be part of the content that it signs");
                }
            }
            Part::Literal(text) if text.is_empty() => {
                return Err("a literal in the signed content is empty: leave it out");
            }
            Part::Canonical(_) => rules += 1,
            Part::Config(name) | Part::Form(name) | Part::Query(name) if name.is_empty() => {
                return Err("a value in the signed content has no name");
            }
            Part::FormJson(at) => {
                if let Err(why) = legal(Place::FormJson(at)) {
                    return Err(why);
                }
            }
            Part::Json { pointer, .. } => {
                if let Err(why) = legal(Place::Json(pointer)) {
                    return Err(why);
                }
            }
            _ => {}
        }
        if nth > 0
            && matches!(scheme.unit, Unit::Micros | Unit::Millis | Unit::Seconds)
            && digits_beside_timestamp(parts[nth - 1], parts[nth])
        {
            return Err(
                "a literal of digits stands beside the timestamp and cannot be told from it: use another separator",
            );
        }
        nth += 1;
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
    if parts.is_empty() {
        return Err("the signed content is empty");
    }
    if !scheme.algorithm.is_credential() && !is_of_the_delivery(parts) {
        return Err(
            "nothing of the delivery is in the signed content: every delivery would have the same signature",
        );
    }
    if let Some(array) = scheme.each
        && (legal(Place::Json(array)).is_err()
            || !matches!(scheme.signature, Place::Json(_))
            || scheme.timestamp.is_some()
            || scheme.body_digest.is_some())
    {
        return Err(
            "items that are signed one by one have their signatures in the JSON body, and no timestamp or body digest beside them",
        );
    }
    if scheme.each.is_some() && bodies > 0 {
        return Err(
            "the whole body is signed with each of its items, which costs its square: sign parts of the items",
        );
    }
    if scheme.groups.is_some()
        && (!matches!(scheme.grammar, Grammar::Pairs { .. })
            || !scheme.alternates.is_empty()
            || scheme.numbered.is_some())
    {
        return Err("groups are of pairs, in one signature header");
    }
    if scheme.port_variants && !covers::url(scheme) {
        return Err("port variants are of a URL, and none is signed");
    }
    match (scheme.timestamp, timestamps) {
        (Some(_), 0) if !covers::timestamp(scheme) => Err(
            "the timestamp is used for freshness but is not in the signed content: add Part::Timestamp, or leave the timestamp out",
        ),
        (None, 1) => Err(
            "the signed content has a timestamp that is nowhere taken from: say where with .timestamp(…)",
        ),
        (None, _) if rules > 0 && covers::timestamp(scheme) => Err(
            "the rule that makes the signed content takes a timestamp: say where with .timestamp(…)",
        ),
        _ => Ok(()),
    }
}

/// Whether any of the parts changes with the delivery.
const fn is_of_the_delivery(parts: &[Part]) -> bool {
    let mut nth = 0;
    while nth < parts.len() {
        if is_variable(parts[nth]) || matches!(parts[nth], Part::BodyDigest(_)) {
            return true;
        }
        nth += 1;
    }
    false
}

/// Two lints can be waived, by name and with a reason; a waiver that nothing needs is a mistake too.
pub(super) const fn touching(scheme: &Scheme) -> Result<(), &'static str> {
    let mut touch = false;
    let mut nth = 1;
    while nth < scheme.content.len() {
        touch |= is_variable(scheme.content[nth]) && is_variable(scheme.content[nth - 1]);
        nth += 1;
    }
    match (touch, scheme.parts_touch) {
        (true, None) => Err(
            "two variable parts of the signed content touch, so a character can be moved from one to the other under the same signature: put a Part::Literal between them, or, if the vendor joins them so, say why it is borne with .dangerous_parts_touch(…)",
        ),
        (false, Some(_)) => {
            Err("no parts of the signed content touch: leave .dangerous_parts_touch out")
        }
        (true, Some(reason)) if reason.is_empty() => {
            Err("the waiver for parts that touch has no reason: say why it is borne")
        }
        _ => Ok(()),
    }
}

/// As [`touching`].
pub(super) const fn unsigned(scheme: &Scheme) -> Result<(), &'static str> {
    match (covers::body(scheme), scheme.body_unsigned) {
        (false, None) => Err(
            "the body is not in the signed content, so anybody could exchange it: add Part::Body, or, if the vendor does not sign it, say why it is borne with .dangerous_body_unsigned(…)",
        ),
        (true, Some(_)) => Err("the body is signed: leave .dangerous_body_unsigned out"),
        (false, Some(reason)) if reason.is_empty() => {
            Err("the waiver for a body that is not signed has no reason: say why it is borne")
        }
        _ => Ok(()),
    }
}

/// Whether the sender chooses what stands there: the secret, and what the operator configures, are
/// the same in every delivery, and so is a digest's length.
const fn is_variable(part: Part) -> bool {
    !matches!(
        part,
        Part::BodyDigest(_) | Part::Config(_) | Part::Literal(_) | Part::Secret
    )
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
