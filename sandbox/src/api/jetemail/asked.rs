//! What a request to JetEmail may say of a webhook.

use serde_json::Value;

use crate::api::fields::Fields;
use crate::api::names;
use crate::api::refusal::Refusal;
use crate::api::url::{self, Demands};
use crate::events;
use crate::provider::Provider;
use crate::subscription::Subscription;

/// The longest name, in characters.
const MAX_NAME: usize = 64;

/// The filters: string arrays, or null for all. They must be owned, and here everything is.
const FILTERS: [&str; 2] = ["filter_users", "filter_domains"];

#[derive(Debug)]
pub(super) struct Asked {
    pub(super) name: Option<String>,
    pub(super) url: Option<String>,
    pub(super) events: Option<Vec<String>>,
    on: Option<bool>,
    filters: Vec<(&'static str, Value)>,
}

impl Asked {
    pub(super) fn read(fields: &Fields) -> Result<Self, Refusal> {
        let url = fields.text("url")?;
        if let Some(url) = &url {
            url::check("url", url, Demands::Either)?;
        }
        let mut filters = Vec::new();
        for field in FILTERS {
            if let Some(names) = fields.or_null(field, Fields::texts)? {
                filters.push((field, names.into()));
            }
        }
        Ok(Self {
            name: read_name(fields)?,
            url,
            events: read_events(fields)?,
            on: fields.whole("status", 0..=1)?.map(|status| status == 1),
            filters,
        })
    }

    pub(super) fn apply(self, webhook: &mut Subscription) {
        if let Some(name) = self.name {
            webhook.name = Some(name);
        }
        if let Some(url) = self.url {
            webhook.url = url;
        }
        if let Some(events) = self.events {
            webhook.events = events;
        }
        if let Some(on) = self.on {
            webhook.switch(on);
        }
        for (field, names) in self.filters {
            webhook.extra.insert(field.to_owned(), names);
        }
    }
}

/// The documented pattern, `^[a-zA-Z0-9-_\s]+$`, to the letter: line breaks pass it.
fn read_name(fields: &Fields) -> Result<Option<String>, Refusal> {
    let Some(name) = fields.text("name")? else {
        return Ok(None);
    };
    let fits = |char: char| char.is_ascii_alphanumeric() || "-_".contains(char) || is_space(char);
    if name.is_empty() || !name.chars().all(fits) {
        let says = "may have letters, digits, spaces, hyphens and underscores alone";
        return Err(Refusal::value("name", says));
    }
    if name.chars().count() > MAX_NAME {
        return Err(Refusal::value("name", "must have at most 64 characters"));
    }
    Ok(Some(name))
}

/// What `\s` matches in a JavaScript pattern.
const fn is_space(char: char) -> bool {
    char.is_whitespace() && char != '\u{85}' || char == '\u{feff}'
}

/// The request's list of events lacks `outbound.queued`, which the answer's has.
fn read_events(fields: &Fields) -> Result<Option<Vec<String>>, Refusal> {
    names::read(fields, "events", |name| {
        name != "outbound.queued" && events::find(Provider::JetEmail, name).is_some()
    })
}
