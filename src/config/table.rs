//! One table of a file, read field by field: what is asked for is known, and what is left over is a
//! fault.

use std::cell::RefCell;

use super::error::Fault;
use super::nearest::nearest;
use super::value::{Fields, Value};
use super::words::Word;

/// More faults of one scheme are no help.
const MAX_FAULTS: usize = 32;

/// The faults of one scheme.
#[derive(Debug)]
pub(super) struct Faults {
    scheme: Option<String>,
    found: RefCell<Vec<Fault>>,
}

impl Faults {
    /// None yet, in that scheme or in the file as a whole.
    pub(super) const fn of(scheme: Option<String>) -> Self {
        Self {
            scheme,
            found: RefCell::new(Vec::new()),
        }
    }

    pub(super) fn push(&self, field: Option<String>, message: impl Into<String>) {
        let mut found = self.found.borrow_mut();
        if found.len() < MAX_FAULTS {
            found.push(Fault {
                scheme: self.scheme.clone(),
                field,
                ..Fault::new(message)
            });
        }
    }

    pub(super) fn into_vec(self) -> Vec<Fault> {
        self.found.into_inner()
    }

    fn are_many(&self) -> bool {
        self.found.borrow().len() >= MAX_FAULTS
    }
}

/// A table, of which each field is taken once.
pub(super) struct Table<'f> {
    faults: &'f Faults,
    /// The table's own name and a dot; empty for a scheme.
    path: String,
    fields: Fields,
    known: Vec<&'static str>,
}

impl<'f> Table<'f> {
    pub(super) const fn new(fields: Fields, faults: &'f Faults) -> Self {
        Self {
            faults,
            path: String::new(),
            fields,
            known: Vec::new(),
        }
    }

    /// A table that stands in a field of this one, or in an item of its list.
    pub(super) fn inner(&self, field: &str, fields: Fields) -> Self {
        Self {
            path: format!("{}{field}.", self.path),
            ..Self::new(fields, self.faults)
        }
    }

    /// Notes a fault of a field.
    pub(super) fn fault(&self, field: &str, message: impl Into<String>) {
        let field = format!("{}{field}", self.path);
        self.faults.push(Some(field), message);
    }

    /// Notes a fault of the table as a whole.
    pub(super) fn fault_here(&self, message: impl Into<String>) {
        let field = self.path.trim_end_matches('.');
        self.faults
            .push((!field.is_empty()).then(|| field.to_owned()), message);
    }

    /// Whatever stands in a field.
    pub(super) fn value(&mut self, field: &'static str) -> Option<Value> {
        self.known.push(field);
        let nth = self.fields.iter().position(|(name, _)| name == field)?;
        Some(self.fields.swap_remove(nth).1)
    }

    pub(super) fn text(&mut self, field: &'static str) -> Option<String> {
        match self.value(field)? {
            Value::Text(text) => Some(text),
            other => self.unfit(field, "a text", &other),
        }
    }

    pub(super) fn flag(&mut self, field: &'static str) -> Option<bool> {
        match self.value(field)? {
            Value::Flag(flag) => Some(flag),
            other => self.unfit(field, "true or false", &other),
        }
    }

    /// A whole number, which must fit.
    pub(super) fn number<T: TryFrom<i64>>(&mut self, field: &'static str) -> Option<T> {
        match self.value(field)? {
            Value::Number(number) => match T::try_from(number) {
                Ok(number) => Some(number),
                Err(_) => {
                    self.fault(field, format!("{number} is out of range"));
                    None
                }
            },
            other => self.unfit(field, "a whole number", &other),
        }
    }

    pub(super) fn list(&mut self, field: &'static str) -> Option<Vec<Value>> {
        match self.value(field)? {
            Value::List(items) => Some(items),
            other => self.unfit(field, "a list", &other),
        }
    }

    pub(super) fn table(&mut self, field: &'static str) -> Option<Self> {
        match self.value(field)? {
            Value::Table(fields) => Some(self.inner(field, fields)),
            other => self.unfit(field, "a table", &other),
        }
    }

    /// A word of a fixed set.
    pub(super) fn word<T: Word>(&mut self, field: &'static str) -> Option<T> {
        let text = self.text(field)?;
        self.meant(field, &text)
    }

    /// What a word stands for; a fault, with what can be said, where it stands for nothing.
    pub(super) fn meant<T: Word>(&self, field: &str, text: &str) -> Option<T> {
        let known = T::ALL.iter().find(|it| it.word() == text);
        if known.is_none() {
            let words: Vec<&str> = T::ALL.iter().map(|it| it.word()).collect();
            self.fault(
                field,
                format!("{} is not known: {}", quoted(text), hint(text, &words)),
            );
        }
        known.copied()
    }

    /// One ASCII character.
    pub(super) fn character(&mut self, field: &'static str) -> Option<u8> {
        let text = self.text(field)?;
        match text.as_bytes() {
            [byte] if byte.is_ascii() => Some(*byte),
            _ => {
                self.fault(field, "one ASCII character stands here, such as \",\"");
                None
            }
        }
    }

    /// Whether any of the fields is there and was not taken yet.
    pub(super) fn has(&self, fields: &[&str]) -> bool {
        self.fields
            .iter()
            .any(|(name, _)| fields.contains(&name.as_str()))
    }

    pub(super) fn unfit<T>(&self, field: &str, wanted: &str, value: &Value) -> Option<T> {
        self.fault(field, format!("is {}, and not {wanted}", value.kind()));
        None
    }

    /// Every field that nobody asked for is a fault: a word that is passed over would be a scheme
    /// that says something else than its author meant.
    pub(super) fn finish(self) {
        for (name, _) in &self.fields {
            if self.faults.are_many() {
                return;
            }
            let name = shown(name);
            if name.contains("secret") || name.contains("password") {
                self.fault(
                    &name,
                    "no secret belongs in this file: remove it, and give it to the verifier from the environment or a file of its own (Secret::from_env, KeyFile)",
                );
            } else {
                self.fault(
                    &name,
                    format!("is not known here: {}", hint(&name, &self.known)),
                );
            }
        }
    }
}

/// The nearest of the names, or all of them.
fn hint(name: &str, names: &[&str]) -> String {
    match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("known are {}", names.join(", ")),
    }
}

/// A text of the file in a message: of bounded length, with nothing that a terminal would obey.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 64;
    let mut shown: String = text
        .chars()
        .take(MOST)
        .flat_map(char::escape_debug)
        .collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", shown(text))
}
