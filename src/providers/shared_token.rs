//! The configured token comes along with each delivery. Nothing is signed.

use crate::scheme::{
    About, AfterClientError, Algorithm, Confidence, Family, Part, Place, ReplayId, Retries, Scheme,
};

/// **Adapty**, confidence B: `Authorization: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The whole
/// header value is what was typed in the dashboard, sent without change or addition. Production and
/// sandbox have values of their own; the field is optional, and without it no header comes.
///
/// Source: <https://adapty.io/docs/set-up-webhook-integration>.
pub static ADAPTY: Scheme = Scheme::builder("adapty", "authorization")
    .about(
        About::new(
            "Adapty",
            Family::SharedToken,
            Confidence::B,
            "https://adapty.io/docs/set-up-webhook-integration",
        )
        .with_handshake(
            "A verification POST with an empty JSON object; answer 2xx with a JSON body.",
        ),
    )
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Adapty repeats the configured token and signs nothing")
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Aircall**, confidence C: `<token>` at `/token` of the JSON body.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. Each
/// webhook has its own token, sent in every body.
///
/// Source: <https://developer.aircall.io/api-references/#webhooks>.
pub static AIRCALL: Scheme = Scheme::builder_at("aircall", Place::Json("/token"))
    .about(About::new(
        "Aircall",
        Family::SharedToken,
        Confidence::C,
        "https://developer.aircall.io/api-references/#webhooks",
    ))
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Aircall repeats the configured token and signs nothing")
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **AssemblyAI**, confidence B: `X-Webhook-Secret: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. Header
/// name and value are both chosen per request (webhook_auth_header_name and _value); the name given
/// is a placeholder.
///
/// Source: `AssemblyAI/assemblyai-python-sdk:assemblyai/types.py`.
pub static ASSEMBLYAI: Scheme = Scheme::builder("assemblyai", "x-webhook-secret")
    .about(About::new(
        "AssemblyAI",
        Family::SharedToken,
        Confidence::B,
        "AssemblyAI/assemblyai-python-sdk:assemblyai/types.py",
    ))
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("AssemblyAI repeats the configured token and signs nothing")
    .delivery_id(Place::Json("/transcript_id"))
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Auth0 log streams**, confidence B: `Authorization: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The
/// configured authorization token is the whole value of the header, with no scheme word unless the
/// operator typed one; without one the header is missing. Body is a JSON array, a single object or
/// JSON lines, as configured. Up to three retries, then the failure is shown in the stream's health
/// tab. A body may hold several events.
///
/// Source: <https://auth0.com/docs/customize/log-streams/custom-log-streams>.
pub static AUTH0: Scheme = Scheme::builder("auth0", "authorization")
    .about(
        About::new(
            "Auth0 log streams",
            Family::SharedToken,
            Confidence::B,
            "https://auth0.com/docs/customize/log-streams/custom-log-streams",
        )
        .with_batches(),
    )
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Auth0 repeats the configured token and signs nothing")
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Buildkite (token)**, confidence B: `X-Buildkite-Token: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next.
///
/// Source: `buildkite/docs:pages/apis/webhooks/_webhook_token.md`.
pub static BUILDKITE_TOKEN: Scheme = Scheme::builder("buildkite-token", "x-buildkite-token")
    .provider("buildkite")
    .about(About::new(
        "Buildkite (token)",
        Family::SharedToken,
        Confidence::B,
        "buildkite/docs:pages/apis/webhooks/_webhook_token.md",
    ))
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Buildkite repeats the configured token and signs nothing")
    .event_type(Place::Header("x-buildkite-event"))
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Cloudflare notifications**, confidence B: `cf-webhook-auth: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The
/// configured secret is repeated in clear; without a secret there is no header. alert_type may be
/// absent.
///
/// Source: <https://developers.cloudflare.com/notifications/reference/webhook-payload-schema/>.
pub static CLOUDFLARE_NOTIFICATIONS: Scheme =
    Scheme::builder("cloudflare-notifications", "cf-webhook-auth")
        .about(
            About::new(
                "Cloudflare notifications",
                Family::SharedToken,
                Confidence::B,
                "https://developers.cloudflare.com/notifications/reference/webhook-payload-schema/",
            )
            .with_handshake("A test notification is sent when the destination is saved."),
        )
        .algorithm(Algorithm::Token)
        .content(&[Part::Secret])
        .dangerous_body_unsigned("Cloudflare repeats the configured token and signs nothing")
        .event_type(Place::Json("/alert_type"))
        .replay_id(ReplayId::UnsignedBody)
        .build();

/// **commercetools HTTP subscriptions and API extensions**, confidence B: `Authorization: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. API
/// extensions repeat a configured Authorization header, scheme word included, or use an Azure
/// function key; subscriptions go to queues with their own authentication.
///
/// Source:
/// `commercetools/commercetools-api-reference:api-specs/api/types/extension/AuthorizationHeaderAuthentication.raml`.
pub static COMMERCETOOLS: Scheme = Scheme::builder("commercetools", "authorization")
    .about(About::new(
        "commercetools HTTP subscriptions and API extensions",
        Family::SharedToken,
        Confidence::B,
        "commercetools/commercetools-api-reference:api-specs/api/types/extension/AuthorizationHeaderAuthentication.raml",
    ))
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("commercetools repeats the configured token and signs nothing")
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Deepgram callbacks**, confidence B: `dg-token: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. dg-token
/// is the API key identifier, not the key; treat it as a weak check. Basic credentials in the
/// callback address are the documented alternative. Up to ten retries at 30-second intervals when
/// the answer is not 2xx.
///
/// Source: <https://developers.deepgram.com/docs/callback>.
pub static DEEPGRAM: Scheme = Scheme::builder("deepgram", "dg-token")
    .about(About::new(
        "Deepgram callbacks",
        Family::SharedToken,
        Confidence::B,
        "https://developers.deepgram.com/docs/callback",
    ))
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Deepgram sends the identifier of an API key and signs nothing")
    .delivery_id(Place::Json("/metadata/request_id"))
    .replay_id(ReplayId::UnsignedBody)
    .retries(
        Retries::UNKNOWN
            .after_client_error(AfterClientError::Retries)
            .horizon(300),
    )
    .build();

/// **Documenso**, confidence B: `X-Documenso-Secret: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The header
/// is an empty string if no secret was set; refuse an empty secret.
///
/// Source: <https://docs.documenso.com/docs/developers/webhooks/verification>.
pub static DOCUMENSO: Scheme = Scheme::builder("documenso", "x-documenso-secret")
    .about(About::new(
        "Documenso",
        Family::SharedToken,
        Confidence::B,
        "https://docs.documenso.com/docs/developers/webhooks/verification",
    ))
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Documenso repeats the configured token and signs nothing")
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Figma**, confidence B: `<token>` at `/passcode` of the JSON body.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The
/// passcode travels in the JSON body; nothing else is authenticated. Retried three times with
/// exponential backoff over about three hours. Replay identity: a count of retries has stood in the
/// body; webhook_id names the endpoint.
///
/// Source: `figma/rest-api-spec:dist/api_types.ts`.
pub static FIGMA: Scheme = Scheme::builder_at("figma", Place::Json("/passcode"))
    .about(
        About::new(
            "Figma",
            Family::SharedToken,
            Confidence::B,
            "figma/rest-api-spec:dist/api_types.ts",
        )
        .with_handshake("A PING event is posted on creation.")
        .with_replay_note(
            "a count of retries has stood in the body; webhook_id names the endpoint",
        ),
    )
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Figma repeats the configured token and signs nothing")
    .delivery_id(Place::Json("/webhook_id"))
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::UnsignedBody)
    .retries(Retries::UNKNOWN.horizon(10_800))
    .build();

/// **Flutterwave v3**, confidence A: `verif-hash: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The header
/// repeats the secret hash set in the dashboard; nothing in the body is authenticated. Despite the
/// name, no hash is computed. When enabled, three retries at 30-minute intervals.
///
/// Source: `Flutterwave/WooCommerce:includes/class-flw-wc-payment-gateway.php`.
pub static FLUTTERWAVE_V3: Scheme = Scheme::builder("flutterwave-v3", "verif-hash")
    .about(About::new(
        "Flutterwave v3",
        Family::SharedToken,
        Confidence::A,
        "Flutterwave/WooCommerce:includes/class-flw-wc-payment-gateway.php",
    ))
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Flutterwave repeats the configured token and signs nothing")
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::UnsignedBody)
    .retries(Retries::UNKNOWN.horizon(5_400))
    .build();

/// **GitLab (secret token)**, confidence B: `X-Gitlab-Token: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. Ten-second
/// timeout; failing hooks are switched off for growing periods and finally for good.
///
/// Source: <https://gitlab.com/gitlab-org/gitlab/-/issues/19367>.
pub static GITLAB: Scheme = Scheme::builder("gitlab", "x-gitlab-token")
    .about(About::new(
        "GitLab (secret token)",
        Family::SharedToken,
        Confidence::B,
        "https://gitlab.com/gitlab-org/gitlab/-/issues/19367",
    ))
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("GitLab repeats the configured token and signs nothing")
    .delivery_id(Place::Header("idempotency-key"))
    .event_type(Place::Header("x-gitlab-event"))
    .replay_id(ReplayId::UnsignedBody)
    .retries(Retries::UNKNOWN.acknowledge_within(10))
    .build();

/// **Google Drive and Calendar push channels**, confidence B: `X-Goog-Channel-Token: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The token
/// is what was given when the channel was made. The body is usually empty; X-Goog-Resource-State
/// tells the kind. The header is missing where the channel was made without a token.
/// X-Goog-Message-Number counts within one channel. Replay identity: the body is mostly empty;
/// X-Goog-Message-Number with the channel id tells deliveries apart, but nothing is signed.
///
/// Source: <https://developers.google.com/workspace/drive/api/guides/push>.
pub static GOOGLE_CHANNELS: Scheme = Scheme::builder("google-channels", "x-goog-channel-token")
    .about(
        About::new(
            "Google Drive and Calendar push channels",
            Family::SharedToken,
            Confidence::B,
            "https://developers.google.com/workspace/drive/api/guides/push",
        )
        .with_replay_note(
            "the body is mostly empty; X-Goog-Message-Number with the channel id tells deliveries \
             apart, but nothing is signed",
        ),
    )
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Google repeats the configured token and signs nothing")
    .delivery_id(Place::Header("x-goog-message-number"))
    .event_type(Place::Header("x-goog-resource-state"))
    .replay_id(ReplayId::Indistinct)
    .build();

/// **Helius**, confidence B: `Authorization: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The value
/// of authHeader given when the webhook was made, in full. A body may hold several events.
///
/// Source: `helius-labs/docs:faqs/webhooks.mdx`.
pub static HELIUS: Scheme = Scheme::builder("helius", "authorization")
    .about(
        About::new(
            "Helius",
            Family::SharedToken,
            Confidence::B,
            "helius-labs/docs:faqs/webhooks.mdx",
        )
        .with_batches(),
    )
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Helius repeats the configured token and signs nothing")
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Mattermost outgoing webhook**, confidence A: `<token>` at `/token` of the JSON body.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. Form or
/// JSON body as configured; in a form the token is the field token, which this preset does not
/// read.
///
/// Source: `mattermost/mattermost:server/public/model/outgoing_webhook.go`.
pub static MATTERMOST: Scheme = Scheme::builder_at("mattermost", Place::Json("/token"))
    .about(About::new(
        "Mattermost outgoing webhook",
        Family::SharedToken,
        Confidence::A,
        "mattermost/mattermost:server/public/model/outgoing_webhook.go",
    ))
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Mattermost repeats the configured token and signs nothing")
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Microsoft Graph change notifications**, confidence B: `<token>` at `/clientState` of each item
/// of `/value`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. Every
/// notification of a batch must hold it. Rich notifications also carry validationTokens, which are
/// JWTs from Microsoft's identity platform. Retries: up to 4 hours. Replay identity: notifications
/// for one resource may be byte-equal (drives always are); nothing is signed. A body may hold
/// several events.
///
/// Source: <https://learn.microsoft.com/en-us/graph/api/resources/changenotification>.
pub static MICROSOFT_GRAPH: Scheme =
    Scheme::builder_at("microsoft-graph", Place::Json("/clientState"))
        .about(
            About::new(
                "Microsoft Graph change notifications",
                Family::SharedToken,
                Confidence::B,
                "https://learn.microsoft.com/en-us/graph/api/resources/changenotification",
            )
            .with_handshake(
                "POST with validationToken in the query: answer 200, text/plain, the URL-decoded \
                 token, within 10 s.",
            )
            .with_replay_note(
                "notifications for one resource may be byte-equal (drives always are); nothing is \
                 signed",
            )
            .with_batches(),
        )
        .algorithm(Algorithm::Token)
        .each("/value")
        .content(&[Part::Secret])
        .dangerous_body_unsigned("Microsoft Graph repeats the configured token and signs nothing")
        .replay_id(ReplayId::Indistinct)
        .retries(Retries::UNKNOWN.acknowledge_within(3).horizon(14_400))
        .build();

/// **Moyasar**, confidence B: `<token>` at `/secret_token` of the JSON body.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The shared
/// token travels in the JSON body; nothing else is authenticated.
///
/// Source: <https://docs.moyasar.com/api/other/webhooks/verify-webhook>.
pub static MOYASAR: Scheme = Scheme::builder_at("moyasar", Place::Json("/secret_token"))
    .about(
        About::new(
            "Moyasar",
            Family::SharedToken,
            Confidence::B,
            "https://docs.moyasar.com/api/other/webhooks/verify-webhook",
        )
        .with_handshake(
            "POST of type webhook_verification with /data/verification_code, sent once: answer \
             2xx, then send the code by POST /v1/webhooks/{id}/verify within 30 minutes; newer \
             webhooks get no events before.",
        ),
    )
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Moyasar repeats the configured token and signs nothing")
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Okta event hooks**, confidence B: `Authorization: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. Header
/// name and value are both chosen by the operator. 5xx is retried, 4xx is not. A body may hold
/// several events.
///
/// Source:
/// `okta/okta-developer-docs:packages/@okta/vuepress-site/docs/concepts/event-hooks/index.md`.
pub static OKTA: Scheme = Scheme::builder("okta", "authorization")
    .about(
        About::new(
            "Okta event hooks",
            Family::SharedToken,
            Confidence::B,
            "okta/okta-developer-docs:packages/@okta/vuepress-site/docs/concepts/event-hooks/index.md",
        )
        .with_handshake(
            "GET with X-Okta-Verification-Challenge: answer 200 with JSON {\"verification\": \
             value}.",
        )
        .with_batches(),
    )
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Okta event hooks repeats the configured token and signs nothing")
    .delivery_id(Place::Json("/eventId"))
    .event_type(Place::Json("/data/events/0/eventType"))
    .replay_id(ReplayId::UnsignedBody)
    .retries(
        Retries::UNKNOWN
            .acknowledge_within(3)
            .after_client_error(AfterClientError::Loses),
    )
    .build();

/// **Prismic**, confidence B: `<token>` at `/secret` of the JSON body.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The secret
/// travels in the JSON body. The secret is optional; without one nothing can be checked. Retries:
/// every 10 min, up to 5 times. Then: the webhook is disabled after five failures in a row.
///
/// Source: <https://prismic.io/docs/webhooks>.
pub static PRISMIC: Scheme = Scheme::builder_at("prismic", Place::Json("/secret"))
    .about(
        About::new(
            "Prismic",
            Family::SharedToken,
            Confidence::B,
            "https://prismic.io/docs/webhooks",
        )
        .with_handshake("A test-trigger payload can be sent from the settings."),
    )
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Prismic repeats the configured token and signs nothing")
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::UnsignedBody)
    .retries(Retries::UNKNOWN.horizon(3_000))
    .build();

/// **RevenueCat**, confidence B: `Authorization: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The whole
/// Authorization value is whatever was typed in the dashboard, with or without Bearer. The vendor's
/// Android guide speaks of a header X-RevenueCat-Signature; its webhook reference does not know it.
/// Retries: 5 retries at 5, 10, 20, 40 and 80 min.
///
/// Source: `RevenueCat/docs:docs/integrations/webhooks.md`.
pub static REVENUECAT: Scheme = Scheme::builder("revenuecat", "authorization")
    .about(About::new(
        "RevenueCat",
        Family::SharedToken,
        Confidence::B,
        "RevenueCat/docs:docs/integrations/webhooks.md",
    ))
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("RevenueCat repeats the configured token and signs nothing")
    .delivery_id(Place::Json("/event/id"))
    .event_type(Place::Json("/event/type"))
    .replay_id(ReplayId::UnsignedBody)
    .retries(Retries::UNKNOWN.acknowledge_within(60).horizon(9_300))
    .build();

/// **RingCentral**, confidence B: `Verification-Token: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The token
/// is set as verificationToken when subscribing; without one no header is sent. Recent copies of
/// the guide write validationToken and Validation-Token here; the API description and the team
/// messaging guide keep verificationToken and Verification-Token.
///
/// Source: <https://developers.ringcentral.com/guide/notifications/webhooks/receiving>.
pub static RINGCENTRAL: Scheme = Scheme::builder("ringcentral", "verification-token")
    .about(
        About::new(
            "RingCentral",
            Family::SharedToken,
            Confidence::B,
            "https://developers.ringcentral.com/guide/notifications/webhooks/receiving",
        )
        .with_handshake(
            "POST with a Validation-Token header: answer 200 with the same header and value.",
        ),
    )
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("RingCentral repeats the configured token and signs nothing")
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Rocket.Chat outgoing webhook**, confidence A: `<token>` at `/token` of the JSON body.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. An
/// integration script may replace the body, so the token is only there by default. A reply body
/// with text or attachments is posted to the room. Where the answer has a body, 410 disables the
/// integration and 500 is not retried.
///
/// Source: `RocketChat/Rocket.Chat:apps/meteor/app/integrations/server/lib/triggerHandler.ts`.
pub static ROCKET_CHAT: Scheme = Scheme::builder_at("rocket-chat", Place::Json("/token"))
    .about(About::new(
        "Rocket.Chat outgoing webhook",
        Family::SharedToken,
        Confidence::A,
        "RocketChat/Rocket.Chat:apps/meteor/app/integrations/server/lib/triggerHandler.ts",
    ))
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Rocket.Chat repeats the configured token and signs nothing")
    .replay_id(ReplayId::UnsignedBody)
    .build();

/// **Telegram Bot API**, confidence A: `X-Telegram-Bot-Api-Secret-Token: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The token
/// is the secret_token given to setWebhook: 1 to 256 characters of A-Z a-z 0-9 _ -. Telegram
/// retries on any answer outside 2xx.
///
/// Source: `tdlib/telegram-bot-api:telegram-bot-api/WebhookActor.cpp`.
pub static TELEGRAM: Scheme = Scheme::builder("telegram", "x-telegram-bot-api-secret-token")
    .about(About::new(
        "Telegram Bot API",
        Family::SharedToken,
        Confidence::A,
        "tdlib/telegram-bot-api:telegram-bot-api/WebhookActor.cpp",
    ))
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Telegram repeats the configured token and signs nothing")
    .delivery_id(Place::Json("/update_id"))
    .replay_id(ReplayId::UnsignedBody)
    .retries(Retries::UNKNOWN.after_client_error(AfterClientError::Retries))
    .build();

/// **Xendit**, confidence B: `x-callback-token: <token>`.
///
/// The secret is the token. Nothing is signed: who sees one delivery can forge the next. The
/// account-wide verification token is repeated in every delivery; the body is not signed.
/// webhook-id was not seen again on a second reading.
///
/// Source: <https://docs.xendit.co/docs/handling-webhooks>.
pub static XENDIT: Scheme = Scheme::builder("xendit", "x-callback-token")
    .about(About::new(
        "Xendit",
        Family::SharedToken,
        Confidence::B,
        "https://docs.xendit.co/docs/handling-webhooks",
    ))
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned("Xendit repeats the configured token and signs nothing")
    .delivery_id(Place::Header("webhook-id"))
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::UnsignedBody)
    .build();
