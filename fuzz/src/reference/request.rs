//! A whole delivery, and reading the places of it.

use hookproof::Verifier;
use hookproof::scheme::{Place, Scheme};

use super::json::Json;
use super::{Header, form, url};

/// A delivery with all that a scheme can sign of it.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    pub scheme: &'r Scheme,
    pub now: i64,
    pub method: &'r str,
    pub url: &'r str,
    pub headers: &'r [Header],
    pub body: &'r [u8],
    /// What is configured under every name that the scheme signs.
    pub config: &'r str,
}

/// Why a delivery is not accepted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum No {
    Refused,
    /// It has what this reference does not read.
    Undecided,
}
/// A text that holds signatures, behind the name of the header that it stands in, if it is one.
pub(super) type SignatureText = (Option<String>, Vec<u8>);

impl Request<'_> {
    pub(super) fn count(&self, name: &str) -> usize {
        self.headers
            .iter()
            .filter(|header| header.0 == name)
            .count()
    }

    /// A header that is there once, neither empty nor too long.
    pub(super) fn header(&self, name: &str) -> Result<Vec<u8>, No> {
        let value = super::first(self.headers, name);
        let fits = (1..=Verifier::MAX_HEADER).contains(&value.len());
        if self.count(name) == 1 && fits {
            Ok(value)
        } else {
            Err(No::Refused)
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.count(name) > 0
    }

    fn content_type_starts(&self, with: &str) -> bool {
        let value = super::first(self.headers, "content-type").to_ascii_lowercase();
        value.starts_with(with.as_bytes())
    }

    pub(super) fn is_form(&self) -> bool {
        self.content_type_starts("application/x-www-form-urlencoded")
    }

    /// The body's fields.
    pub(super) fn form(&self) -> Result<Vec<form::Field>, No> {
        if self.content_type_starts("multipart/") {
            return Err(No::Undecided);
        }
        let fields = form::fields(self.body);
        if fields.len() > form::MOST {
            return Err(No::Refused);
        }
        Ok(fields)
    }

    fn form_value(&self, name: &str) -> Result<Vec<u8>, No> {
        let mut fields = self.form()?;
        fields.retain(|field| field.0 == name.as_bytes());
        if fields.len() > 1 && !self.scheme.last_field_counts() {
            return Err(No::Refused);
        }
        let (_, value) = fields.pop().ok_or(No::Refused)?;
        Ok(value)
    }

    /// All values of that name in the query.
    pub(super) fn query(&self, name: &str) -> Vec<Vec<u8>> {
        let fields = form::fields(url::query(self.url).as_bytes());
        let named = fields
            .into_iter()
            .filter(|field| field.0 == name.as_bytes());
        named.map(|field| field.1).collect()
    }

    /// The value of that name in the query; none where there is none.
    pub(super) fn query_value(&self, name: &str) -> Result<Option<Vec<u8>>, No> {
        match self.query(name).as_slice() {
            [] => Ok(None),
            [value] => Ok(Some(value.clone())),
            _ => Err(No::Refused),
        }
    }

    /// The text at a place.
    pub(super) fn at(&self, document: Option<&Json>, place: Place) -> Result<Vec<u8>, No> {
        match place {
            Place::Header(name) => self.header(name),
            Place::Query(name) => self.query_value(name)?.ok_or(No::Refused),
            Place::Form(name) => self.form_value(name),
            Place::Json(pointer) => text_at(document, pointer)?.ok_or(No::Refused),
            Place::FormJson(place) => {
                let document = Json::unambiguous(&self.form_value(place.field)?);
                text_at(document.as_ref(), place.pointer)?.ok_or(No::Refused)
            }
            _ => panic!("a place that this reference does not know"),
        }
    }

    /// Everything that holds signatures, with the header's name where it is one.
    pub(super) fn signature_texts(
        &self,
        document: Option<&Json>,
    ) -> Result<Vec<SignatureText>, No> {
        let scheme = self.scheme;
        let Some(first) = scheme.signature_header() else {
            return Ok(vec![(None, self.at(document, scheme.signature())?)]);
        };
        let mut names: Vec<String> = Vec::new();
        if !scheme.alternates().is_empty() {
            names.push(first.to_owned());
        }
        names.extend(scheme.alternates().iter().map(|name| (*name).to_owned()));
        if let Some(numbered) = scheme.numbered() {
            names.extend((1..=numbered.last).map(|nth| format!("{}{nth}", numbered.prefix)));
        }
        if names.is_empty() {
            let mut names = [&[first], scheme.aliases()].concat().into_iter();
            let name = names.find(|name| self.has(name)).unwrap_or(first);
            return Ok(vec![(Some(name.to_owned()), self.header(name)?)]);
        }
        names.retain(|name| self.has(name));
        names
            .into_iter()
            .map(|name| Ok((Some(name.clone()), self.header(&name)?)))
            .collect()
    }
}

/// The text of a value of the document; none where it is missing or null.
pub(super) fn text_at(document: Option<&Json>, pointer: &str) -> Result<Option<Vec<u8>>, No> {
    match document.ok_or(No::Refused)?.at(pointer) {
        None | Some(Json::Null) => Ok(None),
        Some(value) => {
            let text = value.text().ok_or(No::Refused)?;
            Ok(Some(text.as_bytes().to_vec()))
        }
    }
}
