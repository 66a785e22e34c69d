//! What a creation and a change have in common.

use serde::Serialize;

use crate::Secret;
use crate::subscribe::RequestError;
use crate::subscribe::rules::{Transport, events, own_secret, receiver};

use super::webhook::EventType;

/// What a webhook is set to, as far as it is named.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) url: Option<String>,
    pub(super) events: Option<Vec<EventType>>,
    pub(super) description: Option<String>,
    /// Of a creation alone.
    pub(super) secret: Option<Secret>,
    /// Of a change alone.
    pub(super) paused: Option<bool>,
}

/// What is sent. It shows a secret and has no `Debug`.
#[derive(Default, PartialEq, Serialize)]
pub(super) struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

impl Settings {
    pub(super) fn body(&self) -> Result<Body<'_>, RequestError> {
        let url = self.url.as_deref();
        let status = |paused| if paused { "paused" } else { "active" };
        Ok(Body {
            url: url
                .map(|url| receiver("url", url, Transport::Tls))
                .transpose()?,
            events: self.events.as_deref().map(names).transpose()?,
            description: self.description.as_deref(),
            secret: self.secret.as_ref().map(own_secret).transpose()?,
            status: self.paused.map(status),
        })
    }
}

fn names(types: &[EventType]) -> Result<Vec<&str>, RequestError> {
    events("events", types.iter().map(EventType::as_str))
}
