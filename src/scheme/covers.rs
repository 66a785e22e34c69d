//! What a signature covers, told from a scheme alone.

use super::text::{same, stands_in_item};
use super::{Canonical, FormJson, Part, Place, ReplayId, Scheme, Timestamp};

/// Whether the signature covers what stands at a place.
pub(super) const fn place(scheme: &Scheme, place: Place) -> bool {
    if body(scheme) && in_body(place) {
        return true;
    }
    let mut nth = 0;
    while nth < scheme.content.len() {
        let covered = match (scheme.content[nth], place) {
            (Part::Header(signed), Place::Header(name)) => same(signed, name),
            (Part::Form(signed), Place::Form(name)) => same(signed, name),
            (Part::Query(signed), Place::Query(name)) => same(signed, name),
            (Part::Url | Part::RawQuery, Place::Query(_)) => true,
            (Part::Json { pointer, .. }, Place::Json(asked)) => match scheme.each {
                None => same(pointer, asked),
                Some(array) => stands_in_item(array, pointer, asked),
            },
            (Part::Timestamp, at) => match scheme.timestamp {
                Some(Timestamp::At(stamp)) => same_place(stamp, at),
                _ => false,
            },
            (Part::FormJson(signed), Place::FormJson(asked)) => same_form_json(signed, asked),
            (Part::SortedForm, Place::Form(_)) => true,
            (Part::Canonical(rule), at) => by_rule(rule, at),
            _ => false,
        };
        if covered {
            return true;
        }
        nth += 1;
    }
    false
}

const fn in_body(place: Place) -> bool {
    matches!(place, Place::Json(_) | Place::Form(_) | Place::FormJson(_))
}

/// What a rule covers of a delivery.
const fn by_rule(rule: Canonical, place: Place) -> bool {
    match (rule, place) {
        (
            Canonical::AlipayV1
            | Canonical::FreshbooksJson
            | Canonical::PlivoV3
            | Canonical::VonageSig,
            Place::Form(_),
        )
        | (
            Canonical::CoinbaseCdp | Canonical::Contentful | Canonical::UnisenderGo,
            Place::Json(_),
        )
        | (Canonical::PlivoV3 | Canonical::Contentful, Place::Query(_)) => true,
        (Canonical::AmazonSns, Place::Json(pointer)) => {
            same(pointer, "/Message")
                || same(pointer, "/MessageId")
                || same(pointer, "/Timestamp")
                || same(pointer, "/TopicArn")
                || same(pointer, "/Type")
        }
        (Canonical::Wecom, Place::Query(name)) => same(name, "timestamp") || same(name, "nonce"),
        (Canonical::Mercadopago, Place::Query(name)) => same(name, "data.id"),
        (Canonical::Mercadopago, Place::Header(name)) => same(name, "x-request-id"),
        _ => false,
    }
}

/// Whether the signature covers the whole body, byte for byte or value for value.
pub(super) const fn body(scheme: &Scheme) -> bool {
    if let Some((place, _)) = scheme.body_digest
        && (matches!(place, Place::Query(_)) && url(scheme) || signs(scheme, place))
    {
        return true;
    }
    let mut nth = 0;
    while nth < scheme.content.len() {
        match scheme.content[nth] {
            Part::Body
            | Part::BodyDigest(_)
            | Part::SortedForm
            | Part::Canonical(
                Canonical::AlipayV1
                | Canonical::CoinbaseCdp
                | Canonical::Contentful
                | Canonical::FreshbooksJson
                | Canonical::PlivoV3
                | Canonical::UnisenderGo
                | Canonical::VonageSig,
            ) => return true,
            _ => nth += 1,
        }
    }
    false
}

/// Whether the signed content holds the body's bytes, so that a digest of them is covered.
pub(super) const fn body_bytes(scheme: &Scheme) -> bool {
    let mut nth = 0;
    while nth < scheme.content.len() {
        if let Part::Body
        | Part::BodyDigest(_)
        | Part::Canonical(Canonical::CoinbaseCdp | Canonical::Contentful) = scheme.content[nth]
        {
            return true;
        }
        nth += 1;
    }
    false
}

/// Whether a header of the content is that place.
const fn signs(scheme: &Scheme, place: Place) -> bool {
    let mut nth = 0;
    while nth < scheme.content.len() {
        if let (Part::Header(signed), Place::Header(name)) = (scheme.content[nth], place)
            && same(signed, name)
        {
            return true;
        }
        nth += 1;
    }
    false
}

/// Whether the signature covers the URL or a part of it that a proxy can change.
pub(super) const fn url(scheme: &Scheme) -> bool {
    let mut nth = 0;
    while nth < scheme.content.len() {
        match scheme.content[nth] {
            Part::Url
            | Part::UrlWithoutQuery
            | Part::Path
            | Part::RawQuery
            | Part::Canonical(Canonical::Contentful | Canonical::PlivoV3) => return true,
            _ => nth += 1,
        }
    }
    false
}

/// Whether the timestamp that is judged is signed.
pub(super) const fn timestamp(scheme: &Scheme) -> bool {
    let mut nth = 0;
    while nth < scheme.content.len() {
        match scheme.content[nth] {
            Part::Timestamp
            | Part::Canonical(
                Canonical::AmazonSns
                | Canonical::CoinbaseCdp
                | Canonical::Contentful
                | Canonical::Mercadopago
                | Canonical::VonageSig
                | Canonical::Wecom,
            ) => return true,
            _ => nth += 1,
        }
    }
    match scheme.timestamp {
        Some(Timestamp::At(at)) => place(scheme, at),
        _ => false,
    }
}

/// Whether what a replay identity is made of is covered by the signature.
pub(super) const fn identity(scheme: &Scheme, id: ReplayId) -> bool {
    match id {
        ReplayId::Body => body_bytes(scheme),
        ReplayId::Id(Place::Form(_)) if runs_together(scheme) => false,
        // An item's id never stands for the delivery.
        ReplayId::Id(at) => scheme.each.is_none() && place(scheme, at),
        ReplayId::Content
        | ReplayId::ContentWithoutTimestamp
        | ReplayId::Indistinct
        | ReplayId::UnsignedBody => true,
    }
}

/// Whether a variable part of the content stands at a place and touches another, but for a timestamp
/// in its window, which no character can be moved to or from.
pub(super) const fn touches(scheme: &Scheme, place: Place) -> bool {
    let parts = scheme.content;
    let mut nth = 1;
    while nth < parts.len() {
        let (left, right) = (parts[nth - 1], parts[nth]);
        if (stands_at(left, place) && moves(scheme, right))
            || (stands_at(right, place) && moves(scheme, left))
        {
            return true;
        }
        nth += 1;
    }
    false
}

/// Whether the timestamp of the content touches a variable part, and no window bounds it.
pub(super) const fn stamp_touches(scheme: &Scheme) -> bool {
    let parts = scheme.content;
    let mut nth = 1;
    while nth < parts.len() {
        let (left, right) = (parts[nth - 1], parts[nth]);
        // The body has its brackets there.
        if (matches!(left, Part::Timestamp) && moves(scheme, right) && !matches!(right, Part::Body))
            || (matches!(right, Part::Timestamp)
                && moves(scheme, left)
                && !matches!(left, Part::Body))
        {
            return scheme.tolerance.is_none();
        }
        nth += 1;
    }
    false
}

const fn stands_at(part: Part, place: Place) -> bool {
    match (part, place) {
        (Part::Form(field), Place::Form(name)) | (Part::Header(field), Place::Header(name)) => {
            same(field, name)
        }
        (Part::Json { pointer, .. }, Place::Json(asked)) => same(pointer, asked),
        (Part::FormJson(at), Place::FormJson(asked)) => same_form_json(at, asked),
        _ => false,
    }
}

/// Whether a character can be moved to or from a part that touches.
const fn moves(scheme: &Scheme, part: Part) -> bool {
    match part {
        Part::BodyDigest(_) | Part::Config(_) | Part::Literal(_) | Part::Secret => false,
        Part::Timestamp => scheme.tolerance.is_none(),
        _ => true,
    }
}

/// Whether a form's names and values are signed with nothing between, so that one field can be
/// written as another.
const fn runs_together(scheme: &Scheme) -> bool {
    let mut nth = 0;
    while nth < scheme.content.len() {
        if let Part::SortedForm | Part::Canonical(Canonical::PlivoV3) = scheme.content[nth] {
            return true;
        }
        nth += 1;
    }
    false
}

/// Whether two places are one.
pub(super) const fn same_place(left: Place, right: Place) -> bool {
    match (left, right) {
        (Place::Form(left), Place::Form(right))
        | (Place::Header(left), Place::Header(right))
        | (Place::Json(left), Place::Json(right))
        | (Place::Query(left), Place::Query(right)) => same(left, right),
        (Place::FormJson(left), Place::FormJson(right)) => same_form_json(left, right),
        _ => false,
    }
}

const fn same_form_json(left: &FormJson, right: &FormJson) -> bool {
    same(left.field, right.field) && same(left.pointer, right.pointer)
}
