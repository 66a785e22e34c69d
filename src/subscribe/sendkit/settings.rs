//! What a creation and a change have in common.

use core::ops::RangeInclusive;
use core::time::Duration;

use serde::Serialize;

use crate::Secret;
use crate::subscribe::RequestError;
use crate::subscribe::rules::{Transport, events, not_blank, own_secret, receiver, within};

use super::webhook::EventType;

const ATTEMPTS: RangeInclusive<u32> = 0..=10;
const TIMEOUT_MS: RangeInclusive<u128> = 1_000..=30_000;

/// What a webhook is set to, as far as it is named.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) name: Option<String>,
    pub(super) url: Option<String>,
    pub(super) events: Option<Vec<EventType>>,
    pub(super) secret: Option<Secret>,
    pub(super) retry_attempts: Option<u32>,
    pub(super) timeout: Option<Duration>,
}

/// What is sent. It shows a secret and has no `Debug`.
#[derive(Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_attempts: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout_ms: Option<u128>,
}

impl Settings {
    pub(super) fn body(&self) -> Result<Body<'_>, RequestError> {
        let name = self.name.as_deref().map(|name| not_blank("name", name));
        let url = self.url.as_deref();
        let attempts = |number| within("retryAttempts", number, &ATTEMPTS);
        Ok(Body {
            name: name.transpose()?,
            url: url
                .map(|url| receiver("url", url, Transport::Any))
                .transpose()?,
            events: self.events.as_deref().map(names).transpose()?,
            secret: self.secret.as_ref().map(own_secret).transpose()?,
            retry_attempts: self.retry_attempts.map(attempts).transpose()?,
            timeout_ms: self.timeout.map(milliseconds).transpose()?,
        })
    }
}

fn names(types: &[EventType]) -> Result<Vec<&str>, RequestError> {
    events("events", types.iter().map(EventType::as_str))
}

fn milliseconds(timeout: Duration) -> Result<u128, RequestError> {
    if !timeout.subsec_nanos().is_multiple_of(1_000_000) {
        return Err(RequestError::new("timeoutMs", "is not whole milliseconds"));
    }
    within("timeoutMs", timeout.as_millis(), &TIMEOUT_MS)
}
