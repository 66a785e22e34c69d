//! The request that changes a webhook.

use crate::subscribe::RequestError;
use crate::subscribe::rules::change;

use super::settings::{Body, Settings};
use super::webhook::EventType;

/// A change of a webhook. What is not named stays.
///
/// The constraints are those of [`CreateWebhook`](super::CreateWebhook). They are checked when
/// [`Api::update`](super::Api::update) makes the request of it.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct UpdateWebhook(Settings);

impl UpdateWebhook {
    /// Changes nothing yet, which cannot be sent.
    pub fn new() -> Self {
        Self::default()
    }

    /// Delivers to this URL. That alone does not end [`failing`](super::Webhook::failing).
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.0.url = Some(url.into());
        self
    }

    /// Delivers these events instead.
    pub fn event_types(mut self, events: impl IntoIterator<Item = EventType>) -> Self {
        self.0.event_types = Some(events.into_iter().collect());
        self
    }

    /// Has this name for people.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.0.name = Some(Some(name.into()));
        self
    }

    /// Has no name.
    pub fn without_name(mut self) -> Self {
        self.0.name = Some(None);
        self
    }

    /// Delivers the events of these mailboxes instead; those of all with none named.
    pub fn mailbox_ids(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.0.mailbox_ids = Some(ids.into_iter().map(Into::into).collect());
        self
    }

    /// Delivers, or no longer. From false to true it ends [`failing`](super::Webhook::failing).
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.0.enabled = Some(enabled);
        self
    }

    pub(super) fn body(&self) -> Result<Body<'_>, RequestError> {
        change(self.0.body()?)
    }
}
