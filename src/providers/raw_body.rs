//! One keyed MAC over the raw body, nothing else. No timestamp is signed: a captured delivery
//! verifies for ever, so only remembering deliveries stops a replay.

use crate::scheme::{
    About, AfterClientError, Confidence, Family, Grammar, Place, ReplayId, Retries, Scheme,
};

const SHA256: Grammar = Grammar::Prefixed {
    prefix: "sha256=",
    optional: false,
};

/// **GitHub**, confidence A: `X-Hub-Signature-256: sha256=<hex>` over the body.
///
/// The key is the secret's text. Delivery id and event name stand in headers that are not signed
/// (`X-GitHub-Delivery`, `X-GitHub-Event`). The older `X-Hub-Signature` (SHA-1) comes beside this
/// one and is never looked at. A form delivery is signed as the form's bytes. Failed deliveries
/// are not retried on their own.
///
/// Source: <https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries>,
/// `octokit/webhooks-methods.js:src/node/verify.ts`.
pub static GITHUB: Scheme = Scheme::builder("github", "x-hub-signature-256")
    .about(About::new(
        "GitHub",
        Family::RawBodyMac,
        Confidence::A,
        "octokit/webhooks-methods.js:src/node/verify.ts",
    ))
    .grammar(SHA256)
    .delivery_id(Place::Header("x-github-delivery"))
    .event_type(Place::Header("x-github-event"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(10))
    .build();

/// **JetEmail** events, confidence B: `X-Webhook-Signature: sha256=<hex>` over the body.
///
/// The key is the secret's whole text, `whsec_` included. `X-Webhook-Timestamp` and `X-Webhook-ID`
/// are not signed: the timestamp is not judged, and the id is taken from the body. Any answer in
/// the 400s but 429 discards the event for good, so refusals are answered 503. Inbound e-mail is
/// [another scheme](static@super::JETEMAIL_INBOUND).
///
/// Source: <https://jetemail.com/docs/webhooks/security>.
pub static JETEMAIL: Scheme = Scheme::builder("jetemail", "x-webhook-signature")
    .about(About::new(
        "JetEmail events",
        Family::RawBodyMac,
        Confidence::B,
        "https://jetemail.com/docs/webhooks/security",
    ))
    .grammar(SHA256)
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(JETEMAIL_RETRIES.acknowledge_within(10))
    .build();

/// Six attempts: at once, after 30 s, 2 min, 10 min, 1 h and 4 h, each after the one before.
pub(super) const JETEMAIL_RETRIES: Retries = Retries::UNKNOWN
    .after_client_error(AfterClientError::Loses)
    .horizon(30 + 120 + 600 + 3_600 + 14_400);

/// **SendKit.ai**, confidence C: `X-Webhook-Signature: <hex>` over the body.
///
/// Documented: HMAC-SHA256 with the webhook's secret in that header, and `X-Webhook-Event` with the
/// event's name, which is not signed. **Assumed:** hex, with `sha256=` before it or not; the second
/// header name, `X-SendKit-Signature`, read only where the first is absent; that the body alone is
/// signed; that the 64 hex digits of a generated secret are used as text. If the deliveries you
/// receive differ, [adjust](Scheme::adjust) the preset. There is neither timestamp nor id.
///
/// The product at sendkit.dev is another: its deliveries carry other events.
///
/// Source: <https://docs.sendkit.ai/api-reference/post-v1-webhooks-id-test>.
pub static SENDKIT: Scheme = Scheme::builder("sendkit", "x-webhook-signature")
    .about(About::new(
        "SendKit.ai",
        Family::RawBodyMac,
        Confidence::C,
        "https://docs.sendkit.ai/api-reference/post-v1-webhooks-id-test",
    ))
    .aliases(&["x-sendkit-signature"])
    .grammar(Grammar::Prefixed {
        prefix: "sha256=",
        optional: true,
    })
    .event_type(Place::Header("x-webhook-event"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(10))
    .build();

/// **Sendmux**, confidence A: `X-Sendmux-Signature: sha256=<hex>` over the body.
///
/// The key is the secret's whole text, `whsec_` included. Id and type stand in the signed body; the
/// headers that repeat them are not signed. Rotation invalidates the old secret at once. Once
/// deliveries also carry `X-Sendmux-Signature-V2`, use [`SENDMUX_V2`](static@super::SENDMUX_V2)
/// alone: it signs a timestamp.
///
/// Source: `Sendmux/docs:webhooks/verify-signatures.mdx`.
pub static SENDMUX: Scheme = Scheme::builder("sendmux", "x-sendmux-signature")
    .about(About::new(
        "Sendmux",
        Family::RawBodyMac,
        Confidence::A,
        "Sendmux/docs:webhooks/verify-signatures.mdx",
    ))
    .grammar(SHA256)
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(SENDMUX_RETRIES)
    .build();

/// Eight attempts whose delays add up to some 42 hours, against a window documented as 24: 48 hours
/// hold under either reading.
pub(super) const SENDMUX_RETRIES: Retries = Retries::UNKNOWN
    .acknowledge_within(10)
    .after_client_error(AfterClientError::Retries)
    .horizon(48 * 3_600);
