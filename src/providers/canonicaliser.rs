//! The signed content is made by a rule that no list of parts can express.

use super::shapes::V1_PAIRS;
use crate::clock::Tolerance;
use crate::scheme::{
    About, Algorithm, Canonical, Confidence, Digest, Encoding, Family, Grammar, KeyFormat, Part,
    Place, ReplayId, Retries, Scheme, Timestamp, Unit,
};

/// **Alipay asynchronous notices**, confidence A: `<base64>` in the form field `sign` over what
/// [`Canonical::AlipayV1`] makes.
///
/// The signature is RSA over SHA-256, by PKCS #1 v1.5. The key is the provider's public one in PEM.
/// This is the sign_type RSA2; RSA, over SHA-1, is refused. Answer the bare text success. Retries:
/// 4 min, 10 min, 10 min, 1 h, 2 h, 6 h, 15 h. Payment notices leave sign_type out of the signed
/// text; notices to an application gateway (service-market orders, for one) sign it, and the Node
/// SDK tries both ways. This preset is the first way only. The Java SDK drops empty values; the
/// Node SDK keeps them. The text is encoded in the charset the notice names, utf-8 as a rule.
/// Replay identity: stays until success is answered, while notify_time changes; & and = inside
/// values make the signed text ambiguous, so a delivery without exactly one notify_id is refused.
///
/// Source:
/// `alipay/alipay-sdk-java-all:src/main/java/com/alipay/api/internal/util/AlipaySignature.java`.
pub static ALIPAY: Scheme = Scheme::builder_at("alipay", Place::Form("sign"))
    .about(
        About::new(
            "Alipay asynchronous notices",
            Family::Canonicaliser,
            Confidence::A,
            "alipay/alipay-sdk-java-all:src/main/java/com/alipay/api/internal/util/AlipaySignature.java",
        )
        .with_replay_note(
            "stays until success is answered, while notify_time changes; & and = inside values \
             make the signed text ambiguous, so a delivery without exactly one notify_id is \
             refused",
        ),
    )
    .algorithm(Algorithm::Rsa(Digest::Sha256))
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::PublicPem)
    .content(&[Part::Canonical(Canonical::AlipayV1)])
    .delivery_id(Place::Form("notify_id"))
    .event_type(Place::Form("notify_type"))
    .replay_id(ReplayId::Id(Place::Form("notify_id")))
    .retries(Retries::UNKNOWN.horizon(87_840))
    .build();

/// **Amazon SNS**, confidence A: `<base64>` in the JSON field `/Signature` over what
/// [`Canonical::AmazonSns`] makes.
///
/// The signature is RSA by PKCS #1 v1.5, over SHA-1 in version 1 and SHA-256 in version 2, as
/// `/SignatureVersion` says. The key is the public one, in PEM, of the certificate that
/// `/SigningCertURL` names: fetch it beforehand, or by a `KeySource`, and only where the URL is https,
/// ends in `.pem` and its host is `sns.REGION.amazonaws.com` (or `.cn`) exactly. The content type is
/// text/plain. Raw message delivery is unsigned. The signed fields are all but the signature's own.
/// Replay identity: documented to stay on retries; taken only as a UUID, since line feeds in a message
/// make the signed text ambiguous; signature and certificate stand in the body, so no body digest.
///
/// Source: `aws/aws-js-sns-message-validator:index.js`.
pub static AMAZON_SNS: Scheme = Scheme::builder_at("amazon-sns", Place::Json("/Signature"))
    .about(
        About::new(
            "Amazon SNS",
            Family::Canonicaliser,
            Confidence::A,
            "aws/aws-js-sns-message-validator:index.js",
        )
        .with_handshake("SubscriptionConfirmation: verify, check the topic, then GET SubscribeURL.")
        .with_replay_note(
            "documented to stay on retries; take it only as a UUID, since newlines in Message make \
             the signed text ambiguous; Signature and SigningCertURL stand in the body, so no body \
             digest",
        ),
    )
    .algorithm(Algorithm::RsaBySignatureVersion)
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::PublicPem)
    .content(&[Part::Canonical(Canonical::AmazonSns)])
    .dangerous_body_unsigned("Amazon signs the fields that it names and not the rest of the body")
    .timestamp(Timestamp::At(Place::Json("/Timestamp")))
    .unit(Unit::Rfc3339)
    .tolerance(Tolerance::symmetric(3600))
    .delivery_id(Place::Json("/MessageId"))
    .event_type(Place::Json("/Type"))
    .replay_id(ReplayId::Id(Place::Json("/MessageId")))
    .retries(Retries::UNKNOWN.acknowledge_within(15))
    .build();

/// **Coinbase Developer Platform**, confidence B: `X-Hook0-Signature: t=<seconds>,v1=<hex>` over
/// what [`Canonical::CoinbaseCdp`] makes.
///
/// The key is the secret's text. The header names in h come from the sender; one that is missing is
/// refused. v0, where present, covers only the body and is ignored. Replay identity: an event id
/// may stand among the signed headers, but the sender chooses the list.
///
/// Source: <https://docs.cdp.coinbase.com/data/webhooks/verify-signatures>.
pub static COINBASE_CDP: Scheme = Scheme::builder("coinbase-cdp", "x-hook0-signature")
    .about(
        About::new(
            "Coinbase Developer Platform",
            Family::Canonicaliser,
            Confidence::B,
            "https://docs.cdp.coinbase.com/data/webhooks/verify-signatures",
        )
        .with_replay_note(
            "an event id may stand among the signed headers, but the sender chooses the list",
        ),
    )
    .grammar(V1_PAIRS)
    .content(&[Part::Canonical(Canonical::CoinbaseCdp)])
    .timestamp(Timestamp::Pair("t"))
    .event_type(Place::Json("/eventType"))
    .replay_id(ReplayId::Body)
    .build();

/// **Contentful request verification**, confidence A: `x-contentful-signature: <hex>` over what
/// [`Canonical::Contentful`] makes.
///
/// The key is the secret's text. The timestamp is in milliseconds. Timestamp and the list header
/// are themselves among the signed headers. Default age is 30 seconds; the future is not checked by
/// the SDK. Replay identity: X-Contentful-Idempotency-Key may not be signed; templates set by the
/// operator may make bodies equal.
///
/// Source: `contentful/node-apps-toolkit:src/requests/sign-request.ts`.
pub static CONTENTFUL: Scheme = Scheme::builder("contentful", "x-contentful-signature")
    .about(
        About::new(
            "Contentful request verification",
            Family::Canonicaliser,
            Confidence::A,
            "contentful/node-apps-toolkit:src/requests/sign-request.ts",
        )
        .with_replay_note(
            "X-Contentful-Idempotency-Key may not be signed; templates set by the operator may \
             make bodies equal",
        ),
    )
    .content(&[Part::Canonical(Canonical::Contentful)])
    .timestamp(Timestamp::Header("x-contentful-timestamp"))
    .unit(Unit::Millis)
    .tolerance(Tolerance::symmetric(30))
    .event_type(Place::Header("x-contentful-topic"))
    .replay_id(ReplayId::Body)
    .build();

/// **FreshBooks**, confidence B: `X-FreshBooks-Hmac-SHA256: <base64>` over what
/// [`Canonical::FreshbooksJson`] makes.
///
/// The key is the secret's text. Replay identity: the form names event and object only: every
/// update of one invoice is byte-equal; unstamped.
///
/// Source: `freshbooks/freshbooks-python-sdk:docs/source/user_guide/webhooks.md`.
pub static FRESHBOOKS: Scheme = Scheme::builder("freshbooks", "x-freshbooks-hmac-sha256")
    .about(
        About::new(
            "FreshBooks",
            Family::Canonicaliser,
            Confidence::B,
            "freshbooks/freshbooks-python-sdk:docs/source/user_guide/webhooks.md",
        )
        .with_handshake(
            "POST with a verifier field: send it back by a PUT to the callbacks endpoint; it is \
             the key afterwards.",
        )
        .with_replay_note(
            "the form names event and object only: every update of one invoice is byte-equal; \
             unstamped",
        ),
    )
    .encoding(Encoding::Base64)
    .content(&[Part::Canonical(Canonical::FreshbooksJson)])
    .replay_id(ReplayId::Indistinct)
    .build();

/// **Plivo (V3)**, confidence A: `X-Plivo-Signature-V3: <base64>,…` over
/// `{canonical}.{X-Plivo-Signature-V3-Nonce}`, where [`Canonical::PlivoV3`] makes the first part.
///
/// The key is the secret's text. A POST with fields but no query still gets the bare ? before the
/// fields. For GET the call's parameters are merged into the query. Lists sort their values; nested
/// maps are flattened the same way. The header may hold several signatures separated by commas.
/// Replay identity: the nonce is part of it: made anew it hides a retry.
///
/// Source: `plivo/plivo-python:plivo/utils/signature_v3.py`.
pub static PLIVO_V3: Scheme = Scheme::builder("plivo-v3", "x-plivo-signature-v3")
    .provider("plivo")
    .about(
        About::new(
            "Plivo (V3)",
            Family::Canonicaliser,
            Confidence::A,
            "plivo/plivo-python:plivo/utils/signature_v3.py",
        )
        .with_replay_note("the nonce is part of it: made anew it hides a retry"),
    )
    .grammar(Grammar::List {
        prefix: "",
        separator: b',',
    })
    .encoding(Encoding::Base64)
    .content(&[
        Part::Canonical(Canonical::PlivoV3),
        Part::Literal("."),
        Part::Header("x-plivo-signature-v3-nonce"),
    ])
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

/// **Unisender Go**, confidence B: `<hex>` at `/auth` of the JSON body over what
/// [`Canonical::UnisenderGo`] makes.
///
/// A plain MD5 of content that holds the secret's text, and no MAC. The bytes are replaced in
/// place. django-anymail (anymail/webhooks/unisender_go.py) quotes the rule and does the same, but
/// replaces every occurrence of the value. Replay identity: not the raw body: auth stands in it and
/// its hex case could be changed. A body may hold several events.
///
/// Source: <https://godocs.unisender.ru/web-api-ref#callback-format>.
pub static UNISENDER_GO: Scheme = Scheme::builder_at("unisender-go", Place::Json("/auth"))
    .about(
        About::new(
            "Unisender Go",
            Family::Canonicaliser,
            Confidence::B,
            "https://godocs.unisender.ru/web-api-ref#callback-format",
        )
        .with_handshake("GET at configuration; answer 200.")
        .with_replay_note("not the raw body: auth stands in it and its hex case could be changed")
        .with_batches(),
    )
    .algorithm(Algorithm::Digest(Digest::Md5))
    .content(&[Part::Canonical(Canonical::UnisenderGo)])
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

/// **Vonage SMS signed messages**, confidence A: `<hex>` in the form field `sig` over what
/// [`Canonical::VonageSig`] makes.
///
/// The key is the secret's text. The vendor judges no window, so none is judged here. The algorithm
/// is an account setting: md5 (hash with the secret appended), or HMAC with md5, sha1, sha256,
/// sha512; this preset is HMAC with sha256. Parameters come in the query for GET and in a form or
/// JSON body for POST; the form is what this preset reads. Replay identity: every parameter but
/// timestamp; a nonce made anew hides a retry.
///
/// Source: `Vonage/vonage-python-sdk:src/vonage/client.py`.
pub static VONAGE_SMS: Scheme = Scheme::builder_at("vonage-sms", Place::Form("sig"))
    .about(
        About::new(
            "Vonage SMS signed messages",
            Family::Canonicaliser,
            Confidence::A,
            "Vonage/vonage-python-sdk:src/vonage/client.py",
        )
        .with_replay_note("every parameter but timestamp; a nonce made anew hides a retry"),
    )
    .content(&[Part::Canonical(Canonical::VonageSig)])
    .timestamp(Timestamp::At(Place::Form("timestamp")))
    .dangerous_without_window()
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

/// **WeCom (WeChat Work) callbacks**, confidence A: `<hex>` in the query's `msg_signature` over
/// what [`Canonical::Wecom`] makes.
///
/// A plain SHA-1 of content that holds the secret's text, and no MAC. The vendor judges no window,
/// so none is judged here. WeCom signs the encrypted text in the body and not what stands around
/// it. The secret is the token. The Encrypt text is AES-256-CBC under EncodingAESKey. WeChat
/// official accounts in plain mode sort only token, timestamp and nonce, in the parameter
/// signature. Bots that speak JSON send the same text as the member encrypt of a JSON body, which
/// this preset does not read. Replay identity: stamp kept: the four texts are sorted and joined
/// with nothing between; the token is left out; a retry encrypted anew is not recognised.
///
/// Source: `sbzhu/weworkapi_python:callback_python3/WXBizMsgCrypt.py`.
pub static WECOM: Scheme = Scheme::builder_at("wecom", Place::Query("msg_signature"))
    .about(
        About::new(
            "WeCom (WeChat Work) callbacks",
            Family::Canonicaliser,
            Confidence::A,
            "sbzhu/weworkapi_python:callback_python3/WXBizMsgCrypt.py",
        )
        .with_handshake(
            "GET with msg_signature, timestamp, nonce, echostr: check over echostr, decrypt it \
             with the EncodingAESKey and answer 200 with the plain text, no quotes, no newline, \
             within 1 s.",
        )
        .with_replay_note(
            "stamp kept: the four texts are sorted and joined with nothing between; the token is \
             left out; a retry encrypted anew is not recognised",
        ),
    )
    .algorithm(Algorithm::Digest(Digest::Sha1))
    .content(&[Part::Canonical(Canonical::Wecom)])
    .dangerous_body_unsigned(
        "WeCom signs the encrypted text in the body and not what stands around it",
    )
    .timestamp(Timestamp::At(Place::Query("timestamp")))
    .dangerous_without_window()
    .replay_id(ReplayId::Content)
    .build();
