//! The request that changes a webhook.

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

    /// Has this description for people.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.0.description = Some(description.into());
        self
    }

    /// Pauses deliveries (`status` is `paused`), or goes on with them (`active`). No other status can
    /// be set.
    pub fn paused(mut self, paused: bool) -> Self {
        self.0.paused = Some(paused);
        self
    }

    pub(super) fn body(&self) -> Result<Body<'_>, RequestError> {
        change(self.0.body()?)
    }
}
