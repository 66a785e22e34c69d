//! The timestamp in a header of its own; the MAC covers it, a joiner and the body.

use super::raw_body::{JETEMAIL_RETRIES, SENDMUX_RETRIES};
use super::shapes::{SHA256, TIMESTAMP_DOT_BODY};
use crate::clock::Tolerance;
use crate::scheme::{
    About, AfterClientError, Algorithm, BodyForm, Confidence, Digest, Encoding, Family, Grammar,
    KeyFormat, Part, Place, ReplayId, Retries, Scheme, Timestamp, Unit,
};

/// **Airwallex**, confidence B: `x-signature: <hex>` over `{x-timestamp}{body}`.
///
/// The key is the secret's text. The timestamp is in milliseconds. No separator between timestamp
/// and body.
///
/// Source:
/// <https://www.airwallex.com/docs/developer-tools__listen-for-webhook-events__code-examples>.
pub static AIRWALLEX: Scheme = Scheme::builder("airwallex", "x-signature")
    .about(About::new(
        "Airwallex",
        Family::StampedHeaders,
        Confidence::B,
        "https://www.airwallex.com/docs/developer-tools__listen-for-webhook-events__code-examples",
    ))
    .content(&[Part::Timestamp, Part::Body])
    .dangerous_parts_touch("Airwallex joins timestamp and body with nothing between")
    .timestamp(Timestamp::Header("x-timestamp"))
    .unit(Unit::Millis)
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/name"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **BambooHR**, confidence B: `X-BambooHR-Signature: <hex>` over `{body}{X-BambooHR-Timestamp}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. Body first,
/// then the timestamp, with nothing between. Some third-party guides give a Stripe-like form; that
/// is not BambooHR's. fusebit/integrations (src/bamboohr/bamboohr-connector) computes just this and
/// prints a delivery that agrees. Replay identity: stamp and body touch and no window is set.
///
/// Source: <https://documentation.bamboohr.com/docs/webhooks-2>.
pub static BAMBOOHR: Scheme = Scheme::builder("bamboohr", "x-bamboohr-signature")
    .about(
        About::new(
            "BambooHR",
            Family::StampedHeaders,
            Confidence::B,
            "https://documentation.bamboohr.com/docs/webhooks-2",
        )
        .with_replay_note("stamp and body touch and no window is set"),
    )
    .content(&[Part::Body, Part::Timestamp])
    .dangerous_parts_touch("BambooHR joins body and timestamp with nothing between")
    .timestamp(Timestamp::Header("x-bamboohr-timestamp"))
    .dangerous_without_window()
    .replay_id(ReplayId::Body)
    .build();

/// **Box**, confidence A: `BOX-SIGNATURE-PRIMARY: <base64>` over `{body}{BOX-DELIVERY-TIMESTAMP}`.
///
/// The key is the secret's text. The timestamp is RFC 3339. Box joins body and timestamp with
/// nothing between. There are two keys, a primary and a secondary, each with its header; either is
/// enough. The timestamp carries an offset, such as -07:00. Replay identity: BOX-DELIVERY-ID is new
/// at each retry and not signed; the body's id stays.
///
/// Source: `box/box-node-sdk:src/managers/webhooks.ts`.
pub static BOX: Scheme = Scheme::builder("box", "box-signature-primary")
    .about(
        About::new(
            "Box",
            Family::StampedHeaders,
            Confidence::A,
            "box/box-node-sdk:src/managers/webhooks.ts",
        )
        .with_replay_note(
            "BOX-DELIVERY-ID is new at each retry and not signed; the body's id stays",
        ),
    )
    .alternates(&["box-signature-secondary"])
    .require_headers(&[
        ("box-signature-version", "1"),
        ("box-signature-algorithm", "HmacSHA256"),
    ])
    .encoding(Encoding::Base64)
    .content(&[Part::Body, Part::Timestamp])
    .dangerous_parts_touch("Box joins body and timestamp with nothing between")
    .timestamp(Timestamp::Header("box-delivery-timestamp"))
    .unit(Unit::Rfc3339)
    .tolerance(Tolerance::symmetric(600))
    .delivery_id(Place::Header("box-delivery-id"))
    .event_type(Place::Json("/trigger"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(Retries::UNKNOWN.acknowledge_within(30))
    .build();

/// **Cashfree Payments**, confidence A: `x-webhook-signature: <base64>` over
/// `{x-webhook-timestamp}{body}`.
///
/// The key is the secret's text. Timestamp and body are joined with no separator. Key is the API
/// client secret. The stamp is in milliseconds; the vendor SDK does not enforce a window.
///
/// Source: `cashfree/cashfree-pg-sdk-python:cashfree_pg/api_client.py`.
pub static CASHFREE: Scheme = Scheme::builder("cashfree", "x-webhook-signature")
    .about(About::new(
        "Cashfree Payments",
        Family::StampedHeaders,
        Confidence::A,
        "cashfree/cashfree-pg-sdk-python:cashfree_pg/api_client.py",
    ))
    .encoding(Encoding::Base64)
    .content(&[Part::Timestamp, Part::Body])
    .dangerous_parts_touch("Cashfree joins timestamp and body with nothing between")
    .timestamp(Timestamp::Header("x-webhook-timestamp"))
    .unit(Unit::Millis)
    .delivery_id(Place::Header("x-idempotency-key"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **Close**, confidence A: `close-sig-hash: <hex>` over `{close-sig-timestamp}{body}`.
///
/// The key is the hex that the secret is. The vendor judges no window, so none is judged here.
/// Close joins timestamp and body with nothing between. Replay identity: /event/id is signed, but
/// entries of the event log may be merged and sent again; stamp and body touch and no window is
/// set.
///
/// Source: <https://developer.close.com/topics/webhooks/>.
pub static CLOSE: Scheme = Scheme::builder("close", "close-sig-hash")
    .about(
        About::new(
            "Close",
            Family::StampedHeaders,
            Confidence::A,
            "https://developer.close.com/topics/webhooks/",
        )
        .with_replay_note(
            "/event/id is signed, but entries of the event log may be merged and sent again; \
             stamp and body touch and no window is set",
        ),
    )
    .key_format(KeyFormat::Hex)
    .content(&[Part::Timestamp, Part::Body])
    .dangerous_parts_touch("Close joins timestamp and body with nothing between")
    .timestamp(Timestamp::Header("close-sig-timestamp"))
    .dangerous_without_window()
    .delivery_id(Place::Json("/event/id"))
    .replay_id(ReplayId::Body)
    .build();

/// **Crisp**, confidence A: `X-Crisp-Signature: <hex>` over `[{X-Crisp-Request-Timestamp};{body}]`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. Square
/// brackets and a semicolon wrap timestamp and body. The SDK re-serialises the JSON compactly; the
/// raw body is that text. The timestamp's unit is taken as milliseconds; the SDK only checks it is
/// a number.
///
/// Source: `crisp-im/node-crisp-api:lib/crisp.ts`.
pub static CRISP: Scheme = Scheme::builder("crisp", "x-crisp-signature")
    .about(About::new(
        "Crisp",
        Family::StampedHeaders,
        Confidence::A,
        "crisp-im/node-crisp-api:lib/crisp.ts",
    ))
    .content(&[
        Part::Literal("["),
        Part::Timestamp,
        Part::Literal(";"),
        Part::Body,
        Part::Literal("]"),
    ])
    .timestamp(Timestamp::Header("x-crisp-request-timestamp"))
    .unit(Unit::Millis)
    .dangerous_without_window()
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .build();

/// **Crisp Hugo request signing**, confidence B: `X-Crisp-Signature: sha256=<hex>` over
/// `{X-Crisp-Timestamp}.{X-Crisp-Website-Id}.{body}`.
///
/// The key is the secret's text. Not the same as Crisp's web hooks though the header name is.
/// Replay identity: tool calls, answered by the handler; equal calls are normal.
///
/// Source: <https://docs.crisp.chat/guides/hugo/mcp-api/request-signing>.
pub static CRISP_MCP: Scheme = Scheme::builder("crisp-mcp", "x-crisp-signature")
    .about(
        About::new(
            "Crisp Hugo request signing",
            Family::StampedHeaders,
            Confidence::B,
            "https://docs.crisp.chat/guides/hugo/mcp-api/request-signing",
        )
        .with_replay_note("tool calls, answered by the handler; equal calls are normal"),
    )
    .grammar(SHA256)
    .content(&[
        Part::Timestamp,
        Part::Literal("."),
        Part::Header("x-crisp-website-id"),
        Part::Literal("."),
        Part::Body,
    ])
    .timestamp(Timestamp::Header("x-crisp-timestamp"))
    .replay_id(ReplayId::Content)
    .build();

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

/// **Daily**, confidence C: `X-Webhook-Signature: <base64>` over `{X-Webhook-Timestamp}.{body}`.
///
/// The key is the base64 that the secret is. The vendor judges no window, so none is judged here.
/// Generic X-Webhook-\* header names collide with other providers. X-Webhook-Timestamp is in
/// milliseconds, as an integrator saw in real deliveries and in the probe at creation; the
/// documentation gives no unit and no window.
///
/// Source: <https://docs.daily.co/reference/rest-api/webhooks>.
pub static DAILY: Scheme = Scheme::builder("daily", "x-webhook-signature")
    .about(
        About::new(
            "Daily",
            Family::StampedHeaders,
            Confidence::C,
            "https://docs.daily.co/reference/rest-api/webhooks",
        )
        .with_handshake("A test POST {\"test\":\"test\"} at creation; answer 200 quickly."),
    )
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::Base64 { prefix: "" })
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Header("x-webhook-timestamp"))
    .unit(Unit::Millis)
    .dangerous_without_window()
    .replay_id(ReplayId::Body)
    .build();

/// **DingTalk robot callbacks**, confidence B: `sign: <base64>` over `{timestamp}\n{secret}`.
///
/// The key is the secret's text. The timestamp is in milliseconds. The body is not signed. The
/// secret is both the key and the end of the signed text: the app secret of the robot's app. Event
/// callbacks use the WeCom-like encrypted form instead. The address is of a copy of DingTalk's page
/// on receiving messages (headers, one-hour limit, signed text, base64); the receiver in
/// ri0day/rboot:adapter/dingtalk/incoming.go agrees. Replay identity: only the stamp is signed.
///
/// Source: <https://kk.hackerjk.top/index.php/archives/72>.
pub static DINGTALK_ROBOT: Scheme = Scheme::builder("dingtalk-robot", "sign")
    .about(
        About::new(
            "DingTalk robot callbacks",
            Family::StampedHeaders,
            Confidence::B,
            "https://kk.hackerjk.top/index.php/archives/72",
        )
        .with_replay_note("only the stamp is signed"),
    )
    .encoding(Encoding::Base64)
    .content(&[Part::Timestamp, Part::Literal("\n"), Part::Secret])
    .dangerous_body_unsigned("DingTalk signs the timestamp alone")
    .timestamp(Timestamp::Header("timestamp"))
    .unit(Unit::Millis)
    .tolerance(Tolerance::symmetric(3_600))
    .delivery_id(Place::Json("/msgId"))
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Emailit**, confidence B: `X-Emailit-Signature: <hex>` over `{X-Emailit-Timestamp}.{body}`.
///
/// The key is the secret's text. The whole secret, whsec_ included, is the key text; nothing is
/// decoded. Each retry is signed afresh. Replay identity: from the vendor's page on requests; the
/// record names no id.
///
/// Source: <https://emailit.com/docs/webhooks/request-signature.md>.
pub static EMAILIT: Scheme = Scheme::builder("emailit", "x-emailit-signature")
    .about(
        About::new(
            "Emailit",
            Family::StampedHeaders,
            Confidence::B,
            "https://emailit.com/docs/webhooks/request-signature.md",
        )
        .with_replay_note("from the vendor's page on requests"),
    )
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Header("x-emailit-timestamp"))
    .replay_id(ReplayId::Id(Place::Json("/event_id")))
    .build();

/// **Front application webhooks**, confidence B: `X-Front-Signature: <base64>` over
/// `{X-Front-Request-Timestamp}:{body}`.
///
/// The key is the secret's text. The timestamp is in milliseconds. Channel API calls use the same
/// form with the channel type's secret.
///
/// Source: <https://dev.frontapp.com/docs/application-webhooks>.
pub static FRONT: Scheme = Scheme::builder("front", "x-front-signature")
    .about(
        About::new(
            "Front application webhooks",
            Family::StampedHeaders,
            Confidence::B,
            "https://dev.frontapp.com/docs/application-webhooks",
        )
        .with_handshake(
            "POST with x-front-challenge (signed, type sync): answer 200 with the challenge value.",
        ),
    )
    .encoding(Encoding::Base64)
    .content(&[Part::Timestamp, Part::Literal(":"), Part::Body])
    .timestamp(Timestamp::Header("x-front-request-timestamp"))
    .unit(Unit::Millis)
    .replay_id(ReplayId::Body)
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
.about(
    About::new(
        "Grafana Alerting webhook with timestamp header",
        Family::StampedHeaders,
        Confidence::A,
        "grafana/alerting:http/hmac.go",
    )
    .with_replay_note("reminders of an alert that still fires may be byte-equal and count as one"),
)
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
    .about(
        About::new(
            "JetEmail inbound e-mail",
            Family::StampedHeaders,
            Confidence::B,
            "https://jetemail.com/docs/inbound/webhooks/security",
        )
        .with_replay_note("the job's id; that a retry is the same job is inferred"),
    )
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

/// **Klaviyo system webhooks**, confidence B: `Klaviyo-Signature: <hex>` over
/// `{body}{Klaviyo-Timestamp}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. Body first,
/// then the timestamp text, with no separator. Flow webhook actions are unsigned. The stamp is an
/// HTTP date such as Thu, 04 Jan 2024 18:05:25 GMT; the vendor names no window. Klaviyo-Webhook-Id
/// names the webhook, not the delivery: it is the same every time and must equal
/// /meta/klaviyo_webhook_id. Events are told apart by /data/N/external_id. Replay identity:
/// Klaviyo-Webhook-Id names the endpoint; the stamp is opaque and touches the body. A body may hold
/// several events.
///
/// Source: <https://developers.klaviyo.com/en/docs/working_with_system_webhooks>.
pub static KLAVIYO: Scheme = Scheme::builder("klaviyo", "klaviyo-signature")
    .about(
        About::new(
            "Klaviyo system webhooks",
            Family::StampedHeaders,
            Confidence::B,
            "https://developers.klaviyo.com/en/docs/working_with_system_webhooks",
        )
        .with_replay_note(
            "Klaviyo-Webhook-Id names the endpoint; the stamp is opaque and touches the body",
        )
        .with_batches(),
    )
    .content(&[Part::Body, Part::Timestamp])
    .dangerous_parts_touch("Klaviyo joins body and timestamp with nothing between")
    .timestamp(Timestamp::Header("klaviyo-timestamp"))
    .unit(Unit::HttpDate)
    .dangerous_without_window()
    .replay_id(ReplayId::Body)
    .build();

/// **Lob**, confidence C: `Lob-Signature: <hex>` over `{Lob-Signature-Timestamp}.{body}`.
///
/// The key is the secret's text. The stamp is signed as opaque text: its unit is not settled, so no
/// window is given. MuckRock's receiver and several others agree on the signed bytes and the hex;
/// Lob's own page on signatures was not read.
///
/// Source: `MuckRock/muckrock:muckrock/foia/views/webhooks.py`.
pub static LOB: Scheme = Scheme::builder("lob", "lob-signature")
    .about(About::new(
        "Lob",
        Family::StampedHeaders,
        Confidence::C,
        "MuckRock/muckrock:muckrock/foia/views/webhooks.py",
    ))
    .content(&[
        Part::Header("lob-signature-timestamp"),
        Part::Literal("."),
        Part::Body,
    ])
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/event_type/id"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **Mailomat**, confidence C: `X-MOM-Webhook-Signature: sha256=<hex>` over
/// `{X-MOM-Webhook-ID}.{X-MOM-Webhook-Event}.{X-MOM-Webhook-Timestamp}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. The body is
/// not signed at all. The text before = names the algorithm; sha256 alone is taken. Symfony's
/// fixture was recomputed and other receivers agree on the signed bytes; Mailomat's own page was
/// not read. GHSA-rrj9-5q2j-4gvr tells of a parser that followed the header. Replay identity: an id
/// per event; the body is not signed, so a first use can be altered; stable on retries by
/// inference.
///
/// Source: `symfony/mailomat-mailer:Tests/Webhook/MailomatRequestParserTest.php`.
pub static MAILOMAT: Scheme = Scheme::builder("mailomat", "x-mom-webhook-signature")
    .about(
        About::new(
            "Mailomat",
            Family::StampedHeaders,
            Confidence::C,
            "symfony/mailomat-mailer:Tests/Webhook/MailomatRequestParserTest.php",
        )
        .with_replay_note(
            "an id per event; the body is not signed, so a first use can be altered; stable on \
             retries by inference",
        ),
    )
    .grammar(SHA256)
    .content(&[
        Part::Header("x-mom-webhook-id"),
        Part::Literal("."),
        Part::Header("x-mom-webhook-event"),
        Part::Literal("."),
        Part::Timestamp,
    ])
    .dangerous_body_unsigned("Mailomat signs id, event and timestamp alone")
    .timestamp(Timestamp::Header("x-mom-webhook-timestamp"))
    .dangerous_without_window()
    .delivery_id(Place::Header("x-mom-webhook-id"))
    .event_type(Place::Header("x-mom-webhook-event"))
    .replay_id(ReplayId::Id(Place::Header("x-mom-webhook-id")))
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
    .about(
        About::new(
            "Method Financial",
            Family::StampedHeaders,
            Confidence::C,
            "https://docs.methodfi.com/changelog/2025/june",
        )
        .with_replay_note(
            "bodies name the object and the event type only, so later updates are byte-equal \
             (from memory, not confirmed); a retry stamped anew is not recognised",
        ),
    )
    .content(&[Part::Timestamp, Part::Literal(":"), Part::Body])
    .timestamp(Timestamp::Header("method-webhook-timestamp"))
    .replay_id(ReplayId::Content)
    .build();

/// **Moov**, confidence A: `X-Signature: <hex>` over `{X-Timestamp}|{X-Nonce}|{X-Webhook-ID}`.
///
/// The MAC is HMAC-SHA512. The key is the secret's text. The timestamp is RFC 3339. The body is not
/// part of the signed string, so a valid signature says nothing about the payload: fetch the
/// resource before acting. Replay identity: nonce and X-Webhook-ID; a nonce made anew hides a
/// retry; the body, eventID with it, is not signed.
///
/// Source: `moovfinancial/webhook-handler:functions/go/main.go`.
pub static MOOV: Scheme = Scheme::builder("moov", "x-signature")
    .about(
        About::new(
            "Moov",
            Family::StampedHeaders,
            Confidence::A,
            "moovfinancial/webhook-handler:functions/go/main.go",
        )
        .with_replay_note(
            "nonce and X-Webhook-ID; a nonce made anew hides a retry; the body, eventID with it, \
             is not signed",
        ),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha512))
    .content(&[
        Part::Timestamp,
        Part::Literal("|"),
        Part::Header("x-nonce"),
        Part::Literal("|"),
        Part::Header("x-webhook-id"),
    ])
    .dangerous_body_unsigned("Moov signs timestamp, nonce and webhook id alone")
    .timestamp(Timestamp::Header("x-timestamp"))
    .unit(Unit::Rfc3339)
    .delivery_id(Place::Json("/eventID"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::ContentWithoutTimestamp)
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

/// **QuickNode Streams and Webhooks**, confidence A: `X-QN-Signature: <hex>` over
/// `{X-QN-Nonce}{X-QN-Timestamp}{body}`.
///
/// The key is the secret's text. QuickNode joins nonce, timestamp and body with nothing between.
/// Where Content-Encoding is gzip the signature covers the uncompressed JSON: decompress in front
/// of verification. The key is the stream's security token, any qnsec_ prefix included. QuickAlerts
/// sends the same headers but signs nonce, X-QN-Content-Hash and stamp in base64. Replay identity:
/// the nonce is taken to be new at each attempt. A body may hold several events.
///
/// Source: `quiknode-labs/qn-guide-examples:Streams/userstream/src/lib/webhook-verify.ts`.
pub static QUICKNODE: Scheme = Scheme::builder("quicknode", "x-qn-signature")
    .about(
        About::new(
            "QuickNode Streams and Webhooks",
            Family::StampedHeaders,
            Confidence::A,
            "quiknode-labs/qn-guide-examples:Streams/userstream/src/lib/webhook-verify.ts",
        )
        .with_replay_note("the nonce is taken to be new at each attempt")
        .with_batches(),
    )
    .content(&[Part::Header("x-qn-nonce"), Part::Timestamp, Part::Body])
    .body_form(BodyForm::Decoded)
    .dangerous_parts_touch("QuickNode joins nonce, timestamp and body with nothing between")
    .timestamp(Timestamp::Header("x-qn-timestamp"))
    .delivery_id(Place::Header("x-qn-nonce"))
    .replay_id(ReplayId::Body)
    .build();

/// **Revolut Business, Merchant and Ramp**, confidence A: `Revolut-Signature: v1=<hex>,…` over
/// `v1.{Revolut-Request-Timestamp}.{body}`.
///
/// The key is the secret's text. The timestamp is in milliseconds. The version text v1 is part of
/// the signed string. Several v1= entries appear while secrets overlap. The key is the whole wsk_
/// text. The vendor page has printed a worked example. Three retries ten minutes apart when the
/// answer is not 2xx.
///
/// Source:
/// <https://developer.revolut.com/docs/guides/manage-accounts/webhooks/verify-the-payload-signature>.
pub static REVOLUT: Scheme = Scheme::builder("revolut", "revolut-signature")
    .about(About::new(
        "Revolut Business, Merchant and Ramp",
        Family::StampedHeaders,
        Confidence::A,
        "https://developer.revolut.com/docs/guides/manage-accounts/webhooks/verify-the-payload-signature",
    ))
    .grammar(Grammar::List {
        prefix: "v1=",
        separator: b',',
    })
    .content(&[
        Part::Literal("v1."),
        Part::Timestamp,
        Part::Literal("."),
        Part::Body,
    ])
    .timestamp(Timestamp::Header("revolut-request-timestamp"))
    .unit(Unit::Millis)
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .retries(
        Retries::UNKNOWN
            .after_client_error(AfterClientError::Retries)
            .horizon(1_800),
    )
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

/// **Sinch (Conversation, Fax and others)**, confidence A: `x-sinch-webhook-signature: <base64>`
/// over `{body}.{x-sinch-webhook-signature-nonce}.{x-sinch-webhook-signature-timestamp}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here.
/// x-sinch-webhook-signature-algorithm names HmacSHA256. Replay identity: the nonce is taken to be
/// new at each attempt.
///
/// Source:
/// `sinch/sinch-sdk-python:sinch/domains/authentication/sinch_events/v1/authentication_validation.py`.
pub static SINCH: Scheme = Scheme::builder("sinch", "x-sinch-webhook-signature")
    .about(
        About::new(
            "Sinch (Conversation, Fax and others)",
            Family::StampedHeaders,
            Confidence::A,
            "sinch/sinch-sdk-python:sinch/domains/authentication/sinch_events/v1/authentication_validation.py",
        )
        .with_replay_note("the nonce is taken to be new at each attempt"),
    )
    .encoding(Encoding::Base64)
    .content(&[
        Part::Body,
        Part::Literal("."),
        Part::Header("x-sinch-webhook-signature-nonce"),
        Part::Literal("."),
        Part::Timestamp,
    ])
    .timestamp(Timestamp::Header("x-sinch-webhook-signature-timestamp"))
    .dangerous_without_window()
    .delivery_id(Place::Header("x-sinch-webhook-signature-nonce"))
    .replay_id(ReplayId::Body)
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
    .about(
        About::new(
            "Slack",
            Family::StampedHeaders,
            Confidence::A,
            "slackapi/python-slack-sdk:slack_sdk/signature/__init__.py",
        )
        .with_handshake(
            "POST with type url_verification: answer 200 with the challenge as text/plain, as a \
             form (challenge=...), or as JSON.",
        )
        .with_replay_note(
            "Events API; commands and interactivity are forms without it and fall back to the \
             body's digest (trigger_id makes them unique)",
        ),
    )
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

/// **Tenderly alerts**, confidence A: `X-Tenderly-Signature: <hex>` over `{body}{Date}`.
///
/// The key is the secret's text. Tenderly joins body and date with nothing between. The text of the
/// Date header is signed after the body; it is Go's print of a time (2023-10-25 08:30:30.386157172
/// +0000 UTC m=+3512798.196320121), not an HTTP date, so no window is given. Proxies that rewrite
/// Date break the signature. The prose says the secret is concatenated too; the samples use it as
/// key only. Retries: up to 5 retries. Replay identity: the body's id is not documented as the
/// delivery's; Date touches the body.
///
/// Source:
/// `Tenderly/tenderly-docs:alerts/configuring-alert-destinations/configuring-alert-destinations.md`.
pub static TENDERLY: Scheme = Scheme::builder("tenderly", "x-tenderly-signature")
    .about(
        About::new(
            "Tenderly alerts",
            Family::StampedHeaders,
            Confidence::A,
            "Tenderly/tenderly-docs:alerts/configuring-alert-destinations/configuring-alert-destinations.md",
        )
        .with_handshake("A GET to the same URL must answer 200.")
        .with_replay_note(
            "the body's id is not documented as the delivery's; Date touches the body",
        ),
    )
    .content(&[Part::Body, Part::Header("date")])
    .dangerous_parts_touch("Tenderly joins body and date with nothing between")
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(5))
    .build();

/// **Twitch EventSub**, confidence A: `Twitch-Eventsub-Message-Signature: sha256=<hex>` over
/// `{Twitch-Eventsub-Message-Id}{Twitch-Eventsub-Message-Timestamp}{body}`.
///
/// The key is the secret's text. Twitch joins id, timestamp and body with nothing between. The
/// timestamp is RFC 3339 with nanoseconds and is signed as text. The secret is 10 to 100 ASCII
/// characters chosen at subscription. Message type revocation is a third kind of request; answer
/// 2xx. Too many failures revoke the subscription. Replay identity: nothing stands between id,
/// stamp and body: the strict RFC 3339 stamp is what keeps the id from being shortened or
/// lengthened.
///
/// Source: `twitchdev/eventsub-webhooks-node-sample:index.js`.
pub static TWITCH: Scheme = Scheme::builder("twitch", "twitch-eventsub-message-signature")
    .about(
        About::new(
            "Twitch EventSub",
            Family::StampedHeaders,
            Confidence::A,
            "twitchdev/eventsub-webhooks-node-sample:index.js",
        )
        .with_handshake(
            "POST with Twitch-Eventsub-Message-Type: webhook_callback_verification (signed): \
             answer 200 with the raw challenge, text/plain, nothing else.",
        )
        .with_replay_note(
            "nothing stands between id, stamp and body: the strict RFC 3339 stamp is what keeps \
             the id from being shortened or lengthened",
        ),
    )
    .grammar(SHA256)
    .content(&[
        Part::Header("twitch-eventsub-message-id"),
        Part::Timestamp,
        Part::Body,
    ])
    .dangerous_parts_touch("Twitch joins id, timestamp and body with nothing between")
    .timestamp(Timestamp::Header("twitch-eventsub-message-timestamp"))
    .unit(Unit::Rfc3339)
    .tolerance(Tolerance::symmetric(600))
    .delivery_id(Place::Header("twitch-eventsub-message-id"))
    .event_type(Place::Header("twitch-eventsub-subscription-type"))
    .replay_id(ReplayId::Id(Place::Header("twitch-eventsub-message-id")))
    .build();

/// **Webflow**, confidence A: `x-webflow-signature: <hex>` over `{x-webflow-timestamp}:{body}`.
///
/// The key is the secret's text. The timestamp is in milliseconds. Webhooks made by API token
/// before April 2025 are unsigned; OAuth app webhooks use the client secret. Three retries at
/// ten-minute intervals.
///
/// Source: `webflow/js-webflow-api:src/wrapper/WebhooksClient.ts`.
pub static WEBFLOW: Scheme = Scheme::builder("webflow", "x-webflow-signature")
    .about(About::new(
        "Webflow",
        Family::StampedHeaders,
        Confidence::A,
        "webflow/js-webflow-api:src/wrapper/WebhooksClient.ts",
    ))
    .content(&[Part::Timestamp, Part::Literal(":"), Part::Body])
    .timestamp(Timestamp::Header("x-webflow-timestamp"))
    .unit(Unit::Millis)
    .event_type(Place::Json("/triggerType"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.horizon(1_800))
    .build();

/// **Zendesk**, confidence B: `X-Zendesk-Webhook-Signature: <base64>` over
/// `{X-Zendesk-Webhook-Signature-Timestamp}{body}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. Zendesk joins
/// timestamp and body with nothing between. Timestamp is RFC 3339 text, signed as it stands. GET
/// and DELETE deliveries have an empty body. Test deliveries made before saving use a fixed
/// published secret. Retries: up to 3 retries on 409, and on 429 and 503 when Retry-After is under
/// 60 s. Replay identity: trigger bodies are the operator's templates and may repeat, GET and
/// DELETE have none; Invocation-Id is not signed, the webhook id names the endpoint; a retry
/// stamped anew is not recognised.
///
/// Source: <https://developer.zendesk.com/documentation/webhooks/verifying/>.
pub static ZENDESK: Scheme = Scheme::builder("zendesk", "x-zendesk-webhook-signature")
    .about(
        About::new(
            "Zendesk",
            Family::StampedHeaders,
            Confidence::B,
            "https://developer.zendesk.com/documentation/webhooks/verifying/",
        )
        .with_replay_note(
            "trigger bodies are the operator's templates and may repeat, GET and DELETE have \
             none; Invocation-Id is not signed, the webhook id names the endpoint; a retry \
             stamped anew is not recognised",
        ),
    )
    .encoding(Encoding::Base64)
    .content(&[Part::Timestamp, Part::Body])
    .dangerous_parts_touch("Zendesk joins timestamp and body with nothing between")
    .timestamp(Timestamp::Header("x-zendesk-webhook-signature-timestamp"))
    .unit(Unit::Rfc3339)
    .dangerous_without_window()
    .delivery_id(Place::Header("x-zendesk-webhook-invocation-id"))
    .replay_id(ReplayId::Content)
    .retries(
        Retries::UNKNOWN
            .acknowledge_within(12)
            .after_client_error(AfterClientError::Loses),
    )
    .build();

/// **Zoom**, confidence A: `x-zm-signature: v0=<hex>` over `v0:{x-zm-request-timestamp}:{body}`.
///
/// The key is the secret's text. Tolerance is this project's choice; Zoom names none. event_ts in
/// the body is milliseconds, the header is seconds. Retries: 3 retries at growing gaps.
///
/// Source: `zoom/rivet-javascript:accounts/accounts.mjs`.
pub static ZOOM: Scheme = Scheme::builder("zoom", "x-zm-signature")
    .about(
        About::new(
            "Zoom",
            Family::StampedHeaders,
            Confidence::A,
            "zoom/rivet-javascript:accounts/accounts.mjs",
        )
        .with_handshake(
            "POST with event endpoint.url_validation (signed as usual): answer 200 within 3 s \
             with JSON {plainToken, encryptedToken} where encryptedToken is hex HMAC-SHA256 of \
             plainToken under the secret token; repeated every 72 hours.",
        ),
    )
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
