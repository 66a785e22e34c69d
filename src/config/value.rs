//! TOML and JSON as one tree of values. Both parsers bound how deep a text nests.

use core::fmt;
use std::collections::HashSet;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::Format;
use super::error::{Fault, SchemesError, SchemesErrorKind};

/// In a build with serde_json's feature `arbitrary_precision`, which another crate may turn on, a
/// number is a table with this key.
const JSON_NUMBER: &str = "$serde_json::private::Number";

/// How the TOML parser gives a date.
const TOML_DATE: &str = "$__toml_private_datetime";

/// A value of a file.
#[derive(Debug)]
pub(super) enum Value {
    Flag(bool),
    List(Vec<Self>),
    Number(i64),
    /// Something that no scheme has a use for.
    Other(&'static str),
    Table(Fields),
    Text(String),
}

/// A table's fields, each name once. JSON's in the order of the file, TOML's by name.
pub(super) type Fields = Vec<(String, Value)>;

impl Value {
    /// What it is, for a message.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Flag(_) => "true or false",
            Self::List(_) => "a list",
            Self::Number(_) => "a number",
            Self::Other(what) => what,
            Self::Table(_) => "a table",
            Self::Text(_) => "a text",
        }
    }
}

/// The tree of a text.
pub(super) fn parse(text: &str, format: Format) -> Result<Value, SchemesError> {
    // Editors put one there; neither format has a place for it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match format {
        Format::Json => serde_json::from_str(text).map_err(|error| {
            let message = error.to_string();
            // The library ends its message with the place, which a fault has apart.
            let end = message.rfind(" at line ").unwrap_or(message.len());
            // At the end of a text it counts from 0.
            let place = (error.line().max(1), error.column().max(1));
            syntax(place, &message[..end])
        }),
        Format::Toml => toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            // Not the library's own display, which repeats a line of the file.
            syntax(line_and_column(text, at), error.message())
        }),
    }
}

/// A text that cannot be parsed, and where.
pub(super) fn syntax(place: (usize, usize), message: &str) -> SchemesError {
    let fault = Fault {
        place: Some(place),
        ..Fault::new(message.replace('\n', ", "))
    };
    SchemesError::new(SchemesErrorKind::BadSyntax, vec![fault])
}

/// Both from 1; columns are counted in characters.
pub(super) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (line, before[start..].chars().count() + 1)
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        // Nothing takes numbers as large as those that do not fit.
        Ok(Value::Number(i64::try_from(number).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Other("a number with a fraction"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Other("null"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut names = HashSet::new();
        let mut fields = Fields::new();
        while let Some((name, value)) = entries.next_entry::<String, Value>()? {
            if !names.insert(name.clone()) {
                return Err(A::Error::custom("duplicate key"));
            }
            fields.push((name, value));
        }
        Ok(match fields.as_slice() {
            [(name, _)] if name == TOML_DATE => Value::Other("a date"),
            [(name, Value::Text(digits))] if name == JSON_NUMBER => digits
                .parse()
                .map_or(Value::Other("a number with a fraction"), Value::Number),
            _ => Value::Table(fields),
        })
    }
}
