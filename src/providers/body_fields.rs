//! A MAC over chosen fields of the body. What stands beside them is not signed and can be changed.

use crate::scheme::{
    About, AfterClientError, Algorithm, Confidence, Digest, Encoding, Family, FormJson, Grammar,
    KeyFormat, Part, Place, ReplayId, Retries, Scheme, Timestamp, Unit,
};

/// **Adyen standard webhooks**, confidence A: `<base64>` at
/// `/NotificationRequestItem/additionalData/hmacSignature` of each item of `/notificationItems`
/// over
/// `{/NotificationRequestItem/pspReference}:{/NotificationRequestItem/originalReference}:{/NotificationRequestItem/merchantAccountCode}:{/NotificationRequestItem/merchantReference}:{/NotificationRequestItem/amount/value}:{/NotificationRequestItem/amount/currency}:{/NotificationRequestItem/eventCode}:{/NotificationRequestItem/success}`.
///
/// The key is the hex that the secret is. A field that is absent becomes an empty string between
/// its colons. Values are joined as they stand: no escaping in this webhook type. Only the eight
/// fields are covered; the rest of the body is not authenticated. Every item of a batch must have
/// its own signature, and all must verify. Answer with any 2xx; otherwise Adyen queues and retries,
/// first three times straight away and then at growing intervals for up to 30 days. Replay
/// identity: the eight signed fields; pspReference alone recurs with other event codes, eventDate
/// may differ on a retry; unsigned fields of a first use can be altered. A body may hold several
/// events.
///
/// Source: `Adyen/adyen-python-api-library:Adyen/util.py`.
pub static ADYEN_STANDARD: Scheme = Scheme::builder_at(
    "adyen-standard",
    Place::Json("/NotificationRequestItem/additionalData/hmacSignature"),
)
.about(
    About::new(
        "Adyen standard webhooks",
        Family::BodyFields,
        Confidence::A,
        "Adyen/adyen-python-api-library:Adyen/util.py",
    )
    .with_replay_note(
        "the eight signed fields; pspReference alone recurs with other event codes, eventDate may \
         differ on a retry; unsigned fields of a first use can be altered",
    )
    .with_batches(),
)
.encoding(Encoding::Base64)
.key_format(KeyFormat::Hex)
.each("/notificationItems")
.content(&[
    Part::Json {
        pointer: "/NotificationRequestItem/pspReference",
        absent: Some(""),
    },
    Part::Literal(":"),
    Part::Json {
        pointer: "/NotificationRequestItem/originalReference",
        absent: Some(""),
    },
    Part::Literal(":"),
    Part::Json {
        pointer: "/NotificationRequestItem/merchantAccountCode",
        absent: Some(""),
    },
    Part::Literal(":"),
    Part::Json {
        pointer: "/NotificationRequestItem/merchantReference",
        absent: Some(""),
    },
    Part::Literal(":"),
    Part::Json {
        pointer: "/NotificationRequestItem/amount/value",
        absent: Some(""),
    },
    Part::Literal(":"),
    Part::Json {
        pointer: "/NotificationRequestItem/amount/currency",
        absent: Some(""),
    },
    Part::Literal(":"),
    Part::Json {
        pointer: "/NotificationRequestItem/eventCode",
        absent: Some(""),
    },
    Part::Literal(":"),
    Part::Json {
        pointer: "/NotificationRequestItem/success",
        absent: Some(""),
    },
])
.dangerous_body_unsigned("Adyen signs eight fields of each item and not the rest of it")
.delivery_id(Place::Json(
    "/notificationItems/0/NotificationRequestItem/pspReference",
))
.event_type(Place::Json(
    "/notificationItems/0/NotificationRequestItem/eventCode",
))
.replay_id(ReplayId::ContentWithoutTimestamp)
.retries(
    Retries::UNKNOWN
        .after_client_error(AfterClientError::Retries)
        .horizon(2_592_000),
)
.build();

/// **Braintree**, confidence A: `…|<hex>` in the form field `bt_signature` over `{bt_payload}`.
///
/// The MAC is HMAC-SHA1. The key is the SHA-1 of the secret's text. Braintree signs the field
/// bt_payload and no other. Every pair's value is a candidate, whichever public key stands before
/// it. bt_payload is signed as it stands, as base64 text that may end in a newline: what drops that
/// newline on the way breaks the signature. Replay identity: the bt_payload that verified.
///
/// Source: `braintree/braintree_python:braintree/webhook_notification_gateway.py`.
pub static BRAINTREE: Scheme = Scheme::builder_at("braintree", Place::Form("bt_signature"))
    .about(
        About::new(
            "Braintree",
            Family::BodyFields,
            Confidence::A,
            "braintree/braintree_python:braintree/webhook_notification_gateway.py",
        )
        .with_handshake(
            "A GET with bt_challenge (20 to 32 lowercase hex characters) is answered with \
             public_key|HMAC-SHA1(SHA1(private_key), challenge) in hex.",
        )
        .with_replay_note("the bt_payload that verified"),
    )
    .grammar(Grammar::Pairs {
        signature: "*",
        separator: b'&',
        assign: b'|',
    })
    .algorithm(Algorithm::Hmac(Digest::Sha1))
    .key_format(KeyFormat::TextDigest(Digest::Sha1))
    .content(&[Part::Form("bt_payload")])
    .dangerous_body_unsigned("Braintree signs the field bt_payload and no other")
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

/// **Dropbox Sign (HelloSign)**, confidence A: `<hex>` at `/event/event_hash` of the JSON in the
/// form field `json` over `{/event/event_time}{/event/event_type}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. Dropbox Sign
/// joins the event's time and type with nothing between. Delivered as multipart/form-data with one
/// field named json. Only time and type are signed. The key is the API key of the account or app
/// owner. Retries: 5 min, 15 min, 45 min, 2 h 15 min, 6 h 45 min, 20 h 15 min. Replay identity:
/// second and type alone are signed: two events of one type in one second share them.
///
/// Source: `hellosign/dropbox-sign-python:dropbox_sign/event_callback_helper.py`.
pub static DROPBOX_SIGN: Scheme = Scheme::builder_at(
    "dropbox-sign",
    Place::FormJson(&FormJson {
        field: "json",
        pointer: "/event/event_hash",
    }),
)
.about(
    About::new(
        "Dropbox Sign (HelloSign)",
        Family::BodyFields,
        Confidence::A,
        "hellosign/dropbox-sign-python:dropbox_sign/event_callback_helper.py",
    )
    .with_handshake(
        "Every callback, the test one included, must get 200 with the text Hello API Event \
         Received in the body.",
    )
    .with_replay_note(
        "second and type alone are signed: two events of one type in one second share them",
    ),
)
.content(&[
    Part::FormJson(&FormJson {
        field: "json",
        pointer: "/event/event_time",
    }),
    Part::FormJson(&FormJson {
        field: "json",
        pointer: "/event/event_type",
    }),
])
.dangerous_parts_touch("Dropbox Sign joins the event's time and type with nothing between")
.dangerous_body_unsigned("Dropbox Sign signs the event's time and type alone")
.timestamp(Timestamp::At(Place::FormJson(&FormJson {
    field: "json",
    pointer: "/event/event_time",
})))
.dangerous_without_window()
.event_type(Place::FormJson(&FormJson {
    field: "json",
    pointer: "/event/event_type",
}))
.replay_id(ReplayId::UnsignedBody)
.retries(Retries::UNKNOWN.acknowledge_within(30).horizon(109_200))
.build();

/// **Ecwid**, confidence A: `X-Ecwid-Webhook-Signature: <base64>` over
/// `{/eventCreated}.{/eventId}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. Only
/// eventCreated and eventId are covered; entityId and data are not authenticated, so fetch the
/// entity. Key is the app client secret. eventCreated is a number, and its text as sent is signed.
/// An older page calls eventId the entity's id; take it from the body either way. Retries: after
/// 15, 30 and 45 min, then every hour. Replay identity: signed with eventCreated, the rest of the
/// body is not: a captured delivery cannot be replayed, but its first use can be altered.
///
/// Source:
/// <https://docs.ecwid.com/build-apps/webhook-automations/setup-webhooks/code-example-for-webhook-handling>.
pub static ECWID: Scheme = Scheme::builder("ecwid", "x-ecwid-webhook-signature")
    .about(
        About::new(
            "Ecwid",
            Family::BodyFields,
            Confidence::A,
            "https://docs.ecwid.com/build-apps/webhook-automations/setup-webhooks/code-example-for-webhook-handling",
        )
        .with_replay_note(
            "signed with eventCreated, the rest of the body is not: a captured delivery cannot be \
             replayed, but its first use can be altered",
        ),
    )
    .encoding(Encoding::Base64)
    .content(&[
        Part::Json {
            pointer: "/eventCreated",
            absent: None,
        },
        Part::Literal("."),
        Part::Json {
            pointer: "/eventId",
            absent: None,
        },
    ])
    .dangerous_body_unsigned("Ecwid signs the event's time and id alone")
    .timestamp(Timestamp::At(Place::Json("/eventCreated")))
    .dangerous_without_window()
    .delivery_id(Place::Json("/eventId"))
    .event_type(Place::Json("/eventType"))
    .replay_id(ReplayId::Id(Place::Json("/eventId")))
    .retries(Retries::UNKNOWN.acknowledge_within(10).horizon(86_400))
    .build();

/// **Lever**, confidence C: `<hex>` at `/signature` of the JSON body over `{/token}{/triggeredAt}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. Lever joins
/// token and time with nothing between. Only the token and triggeredAt are signed. triggeredAt is a
/// JSON number of milliseconds; its decimal text is signed. Replay identity: stamp kept in the
/// digest: stamp and token have nothing between them, so a digit can be moved from one to the other
/// under the same MAC while no window is set, and the token alone would change; replay only, a
/// retry with a new token is not recognised; the rest of the body is not signed.
///
/// Source: <https://hire.lever.co/developer/documentation#webhooks>.
pub static LEVER: Scheme = Scheme::builder_at("lever", Place::Json("/signature"))
    .about(
        About::new(
            "Lever",
            Family::BodyFields,
            Confidence::C,
            "https://hire.lever.co/developer/documentation#webhooks",
        )
        .with_replay_note(
            "stamp kept in the digest: stamp and token have nothing between them, so a digit can \
             be moved from one to the other under the same MAC while no window is set, and the \
             token alone would change; replay only, a retry with a new token is not recognised; \
             the rest of the body is not signed",
        ),
    )
    .content(&[
        Part::Json {
            pointer: "/token",
            absent: None,
        },
        Part::Json {
            pointer: "/triggeredAt",
            absent: None,
        },
    ])
    .dangerous_parts_touch("Lever joins token and time with nothing between")
    .dangerous_body_unsigned("Lever signs token and time alone")
    .timestamp(Timestamp::At(Place::Json("/triggeredAt")))
    .unit(Unit::Millis)
    .dangerous_without_window()
    .delivery_id(Place::Json("/token"))
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Content)
    .build();

/// **Mailgun**, confidence B: `<hex>` at `/signature/signature` of the JSON body over
/// `{/signature/timestamp}{/signature/token}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. Mailgun joins
/// timestamp and token with nothing between. Only the timestamp and token are signed, so the rest
/// of the body can be changed without breaking the MAC. Replay defence is remembering the
/// 50-character token. The key is the account's HTTP webhook signing key, not an API key.
/// Sub-account events also carry /signature/parent-signature made with the parent's key.
/// /signature/timestamp may be a JSON string or a number; its decimal text is what is signed.
/// Retries: about 8 hours with growing gaps (10 min to 4 h). 406 means do not retry. Replay
/// identity: stamp kept in the digest: stamp and token have nothing between them, so a digit can be
/// moved from one to the other under the same MAC while no window is set, and the token alone would
/// change; replay only, a retry with a new token is not recognised; the rest of the body is not
/// signed.
///
/// Source: <https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks>.
pub static MAILGUN: Scheme = Scheme::builder_at("mailgun", Place::Json("/signature/signature"))
    .about(
        About::new(
            "Mailgun",
            Family::BodyFields,
            Confidence::B,
            "https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks",
        )
        .with_replay_note(
            "stamp kept in the digest: stamp and token have nothing between them, so a digit can \
             be moved from one to the other under the same MAC while no window is set, and the \
             token alone would change; replay only, a retry with a new token is not recognised; \
             the rest of the body is not signed",
        ),
    )
    .content(&[
        Part::Json {
            pointer: "/signature/timestamp",
            absent: None,
        },
        Part::Json {
            pointer: "/signature/token",
            absent: None,
        },
    ])
    .dangerous_parts_touch("Mailgun joins timestamp and token with nothing between")
    .dangerous_body_unsigned("Mailgun signs timestamp and token alone")
    .timestamp(Timestamp::At(Place::Json("/signature/timestamp")))
    .dangerous_without_window()
    .delivery_id(Place::Json("/signature/token"))
    .event_type(Place::Json("/event-data/event"))
    .replay_id(ReplayId::Content)
    .retries(Retries::UNKNOWN.horizon(28_800))
    .build();

/// **Mailgun inbound routes (form)**, confidence B: `<hex>` in the form field `signature` over
/// `{timestamp}{token}`.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. Mailgun joins
/// timestamp and token with nothing between. Fields timestamp, token and signature are ordinary
/// form fields; multipart when the message has attachments. If a field occurs twice the last value
/// is the provider's. The key is the account's HTTP webhook signing key. Only timestamp and token
/// are signed, so the message itself can be changed without breaking the MAC. Replay identity:
/// stamp kept in the digest: stamp and token have nothing between them, so a digit can be moved
/// from one to the other under the same MAC while no window is set, and the token alone would
/// change; replay only, a retry with a new token is not recognised; the rest of the body is not
/// signed.
///
/// Source:
/// <https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http>.
pub static MAILGUN_FORM: Scheme = Scheme::builder_at("mailgun-form", Place::Form("signature"))
    .provider("mailgun")
    .about(
        About::new(
            "Mailgun inbound routes (form)",
            Family::BodyFields,
            Confidence::B,
            "https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http",
        )
        .with_replay_note(
            "stamp kept in the digest: stamp and token have nothing between them, so a digit can \
             be moved from one to the other under the same MAC while no window is set, and the \
             token alone would change; replay only, a retry with a new token is not recognised; \
             the rest of the body is not signed",
        ),
    )
    .content(&[Part::Form("timestamp"), Part::Form("token")])
    .last_field_counts()
    .dangerous_parts_touch("Mailgun joins timestamp and token with nothing between")
    .dangerous_body_unsigned("Mailgun signs timestamp and token alone")
    .timestamp(Timestamp::At(Place::Form("timestamp")))
    .dangerous_without_window()
    .delivery_id(Place::Form("token"))
    .replay_id(ReplayId::Content)
    .build();
