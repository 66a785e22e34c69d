//! What a scheme reads of one body: parsed at most once, and only if it is asked for.

#[cfg(all(feature = "forms", feature = "json"))]
use core::cell::Cell;
#[cfg(any(feature = "forms", feature = "json"))]
use core::cell::OnceCell;
#[cfg(any(feature = "forms", feature = "json"))]
use std::borrow::Cow;

#[cfg(feature = "json")]
use super::json::{Document, Value};
#[cfg(feature = "forms")]
use super::{MAX_FIELDS, form, multipart};

#[cfg(feature = "forms")]
const FORM: &[u8] = b"application/x-www-form-urlencoded";
#[cfg(feature = "forms")]
const MULTIPART: &[u8] = b"multipart/";

/// At most this many items that are signed one by one: each costs a look at all its fields.
#[cfg(feature = "json")]
const MAX_ITEMS: usize = 1000;

/// What a form field counts as that is sent more than once.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Repeats {
    /// Nothing can be read from it.
    Refused,
    /// The last one is read, as the scheme's own verifiers do.
    LastCounts,
}

/// Why a body does not give a field; nothing of the sender's text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Unreadable(pub(crate) &'static str);

/// Name and value of a form field.
#[cfg(feature = "forms")]
pub(crate) type Pair<'b> = (Cow<'b, [u8]>, Cow<'b, [u8]>);

/// A body that nothing has proven yet.
pub(crate) struct Body<'b> {
    #[cfg_attr(
        not(any(feature = "forms", feature = "json")),
        expect(dead_code, reason = "there is nothing that reads it")
    )]
    raw: &'b [u8],
    #[cfg(feature = "forms")]
    content_type: &'b [u8],
    #[cfg(feature = "forms")]
    repeats: Repeats,
    #[cfg(feature = "json")]
    document: OnceCell<Option<Document<'b>>>,
    #[cfg(feature = "forms")]
    pairs: OnceCell<Option<Vec<Pair<'b>>>>,
    /// The pair whose value has been found to be a JSON document.
    #[cfg(all(feature = "forms", feature = "json"))]
    checked: Cell<Option<usize>>,
}

impl<'b> Body<'b> {
    #[cfg_attr(
        not(feature = "forms"),
        expect(unused_variables, reason = "only forms have content types and repeats")
    )]
    pub(crate) fn new(raw: &'b [u8], content_type: Option<&'b [u8]>, repeats: Repeats) -> Self {
        Self {
            raw,
            #[cfg(feature = "forms")]
            content_type: content_type.unwrap_or_default(),
            #[cfg(feature = "forms")]
            repeats,
            #[cfg(feature = "json")]
            document: OnceCell::new(),
            #[cfg(feature = "forms")]
            pairs: OnceCell::new(),
            #[cfg(all(feature = "forms", feature = "json"))]
            checked: Cell::new(None),
        }
    }

    /// The text at a JSON pointer; `None` where nothing or `null` stands there.
    #[cfg(feature = "json")]
    pub(crate) fn json(&self, pointer: &str) -> Result<Option<Cow<'_, str>>, Unreadable> {
        text(self.document()?.at(pointer))
    }

    /// The items of the list at a JSON pointer, each as a body of its own; at most 1000.
    #[cfg(feature = "json")]
    pub(crate) fn items(&self, pointer: &str) -> Result<Vec<Self>, Unreadable> {
        let items = self.document()?.items(pointer);
        let items = items.ok_or(Unreadable("no list stands where the signed items should"))?;
        if items.len() > MAX_ITEMS {
            return Err(Unreadable("the list of signed items is too long"));
        }
        let bodies = items.into_iter();
        Ok(bodies
            .map(|item| Self::new(item.as_bytes(), None, Repeats::Refused))
            .collect())
    }

    #[cfg(feature = "json")]
    fn document(&self) -> Result<Document<'b>, Unreadable> {
        self.document
            .get_or_init(|| Document::parse(self.raw))
            .ok_or(Unreadable("the body is not JSON, or repeats a key"))
    }

    /// The text at a JSON pointer into the document that is the value of a form field.
    #[cfg(all(feature = "forms", feature = "json"))]
    pub(crate) fn json_in_form(
        &self,
        field: &str,
        pointer: &str,
    ) -> Result<Option<Cow<'_, str>>, Unreadable> {
        const NOT_JSON: Unreadable = Unreadable("a form field is not JSON, or repeats a key");
        let (at, value) = self.only(field)?;
        let document = if self.checked.get() == Some(at) {
            Document::again(core::str::from_utf8(value).map_err(|_| NOT_JSON)?)
        } else {
            Document::parse(value).ok_or(NOT_JSON)?
        };
        self.checked.set(Some(at));
        text(document.at(pointer))
    }

    /// Whether the body says of itself that it is an urlencoded form.
    #[cfg(feature = "forms")]
    pub(crate) fn is_form(&self) -> bool {
        starts_with(self.content_type, FORM)
    }

    /// The value of a form field.
    #[cfg(feature = "forms")]
    pub(crate) fn form(&self, name: &str) -> Result<&[u8], Unreadable> {
        self.only(name).map(|(_, value)| value)
    }

    /// All form fields, in the order in which they were sent. What is not multipart is read as an
    /// urlencoded form, whatever its content type.
    #[cfg(feature = "forms")]
    pub(crate) fn form_pairs(&self) -> Result<&[Pair<'b>], Unreadable> {
        self.pairs
            .get_or_init(|| {
                if starts_with(self.content_type, MULTIPART) {
                    let pairs = multipart::pairs(self.content_type, self.raw)?;
                    let owned = |(name, value)| (Cow::Owned(name), Cow::Owned(value));
                    return Some(pairs.into_iter().map(owned).collect());
                }
                let pairs: Vec<_> = form::pairs(self.raw).take(MAX_FIELDS + 1).collect();
                (pairs.len() <= MAX_FIELDS).then_some(pairs)
            })
            .as_deref()
            .ok_or(Unreadable("the body is not a form, or has too many fields"))
    }

    /// The pair that counts for a name: where it stands, and its value.
    #[cfg(feature = "forms")]
    fn only(&self, name: &str) -> Result<(usize, &[u8]), Unreadable> {
        let pairs = self.form_pairs()?.iter().enumerate();
        let mut found = pairs.filter(|(_, (found, _))| **found == *name.as_bytes());
        let (mut at, mut pair) = found
            .next()
            .ok_or(Unreadable("the form lacks a field of the scheme"))?;
        if let Some(last) = found.next_back() {
            if self.repeats == Repeats::Refused {
                return Err(Unreadable("the form repeats a field of the scheme"));
            }
            (at, pair) = last;
        }
        Ok((at, &pair.1))
    }
}

#[cfg(feature = "json")]
fn text(value: Value<'_>) -> Result<Option<Cow<'_, str>>, Unreadable> {
    match value {
        Value::Text(text) => Ok(Some(text)),
        Value::Absent => Ok(None),
        Value::Other => Err(Unreadable("an object or a list stands where a text should")),
    }
}

/// Types of media are compared without case (RFC 9110, section 8.3.1).
#[cfg(feature = "forms")]
fn starts_with(content_type: &[u8], start: &[u8]) -> bool {
    content_type
        .get(..start.len())
        .is_some_and(|found| found.eq_ignore_ascii_case(start))
}

#[cfg(test)]
#[path = "body_tests.rs"]
mod tests;
