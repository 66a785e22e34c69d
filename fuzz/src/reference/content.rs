//! The signed content of a whole delivery, part by part.

use hookproof::scheme::{Encoding, Part, Place};

use super::json::Json;
use super::request::{No, Request, text_at};
use super::{canonical, digest, encode, url};

/// What signed content is made of.
pub(super) struct Content<'c> {
    pub(super) request: &'c Request<'c>,
    /// The body as JSON, or the item of it that is signed by itself.
    pub(super) document: Option<&'c Json>,
    pub(super) stamp: &'c [u8],
    pub(super) secret: &'c str,
    pub(super) url: &'c str,
}

impl Content<'_> {
    pub(super) fn message(&self) -> Result<Vec<u8>, No> {
        let parts = self.request.scheme.content().iter();
        let parts = parts.map(|part| self.part(*part));
        Ok(parts.collect::<Result<Vec<_>, _>>()?.concat())
    }

    fn part(&self, part: Part) -> Result<Vec<u8>, No> {
        let request = self.request;
        let text = |text: &str| Ok(text.as_bytes().to_vec());
        match part {
            Part::Body => Ok(request.body.to_vec()),
            Part::BodyDigest(of) => text(&encode(Encoding::Hex, &digest(of, request.body))),
            Part::Canonical(rule) => canonical::content(rule, self),
            Part::Config(_) => text(request.config),
            Part::Form(name) => request.at(self.document, Place::Form(name)),
            Part::FormJson(place) => request.at(self.document, Place::FormJson(place)),
            Part::Header(name) => request.header(name),
            Part::Json { pointer, absent } => {
                let absent = absent.map(|absent| absent.as_bytes().to_vec());
                text_at(self.document, pointer)?
                    .or(absent)
                    .ok_or(No::Refused)
            }
            Part::Literal(literal) => text(literal),
            Part::Method => text(request.method),
            Part::Path => text(url::path(self.url)),
            Part::Query(name) => request.query_value(name)?.ok_or(No::Refused),
            Part::RawQuery => text(url::query(self.url)),
            Part::Secret => text(self.secret),
            Part::SortedForm => canonical::sorted_form(self),
            Part::Timestamp => Ok(self.stamp.to_vec()),
            Part::Url => text(self.url),
            Part::UrlWithoutQuery => text(url::without_query(self.url)),
            _ => panic!("a part that this reference does not know"),
        }
    }

    /// The text of a value of the document.
    pub(super) fn text(&self, pointer: &str) -> Result<Option<String>, No> {
        let text = text_at(self.document, pointer)?;
        Ok(text.map(|text| String::from_utf8(text).expect("JSON is UTF-8")))
    }
}
