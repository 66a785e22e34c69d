//! The request that creates a webhook, and its answer.

use http::{HeaderMap, HeaderName};

use crate::Secret;
use crate::subscribe::answer::Answer;
use crate::subscribe::rules::{Alphabet, idempotency_key};
use crate::subscribe::{ReplyError, RequestError};

use super::envelope::open;
use super::settings::{Body, Settings};
use super::webhook::{EventType, Webhook};

/// A webhook to be created.
///
/// | field | constraint |
/// |---|---|
/// | `url` | `https`, or `http` on this machine |
/// | `event_types` | at least one, none blank, none twice |
/// | `name` | 1 to 255 characters |
/// | `filters.mailbox_ids` | none of them blank |
/// | `Idempotency-Key` | 1 to 255 characters of visible ASCII |
///
/// That none occurs twice or is blank is this crate's rule; the others are documented. They are
/// checked when [`Api::create`](super::Api::create) makes the request of it.
#[derive(Clone, Debug)]
#[must_use]
pub struct CreateWebhook {
    settings: Settings,
    idempotency_key: Option<String>,
}

impl CreateWebhook {
    /// Delivers these events to this URL.
    pub fn new(url: impl Into<String>, events: impl IntoIterator<Item = EventType>) -> Self {
        Self {
            settings: Settings {
                url: Some(url.into()),
                event_types: Some(events.into_iter().collect()),
                ..Settings::default()
            },
            idempotency_key: None,
        }
    }

    /// A name for people. By default none.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.settings.name = Some(Some(name.into()));
        self
    }

    /// Whether anything is delivered. By default true, at the provider.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.settings.enabled = Some(enabled);
        self
    }

    /// Delivers the events of these mailboxes alone. By default those of all, as with none named.
    pub fn mailbox_ids(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.settings.mailbox_ids = Some(ids.into_iter().map(Into::into).collect());
        self
    }

    /// Lets the request be sent again without creating a second webhook: within 24 hours the provider
    /// answers the same key and body with its first answer, and the same key with another body with an
    /// error of kind [`IdempotencyConflict`](crate::subscribe::ApiErrorKind::IdempotencyConflict). By
    /// default none.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }

    pub(super) fn body(&self) -> Result<Body<'_>, RequestError> {
        self.settings.body()
    }

    pub(super) fn headers(&self) -> Result<HeaderMap, RequestError> {
        let mut headers = HeaderMap::new();
        if let Some(key) = &self.idempotency_key {
            let name = HeaderName::from_static("idempotency-key");
            headers.insert(name, idempotency_key(key, Alphabet::Visible)?);
        }
        Ok(headers)
    }
}

/// A webhook that was created, or whose secret was rotated, and the secret.
#[derive(Debug)]
#[non_exhaustive]
pub struct Created {
    /// The webhook.
    pub webhook: Webhook,
    /// The secret of its deliveries. No other answer has it.
    pub secret: Secret,
    /// The provider's id of the request, for its support.
    pub request_id: Option<String>,
    /// Where the provider has the webhook (`Location`). A rotation's answer has none.
    pub location: Option<String>,
}

impl Created {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let envelope = open(answer)?;
        let data = envelope.data(answer)?;
        let secret = data.secret("secret");
        Ok(Self {
            webhook: answer.need(Webhook::of(&data), "data.id is not there")?,
            secret: answer.need(secret, "data.secret is not there, or blank")?,
            request_id: envelope.request_id,
            location: answer.header("location").map(str::to_owned),
        })
    }
}
