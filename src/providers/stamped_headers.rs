//! The timestamp in a header of its own; the MAC covers it, a joiner and the body.

use super::raw_body::{JETEMAIL_RETRIES, SENDMUX_RETRIES};
use super::shapes::TIMESTAMP_DOT_BODY;
use crate::scheme::{
    About, Confidence, Family, Grammar, KeyFormat, Part, Place, ReplayId, Retries, Scheme,
    Timestamp,
};

/// **Customer.io reporting webhooks**, confidence C: `X-CIO-Signature: <hex>` over
/// `v0:{X-CIO-Timestamp}:{body}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. Like Slack's
/// content but the header has no v0= in front. Later events wait behind a failing one. Retries:
/// exponential over 7 days; one hour after listed error codes.
///
/// Source: <https://docs.customer.io/api/webhooks/>.
pub static CUSTOMERIO: Scheme = Scheme::builder("customerio", "x-cio-signature")
    .about(About::new(
        "Customer.io reporting webhooks",
        Family::StampedHeaders,
        Confidence::C,
        "https://docs.customer.io/api/webhooks/",
    ))
    .content(&[
        Part::Literal("v0:"),
        Part::Timestamp,
        Part::Literal(":"),
        Part::Body,
    ])
    .timestamp(Timestamp::Header("x-cio-timestamp"))
    .dangerous_without_window()
    .delivery_id(Place::Json("/event_id"))
    .event_type(Place::Json("/metric"))
    .replay_id(ReplayId::Id(Place::Json("/event_id")))
    .retries(Retries::UNKNOWN.acknowledge_within(4).horizon(604_800))
    .build();

/// **Emailit**, confidence B: `X-Emailit-Signature: <hex>` over `{X-Emailit-Timestamp}.{body}`.
///
/// The key is the secret's text. The whole secret, whsec_ included, is the key text; nothing is
/// decoded. Each retry is signed afresh. Replay identity: from the vendor's page on requests; the
/// record names no id.
///
/// Source: <https://emailit.com/docs/webhooks/request-signature.md>.
pub static EMAILIT: Scheme = Scheme::builder("emailit", "x-emailit-signature")
    .about(About::new(
        "Emailit",
        Family::StampedHeaders,
        Confidence::B,
        "https://emailit.com/docs/webhooks/request-signature.md",
    ))
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Header("x-emailit-timestamp"))
    .replay_id(ReplayId::Id(Place::Json("/event_id")))
    .build();

/// **Grafana Alerting webhook with timestamp header**, confidence A: `X-Grafana-Alerting-Signature:
/// <hex>` over `{X-Grafana-Alerting-Timestamp}:{body}`.
///
/// The key is the secret's text. The timestamp header name is chosen by the operator; the one given
/// is a convention. Stamp and body are joined with a colon. Replay identity: reminders of an alert
/// that still fires may be byte-equal and count as one.
///
/// Source: `grafana/alerting:http/hmac.go`.
pub static GRAFANA_ALERTING_TIMESTAMPED: Scheme = Scheme::builder(
    "grafana-alerting-timestamped",
    "x-grafana-alerting-signature",
)
.provider("grafana-alerting")
.about(About::new(
    "Grafana Alerting webhook with timestamp header",
    Family::StampedHeaders,
    Confidence::A,
    "grafana/alerting:http/hmac.go",
))
.content(&[Part::Timestamp, Part::Literal(":"), Part::Body])
.timestamp(Timestamp::Header("x-grafana-alerting-timestamp"))
.replay_id(ReplayId::Body)
.build();

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

/// **Method Financial**, confidence C: `method-webhook-signature: <hex>` over
/// `{method-webhook-timestamp}:{body}`.
///
/// The key is the secret's text. Joined with a colon. Signature only sent when an hmac_secret was
/// given at registration; hex assumed from the digest wording. Replay identity: bodies name the
/// object and the event type only, so later updates are byte-equal (from memory, not confirmed); a
/// retry stamped anew is not recognised.
///
/// Source: <https://docs.methodfi.com/changelog/2025/june>.
pub static METHOD_FI: Scheme = Scheme::builder("method-fi", "method-webhook-signature")
    .about(About::new(
        "Method Financial",
        Family::StampedHeaders,
        Confidence::C,
        "https://docs.methodfi.com/changelog/2025/june",
    ))
    .content(&[Part::Timestamp, Part::Literal(":"), Part::Body])
    .timestamp(Timestamp::Header("method-webhook-timestamp"))
    .replay_id(ReplayId::Content)
    .build();

/// **Omise / Opn Payments**, confidence C: `Omise-Signature: <hex>,…` over
/// `{Omise-Signature-Timestamp}.{body}`.
///
/// The key is the base64 that the secret is. The webhook secret is base64 text decoded to key
/// bytes. Several comma-separated signatures appear for 24 hours after the secret is rolled.
/// Several independent receivers agree on every part; the vendor's page on signatures was not read.
///
/// Source: <https://docs.opn.ooo/api-webhooks>.
pub static OMISE: Scheme = Scheme::builder("omise", "omise-signature")
    .about(About::new(
        "Omise / Opn Payments",
        Family::StampedHeaders,
        Confidence::C,
        "https://docs.opn.ooo/api-webhooks",
    ))
    .grammar(Grammar::List {
        prefix: "",
        separator: b',',
    })
    .key_format(KeyFormat::Base64 { prefix: "" })
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Header("omise-signature-timestamp"))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/key"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **Samsara**, confidence B: `X-Samsara-Signature: v1=<hex>` over
/// `v1:{X-Samsara-Timestamp}:{body}`.
///
/// The key is the base64 that the secret is. The vendor judges no window, so none is judged here.
/// The secret is base64; decode it first. The text v1: opens the signed bytes. The Python SDK's
/// helper (samsarahq/samsara-python:src/samsara/utils/webhooks_helper.py) does something else,
/// x-samsara-hmacsha256-signature over URL and body, as Square's helper does; the documentation and
/// the integrations in use agree on the scheme here.
///
/// Source: <https://developers.samsara.com/docs/webhooks>.
pub static SAMSARA: Scheme = Scheme::builder("samsara", "x-samsara-signature")
    .about(About::new(
        "Samsara",
        Family::StampedHeaders,
        Confidence::B,
        "https://developers.samsara.com/docs/webhooks",
    ))
    .grammar(Grammar::Prefixed {
        prefix: "v1=",
        optional: false,
    })
    .key_format(KeyFormat::Base64 { prefix: "" })
    .content(&[
        Part::Literal("v1:"),
        Part::Timestamp,
        Part::Literal(":"),
        Part::Body,
    ])
    .timestamp(Timestamp::Header("x-samsara-timestamp"))
    .dangerous_without_window()
    .delivery_id(Place::Json("/eventId"))
    .event_type(Place::Json("/eventType"))
    .replay_id(ReplayId::Id(Place::Json("/eventId")))
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
    .content(TIMESTAMP_DOT_BODY)
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

/// **Zoom**, confidence A: `x-zm-signature: v0=<hex>` over `v0:{x-zm-request-timestamp}:{body}`.
///
/// The key is the secret's text. Tolerance is this project's choice; Zoom names none. event_ts in
/// the body is milliseconds, the header is seconds. Retries: 3 retries at growing gaps.
///
/// Source: `zoom/rivet-javascript:accounts/accounts.mjs`.
pub static ZOOM: Scheme = Scheme::builder("zoom", "x-zm-signature")
    .about(About::new(
        "Zoom",
        Family::StampedHeaders,
        Confidence::A,
        "zoom/rivet-javascript:accounts/accounts.mjs",
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
    .timestamp(Timestamp::Header("x-zm-request-timestamp"))
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(3))
    .build();
