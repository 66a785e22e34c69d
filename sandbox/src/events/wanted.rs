//! Which subscription wants which event.

use serde_json::Value;

use super::find;
use crate::provider::Provider;
use crate::subscription::Subscription;

/// The name under which a subscription wants an event that was asked for by this name; `None` where
/// it does not. One of Sendmux that listens for the old name gets the event under it.
pub(crate) fn wanted_as<'n>(subscription: &Subscription, asked: &'n str) -> Option<&'n str> {
    if subscription.provider == Provider::Sent {
        return wanted_of_sent(subscription, asked).then_some(asked);
    }
    let listed = |name: &str| subscription.events.iter().any(|event| event == name);
    if listed(asked) {
        return Some(asked);
    }
    let known = find(subscription.provider, asked)?;
    let mut names = [Some(known.name), known.old].into_iter().flatten();
    names.find(|name| listed(name))
}

/// Sent's subscriptions name families, as `message` or, on its create-webhook page, `messages`.
fn wanted_of_sent(subscription: &Subscription, asked: &str) -> bool {
    let (family, of_family) = asked.split_once('.').unwrap_or((asked, ""));
    let is_family = |text: &str| text == family || text.strip_suffix('s') == Some(family);
    let mut listed = subscription.events.iter();
    if !listed.any(|listed| is_family(listed) || listed == asked) {
        return false;
    }
    let filters = subscription.extra.get("event_filters");
    let mut filters = filters.and_then(Value::as_object).into_iter().flatten();
    let filter = filters.find(|(name, _)| is_family(name));
    match filter.and_then(|(_, names)| names.as_array()) {
        // An empty list is taken for no filter: assumed.
        Some(names) if !names.is_empty() => {
            let mut names = names.iter().filter_map(Value::as_str);
            names.any(|name| name == of_family || name == asked)
        }
        _ => true,
    }
}
