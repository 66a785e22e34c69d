//! The request that creates a webhook.

use core::ops::RangeInclusive;
use core::time::Duration;
use std::collections::BTreeMap;

use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use crate::subscribe::RequestError;
use crate::subscribe::rules::{
    Alphabet, Transport, events, idempotency_key, narrowing, no_blank, not_blank, receiver, within,
};

use super::webhook::EventType;

pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
pub(super) const PROFILE_ID: HeaderName = HeaderName::from_static("x-profile-id");

const RETRIES: RangeInclusive<u32> = 1..=5;
const TIMEOUT_SECONDS: RangeInclusive<u64> = 5..=120;

/// A webhook to be created.
///
/// | field | constraint |
/// |---|---|
/// | `display_name` | not blank |
/// | `endpoint_url` | `http` or `https` |
/// | `event_types` | at least one, none blank, none twice |
/// | `event_filters` | of each family at least one, none blank |
/// | `retry_count` | 1 to 5 |
/// | `timeout_seconds` | 5 to 120 |
/// | `Idempotency-Key` | 1 to 255 letters, digits, hyphens and underscores |
/// | `x-profile-id` | a UUID |
///
/// That nothing is blank, no event occurs twice and no filter is empty is this crate's rule; the
/// others are documented. They are checked when [`Api::create`](super::Api::create) makes the request
/// of it.
#[derive(Clone, Debug)]
#[must_use]
pub struct CreateWebhook {
    display_name: String,
    endpoint_url: String,
    event_types: Vec<EventType>,
    event_filters: BTreeMap<String, Vec<String>>,
    retry_count: Option<u32>,
    timeout: Option<Duration>,
    idempotency_key: Option<String>,
    profile_id: Option<String>,
}

impl CreateWebhook {
    /// Delivers these families of events to this URL.
    pub fn new(
        display_name: impl Into<String>,
        endpoint_url: impl Into<String>,
        event_types: impl IntoIterator<Item = EventType>,
    ) -> Self {
        Self {
            display_name: display_name.into(),
            endpoint_url: endpoint_url.into(),
            event_types: event_types.into_iter().collect(),
            event_filters: BTreeMap::new(),
            retry_count: None,
            timeout: None,
            idempotency_key: None,
            profile_id: None,
        }
    }

    /// Delivers these events of a family alone, by the names behind its own, such as `delivered`. By
    /// default all. Each family has one filter, the last.
    pub fn event_filter(
        mut self,
        family: &EventType,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let names = names.into_iter().map(Into::into).collect();
        self.event_filters.insert(family.as_str().to_owned(), names);
        self
    }

    /// How often a delivery that failed is tried again. By default 3, at the provider.
    pub fn retry_count(mut self, retries: u32) -> Self {
        self.retry_count = Some(retries);
        self
    }

    /// How long a delivery waits for its answer (`timeout_seconds`), in whole seconds. By default 30,
    /// at the provider.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Lets the request be sent again without creating a second webhook: for 24 hours the provider
    /// answers the same key with its first answer, even where the body is another. By default none.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }

    /// The child profile that it is for; only an organisation's key may name one. By default that of
    /// [`Api::for_profile`](super::Api::for_profile), if any.
    pub fn profile_id(mut self, profile_id: impl Into<String>) -> Self {
        self.profile_id = Some(profile_id.into());
        self
    }

    pub(super) fn headers(&self) -> Result<HeaderMap, RequestError> {
        let mut headers = HeaderMap::new();
        if let Some(key) = &self.idempotency_key {
            headers.insert(IDEMPOTENCY_KEY, idempotency_key(key, Alphabet::Plain)?);
        }
        if let Some(id) = &self.profile_id {
            headers.insert(PROFILE_ID, profile(id)?);
        }
        Ok(headers)
    }

    pub(super) fn body(&self, sandbox: Option<bool>) -> Result<Body<'_>, RequestError> {
        let names = self.event_types.iter().map(EventType::as_str);
        let retries = |count| within("retry_count", count, &RETRIES);
        Ok(Body {
            display_name: not_blank("display_name", &self.display_name)?,
            endpoint_url: receiver("endpoint_url", &self.endpoint_url, Transport::Any)?,
            event_types: events("event_types", names)?,
            event_filters: filters(&self.event_filters)?,
            retry_count: self.retry_count.map(retries).transpose()?,
            timeout_seconds: self.timeout.map(seconds).transpose()?,
            sandbox,
        })
    }
}

/// What is sent.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    display_name: &'a str,
    endpoint_url: &'a str,
    event_types: Vec<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    event_filters: &'a BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout_seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sandbox: Option<bool>,
}

fn seconds(timeout: Duration) -> Result<u64, RequestError> {
    if timeout.subsec_nanos() != 0 {
        return Err(RequestError::new("timeout_seconds", "is not whole seconds"));
    }
    within("timeout_seconds", timeout.as_secs(), &TIMEOUT_SECONDS)
}

fn filters(
    filters: &BTreeMap<String, Vec<String>>,
) -> Result<&BTreeMap<String, Vec<String>>, RequestError> {
    const FIELD: &str = "event_filters";
    let families: Vec<&String> = filters.keys().collect();
    no_blank(FIELD, &families)?;
    for names in filters.values() {
        narrowing(FIELD, names)?;
    }
    Ok(filters)
}

/// The value of `x-profile-id`.
pub(super) fn profile(id: &str) -> Result<HeaderValue, RequestError> {
    let refused = || RequestError::new("x-profile-id", "is not a UUID");
    let groups: Vec<usize> = id.split('-').map(str::len).collect();
    let hex = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    if groups != [8, 4, 4, 4, 12] || !id.bytes().all(hex) {
        return Err(refused());
    }
    HeaderValue::from_str(id).map_err(|_| refused())
}
