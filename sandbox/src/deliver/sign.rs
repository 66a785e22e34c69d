//! Deliveries as they are signed: each provider's own headers.

use bytes::Bytes;
use hookproof::scheme::{Part, Scheme};
use hookproof::{Secret, Signer, UnixTime, providers};
use http::{HeaderMap, HeaderValue};

use crate::delivery::Signed;
use crate::events::Event;
use crate::provider::Provider;
use crate::subscription::{SecretText, Subscription};

/// By which the sandbox's deliveries are known.
pub(crate) const USER_AGENT: &str = concat!("hookproof-sandbox/", env!("CARGO_PKG_VERSION"));

/// A request's headers and body, and what of them was signed.
#[derive(Clone, Debug)]
pub(super) struct Message {
    /// In the providers' spelling. On the wire their case is another, and means nothing.
    pub(super) headers: Vec<(String, String)>,
    /// One for each signature, timestamp and all.
    pub(super) signed: Vec<Signed>,
    pub(super) body: Bytes,
    pub(super) event_id: Option<String>,
}

/// What stands in a message beside the event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamp {
    /// The timestamp, in seconds since 1970.
    pub(super) secs: u64,
    /// The provider's count of attempts, from 1.
    pub(super) attempt: u32,
}

/// Signs an event for a subscription with a secret, its own or another, or says in words why that
/// cannot be done.
pub(super) fn sign(
    subscription: &Subscription,
    secret: &SecretText,
    event: &Event,
    stamp: Stamp,
) -> Result<Message, String> {
    let provider = subscription.provider;
    let now = i64::try_from(stamp.secs).map_err(|_| "the clock is past all timestamps")?;
    let mut headers = unsigned(subscription, event, stamp)?;
    let mut signed = Vec::new();
    for scheme in schemes(provider) {
        let signer = Signer::new(scheme, Secret::new(secret.expose()))
            .map_err(|error| format!("its secret cannot sign: {error}"))?;
        headers = signer
            .sign_at(&headers, &event.body, UnixTime::from_secs(now))
            .map_err(|error| format!("it cannot be signed: {error}"))?;
        signed.push(Signed {
            before: before(scheme, &headers, stamp),
            body: event.body.clone(),
        });
    }
    Ok(Message {
        headers: spelled(provider, &headers),
        signed,
        body: event.body.clone(),
        event_id: event.id.clone(),
    })
}

/// Whether a provider signs a timestamp, so that an attempt can be late or early.
pub(crate) const fn is_stamped(provider: Provider) -> bool {
    match provider {
        Provider::Sendmux | Provider::MailingApi | Provider::Sent => true,
        Provider::SendKit | Provider::JetEmail => false,
    }
}

/// The headers in which signatures stand.
pub(super) fn signature_names(provider: Provider) -> impl Iterator<Item = &'static str> {
    let schemes = schemes(provider).iter();
    schemes.filter_map(|scheme| scheme.signature_header())
}

/// Sendmux sends both of its signatures side by side.
const fn schemes(provider: Provider) -> &'static [&'static Scheme] {
    match provider {
        Provider::Sendmux => const { &[&providers::SENDMUX, &providers::SENDMUX_V2] },
        Provider::MailingApi => const { &[&providers::MAILINGAPI] },
        Provider::SendKit => const { &[&providers::SENDKIT] },
        Provider::JetEmail => const { &[&providers::JETEMAIL] },
        Provider::Sent => const { &[&providers::SENT] },
    }
}

/// A provider's headers, in its own spelling.
const fn names(provider: Provider) -> &'static [&'static str] {
    match provider {
        Provider::Sendmux => &[
            "X-Sendmux-Event-Id",
            "X-Sendmux-Event-Type",
            "X-Sendmux-Delivery-Attempt",
            "X-Sendmux-Signature",
            "X-Sendmux-Timestamp",
            "X-Sendmux-Signature-V2",
        ],
        Provider::MailingApi => &["X-MailingAPI-Signature"],
        Provider::SendKit => &["X-Webhook-Event", "X-Webhook-Signature"],
        Provider::JetEmail => &["X-Webhook-ID", "X-Webhook-Timestamp", "X-Webhook-Signature"],
        Provider::Sent => &[
            "X-Webhook-ID",
            "X-Webhook-Event-ID",
            "X-Webhook-Timestamp",
            "X-Webhook-Signature",
        ],
    }
}

/// The headers that are there before the signatures are. Sent's `X-Webhook-ID` is the endpoint's id
/// and is signed; all else is a hint.
fn unsigned(
    subscription: &Subscription,
    event: &Event,
    stamp: Stamp,
) -> Result<HeaderMap, &'static str> {
    let id = event.id.as_deref();
    let (attempt, secs) = (stamp.attempt.to_string(), stamp.secs.to_string());
    let headers: &[(&'static str, Option<&str>)] = match subscription.provider {
        Provider::Sendmux => &[
            ("x-sendmux-event-id", id),
            ("x-sendmux-event-type", Some(&event.name)),
            ("x-sendmux-delivery-attempt", Some(&attempt)),
        ],
        Provider::MailingApi => &[],
        Provider::SendKit => &[("x-webhook-event", Some(&event.name))],
        Provider::JetEmail => &[("x-webhook-id", id), ("x-webhook-timestamp", Some(&secs))],
        Provider::Sent => &[
            ("x-webhook-id", Some(&subscription.id)),
            ("x-webhook-event-id", id),
        ],
    };
    let mut map = HeaderMap::new();
    for (name, text) in headers {
        if let Some(text) = text {
            let value = HeaderValue::from_str(text);
            map.insert(*name, value.map_err(|_| "its id cannot stand in a header")?);
        }
    }
    Ok(map)
}

/// What a scheme signs before the body, for those who look on.
fn before(scheme: &Scheme, headers: &HeaderMap, stamp: Stamp) -> Bytes {
    let mut before = Vec::new();
    for part in scheme.content() {
        match *part {
            Part::Literal(text) => before.extend_from_slice(text.as_bytes()),
            Part::Timestamp => before.extend_from_slice(stamp.secs.to_string().as_bytes()),
            Part::Header(name) => {
                let value = headers.get(name).map(HeaderValue::as_bytes);
                before.extend_from_slice(value.unwrap_or_default());
            }
            // The five sign nothing else, and the body last.
            _ => {}
        }
    }
    before.into()
}

fn spelled(provider: Provider, headers: &HeaderMap) -> Vec<(String, String)> {
    let all = [
        ("Content-Type", "application/json"),
        ("User-Agent", USER_AGENT),
    ];
    let own = names(provider).iter().filter_map(|name| {
        let value = headers.get(*name)?.to_str().ok()?;
        Some((*name, value))
    });
    let all = all.into_iter().chain(own);
    all.map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[cfg(test)]
#[path = "sign_tests.rs"]
mod tests;
