//! The request that creates a webhook, and its answer.

use crate::Secret;
use crate::subscribe::answer::Answer;
use crate::subscribe::{ReplyError, RequestError};

use super::reply::object;
use super::settings::{Body, Settings};
use super::webhook::{EventType, Webhook};

/// A webhook to be created.
///
/// | field | constraint |
/// |---|---|
/// | `url` | `https`, or `http` on this machine |
/// | `events` | at least one, none blank, none twice |
/// | `secret` | usable as a key |
///
/// That `url` is `https` is documented; the rest is this crate's rule. They are checked when
/// [`Api::create`](super::Api::create) makes the request of it.
#[derive(Debug)]
#[must_use]
pub struct CreateWebhook(Settings);

impl CreateWebhook {
    /// Delivers these events to this URL.
    pub fn new(url: impl Into<String>, events: impl IntoIterator<Item = EventType>) -> Self {
        Self(Settings {
            url: Some(url.into()),
            events: Some(events.into_iter().collect()),
            ..Settings::default()
        })
    }

    /// A description for people. By default none.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.0.description = Some(description.into());
        self
    }

    /// Signs with this secret. By default the provider makes one. The request's body has it in the
    /// clear: print none.
    pub fn secret(mut self, secret: Secret) -> Self {
        self.0.secret = Some(secret);
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
    /// The secret of its deliveries: the provider's, or the one that was sent. No other answer has it.
    pub secret: Secret,
}

impl Created {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let fields = object(answer)?;
        let secret = fields.secret("secret");
        Ok(Self {
            webhook: answer.need(Webhook::of(&fields), "id is not there")?,
            secret: answer.need(secret, "secret is not there, or blank")?,
        })
    }
}
