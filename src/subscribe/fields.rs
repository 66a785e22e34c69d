//! An answer's objects, read leniently: the secret of a webhook is shown once, and must not be lost
//! over a field that nobody asked for.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::names::Named;
use crate::Secret;

/// The longest text, in characters, that is kept of what a provider says to people.
const MAX_WORDS: usize = 1024;

/// One object of an answer, taken apart by key, each value still as text of the answer.
///
/// A value of another type than asked for reads as if it were absent, and so does `null`.
#[derive(Default)]
pub(super) struct Fields<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Fields<'a> {
    /// Takes a whole body apart; `None` where it is not a JSON object.
    pub(super) fn of(body: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(body).ok().map(Self)
    }

    pub(super) fn value<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        serde_json::from_str(self.raw(key)?).ok()
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.value(key)
    }

    /// The texts of a list; what else stands in it is passed over.
    pub(super) fn texts(&self, key: &str) -> Option<Vec<String>> {
        let text = |item: &RawValue| serde_json::from_str(item.get()).ok();
        Some(self.items(key)?.into_iter().filter_map(text).collect())
    }

    /// A text for people, see [`words`].
    pub(super) fn words(&self, key: &str) -> Option<String> {
        self.text(key).map(|text| words(&text))
    }

    /// A name that the provider lists, or one that is newer.
    pub(super) fn name<N: Named>(&self, key: &str) -> Option<N> {
        self.text(key).map(N::received)
    }

    /// The names of a list; none where it is not there.
    pub(super) fn names<N: Named>(&self, key: &str) -> Vec<N> {
        let names = self.texts(key).unwrap_or_default();
        names.into_iter().map(N::received).collect()
    }

    /// A secret that holds more than white space. Its text is moved, not copied, unless the provider
    /// escaped a character of it.
    pub(super) fn secret(&self, key: &str) -> Option<Secret> {
        let text = self.text(key)?;
        let blank = text.trim().is_empty();
        let secret = Secret::new(text);
        (!blank).then_some(secret)
    }

    pub(super) fn object(&self, key: &str) -> Option<Self> {
        Self::of(self.raw(key)?.as_bytes())
    }

    /// The objects of a list; `None` where it is not one, or something else stands in it.
    pub(super) fn objects(&self, key: &str) -> Option<Vec<Self>> {
        let object = |item: &'a RawValue| Self::of(item.get().as_bytes());
        self.items(key)?.into_iter().map(object).collect()
    }

    /// A value of any type, as sent.
    pub(super) fn raw(&self, key: &str) -> Option<&'a str> {
        self.0.get(key).map(|value| value.get())
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    fn items(&self, key: &str) -> Option<Vec<&'a RawValue>> {
        serde_json::from_str(self.raw(key)?).ok()
    }
}

/// A text that is shown to people: on one line, without what a terminal would obey, and cut where it
/// goes on.
pub(super) fn words(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control())
        .take(MAX_WORDS)
        .collect()
}
