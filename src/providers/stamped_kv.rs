//! Timestamp and signatures as pairs of one header; the MAC covers the timestamp, a joiner and the
//! body.

use super::shapes::{TIMESTAMP_DOT_BODY, V1_PAIRS};
use crate::clock::Tolerance;
use crate::scheme::{
    About, AfterClientError, Algorithm, Confidence, Digest, Encoding, Family, Grammar, Part, Place,
    ReplayId, Retries, Scheme, Timestamp, Unit,
};

/// **Affirm**, confidence B: `X-Affirm-Signature: t=<seconds>,v0=<hex>` over `{t}.{body}`.
///
/// The MAC is HMAC-SHA512. The key is the secret's text. Stripe-shaped, but SHA-512 and the v0 key.
/// The key is the merchant's private API key; Affirm has to switch signing on. The body is a form;
/// the window of five minutes is the vendor's advice.
///
/// Source: <https://docs.affirm.com/developers/docs/checking-webhook-signatures>.
pub static AFFIRM: Scheme = Scheme::builder("affirm", "x-affirm-signature")
    .about(About::new(
        "Affirm",
        Family::StampedKv,
        Confidence::B,
        "https://docs.affirm.com/developers/docs/checking-webhook-signatures",
    ))
    .grammar(Grammar::Pairs {
        signature: "v0",
        separator: b',',
        assign: b'=',
    })
    .algorithm(Algorithm::Hmac(Digest::Sha512))
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .replay_id(ReplayId::Body)
    .build();

/// **BoldSign**, confidence A: `x-boldsign-signature: t=<seconds>,…=<hex>` over `{t}.{body}`.
///
/// The key is the secret's text. Pairs are parted by a comma and a space. During rotation a second
/// pair s1 stands beside s0; the vendor's SDK takes a match on either.
///
/// Source: `boldsign/boldsign-java-sdk:src/main/java/com/boldsign/WebhookUtility.java`.
pub static BOLDSIGN: Scheme = Scheme::builder("boldsign", "x-boldsign-signature")
    .about(About::new(
        "BoldSign",
        Family::StampedKv,
        Confidence::A,
        "boldsign/boldsign-java-sdk:src/main/java/com/boldsign/WebhookUtility.java",
    ))
    .grammar(Grammar::Pairs {
        signature: "*",
        separator: b',',
        assign: b'=',
    })
    .trimmed()
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .replay_id(ReplayId::Body)
    .build();

/// **Buildkite (signature)**, confidence B: `X-Buildkite-Signature:
/// timestamp=<seconds>,signature=<hex>` over `{timestamp}.{body}`.
///
/// The key is the secret's text. The stamp is when the request was sent. Pairs may have a space
/// after the comma, which is dropped.
///
/// Source: `buildkite/docs:pages/apis/webhooks/_webhook_signature.md`.
pub static BUILDKITE: Scheme = Scheme::builder("buildkite", "x-buildkite-signature")
    .about(About::new(
        "Buildkite (signature)",
        Family::StampedKv,
        Confidence::B,
        "buildkite/docs:pages/apis/webhooks/_webhook_signature.md",
    ))
    .grammar(Grammar::Pairs {
        signature: "signature",
        separator: b',',
        assign: b'=',
    })
    .trimmed()
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("timestamp"))
    .event_type(Place::Header("x-buildkite-event"))
    .replay_id(ReplayId::Body)
    .build();

/// **Calendly**, confidence B: `Calendly-Webhook-Signature: t=<seconds>,v1=<hex>` over
/// `{t}.{body}`.
///
/// The key is the secret's text. The recommended tolerance is three minutes. Retries: up to 24
/// hours, then the subscription is disabled.
///
/// Source: <https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures>.
pub static CALENDLY: Scheme = Scheme::builder("calendly", "calendly-webhook-signature")
    .about(About::new(
        "Calendly",
        Family::StampedKv,
        Confidence::B,
        "https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures",
    ))
    .grammar(V1_PAIRS)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .tolerance(Tolerance::symmetric(180))
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(15).horizon(86_400))
    .build();

/// **Cloudflare Stream**, confidence B: `Webhook-Signature: time=<seconds>,sig1=<hex>` over
/// `{time}.{body}`.
///
/// The key is the secret's text. Shares a header name with Standard Webhooks; the value is
/// time=...,sig1=.... The vendor names no window, only that old requests be discarded. uid names
/// the video, not the delivery: two deliveries about one video share it. Replay identity: uid is
/// the video's and recurs.
///
/// Source:
/// `cloudflare/cloudflare-docs:src/content/docs/stream/manage-video-library/using-webhooks.mdx`.
pub static CLOUDFLARE_STREAM: Scheme = Scheme::builder("cloudflare-stream", "webhook-signature")
    .about(
        About::new(
            "Cloudflare Stream",
            Family::StampedKv,
            Confidence::B,
            "cloudflare/cloudflare-docs:src/content/docs/stream/manage-video-library/using-webhooks.mdx",
        )
        .with_replay_note("uid is the video's and recurs"),
    )
    .grammar(Grammar::Pairs {
        signature: "sig1",
        separator: b',',
        assign: b'=',
    })
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("time"))
    .replay_id(ReplayId::Body)
    .build();

/// **Coinflow**, confidence B: `Coinflow-Signature: t=<seconds>,v1=<hex>` over `{t}.{body}`.
///
/// The key is the secret's text. An Authorization header with a fixed key is the older alternative.
///
/// Source:
/// <https://docs.coinflow.cash/guides/developer-resources/webhooks/verifying-webhook-signatures>.
pub static COINFLOW: Scheme = Scheme::builder("coinflow", "coinflow-signature")
    .about(About::new(
        "Coinflow",
        Family::StampedKv,
        Confidence::B,
        "https://docs.coinflow.cash/guides/developer-resources/webhooks/verifying-webhook-signatures",
    ))
    .grammar(V1_PAIRS)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .replay_id(ReplayId::Body)
    .build();

/// **Convoy (advanced signature)**, confidence A: `X-Convoy-Signature: t=<seconds>,v1=<hex>` over
/// `{t},{body}`.
///
/// The key is the secret's text. Stamp and body are joined with a comma, not a dot. Several v1 (and
/// v2...) entries appear during rotation or for added schemes; the version number is the scheme
/// index. The vendor tests hold vectors. Replay identity: a gateway: bodies are others' and may
/// repeat byte for byte; the event id header is not signed.
///
/// Source: `frain-dev/convoy:pkg/signature/signature.go`.
pub static CONVOY_ADVANCED: Scheme = Scheme::builder("convoy-advanced", "x-convoy-signature")
    .provider("convoy")
    .about(
        About::new(
            "Convoy (advanced signature)",
            Family::StampedKv,
            Confidence::A,
            "frain-dev/convoy:pkg/signature/signature.go",
        )
        .with_replay_note(
            "a gateway: bodies are others' and may repeat byte for byte; the event id header is \
             not signed",
        ),
    )
    .grammar(V1_PAIRS)
    .content(&[Part::Timestamp, Part::Literal(","), Part::Body])
    .timestamp(Timestamp::Pair("t"))
    .replay_id(ReplayId::Body)
    .build();

/// **Courier**, confidence C: `courier-signature: t=<milliseconds>,signature=<hex>` over
/// `{t}.{body}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. The unit of t
/// is not documented; ms is recorded because it takes stamps of 10 and of 13 digits, and no window
/// is judged.
///
/// Source: <https://www.courier.com/docs/platform/workspaces/outbound-webhooks>.
pub static COURIER: Scheme = Scheme::builder("courier", "courier-signature")
    .about(About::new(
        "Courier",
        Family::StampedKv,
        Confidence::C,
        "https://www.courier.com/docs/platform/workspaces/outbound-webhooks",
    ))
    .grammar(Grammar::Pairs {
        signature: "signature",
        separator: b',',
        assign: b'=',
    })
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .unit(Unit::Millis)
    .dangerous_without_window()
    .replay_id(ReplayId::Body)
    .build();

/// **Duffel**, confidence A: `X-Duffel-Signature: t=<seconds>,v1=<hex>` over `{t}.{body}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. Other pairs
/// such as v2 may stand in the header; ignore all but v1. The SDK sets no tolerance.
/// idempotency_key is the order's id and recurs. Replay identity: not the record's idempotency_key:
/// it is the id of the order and recurs with other event types.
///
/// Source: `duffelhq/duffel-api-ruby:lib/duffel_api/webhook_event.rb`.
pub static DUFFEL: Scheme = Scheme::builder("duffel", "x-duffel-signature")
    .about(
        About::new(
            "Duffel",
            Family::StampedKv,
            Confidence::A,
            "duffelhq/duffel-api-ruby:lib/duffel_api/webhook_event.rb",
        )
        .with_handshake("A ping event can be sent on demand; answer 2xx.")
        .with_replay_note(
            "not idempotency_key: it is the id of the order and recurs with other event types",
        ),
    )
    .grammar(V1_PAIRS)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .dangerous_without_window()
    .delivery_id(Place::Json("/idempotency_key"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **ElevenLabs**, confidence A: `ElevenLabs-Signature: t=<seconds>,v0=<hex>` over `{t}.{body}`.
///
/// The key is the secret's text. Scheme key is v0. The SDK window is thirty minutes, past only.
///
/// Source: `elevenlabs/elevenlabs-python:src/elevenlabs/webhooks_custom.py`.
pub static ELEVENLABS: Scheme = Scheme::builder("elevenlabs", "elevenlabs-signature")
    .about(About::new(
        "ElevenLabs",
        Family::StampedKv,
        Confidence::A,
        "elevenlabs/elevenlabs-python:src/elevenlabs/webhooks_custom.py",
    ))
    .grammar(Grammar::Pairs {
        signature: "v0",
        separator: b',',
        assign: b'=',
    })
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .tolerance(Tolerance::symmetric(1800))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **Knock**, confidence A: `x-knock-signature: t=<milliseconds>,s=<base64>` over `{t}.{body}`.
///
/// The key is the secret's text. Milliseconds and base64, where its model uses seconds and hex.
/// x-knock-event repeats the body's type but is not signed.
///
/// Source: `knocklabs/docs:content/developer-tools/outbound-webhooks/overview.mdx`.
pub static KNOCK: Scheme = Scheme::builder("knock", "x-knock-signature")
    .about(About::new(
        "Knock",
        Family::StampedKv,
        Confidence::A,
        "knocklabs/docs:content/developer-tools/outbound-webhooks/overview.mdx",
    ))
    .grammar(Grammar::Pairs {
        signature: "s",
        separator: b',',
        assign: b'=',
    })
    .encoding(Encoding::Base64)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .unit(Unit::Millis)
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **MailingAPI**, confidence D, partly assumed: `X-MailingAPI-Signature: t=<seconds>,v1=<hex>`
/// over `{t}.{body}`.
///
/// Documented: the header's name, the pairs `t` and `v1`, the `whsec_` secret, which a caller may
/// choose. **Assumed:** HMAC-SHA256 in hex, the signed content, the key as the secret's whole text,
/// the window of 300 s, several `v1` during a rotation, everything about retries. If the deliveries
/// you receive differ, [adjust](Scheme::adjust) the preset.
///
/// Source: <https://mailingapi.com/docs/webhooks>.
pub static MAILINGAPI: Scheme = Scheme::builder("mailingapi", "x-mailingapi-signature")
    .about(
        About::new(
            "MailingAPI",
            Family::StampedKv,
            Confidence::D,
            "https://mailingapi.com/docs/webhooks",
        )
        .with_replay_note("assumed, as is most of this preset"),
    )
    .grammar(V1_PAIRS)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **Mux**, confidence A: `Mux-Signature: t=<seconds>,v1=<hex>` over `{t}.{body}`.
///
/// The key is the secret's text. The SDK refuses old timestamps only; it accepts future ones.
/// Retries: 24 hours with exponential gaps. Replay identity: the body counts the attempts, so no
/// body digest.
///
/// Source: `muxinc/mux-node-sdk:src/resources/webhooks/webhooks.ts`.
pub static MUX: Scheme = Scheme::builder("mux", "mux-signature")
    .about(
        About::new(
            "Mux",
            Family::StampedKv,
            Confidence::A,
            "muxinc/mux-node-sdk:src/resources/webhooks/webhooks.ts",
        )
        .with_replay_note("the body counts the attempts, so no body digest"),
    )
    .grammar(V1_PAIRS)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(Retries::UNKNOWN.horizon(86_400))
    .build();

/// **Paddle Billing**, confidence A: `Paddle-Signature: ts=<seconds>;h1=<hex>` over `{ts}:{body}`.
///
/// The key is the secret's text. Pairs are separated by a semicolon and the signed string joins
/// with a colon, unlike Stripe. The vendor SDKs allow only five seconds of age by default. Several
/// h1 pairs may appear while a secret is rotated. Paddle Classic is a different scheme
/// (p_signature, RSA over PHP-serialised fields). Failed deliveries are retried for up to three
/// days in live accounts and fewer times in sandbox; answer 200 within five seconds.
///
/// Source: `PaddleHQ/paddle-node-sdk:src/notifications/helpers/webhooks-validator.ts`.
pub static PADDLE_BILLING: Scheme = Scheme::builder("paddle-billing", "paddle-signature")
    .about(About::new(
        "Paddle Billing",
        Family::StampedKv,
        Confidence::A,
        "PaddleHQ/paddle-node-sdk:src/notifications/helpers/webhooks-validator.ts",
    ))
    .grammar(Grammar::Pairs {
        signature: "h1",
        separator: b';',
        assign: b'=',
    })
    .content(&[Part::Timestamp, Part::Literal(":"), Part::Body])
    .timestamp(Timestamp::Pair("ts"))
    .tolerance(Tolerance::symmetric(5))
    .delivery_id(Place::Json("/event_id"))
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::Id(Place::Json("/event_id")))
    .retries(Retries::UNKNOWN.acknowledge_within(5).horizon(259_200))
    .build();

/// **Persona**, confidence A: `Persona-Signature: t=<seconds>,v1=<hex>` over `{t}.{body}`.
///
/// The key is the secret's text. During rotation two full t=...,v1=... groups are separated by a
/// space, each with its own t. The documentation names no window and its samples judge none: 300 s
/// is this preset's choice. Replay identity: the event's id; the object's is deeper.
///
/// Source: <https://docs.withpersona.com/docs/webhooks-best-practices>.
pub static PERSONA: Scheme = Scheme::builder("persona", "persona-signature")
    .about(
        About::new(
            "Persona",
            Family::StampedKv,
            Confidence::A,
            "https://docs.withpersona.com/docs/webhooks-best-practices",
        )
        .with_replay_note("the event's id; the object's is deeper"),
    )
    .grammar(V1_PAIRS)
    .groups(b' ')
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .delivery_id(Place::Json("/data/id"))
    .event_type(Place::Json("/data/attributes/name"))
    .replay_id(ReplayId::Id(Place::Json("/data/id")))
    .build();

/// **Recurly**, confidence A: `recurly-signature: <milliseconds>,<hex>,…` over
/// `{timestamp}.{body}`.
///
/// The key is the secret's text. The first item is the timestamp in milliseconds, every later one a
/// candidate signature. More than one signature appears while a secret is rotated.
///
/// Source: `recurly/recurly-client-ruby:lib/recurly/webhooks.rb`.
pub static RECURLY: Scheme = Scheme::builder("recurly", "recurly-signature")
    .about(About::new(
        "Recurly",
        Family::StampedKv,
        Confidence::A,
        "recurly/recurly-client-ruby:lib/recurly/webhooks.rb",
    ))
    .grammar(Grammar::List {
        prefix: "",
        separator: b',',
    })
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Item(0))
    .unit(Unit::Millis)
    .replay_id(ReplayId::Body)
    .build();

/// **Retell AI**, confidence A: `X-Retell-Signature: v=<milliseconds>,d=<hex>` over `{body}{v}`.
///
/// The key is the secret's text. The body comes first and the stamp, in milliseconds, follows it
/// with nothing between. The key is the account's API key.
///
/// Source: `package:retell-sdk`.
pub static RETELL: Scheme = Scheme::builder("retell", "x-retell-signature")
    .about(About::new(
        "Retell AI",
        Family::StampedKv,
        Confidence::A,
        "package:retell-sdk",
    ))
    .grammar(Grammar::Pairs {
        signature: "d",
        separator: b',',
        assign: b'=',
    })
    .content(&[Part::Body, Part::Timestamp])
    .dangerous_parts_touch("Retell AI joins body and timestamp with nothing between")
    .timestamp(Timestamp::Pair("v"))
    .unit(Unit::Millis)
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .build();

/// **Sanity**, confidence A: `sanity-webhook-signature: t=<milliseconds>,v1=<base64url>` over
/// `{t}.{body}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. The vendor
/// tests hold a vector. Replay identity: a projection such as type and slug gives byte-equal bodies
/// for each edit; idempotency-key is not signed; a retry stamped anew is not recognised.
///
/// Source: `sanity-io/webhook-toolkit:src/signature.ts`.
pub static SANITY: Scheme = Scheme::builder("sanity", "sanity-webhook-signature")
    .about(
        About::new(
            "Sanity",
            Family::StampedKv,
            Confidence::A,
            "sanity-io/webhook-toolkit:src/signature.ts",
        )
        .with_replay_note(
            "a projection such as type and slug gives byte-equal bodies for each edit; \
             idempotency-key is not signed; a retry stamped anew is not recognised",
        ),
    )
    .grammar(V1_PAIRS)
    .encoding(Encoding::Base64Url)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .unit(Unit::Millis)
    .dangerous_without_window()
    .delivery_id(Place::Header("idempotency-key"))
    .replay_id(ReplayId::Content)
    .build();

/// **Shippo**, confidence B: `Shippo-Auth-Signature: t=<seconds>,v1=<hex>` over `{t}.{body}`.
///
/// The key is the secret's text. Signing is switched on by the vendor on request; otherwise put a
/// token in the URL. The vendor's page, read as integrators quote it, prints a stamp in seconds and
/// a hex digest; no window is quoted, so 300 s is this record's choice. 408, 429 and 5xx are
/// retried twice; other 4xx are final.
///
/// Source: <https://docs.goshippo.com/docs/tracking/webhooksecurity>.
pub static SHIPPO: Scheme = Scheme::builder("shippo", "shippo-auth-signature")
    .about(About::new(
        "Shippo",
        Family::StampedKv,
        Confidence::B,
        "https://docs.goshippo.com/docs/tracking/webhooksecurity",
    ))
    .grammar(V1_PAIRS)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .retries(
        Retries::UNKNOWN
            .acknowledge_within(3)
            .after_client_error(AfterClientError::Loses),
    )
    .build();

/// **Stripe**, confidence A: `Stripe-Signature: t=<seconds>,v1=<hex>` over `{t}.{body}`.
///
/// The key is the secret's whole text, `whsec_` included; it is never base64-decoded. During a
/// rotation several `v1` come, any of which may match; `v0` is ignored. The vendor's own library
/// refuses only old timestamps; here the window has two sides. Retries go on for three days.
///
/// Source: <https://docs.stripe.com/webhooks/signature>,
/// `stripe/stripe-python:stripe/_webhook.py`.
pub static STRIPE: Scheme = Scheme::builder("stripe", "stripe-signature")
    .about(About::new(
        "Stripe",
        Family::StampedKv,
        Confidence::A,
        "stripe/stripe-python:stripe/_webhook.py",
    ))
    .grammar(V1_PAIRS)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(Retries::UNKNOWN.horizon(3 * 24 * 3_600))
    .build();

/// **Stripe thin events (v2 event destinations) and Connect endpoints**, confidence A:
/// `Stripe-Signature: t=<seconds>,v1=<hex>` over `{t}.{body}`.
///
/// The key is the secret's text. Same header and algorithm as stripe; only the payload shape
/// differs (object is v2.core.event). Connect deliveries carry a top-level account field and use
/// their own endpoint secret.
///
/// Source: `stripe/stripe-python:stripe/_webhook.py`.
pub static STRIPE_THIN: Scheme = Scheme::builder("stripe-thin", "stripe-signature")
    .about(About::new(
        "Stripe thin events (v2 event destinations) and Connect endpoints",
        Family::StampedKv,
        Confidence::A,
        "stripe/stripe-python:stripe/_webhook.py",
    ))
    .grammar(V1_PAIRS)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **Surge**, confidence B: `Surge-Signature: t=<seconds>,v1=<hex>` over `{t}.{body}`.
///
/// The key is the secret's text. More than one v1 during rotation.
///
/// Source: <https://docs.surge.app/api-reference/webhooks/signature-validation>.
pub static SURGE: Scheme = Scheme::builder("surge", "surge-signature")
    .about(About::new(
        "Surge",
        Family::StampedKv,
        Confidence::B,
        "https://docs.surge.app/api-reference/webhooks/signature-validation",
    ))
    .grammar(V1_PAIRS)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **TikTok for Developers**, confidence B: `TikTok-Signature: t=<seconds>,s=<hex>` over
/// `{t}.{body}`.
///
/// The key is the secret's text. The key is the app's client secret. The documentation leaves the
/// tolerance to the receiver.
///
/// Source: <https://developers.tiktok.com/doc/webhooks-verification>.
pub static TIKTOK: Scheme = Scheme::builder("tiktok", "tiktok-signature")
    .about(About::new(
        "TikTok for Developers",
        Family::StampedKv,
        Confidence::B,
        "https://developers.tiktok.com/doc/webhooks-verification",
    ))
    .grammar(Grammar::Pairs {
        signature: "s",
        separator: b',',
        assign: b'=',
    })
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .build();

/// **WorkOS**, confidence A: `WorkOS-Signature: t=<milliseconds>,v1=<hex>` over `{t}.{body}`.
///
/// The key is the secret's text. t is in milliseconds and is signed as sent. Pairs are separated by
/// a comma and a space, which is dropped. Default window is three minutes. Up to six retries over
/// three days with exponential backoff.
///
/// Source: `workos/workos-python:src/workos/webhooks/_verification.py`.
pub static WORKOS: Scheme = Scheme::builder("workos", "workos-signature")
    .about(About::new(
        "WorkOS",
        Family::StampedKv,
        Confidence::A,
        "workos/workos-python:src/workos/webhooks/_verification.py",
    ))
    .grammar(V1_PAIRS)
    .trimmed()
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .unit(Unit::Millis)
    .tolerance(Tolerance::symmetric(180))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(Retries::UNKNOWN.horizon(259_200))
    .build();

/// **Zavu**, confidence B: `X-Zavu-Signature: t=<seconds>,v1=<hex>` over `{t}.{body}`.
///
/// The key is the secret's text.
///
/// Source: <https://docs.zavu.dev/guides/receiving-messages/security>.
pub static ZAVU: Scheme = Scheme::builder("zavu", "x-zavu-signature")
    .about(About::new(
        "Zavu",
        Family::StampedKv,
        Confidence::B,
        "https://docs.zavu.dev/guides/receiving-messages/security",
    ))
    .grammar(V1_PAIRS)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .replay_id(ReplayId::Body)
    .build();
