//! A plain digest of the secret joined with other bytes, where a MAC should be.

use crate::clock::Tolerance;
use crate::scheme::{
    About, AfterClientError, Algorithm, Confidence, Digest, Family, Grammar, Part, Place, ReplayId,
    Retries, Scheme, Timestamp,
};

/// **Cloudinary notifications**, confidence A: `X-Cld-Signature: <hex>` over
/// `{body}{X-Cld-Timestamp}{secret}`.
///
/// A plain SHA-1 of content that holds the secret's text, and no MAC. Cloudinary joins body and
/// timestamp with nothing between. The SDK only refuses timestamps older than two hours. The
/// algorithm is an account setting.
///
/// Source: `cloudinary/pycloudinary:cloudinary/utils.py`.
pub static CLOUDINARY: Scheme = Scheme::builder("cloudinary", "x-cld-signature")
    .about(About::new(
        "Cloudinary notifications",
        Family::SecretHash,
        Confidence::A,
        "cloudinary/pycloudinary:cloudinary/utils.py",
    ))
    .algorithm(Algorithm::Digest(Digest::Sha1))
    .content(&[Part::Body, Part::Timestamp, Part::Secret])
    .dangerous_parts_touch("Cloudinary joins body and timestamp with nothing between")
    .timestamp(Timestamp::Header("x-cld-timestamp"))
    .tolerance(Tolerance::symmetric(7_200))
    .event_type(Place::Json("/notification_type"))
    .replay_id(ReplayId::Body)
    .build();

/// **Cloudinary notifications (SHA-256 accounts)**, confidence A: `X-Cld-Signature: <hex>` over
/// `{body}{X-Cld-Timestamp}{secret}`.
///
/// A plain SHA-256 of content that holds the secret's text, and no MAC. Cloudinary joins body and
/// timestamp with nothing between. The SDK only refuses timestamps older than two hours. The
/// algorithm is an account setting.
///
/// Source: `cloudinary/pycloudinary:cloudinary/utils.py`.
pub static CLOUDINARY_SHA256: Scheme = Scheme::builder("cloudinary-sha256", "x-cld-signature")
    .provider("cloudinary")
    .about(About::new(
        "Cloudinary notifications (SHA-256 accounts)",
        Family::SecretHash,
        Confidence::A,
        "cloudinary/pycloudinary:cloudinary/utils.py",
    ))
    .algorithm(Algorithm::Digest(Digest::Sha256))
    .content(&[Part::Body, Part::Timestamp, Part::Secret])
    .dangerous_parts_touch("Cloudinary joins body and timestamp with nothing between")
    .timestamp(Timestamp::Header("x-cld-timestamp"))
    .tolerance(Tolerance::symmetric(7_200))
    .event_type(Place::Json("/notification_type"))
    .replay_id(ReplayId::Body)
    .build();

/// **HubSpot (signature v1)**, confidence A: `X-HubSpot-Signature: <hex>` over `{secret}{body}`.
///
/// A plain SHA-256 of content that holds the secret's text, and no MAC. X-HubSpot-Signature-Version
/// says v1 or v2 for the same header. Retries: up to 10 tries over 24 hours. Replay identity:
/// attemptNumber in the body changes at each attempt: a retry is not recognised; the digest can be
/// length-extended, but not into JSON. A body may hold several events.
///
/// Source: `HubSpot/hubspot-api-nodejs:test/unit/signature.spec.ts`.
pub static HUBSPOT_V1: Scheme = Scheme::builder("hubspot-v1", "x-hubspot-signature")
    .provider("hubspot")
    .about(
        About::new(
            "HubSpot (signature v1)",
            Family::SecretHash,
            Confidence::A,
            "HubSpot/hubspot-api-nodejs:test/unit/signature.spec.ts",
        )
        .with_replay_note(
            "attemptNumber in the body changes at each attempt: a retry is not recognised; the \
             digest can be length-extended, but not into JSON",
        )
        .with_batches(),
    )
    .require_headers(&[("x-hubspot-signature-version", "v1")])
    .algorithm(Algorithm::Digest(Digest::Sha256))
    .content(&[Part::Secret, Part::Body])
    .delivery_id(Place::Json("/0/eventId"))
    .event_type(Place::Json("/0/subscriptionType"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(5).horizon(86_400))
    .build();

/// **HubSpot (signature v2)**, confidence A: `X-HubSpot-Signature: <hex>` over
/// `{secret}{method}{URL}{body}`.
///
/// A plain SHA-256 of content that holds the secret's text, and no MAC. HubSpot joins method, URL
/// and body with nothing between. Used by workflow actions and CRM cards; the URL includes its
/// query. Method is upper-case. Replay identity: without the secret; card fetches repeat byte for
/// byte and want the handler each time: guard workflow actions only.
///
/// Source: `HubSpot/hubspot-api-nodejs:test/unit/signature.spec.ts`.
pub static HUBSPOT_V2: Scheme = Scheme::builder("hubspot-v2", "x-hubspot-signature")
    .provider("hubspot")
    .about(
        About::new(
            "HubSpot (signature v2)",
            Family::SecretHash,
            Confidence::A,
            "HubSpot/hubspot-api-nodejs:test/unit/signature.spec.ts",
        )
        .with_replay_note(
            "without the secret; card fetches repeat byte for byte and want the handler each \
             time: guard workflow actions only",
        ),
    )
    .require_headers(&[("x-hubspot-signature-version", "v2")])
    .algorithm(Algorithm::Digest(Digest::Sha256))
    .content(&[Part::Secret, Part::Method, Part::Url, Part::Body])
    .dangerous_parts_touch("HubSpot joins method, URL and body with nothing between")
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

/// **Lark / Feishu events**, confidence A: `X-Lark-Signature: <hex>` over
/// `{X-Lark-Request-Timestamp}{X-Lark-Request-Nonce}{secret}{body}`.
///
/// A plain SHA-256 of content that holds the secret's text, and no MAC. The vendor judges no
/// window, so none is judged here. Lark joins timestamp and nonce with nothing between. The secret
/// is the Encrypt Key; with none set no signature comes, only the verification token in the body.
/// The body stays the encrypted envelope while signing. Retries: 15 s, 5 min, 1 h, 6 h. Replay
/// identity: event_id stands inside the ciphertext; a retry encrypted anew is not recognised.
///
/// Source: `larksuite/oapi-sdk-python:lark_oapi/event/dispatcher_handler.py`.
pub static LARK: Scheme = Scheme::builder("lark", "x-lark-signature")
    .about(
        About::new(
            "Lark / Feishu events",
            Family::SecretHash,
            Confidence::A,
            "larksuite/oapi-sdk-python:lark_oapi/event/dispatcher_handler.py",
        )
        .with_handshake(
            "POST with type url_verification (perhaps inside an encrypt envelope; its token \
             equals the verification token): answer 200 JSON {\"challenge\":\"...\"}.",
        )
        .with_replay_note(
            "event_id stands inside the ciphertext; a retry encrypted anew is not recognised",
        ),
    )
    .algorithm(Algorithm::Digest(Digest::Sha256))
    .content(&[
        Part::Timestamp,
        Part::Header("x-lark-request-nonce"),
        Part::Secret,
        Part::Body,
    ])
    .dangerous_parts_touch("Lark joins timestamp and nonce with nothing between")
    .timestamp(Timestamp::Header("x-lark-request-timestamp"))
    .dangerous_without_window()
    .delivery_id(Place::Json("/header/event_id"))
    .event_type(Place::Json("/header/event_type"))
    .replay_id(ReplayId::Body)
    .retries(Retries::UNKNOWN.acknowledge_within(3).horizon(25_515))
    .build();

/// **Midtrans**, confidence A: `<hex>` at `/signature_key` of the JSON body over
/// `{/order_id}{/status_code}{/gross_amount}{secret}`.
///
/// A plain SHA-512 of content that holds the secret's text, and no MAC. Midtrans joins order id,
/// status code and amount with nothing between. The secret is the server key. gross_amount is
/// signed as the text that was sent (two decimals). transaction_status is not covered by the hash:
/// confirm with the status API. Pay Account notifications hash account_id, account_status,
/// status_code and the key instead, which this preset does not read. Replay identity: the signed
/// fields recur: settlement, refund and cancel of one order share them.
///
/// Source: <https://docs.midtrans.com/reference/receiving-notifications>.
pub static MIDTRANS: Scheme = Scheme::builder_at("midtrans", Place::Json("/signature_key"))
    .about(
        About::new(
            "Midtrans",
            Family::SecretHash,
            Confidence::A,
            "https://docs.midtrans.com/reference/receiving-notifications",
        )
        .with_replay_note(
            "the signed fields recur: settlement, refund and cancel of one order share them",
        ),
    )
    .algorithm(Algorithm::Digest(Digest::Sha512))
    .content(&[
        Part::Json {
            pointer: "/order_id",
            absent: None,
        },
        Part::Json {
            pointer: "/status_code",
            absent: None,
        },
        Part::Json {
            pointer: "/gross_amount",
            absent: None,
        },
        Part::Secret,
    ])
    .dangerous_parts_touch("Midtrans joins order id, status code and amount with nothing between")
    .dangerous_body_unsigned("Midtrans signs order id, status code and amount alone")
    .delivery_id(Place::Json("/transaction_id"))
    .event_type(Place::Json("/transaction_status"))
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Moralis Streams**, confidence A: `x-signature: 0x<hex>` over `{body}{secret}`.
///
/// A plain Keccak-256 of content that holds the secret's text, and no MAC. Keccak-256 as Ethereum
/// uses it, not NIST SHA3-256. The SDK re-serialises the body with JSON.stringify; the raw body is
/// that text. The secret is the account's streams secret (web3 API key). Replay identity: retries
/// in the body counts the attempts: a retry is not recognised; streamId names the subscription.
///
/// Source: `MoralisWeb3/Moralis-JS-SDK:packages/streams/src/methods/verifySignature.ts`.
pub static MORALIS: Scheme = Scheme::builder("moralis", "x-signature")
    .about(
        About::new(
            "Moralis Streams",
            Family::SecretHash,
            Confidence::A,
            "MoralisWeb3/Moralis-JS-SDK:packages/streams/src/methods/verifySignature.ts",
        )
        .with_handshake(
            "A test POST with empty arrays when a stream is made or changed; answer 200.",
        )
        .with_replay_note(
            "retries in the body counts the attempts: a retry is not recognised; streamId names \
             the subscription",
        ),
    )
    .grammar(Grammar::Prefixed {
        prefix: "0x",
        optional: false,
    })
    .algorithm(Algorithm::Digest(Digest::Keccak256))
    .content(&[Part::Body, Part::Secret])
    .delivery_id(Place::Json("/streamId"))
    .replay_id(ReplayId::Body)
    .build();

/// **Recharge**, confidence C: `X-Recharge-Hmac-Sha256: <hex>` over `{secret}{body}`.
///
/// A plain SHA-256 of content that holds the secret's text, and no MAC. The header's name
/// notwithstanding, it is no HMAC; the secret is the client secret. It can be length-extended:
/// parse the body strictly. Recharge now calls this the legacy scheme: every delivery also carries
/// X-Recharge-Webhook-Signature, t=...,v1=..., an HMAC-SHA256 in hex of t.body under the same
/// client secret with a window of 48 hours. Where that header is present and fails, do not fall
/// back to this one. Sent up to 20 times over 48 hours, then deleted. Replay identity: topics of
/// one change (unsigned header) may have equal bodies: an endpoint a topic; the digest can be
/// length-extended, but not into JSON.
///
/// Source: <https://docs.getrecharge.com/docs/webhooks-overview#validating-webhooks>.
pub static RECHARGE: Scheme = Scheme::builder("recharge", "x-recharge-hmac-sha256")
    .about(
        About::new(
            "Recharge",
            Family::SecretHash,
            Confidence::C,
            "https://docs.getrecharge.com/docs/webhooks-overview#validating-webhooks",
        )
        .with_replay_note(
            "topics of one change (unsigned header) may have equal bodies: an endpoint a topic; \
             the digest can be length-extended, but not into JSON",
        ),
    )
    .algorithm(Algorithm::Digest(Digest::Sha256))
    .content(&[Part::Secret, Part::Body])
    .event_type(Place::Header("x-recharge-topic"))
    .replay_id(ReplayId::Body)
    .retries(
        Retries::UNKNOWN
            .acknowledge_within(5)
            .after_client_error(AfterClientError::Loses)
            .horizon(172_800),
    )
    .build();

/// **Sellsy**, confidence C: `X-Webhook-Signature: <hex>` over `{secret}{body}`.
///
/// A plain SHA-1 of content that holds the secret's text, and no MAC. It is open to length
/// extension. Replay identity: the digest can be length-extended: demand one well-formed value.
///
/// Source: `NangoHQ/nango:packages/server/lib/webhook/sellsy-webhook-routing.ts`.
pub static SELLSY: Scheme = Scheme::builder("sellsy", "x-webhook-signature")
    .about(
        About::new(
            "Sellsy",
            Family::SecretHash,
            Confidence::C,
            "NangoHQ/nango:packages/server/lib/webhook/sellsy-webhook-routing.ts",
        )
        .with_replay_note("the digest can be length-extended: demand one well-formed value"),
    )
    .algorithm(Algorithm::Digest(Digest::Sha1))
    .content(&[Part::Secret, Part::Body])
    .replay_id(ReplayId::Body)
    .build();
