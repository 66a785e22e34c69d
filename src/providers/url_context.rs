//! The signed content holds the URL, the method or values of the query. The URL is the one that was
//! registered with the provider, not what a proxy makes of it.

use super::shapes::V1_PAIRS;
use crate::scheme::{
    About, Algorithm, Canonical, Confidence, Digest, Encoding, Family, Part, Place, ReplayId,
    Retries, Scheme, Timestamp, Unit,
};

/// **HubSpot (signature v3)**, confidence A: `X-HubSpot-Signature-v3: <base64>` over
/// `{method}{URL}{body}{X-HubSpot-Request-Timestamp}`.
///
/// The key is the secret's text. The timestamp is in milliseconds. HubSpot joins method, URL, body
/// and timestamp with nothing between. Certain percent-escapes in the URL are decoded before
/// signing (%3A %2F %3F %40 %21 %24 %27 %28 %29 %2A %2C %3B); the question mark opening the query
/// is kept. The URL is signed here as it is stated, so state it with those decoded. The older v1 or
/// v2 header comes beside it. The SDK refuses old timestamps only. Replay identity: attemptNumber
/// in the body changes at each attempt: a retry is not recognised; never eventId, it is an item's.
/// A body may hold several events.
///
/// Source: `HubSpot/hubspot-api-nodejs:src/utils/signature.ts`.
pub static HUBSPOT_V3: Scheme = Scheme::builder("hubspot-v3", "x-hubspot-signature-v3")
    .provider("hubspot")
    .about(
        About::new(
            "HubSpot (signature v3)",
            Family::UrlContext,
            Confidence::A,
            "HubSpot/hubspot-api-nodejs:src/utils/signature.ts",
        )
        .with_replay_note(
            "attemptNumber in the body changes at each attempt: a retry is not recognised; never \
             eventId, it is an item's",
        )
        .with_batches(),
    )
    .encoding(Encoding::Base64)
    .content(&[Part::Method, Part::Url, Part::Body, Part::Timestamp])
    .dangerous_parts_touch("HubSpot joins method, URL, body and timestamp with nothing between")
    .timestamp(Timestamp::Header("x-hubspot-request-timestamp"))
    .unit(Unit::Millis)
    .delivery_id(Place::Json("/0/eventId"))
    .event_type(Place::Json("/0/subscriptionType"))
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

/// **Mailchimp Transactional (Mandrill)**, confidence B: `X-Mandrill-Signature: <base64>` over
/// `{URL}{sorted form}`.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. The URL is exactly what was registered, with
/// its query and any credentials. Values are the decoded form values. The set-up test call uses the
/// key test-webhook with an empty event list. Each webhook has its own key. The function Mandrill
/// published sorts the POST variables by name and joins name and value with nothing between.
/// Symfony's parser expects a JSON body and signs it recursively, which is not what Mandrill sends.
/// Retries: growing gaps, queue dropped after about 5 days of failures. Replay identity: URL and
/// sorted form. A body may hold several events.
///
/// Source: `anymail/django-anymail:anymail/webhooks/mandrill.py`.
pub static MANDRILL: Scheme = Scheme::builder("mandrill", "x-mandrill-signature")
    .about(
        About::new(
            "Mailchimp Transactional (Mandrill)",
            Family::UrlContext,
            Confidence::B,
            "anymail/django-anymail:anymail/webhooks/mandrill.py",
        )
        .with_handshake("HEAD and a POST with mandrill_events=[] at registration; answer 200.")
        .with_replay_note("URL and sorted form")
        .with_batches(),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .encoding(Encoding::Base64)
    .content(&[Part::Url, Part::SortedForm])
    .dangerous_parts_touch("Mandrill joins the URL and the form's fields with nothing between")
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .retries(Retries::UNKNOWN.horizon(432_000))
    .build();

/// **Mercado Pago**, confidence A: `x-signature: ts=<milliseconds>,v1=<hex>` over what
/// [`Canonical::Mercadopago`] makes.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. The body is
/// not signed; the string is built from the query, a header and ts. data.id is lower-cased when it
/// holds letters. A segment whose source is absent is dropped whole. ts is spliced in as sent;
/// seconds and milliseconds are both seen, so no window is enforced by default. Vendor sources
/// differ on whether data.id is lower-cased before signing: one SDK uses it exactly as received.
/// Replay identity: data.id and x-request-id; data.id alone recurs; that a retry keeps x-request-id
/// is not documented; where the header is absent only the payment's id is left and later states are
/// lost; the body is not signed.
///
/// Source: `mercadopago/sdk-nodejs:src/utils/webhook/index.ts`.
pub static MERCADOPAGO: Scheme = Scheme::builder("mercadopago", "x-signature")
    .about(
        About::new(
            "Mercado Pago",
            Family::UrlContext,
            Confidence::A,
            "mercadopago/sdk-nodejs:src/utils/webhook/index.ts",
        )
        .with_replay_note(
            "data.id and x-request-id; data.id alone recurs; that a retry keeps x-request-id is \
             not documented; where the header is absent only the payment's id is left and later \
             states are lost; the body is not signed",
        ),
    )
    .grammar(V1_PAIRS)
    .content(&[Part::Canonical(Canonical::Mercadopago)])
    .dangerous_body_unsigned(
        "Mercado Pago signs a value of the query, the request's id and the timestamp alone",
    )
    .timestamp(Timestamp::Pair("ts"))
    .unit(Unit::Millis)
    .dangerous_without_window()
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

/// **Plivo (V2)**, confidence A: `X-Plivo-Signature-V2: <base64>` over `{URL up to its
/// query}{X-Plivo-Signature-V2-Nonce}`.
///
/// The key is the secret's text. Plivo joins URL and nonce with nothing between. Query and body are
/// not signed, so nothing in the delivery's content is protected. Replay identity: URL and nonce; a
/// nonce made anew hides a retry; the body is not signed.
///
/// Source: `plivo/plivo-python:plivo/utils/__init__.py`.
pub static PLIVO_V2: Scheme = Scheme::builder("plivo-v2", "x-plivo-signature-v2")
    .provider("plivo")
    .about(
        About::new(
            "Plivo (V2)",
            Family::UrlContext,
            Confidence::A,
            "plivo/plivo-python:plivo/utils/__init__.py",
        )
        .with_replay_note("URL and nonce; a nonce made anew hides a retry; the body is not signed"),
    )
    .encoding(Encoding::Base64)
    .content(&[
        Part::UrlWithoutQuery,
        Part::Header("x-plivo-signature-v2-nonce"),
    ])
    .dangerous_parts_touch("Plivo joins URL and nonce with nothing between")
    .dangerous_body_unsigned("Plivo signs URL and nonce alone")
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

/// **Square**, confidence A: `x-square-hmacsha256-signature: <base64>` over `{URL}{body}`.
///
/// The key is the secret's text. Square joins URL and body with nothing between. The URL is the
/// notification URL exactly as registered, not the one a proxy rewrote. An empty body is refused by
/// the vendor helper. The older x-square-signature header is HMAC-SHA1 and is retired. Undelivered
/// notifications are retried with growing delays for up to 24 hours; answer 2xx quickly.
///
/// Source: `square/square-python-sdk:src/square/utils/webhooks_helper.py`.
pub static SQUARE: Scheme = Scheme::builder("square", "x-square-hmacsha256-signature")
    .about(About::new(
        "Square",
        Family::UrlContext,
        Confidence::A,
        "square/square-python-sdk:src/square/utils/webhooks_helper.py",
    ))
    .encoding(Encoding::Base64)
    .content(&[Part::Url, Part::Body])
    .dangerous_parts_touch("Square joins URL and body with nothing between")
    .delivery_id(Place::Json("/event_id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/event_id")))
    .retries(Retries::UNKNOWN.horizon(86_400))
    .build();

/// **Trello**, confidence A: `X-Trello-Webhook: <base64>` over `{body}{URL}`.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. Trello joins body and URL with nothing
/// between. The URL is the callbackURL exactly as registered, which may differ from the one
/// received behind a proxy. The key is the OAuth application secret, not the API key or token.
/// Retries: 3 retries at 30, 60 and 120 s. 410 deletes the webhook; 30 days of failures disable it.
/// Replay identity: two webhooks on one URL (a board's and a card's) both deliver an action: the
/// second is dropped; separate endpoints.
///
/// Source: <https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks>.
pub static TRELLO: Scheme = Scheme::builder("trello", "x-trello-webhook")
    .about(
        About::new(
            "Trello",
            Family::UrlContext,
            Confidence::A,
            "https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks",
        )
        .with_handshake("HEAD at creation: answer 200.")
        .with_replay_note(
            "two webhooks on one URL (a board's and a card's) both deliver an action: the second \
             is dropped; separate endpoints",
        ),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .encoding(Encoding::Base64)
    .content(&[Part::Body, Part::Url])
    .dangerous_parts_touch("Trello joins body and URL with nothing between")
    .delivery_id(Place::Json("/action/id"))
    .event_type(Place::Json("/action/type"))
    .replay_id(ReplayId::Id(Place::Json("/action/id")))
    .retries(Retries::UNKNOWN.horizon(210))
    .build();

/// **Twilio**, confidence A: `X-Twilio-Signature: <base64>` over `{URL}{sorted form}`.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. Form names are sorted, and for each name its
/// distinct values are sorted; name and value are joined with nothing between. The URL counts with
/// its port and without (443 for https, 80 for http): senders are inconsistent. The fragment
/// (#rc=2) is not part of the signed URL. The key is the account's primary auth token. A GET
/// callback signs the URL alone. A JSON delivery carries bodySHA256 in its query: then no form is
/// signed, and the hex SHA-256 of the body must equal that value. This preset judges both forms.
/// Voice and messaging callbacks are mostly not retried unless the URL carries connection overrides
/// (#rc=). Replay identity: URL as configured and fields, so states of one MessageSid differ; calls
/// for instructions (TwiML loops) repeat byte for byte and need the handler's answer each time:
/// guard status callbacks and messages only.
///
/// Source: `twilio/twilio-python:tests/unit/test_request_validator.py`.
pub static TWILIO: Scheme = Scheme::builder("twilio", "x-twilio-signature")
    .about(
        About::new(
            "Twilio",
            Family::UrlContext,
            Confidence::A,
            "twilio/twilio-python:tests/unit/test_request_validator.py",
        )
        .with_replay_note(
            "URL as configured and fields, so states of one MessageSid differ; calls for \
             instructions (TwiML loops) repeat byte for byte and need the handler's answer each \
             time: guard status callbacks and messages only",
        ),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .encoding(Encoding::Base64)
    .content(&[Part::Url, Part::SortedForm])
    .port_variants()
    .body_digest(Place::Query("bodySHA256"), Digest::Sha256)
    .dangerous_parts_touch("Twilio joins the URL and the form's fields with nothing between")
    .delivery_id(Place::Header("i-twilio-idempotency-token"))
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

/// **Twilio (JSON body)**, confidence A: `X-Twilio-Signature: <base64>` over the URL.
///
/// The MAC is HMAC-SHA1. The key is the secret's text. Used when the body is not a form: the URL
/// carries bodySHA256 and the signature covers only the URL. Both checks are needed: the digest in
/// the query and the signature of the URL. Replay identity: the URL, which carries the body's
/// digest. A body may hold several events.
///
/// Source: `twilio/twilio-python:twilio/request_validator.py`.
pub static TWILIO_JSON: Scheme = Scheme::builder("twilio-json", "x-twilio-signature")
    .provider("twilio")
    .about(
        About::new(
            "Twilio (JSON body)",
            Family::UrlContext,
            Confidence::A,
            "twilio/twilio-python:twilio/request_validator.py",
        )
        .with_replay_note("the URL, which carries the body's digest")
        .with_batches(),
    )
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .encoding(Encoding::Base64)
    .content(&[Part::Url])
    .port_variants()
    .body_digest(Place::Query("bodySHA256"), Digest::Sha256)
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();
