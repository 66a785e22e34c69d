//! The timestamp in a header of its own; the MAC covers it, a joiner and the body.

use super::raw_body::{JETEMAIL_RETRIES, SENDMUX_RETRIES};
use crate::scheme::{
    About, Confidence, Family, Grammar, Part, Place, ReplayId, Retries, Scheme, Timestamp,
};

/// **JetEmail** inbound e-mail, confidence B: `X-Webhook-Signature: <hex>` over
/// `{X-Webhook-ID}.{X-Webhook-Timestamp}.{body}`.
///
/// The key is the text of the domain's webhook secret; without one JetEmail signs nothing, and
/// every delivery is refused. The bare hex is wanted: the `sha256=` of the event scheme is refused
/// here. The body is one e-mail with its attachments, so a cap above the default of 1 MiB is
/// usually needed. **Assumed:** the window of 300 s. Answers in the 400s lose the event, so
/// refusals are answered 503.
///
/// Source: <https://jetemail.com/docs/inbound/webhooks/security>.
pub static JETEMAIL_INBOUND: Scheme = Scheme::builder("jetemail-inbound", "x-webhook-signature")
    .about(About::new(
        "JetEmail inbound e-mail",
        Family::StampedHeaders,
        Confidence::B,
        "https://jetemail.com/docs/inbound/webhooks/security",
    ))
    .content(&[
        Part::Header("x-webhook-id"),
        Part::Literal("."),
        Part::Timestamp,
        Part::Literal("."),
        Part::Body,
    ])
    .timestamp(Timestamp::Header("x-webhook-timestamp"))
    .delivery_id(Place::Header("x-webhook-id"))
    .replay_id(ReplayId::Id(Place::Header("x-webhook-id")))
    .retries(JETEMAIL_RETRIES)
    .build();

/// **Sendmux** with a timestamp, confidence B: `X-Sendmux-Signature-V2: v1=<hex>` over
/// `{X-Sendmux-Timestamp}.{body}`.
///
/// The key is the secret's whole text. The window of 300 s includes both ends. It comes beside the
/// [older signature](static@super::SENDMUX), which proves no freshness: mount this preset alone.
///
/// Source: `Sendmux/docs:tests/webhook-verifier-example.test.mjs`.
pub static SENDMUX_V2: Scheme = Scheme::builder("sendmux-v2", "x-sendmux-signature-v2")
    .provider("sendmux")
    .about(About::new(
        "Sendmux (timestamped)",
        Family::StampedHeaders,
        Confidence::B,
        "Sendmux/docs:tests/webhook-verifier-example.test.mjs",
    ))
    .grammar(Grammar::Prefixed {
        prefix: "v1=",
        optional: false,
    })
    .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
    .timestamp(Timestamp::Header("x-sendmux-timestamp"))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(SENDMUX_RETRIES)
    .build();

/// **Slack**, confidence A: `X-Slack-Signature: v0=<hex>` over
/// `v0:{X-Slack-Request-Timestamp}:{body}`.
///
/// The key is the signing secret's text; the older verification token in the body proves nothing.
/// Commands and interactivity come as forms, signed as the form's bytes, and have no `event_id`.
///
/// Source: <https://docs.slack.dev/authentication/verifying-requests-from-slack>,
/// `slackapi/python-slack-sdk:slack_sdk/signature/__init__.py`.
pub static SLACK: Scheme = Scheme::builder("slack", "x-slack-signature")
    .about(About::new(
        "Slack",
        Family::StampedHeaders,
        Confidence::A,
        "slackapi/python-slack-sdk:slack_sdk/signature/__init__.py",
    ))
    .grammar(Grammar::Prefixed {
        prefix: "v0=",
        optional: false,
    })
    .content(&[
        Part::Literal("v0:"),
        Part::Timestamp,
        Part::Literal(":"),
        Part::Body,
    ])
    .timestamp(Timestamp::Header("x-slack-request-timestamp"))
    .delivery_id(Place::Json("/event_id"))
    .event_type(Place::Json("/event/type"))
    .replay_id(ReplayId::Id(Place::Json("/event_id")))
    .retries(Retries::UNKNOWN.acknowledge_within(3).horizon(360))
    .build();
