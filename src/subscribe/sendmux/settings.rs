//! What a creation and a change have in common.

use serde::Serialize;

use crate::subscribe::RequestError;
use crate::subscribe::rules::{Transport, events, length, no_blank, receiver};

use super::webhook::EventType;

/// What a webhook is set to, as far as it is named.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub(super) url: Option<String>,
    pub(super) event_types: Option<Vec<EventType>>,
    /// The inner `None` is no name.
    pub(super) name: Option<Option<String>>,
    pub(super) mailbox_ids: Option<Vec<String>>,
    pub(super) enabled: Option<bool>,
}

/// What is sent.
#[derive(Default, PartialEq, Serialize)]
pub(super) struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_types: Option<Vec<&'a str>>,
    /// The inner `None` is sent as `null`.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filters: Option<Filters<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
}

#[derive(PartialEq, Serialize)]
struct Filters<'a> {
    mailbox_ids: &'a [String],
}

impl Settings {
    pub(super) fn body(&self) -> Result<Body<'_>, RequestError> {
        let url = self.url.as_deref();
        let name = self.name.as_ref().map(Option::as_deref);
        Ok(Body {
            url: url
                .map(|url| receiver("url", url, Transport::Tls))
                .transpose()?,
            event_types: self.event_types.as_deref().map(names).transpose()?,
            name: name.map(checked_name).transpose()?,
            filters: self.mailbox_ids.as_deref().map(filters).transpose()?,
            enabled: self.enabled,
        })
    }
}

fn names(types: &[EventType]) -> Result<Vec<&str>, RequestError> {
    events("event_types", types.iter().map(EventType::as_str))
}

fn checked_name(name: Option<&str>) -> Result<Option<&str>, RequestError> {
    name.map(|name| length("name", name, &(1..=255)))
        .transpose()
}

fn filters(ids: &[String]) -> Result<Filters<'_>, RequestError> {
    let mailbox_ids = no_blank("filters.mailbox_ids", ids)?;
    Ok(Filters { mailbox_ids })
}
