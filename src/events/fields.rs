//! The one way a body is read: its objects taken apart by key, each value still as text.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::error::{Fault, MAX_DEPTH};
use super::{EventError, RawJson, Unknown};

/// One object of a body.
///
/// Every reader of a key fails if that key occurs twice, and takes `null` for absence.
#[derive(Clone)]
pub(super) struct Fields<'a> {
    body: &'a str,
    entries: BTreeMap<String, Entry<'a>>,
    lenient: bool,
}

/// A value, and whether its key occurred again; then the value is the second one.
#[derive(Clone, Copy)]
struct Entry<'a> {
    text: &'a str,
    repeated: bool,
}

impl<'a> Fields<'a> {
    /// Takes the whole body apart.
    pub(super) fn of_body(body: &'a [u8]) -> Result<Self, EventError> {
        let text = std::str::from_utf8(body).map_err(|error| {
            let rest = body.get(error.valid_up_to()..).unwrap_or_default();
            EventError::at(Fault::Encoding, body, rest)
        })?;
        check_depth(text)?;
        Self::parse(text, text, false)
    }

    fn parse(body: &'a str, text: &'a str, lenient: bool) -> Result<Self, EventError> {
        match serde_json::from_str::<Entries<'a>>(text) {
            Ok(Entries(entries)) => Ok(Self {
                body,
                entries,
                lenient,
            }),
            Err(_) if lenient => Ok(Self::empty(body, lenient)),
            Err(error) => Err(json_error(body, text, &error)),
        }
    }

    fn empty(body: &'a str, lenient: bool) -> Self {
        Self {
            body,
            entries: BTreeMap::new(),
            lenient,
        }
    }

    /// The same object, but a value of an unexpected type reads as if it were absent.
    pub(super) fn lenient(self) -> Self {
        Self {
            lenient: true,
            ..self
        }
    }

    /// The whole body as an event that is not known.
    pub(super) fn unknown(&self, name: Option<&str>) -> Unknown {
        Unknown {
            name: name.map(str::to_owned),
            raw: RawJson::new(self.body),
        }
    }

    /// A text, number, truth value or list of them.
    pub(super) fn value<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, EventError> {
        let Some(text) = self.text(key)? else {
            return Ok(None);
        };
        match serde_json::from_str(text) {
            Ok(value) => Ok(Some(value)),
            Err(_) if self.lenient => Ok(None),
            Err(error) => Err(json_error(self.body, text, &error)),
        }
    }

    /// Like `value`, but a value of an unexpected type reads as if it were absent.
    pub(super) fn assumed<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, EventError> {
        let text = self.text(key)?;
        Ok(text.and_then(|text| serde_json::from_str(text).ok()))
    }

    /// A time as RFC 3339 text.
    pub(super) fn time(&self, key: &str) -> Result<Option<OffsetDateTime>, EventError> {
        let Some(value) = self.value::<String>(key)? else {
            return Ok(None);
        };
        match OffsetDateTime::parse(&value, &Rfc3339) {
            Ok(time) => Ok(Some(time)),
            Err(_) if self.lenient => Ok(None),
            Err(_) => Err(self.unexpected(key)),
        }
    }

    /// Like `time`, but anything else reads as if it were absent.
    pub(super) fn assumed_time(&self, key: &str) -> Result<Option<OffsetDateTime>, EventError> {
        let value = self.assumed::<String>(key)?;
        Ok(value.and_then(|value| OffsetDateTime::parse(&value, &Rfc3339).ok()))
    }

    /// A value of any type, as sent.
    pub(super) fn raw(&self, key: &str) -> Result<Option<RawJson>, EventError> {
        Ok(self.text(key)?.map(RawJson::new))
    }

    /// A text, or a list of texts.
    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>, EventError> {
        let Some(text) = self.text(key)? else {
            return Ok(Vec::new());
        };
        match texts(text) {
            Some(texts) => Ok(texts),
            None if self.lenient => Ok(Vec::new()),
            None => Err(self.unexpected(key)),
        }
    }

    /// An object; empty if absent.
    pub(super) fn object(&self, key: &str) -> Result<Self, EventError> {
        match self.text(key)? {
            Some(text) => Self::parse(self.body, text, self.lenient),
            None => Ok(Self::empty(self.body, self.lenient)),
        }
    }

    /// A list of objects; empty if absent.
    pub(super) fn objects(&self, key: &str) -> Result<Vec<Self>, EventError> {
        let Some(text) = self.text(key)? else {
            return Ok(Vec::new());
        };
        match serde_json::from_str::<Vec<&'a RawValue>>(text) {
            Ok(items) => items
                .into_iter()
                .map(|item| Self::parse(self.body, item.get(), self.lenient))
                .collect(),
            Err(_) if self.lenient => Ok(Vec::new()),
            Err(error) => Err(json_error(self.body, text, &error)),
        }
    }

    /// The header fields of an e-mail. A value that is neither text nor a list of texts is kept as
    /// JSON: it says nothing about the rest of the e-mail.
    pub(super) fn headers(&self, key: &str) -> Result<BTreeMap<String, Vec<String>>, EventError> {
        let headers = self.object(key)?;
        headers
            .entries
            .keys()
            .map(|name| {
                let values = match headers.text(name)? {
                    Some(text) => texts(text).unwrap_or_else(|| vec![text.to_owned()]),
                    None => Vec::new(),
                };
                Ok((name.clone(), values))
            })
            .collect()
    }

    /// The first of `keys` that holds anything. All of them are checked for repetition, so that
    /// one spelling cannot hide the ambiguity of another.
    pub(super) fn first_key<'k>(&self, keys: &[&'k str]) -> Result<Option<&'k str>, EventError> {
        let mut first = None;
        for key in keys {
            if self.text(key)?.is_some() && first.is_none() {
                first = Some(*key);
            }
        }
        Ok(first)
    }

    fn text(&self, key: &str) -> Result<Option<&'a str>, EventError> {
        match self.entries.get(key) {
            Some(entry) if entry.repeated => Err(self.fault(Fault::Repeated, entry.text)),
            Some(entry) if entry.text != "null" => Ok(Some(entry.text)),
            _ => Ok(None),
        }
    }

    fn unexpected(&self, key: &str) -> EventError {
        let text = self.entries.get(key).map_or(self.body, |entry| entry.text);
        self.fault(Fault::Type, text)
    }

    fn fault(&self, fault: Fault, part: &str) -> EventError {
        EventError::at(fault, self.body.as_bytes(), part.as_bytes())
    }
}

/// The values of an object. Unlike a derived struct it takes no list for an object.
struct Entries<'a>(BTreeMap<String, Entry<'a>>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            let text = map.next_value::<&'de RawValue>()?.get();
            entries
                .entry(key)
                .and_modify(|entry: &mut Entry<'de>| {
                    *entry = Entry {
                        text,
                        repeated: true,
                    };
                })
                .or_insert(Entry {
                    text,
                    repeated: false,
                });
        }
        Ok(Entries(entries))
    }
}

fn texts(text: &str) -> Option<Vec<String>> {
    match serde_json::from_str::<String>(text) {
        Ok(one) => Some(vec![one]),
        Err(_) => serde_json::from_str(text).ok(),
    }
}

fn json_error(body: &str, part: &str, error: &serde_json::Error) -> EventError {
    EventError::json(body.as_bytes(), part.as_bytes(), error)
}

/// Refuses what nests too deep. `serde_json` limits the depth of what it builds, but not of what it
/// passes over, and a body must not read here that no ordinary reader takes.
fn check_depth(text: &str) -> Result<(), EventError> {
    let body = text.as_bytes();
    let mut depth = 0_usize;
    let mut in_text = false;
    let mut escaped = false;
    for (offset, byte) in body.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            let rest = body.get(offset..).unwrap_or_default();
            return Err(EventError::at(Fault::Depth, body, rest));
        }
    }
    Ok(())
}
