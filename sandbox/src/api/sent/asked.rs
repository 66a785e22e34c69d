//! What a request to Sent may say of a webhook.

use std::time::Duration;

use serde_json::Value;

use crate::api::fields::{Fields, texts};
use crate::api::names;
use crate::api::refusal::Refusal;
use crate::api::url::{self, Demands};
use crate::subscription::Subscription;

/// The families of events. `messages` is the older word for `message`; either is taken, and echoed.
const EVENTS: [&str; 3] = ["message", "messages", "templates"];

const RETRIES: u32 = 3;
const TIMEOUT: Duration = Duration::from_secs(30);

#[derive(Debug)]
pub(super) struct Asked {
    pub(super) name: Option<String>,
    pub(super) url: Option<String>,
    pub(super) events: Option<Vec<String>>,
    filters: Option<Option<Value>>,
    retries: Option<u32>,
    timeout: Option<u32>,
}

/// Sets what holds where nothing else is said.
pub(super) fn usual(mut webhook: Subscription) -> Subscription {
    webhook.retries = RETRIES;
    webhook.timeout = TIMEOUT;
    webhook
}

impl Asked {
    pub(super) fn read(fields: &Fields) -> Result<Self, Refusal> {
        let url = fields.text("endpoint_url")?;
        if let Some(url) = &url {
            url::check("endpoint_url", url, Demands::Either)?;
        }
        // It is read where it acts, and is to be of its type everywhere.
        fields.flag("sandbox")?;
        Ok(Self {
            name: read_name(fields)?,
            url,
            events: read_events(fields)?,
            filters: fields.or_null("event_filters", read_filters)?,
            retries: fields.whole("retry_count", 1..=5)?,
            timeout: fields.whole("timeout_seconds", 5..=120)?,
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
        if let Some(filters) = self.filters {
            let filters = filters.unwrap_or(Value::Null);
            webhook.extra.insert("event_filters".to_owned(), filters);
        }
        if let Some(retries) = self.retries {
            webhook.retries = retries;
        }
        if let Some(secs) = self.timeout {
            webhook.timeout = Duration::from_secs(secs.into());
        }
    }
}

fn read_name(fields: &Fields) -> Result<Option<String>, Refusal> {
    let name = fields.text("display_name")?;
    if name.as_ref().is_some_and(|name| name.trim().is_empty()) {
        return Err(Refusal::value("display_name", "must not be empty"));
    }
    Ok(name)
}

fn read_events(fields: &Fields) -> Result<Option<Vec<String>>, Refusal> {
    names::read(fields, "event_types", |name| EVENTS.contains(&name))
}

/// A family's name, and of its events those that are wanted: any names, for the set is open.
fn read_filters(fields: &Fields, field: &str) -> Result<Option<Value>, Refusal> {
    const SAYS: &str = "must be null, or an object whose fields are arrays of strings";
    fields.typed(field, SAYS, |value| {
        let lists = value.as_object()?;
        let all = lists.values().all(|list| texts(list).is_some());
        all.then(|| value.clone())
    })
}
