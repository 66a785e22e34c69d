//! One keyed MAC over the raw body, nothing else. No timestamp is signed: a captured delivery
//! verifies for ever, so only remembering deliveries stops a replay.

use super::shapes::{SHA1, SHA256};
use crate::clock::Tolerance;
use crate::scheme::{
    About, AfterClientError, Algorithm, Confidence, Digest, Encoding, Family, Grammar, KeyFormat,
    Numbered, Part, Place, ReplayId, Retries, Scheme, Timestamp, Unit,
};

/// **Ably integrations**, confidence B: `X-Ably-Signature: <base64>` over the body.
///
/// The key is the secret's text. X-Ably-Key names the key; the secret is the part of that API key
/// after the colon. Only batched webhooks carry the signature header. Replay identity: that a retry
/// holds the same batch is not documented. A body may hold several events.
///
/// Source: `ably/docs:src/pages/docs/platform/integrations/webhooks/index.mdx`.
pub static ABLY: Scheme = Scheme::builder("ably", "x-ably-signature")
    .about(
        About::new(
            "Ably integrations",
            Family::RawBodyMac,
            Confidence::B,
            "ably/docs:src/pages/docs/platform/integrations/webhooks/index.mdx",
        )
        .with_replay_note("that a retry holds the same batch is not documented")
        .with_batches(),
    )
    .encoding(Encoding::Base64)
    .replay_id(ReplayId::Body)
    .build();

/// **Adyen platform, banking and management webhooks**, confidence A: `HmacSignature: <base64>`
/// over the body.
///
/// The key is the hex that the secret is. A companion header
/// names the protocol (HmacSHA256). The signature covers the raw body, unlike the standard
/// webhooks. Replay identity: /data/id is the object's and recurs.
///
/// Source: `Adyen/adyen-python-api-library:Adyen/util.py`.
pub static ADYEN_BANKING: Scheme = Scheme::builder("adyen-banking", "hmacsignature")
    .about(
        About::new(
            "Adyen platform, banking and management webhooks",
            Family::RawBodyMac,
            Confidence::A,
            "Adyen/adyen-python-api-library:Adyen/util.py",
        )
        .with_replay_note("/data/id is the object's and recurs"),
    )
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::Hex)
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **AfterShip Tracking**, confidence B: `aftership-hmac-sha256: <base64>` over the body.
///
/// The key is the secret's text. Other AfterShip products use other header names. Up to 14 retries
/// with exponential backoff.
///
/// Source: <https://www.aftership.com/docs/tracking/webhook/webhook-signature>.
pub static AFTERSHIP: Scheme = Scheme::builder("aftership", "aftership-hmac-sha256")
    .about(About::new(
        "AfterShip Tracking",
        Family::RawBodyMac,
        Confidence::B,
        "https://www.aftership.com/docs/tracking/webhook/webhook-signature",
    ))
    .encoding(Encoding::Base64)
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .build();

/// **AfterShip Returns and Warranty**, confidence C: `as-signature-hmac-sha256: <base64>` over the
/// body.
///
/// The key is the secret's text. Organisations created before 25 October 2022 see
/// am-webhook-signature: hmac-sha256=... instead. The documentation gives no encoding and warns
/// that the format differs from the tracking product's; base64 is what integrations in public use
/// compute.
///
/// Source: <https://www.aftership.com/docs/returns/2024-07/webhook/signature>.
pub static AFTERSHIP_RETURNS: Scheme =
    Scheme::builder("aftership-returns", "as-signature-hmac-sha256")
        .about(About::new(
            "AfterShip Returns and Warranty",
            Family::RawBodyMac,
            Confidence::C,
            "https://www.aftership.com/docs/returns/2024-07/webhook/signature",
        ))
        .encoding(Encoding::Base64)
        .replay_id(ReplayId::Body)
        .build();

/// **Agora Notifications (V2)**, confidence A: `Agora-Signature-V2: <hex>` over the body.
///
/// The key is the secret's text. Agora-Signature beside it is the HMAC-SHA1 of the same body. The
/// documentation prints a test value for this body and secret. Replay identity: notifyMs is the
/// time of sending and changes at a retry, so no body digest; that noticeId stays is inferred.
///
/// Source:
/// `AgoraIO/Docs-Source:shared/broadcast-streaming-private-product/reference/_signature-verification.mdx`.
pub static AGORA: Scheme = Scheme::builder("agora", "agora-signature-v2")
    .about(
        About::new(
            "Agora Notifications (V2)",
            Family::RawBodyMac,
            Confidence::A,
            "AgoraIO/Docs-Source:shared/broadcast-streaming-private-product/reference/_signature-verification.mdx",
        )
        .with_replay_note(
            "notifyMs is the time of sending and changes at a retry, so no body digest; that \
             noticeId stays is inferred",
        ),
    )
    .delivery_id(Place::Json("/noticeId"))
    .event_type(Place::Json("/eventType"))
    .replay_id(ReplayId::Id(Place::Json("/noticeId")))
    .build();

/// **Agora Notifications (SHA-1)**, confidence A: `Agora-Signature: <hex>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. Agora-Signature-V2 beside it is the
/// HMAC-SHA256 of the same body under the same secret; prefer that one. The documentation prints a
/// test value for this body and secret. Replay identity: notifyMs is the time of sending and
/// changes at a retry, so no body digest; that noticeId stays is inferred.
///
/// Source:
/// `AgoraIO/Docs-Source:shared/broadcast-streaming-private-product/reference/_signature-verification.mdx`.
pub static AGORA_V1: Scheme = Scheme::builder("agora-v1", "agora-signature")
    .provider("agora")
    .about(
        About::new(
            "Agora Notifications (SHA-1)",
            Family::RawBodyMac,
            Confidence::A,
            "AgoraIO/Docs-Source:shared/broadcast-streaming-private-product/reference/_signature-verification.mdx",
        )
        .with_replay_note(
            "notifyMs is the time of sending and changes at a retry, so no body digest; that \
             noticeId stays is inferred",
        ),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .delivery_id(Place::Json("/noticeId"))
    .event_type(Place::Json("/eventType"))
    .replay_id(ReplayId::Id(Place::Json("/noticeId")))
    .build();

/// **Airtable**, confidence B: `X-Airtable-Content-MAC: hmac-sha256=<hex>` over the body.
///
/// The key is the base64 that the secret is. macSecretBase64 is decoded to key bytes; it is shown
/// once, when the webhook is made. The ping holds no data: list the payloads afterwards. pyairtable
/// and an answer in Airtable's own forum agree with the documentation on every part.
///
/// Source: <https://airtable.com/developers/web/api/webhooks-overview>.
pub static AIRTABLE: Scheme = Scheme::builder("airtable", "x-airtable-content-mac")
    .about(About::new(
        "Airtable",
        Family::RawBodyMac,
        Confidence::B,
        "https://airtable.com/developers/web/api/webhooks-overview",
    ))
    .grammar(Grammar::Prefixed {
        prefix: "hmac-sha256=",
        optional: false,
    })
    .key_format(KeyFormat::Base64 { prefix: "" })
    .replay_id(ReplayId::Body)
    .build();

/// **Alchemy Notify**, confidence A: `X-Alchemy-Signature: <hex>` over the body.
///
/// The key is the secret's text. One signing key per webhook. Retries: 15 s, 1 min, 10 min, 1 h
/// (longer on larger plans).
///
/// Source: `alchemyplatform/webhook-examples:node-express/src/webhooksUtil.ts`.
pub static ALCHEMY: Scheme = Scheme::builder("alchemy", "x-alchemy-signature")
    .about(About::new(
        "Alchemy Notify",
        Family::RawBodyMac,
        Confidence::A,
        "alchemyplatform/webhook-examples:node-express/src/webhooksUtil.ts",
    ))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(Retries::UNKNOWN.horizon(4_275))
    .build();

/// **Asana**, confidence A: `X-Hook-Signature: <hex>` over the body.
///
/// The key is the secret's text. Each webhook's key arrives in the handshake; the hex text itself
/// is the key. Heartbeats are signed bodies with an empty events array. Retries: up to 24 hours,
/// then the webhook is deleted. Replay identity: heartbeats are all alike: as duplicates they get
/// their 2xx without the handler, which does no harm. A body may hold several events.
///
/// Source: `Asana/devrel-examples:javascript/webhooks-nodejs/index.js`.
pub static ASANA: Scheme = Scheme::builder("asana", "x-hook-signature")
    .about(
        About::new(
            "Asana",
            Family::RawBodyMac,
            Confidence::A,
            "Asana/devrel-examples:javascript/webhooks-nodejs/index.js",
        )
        .with_handshake(
            "POST with X-Hook-Secret: answer 200 or 204 with the same X-Hook-Secret header and \
             keep it: it is the key.",
        )
        .with_replay_note(
            "heartbeats are all alike: as duplicates they get their 2xx without the handler, \
             which does no harm",
        )
        .with_batches(),
    )
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(10).horizon(86_400))
    .build();

/// **Ashby**, confidence A: `Ashby-Signature: sha256=<hex>` over the body.
///
/// The key is the secret's text. No signature is sent where the webhook has no secret token.
///
/// Source: <https://developers.ashbyhq.com/docs/authenticating-webhooks>.
pub static ASHBY: Scheme = Scheme::builder("ashby", "ashby-signature")
    .about(
        About::new(
            "Ashby",
            Family::RawBodyMac,
            Confidence::A,
            "https://developers.ashbyhq.com/docs/authenticating-webhooks",
        )
        .with_handshake("A ping action at creation; answer 2xx."),
    )
    .grammar(SHA256)
    .event_type(Place::Json("/action"))
    .replay_id(ReplayId::Body)
    .build();

/// **Attio**, confidence B: `X-Attio-Signature: <hex>` over the body.
///
/// The key is the secret's text. Both headers are sent with one value: Attio-Signature is the name
/// in use, X-Attio-Signature repeats it for older middleware. Idempotency-Key is the same on
/// retries of a message. Retries: 10 retries over about 3 days, exponential. Replay identity:
/// events carry ids of records and attributes but no time: two edits of one attribute are
/// byte-equal; Idempotency-Key is not signed. A body may hold several events.
///
/// Source: <https://docs.attio.com/rest-api/how-to/webhooks>.
pub static ATTIO: Scheme = Scheme::builder("attio", "x-attio-signature")
    .about(
        About::new(
            "Attio",
            Family::RawBodyMac,
            Confidence::B,
            "https://docs.attio.com/rest-api/how-to/webhooks",
        )
        .with_replay_note(
            "events carry ids of records and attributes but no time: two edits of one attribute \
             are byte-equal; Idempotency-Key is not signed",
        )
        .with_batches(),
    )
    .aliases(&["attio-signature"])
    .delivery_id(Place::Header("idempotency-key"))
    .replay_id(ReplayId::Indistinct)
    .retries(Retries::UNKNOWN.horizon(259_200))
    .build();

/// **Authorize.Net**, confidence C: `X-ANET-Signature: sha512=<hex>` over the body.
///
/// The MAC is HMAC-SHA512. The key is the secret's text. The key is the text of the Signature Key,
/// 128 hex characters, as shown: it is not decoded. The documentation does not say; two deliveries
/// of 2017 printed by receivers agree with the text only, though some integrations decode it. The
/// vendor's advice to turn the key into binary is about transaction hashes (SIM, DPM,
/// transHashSHA2), which decode it. Ten tries over 48 hours, then the webhook goes inactive. Replay
/// identity: webhookId beside it names the subscription.
///
/// Source: <https://developer.authorize.net/api/reference/features/webhooks.html>.
pub static AUTHORIZE_NET: Scheme = Scheme::builder("authorize-net", "x-anet-signature")
    .about(
        About::new(
            "Authorize.Net",
            Family::RawBodyMac,
            Confidence::C,
            "https://developer.authorize.net/api/reference/features/webhooks.html",
        )
        .with_replay_note("webhookId beside it names the subscription"),
    )
    .grammar(Grammar::Prefixed {
        prefix: "sha512=",
        optional: false,
    })
    .algorithm(Algorithm::Hmac(Digest::Sha512))
    .encoding(Encoding::HexUpper)
    .delivery_id(Place::Json("/notificationId"))
    .event_type(Place::Json("/eventType"))
    .replay_id(ReplayId::Id(Place::Json("/notificationId")))
    .retries(Retries::UNKNOWN.horizon(172_800))
    .build();

/// **Autotask PSA**, confidence B: `X-Hook-Signature: sha1=<base64>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. Same header name as Asana's but base64 SHA-1
/// with a prefix.
///
/// Source:
/// <https://www.autotask.net/help/developerhelp/Content/APIs/Webhooks/SecretKeyPayloadVerification.htm>.
pub static AUTOTASK: Scheme = Scheme::builder("autotask", "x-hook-signature")
    .about(About::new(
        "Autotask PSA",
        Family::RawBodyMac,
        Confidence::B,
        "https://www.autotask.net/help/developerhelp/Content/APIs/Webhooks/SecretKeyPayloadVerification.htm",
    ))
    .grammar(SHA1)
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .encoding(Encoding::Base64)
    .replay_id(ReplayId::Body)
    .build();

/// **Bitbucket Cloud and Data Center**, confidence A: `X-Hub-Signature: sha256=<hex>` over the
/// body.
///
/// The key is the secret's text. SHA-256 under the header name GitHub uses for SHA-1. Only sent
/// when a secret is set. Data Center names the delivery in X-Request-Id instead of X-Request-UUID.
/// Atlassian prints a test value: Hello World! under the secret It's a Secret to Everybody. Cloud:
/// ten-second timeout, two further attempts for connection failures and 5xx.
///
/// Source: <https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/>.
pub static BITBUCKET: Scheme = Scheme::builder("bitbucket", "x-hub-signature")
    .about(About::new(
        "Bitbucket Cloud and Data Center",
        Family::RawBodyMac,
        Confidence::A,
        "https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/",
    ))
    .grammar(SHA256)
    .delivery_id(Place::Header("x-request-uuid"))
    .event_type(Place::Header("x-event-key"))
    .replay_id(ReplayId::Body)
    .retries(
        Retries::UNKNOWN
            .acknowledge_within(10)
            .after_client_error(AfterClientError::Loses),
    )
    .build();

/// **Bolt**, confidence A: `X-Bolt-Hmac-Sha256: <base64>` over the body.
///
/// The key is the secret's text. For a GET the signed bytes are the query string instead of a body.
/// The plugin asks Bolt's API when the local check fails; that fallback is not needed.
///
/// Source: `BoltApp/bolt-magento2:Helper/Hook.php`.
pub static BOLT: Scheme = Scheme::builder("bolt", "x-bolt-hmac-sha256")
    .about(About::new(
        "Bolt",
        Family::RawBodyMac,
        Confidence::A,
        "BoltApp/bolt-magento2:Helper/Hook.php",
    ))
    .encoding(Encoding::Base64)
    .replay_id(ReplayId::Body)
    .build();

/// **Cal.com**, confidence A: `X-Cal-Signature-256: <hex>` over the body.
///
/// The key is the secret's text. Without a secret the header reads no-secret-provided.
///
/// Source: `calcom/cal.com:packages/features/webhooks/lib/sendPayload.ts`.
pub static CAL_COM: Scheme = Scheme::builder("cal-com", "x-cal-signature-256")
    .about(About::new(
        "Cal.com",
        Family::RawBodyMac,
        Confidence::A,
        "calcom/cal.com:packages/features/webhooks/lib/sendPayload.ts",
    ))
    .event_type(Place::Json("/triggerEvent"))
    .replay_id(ReplayId::Body)
    .build();

/// **Checkout.com**, confidence B: `Cko-Signature: <hex>` over the body.
///
/// The key is the secret's text. The key is the signature key given to the workflow's webhook
/// action; classic accounts used the secret API key. An Authorization header with a configured
/// value may accompany it. Sign-check the raw body: parsing and printing again changes the
/// precision of some numbers. Retries: 8 retries: after 5, 10, 15 and 30 min, 1 h, 4 h, 12 h and 12
/// h.
///
/// Source:
/// <https://www.checkout.com/docs/developer-resources/webhooks/manage-webhooks/set-up-your-webhook-receiver>.
pub static CHECKOUT_COM: Scheme = Scheme::builder("checkout-com", "cko-signature")
    .about(About::new(
        "Checkout.com",
        Family::RawBodyMac,
        Confidence::B,
        "https://www.checkout.com/docs/developer-resources/webhooks/manage-webhooks/set-up-your-webhook-receiver",
    ))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(Retries::UNKNOWN.horizon(108_000))
    .build();

/// **Checkr**, confidence C: `X-Checkr-Signature: <hex>` over the body.
///
/// The key is the secret's text. The key is the API key (or the partner's client secret). The
/// source computes this but lets a mismatch pass; other integrations use the API key and bare hex.
///
/// Source: `NangoHQ/nango:packages/server/lib/webhook/checkr-partner-webhook-routing.ts`.
pub static CHECKR: Scheme = Scheme::builder("checkr", "x-checkr-signature")
    .about(About::new(
        "Checkr",
        Family::RawBodyMac,
        Confidence::C,
        "NangoHQ/nango:packages/server/lib/webhook/checkr-partner-webhook-routing.ts",
    ))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **CircleCI**, confidence A: `circleci-signature: v1=<hex>,…` over the body.
///
/// The key is the secret's text. Only the newest known version may be checked, to stop a downgrade.
/// The vendor page prints worked examples. Retried on failure; answer 2xx within five seconds.
///
/// Source: `circleci/circleci-docs:docs/guides/modules/integration/pages/outbound-webhooks.adoc`.
pub static CIRCLECI: Scheme = Scheme::builder("circleci", "circleci-signature")
    .about(About::new(
        "CircleCI",
        Family::RawBodyMac,
        Confidence::A,
        "circleci/circleci-docs:docs/guides/modules/integration/pages/outbound-webhooks.adoc",
    ))
    .grammar(Grammar::List {
        prefix: "v1=",
        separator: b',',
    })
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Header("circleci-event-type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(Retries::UNKNOWN.acknowledge_within(5))
    .build();

/// **ClickUp**, confidence B: `X-Signature: <hex>` over the body.
///
/// The key is the secret's text. X-Signature is a generic name that many providers use. Replay
/// identity: webhook_id names the endpoint; task events carry history items, but folder, space and
/// goal events have neither id nor time and are byte-equal. A body may hold several events.
///
/// Source: <https://developer.clickup.com/docs/webhooksignature>.
pub static CLICKUP: Scheme = Scheme::builder("clickup", "x-signature")
    .about(
        About::new(
            "ClickUp",
            Family::RawBodyMac,
            Confidence::B,
            "https://developer.clickup.com/docs/webhooksignature",
        )
        .with_replay_note(
            "webhook_id names the endpoint; task events carry history items, but folder, space \
             and goal events have neither id nor time and are byte-equal",
        )
        .with_batches(),
    )
    .delivery_id(Place::Json("/webhook_id"))
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .build();

/// **Coinbase Commerce**, confidence A: `X-CC-Webhook-Signature: <hex>` over the body.
///
/// The key is the secret's text. The event sits under /event; /id names the delivery attempt group.
/// Secret is shared by all endpoints of the account. No 200: retried with exponential backoff for
/// up to three days, at most an hour apart. Replay identity: the record names /id, which is the
/// delivery's; attempt_number and scheduled_for change, so no body digest.
///
/// Source: `coinbase/coinbase-commerce-node:lib/Webhook.js`.
pub static COINBASE_COMMERCE: Scheme =
    Scheme::builder("coinbase-commerce", "x-cc-webhook-signature")
        .about(
            About::new(
                "Coinbase Commerce",
                Family::RawBodyMac,
                Confidence::A,
                "coinbase/coinbase-commerce-node:lib/Webhook.js",
            )
            .with_replay_note(
                "/id is the delivery's; attempt_number and scheduled_for change, so no body digest",
            ),
        )
        .delivery_id(Place::Json("/event/id"))
        .event_type(Place::Json("/event/type"))
        .replay_id(ReplayId::Id(Place::Json("/event/id")))
        .retries(Retries::UNKNOWN.horizon(259_200))
        .build();

/// **Coinify**, confidence A: `x-coinify-webhook-signature: <hex>` over the body.
///
/// The key is the secret's text. The vendor page prints a worked example. Replay identity: the
/// record names no delivery id; the vendor says that retries share this one.
///
/// Source: <https://coinify.readme.io/docs/webhook-signature>.
pub static COINIFY: Scheme = Scheme::builder("coinify", "x-coinify-webhook-signature")
    .about(
        About::new(
            "Coinify",
            Family::RawBodyMac,
            Confidence::A,
            "https://coinify.readme.io/docs/webhook-signature",
        )
        .with_replay_note("the vendor says that retries share this one"),
    )
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **ConnectWise PSA**, confidence C: `X-Content-Signature: <base64>` over the body.
///
/// The key is the SHA-256 of the secret's text. The shared key is fetched from /Metadata/key_url,
/// an unverified value: take only https addresses under myconnectwise.net. Two integrations agree;
/// the vendor's page was not read.
///
/// Source: `NangoHQ/nango:packages/server/lib/webhook/connectwise-psa-webhook-routing.ts`.
pub static CONNECTWISE_PSA: Scheme = Scheme::builder("connectwise-psa", "x-content-signature")
    .about(About::new(
        "ConnectWise PSA",
        Family::RawBodyMac,
        Confidence::C,
        "NangoHQ/nango:packages/server/lib/webhook/connectwise-psa-webhook-routing.ts",
    ))
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::TextDigest(Digest::Sha256))
    .event_type(Place::Json("/Type"))
    .replay_id(ReplayId::Body)
    .build();

/// **Convoy (simple signature)**, confidence A: `X-Convoy-Signature: <hex>` over the body.
///
/// The key is the secret's text. Hash (SHA-256 or SHA-512) and encoding (hex or base64) are project
/// settings; this preset is SHA-256 hex. The vendor tests hold vectors. Replay identity: a gateway:
/// bodies are others' and may repeat byte for byte; the event id header is not signed.
///
/// Source: `frain-dev/convoy:pkg/signature/signature.go`.
pub static CONVOY: Scheme = Scheme::builder("convoy", "x-convoy-signature")
    .about(
        About::new(
            "Convoy (simple signature)",
            Family::RawBodyMac,
            Confidence::A,
            "frain-dev/convoy:pkg/signature/signature.go",
        )
        .with_replay_note(
            "a gateway: bodies are others' and may repeat byte for byte; the event id header is \
             not signed",
        ),
    )
    .delivery_id(Place::Header("x-convoy-event-id"))
    .replay_id(ReplayId::Body)
    .build();

/// **Creem**, confidence A: `creem-signature: <hex>` over the body.
///
/// The key is the secret's text.
///
/// Source: `armitage-labs/creem-skills:creem-api/WEBHOOKS.md`.
pub static CREEM: Scheme = Scheme::builder("creem", "creem-signature")
    .about(About::new(
        "Creem",
        Family::RawBodyMac,
        Confidence::A,
        "armitage-labs/creem-skills:creem-api/WEBHOOKS.md",
    ))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/eventType"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(Retries::UNKNOWN.horizon(3_990))
    .build();

/// **Cronofy**, confidence A: `Cronofy-HMAC-SHA256: <base64>,…` over the body.
///
/// The key is the secret's text. Several base64 values parted by commas while the client secret is
/// rotated. The key is the client secret. Replay identity: changes_since is all that tells
/// notifications of one channel apart.
///
/// Source: `cronofy/cronofy-ruby:lib/cronofy/client.rb`.
pub static CRONOFY: Scheme = Scheme::builder("cronofy", "cronofy-hmac-sha256")
    .about(
        About::new(
            "Cronofy",
            Family::RawBodyMac,
            Confidence::A,
            "cronofy/cronofy-ruby:lib/cronofy/client.rb",
        )
        .with_handshake("A signed verification notification when a channel is made; answer 2xx.")
        .with_replay_note("changes_since is all that tells notifications of one channel apart"),
    )
    .grammar(Grammar::List {
        prefix: "",
        separator: b',',
    })
    .encoding(Encoding::Base64)
    .event_type(Place::Json("/notification/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **Datasaur**, confidence A: `X-Datasaur-Signature: <hex>` over the body.
///
/// The key is the secret's text.
///
/// Source: <https://docs.datasaur.ai/integrations/webhook-notifications/webhook-signature>.
pub static DATASAUR: Scheme = Scheme::builder("datasaur", "x-datasaur-signature")
    .about(About::new(
        "Datasaur",
        Family::RawBodyMac,
        Confidence::A,
        "https://docs.datasaur.ai/integrations/webhook-notifications/webhook-signature",
    ))
    .replay_id(ReplayId::Body)
    .build();

/// **Deel**, confidence B: `x-deel-signature: <hex>` over `POST{body}`.
///
/// The key is the secret's text. The text POST stands before the body in the signed bytes. The
/// documentation shows the header as 64 lower-case hex digits. x-deel-hmac-label names the signing
/// key where there are several subscriptions; the event id header was not seen again on a second
/// reading.
///
/// Source: <https://developer.deel.com/v2.1.112/docs/webhooks-get-started>.
pub static DEEL: Scheme = Scheme::builder("deel", "x-deel-signature")
    .about(About::new(
        "Deel",
        Family::RawBodyMac,
        Confidence::B,
        "https://developer.deel.com/v2.1.112/docs/webhooks-get-started",
    ))
    .content(&[Part::Literal("POST"), Part::Body])
    .delivery_id(Place::Header("x-deel-webhook-event-id"))
    .event_type(Place::Json("/data/meta/event_type"))
    .replay_id(ReplayId::Body)
    .build();

/// **Deliveroo**, confidence A: `X-Deliveroo-Hmac-Sha256: <hex>` over `{X-Deliveroo-Sequence-Guid}
/// {body}`.
///
/// The key is the secret's text. A single space parts the GUID and the body; legacy POS webhooks
/// use space, newline, space. Replay identity: the sequence GUID is signed, but sources differ on
/// whether it stays on a retry; take it only as a UUID, the space after it occurs in bodies too.
///
/// Source: <https://api-docs.deliveroo.com/docs/securing-webhooks>.
pub static DELIVEROO: Scheme = Scheme::builder("deliveroo", "x-deliveroo-hmac-sha256")
    .about(
        About::new(
            "Deliveroo",
            Family::RawBodyMac,
            Confidence::A,
            "https://api-docs.deliveroo.com/docs/securing-webhooks",
        )
        .with_replay_note(
            "the sequence GUID is signed, but sources differ on whether it stays on a retry; take \
             it only as a UUID, the space after it occurs in bodies too",
        ),
    )
    .content(&[
        Part::Header("x-deliveroo-sequence-guid"),
        Part::Literal(" "),
        Part::Body,
    ])
    .delivery_id(Place::Header("x-deliveroo-sequence-guid"))
    .replay_id(ReplayId::Body)
    .build();

/// **Docusign Connect**, confidence B: `X-DocuSign-Signature-1: <base64>` over the body.
///
/// The key is the secret's text. One numbered header per active key; a match with any is enough.
/// The body is signed byte for byte, line endings included. Retries: growing gaps up to 24 hours
/// apart for 15 days. Replay identity: retryCount in the body changes at each attempt: a retry is
/// not recognised.
///
/// Source: <https://developers.docusign.com/platform/webhooks/connect/validate>.
pub static DOCUSIGN: Scheme = Scheme::builder("docusign", "x-docusign-signature-1")
    .about(
        About::new(
            "Docusign Connect",
            Family::RawBodyMac,
            Confidence::B,
            "https://developers.docusign.com/platform/webhooks/connect/validate",
        )
        .with_replay_note(
            "retryCount in the body changes at each attempt: a retry is not recognised",
        ),
    )
    .numbered(Numbered {
        prefix: "x-docusign-signature-",
        last: 100,
    })
    .encoding(Encoding::Base64)
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(100).horizon(1_296_000))
    .build();

/// **Dropbox**, confidence A: `X-Dropbox-Signature: <hex>` over the body.
///
/// The key is the secret's text. The key is the app secret. Replay identity: bodies name accounts
/// only and are byte-equal for every change of one account; unstamped: a digest would lose
/// notifications. A body may hold several events.
///
/// Source: `dropbox/mdwebhook:app.py`.
pub static DROPBOX: Scheme = Scheme::builder("dropbox", "x-dropbox-signature")
    .about(
        About::new(
            "Dropbox",
            Family::RawBodyMac,
            Confidence::A,
            "dropbox/mdwebhook:app.py",
        )
        .with_handshake(
            "GET with challenge: answer 200 with the challenge, Content-Type text/plain and \
             X-Content-Type-Options nosniff, within 10 s.",
        )
        .with_replay_note(
            "bodies name accounts only and are byte-equal for every change of one account; \
             unstamped: a digest would lose notifications",
        )
        .with_batches(),
    )
    .replay_id(ReplayId::Indistinct)
    .retries(Retries::UNKNOWN.acknowledge_within(10))
    .build();

/// **Dwolla**, confidence B: `X-Request-Signature-SHA-256: <hex>` over the body.
///
/// The key is the secret's text. Key is the secret given when the subscription was created.
/// X-Dwolla-Topic repeats the topic, unsigned. Up to eight retries over 72 hours; a subscription
/// pauses after 400 consecutive failures and 24 hours without a success.
///
/// Source: <https://developers.dwolla.com/guides/webhooks/validating-webhooks.html>.
pub static DWOLLA: Scheme = Scheme::builder("dwolla", "x-request-signature-sha-256")
    .about(About::new(
        "Dwolla",
        Family::RawBodyMac,
        Confidence::B,
        "https://developers.dwolla.com/guides/webhooks/validating-webhooks.html",
    ))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/topic"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(
        Retries::UNKNOWN
            .acknowledge_within(10)
            .after_client_error(AfterClientError::Retries)
            .horizon(259_200),
    )
    .build();

/// **EasyPost**, confidence A: `X-Hmac-Signature: hmac-sha256-hex=<hex>` over the body.
///
/// The key is the secret's text. The secret is normalised with Unicode NFKD before UTF-8 encoding.
/// Floats in the body keep their decimal point (614.0): hash the raw bytes. The vendor's SDKs
/// normalise the secret to NFKD before use; it matters only for secrets that are not ASCII. Retried
/// when the answer is not 2xx within seven seconds; endpoints that keep failing are disabled.
/// Replay identity: the event's status and lists of URLs change between attempts, so no body
/// digest.
///
/// Source: `EasyPost/easypost-python:easypost/util.py`.
pub static EASYPOST: Scheme = Scheme::builder("easypost", "x-hmac-signature")
    .about(
        About::new(
            "EasyPost",
            Family::RawBodyMac,
            Confidence::A,
            "EasyPost/easypost-python:easypost/util.py",
        )
        .with_replay_note(
            "the event's status and lists of URLs change between attempts, so no body digest",
        ),
    )
    .grammar(Grammar::Prefixed {
        prefix: "hmac-sha256-hex=",
        optional: false,
    })
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/description"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(
        Retries::UNKNOWN
            .acknowledge_within(7)
            .after_client_error(AfterClientError::Retries),
    )
    .build();

/// **Fitbit**, confidence C: `X-Fitbit-Signature: <base64>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text and then `&`. The vendor announced the end of
/// the legacy Fitbit Web API: support ended on 30 September 2026 and it was to be switched off on 2
/// November 2026. Replay identity: bodies name collection, date and owner only and are byte-equal
/// for later changes of one day; unstamped. A body may hold several events.
///
/// Source: <https://dev.fitbit.com/build/reference/web-api/developer-guide/using-subscriptions/>.
pub static FITBIT: Scheme = Scheme::builder("fitbit", "x-fitbit-signature")
    .about(
        About::new(
            "Fitbit",
            Family::RawBodyMac,
            Confidence::C,
            "https://dev.fitbit.com/build/reference/web-api/developer-guide/using-subscriptions/",
        )
        .with_handshake(
            "GET with verify=CODE: answer 204 for the right code and 404 for a wrong one; both \
             are tried.",
        )
        .with_replay_note(
            "bodies name collection, date and owner only and are byte-equal for later changes of \
             one day; unstamped",
        )
        .with_batches(),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::TextThen("&"))
    .replay_id(ReplayId::Indistinct)
    .retries(Retries::UNKNOWN.acknowledge_within(5))
    .build();

/// **Flinks Pay**, confidence B: `X-Webhook-Signature: sha256=<hex>` over the body.
///
/// The key is the secret's text. Hex is upper case: compare decoded bytes. Answer 401 on mismatch.
///
/// Source: <https://docs.flinks.com/guides/pay/geft/webhooks/client-setup>.
pub static FLINKS_PAY: Scheme = Scheme::builder("flinks-pay", "x-webhook-signature")
    .about(About::new(
        "Flinks Pay",
        Family::RawBodyMac,
        Confidence::B,
        "https://docs.flinks.com/guides/pay/geft/webhooks/client-setup",
    ))
    .encoding(Encoding::HexUpper)
    .grammar(SHA256)
    .replay_id(ReplayId::Body)
    .build();

/// **Flutterwave v4**, confidence C: `flutterwave-signature: <base64>` over the body.
///
/// The key is the secret's text. HMAC-SHA256 over the raw body in base64, keyed with the secret
/// hash as UTF-8; v3 repeats that text in verif-hash instead. A copy of an early v4 page compares
/// the header with the secret hash itself; deliveries seen in the field hold base64.
///
/// Source: <https://developer.flutterwave.com/docs/webhooks>.
pub static FLUTTERWAVE_V4: Scheme = Scheme::builder("flutterwave-v4", "flutterwave-signature")
    .about(About::new(
        "Flutterwave v4",
        Family::RawBodyMac,
        Confidence::C,
        "https://developer.flutterwave.com/docs/webhooks",
    ))
    .encoding(Encoding::Base64)
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **Forgejo**, confidence A: `X-Forgejo-Signature: <hex>` over the body.
///
/// The key is the secret's text. X-Gitea-Signature, X-Gogs-Signature and X-Hub-Signature-256 are
/// sent beside it for compatibility, and X-Hub-Signature with SHA-1. A hook without a secret sends
/// the header empty: refuse empty. The source read is a mirror of Forgejo's own server.
///
/// Source: `saschazepter/forgejo:services/webhook/shared/payloader.go`.
pub static FORGEJO: Scheme = Scheme::builder("forgejo", "x-forgejo-signature")
    .about(About::new(
        "Forgejo",
        Family::RawBodyMac,
        Confidence::A,
        "saschazepter/forgejo:services/webhook/shared/payloader.go",
    ))
    .delivery_id(Place::Header("x-forgejo-delivery"))
    .event_type(Place::Header("x-forgejo-event"))
    .replay_id(ReplayId::Body)
    .build();

/// **Fourthwall**, confidence B: `X-Fourthwall-Hmac-SHA256: <base64>` over the body.
///
/// The key is the secret's text.
///
/// Source: <https://docs.fourthwall.com/webhooks/signature-verification>.
pub static FOURTHWALL: Scheme = Scheme::builder("fourthwall", "x-fourthwall-hmac-sha256")
    .about(About::new(
        "Fourthwall",
        Family::RawBodyMac,
        Confidence::B,
        "https://docs.fourthwall.com/webhooks/signature-verification",
    ))
    .encoding(Encoding::Base64)
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **Fourthwall platform apps**, confidence B: `X-Fourthwall-Hmac-Apps-SHA256: <base64>` over the
/// body.
///
/// The key is the secret's text. Same algorithm as shop webhooks with the app HMAC key.
///
/// Source: <https://docs.fourthwall.com/platform/webhooks/signature-verification>.
pub static FOURTHWALL_APPS: Scheme =
    Scheme::builder("fourthwall-apps", "x-fourthwall-hmac-apps-sha256")
        .about(About::new(
            "Fourthwall platform apps",
            Family::RawBodyMac,
            Confidence::B,
            "https://docs.fourthwall.com/platform/webhooks/signature-verification",
        ))
        .encoding(Encoding::Base64)
        .delivery_id(Place::Json("/id"))
        .event_type(Place::Json("/type"))
        .replay_id(ReplayId::Id(Place::Json("/id")))
        .build();

/// **Front rule webhooks**, confidence B: `X-Front-Signature: <base64>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. The MAC is over the compact JSON text of the
/// payload; the raw body normally is that text. Same header name as Front's application webhooks
/// but SHA-1 and no timestamp. The key is the API secret.
///
/// Source: <https://dev.frontapp.com/docs/rule-webhooks>.
pub static FRONT_RULES: Scheme = Scheme::builder("front-rules", "x-front-signature")
    .about(About::new(
        "Front rule webhooks",
        Family::RawBodyMac,
        Confidence::B,
        "https://dev.frontapp.com/docs/rule-webhooks",
    ))
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .encoding(Encoding::Base64)
    .replay_id(ReplayId::Body)
    .build();

/// **Stream (Chat, Feeds, Video)**, confidence A: `X-Signature: <hex>` over the body.
///
/// The key is the secret's text. X-Api-Key names the app; the key is the API secret. X-Signature is
/// a generic name. Replay identity: X-Webhook-Id stays on retries but is not signed.
///
/// Source: `GetStream/stream-chat-python:stream_chat/base/client.py`.
pub static GETSTREAM: Scheme = Scheme::builder("getstream", "x-signature")
    .about(
        About::new(
            "Stream (Chat, Feeds, Video)",
            Family::RawBodyMac,
            Confidence::A,
            "GetStream/stream-chat-python:stream_chat/base/client.py",
        )
        .with_replay_note("X-Webhook-Id stays on retries but is not signed"),
    )
    .delivery_id(Place::Header("x-webhook-id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **Gitea**, confidence A: `X-Gitea-Signature: <hex>` over the body.
///
/// The key is the secret's text. Bare hex; X-Gogs-Signature repeats it, X-Hub-Signature-256 carries
/// it after sha256=, X-Hub-Signature a SHA-1 one. With no secret set every signature header is sent
/// empty (or as the bare prefix): refuse empty. What is signed is the JSON payload: under the form
/// content type that is the decoded payload field, not the body, and with the GET method the query
/// value.
///
/// Source: `go-gitea/gitea:services/webhook/deliver.go`.
pub static GITEA: Scheme = Scheme::builder("gitea", "x-gitea-signature")
    .about(About::new(
        "Gitea",
        Family::RawBodyMac,
        Confidence::A,
        "go-gitea/gitea:services/webhook/deliver.go",
    ))
    .delivery_id(Place::Header("x-gitea-delivery"))
    .event_type(Place::Header("x-gitea-event"))
    .replay_id(ReplayId::Body)
    .build();

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
    .about(
        About::new(
            "GitHub",
            Family::RawBodyMac,
            Confidence::A,
            "octokit/webhooks-methods.js:src/node/verify.ts",
        )
        .with_handshake("A ping event is sent when the hook is created.")
        .with_replay_note("X-GitHub-Delivery stays on a redelivery but is not signed"),
    )
    .grammar(SHA256)
    .delivery_id(Place::Header("x-github-delivery"))
    .event_type(Place::Header("x-github-event"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(10))
    .build();

/// **GitHub Enterprise Server**, confidence A: `X-Hub-Signature-256: sha256=<hex>` over the body.
///
/// The key is the secret's text. Same scheme as github; X-GitHub-Enterprise-Host and -Version
/// headers are added. Replay identity: X-GitHub-Delivery stays on a redelivery but is not signed.
///
/// Source: `github/docs:content/webhooks/using-webhooks/validating-webhook-deliveries.md`.
pub static GITHUB_ENTERPRISE: Scheme = Scheme::builder("github-enterprise", "x-hub-signature-256")
    .about(
        About::new(
            "GitHub Enterprise Server",
            Family::RawBodyMac,
            Confidence::A,
            "github/docs:content/webhooks/using-webhooks/validating-webhook-deliveries.md",
        )
        .with_replay_note("X-GitHub-Delivery stays on a redelivery but is not signed"),
    )
    .grammar(SHA256)
    .delivery_id(Place::Header("x-github-delivery"))
    .event_type(Place::Header("x-github-event"))
    .replay_id(ReplayId::Body)
    .build();

/// **GoCardless**, confidence A: `Webhook-Signature: <hex>` over the body.
///
/// The key is the secret's text. One request batches up to 250 events. The vendor recommends status
/// 498 for a bad signature. Header name is close to Standard Webhooks but the value is bare hex.
/// Retried up to eight times at increasing intervals when the endpoint does not answer 2xx within
/// ten seconds. Replay identity: names the request, not the endpoint, in spite of its name; older
/// requests without it fall back to the body's digest. A body may hold several events.
///
/// Source: `gocardless/gocardless-pro-python:gocardless_pro/webhooks.py`.
pub static GOCARDLESS: Scheme = Scheme::builder("gocardless", "webhook-signature")
    .about(
        About::new(
            "GoCardless",
            Family::RawBodyMac,
            Confidence::A,
            "gocardless/gocardless-pro-python:gocardless_pro/webhooks.py",
        )
        .with_replay_note(
            "names the request, not the endpoint, in spite of its name; older requests without it \
             fall back to the body's digest",
        )
        .with_batches(),
    )
    .delivery_id(Place::Json("/meta/webhook_id"))
    .replay_id(ReplayId::Id(Place::Json("/meta/webhook_id")))
    .retries(
        Retries::UNKNOWN
            .acknowledge_within(10)
            .after_client_error(AfterClientError::Retries),
    )
    .build();

/// **Grafana Alerting webhook (no timestamp)**, confidence A: `X-Grafana-Alerting-Signature: <hex>`
/// over the body.
///
/// The key is the secret's text. Header name can be changed by the operator. Signature is only sent
/// when a secret is set. Replay identity: reminders of an alert that still fires may be byte-equal
/// and count as one.
///
/// Source: `grafana/alerting:http/hmac.go`.
pub static GRAFANA_ALERTING: Scheme =
    Scheme::builder("grafana-alerting", "x-grafana-alerting-signature")
        .about(
            About::new(
                "Grafana Alerting webhook (no timestamp)",
                Family::RawBodyMac,
                Confidence::A,
                "grafana/alerting:http/hmac.go",
            )
            .with_replay_note(
                "reminders of an alert that still fires may be byte-equal and count as one",
            ),
        )
        .replay_id(ReplayId::Body)
        .build();

/// **Greenhouse**, confidence B: `Signature: sha256 <hex>` over the body.
///
/// The key is the secret's text. A space, not an equals sign, follows sha256. Non-ASCII is sent as
/// \u escapes; keep the raw bytes. Retries: 7 tries over about 15 hours. Replay identity:
/// Greenhouse-Event-ID is not signed.
///
/// Source: <https://developers.greenhouse.io/webhooks.html>.
pub static GREENHOUSE: Scheme = Scheme::builder("greenhouse", "signature")
    .about(
        About::new(
            "Greenhouse",
            Family::RawBodyMac,
            Confidence::B,
            "https://developers.greenhouse.io/webhooks.html",
        )
        .with_handshake("A ping delivery at creation; answer 200.")
        .with_replay_note("Greenhouse-Event-ID is not signed"),
    )
    .grammar(Grammar::Prefixed {
        prefix: "sha256 ",
        optional: false,
    })
    .delivery_id(Place::Header("greenhouse-event-id"))
    .event_type(Place::Json("/action"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.horizon(54_000))
    .build();

/// **Gusto**, confidence C: `X-Gusto-Signature: <hex>` over the body.
///
/// The key is the secret's text. The key is the subscription's verification_token. The
/// documentation gives no encoding; hex is what integrations in public use compute. Retries: up to
/// 16 retries with exponential backoff.
///
/// Source: <https://docs.gusto.com/embedded-payroll/docs/webhooks>.
pub static GUSTO: Scheme = Scheme::builder("gusto", "x-gusto-signature")
    .about(
        About::new(
            "Gusto",
            Family::RawBodyMac,
            Confidence::C,
            "https://docs.gusto.com/embedded-payroll/docs/webhooks",
        )
        .with_handshake(
            "POST with {\"verification_token\":\"...\"}: answer 2xx, then send the token back by \
             a PUT to the verify endpoint; the token is the key afterwards.",
        ),
    )
    .delivery_id(Place::Json("/uuid"))
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::Id(Place::Json("/uuid")))
    .build();

/// **Help Scout**, confidence B: `X-HelpScout-Signature: <base64>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. App side-panel calls carry
/// X-HelpScout-Signature as a query parameter over their own parameters; that is another scheme.
/// Replay identity: convo.created and convo.assigned of one conversation may have equal bodies
/// (event is an unsigned header): an endpoint an event.
///
/// Source: <http://developer.helpscout.net/help-desk-api/webhooks/>.
pub static HELPSCOUT: Scheme = Scheme::builder("helpscout", "x-helpscout-signature")
    .about(
        About::new(
            "Help Scout",
            Family::RawBodyMac,
            Confidence::B,
            "http://developer.helpscout.net/help-desk-api/webhooks/",
        )
        .with_replay_note(
            "convo.created and convo.assigned of one conversation may have equal bodies (event is \
             an unsigned header): an endpoint an event",
        ),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .encoding(Encoding::Base64)
    .event_type(Place::Header("x-helpscout-event"))
    .replay_id(ReplayId::Body)
    .build();

/// **Heroku**, confidence C: `Heroku-Webhook-Hmac-SHA256: <base64>` over the body.
///
/// The key is the secret's text. The Authorization header may carry the configured value too.
/// Replay identity: webhook_metadata/attempt/id changes at each attempt, so no body digest; a
/// delivery is one event for one webhook.
///
/// Source: `getsentry/sentry:src/sentry_plugins/heroku/plugin.py`.
pub static HEROKU: Scheme = Scheme::builder("heroku", "heroku-webhook-hmac-sha256")
    .about(
        About::new(
            "Heroku",
            Family::RawBodyMac,
            Confidence::C,
            "getsentry/sentry:src/sentry_plugins/heroku/plugin.py",
        )
        .with_replay_note(
            "webhook_metadata/attempt/id changes at each attempt, so no body digest; a delivery \
             is one event for one webhook",
        ),
    )
    .encoding(Encoding::Base64)
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/webhook_metadata/event/include"))
    .replay_id(ReplayId::Id(Place::Json("/webhook_metadata/delivery/id")))
    .build();

/// **Hookdeck**, confidence B: `X-Hookdeck-Signature: <base64>` over the body.
///
/// The key is the secret's text. X-Hookdeck-Signature-2 carries the value under the second secret
/// during rotation. The original provider signature is forwarded too. Replay identity: a gateway:
/// bodies are others' and may repeat byte for byte; the event id header is not signed.
///
/// Source:
/// `hookdeck/webhook-skills:skills/hookdeck-event-gateway-webhooks/references/verification.md`.
pub static HOOKDECK: Scheme = Scheme::builder("hookdeck", "x-hookdeck-signature")
    .about(
        About::new(
            "Hookdeck",
            Family::RawBodyMac,
            Confidence::B,
            "hookdeck/webhook-skills:skills/hookdeck-event-gateway-webhooks/references/verification.md",
        )
        .with_replay_note(
            "a gateway: bodies are others' and may repeat byte for byte; the event id header is \
             not signed",
        ),
    )
    .encoding(Encoding::Base64)
    .delivery_id(Place::Header("x-hookdeck-eventid"))
    .replay_id(ReplayId::Body)
    .build();

/// **Intercom**, confidence B: `X-Hub-Signature: sha1=<hex>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. SHA-1 is all that Intercom offers. The key
/// is the app's client secret; the API v1 subscriptions of old had a hub_secret of their own.
/// Retries: one retry after 1 minute. 410 disables. Replay identity: delivery_attempts and other
/// fields change at each attempt, so no body digest; /data/item/id is the object's.
///
/// Source:
/// <https://developers.intercom.com/intercom-api-reference/v1.0/reference/signed-notifications>.
pub static INTERCOM: Scheme = Scheme::builder("intercom", "x-hub-signature")
    .about(
        About::new(
            "Intercom",
            Family::RawBodyMac,
            Confidence::B,
            "https://developers.intercom.com/intercom-api-reference/v1.0/reference/signed-notifications",
        )
        .with_handshake("HEAD or a ping notification at registration; answer 200.")
        .with_replay_note(
            "delivery_attempts and other fields change at each attempt, so no body digest; \
             /data/item/id is the object's",
        ),
    )
    .grammar(SHA1)
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/topic"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(Retries::UNKNOWN.acknowledge_within(5).horizon(60))
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

/// **Jira admin webhooks**, confidence B: `X-Hub-Signature: sha256=<hex>` over the body.
///
/// The key is the secret's text. Prefix names the method; only sha256 is accepted. Sent only when a
/// secret is set. Cloud and Data Center sign alike; webhooks that an app registers (OAuth, Connect)
/// are not signed this way. Up to five retries at 5 to 15 minutes on 408, 409, 425, 429 and 5xx.
/// Replay identity: X-Atlassian-Webhook-Identifier stays on retries but is not signed.
///
/// Source: <https://confluence.atlassian.com/adminjiraserver/managing-webhooks-938846912.html>.
pub static JIRA: Scheme = Scheme::builder("jira", "x-hub-signature")
    .about(
        About::new(
            "Jira admin webhooks",
            Family::RawBodyMac,
            Confidence::B,
            "https://confluence.atlassian.com/adminjiraserver/managing-webhooks-938846912.html",
        )
        .with_replay_note("X-Atlassian-Webhook-Identifier stays on retries but is not signed"),
    )
    .grammar(SHA256)
    .delivery_id(Place::Header("x-atlassian-webhook-identifier"))
    .event_type(Place::Json("/webhookEvent"))
    .replay_id(ReplayId::Body)
    .retries(
        Retries::UNKNOWN
            .after_client_error(AfterClientError::Loses)
            .horizon(4_500),
    )
    .build();

/// **Jobber**, confidence A: `X-Jobber-Hmac-SHA256: <base64>` over the body.
///
/// The key is the secret's text. The key is the app's client secret. The vendor's sample
/// re-serialises the parsed data object; others verify the raw body.
///
/// Source:
/// `GetJobber/Jobber-AppTemplate-RailsAPI:app/controllers/webhooks/webhook_receiver_controller.rb`.
pub static JOBBER: Scheme = Scheme::builder("jobber", "x-jobber-hmac-sha256")
    .about(About::new(
        "Jobber",
        Family::RawBodyMac,
        Confidence::A,
        "GetJobber/Jobber-AppTemplate-RailsAPI:app/controllers/webhooks/webhook_receiver_controller.rb",
    ))
    .encoding(Encoding::Base64)
    .event_type(Place::Json("/data/webHookEvent/topic"))
    .replay_id(ReplayId::Body)
    .build();

/// **LaunchDarkly**, confidence B: `X-LD-Signature: <hex>` over the body.
///
/// The key is the secret's text. Sent only when the webhook is configured with signing. One retry;
/// order is not kept, so sort by the date field. Replay identity: the audit log entry's id.
///
/// Source: <https://launchdarkly.com/docs/home/infrastructure/webhooks>.
pub static LAUNCHDARKLY: Scheme = Scheme::builder("launchdarkly", "x-ld-signature")
    .about(
        About::new(
            "LaunchDarkly",
            Family::RawBodyMac,
            Confidence::B,
            "https://launchdarkly.com/docs/home/infrastructure/webhooks",
        )
        .with_replay_note("the audit log entry's id"),
    )
    .delivery_id(Place::Json("/_id"))
    .event_type(Place::Json("/kind"))
    .replay_id(ReplayId::Id(Place::Json("/_id")))
    .build();

/// **Leaf Agriculture**, confidence B: `X-Leaf-Signature: <base64>` over the body.
///
/// The key is the secret's text.
///
/// Source: <https://docs.withleaf.io/alerts/authentication>.
pub static LEAF: Scheme = Scheme::builder("leaf", "x-leaf-signature")
    .about(About::new(
        "Leaf Agriculture",
        Family::RawBodyMac,
        Confidence::B,
        "https://docs.withleaf.io/alerts/authentication",
    ))
    .encoding(Encoding::Base64)
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **Lemon Squeezy**, confidence A: `X-Signature: <hex>` over the body.
///
/// The key is the secret's text. X-Signature is shared by many providers; choose the preset by
/// route, never by header. The signing secret is free text chosen by the merchant. The header
/// X-Event-Name repeats /meta/event_name but is not signed. Replay identity: meta/webhook_id is not
/// documented as the delivery's.
///
/// Source: `lmsqueezy/laravel:src/Http/Middleware/VerifyWebhookSignature.php`.
pub static LEMONSQUEEZY: Scheme = Scheme::builder("lemonsqueezy", "x-signature")
    .about(
        About::new(
            "Lemon Squeezy",
            Family::RawBodyMac,
            Confidence::A,
            "lmsqueezy/laravel:src/Http/Middleware/VerifyWebhookSignature.php",
        )
        .with_replay_note("meta/webhook_id is not documented as the delivery's"),
    )
    .event_type(Place::Json("/meta/event_name"))
    .replay_id(ReplayId::Body)
    .build();

/// **LINE Messaging API**, confidence A: `X-Line-Signature: <base64>` over the body.
///
/// The key is the secret's text. The key is the channel secret. Several events may come in one
/// body. The header's letter case varies by sender. Replay identity: isRedelivery in the body turns
/// true on a redelivery, which is then not recognised; webhookEventId is an item's. A body may hold
/// several events.
///
/// Source: `line/line-bot-sdk-nodejs:test/validate-signature.spec.ts`.
pub static LINE: Scheme = Scheme::builder("line", "x-line-signature")
    .about(
        About::new(
            "LINE Messaging API",
            Family::RawBodyMac,
            Confidence::A,
            "line/line-bot-sdk-nodejs:test/validate-signature.spec.ts",
        )
        .with_handshake(
            "The console's verify button posts a body with an empty events array; answer 200.",
        )
        .with_replay_note(
            "isRedelivery in the body turns true on a redelivery, which is then not recognised; \
             webhookEventId is an item's",
        )
        .with_batches(),
    )
    .encoding(Encoding::Base64)
    .delivery_id(Place::Json("/events/0/webhookEventId"))
    .replay_id(ReplayId::Body)
    .build();

/// **LINE WORKS bots**, confidence B: `X-WORKS-Signature: <base64>` over the body.
///
/// The key is the secret's text. The key is the bot secret. In API 1.0 the key was the API ID; in
/// 2.0 it is the bot secret. X-WORKS-BotId names the bot, unsigned.
///
/// Source: <https://developers.worksmobile.com/en/docs/bot-callback>.
pub static LINE_WORKS: Scheme = Scheme::builder("line-works", "x-works-signature")
    .about(About::new(
        "LINE WORKS bots",
        Family::RawBodyMac,
        Confidence::B,
        "https://developers.worksmobile.com/en/docs/bot-callback",
    ))
    .encoding(Encoding::Base64)
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **Linear**, confidence A: `Linear-Signature: <hex>` over the body.
///
/// The key is the secret's text. The stamp is inside the signed body, in milliseconds, with a
/// one-minute window; a body without one is refused. The linear-timestamp header is not signed and
/// is never a substitute. Five-second window; three retries after one minute, one hour and six
/// hours. Replay identity: webhookTimestamp in the body is the time of sending, so a retry is not
/// recognised; webhookId names the endpoint.
///
/// Source: `linear/linear:packages/sdk/src/webhooks/client.ts`.
pub static LINEAR: Scheme = Scheme::builder("linear", "linear-signature")
    .about(
        About::new(
            "Linear",
            Family::RawBodyMac,
            Confidence::A,
            "linear/linear:packages/sdk/src/webhooks/client.ts",
        )
        .with_replay_note(
            "webhookTimestamp in the body is the time of sending, so a retry is not recognised; \
             webhookId names the endpoint",
        ),
    )
    .timestamp(Timestamp::At(Place::Json("/webhookTimestamp")))
    .unit(Unit::Millis)
    .tolerance(Tolerance::symmetric(60))
    .delivery_id(Place::Header("linear-delivery"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(5).horizon(25_260))
    .build();

/// **LinkedIn**, confidence C: `X-LI-Signature: <hex>` over `hmacsha256={body}`.
///
/// The key is the secret's text. The text hmacsha256= stands before the body in the signed bytes,
/// not before the hex; the documentation can be read both ways. The key is the client secret;
/// parent-child apps add applicationId to pick it. notificationId belongs to an item of the body,
/// not to the delivery. Replay identity: notificationId belongs to an item; lead notices have none.
/// A body may hold several events.
///
/// Source: <https://learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation>.
pub static LINKEDIN: Scheme = Scheme::builder("linkedin", "x-li-signature")
    .about(
        About::new(
            "LinkedIn",
            Family::RawBodyMac,
            Confidence::C,
            "https://learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation",
        )
        .with_handshake(
            "GET with challengeCode: answer 200 JSON {challengeCode, challengeResponse: hex \
             HMAC-SHA256(client secret, challengeCode)} within 3 s; repeated every 2 hours.",
        )
        .with_replay_note("notificationId belongs to an item; lead notices have none")
        .with_batches(),
    )
    .content(&[Part::Literal("hmacsha256="), Part::Body])
    .delivery_id(Place::Json("/notificationId"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **Lyft**, confidence C: `X-Lyft-Signature: sha256=<base64>` over the body.
///
/// The key is the secret's text.
///
/// Source: <https://developer.lyft.com/docs/webhooks>.
pub static LYFT: Scheme = Scheme::builder("lyft", "x-lyft-signature")
    .about(About::new(
        "Lyft",
        Family::RawBodyMac,
        Confidence::C,
        "https://developer.lyft.com/docs/webhooks",
    ))
    .grammar(SHA256)
    .encoding(Encoding::Base64)
    .delivery_id(Place::Json("/event_id"))
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::Id(Place::Json("/event_id")))
    .build();

/// **MailerSend**, confidence A: `Signature: <hex>` over the body.
///
/// The key is the secret's text. The header is just Signature, which other providers also use. The
/// README of the vendor's Node library reads x-mailersend-signature; the documentation as Symfony
/// cites it and Symfony's parser read Signature. The webhook.test ping is signed with one public
/// secret: never accept that secret for other events.
///
/// Source: `mailersend/mailersend-nodejs:src/services/mailersend.utils.ts`.
pub static MAILERSEND: Scheme = Scheme::builder("mailersend", "signature")
    .about(About::new(
        "MailerSend",
        Family::RawBodyMac,
        Confidence::A,
        "mailersend/mailersend-nodejs:src/services/mailersend.utils.ts",
    ))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **Mailtrap**, confidence B: `Mailtrap-Signature: <hex>` over the body.
///
/// The key is the secret's text. Lower-case hex; the key is the webhook's signing secret. A body
/// may hold several events.
///
/// Source: <https://github.com/mailtrap/mailtrap-ruby/pull/110>.
pub static MAILTRAP: Scheme = Scheme::builder("mailtrap", "mailtrap-signature")
    .about(
        About::new(
            "Mailtrap",
            Family::RawBodyMac,
            Confidence::B,
            "https://github.com/mailtrap/mailtrap-ruby/pull/110",
        )
        .with_batches(),
    )
    .replay_id(ReplayId::Body)
    .build();

/// **Maxio Advanced Billing (Chargify)**, confidence C: `X-Chargify-Webhook-Signature-Hmac-Sha-256:
/// <hex>` over the body.
///
/// The key is the secret's text. The body is form-encoded (event=...&payload\[...\]); its raw bytes
/// are signed. The legacy signature, an MD5 of the shared key and body, is ignored. Key is the site
/// shared key. X-Chargify-Webhook-Id repeats the id, unsigned. Retries: at once, 10 s, 15 s, 90 s,
/// 180 s. Replay identity: id in the form equals X-Chargify-Webhook-Id by memory only, so not used.
///
/// Source: <https://docs.maxio.com/hc/en-us/articles/24266136649869-Webhooks-Reference>.
pub static MAXIO: Scheme = Scheme::builder("maxio", "x-chargify-webhook-signature-hmac-sha-256")
    .about(
        About::new(
            "Maxio Advanced Billing (Chargify)",
            Family::RawBodyMac,
            Confidence::C,
            "https://docs.maxio.com/hc/en-us/articles/24266136649869-Webhooks-Reference",
        )
        .with_replay_note(
            "id in the form equals X-Chargify-Webhook-Id by memory only, so not used",
        ),
    )
    .delivery_id(Place::Form("id"))
    .event_type(Place::Form("event"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(15).horizon(295))
    .build();

/// **Meta (Facebook, Instagram, Messenger)**, confidence A: `X-Hub-Signature-256: sha256=<hex>`
/// over the body.
///
/// The key is the secret's text. The key is the app secret. Meta signs its own escaped JSON (\uXXXX
/// with lower-case hex); keep the raw bytes. X-Hub-Signature (sha1=) is still sent beside it, and
/// some of Meta's older samples read only that. The same header name is used by GitHub and others.
/// Retries: immediately, then falling frequency over 36 hours. Replay identity: that a retry holds
/// the same batch is not documented. A body may hold several events.
///
/// Source: `fbsamples/whatsapp-business-jaspers-market:app.js`.
pub static META: Scheme = Scheme::builder("meta", "x-hub-signature-256")
    .about(
        About::new(
            "Meta (Facebook, Instagram, Messenger)",
            Family::RawBodyMac,
            Confidence::A,
            "fbsamples/whatsapp-business-jaspers-market:app.js",
        )
        .with_handshake(
            "GET with hub.mode=subscribe, hub.challenge and hub.verify_token: compare the token, \
             answer 200 with the bare challenge.",
        )
        .with_replay_note("that a retry holds the same batch is not documented")
        .with_batches(),
    )
    .grammar(SHA256)
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.horizon(129_600))
    .build();

/// **Microsoft Teams outgoing webhook**, confidence A: `Authorization: HMAC <base64>` over the
/// body.
///
/// The key is the base64 that the secret is. The security token is base64; decode it first. The
/// scheme word in Authorization is HMAC.
///
/// Source:
/// `OfficeDev/microsoft-teams-sample-outgoing-webhook:WebhookSampleBot/Models/AuthProvider.cs`.
pub static MICROSOFT_TEAMS_OUTGOING: Scheme = Scheme::builder(
    "microsoft-teams-outgoing",
    "authorization",
)
.about(About::new(
    "Microsoft Teams outgoing webhook",
    Family::RawBodyMac,
    Confidence::A,
    "OfficeDev/microsoft-teams-sample-outgoing-webhook:WebhookSampleBot/Models/AuthProvider.cs",
))
.grammar(Grammar::Prefixed {
    prefix: "HMAC ",
    optional: false,
})
.encoding(Encoding::Base64)
.key_format(KeyFormat::Base64 { prefix: "" })
.replay_id(ReplayId::Body)
.retries(Retries::UNKNOWN.acknowledge_within(5))
.build();

/// **Modern Treasury**, confidence A: `X-Signature: <hex>` over the body.
///
/// The key is the secret's text. X-Signature is shared by many providers. Separate keys for sandbox
/// and production.
///
/// Source: `Modern-Treasury/modern-treasury-python:src/modern_treasury/resources/webhooks.py`.
pub static MODERN_TREASURY: Scheme = Scheme::builder("modern-treasury", "x-signature")
    .about(About::new(
        "Modern Treasury",
        Family::RawBodyMac,
        Confidence::A,
        "Modern-Treasury/modern-treasury-python:src/modern_treasury/resources/webhooks.py",
    ))
    .delivery_id(Place::Header("x-webhook-id"))
    .event_type(Place::Header("x-topic"))
    .replay_id(ReplayId::Body)
    .build();

/// **Mollie next-gen webhooks**, confidence A: `X-Mollie-Signature: sha256=<hex>` over the body.
///
/// The key is the secret's text. The vendor validator accepts the value with or without the sha256=
/// prefix. Several header lines may be present while a secret is rotated; one match is enough.
/// Classic webhooks are unsigned and carry only an id to fetch.
///
/// Source: `mollie/mollie-api-php:src/Webhooks/SignatureValidator.php`.
pub static MOLLIE: Scheme = Scheme::builder("mollie", "x-mollie-signature")
    .about(About::new(
        "Mollie next-gen webhooks",
        Family::RawBodyMac,
        Confidence::A,
        "mollie/mollie-api-php:src/Webhooks/SignatureValidator.php",
    ))
    .grammar(SHA256)
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **MongoDB Atlas alerts**, confidence B: `X-MMS-Signature: <base64>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. Sent only when a webhook secret is set. An
/// old Cloud Manager page says hex; the Atlas page and the integrations say base64.
///
/// Source: <https://www.mongodb.com/docs/atlas/tutorial/webhook-integration/>.
pub static MONGODB_ATLAS: Scheme = Scheme::builder("mongodb-atlas", "x-mms-signature")
    .about(About::new(
        "MongoDB Atlas alerts",
        Family::RawBodyMac,
        Confidence::B,
        "https://www.mongodb.com/docs/atlas/tutorial/webhook-integration/",
    ))
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .encoding(Encoding::Base64)
    .event_type(Place::Header("x-mms-event"))
    .replay_id(ReplayId::Body)
    .build();

/// **Notion**, confidence A: `X-Notion-Signature: sha256=<hex>` over the body.
///
/// The key is the secret's text. Key is the verification token of the subscription. The SDK accepts
/// upper or lower case hex. Replay identity: attempt_number in the body changes at each attempt, so
/// no body digest.
///
/// Source: `makenotion/notion-sdk-js:src/webhooks.ts`.
pub static NOTION: Scheme = Scheme::builder("notion", "x-notion-signature")
    .about(
        About::new(
            "Notion",
            Family::RawBodyMac,
            Confidence::A,
            "makenotion/notion-sdk-js:src/webhooks.ts",
        )
        .with_handshake(
            "The first POST holds verification_token, unsigned; store it and paste it into the \
             settings page; it becomes the key.",
        )
        .with_replay_note("attempt_number in the body changes at each attempt, so no body digest"),
    )
    .grammar(SHA256)
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **npm registry hooks**, confidence A: `x-npm-signature: sha256=<hex>` over the body.
///
/// The key is the secret's text. The service has been retired; kept for old senders and mirrors.
///
/// Source: `npm/npm-hook-receiver:index.js`.
pub static NPM: Scheme = Scheme::builder("npm", "x-npm-signature")
    .about(About::new(
        "npm registry hooks",
        Family::RawBodyMac,
        Confidence::A,
        "npm/npm-hook-receiver:index.js",
    ))
    .grammar(SHA256)
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .build();

/// **Nylas v3**, confidence A: `X-Nylas-Signature: <hex>` over the body.
///
/// The key is the secret's text. The key is webhook_secret, shown once when the webhook is made. If
/// compressed delivery is on, the signature covers the compressed bytes. The letter case of the
/// header varies. The vendor's CLI also accepts a sha256= prefix and capitals, which the service
/// does not send. Replay identity: webhook_delivery_attempt in the body changes, so no body digest;
/// never the id of the object under /data.
///
/// Source: `nylas/cli:internal/adapters/webhookserver/signature.go`.
pub static NYLAS: Scheme = Scheme::builder("nylas", "x-nylas-signature")
    .about(
        About::new(
            "Nylas v3",
            Family::RawBodyMac,
            Confidence::A,
            "nylas/cli:internal/adapters/webhookserver/signature.go",
        )
        .with_handshake(
            "GET with challenge in the query: answer 200 within 10 s with the exact value as the \
             body, not chunked.",
        )
        .with_replay_note(
            "webhook_delivery_attempt in the body changes, so no body digest; never the id of the \
             object under /data",
        ),
    )
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **Onfido**, confidence A: `X-SHA2-Signature: <hex>` over the body.
///
/// The key is the secret's text. Older accounts also see X-Signature (SHA-1); ignore it. Key is the
/// webhook token.
///
/// Source: `onfido/onfido-python:onfido/webhook_event_verifier.py`.
pub static ONFIDO: Scheme = Scheme::builder("onfido", "x-sha2-signature")
    .about(About::new(
        "Onfido",
        Family::RawBodyMac,
        Confidence::A,
        "onfido/onfido-python:onfido/webhook_event_verifier.py",
    ))
    .event_type(Place::Json("/payload/action"))
    .replay_id(ReplayId::Body)
    .build();

/// **Onfleet**, confidence B: `X-Onfleet-Signature: <hex>` over the body.
///
/// The MAC is HMAC-SHA512. The key is the hex that the secret is.
///
/// Source: <https://docs.onfleet.com/reference/secrets>.
pub static ONFLEET: Scheme = Scheme::builder("onfleet", "x-onfleet-signature")
    .about(
        About::new(
            "Onfleet",
            Family::RawBodyMac,
            Confidence::B,
            "https://docs.onfleet.com/reference/secrets",
        )
        .with_handshake("GET with a check query value: answer 200 with the value as the body."),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha512))
    .key_format(KeyFormat::Hex)
    .replay_id(ReplayId::Body)
    .build();

/// **Pagar.me v4**, confidence A: `X-Hub-Signature: sha1=<hex>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. Key is the API key; the signed bytes are the
/// raw form-encoded postback. v5 accounts use HTTP Basic instead: check the account version.
///
/// Source: `pagarme/pagarme-python:pagarme/postback.py`.
pub static PAGARME: Scheme = Scheme::builder("pagarme", "x-hub-signature")
    .about(About::new(
        "Pagar.me v4",
        Family::RawBodyMac,
        Confidence::A,
        "pagarme/pagarme-python:pagarme/postback.py",
    ))
    .grammar(SHA1)
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .replay_id(ReplayId::Body)
    .build();

/// **PagerDuty v3 webhooks**, confidence A: `X-PagerDuty-Signature: v1=<hex>,…` over the body.
///
/// The key is the secret's text. One signature per live secret, comma-separated. X-Webhook-Id names
/// the delivery and is unsigned; /event/id is signed. An empty body is refused by the vendor
/// helper. Use 400 for a malformed header and 403 for a mismatch so that the sender does not retry.
/// A 4xx stops redelivery; other failures are retried for a while, then the subscription is
/// disabled. Replay identity: X-Webhook-Id is not signed.
///
/// Source: `PagerDuty/go-pagerduty:webhookv3/webhookv3.go`.
pub static PAGERDUTY: Scheme = Scheme::builder("pagerduty", "x-pagerduty-signature")
    .about(
        About::new(
            "PagerDuty v3 webhooks",
            Family::RawBodyMac,
            Confidence::A,
            "PagerDuty/go-pagerduty:webhookv3/webhookv3.go",
        )
        .with_replay_note("X-Webhook-Id is not signed"),
    )
    .grammar(Grammar::List {
        prefix: "v1=",
        separator: b',',
    })
    .delivery_id(Place::Header("x-webhook-id"))
    .event_type(Place::Json("/event/event_type"))
    .replay_id(ReplayId::Id(Place::Json("/event/id")))
    .retries(Retries::UNKNOWN.after_client_error(AfterClientError::Loses))
    .build();

/// **PandaDoc**, confidence B: `<hex>` in the query's `signature` over the body.
///
/// The key is the secret's text. The signature is a query parameter added to the registered URL.
/// Replay identity: X-PandaDoc-Webhook-Event-Id stays on retries but is not signed. A body may hold
/// several events.
///
/// Source: <https://developers.pandadoc.com/docs/webhook-verification>.
pub static PANDADOC: Scheme = Scheme::builder_at("pandadoc", Place::Query("signature"))
    .about(
        About::new(
            "PandaDoc",
            Family::RawBodyMac,
            Confidence::B,
            "https://developers.pandadoc.com/docs/webhook-verification",
        )
        .with_replay_note("X-PandaDoc-Webhook-Event-Id stays on retries but is not signed")
        .with_batches(),
    )
    .event_type(Place::Json("/0/event"))
    .replay_id(ReplayId::Body)
    .build();

/// **Paystack**, confidence A: `x-paystack-signature: <hex>` over the body.
///
/// The MAC is HMAC-SHA512. The key is the secret's text. The key is the account secret key
/// (sk_...), so rotating the API key rotates the webhook key. A newer stamped form
/// (t=...,v1=kid:hex over t.body, SHA-512) has been published by the vendor; its rollout is not
/// described here. Live: every three minutes for the first four tries, then hourly for 72 hours;
/// test: hourly for ten hours.
///
/// Source:
/// `PaystackOSS/doc-code-snippets:src/doc/payments/webhooks/verifying-transaction/index.js`.
pub static PAYSTACK: Scheme = Scheme::builder("paystack", "x-paystack-signature")
    .about(About::new(
        "Paystack",
        Family::RawBodyMac,
        Confidence::A,
        "PaystackOSS/doc-code-snippets:src/doc/payments/webhooks/verifying-transaction/index.js",
    ))
    .algorithm(Algorithm::Hmac(Digest::Sha512))
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.horizon(259_920))
    .build();

/// **PlanetScale**, confidence B: `X-PlanetScale-Signature: <hex>` over the body.
///
/// The key is the secret's text. Bare lowercase hex.
///
/// Source: `planetscale/docs:docs/concepts/webhooks.md`.
pub static PLANETSCALE: Scheme = Scheme::builder("planetscale", "x-planetscale-signature")
    .about(
        About::new(
            "PlanetScale",
            Family::RawBodyMac,
            Confidence::B,
            "planetscale/docs:docs/concepts/webhooks.md",
        )
        .with_handshake("A test event is posted on creation; answer 2xx."),
    )
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .build();

/// **Primer**, confidence C: `X-Signature-Primary: <base64>` over the body.
///
/// The key is the secret's text. X-Signature-Secondary is sent for 24 hours after the secret is
/// rotated and carries the value under the outgoing secret. The body holds signedAt, a unix stamp,
/// which is signed; the documentation advises a window but names none here. SHA-256 is inferred:
/// the page read says HMAC and base64 only. Replay identity: signedAt in the body may be new at
/// each attempt.
///
/// Source: <https://primer.io/docs/api-reference/get-started/configure-webhooks>.
pub static PRIMER: Scheme = Scheme::builder("primer", "x-signature-primary")
    .about(
        About::new(
            "Primer",
            Family::RawBodyMac,
            Confidence::C,
            "https://primer.io/docs/api-reference/get-started/configure-webhooks",
        )
        .with_replay_note("signedAt in the body may be new at each attempt"),
    )
    .encoding(Encoding::Base64)
    .event_type(Place::Json("/eventType"))
    .replay_id(ReplayId::Body)
    .build();

/// **Pulumi Cloud**, confidence A: `Pulumi-Webhook-Signature: <hex>` over the body.
///
/// The key is the secret's text.
///
/// Source: `pulumi/examples:aws-ts-pulumi-webhooks/index.ts`.
pub static PULUMI: Scheme = Scheme::builder("pulumi", "pulumi-webhook-signature")
    .about(About::new(
        "Pulumi Cloud",
        Family::RawBodyMac,
        Confidence::A,
        "pulumi/examples:aws-ts-pulumi-webhooks/index.ts",
    ))
    .delivery_id(Place::Header("pulumi-webhook-id"))
    .event_type(Place::Header("pulumi-webhook-kind"))
    .replay_id(ReplayId::Body)
    .build();

/// **Pusher Channels**, confidence A: `X-Pusher-Signature: <hex>` over the body.
///
/// The key is the secret's text. The timestamp is in milliseconds. X-Pusher-Key names the app key.
/// The SDK refuses a time_ms more than 5 minutes off. Replay identity: time_ms may be stamped anew
/// at a retry. A body may hold several events.
///
/// Source: `pusher/pusher-http-python:pusher/authentication_client.py`.
pub static PUSHER: Scheme = Scheme::builder("pusher", "x-pusher-signature")
    .about(
        About::new(
            "Pusher Channels",
            Family::RawBodyMac,
            Confidence::A,
            "pusher/pusher-http-python:pusher/authentication_client.py",
        )
        .with_replay_note("time_ms may be stamped anew at a retry")
        .with_batches(),
    )
    .timestamp(Timestamp::At(Place::Json("/time_ms")))
    .unit(Unit::Millis)
    .replay_id(ReplayId::Body)
    .build();

/// **QuickBooks Online (Intuit)**, confidence A: `intuit-signature: <base64>` over the body.
///
/// The key is the secret's text. The key is the app's verifier token. Replay identity: that a retry
/// holds the same batch is not documented. A body may hold several events.
///
/// Source: `IntuitDeveloper/SampleApp-Webhooks-nodejs:util/util.js`.
pub static QUICKBOOKS: Scheme = Scheme::builder("quickbooks", "intuit-signature")
    .about(
        About::new(
            "QuickBooks Online (Intuit)",
            Family::RawBodyMac,
            Confidence::A,
            "IntuitDeveloper/SampleApp-Webhooks-nodejs:util/util.js",
        )
        .with_replay_note("that a retry holds the same batch is not documented")
        .with_batches(),
    )
    .encoding(Encoding::Base64)
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(3))
    .build();

/// **Razorpay**, confidence A: `X-Razorpay-Signature: <hex>` over the body.
///
/// The key is the secret's text. The webhook secret is not the API key secret. Payment and
/// subscription callbacks use other strings (order|payment, payment|subscription) with the API
/// secret. Non-2xx answers are retried with exponential backoff for 24 hours, after which the
/// webhook is disabled. Replay identity: x-razorpay-event-id is documented for this but not signed.
///
/// Source: `razorpay/razorpay-python:razorpay/utility/utility.py`.
pub static RAZORPAY: Scheme = Scheme::builder("razorpay", "x-razorpay-signature")
    .about(
        About::new(
            "Razorpay",
            Family::RawBodyMac,
            Confidence::A,
            "razorpay/razorpay-python:razorpay/utility/utility.py",
        )
        .with_replay_note("x-razorpay-event-id is documented for this but not signed"),
    )
    .delivery_id(Place::Header("x-razorpay-event-id"))
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .retries(
        Retries::UNKNOWN
            .after_client_error(AfterClientError::Retries)
            .horizon(86_400),
    )
    .build();

/// **SavvyCal**, confidence A: `x-savvycal-signature: sha256=<hex>` over the body.
///
/// The key is the secret's text. Upper-case hex. x-savvycal-webhook-id holds a wh_ id, not the
/// payload's own id. The newer SavvyCal Appointments API puts the type at /data/type. Retries:
/// exponential.
///
/// Source: <https://developers.savvycal.app/webhooks>.
pub static SAVVYCAL: Scheme = Scheme::builder("savvycal", "x-savvycal-signature")
    .about(About::new(
        "SavvyCal",
        Family::RawBodyMac,
        Confidence::A,
        "https://developers.savvycal.app/webhooks",
    ))
    .encoding(Encoding::HexUpper)
    .grammar(SHA256)
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **Segment**, confidence A: `X-Signature: <hex>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. X-Signature is a generic name. The signed
/// text is the JSON.stringify output that is also the body; the header is missing where no shared
/// secret is set. In the actions destination the body is whatever the mapping puts in data, so type
/// and messageId may be absent. 5xx answers are retried for up to 4 hours. Replay identity: chosen
/// by the source, so whoever writes to the source can make two events collide.
///
/// Source:
/// `segmentio/action-destinations:packages/destination-actions/src/destinations/webhook/index.ts`.
pub static SEGMENT: Scheme = Scheme::builder("segment", "x-signature")
    .about(
        About::new(
            "Segment",
            Family::RawBodyMac,
            Confidence::A,
            "segmentio/action-destinations:packages/destination-actions/src/destinations/webhook/index.ts",
        )
        .with_replay_note(
            "chosen by the source, so whoever writes to the source can make two events collide",
        ),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .delivery_id(Place::Json("/messageId"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/messageId")))
    .retries(
        Retries::UNKNOWN
            .after_client_error(AfterClientError::Loses)
            .horizon(14_400),
    )
    .build();

/// **Sendbird**, confidence B: `x-sendbird-signature: <hex>` over the body.
///
/// The key is the secret's text. The key is the application's master API token, never a secondary
/// one. The documentation says only SHA-256; its sample and receivers show HMAC and hex.
///
/// Source: <https://docs.sendbird.com/docs/chat/platform-api/v3/webhook/webhook-overview>.
pub static SENDBIRD: Scheme = Scheme::builder("sendbird", "x-sendbird-signature")
    .about(About::new(
        "Sendbird",
        Family::RawBodyMac,
        Confidence::B,
        "https://docs.sendbird.com/docs/chat/platform-api/v3/webhook/webhook-overview",
    ))
    .event_type(Place::Json("/category"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(5))
    .build();

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

/// **Sentry integration platform**, confidence A: `Sentry-Hook-Signature: <hex>` over the body.
///
/// The key is the secret's text. Key is the integration client secret. Older alert-rule UI calls
/// use Sentry-App-Signature with the same value. Requests with no body are signed over the empty
/// string: a framework that turns that into {} must not hash the braces. Sentry-Hook-Timestamp is
/// not signed. The vendor samples hash a re-serialised body; hash the raw bytes. Answer within one
/// second; some resources are retried up to three times over a few minutes. Replay identity:
/// requests without a body have no identity.
///
/// Source:
/// `getsentry/integration-platform-example:backend-ts/src/api/middleware/verifySentrySignature.ts`.
pub static SENTRY: Scheme = Scheme::builder("sentry", "sentry-hook-signature")
    .about(
        About::new(
            "Sentry integration platform",
            Family::RawBodyMac,
            Confidence::A,
            "getsentry/integration-platform-example:backend-ts/src/api/middleware/verifySentrySignature.ts",
        )
        .with_replay_note("requests without a body have no identity"),
    )
    .delivery_id(Place::Header("request-id"))
    .event_type(Place::Header("sentry-hook-resource"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(1))
    .build();

/// **Shopify**, confidence A: `X-Shopify-Hmac-Sha256: <base64>` over the body.
///
/// The key is the secret's text. Key is the app client secret (admin-made webhooks use the key
/// shown on the notifications page). Topic, shop and delivery id are unsigned headers.
/// X-Shopify-Event-Id is shared by deliveries of one action. Answer 401 on mismatch: app review
/// checks it. Five-second window; eight retries over four hours, after which an API-made
/// subscription is removed. Replay identity: documented ids are unsigned headers; orders/create and
/// orders/paid of one order may have equal bodies (topic is an unsigned header): an endpoint a
/// topic.
///
/// Source: `Shopify/shopify-api-js:packages/shopify-api/lib/webhooks/validate.ts`.
pub static SHOPIFY: Scheme = Scheme::builder("shopify", "x-shopify-hmac-sha256")
    .about(
        About::new(
            "Shopify",
            Family::RawBodyMac,
            Confidence::A,
            "Shopify/shopify-api-js:packages/shopify-api/lib/webhooks/validate.ts",
        )
        .with_replay_note(
            "documented ids are unsigned headers; orders/create and orders/paid of one order may \
             have equal bodies (topic is an unsigned header): an endpoint a topic",
        ),
    )
    .encoding(Encoding::Base64)
    .delivery_id(Place::Header("x-shopify-webhook-id"))
    .event_type(Place::Header("x-shopify-topic"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(5).horizon(14_400))
    .build();

/// **Sinch Numbers**, confidence A: `X-Sinch-Signature: <hex>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text.
///
/// Source:
/// `sinch/sinch-sdk-python:sinch/domains/authentication/sinch_events/v1/authentication_validation.py`.
pub static SINCH_NUMBERS: Scheme = Scheme::builder("sinch-numbers", "x-sinch-signature")
    .about(About::new(
        "Sinch Numbers",
        Family::RawBodyMac,
        Confidence::A,
        "sinch/sinch-sdk-python:sinch/domains/authentication/sinch_events/v1/authentication_validation.py",
    ))
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .replay_id(ReplayId::Body)
    .build();

/// **Smartsheet**, confidence A: `Smartsheet-Hmac-SHA256: <hex>` over the body.
///
/// The key is the secret's text. The key is the webhook's sharedSecret. The verification request
/// comes again after every 100 callbacks. The vendor's Java sample prints the digest as a number,
/// which drops leading zeros; its JavaScript sample does not. A body may hold several events.
///
/// Source: `smartsheet-platform/api-docs:source/_webhooks.html.md.erb`.
pub static SMARTSHEET: Scheme = Scheme::builder("smartsheet", "smartsheet-hmac-sha256")
    .about(
        About::new(
            "Smartsheet",
            Family::RawBodyMac,
            Confidence::A,
            "smartsheet-platform/api-docs:source/_webhooks.html.md.erb",
        )
        .with_handshake(
            "POST with Smartsheet-Hook-Challenge: answer 200 with the same value in \
             Smartsheet-Hook-Response, or JSON {\"smartsheetHookResponse\":\"...\"}.",
        )
        .with_batches(),
    )
    .replay_id(ReplayId::Body)
    .build();

/// **Snyk**, confidence B: `X-Hub-Signature: sha256=<hex>` over the body.
///
/// The key is the secret's text. Header name matches older GitHub but the prefix is sha256=.
/// X-Snyk-Event holds name and version, such as project_snapshot/v0. X-Snyk-Timestamp is not
/// signed.
///
/// Source:
/// <https://docs.snyk.io/developer-tools/snyk-api/using-specific-snyk-apis/webhooks-apis/validation-and-versioning-of-payloads>.
pub static SNYK: Scheme = Scheme::builder("snyk", "x-hub-signature")
    .about(
        About::new(
            "Snyk",
            Family::RawBodyMac,
            Confidence::B,
            "https://docs.snyk.io/developer-tools/snyk-api/using-specific-snyk-apis/webhooks-apis/validation-and-versioning-of-payloads",
        )
        .with_handshake("A ping event is sent on creation."),
    )
    .grammar(SHA256)
    .delivery_id(Place::Header("x-snyk-transport-id"))
    .event_type(Place::Header("x-snyk-event"))
    .replay_id(ReplayId::Body)
    .build();

/// **SonarQube and SonarCloud**, confidence A: `X-Sonar-Webhook-HMAC-SHA256: <hex>` over the body.
///
/// The key is the secret's text. Sent only when a secret is set. The sender waits about ten seconds
/// for the answer. User and password in the webhook's URL are sent as Basic credentials besides.
///
/// Source: <https://docs.sonarsource.com/sonarqube-server/latest/project-administration/webhooks/>.
pub static SONARQUBE: Scheme = Scheme::builder("sonarqube", "x-sonar-webhook-hmac-sha256")
    .about(About::new(
        "SonarQube and SonarCloud",
        Family::RawBodyMac,
        Confidence::A,
        "https://docs.sonarsource.com/sonarqube-server/latest/project-administration/webhooks/",
    ))
    .replay_id(ReplayId::Body)
    .build();

/// **Squarespace Commerce**, confidence B: `Squarespace-Signature: <hex>` over the body.
///
/// The key is the hex that the secret is. Key is the hex secret decoded to bytes. Replay identity:
/// documented as the notification's id; that a retry repeats it is not said.
///
/// Source: <https://developers.squarespace.com/webhooks/verifying-notifications>.
pub static SQUARESPACE: Scheme = Scheme::builder("squarespace", "squarespace-signature")
    .about(
        About::new(
            "Squarespace Commerce",
            Family::RawBodyMac,
            Confidence::B,
            "https://developers.squarespace.com/webhooks/verifying-notifications",
        )
        .with_replay_note(
            "documented as the notification's id; that a retry repeats it is not said",
        ),
    )
    .key_format(KeyFormat::Hex)
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/topic"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **Storyblok**, confidence A: `webhook-signature: <hex>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. HMAC-SHA1 in bare hex under the header name
/// Standard Webhooks uses. Replay identity: no time and no id: publishing one story twice gives the
/// same bytes; unstamped.
///
/// Source: `storyblok/symfony-bundle:src/Controller/WebhookController.php`.
pub static STORYBLOK: Scheme = Scheme::builder("storyblok", "webhook-signature")
    .about(
        About::new(
            "Storyblok",
            Family::RawBodyMac,
            Confidence::A,
            "storyblok/symfony-bundle:src/Controller/WebhookController.php",
        )
        .with_replay_note(
            "no time and no id: publishing one story twice gives the same bytes; unstamped",
        ),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .event_type(Place::Json("/action"))
    .replay_id(ReplayId::Indistinct)
    .build();

/// **Strike**, confidence B: `X-Webhook-Signature: <hex>` over the body.
///
/// The key is the secret's text. X-Webhook-Signature is shared by many providers with other
/// encodings. Replay identity: deliverySuccess in the body may change, so no body digest.
///
/// Source: <https://docs.strike.me/webhooks/signature-verification>.
pub static STRIKE: Scheme = Scheme::builder("strike", "x-webhook-signature")
    .about(
        About::new(
            "Strike",
            Family::RawBodyMac,
            Confidence::B,
            "https://docs.strike.me/webhooks/signature-verification",
        )
        .with_replay_note("deliverySuccess in the body may change, so no body digest"),
    )
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/eventType"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **Sumsub**, confidence C: `x-payload-digest: <hex>` over the body.
///
/// The key is the secret's text. X-Payload-Digest-Alg names HMAC_SHA256_HEX, HMAC_SHA512_HEX or the
/// old HMAC_SHA1_HEX; pin the one configured, do not let the header choose. Five-second timeout;
/// four resends after 5 minutes, 1 hour, 5 hours and 18 hours.
///
/// Source: <https://docs.sumsub.com/docs/webhook-manager>.
pub static SUMSUB: Scheme = Scheme::builder("sumsub", "x-payload-digest")
    .about(About::new(
        "Sumsub",
        Family::RawBodyMac,
        Confidence::C,
        "https://docs.sumsub.com/docs/webhook-manager",
    ))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(5).horizon(86_700))
    .build();

/// **Tally**, confidence C: `Tally-Signature: <base64>` over the body.
///
/// The key is the secret's text. The MAC is over the compact JSON text. Retries: after 5 min, 30
/// min, 1 h, 6 h, 1 day.
///
/// Source: <https://tally.so/help/webhooks>.
pub static TALLY: Scheme = Scheme::builder("tally", "tally-signature")
    .about(About::new(
        "Tally",
        Family::RawBodyMac,
        Confidence::C,
        "https://tally.so/help/webhooks",
    ))
    .encoding(Encoding::Base64)
    .delivery_id(Place::Json("/eventId"))
    .event_type(Place::Json("/eventType"))
    .replay_id(ReplayId::Id(Place::Json("/eventId")))
    .retries(
        Retries::UNKNOWN
            .acknowledge_within(10)
            .after_client_error(AfterClientError::Retries)
            .horizon(113_700),
    )
    .build();

/// **HCP Terraform notifications**, confidence B: `X-TFE-Notification-Signature: <hex>` over the
/// body.
///
/// The MAC is HMAC-SHA512. The key is the secret's text. Workspace (health) notifications have the
/// trigger at /trigger instead. Sent only when a token is set; the key is that token as text. A
/// body may hold several events.
///
/// Source:
/// `hashicorp/terraform-docs-common:website/docs/cloud-docs/api-docs/notification-configurations.mdx`.
pub static TERRAFORM_CLOUD: Scheme =
    Scheme::builder("terraform-cloud", "x-tfe-notification-signature")
        .about(
            About::new(
                "HCP Terraform notifications",
                Family::RawBodyMac,
                Confidence::B,
                "hashicorp/terraform-docs-common:website/docs/cloud-docs/api-docs/notification-configurations.mdx",
            )
            .with_handshake(
                "A verification payload is posted when the configuration is enabled; answer 2xx.",
            )
            .with_batches(),
        )
        .algorithm(Algorithm::Hmac(Digest::Sha512))
        .event_type(Place::Json("/notifications/0/trigger"))
        .replay_id(ReplayId::Body)
        .build();

/// **HCP Terraform run tasks**, confidence A: `X-TFC-Task-Signature: <hex>` over the body.
///
/// The MAC is HMAC-SHA512. The key is the secret's text. The test request at registration is signed
/// too.
///
/// Source: `hashicorp/terraform-run-task-scaffolding-go:internal/sdk/handler/hmac.go`.
pub static TERRAFORM_RUN_TASK: Scheme =
    Scheme::builder("terraform-run-task", "x-tfc-task-signature")
        .about(
            About::new(
                "HCP Terraform run tasks",
                Family::RawBodyMac,
                Confidence::A,
                "hashicorp/terraform-run-task-scaffolding-go:internal/sdk/handler/hmac.go",
            )
            .with_handshake(
                "A test request with access_token test-token is sent on registration; answer 200.",
            ),
        )
        .algorithm(Algorithm::Hmac(Digest::Sha512))
        .event_type(Place::Json("/stage"))
        .replay_id(ReplayId::Body)
        .build();

/// **TikTok Shop**, confidence A: `Authorization: <hex>` over `{app_key}{body}`.
///
/// The key is the secret's text. The app key text stands before the body in the signed bytes. The
/// hex stands alone in Authorization, without Bearer. The type is a number for which the page read
/// gives no list. No stamp is checked: drop repeats by tts_notification_id. The page was read in a
/// stored copy of May 2026; its printed vector was recomputed, and EcomPHP/tiktokshop-php agrees.
/// Read in a third party's notes (hookdeck/webhook-skills), not on the vendor's page. Retries: 4
/// retries: after 2 min, 30 min, 3 h and 12 h.
///
/// Source: <https://partner.tiktokshop.com/docv2/page/tts-webhooks-overview>.
pub static TIKTOK_SHOP: Scheme = Scheme::builder("tiktok-shop", "authorization")
    .about(About::new(
        "TikTok Shop",
        Family::RawBodyMac,
        Confidence::A,
        "https://partner.tiktokshop.com/docv2/page/tts-webhooks-overview",
    ))
    .content(&[Part::Config("app_key"), Part::Body])
    .delivery_id(Place::Json("/tts_notification_id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(3).horizon(55_920))
    .build();

/// **Todoist**, confidence A: `X-Todoist-Hmac-SHA256: <base64>` over the body.
///
/// The key is the secret's text. The key is the app's client secret. Retries: 3 retries, 15 min
/// apart.
///
/// Source: `Doist/todoist-sdk-typescript:src/utils/webhook-parser.ts`.
pub static TODOIST: Scheme = Scheme::builder("todoist", "x-todoist-hmac-sha256")
    .about(About::new(
        "Todoist",
        Family::RawBodyMac,
        Confidence::A,
        "Doist/todoist-sdk-typescript:src/utils/webhook-parser.ts",
    ))
    .encoding(Encoding::Base64)
    .delivery_id(Place::Header("x-todoist-delivery-id"))
    .event_type(Place::Json("/event_name"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.horizon(2_700))
    .build();

/// **Typeform**, confidence A: `Typeform-Signature: sha256=<base64>` over the body.
///
/// The key is the secret's text. Base64 after sha256=. The body ends in a newline; keep it. Without
/// a secret no header is sent. Retries: every 2 to 3 min for 429, 408, 503, 423; backoff 5 min to
/// 10 h for other errors. 410 and 404 disable the webhook.
///
/// Source: <https://www.typeform.com/developers/webhooks/secure-your-webhooks/>.
pub static TYPEFORM: Scheme = Scheme::builder("typeform", "typeform-signature")
    .about(About::new(
        "Typeform",
        Family::RawBodyMac,
        Confidence::A,
        "https://www.typeform.com/developers/webhooks/secure-your-webhooks/",
    ))
    .grammar(SHA256)
    .encoding(Encoding::Base64)
    .delivery_id(Place::Json("/event_id"))
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::Id(Place::Json("/event_id")))
    .retries(Retries::UNKNOWN.acknowledge_within(30))
    .build();

/// **Uber**, confidence B: `X-Uber-Signature: <hex>` over the body.
///
/// The key is the secret's text. The key is the app's client secret (or a webhook signing key where
/// one was set). Uber Direct also sends X-Postmates-Signature with the same value. Uber Direct uses
/// the webhook's own signing key, and its body names the event in kind.
///
/// Source: <https://developer.uber.com/docs/vehicles/guides/webhooks>.
pub static UBER: Scheme = Scheme::builder("uber", "x-uber-signature")
    .about(About::new(
        "Uber",
        Family::RawBodyMac,
        Confidence::B,
        "https://developer.uber.com/docs/vehicles/guides/webhooks",
    ))
    .delivery_id(Place::Json("/event_id"))
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::Id(Place::Json("/event_id")))
    .build();

/// **Unit**, confidence A: `x-unit-signature: <base64>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. One request holds an array of events under
/// /data. Key is the webhook token as UTF-8, base32-looking text and its = signs included. A body
/// may hold several events.
///
/// Source: `unit-finance/unit-node-sdk:resources/webhooks.ts`.
pub static UNIT: Scheme = Scheme::builder("unit", "x-unit-signature")
    .about(
        About::new(
            "Unit",
            Family::RawBodyMac,
            Confidence::A,
            "unit-finance/unit-node-sdk:resources/webhooks.ts",
        )
        .with_batches(),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .encoding(Encoding::Base64)
    .replay_id(ReplayId::Body)
    .build();

/// **Vercel**, confidence A: `x-vercel-signature: <hex>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. Account webhooks use the secret shown once
/// at creation; integration webhooks use the integration client secret. Log drains use the same
/// header. Blob upload callbacks use the same header for another scheme (an HMAC-SHA256 under the
/// store's token, or Ed25519). Retried with exponential backoff for up to 24 hours when the
/// endpoint does not answer 2xx. Replay identity: documented as the notification's id; that a retry
/// repeats it is not said.
///
/// Source: `vercel/example-marketplace-integration:app/webhook/route.ts`.
pub static VERCEL: Scheme = Scheme::builder("vercel", "x-vercel-signature")
    .about(
        About::new(
            "Vercel",
            Family::RawBodyMac,
            Confidence::A,
            "vercel/example-marketplace-integration:app/webhook/route.ts",
        )
        .with_replay_note(
            "documented as the notification's id; that a retry repeats it is not said",
        ),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(
        Retries::UNKNOWN
            .after_client_error(AfterClientError::Retries)
            .horizon(86_400),
    )
    .build();

/// **Veriff**, confidence B: `x-hmac-signature: <hex>` over the body.
///
/// The key is the secret's text. Key is the integration shared secret; X-AUTH-CLIENT names the
/// integration. VRF-HMAC-SIGNATURE carries the same value on newer integrations. Hex is lower case.
///
/// Source: <https://devdocs.veriff.com/docs/hmac-authentication-and-endpoint-security>.
pub static VERIFF: Scheme = Scheme::builder("veriff", "x-hmac-signature")
    .about(About::new(
        "Veriff",
        Family::RawBodyMac,
        Confidence::B,
        "https://devdocs.veriff.com/docs/hmac-authentication-and-endpoint-security",
    ))
    .replay_id(ReplayId::Body)
    .build();

/// **Viber**, confidence A: `X-Viber-Content-Signature: <hex>` over the body.
///
/// The key is the secret's text. The key is the bot's auth token. Replay identity: message_token
/// recurs for each state of a message.
///
/// Source: `Viber/viber-bot-python:viberbot/api/api.py`.
pub static VIBER: Scheme = Scheme::builder("viber", "x-viber-content-signature")
    .about(
        About::new(
            "Viber",
            Family::RawBodyMac,
            Confidence::A,
            "Viber/viber-bot-python:viberbot/api/api.py",
        )
        .with_handshake("set_webhook triggers a signed event of type webhook; answer 200.")
        .with_replay_note("message_token recurs for each state of a message"),
    )
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .build();

/// **Cisco Webex**, confidence A: `X-Spark-Signature: <hex>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. Sent only if a secret was given when the
/// webhook was made. Replay identity: id names the webhook; membership updates that return to an
/// earlier state are byte-equal.
///
/// Source: `webex/webex-bot-node-framework:lib/webhook.js`.
pub static WEBEX: Scheme = Scheme::builder("webex", "x-spark-signature")
    .about(
        About::new(
            "Cisco Webex",
            Family::RawBodyMac,
            Confidence::A,
            "webex/webex-bot-node-framework:lib/webhook.js",
        )
        .with_replay_note(
            "id names the webhook; membership updates that return to an earlier state are \
             byte-equal",
        ),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .build();

/// **WhatsApp Cloud API**, confidence A: `X-Hub-Signature-256: sha256=<hex>` over the body.
///
/// The key is the secret's text. Same scheme as Meta's other products. Retries: falling frequency
/// for up to 7 days. Replay identity: a message's id recurs for each of its states; that a retry
/// holds the same batch is not documented. A body may hold several events.
///
/// Source: `WhatsApp/WhatsApp-Nodejs-SDK:src/api/webhooks.ts`.
pub static WHATSAPP: Scheme = Scheme::builder("whatsapp", "x-hub-signature-256")
    .about(
        About::new(
            "WhatsApp Cloud API",
            Family::RawBodyMac,
            Confidence::A,
            "WhatsApp/WhatsApp-Nodejs-SDK:src/api/webhooks.ts",
        )
        .with_handshake(
            "GET with hub.mode=subscribe, hub.challenge and hub.verify_token: compare the token, \
             answer 200 with the bare challenge.",
        )
        .with_replay_note(
            "a message's id recurs for each of its states; that a retry holds the same batch is \
             not documented",
        )
        .with_batches(),
    )
    .grammar(SHA256)
    .delivery_id(Place::Json("/entry/0/changes/0/value/messages/0/id"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.horizon(604_800))
    .build();

/// **Wolt**, confidence C: `WOLT-SIGNATURE: <hex>` over the body.
///
/// The key is the secret's text. Drive webhooks use a JWT body instead. Two independent receivers
/// agree on header, hex and raw body; Wolt's page on the signature was not read.
///
/// Source: <https://developer.wolt.com/docs/api/order>.
pub static WOLT: Scheme = Scheme::builder("wolt", "wolt-signature")
    .about(About::new(
        "Wolt",
        Family::RawBodyMac,
        Confidence::C,
        "https://developer.wolt.com/docs/api/order",
    ))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **WooCommerce**, confidence B: `X-WC-Webhook-Signature: <base64>` over the body.
///
/// The key is the secret's text. No retries by default; disabled after more than five consecutive
/// failures (2xx, 301 and 302 count as success). Replay identity: topics of one change (unsigned
/// header) may have equal bodies: an endpoint a topic; Delivery-ID is not signed.
///
/// Source: `woocommerce/woocommerce-rest-api-docs:source/includes/v2/_webhooks.md`.
pub static WOOCOMMERCE: Scheme = Scheme::builder("woocommerce", "x-wc-webhook-signature")
    .about(
        About::new(
            "WooCommerce",
            Family::RawBodyMac,
            Confidence::B,
            "woocommerce/woocommerce-rest-api-docs:source/includes/v2/_webhooks.md",
        )
        .with_handshake(
            "A ping with form body webhook_id=N and no signature is sent when the webhook is \
             saved; answer 200.",
        )
        .with_replay_note(
            "topics of one change (unsigned header) may have equal bodies: an endpoint a topic; \
             Delivery-ID is not signed",
        ),
    )
    .encoding(Encoding::Base64)
    .delivery_id(Place::Header("x-wc-webhook-delivery-id"))
    .event_type(Place::Header("x-wc-webhook-topic"))
    .replay_id(ReplayId::Body)
    .build();

/// **Workable**, confidence C: `X-Workable-Signature: <hex>` over the body.
///
/// The key is the secret's text. The key is the partner or account token used to subscribe.
///
/// Source: <https://workable.readme.io/reference/webhooks>.
pub static WORKABLE: Scheme = Scheme::builder("workable", "x-workable-signature")
    .about(About::new(
        "Workable",
        Family::RawBodyMac,
        Confidence::C,
        "https://workable.readme.io/reference/webhooks",
    ))
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::Body)
    .build();

/// **X (Twitter) account activity**, confidence A: `x-twitter-webhooks-signature: sha256=<base64>`
/// over the body.
///
/// The key is the secret's text. The key is the app's consumer secret. Base64 after sha256=, where
/// most others use hex. A body may hold several events.
///
/// Source: `xdevplatform/docs:x-api/webhooks/quickstart.mdx`.
pub static X: Scheme = Scheme::builder("x", "x-twitter-webhooks-signature")
    .about(
        About::new(
            "X (Twitter) account activity",
            Family::RawBodyMac,
            Confidence::A,
            "xdevplatform/docs:x-api/webhooks/quickstart.mdx",
        )
        .with_handshake(
            "GET with crc_token: answer 200 JSON {\"response_token\":\"sha256=\"+base64 \
             HMAC-SHA256(consumer secret, crc_token)}; repeated hourly or daily.",
        )
        .with_batches(),
    )
    .grammar(SHA256)
    .encoding(Encoding::Base64)
    .replay_id(ReplayId::Body)
    .build();

/// **Xero**, confidence B: `x-xero-signature: <base64>` over the body.
///
/// The key is the secret's text. A bad signature must get 401 and nothing else. The answer must
/// have no body and set no cookie. Retries: falling frequency for 24 hours, then disabled. Replay
/// identity: that a retry holds the same batch is not documented. A body may hold several events.
///
/// Source: <https://developer.xero.com/documentation/webhooks/configuring-your-server>.
pub static XERO: Scheme = Scheme::builder("xero", "x-xero-signature")
    .about(
        About::new(
            "Xero",
            Family::RawBodyMac,
            Confidence::B,
            "https://developer.xero.com/documentation/webhooks/configuring-your-server",
        )
        .with_handshake(
            "Intent to receive: several POSTs with empty events, some signed well and some badly; \
             answer 200 or 401 accordingly, with an empty body and no cookies, within 5 s.",
        )
        .with_replay_note("that a retry holds the same batch is not documented")
        .with_batches(),
    )
    .encoding(Encoding::Base64)
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(5).horizon(86_400))
    .build();

/// **YouTube push (WebSub)**, confidence B: `X-Hub-Signature: sha1=<hex>` over the body.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. Signed only if hub.secret was given. The
/// body is Atom XML. Leases run out; subscribe again. PubSubHubbub 0.4 asks the receiver to answer
/// 2xx even where the signature is wrong, and to ignore the message.
///
/// Source: `pubsubhubbub/PubSubHubbub:pubsubhubbub-core-0.4.xml`.
pub static YOUTUBE: Scheme = Scheme::builder("youtube", "x-hub-signature")
    .about(
        About::new(
            "YouTube push (WebSub)",
            Family::RawBodyMac,
            Confidence::B,
            "pubsubhubbub/PubSubHubbub:pubsubhubbub-core-0.4.xml",
        )
        .with_handshake(
            "GET with hub.mode, hub.topic, hub.challenge, hub.lease_seconds: answer 2xx with the \
             bare challenge; 404 refuses.",
        ),
    )
    .grammar(SHA1)
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .replay_id(ReplayId::Body)
    .build();
