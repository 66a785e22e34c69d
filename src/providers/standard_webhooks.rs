//! Standard Webhooks and its kin: id, timestamp and a list of versioned signatures in three
//! headers; the MAC covers `id.timestamp.body`, the key is base64 after `whsec_`.

use crate::scheme::{
    About, AfterClientError, Confidence, Encoding, Family, Grammar, KeyFormat, Part, Place,
    ReplayId, Retries, Scheme, SchemeBuilder, Timestamp,
};

/// What they have in common. An id is not searched for dots: the timestamp's strict grammar and a
/// body that opens with a bracket leave one reading.
const fn kin(
    slug: &'static str,
    signature: &'static str,
    timestamp: &'static str,
    content: &'static [Part],
) -> SchemeBuilder {
    Scheme::builder(slug, signature)
        .grammar(Grammar::List {
            prefix: "v1,",
            separator: b' ',
        })
        .encoding(Encoding::Base64)
        .key_format(KeyFormat::Base64 { prefix: "whsec_" })
        .content(content)
        .timestamp(Timestamp::Header(timestamp))
}

/// **Sent** (sent.dm), confidence A: `X-Webhook-Signature: v1,<base64>` over
/// `{X-Webhook-ID}.{X-Webhook-Timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`, which may be absent; missing padding is repaired, as the
/// vendor's own tool does. `X-Webhook-ID` names the *endpoint* and repeats on every delivery, so
/// it identifies none; `X-Webhook-Event-ID` is not signed. **Assumed:** a list of several
/// signatures. Ten consecutive failures disable the endpoint.
///
/// Source: `sentdm/sent-plugin:skills/sent-webhook-engineer/scripts/verify_signature.py`.
pub static SENT: Scheme = kin(
    "sent",
    "x-webhook-signature",
    "x-webhook-timestamp",
    &[
        Part::Header("x-webhook-id"),
        Part::Literal("."),
        Part::Timestamp,
        Part::Literal("."),
        Part::Body,
    ],
)
.about(About::new(
    "Sent",
    Family::StandardWebhooks,
    Confidence::A,
    "sentdm/sent-plugin:skills/sent-webhook-engineer/scripts/verify_signature.py",
))
.delivery_id(Place::Header("x-webhook-event-id"))
.event_type(Place::Json("/event"))
.replay_id(ReplayId::Body)
.retries(
    Retries::UNKNOWN
        .acknowledge_within(30)
        .after_client_error(AfterClientError::Retries),
)
.build();

/// **Standard Webhooks**, confidence A: `webhook-signature: v1,<base64>` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. Entries of another version, such as `v1a`, are passed
/// over.
///
/// Source: <https://www.standardwebhooks.com>,
/// `standard-webhooks/standard-webhooks:libraries/python/standardwebhooks/webhooks.py`.
pub static STANDARD_WEBHOOKS: Scheme = kin(
    "standard-webhooks",
    "webhook-signature",
    "webhook-timestamp",
    &[
        Part::Header("webhook-id"),
        Part::Literal("."),
        Part::Timestamp,
        Part::Literal("."),
        Part::Body,
    ],
)
.about(About::new(
    "Standard Webhooks",
    Family::StandardWebhooks,
    Confidence::A,
    "standard-webhooks/standard-webhooks:libraries/python/standardwebhooks/webhooks.py",
))
.delivery_id(Place::Header("webhook-id"))
.replay_id(ReplayId::Id(Place::Header("webhook-id")))
.build();

/// **Svix**, confidence A: `svix-signature: v1,<base64>` over `{svix-id}.{svix-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. The `webhook-` headers of
/// [`STANDARD_WEBHOOKS`](static@STANDARD_WEBHOOKS) may come instead or beside; this preset reads
/// its own alone. Retries go on for some 28 hours.
///
/// Source: <https://docs.svix.com/receiving/verifying-payloads/how-manual>,
/// `svix/svix-webhooks:go/webhook_test.go`.
pub static SVIX: Scheme = kin(
    "svix",
    "svix-signature",
    "svix-timestamp",
    &[
        Part::Header("svix-id"),
        Part::Literal("."),
        Part::Timestamp,
        Part::Literal("."),
        Part::Body,
    ],
)
.about(About::new(
    "Svix",
    Family::StandardWebhooks,
    Confidence::A,
    "svix/svix-webhooks:go/webhook_test.go",
))
.delivery_id(Place::Header("svix-id"))
.replay_id(ReplayId::Id(Place::Header("svix-id")))
.retries(Retries::UNKNOWN.horizon(28 * 3_600))
.build();
