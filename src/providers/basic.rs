//! HTTP Basic credentials, set at the provider, come along with each delivery. Nothing is signed.

use crate::scheme::{
    About, AfterClientError, Algorithm, Confidence, Family, Grammar, Part, Place, ReplayId,
    Retries, Scheme,
};

const BASIC: Grammar = Grammar::Prefixed {
    prefix: "Basic ",
    optional: false,
};

/// **Azure DevOps service hooks**, confidence B: `Authorization: Basic <base64>`.
///
/// The secret is `user:password`. Nothing is signed: who sees one delivery can forge the next.
///
/// Source: `MicrosoftDocs/azure-devops-docs:docs/service-hooks/consumers.md`.
pub static AZURE_DEVOPS: Scheme = Scheme::builder("azure-devops", "authorization")
    .about(About::new(
        "Azure DevOps service hooks",
        Family::Basic,
        Confidence::B,
        "MicrosoftDocs/azure-devops-docs:docs/service-hooks/consumers.md",
    ))
    .grammar(BASIC)
    .algorithm(Algorithm::Basic)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Azure DevOps sends Basic credentials and signs nothing")
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/eventType"))
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Bandwidth**, confidence B: `Authorization: Basic <base64>`.
///
/// The secret is `user:password`. Nothing is signed: who sees one delivery can forge the next. User
/// and password are set on the application, on the subscription or per call. A body may hold
/// several events.
///
/// Source: <https://dev.bandwidth.com/guides/callbacks/callbacks.html>.
pub static BANDWIDTH: Scheme = Scheme::builder("bandwidth", "authorization")
    .about(
        About::new(
            "Bandwidth",
            Family::Basic,
            Confidence::B,
            "https://dev.bandwidth.com/guides/callbacks/callbacks.html",
        )
        .with_batches(),
    )
    .grammar(BASIC)
    .algorithm(Algorithm::Basic)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Bandwidth sends Basic credentials and signs nothing")
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Chargebee**, confidence A: `Authorization: Basic <base64>`.
///
/// The secret is `user:password`. Nothing is signed: who sees one delivery can forge the next.
/// Re-fetch the event by id before acting on it. Replay identity: webhook_status in the body may
/// change between attempts.
///
/// Source: `chargebee/chargebee-node:src/resources/webhook/auth.ts`.
pub static CHARGEBEE: Scheme = Scheme::builder("chargebee", "authorization")
    .about(
        About::new(
            "Chargebee",
            Family::Basic,
            Confidence::A,
            "chargebee/chargebee-node:src/resources/webhook/auth.ts",
        )
        .with_replay_note("webhook_status in the body may change between attempts"),
    )
    .grammar(BASIC)
    .algorithm(Algorithm::Basic)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Chargebee sends Basic credentials and signs nothing")
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **CloudMailin**, confidence A: `Authorization: Basic <base64>`.
///
/// The secret is `user:password`. Nothing is signed: who sees one delivery can forge the next.
/// Credentials in the target URL. The signed requests of the old Original format are deprecated.
/// 2xx accepts, 4xx rejects and bounces the message, 5xx is retried.
///
/// Source: <https://docs.cloudmailin.com/receiving_email/securing_your_email_url_target/>.
pub static CLOUDMAILIN: Scheme = Scheme::builder("cloudmailin", "authorization")
    .about(About::new(
        "CloudMailin",
        Family::Basic,
        Confidence::A,
        "https://docs.cloudmailin.com/receiving_email/securing_your_email_url_target/",
    ))
    .grammar(BASIC)
    .algorithm(Algorithm::Basic)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("CloudMailin sends Basic credentials and signs nothing")
    .replay_id(ReplayId::UnsignedBody)
    .retries(Retries::UNKNOWN.after_client_error(AfterClientError::Loses))
    .build();

/// **Mailjet**, confidence B: `Authorization: Basic <base64>`.
///
/// The secret is `user:password`. Nothing is signed: who sees one delivery can forge the next.
/// Credentials are placed in the webhook URL. Body is one event or an array of events. Retries:
/// every 30 s for 24 h. A body may hold several events.
///
/// Source: `mailjet/api-documentation:guides/_event-api.md`.
pub static MAILJET: Scheme = Scheme::builder("mailjet", "authorization")
    .about(
        About::new(
            "Mailjet",
            Family::Basic,
            Confidence::B,
            "mailjet/api-documentation:guides/_event-api.md",
        )
        .with_batches(),
    )
    .grammar(BASIC)
    .algorithm(Algorithm::Basic)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Mailjet sends Basic credentials and signs nothing")
    .replay_id(ReplayId::UnsignedBody)
    .retries(Retries::UNKNOWN.horizon(86_400))
    .build();

/// **Marqeta**, confidence B: `Authorization: Basic <base64>`.
///
/// The secret is `user:password`. Nothing is signed: who sees one delivery can forge the next.
/// Basic credentials are configured per webhook. Basic credentials are required; an optional secret
/// adds X-Marqeta-Signature, a hex HMAC of the raw body: SHA-1 formerly, SHA-256 where
/// signature_algorithm asks for it. Answer 2xx within a few seconds; failures are retried and can
/// be resent by API. A body may hold several events.
///
/// Source: <https://www.marqeta.com/docs/core-api/webhooks/create-webhook>.
pub static MARQETA: Scheme = Scheme::builder("marqeta", "authorization")
    .about(
        About::new(
            "Marqeta",
            Family::Basic,
            Confidence::B,
            "https://www.marqeta.com/docs/core-api/webhooks/create-webhook",
        )
        .with_batches(),
    )
    .grammar(BASIC)
    .algorithm(Algorithm::Basic)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Marqeta sends Basic credentials and signs nothing")
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Pipedrive**, confidence B: `Authorization: Basic <base64>`.
///
/// The secret is `user:password`. Nothing is signed: who sees one delivery can forge the next. User
/// and password are optional when the webhook is made. Retries: 3 retries, at 3, 30 and 150 s.
/// Replay identity: the body counts the attempts: a retry may not be recognised.
///
/// Source: <https://developers.pipedrive.com/docs/api/v1/Webhooks>.
pub static PIPEDRIVE: Scheme = Scheme::builder("pipedrive", "authorization")
    .about(
        About::new(
            "Pipedrive",
            Family::Basic,
            Confidence::B,
            "https://developers.pipedrive.com/docs/api/v1/Webhooks",
        )
        .with_replay_note("the body counts the attempts: a retry may not be recognised"),
    )
    .grammar(BASIC)
    .algorithm(Algorithm::Basic)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Pipedrive sends Basic credentials and signs nothing")
    .replay_id(ReplayId::UnsignedBody)
    .retries(Retries::UNKNOWN.acknowledge_within(10).horizon(183))
    .build();

/// **Postmark**, confidence B: `Authorization: Basic <base64>`.
///
/// The secret is `user:password`. Nothing is signed: who sees one delivery can forge the next.
/// Credentials come from the webhook URL or from the HTTP auth setting; custom headers are the
/// other option. No signature exists. Retries: bounce and inbound: up to 10 tries over about 10.5
/// hours. 403 stops retries.
///
/// Source: <https://postmarkapp.com/developer/webhooks/webhooks-overview>.
pub static POSTMARK: Scheme = Scheme::builder("postmark", "authorization")
    .about(About::new(
        "Postmark",
        Family::Basic,
        Confidence::B,
        "https://postmarkapp.com/developer/webhooks/webhooks-overview",
    ))
    .grammar(BASIC)
    .algorithm(Algorithm::Basic)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Postmark sends Basic credentials and signs nothing")
    .replay_id(ReplayId::UnsignedBody)
    .retries(Retries::UNKNOWN.horizon(37_800))
    .build();

/// **SparkPost**, confidence B: `Authorization: Basic <base64>`.
///
/// The secret is `user:password`. Nothing is signed: who sees one delivery can forge the next.
/// OAuth 2 bearer tokens are the other choice. X-MessageSystems-Batch-ID names the batch and
/// repeats on retries. A body may hold several events.
///
/// Source: <https://developers.sparkpost.com/api/webhooks>.
pub static SPARKPOST: Scheme = Scheme::builder("sparkpost", "authorization")
    .about(
        About::new(
            "SparkPost",
            Family::Basic,
            Confidence::B,
            "https://developers.sparkpost.com/api/webhooks",
        )
        .with_batches(),
    )
    .grammar(BASIC)
    .algorithm(Algorithm::Basic)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("SparkPost sends Basic credentials and signs nothing")
    .delivery_id(Place::Header("x-messagesystems-batch-id"))
    .replay_id(ReplayId::UnsignedBody)
    .retries(Retries::UNKNOWN.acknowledge_within(10).horizon(28_800))
    .build();
