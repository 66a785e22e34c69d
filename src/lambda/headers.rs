//! The header lines of an event: none merged, none dropped.

use std::collections::HashSet;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::error::LambdaError;
use super::json::{Json, Object};

const ALL: &str = "multiValueHeaders";
const LAST: &str = "headers";

pub(super) fn read(event: &mut Object) -> Result<HeaderMap, LambdaError> {
    let (all, last) = (event.take(ALL)?, event.take(LAST)?);
    if all.is_none() && last.is_none() {
        return Err(LambdaError::Missing(LAST));
    }
    let (all, last) = (object(all, ALL)?, object(last, LAST)?);
    // Empty says as little as absent: types that events are read into and written from fill both.
    if all.is_empty() {
        return lines(texts(last, LAST)?, LAST);
    }
    let all = lists(all, ALL)?;
    agree(&all, &texts(last, LAST)?)?;
    lines(all, ALL)
}

fn object(json: Option<Json>, field: &'static str) -> Result<Object, LambdaError> {
    match json {
        None | Some(Json::Null) => Ok(Object::default()),
        Some(Json::Object(object)) => Ok(object),
        Some(_) => Err(LambdaError::Type(field)),
    }
}

/// Whether all that readers of `headers` see is seen by readers of `multiValueHeaders` too. In a
/// set, since comparing each with each would take long where there are many.
fn agree(all: &[(String, String)], last: &[(String, String)]) -> Result<(), LambdaError> {
    let known: HashSet<(String, &str)> = all
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), &**value))
        .collect();
    let agrees = last
        .iter()
        .all(|(name, value)| known.contains(&(name.to_ascii_lowercase(), value)));
    agrees.then_some(()).ok_or(LambdaError::Disagreement)
}

fn lines(lines: Vec<(String, String)>, field: &'static str) -> Result<HeaderMap, LambdaError> {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let name = HeaderName::try_from(name).map_err(|_| LambdaError::Illegal(field))?;
        let value = HeaderValue::from_maybe_shared(Bytes::from(value))
            .map_err(|_| LambdaError::Illegal(field))?;
        headers
            .try_append(name, value)
            .map_err(|_| LambdaError::TooManyHeaders)?;
    }
    Ok(headers)
}

/// Each name with each of its values. A name is there once, as it is spelt.
pub(super) fn lists(
    object: Object,
    field: &'static str,
) -> Result<Vec<(String, String)>, LambdaError> {
    let mut pairs = Vec::new();
    for (name, values) in entries(object, field)? {
        let Json::List(values) = values else {
            return Err(LambdaError::Type(field));
        };
        for value in values {
            pairs.push((name.clone(), text(value, field)?));
        }
    }
    Ok(pairs)
}

/// Each name with its value. A name is there once, as it is spelt.
pub(super) fn texts(
    object: Object,
    field: &'static str,
) -> Result<Vec<(String, String)>, LambdaError> {
    entries(object, field)?
        .into_iter()
        .map(|(name, value)| Ok((name, text(value, field)?)))
        .collect()
}

fn entries(object: Object, field: &'static str) -> Result<Vec<(String, Json)>, LambdaError> {
    let entries = object.into_entries();
    let mut seen = HashSet::new();
    if entries.iter().all(|(name, _)| seen.insert(&**name)) {
        return Ok(entries);
    }
    Err(LambdaError::Repeated(field))
}

fn text(value: Json, field: &'static str) -> Result<String, LambdaError> {
    match value {
        Json::Text(text) => Ok(text),
        _ => Err(LambdaError::Type(field)),
    }
}
