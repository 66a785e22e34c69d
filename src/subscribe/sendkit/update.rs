//! The request that changes a webhook.

use core::time::Duration;

use crate::Secret;
use crate::subscribe::RequestError;
use crate::subscribe::rules::change;

use super::settings::{Body, Settings};
use super::webhook::EventType;

/// A change of a webhook. What is not named stays.
///
/// The constraints are those of [`CreateWebhook`](super::CreateWebhook). They are checked when
/// [`Api::update`](super::Api::update) makes the request of it.
#[derive(Debug, Default)]
#[must_use]
pub struct UpdateWebhook(Settings);

impl UpdateWebhook {
    /// Changes nothing yet, which cannot be sent.
    pub fn new() -> Self {
        Self::default()
    }

    /// Has this name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.0.name = Some(name.into());
        self
    }

    /// Delivers to this URL.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.0.url = Some(url.into());
        self
    }

    /// Delivers these events instead.
    pub fn events(mut self, events: impl IntoIterator<Item = EventType>) -> Self {
        self.0.events = Some(events.into_iter().collect());
        self
    }

    /// Signs with this secret: the only rotation that there is (assumed). Nothing says that deliveries
    /// under the old one end at once, so have the receiver take both for a while.
    pub fn secret(mut self, secret: Secret) -> Self {
        self.0.secret = Some(secret);
        self
    }

    /// Tries a delivery that failed again this often.
    pub fn retry_attempts(mut self, attempts: u32) -> Self {
        self.0.retry_attempts = Some(attempts);
        self
    }

    /// Waits this long for the answer to a delivery, in whole milliseconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.0.timeout = Some(timeout);
        self
    }

    pub(super) fn body(&self) -> Result<Body<'_>, RequestError> {
        change(self.0.body()?)
    }
}
