//! The signed content of a whole delivery.

use crate::error::VerifyError;
use crate::public_url::{path, query, without_query};
use crate::scheme::{Part, Place, Timestamp};
use crate::verify::plan::{Plan, Step};
use crate::verify::whole::source::{Source, With};
use crate::verify::whole::{places, rule};

impl Source<'_, '_> {
    /// The content under a secret.
    fn message(&self, plan: &Plan, secret: &str, url: &str) -> Result<Vec<u8>, VerifyError> {
        self.assemble(
            plan,
            With {
                secret,
                url,
                timestamp: true,
            },
        )
    }

    /// The content under a secret, for each form of the URL.
    pub(super) fn messages(
        &self,
        plan: &Plan,
        secret: &str,
        urls: &[String],
    ) -> Result<Vec<Vec<u8>>, VerifyError> {
        let urls = urls.iter();
        urls.map(|url| self.message(plan, secret, url)).collect()
    }

    pub(super) fn assemble(&self, plan: &Plan, with: With<'_>) -> Result<Vec<u8>, VerifyError> {
        let mut content = Vec::with_capacity(self.raw.len() + 256);
        for step in &plan.steps {
            match *step {
                Step::Body => content.extend_from_slice(self.raw),
                Step::Header(nth) => content.extend_from_slice(self.seen.header(nth)),
                Step::Literal(text) => content.extend_from_slice(text.as_bytes()),
                Step::Timestamp if !with.timestamp => {}
                Step::Timestamp => content.extend_from_slice(self.stamp.unwrap_or_default()),
                Step::Whole(nth) => {
                    if let Some(part) = plan.scheme.content().get(nth) {
                        self.part(plan, with, *part, &mut content)?;
                    }
                }
            }
        }
        Ok(content)
    }

    fn part(
        &self,
        plan: &Plan,
        with: With<'_>,
        part: Part,
        content: &mut Vec<u8>,
    ) -> Result<(), VerifyError> {
        match part {
            Part::BodyDigest(digest) => {
                content.extend_from_slice(hex::encode(digest.of(self.raw)).as_bytes());
            }
            Part::Canonical(rule) => rule::make(rule, self, with, content)?,
            Part::Config(name) => {
                let text = plan.config(name).ok_or_else(|| {
                    VerifyError::unavailable("a configured text, which the scheme signs,")
                })?;
                content.extend_from_slice(text.as_bytes());
            }
            Part::Form(name) if !self.leaves_out(plan, with, Place::Form(name)) => {
                content.extend(places::form(self.body, name)?);
            }
            Part::FormJson(at) if !self.leaves_out(plan, with, Place::FormJson(at)) => {
                content.extend(places::in_body(self.body, Place::FormJson(at))?);
            }
            Part::Json { pointer, absent }
                if !self.leaves_out(plan, with, Place::Json(pointer)) =>
            {
                let text = places::json(self.body, pointer)?;
                let text = text.as_deref().or(absent).ok_or_else(|| {
                    VerifyError::malformed_in("body", "a field that the scheme signs is absent")
                })?;
                content.extend_from_slice(text.as_bytes());
            }
            Part::Method => content.extend_from_slice(self.seen.method()?.as_bytes()),
            Part::Path => content.extend_from_slice(path(with.url).as_bytes()),
            Part::Query(name) => content.extend(self.seen.query_value(name)?),
            Part::RawQuery => content.extend_from_slice(query(with.url).as_bytes()),
            Part::Secret => content.extend_from_slice(with.secret.as_bytes()),
            Part::SortedForm => rule::sorted_form(self, plan, content)?,
            Part::Url => content.extend_from_slice(with.url.as_bytes()),
            Part::UrlWithoutQuery => {
                content.extend_from_slice(without_query(with.url).as_bytes());
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether a field is the timestamp, and that is left out.
    fn leaves_out(&self, plan: &Plan, with: With<'_>, place: Place) -> bool {
        !with.timestamp && plan.scheme.timestamp() == Some(Timestamp::At(place))
    }
}
