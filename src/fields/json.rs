//! JSON: a document that is checked once, and single values of it, read without building a tree.

use core::fmt;
use std::borrow::Cow;
use std::collections::HashSet;

use memchr::memchr2;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;

/// How deep lists and objects may be nested: as deep as serde_json reads them.
const MAX_DEPTH: usize = 127;

/// A whole JSON document: UTF-8, one value, every string text, no key twice in any object, and
/// nested at most [`MAX_DEPTH`] deep.
///
/// Whoever signed it and whoever reads it see the same values, whichever parser they use.
#[derive(Clone, Copy)]
pub(crate) struct Document<'b>(&'b str);

/// What stands at a pointer.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Value<'b> {
    /// A string's value, a number as it was sent, `true` or `false`.
    Text(Cow<'b, str>),
    /// Nothing, or `null`.
    Absent,
    /// An object or a list.
    Other,
}

impl<'b> Document<'b> {
    /// Its text.
    pub(crate) const fn as_bytes(&self) -> &'b [u8] {
        self.0.as_bytes()
    }

    /// `None` where the bytes are not such a document.
    pub(crate) fn parse(bytes: &'b [u8]) -> Option<Self> {
        let text = core::str::from_utf8(bytes).ok()?;
        let value = serde_json::from_str::<&RawValue>(text).ok()?.get();
        is_sound(value)?;
        Some(Self(value))
    }

    /// A text that [`parse`](Self::parse) has taken before.
    #[cfg(feature = "forms")]
    pub(super) const fn again(text: &'b str) -> Self {
        Self(text)
    }

    /// The text at a JSON pointer (RFC 6901).
    pub(crate) fn at(&self, pointer: &str) -> Value<'b> {
        // The way can only end early in a number that no `f64` holds, which has nothing inside.
        raw_at(self.0, pointer)
            .and_then(Value::of)
            .unwrap_or(Value::Absent)
    }

    /// The items of the list at a JSON pointer; `None` where there is no list.
    ///
    /// Each byte of the list is read twice, however many items there are. An item takes 16 bytes
    /// and may be two bytes long: with the vector's growth, at most 24 times the body.
    pub(crate) fn items(&self, pointer: &str) -> Option<Vec<Self>> {
        let list = raw_at(self.0, pointer)?;
        let items: Vec<&RawValue> = serde_json::from_str(list).ok()?;
        Some(items.into_iter().map(|item| Self(item.get())).collect())
    }
}

impl<'b> Value<'b> {
    /// From a value as it was sent; `None` for a string whose escapes are no text.
    pub(crate) fn of(raw: &'b str) -> Option<Self> {
        Some(match raw.as_bytes().first() {
            Some(b'"') => Self::Text(unquoted(raw)?),
            Some(b'-' | b'0'..=b'9' | b't' | b'f') => Self::Text(Cow::Borrowed(raw)),
            Some(b'n') => Self::Absent,
            _ => Self::Other,
        })
    }
}

/// What the grammar alone does not say: every string is text, no object has a key twice, nothing
/// is nested too deep. `None` where one of these does not hold.
///
/// The text is known to be JSON, so it is enough to look at brackets and strings. A visitor of
/// serde's could do the same, but not without reading numbers, and would refuse those that no
/// `f64` holds, unless some other crate turns on serde_json's `arbitrary_precision`.
///
/// One pass. The keys of the objects that are open are held, 24 bytes each in a table that doubles
/// as it grows: 9.4 MiB were measured for 1 MiB of distinct short keys in one object. An escaped
/// key has its text besides, which may bring that to 14 MiB.
fn is_sound(json: &str) -> Option<()> {
    let bytes = json.as_bytes();
    // The keys so far of each object that is open; none for a list.
    let mut open: Vec<HashSet<Cow<'_, str>>> = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' if open.len() == MAX_DEPTH => return None,
            b'{' | b'[' => open.push(HashSet::new()),
            b'}' | b']' => drop(open.pop()),
            b'"' => {
                let end = string_end(bytes, at)?;
                let text = unquoted(json.get(at..end)?)?;
                at = end;
                let is_key = bytes.get(end..)?.trim_ascii_start().first() == Some(&b':');
                if is_key && !open.last_mut()?.insert(text) {
                    return None;
                }
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    Some(())
}

/// Where the string that starts at `start` ends, its quotation marks included.
fn string_end(json: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += memchr2(b'"', b'\\', json.get(at..)?)?;
        if json.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        // Whatever is escaped does not end the string.
        at += 2;
    }
}

/// The text of a string as it was sent, borrowed where nothing in it is escaped. `None` where an
/// escape is half a character.
fn unquoted(string: &str) -> Option<Cow<'_, str>> {
    if string.contains('\\') {
        return serde_json::from_str(string).ok().map(Cow::Owned);
    }
    let text = string.strip_prefix('"')?.strip_suffix('"')?;
    Some(Cow::Borrowed(text))
}

/// The value at a JSON pointer as it was sent.
///
/// `None` where there is none, where the text is not JSON, and where it repeats a key on the way:
/// its signer and its readers could then see different values.
pub(crate) fn raw_at<'b>(json: &'b str, pointer: &str) -> Option<&'b str> {
    let mut json = serde_json::Deserializer::from_str(json);
    let found = Walk(pointer).deserialize(&mut json).ok()?;
    json.end().ok()?;
    found
}

/// Follows what is left of a pointer. Everything beside the way is skipped unread.
#[derive(Clone, Copy)]
struct Walk<'p>(&'p str);

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = Option<&'de str>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        if self.0.is_empty() {
            let value = <&RawValue as serde::Deserialize>::deserialize(json)?;
            return Ok(Some(value.get()));
        }
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = Option<&'de str>;

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

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
