//! Single fields of a proven JSON body, read in one pass without building a tree.

use core::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;

/// The longest text, in bytes, that can be an id or an event's name.
const MAX_TEXT: usize = 256;

/// The text at a JSON pointer: a string's value, a number as it was sent, `true` or `false`.
///
/// `None` where there is none, it is empty, longer than [`MAX_TEXT`] or has control characters,
/// and where the body is not JSON or repeats a key on the way: its signer and its readers could
/// then see different values.
pub(crate) fn text_at(body: &[u8], pointer: &str) -> Option<String> {
    // A whole body of text, not only the part on the way.
    let body = core::str::from_utf8(body).ok()?;
    let mut json = serde_json::Deserializer::from_str(body);
    let text = Walk(pointer).deserialize(&mut json).ok()??;
    json.end().ok()?;
    let usable = (1..=MAX_TEXT).contains(&text.len()) && !text.contains(char::is_control);
    usable.then_some(text)
}

/// Follows what is left of a pointer. Everything beside the way is skipped unread.
#[derive(Clone, Copy)]
struct Walk<'p>(&'p str);

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        if self.0.is_empty() {
            let value = <&RawValue as serde::Deserialize>::deserialize(json)?.get();
            return match value.as_bytes().first() {
                Some(b'"') => serde_json::from_str(value)
                    .map(Some)
                    .map_err(D::Error::custom),
                Some(b'-' | b'0'..=b'9' | b't' | b'f') => Ok(Some(value.to_owned())),
                _ => Ok(None),
            };
        }
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (step, rest) = split(self.0);
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            if key != step {
                map.next_value::<IgnoredAny>()?;
            } else if found.is_some() {
                return Err(A::Error::custom("a repeated key"));
            } else {
                found = Some(map.next_value_seed(Walk(rest))?);
            }
        }
        Ok(found.flatten())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let (step, rest) = split(self.0);
        let mut index = index(&step);
        let mut found = None;
        loop {
            if index == Some(0) {
                match items.next_element_seed(Walk(rest))? {
                    Some(value) => found = value,
                    None => return Ok(None),
                }
            } else if items.next_element::<IgnoredAny>()?.is_none() {
                return Ok(found);
            }
            index = index.and_then(|left| left.checked_sub(1));
        }
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// The next step of a pointer, unescaped, and what is left.
fn split(pointer: &str) -> (String, &str) {
    let pointer = pointer.strip_prefix('/').unwrap_or(pointer);
    let end = pointer.find('/').unwrap_or(pointer.len());
    let step = pointer[..end].replace("~1", "/").replace("~0", "~");
    (step, &pointer[end..])
}

/// A list index as RFC 6901 spells it: digits, without a leading zero.
fn index(step: &str) -> Option<usize> {
    let plain =
        step.bytes().all(|byte| byte.is_ascii_digit()) && (step == "0" || !step.starts_with('0'));
    plain.then(|| step.parse().ok())?
}
