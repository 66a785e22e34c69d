//! The request that creates a webhook, and its answer.

use core::time::Duration;

use crate::Secret;
use crate::subscribe::answer::Answer;
use crate::subscribe::{ReplyError, RequestError};

use super::reply::data;
use super::settings::{Body, Settings};
use super::webhook::{EventType, Webhook};

/// A webhook to be created.
///
/// | field | constraint |
/// |---|---|
/// | `name` | not blank |
/// | `url` | `http` or `https` |
/// | `events` | at least one, none blank, none twice |
/// | `secret` | usable as a key |
/// | `retryAttempts` | 0 to 10 |
/// | `timeoutMs` | 1000 to 30000 |
///
/// That the name is not empty and both numbers' limits are documented; of the URL only that it is one.
/// The rest is this crate's rule. They are checked when [`Api::create`](super::Api::create) makes the
/// request of it.
#[derive(Debug)]
#[must_use]
pub struct CreateWebhook(Settings);

impl CreateWebhook {
    /// Delivers these events to this URL. The provider trims the name.
    pub fn new(
        name: impl Into<String>,
        url: impl Into<String>,
        events: impl IntoIterator<Item = EventType>,
    ) -> Self {
        Self(Settings {
            name: Some(name.into()),
            url: Some(url.into()),
            events: Some(events.into_iter().collect()),
            ..Settings::default()
        })
    }

    /// Signs with this secret. By default the provider makes one: 32 random bytes in hex. The
    /// request's body has it in the clear: print none.
    pub fn secret(mut self, secret: Secret) -> Self {
        self.0.secret = Some(secret);
        self
    }

    /// How often a delivery that failed is tried again. By default 3, at the provider.
    pub fn retry_attempts(mut self, attempts: u32) -> Self {
        self.0.retry_attempts = Some(attempts);
        self
    }

    /// How long a delivery waits for its answer, in whole milliseconds. By default 10 s, at the
    /// provider.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.0.timeout = Some(timeout);
        self
    }

    pub(super) fn body(&self) -> Result<Body<'_>, RequestError> {
        self.0.body()
    }
}

/// A webhook that was created, and its secret.
#[derive(Debug)]
#[non_exhaustive]
pub struct Created {
    /// The webhook.
    pub webhook: Webhook,
    /// The secret of its deliveries: the provider's, or the one that was sent.
    pub secret: Secret,
}

impl Created {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let data = data(answer)?;
        let secret = data.secret("secret");
        Ok(Self {
            webhook: answer.need(Webhook::of(&data), "data._id is not there")?,
            secret: answer.need(secret, "data.secret is not there, or blank")?,
        })
    }
}
