//! The request that creates a webhook, and its answer.

use serde::Serialize;

use crate::Secret;
use crate::subscribe::answer::Answer;
use crate::subscribe::rules::{Alphabet, Transport, events, narrowing, receiver, spelled};
use crate::subscribe::{ApiError, ReplyError, RequestError};

use super::webhook::{EventType, Webhook};

/// A webhook to be created.
///
/// | field | constraint |
/// |---|---|
/// | `name` | 1 to 64 ASCII letters, digits, hyphens, underscores and spaces |
/// | `url` | `http` or `https` |
/// | `events` | at least one, none blank, none twice, and not [`EventType::OutboundQueued`] |
/// | `filter_users`, `filter_domains` | at least one, none blank |
///
/// They are documented, but for these rules of this crate's: nothing is blank, no event occurs twice,
/// and no filter is empty. The documented pattern of a name takes other white space too, and the text
/// beside it does not; nor is it taken here. They are checked when [`Api::create`](super::Api::create)
/// makes the request of it.
#[derive(Clone, Debug)]
#[must_use]
pub struct CreateWebhook {
    name: String,
    url: String,
    events: Vec<EventType>,
    enabled: Option<bool>,
    filter_users: Option<Vec<String>>,
    filter_domains: Option<Vec<String>>,
}

impl CreateWebhook {
    /// Delivers these events to this URL.
    pub fn new(
        name: impl Into<String>,
        url: impl Into<String>,
        events: impl IntoIterator<Item = EventType>,
    ) -> Self {
        Self {
            name: name.into(),
            url: url.into(),
            events: events.into_iter().collect(),
            enabled: None,
            filter_users: None,
            filter_domains: None,
        }
    }

    /// Whether anything is delivered (`status` is 1 or 0). By default true, at the provider.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = Some(enabled);
        self
    }

    /// Delivers the outbound events of these transactional keys and smarthosts alone. They must be the
    /// account's own. By default those of all.
    pub fn filter_users(mut self, users: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.filter_users = Some(users.into_iter().map(Into::into).collect());
        self
    }

    /// Delivers the inbound events of these domains alone. They must be the account's own. By default
    /// those of all.
    pub fn filter_domains(mut self, domains: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.filter_domains = Some(domains.into_iter().map(Into::into).collect());
        self
    }

    pub(super) fn body(&self) -> Result<Body<'_>, RequestError> {
        let users = self.filter_users.as_deref();
        let domains = self.filter_domains.as_deref();
        Ok(Body {
            name: spelled("name", &self.name, Alphabet::PlainAndSpace, &(1..=64))?,
            url: receiver("url", &self.url, Transport::Any)?,
            events: names(&self.events)?,
            status: self.enabled.map(u8::from),
            filter_users: users
                .map(|users| narrowing("filter_users", users))
                .transpose()?,
            filter_domains: domains
                .map(|domains| narrowing("filter_domains", domains))
                .transpose()?,
        })
    }
}

/// What is sent.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    name: &'a str,
    url: &'a str,
    events: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter_users: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter_domains: Option<&'a [String]>,
}

fn names(types: &[EventType]) -> Result<Vec<&str>, RequestError> {
    if types.contains(&EventType::OutboundQueued) {
        return Err(RequestError::new(
            "events",
            "has outbound.queued, which cannot be subscribed to as documented: send it as \
             `Unlisted` to try",
        ));
    }
    events("events", types.iter().map(EventType::as_str))
}

/// A webhook that was created, and its secret.
#[derive(Debug)]
#[non_exhaustive]
pub struct Created {
    /// The webhook.
    pub webhook: Webhook,
    /// The secret of its deliveries. No other answer has it.
    pub secret: Secret,
    /// The provider's words.
    pub message: Option<String>,
}

impl Created {
    /// `{"success":true,"message":…,"webhook":…}`.
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let body = answer.accepted(Some("success"), ApiError::in_words)?;
        let webhook = answer.need(body.object("webhook"), "webhook is not an object")?;
        let secret = webhook.secret("secret");
        Ok(Self {
            webhook: answer.need(Webhook::of(&webhook), "webhook.uuid is not there")?,
            secret: answer.need(secret, "webhook.secret is not there, or blank")?,
            message: body.words("message"),
        })
    }
}
