//! JSON as a tree of all its values, built by `serde_json` one level at a time. The library builds
//! none.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// How deep lists and objects may be nested.
const MAX_DEPTH: usize = 127;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// A string, decoded.
    Text(String),
    /// A number or a truth value, as it was sent.
    Word(String),
    Null,
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// A body of which nobody can say that it means something else: UTF-8, no object repeats a key,
    /// every string is text, nothing nests too deep.
    #[must_use]
    pub fn unambiguous(body: &[u8]) -> Option<Self> {
        let body = std::str::from_utf8(body).ok()?;
        Self::tree(serde_json::from_str::<&RawValue>(body).ok()?.get(), 0)
    }

    fn tree(text: &str, depth: usize) -> Option<Self> {
        let is_nested = text.starts_with(['{', '[']);
        if is_nested && depth == MAX_DEPTH {
            return None;
        }
        Some(match text.as_bytes()[0] {
            b'{' => {
                let entries = entries(text)?;
                let mut keys: Vec<&str> = entries.iter().map(|(key, _)| &**key).collect();
                keys.sort_unstable();
                if keys.windows(2).any(|two| two[0] == two[1]) {
                    return None;
                }
                let tree = |(key, text): &(String, &str)| {
                    Some((key.clone(), Self::tree(text, depth + 1)?))
                };
                Self::Object(entries.iter().map(tree).collect::<Option<_>>()?)
            }
            b'[' => {
                let items = items(text)?;
                let items = items.iter().map(|text| Self::tree(text, depth + 1));
                Self::List(items.collect::<Option<_>>()?)
            }
            _ => Self::scalar(text)?,
        })
    }

    fn scalar(text: &str) -> Option<Self> {
        Some(match text.as_bytes()[0] {
            b'"' => Self::Text(serde_json::from_str(text).ok()?),
            b'n' => Self::Null,
            _ => Self::Word(text.to_owned()),
        })
    }

    /// What stands at a JSON pointer.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        let mut here = self;
        for step in steps(pointer) {
            here = match here {
                Self::Object(entries) => &entries.iter().find(|(key, _)| *key == step)?.1,
                Self::List(items) => items.get(index(&step)?)?,
                _ => return None,
            };
        }
        Some(here)
    }

    /// The text of a string, a number or a truth value.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Word(text) => Some(text),
            _ => None,
        }
    }
}

/// The id or event's name at a pointer: 1 to 256 bytes without control characters. None where a key
/// on the way is repeated; what stands beside the way is of no account if it is JSON.
#[must_use]
pub fn id_at(body: &[u8], pointer: &str) -> Option<String> {
    let body = std::str::from_utf8(body).ok()?;
    let mut here = serde_json::from_str::<&RawValue>(body).ok()?.get();
    for step in steps(pointer) {
        here = match here.as_bytes()[0] {
            b'{' => {
                let mut entries = entries(here)?;
                entries.retain(|(key, _)| *key == step);
                match entries.as_slice() {
                    [(_, text)] => text,
                    _ => return None,
                }
            }
            b'[' => items(here)?.get(index(&step)?)?,
            _ => return None,
        };
    }
    if here.starts_with(['{', '[']) {
        return None;
    }
    let value = Json::scalar(here)?;
    let text = value.text()?;
    let usable = (1..=256).contains(&text.len()) && !text.contains(char::is_control);
    usable.then(|| text.to_owned())
}

fn steps(pointer: &str) -> impl Iterator<Item = String> + '_ {
    let steps = pointer.split('/').skip(1);
    steps.map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// RFC 6901: digits without a leading zero.
fn index(step: &str) -> Option<usize> {
    let plain = step.bytes().all(|byte| byte.is_ascii_digit());
    let padded = step.len() > 1 && step.starts_with('0');
    (plain && !padded).then(|| step.parse().ok())?
}

fn items(list: &str) -> Option<Vec<&str>> {
    let items: Vec<&RawValue> = serde_json::from_str(list).ok()?;
    Some(items.into_iter().map(RawValue::get).collect())
}

fn entries(object: &str) -> Option<Vec<(String, &str)>> {
    serde_json::from_str::<Entries<'_>>(object)
        .ok()
        .map(|entries| entries.0)
}

/// Keys and values in their order, repeated ones too.
struct Entries<'j>(Vec<(String, &'j str)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_map(Collect)
    }
}

struct Collect;

impl<'de> Visitor<'de> for Collect {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, value)) = map.next_entry::<String, &'de RawValue>()? {
            entries.push((key, value.get()));
        }
        Ok(Entries(entries))
    }
}
