//! The events of each provider: their names, who wants them, and bodies as it sends them.

mod body;
mod examples;
mod wanted;

use bytes::Bytes;

use crate::fresh;
use crate::moment::Moment;
use crate::provider::Provider;
use crate::subscription::Subscription;
pub(crate) use wanted::wanted_as;

/// An event as one subscription is sent it.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    /// Its name, as the subscription knows it.
    pub(crate) name: String,
    /// Its id, where the provider has one.
    pub(crate) id: Option<String>,
    pub(crate) body: Bytes,
}

/// An event that a provider has.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) name: &'static str,
    /// What Sendmux called it once, and still does where it was asked to.
    pub(crate) old: Option<&'static str>,
    /// A body as the provider sends it.
    example: &'static str,
}

/// What is new about an event, the same for each subscription that is sent it.
#[derive(Clone, Debug)]
pub(crate) struct Occurrence {
    /// The event's id, where the provider has one.
    pub(crate) id: Option<String>,
    /// The id of what it happened to: no two bodies are alike, also where events have no id.
    subject: String,
    at: Moment,
}

impl Occurrence {
    pub(crate) fn now(provider: Provider) -> Result<Self, getrandom::Error> {
        let id = match provider {
            Provider::Sendmux | Provider::MailingApi | Provider::JetEmail => {
                Some(fresh::id("evt_")?)
            }
            Provider::Sent => Some(fresh::uuid()?),
            Provider::SendKit => None,
        };
        Ok(Self {
            id,
            subject: fresh::uuid()?,
            at: Moment::now(),
        })
    }

    /// A known event's body, as a subscription that knows it under this name is sent it.
    pub(crate) fn event(&self, known: &Known, name: &str, subscription: &Subscription) -> Event {
        Event {
            name: name.to_owned(),
            id: self.id.clone(),
            body: body::make(self, known, name, subscription).into(),
        }
    }
}

/// The events that a provider is known to have, under their current names.
pub(crate) const fn all(provider: Provider) -> &'static [Known] {
    examples::of(provider)
}

/// The event of this name, the current or the old one.
pub(crate) fn find(provider: Provider, name: &str) -> Option<&'static Known> {
    let mut known = all(provider).iter();
    known.find(|known| known.name == name || known.old == Some(name))
}

/// An event of the attacker's own making, of the same name where there is an example.
pub(crate) fn invented(
    subscription: &Subscription,
    name: &str,
) -> Result<Option<Event>, getrandom::Error> {
    let provider = subscription.provider;
    let Some(known) = find(provider, name).or_else(|| all(provider).first()) else {
        return Ok(None);
    };
    let occurrence = Occurrence::now(provider)?;
    Ok(Some(occurrence.event(known, name, subscription)))
}

#[cfg(test)]
#[path = "events_tests.rs"]
mod tests;
