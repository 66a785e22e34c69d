//! The lints: what a scheme may not say. They run at compile time for constants, and at run time
//! for schemes put together then, over the same code.

mod algorithm;
mod content;
mod grammar;
mod names;

pub(crate) use content::MAX_CONTENT_HEADERS;

use super::text::{holds, is_header, same};
use super::{FormJson, Grammar, Place, ReplayId, Scheme, Timestamp, covers};
use algorithm::algorithm;
use content::{content, touching, unsigned};
use grammar::grammar;
use names::{is_signature_header, names};

pub(super) const fn check(scheme: &Scheme) -> Result<(), &'static str> {
    let checks = [
        names(scheme),
        algorithm(scheme),
        grammar(scheme),
        touching(scheme),
        content(scheme),
        unsigned(scheme),
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

const fn timestamp(scheme: &Scheme) -> Result<(), &'static str> {
    match scheme.timestamp {
        None => Ok(()),
        Some(Timestamp::At(place)) => match place {
            Place::Header(_) => {
                Err("a timestamp in a header of its own is written Timestamp::Header")
            }
            _ => legal(place),
        },
        Some(Timestamp::Item(_)) => match scheme.grammar {
            Grammar::List { .. } => Ok(()),
            _ => Err(
                "a timestamp that is an item needs a signature header that is a list: use Grammar::List",
            ),
        },
        Some(Timestamp::Header(name)) => {
            if !is_header(name) {
                return Err("the timestamp's header is not a legal header name in lower case");
            }
            if is_signature_header(scheme, name) {
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
    if !covers::identity(scheme, scheme.replay_id) {
        return Err(match scheme.replay_id {
            ReplayId::Id(_) => {
                "the replay identity is not signed, so a captured delivery could be given another: use a signed id, or ReplayId::Body"
            }
            _ => {
                "the replay identity is the body's digest, and its bytes are not signed: use ReplayId::Content, or ReplayId::UnsignedBody to say so"
            }
        });
    }
    match scheme.replay_id {
        ReplayId::Content if scheme.timestamp.is_none() => Err(
            "without a timestamp in it the signed content identifies no better than the body: use ReplayId::Body, or ReplayId::ContentWithoutTimestamp where the content is more than the body",
        ),
        ReplayId::UnsignedBody if covers::body_bytes(scheme) => {
            Err("the body is signed: use ReplayId::Body")
        }
        ReplayId::Id(place) if covers::touches(scheme, place) => Err(
            "the replay identity touches another variable part of the signed content, so a character could be moved from one to the other under the same signature: use ReplayId::Content",
        ),
        ReplayId::ContentWithoutTimestamp if covers::stamp_touches(scheme) => Err(
            "the timestamp touches another variable part of the signed content and no window bounds it, so a character could be moved from one to the other under the same signature: use ReplayId::Content",
        ),
        ReplayId::Id(Place::Query(_)) => Err("a replay identity stands in a header or in the body"),
        ReplayId::Id(place) => legal(place),
        _ => Ok(()),
    }
}

const fn legal(place: Place) -> Result<(), &'static str> {
    match place {
        Place::Header(name) if !is_header(name) => {
            Err("the header of an id or event name is not a legal header name in lower case")
        }
        Place::Json(pointer) | Place::FormJson(&FormJson { pointer, .. })
            if pointer.is_empty() || pointer.as_bytes()[0] != b'/' =>
        {
            Err("a JSON pointer starts with a slash, such as /id")
        }
        Place::Form(name) | Place::Query(name) | Place::FormJson(&FormJson { field: name, .. })
            if name.is_empty() =>
        {
            Err("a form field or query value has no name")
        }
        _ => Ok(()),
    }
}
