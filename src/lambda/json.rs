//! The event's JSON, with its repeated keys and its order.
//!
//! Every JSON value is taken, so that whatever is wrong with a field is said in this crate's words:
//! serde's own messages repeat the value.

use core::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::error::LambdaError;

/// A JSON value.
pub(super) enum Json {
    Null,
    Bool(bool),
    /// Its value is of no interest: no field that is read is a number.
    Number,
    Text(String),
    List(Vec<Self>),
    Object(Object),
}

/// A JSON object, with its keys as they stand.
#[derive(Default)]
pub(super) struct Object(Vec<(String, Json)>);

impl Object {
    /// What stands at the field, which is named by its whole way: `requestContext.path`. `null` is
    /// something that stands there.
    pub(super) fn take(&mut self, field: &'static str) -> Result<Option<Json>, LambdaError> {
        let key = field.rsplit('.').next().unwrap_or(field);
        let mut found = None;
        for (name, value) in &mut self.0 {
            if name == key {
                if found.is_some() {
                    return Err(LambdaError::Repeated(field));
                }
                found = Some(core::mem::replace(value, Json::Null));
            }
        }
        Ok(found)
    }

    /// The text at the field; `None` for `null`.
    pub(super) fn text(&mut self, field: &'static str) -> Result<Option<String>, LambdaError> {
        match self.take(field)? {
            None | Some(Json::Null) => Ok(None),
            Some(Json::Text(text)) => Ok(Some(text)),
            Some(_) => Err(LambdaError::Type(field)),
        }
    }

    /// Whether the field is `true`. It need not be there.
    pub(super) fn flag(&mut self, field: &'static str) -> Result<bool, LambdaError> {
        match self.take(field)? {
            None | Some(Json::Null) => Ok(false),
            Some(Json::Bool(flag)) => Ok(flag),
            Some(_) => Err(LambdaError::Type(field)),
        }
    }

    /// The object at the field; an empty one where there is none.
    pub(super) fn object(&mut self, field: &'static str) -> Result<Self, LambdaError> {
        match self.take(field)? {
            None | Some(Json::Null) => Ok(Self::default()),
            Some(Json::Object(object)) => Ok(object),
            Some(_) => Err(LambdaError::Type(field)),
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_entries(self) -> Vec<(String, Json)> {
        self.0
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Json::Object(Object(entries)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Number)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
        Ok(Json::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Json, E> {
        Ok(Json::Number)
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::Text(text))
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }
}
