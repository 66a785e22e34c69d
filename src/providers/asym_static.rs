//! The provider signs with a private key, and its public one is configured. The algorithm is the
//! preset's, never the message's.

use super::shapes::ID_DOT_TIMESTAMP_DOT_BODY;
use crate::scheme::{
    About, Algorithm, Confidence, Digest, Encoding, Family, Grammar, KeyFormat, Part, Place,
    ReplayId, Retries, Scheme, Timestamp,
};

/// **Discord interactions and webhook events**, confidence A: `X-Signature-Ed25519: <hex>` over
/// `{X-Signature-Timestamp}{body}`.
///
/// The signature is Ed25519. The key is the provider's public one, 32 bytes in hex. The vendor
/// judges no window, so none is judged here. Discord joins timestamp and body with nothing between.
/// Discord sends deliberately bad signatures, at registration and now and then later; anything but
/// 401 makes it drop the URL. Answer within 3 seconds. Replay identity: interactions only; event
/// webhooks carry no id and fall back to the body's digest; stamp and body touch and no window is
/// set.
///
/// Source: `discord/discord-interactions-python:discord_interactions/__init__.py`.
pub static DISCORD: Scheme = Scheme::builder("discord", "x-signature-ed25519")
    .about(
        About::new(
            "Discord interactions and webhook events",
            Family::AsymStatic,
            Confidence::A,
            "discord/discord-interactions-python:discord_interactions/__init__.py",
        )
        .with_handshake(
            "POST with type 1 (interaction PING): answer 200 with {\"type\":1}; for webhook \
             events (type 0) answer 204; bad signatures must get 401.",
        )
        .with_replay_note(
            "interactions only; event webhooks carry no id and fall back to the body's digest; \
             stamp and body touch and no window is set",
        ),
    )
    .algorithm(Algorithm::Ed25519)
    .key_format(KeyFormat::PublicHex)
    .content(&[Part::Timestamp, Part::Body])
    .dangerous_parts_touch("Discord joins timestamp and body with nothing between")
    .timestamp(Timestamp::Header("x-signature-timestamp"))
    .dangerous_without_window()
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(Retries::UNKNOWN.acknowledge_within(3))
    .build();

/// **HighLevel**, confidence A: `X-GHL-Signature: <base64>` over the body.
///
/// The signature is Ed25519. The key is the provider's public one in PEM. X-WH-Signature,
/// RSA-SHA256 in base64, is the older header on the same body. The public key is published in the
/// integration guide. The vendor's SDK verifies a JSON.stringify of the parsed body; that equals
/// the raw body only while the sender's JSON is compact. Replay identity: webhookId may well be the
/// delivery's; not confirmed, so not used.
///
/// Source: `GoHighLevel/highlevel-api-sdk:lib/webhook/webhook-manager.ts`.
pub static HIGHLEVEL: Scheme = Scheme::builder("highlevel", "x-ghl-signature")
    .about(
        About::new(
            "HighLevel",
            Family::AsymStatic,
            Confidence::A,
            "GoHighLevel/highlevel-api-sdk:lib/webhook/webhook-manager.ts",
        )
        .with_replay_note("webhookId may well be the delivery's; not confirmed, so not used"),
    )
    .algorithm(Algorithm::Ed25519)
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::PublicPem)
    .delivery_id(Place::Json("/webhookId"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Body)
    .build();

/// **HighLevel (older RSA header)**, confidence A: `X-WH-Signature: <base64>` over the body.
///
/// The signature is RSA over SHA-256, by PKCS #1 v1.5. The key is the provider's public one in PEM.
/// Replaced by X-GHL-Signature (Ed25519), which alone is sent after 1 July 2026; the SDK prefers
/// that one and does not fall back when both are there. The SDK checks the body printed again with
/// JSON.stringify; the raw bytes are what was signed. Replay identity: webhookId may well be the
/// delivery's; not confirmed, so not used.
///
/// Source: `GoHighLevel/highlevel-api-sdk:lib/webhook/webhook-manager.ts`.
pub static HIGHLEVEL_RSA: Scheme = Scheme::builder("highlevel-rsa", "x-wh-signature")
    .provider("highlevel")
    .about(
        About::new(
            "HighLevel (older RSA header)",
            Family::AsymStatic,
            Confidence::A,
            "GoHighLevel/highlevel-api-sdk:lib/webhook/webhook-manager.ts",
        )
        .with_replay_note("webhookId may well be the delivery's; not confirmed, so not used"),
    )
    .algorithm(Algorithm::Rsa(Digest::Sha256))
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::PublicPem)
    .delivery_id(Place::Json("/webhookId"))
    .replay_id(ReplayId::Body)
    .build();

/// **Postal**, confidence A: `X-Postal-Signature-256: <base64>` over the body.
///
/// The signature is RSA over SHA-256, by PKCS #1 v1.5. The key is the provider's public one in PEM.
/// X-Postal-Signature beside it is the older RSA-SHA1 form. X-Postal-Signature-KID names the key of
/// the installation's JWKS.
///
/// Source: `postalserver/postal:lib/postal/http.rb`.
pub static POSTAL: Scheme = Scheme::builder("postal", "x-postal-signature-256")
    .about(About::new(
        "Postal",
        Family::AsymStatic,
        Confidence::A,
        "postalserver/postal:lib/postal/http.rb",
    ))
    .algorithm(Algorithm::Rsa(Digest::Sha256))
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::PublicPem)
    .delivery_id(Place::Json("/uuid"))
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Id(Place::Json("/uuid")))
    .build();

/// **SendGrid Event Webhook**, confidence A: `X-Twilio-Email-Event-Webhook-Signature: <base64>`
/// over `{X-Twilio-Email-Event-Webhook-Timestamp}{body}`.
///
/// The signature is ECDSA on P-256 over SHA-256, in DER. The key is the provider's public one, DER
/// in base64. The vendor judges no window, so none is judged here. SendGrid joins timestamp and
/// body with nothing between. The body ends in CR LF and holds CR LF between events; any trimming
/// breaks the signature. One delivery is a JSON array of events, so ids are per element. Retries:
/// up to 24 hours. Replay identity: that a retry holds the same batch is not documented; stamp and
/// body touch and no window is set. A body may hold several events.
///
/// Source: `sendgrid/sendgrid-nodejs:packages/eventwebhook/src/eventwebhook.spec.js`.
pub static SENDGRID: Scheme = Scheme::builder("sendgrid", "x-twilio-email-event-webhook-signature")
    .about(
        About::new(
            "SendGrid Event Webhook",
            Family::AsymStatic,
            Confidence::A,
            "sendgrid/sendgrid-nodejs:packages/eventwebhook/src/eventwebhook.spec.js",
        )
        .with_replay_note(
            "that a retry holds the same batch is not documented; stamp and body touch and no \
             window is set",
        )
        .with_batches(),
    )
    .algorithm(Algorithm::EcdsaP256(Digest::Sha256))
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::PublicDer)
    .content(&[Part::Timestamp, Part::Body])
    .dangerous_parts_touch("SendGrid joins timestamp and body with nothing between")
    .timestamp(Timestamp::Header("x-twilio-email-event-webhook-timestamp"))
    .dangerous_without_window()
    .delivery_id(Place::Json("/0/sg_event_id"))
    .event_type(Place::Json("/0/event"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.horizon(86_400))
    .build();

/// **Standard Webhooks (v1a, Ed25519)**, confidence A: `webhook-signature: v1a,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The signature is Ed25519. The key is the provider's public one, 32 bytes in base64 after
/// `whpk_`. v1 and v1a may be mixed; only v1a is taken here.
///
/// Source: `standard-webhooks/standard-webhooks:spec/standard-webhooks.md`.
pub static STANDARD_WEBHOOKS_ASYM: Scheme =
    Scheme::builder("standard-webhooks-asym", "webhook-signature")
        .provider("standard-webhooks")
        .about(About::new(
            "Standard Webhooks (v1a, Ed25519)",
            Family::AsymStatic,
            Confidence::A,
            "standard-webhooks/standard-webhooks:spec/standard-webhooks.md",
        ))
        .grammar(Grammar::List {
            prefix: "v1a,",
            separator: b' ',
        })
        .algorithm(Algorithm::Ed25519)
        .encoding(Encoding::Base64)
        .key_format(KeyFormat::PublicBase64 { prefix: "whpk_" })
        .content(ID_DOT_TIMESTAMP_DOT_BODY)
        .timestamp(Timestamp::Header("webhook-timestamp"))
        .delivery_id(Place::Header("webhook-id"))
        .replay_id(ReplayId::Id(Place::Header("webhook-id")))
        .build();

/// **Telnyx**, confidence A: `telnyx-signature-ed25519: <base64>` over `{telnyx-timestamp}|{body}`.
///
/// The signature is Ed25519. The key is the provider's public one, 32 bytes in base64. Older
/// accounts (API v1) used RSA with the same content; not covered. Replay identity: meta.attempt
/// changes at each attempt, so no body digest; /data/payload/id is the call's or message's and
/// recurs.
///
/// Source: `team-telnyx/telnyx-node:src/lib/webhooks.ts`.
pub static TELNYX: Scheme = Scheme::builder("telnyx", "telnyx-signature-ed25519")
    .about(
        About::new(
            "Telnyx",
            Family::AsymStatic,
            Confidence::A,
            "team-telnyx/telnyx-node:src/lib/webhooks.ts",
        )
        .with_replay_note(
            "meta.attempt changes at each attempt, so no body digest; /data/payload/id is the \
             call's or message's and recurs",
        ),
    )
    .algorithm(Algorithm::Ed25519)
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::PublicBase64 { prefix: "" })
    .content(&[Part::Timestamp, Part::Literal("|"), Part::Body])
    .timestamp(Timestamp::Header("telnyx-timestamp"))
    .delivery_id(Place::Json("/data/id"))
    .event_type(Place::Json("/data/event_type"))
    .replay_id(ReplayId::Id(Place::Json("/data/id")))
    .build();

/// **Wise**, confidence B: `X-Signature-SHA256: <base64>` over the body.
///
/// The signature is RSA over SHA-256, by PKCS #1 v1.5. The key is the provider's public one in PEM.
/// The published keys of sandbox and production differ. The older X-Signature header is RSA-SHA1:
/// do not fall back to it. Replay identity: sent_at in the body may be new at each attempt;
/// X-Delivery-Id is not signed.
///
/// Source: `transferwise/digital-signatures-examples:verify-webhook-signature/README.md`.
pub static WISE: Scheme = Scheme::builder("wise", "x-signature-sha256")
    .about(
        About::new(
            "Wise",
            Family::AsymStatic,
            Confidence::B,
            "transferwise/digital-signatures-examples:verify-webhook-signature/README.md",
        )
        .with_handshake("A test delivery carries X-Test-Notification: true; answer 2xx.")
        .with_replay_note(
            "sent_at in the body may be new at each attempt; X-Delivery-Id is not signed",
        ),
    )
    .algorithm(Algorithm::Rsa(Digest::Sha256))
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::PublicPem)
    .delivery_id(Place::Header("x-delivery-id"))
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::Body)
    .build();
