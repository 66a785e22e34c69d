//! Who is sent what: the subscriptions that an event concerns, each with the event as it gets it.

use bytes::Bytes;
use http::HeaderValue;
use serde::Deserialize;

use super::emit::{Emit, EmitError, MAX_BODY};
use crate::events::{self, Event, Known, Occurrence};
use crate::provider::Provider;
use crate::store::Store;
use crate::subscription::Subscription;

/// The longest name of an event, in bytes.
const MAX_NAME: usize = 255;

/// The subscriptions that are to be sent what is emitted, with what each of them is sent.
pub(super) fn find(
    store: &Store,
    provider: Provider,
    emit: &Emit,
) -> Result<Vec<(Subscription, Event)>, EmitError> {
    let candidates = candidates(store, provider, emit)?;
    let asked = asked(provider, emit, &candidates)?;
    let known = events::find(provider, &asked);
    let content = content(provider, emit, &asked, known)?;
    let mut found = Vec::new();
    for subscription in candidates {
        let name = events::wanted_as(&subscription, &asked);
        // One that is named gets the event as it was asked for.
        let name = name.or_else(|| emit.subscription.is_some().then_some(asked.as_str()));
        if let Some(name) = name {
            let event = content.event(name, &subscription);
            found.push((subscription, event));
        }
    }
    if found.is_empty() {
        return Err(EmitError::Nobody);
    }
    Ok(found)
}

fn candidates(
    store: &Store,
    provider: Provider,
    emit: &Emit,
) -> Result<Vec<Subscription>, EmitError> {
    match &emit.subscription {
        Some(id) => {
            let named = store.subscription(provider, id);
            Ok(vec![named.ok_or(EmitError::NotFound)?])
        }
        None => Ok(store.subscriptions(provider)),
    }
}

/// The event's name: as it is asked for, else the first of the provider's that is wanted.
fn asked(
    provider: Provider,
    emit: &Emit,
    candidates: &[Subscription],
) -> Result<String, EmitError> {
    if let Some(name) = &emit.event {
        let fits = name.len() <= MAX_NAME && !name.is_empty() && is_header(name);
        let is_known = emit.body.is_some() || events::find(provider, name).is_some();
        return match fits && is_known {
            true => Ok(name.clone()),
            false => Err(EmitError::UnknownEvent(
                name.chars().take(MAX_NAME).collect(),
            )),
        };
    }
    let all = events::all(provider);
    let is_wanted = |known: &&Known| {
        let mut candidates = candidates.iter();
        candidates.any(|subscription| events::wanted_as(subscription, known.name).is_some())
    };
    let wanted = all.iter().find(is_wanted);
    let by_default = all.first().filter(|_| emit.subscription.is_some());
    let known = wanted.or(by_default).ok_or(EmitError::Nobody)?;
    Ok(known.name.to_owned())
}

/// What is sent, before it is known to whom.
enum Content {
    /// The user's own body, as it is.
    Given { body: Bytes, id: Option<String> },
    /// An example with what is new about it.
    Made(Occurrence, &'static Known),
}

fn content(
    provider: Provider,
    emit: &Emit,
    asked: &str,
    known: Option<&'static Known>,
) -> Result<Content, EmitError> {
    let occurrence = Occurrence::now(provider)?;
    match (&emit.body, known) {
        (Some(body), _) if body.len() > MAX_BODY => Err(EmitError::TooLarge),
        (Some(body), _) => Ok(Content::Given {
            id: occurrence
                .id
                .map(|fresh| own_id(provider, body).unwrap_or(fresh)),
            body: Bytes::from(body.clone()),
        }),
        (None, Some(known)) => Ok(Content::Made(occurrence, known)),
        (None, None) => Err(EmitError::UnknownEvent(asked.to_owned())),
    }
}

impl Content {
    fn event(&self, name: &str, subscription: &Subscription) -> Event {
        match self {
            Self::Given { body, id } => Event {
                name: name.to_owned(),
                id: id.clone(),
                body: body.clone(),
            },
            Self::Made(occurrence, known) => occurrence.event(known, name, subscription),
        }
    }
}

/// The id in a body of the user's own, which the headers of Sendmux and JetEmail repeat. Sent's is
/// in a header alone.
fn own_id(provider: Provider, body: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct WithId {
        id: String,
    }

    if provider == Provider::Sent {
        return None;
    }
    let with_id: WithId = serde_json::from_str(body).ok()?;
    let fits = (1..=MAX_NAME).contains(&with_id.id.len()) && is_header(&with_id.id);
    fits.then_some(with_id.id)
}

fn is_header(text: &str) -> bool {
    HeaderValue::from_str(text).is_ok_and(|value| value.to_str().is_ok())
}
