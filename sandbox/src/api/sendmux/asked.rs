//! What a request to Sendmux may say of a webhook.

use serde_json::{Value, json};

use crate::api::fields::{Fields, texts};
use crate::api::names;
use crate::api::refusal::Refusal;
use crate::api::url::{self, Demands};
use crate::events;
use crate::provider::Provider;
use crate::subscription::Subscription;

const FIELDS: [&str; 5] = ["url", "event_types", "enabled", "name", "filters"];

/// The longest name, in characters.
const MAX_NAME: usize = 255;

/// The fields of a request, each as it may be.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) url: Option<String>,
    pub(super) events: Option<Vec<String>>,
    enabled: Option<bool>,
    /// `null` takes the name away (documented for updates).
    name: Option<Option<String>>,
    filters: Option<Value>,
}

impl Asked {
    pub(super) fn read(body: &[u8]) -> Result<Self, Refusal> {
        let fields = Fields::read(body)?;
        fields.only(&FIELDS)?;
        Ok(Self {
            url: read_url(&fields)?,
            events: read_events(&fields)?,
            enabled: fields.flag("enabled")?,
            name: read_name(&fields)?,
            filters: read_filters(&fields)?,
        })
    }

    /// Sets what was said. `failing` is cleared by switching off and on, and by nothing else.
    pub(super) fn apply(self, webhook: &mut Subscription) {
        if let Some(url) = self.url {
            webhook.url = url;
        }
        if let Some(events) = self.events {
            webhook.events = events;
        }
        if let Some(enabled) = self.enabled {
            webhook.switch(enabled);
        }
        if let Some(name) = self.name {
            webhook.name = name;
        }
        if let Some(filters) = self.filters {
            webhook.extra.insert("filters".to_owned(), filters);
        }
    }
}

fn read_url(fields: &Fields) -> Result<Option<String>, Refusal> {
    let url = fields.text("url")?;
    if let Some(url) = &url {
        url::check("url", url, Demands::Https)?;
    }
    Ok(url)
}

/// The names since 2026-05-21, and those before: either are taken, and echoed.
fn read_events(fields: &Fields) -> Result<Option<Vec<String>>, Refusal> {
    names::read(fields, "event_types", |name| {
        events::find(Provider::Sendmux, name).is_some()
    })
}

fn read_name(fields: &Fields) -> Result<Option<Option<String>>, Refusal> {
    let name = fields.or_null("name", Fields::text)?;
    let length = |name: &String| name.chars().count();
    if let Some(Some(length)) = name.as_ref().map(|name| name.as_ref().map(length))
        && !(1..=MAX_NAME).contains(&length)
    {
        return Err(Refusal::value("name", "must have 1 to 255 characters"));
    }
    Ok(name)
}

/// `mailbox_ids` and nothing else; none of them means all.
fn read_filters(fields: &Fields) -> Result<Option<Value>, Refusal> {
    const SAYS: &str = "must be an object with mailbox_ids, an array of strings, and nothing else";
    fields.typed("filters", SAYS, |value| {
        let filters = value.as_object()?;
        if filters.keys().any(|name| name != "mailbox_ids") {
            return None;
        }
        let ids = filters.get("mailbox_ids");
        let ids = ids.map_or_else(|| Some(Vec::new()), texts)?;
        Some(json!({ "mailbox_ids": ids }))
    })
}
