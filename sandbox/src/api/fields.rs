//! The fields of a JSON body, each asked for by its type.

use std::fmt;
use std::ops::RangeInclusive;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::refusal::{Fault, Refusal, Wrong};

/// The fields of a request. Each stands there once: of two, the provider and its reader could take
/// different ones.
#[derive(Debug, Default)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    /// Reads a body, whatever its content type says. Nesting is bounded by the JSON reader.
    pub(super) fn read(body: &[u8]) -> Result<Self, Refusal> {
        serde_json::from_slice(body).map_err(|error| {
            let why = if error.is_data() {
                "the body must be a JSON object with each field once"
            } else {
                "the body is not valid JSON"
            };
            Refusal::Body(why.to_owned())
        })
    }

    /// The same where no body is as good as no fields.
    pub(super) fn read_or_none(body: &[u8]) -> Result<Self, Refusal> {
        if body.is_empty() {
            return Ok(Self::default());
        }
        Self::read(body)
    }

    /// Refuses every field that is not among these.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), Refusal> {
        let unknown = self.0.keys().find(|name| !known.contains(&name.as_str()));
        match unknown {
            Some(name) => {
                let name = crate::excerpt::excerpt(name);
                Err(Refusal::Field(Wrong::new(
                    &name,
                    Fault::Unknown,
                    "is not a known field",
                )))
            }
            None => Ok(()),
        }
    }

    pub(super) fn text(&self, field: &str) -> Result<Option<String>, Refusal> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        self.typed(field, "must be a string", text)
    }

    pub(super) fn texts(&self, field: &str) -> Result<Option<Vec<String>>, Refusal> {
        self.typed(field, "must be an array of strings", texts)
    }

    pub(super) fn flag(&self, field: &str) -> Result<Option<bool>, Refusal> {
        self.typed(field, "must be a boolean", Value::as_bool)
    }

    /// A whole number within a range.
    pub(super) fn whole(
        &self,
        field: &str,
        range: RangeInclusive<u32>,
    ) -> Result<Option<u32>, Refusal> {
        let Some(number) = self.typed(field, "must be a whole number", whole)? else {
            return Ok(None);
        };
        let number = u32::try_from(number).ok();
        let Some(number) = number.filter(|number| range.contains(number)) else {
            let (least, most) = range.into_inner();
            let says = format!("must be between {least} and {most}");
            return Err(Refusal::value(field, says));
        };
        Ok(Some(number))
    }

    /// A field that may be `null`, which is told from its absence.
    pub(super) fn or_null<T>(
        &self,
        field: &str,
        read: impl FnOnce(&Self, &str) -> Result<Option<T>, Refusal>,
    ) -> Result<Option<Option<T>>, Refusal> {
        match self.0.get(field) {
            None => Ok(None),
            Some(Value::Null) => Ok(Some(None)),
            Some(_) => read(self, field).map(Some),
        }
    }

    /// A field that `read` can make something of, or it must be what is said.
    pub(super) fn typed<T>(
        &self,
        field: &str,
        says: &'static str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Option<T>, Refusal> {
        let Some(value) = self.0.get(field) else {
            return Ok(None);
        };
        match read(value) {
            Some(read) => Ok(Some(read)),
            None => Err(Refusal::Field(Wrong::new(field, Fault::Type, says))),
        }
    }
}

/// An array that holds strings alone.
pub(super) fn texts(value: &Value) -> Option<Vec<String>> {
    let text = |item: &Value| item.as_str().map(str::to_owned);
    value.as_array()?.iter().map(text).collect()
}

/// A number without a fraction, however it is written.
fn whole(value: &Value) -> Option<i64> {
    let beyond = value.as_u64().map(|_| i64::MAX);
    value.as_i64().or(beyond)
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Object)
    }
}

struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Fields, A::Error> {
        let mut fields = Map::new();
        while let Some((name, value)) = access.next_entry::<String, Value>()? {
            if fields.insert(name, value).is_some() {
                return Err(A::Error::custom("a field stands there twice"));
            }
        }
        Ok(Fields(fields))
    }
}
