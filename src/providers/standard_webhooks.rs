//! Standard Webhooks and its kin: id, timestamp and a list of versioned signatures in three
//! headers; the MAC covers `id.timestamp.body`, the key is base64 after `whsec_`.

use super::shapes::{ID_DOT_TIMESTAMP_DOT_BODY, SVIX_ID_DOT_TIMESTAMP_DOT_BODY, V1_LIST, WHSEC};
use crate::scheme::{
    About, AfterClientError, Confidence, Encoding, Family, KeyFormat, Part, Place, ReplayId,
    Retries, Scheme, SchemeBuilder, Timestamp,
};

/// What those have in common who sign as Standard Webhooks says.
const fn standard(slug: &'static str) -> SchemeBuilder {
    kin(
        Scheme::builder(slug, "webhook-signature"),
        "webhook-timestamp",
        ID_DOT_TIMESTAMP_DOT_BODY,
    )
}

/// The same with Svix's own headers.
const fn svix(slug: &'static str) -> SchemeBuilder {
    kin(
        Scheme::builder(slug, "svix-signature"),
        "svix-timestamp",
        SVIX_ID_DOT_TIMESTAMP_DOT_BODY,
    )
}

const fn kin(
    scheme: SchemeBuilder,
    timestamp: &'static str,
    content: &'static [Part],
) -> SchemeBuilder {
    scheme
        .grammar(V1_LIST)
        .encoding(Encoding::Base64)
        .key_format(WHSEC)
        .content(content)
        .timestamp(Timestamp::Header(timestamp))
}

/// **BigCommerce**, confidence B: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the secret's text. Key is the app client secret as UTF-8: the vendor sample
/// base64-encodes it only because the library decodes it again. Custom headers set on the hook are
/// sent in clear. Retried for up to 48 hours over eleven tries; then the hook is switched off. The
/// domain is blocked for three minutes when under 90 percent of answers succeed.
///
/// Source: `bigcommerce/docs:docs/integrations/webhooks/https-webhook-overview.mdx`.
pub static BIGCOMMERCE: Scheme = Scheme::builder("bigcommerce", "webhook-signature")
    .about(About::new(
        "BigCommerce",
        Family::StandardWebhooks,
        Confidence::B,
        "bigcommerce/docs:docs/integrations/webhooks/https-webhook-overview.mdx",
    ))
    .grammar(V1_LIST)
    .encoding(Encoding::Base64)
    .content(ID_DOT_TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Header("webhook-timestamp"))
    .delivery_id(Place::Header("webhook-id"))
    .event_type(Place::Json("/scope"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .retries(Retries::UNKNOWN.horizon(172_800))
    .build();

/// **Brex**, confidence C: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. Sent through Svix, whose own receiver lists Brex as a
/// plain Svix sender; whether the fetched secret carries whsec_ in front was not settled, so both
/// forms are taken. Secrets come from the webhooks secrets endpoint; two may be active. Header
/// names are Webhook-Id, Webhook-Timestamp and Webhook-Signature.
///
/// Source: <https://developer.brex.com/docs/webhooks/>.
pub static BREX: Scheme = standard("brex")
    .about(About::new(
        "Brex",
        Family::StandardWebhooks,
        Confidence::C,
        "https://developer.brex.com/docs/webhooks/",
    ))
    .delivery_id(Place::Header("webhook-id"))
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .build();

/// **Clerk**, confidence A: `svix-signature: v1,<base64> …` over
/// `{svix-id}.{svix-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. Uses the svix- header trio.
///
/// Source: `clerk/javascript:packages/backend/src/webhooks.ts`.
pub static CLERK: Scheme = svix("clerk")
    .about(About::new(
        "Clerk",
        Family::StandardWebhooks,
        Confidence::A,
        "clerk/javascript:packages/backend/src/webhooks.ts",
    ))
    .delivery_id(Place::Header("svix-id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Header("svix-id")))
    .build();

/// **Dodo Payments**, confidence A: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`.
///
/// Source: `dodopayments/dodopayments-python:src/dodopayments/resources/webhooks/webhooks.py`.
pub static DODO_PAYMENTS: Scheme = standard("dodo-payments")
    .about(About::new(
        "Dodo Payments",
        Family::StandardWebhooks,
        Confidence::A,
        "dodopayments/dodopayments-python:src/dodopayments/resources/webhooks/webhooks.py",
    ))
    .delivery_id(Place::Header("webhook-id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .build();

/// **Etsy**, confidence C: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. The documentation gives headers, key and signed bytes but
/// does not show the signature header: v1, in front of the base64 is inferred from the retry
/// schedule, which is Svix's. A receiver may have to take the bare base64 too. The body holds
/// event_type, resource_url and shop_id: fetch the object by its ids, not by the URL. Retries: 7
/// retries: after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h. Replay identity: second-hand:
/// assumed to follow Standard Webhooks.
///
/// Source: <https://developers.etsy.com/documentation/essentials/webhooks>.
pub static ETSY: Scheme = standard("etsy")
    .about(
        About::new(
            "Etsy",
            Family::StandardWebhooks,
            Confidence::C,
            "https://developers.etsy.com/documentation/essentials/webhooks",
        )
        .with_replay_note("second-hand: assumed to follow Standard Webhooks"),
    )
    .delivery_id(Place::Header("webhook-id"))
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .retries(Retries::UNKNOWN.horizon(99_305))
    .build();

/// **Fathom**, confidence A: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. The vendor's SDK hands the request to the Svix library, so
/// the svix- header names are taken as well as the webhook- ones. The body is the meeting itself
/// and names no event type.
///
/// Source: `package:fathom-typescript`.
pub static FATHOM: Scheme = standard("fathom")
    .about(About::new(
        "Fathom",
        Family::StandardWebhooks,
        Confidence::A,
        "package:fathom-typescript",
    ))
    .delivery_id(Place::Header("webhook-id"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .build();

/// **Finch**, confidence A: `finch-signature: v1,<base64> …` over
/// `{finch-event-id}.{finch-timestamp}.{body}`.
///
/// The key is the base64 that the secret is. Standard Webhooks rules under Finch's own header
/// names. Key text is plain base64.
///
/// Source: `package:@tryfinch/finch-api`.
pub static FINCH: Scheme = Scheme::builder("finch", "finch-signature")
    .about(About::new(
        "Finch",
        Family::StandardWebhooks,
        Confidence::A,
        "package:@tryfinch/finch-api",
    ))
    .grammar(V1_LIST)
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::Base64 { prefix: "" })
    .content(&[
        Part::Header("finch-event-id"),
        Part::Literal("."),
        Part::Timestamp,
        Part::Literal("."),
        Part::Body,
    ])
    .timestamp(Timestamp::Header("finch-timestamp"))
    .delivery_id(Place::Header("finch-event-id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Header("finch-event-id")))
    .build();

/// **folk CRM**, confidence C: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`.
///
/// Source: `NangoHQ/nango:packages/server/lib/webhook/folk-webhook-routing.ts`.
pub static FOLK: Scheme = standard("folk")
    .about(About::new(
        "folk CRM",
        Family::StandardWebhooks,
        Confidence::C,
        "NangoHQ/nango:packages/server/lib/webhook/folk-webhook-routing.ts",
    ))
    .delivery_id(Place::Header("webhook-id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .build();

/// **GitLab (signing token)**, confidence B: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. webhook-id equals the Idempotency-Key header. Only sent
/// when a signing token is configured; may travel beside X-Gitlab-Token. The token must be whsec_
/// and the base64 of a 32-byte key (merge request 231325).
///
/// Source: <https://gitlab.com/gitlab-org/gitlab/-/merge_requests/230944>.
pub static GITLAB_SIGNED: Scheme = standard("gitlab-signed")
    .provider("gitlab")
    .about(About::new(
        "GitLab (signing token)",
        Family::StandardWebhooks,
        Confidence::B,
        "https://gitlab.com/gitlab-org/gitlab/-/merge_requests/230944",
    ))
    .delivery_id(Place::Header("webhook-id"))
    .event_type(Place::Header("x-gitlab-event"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .build();

/// **incident.io**, confidence B: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. Sent through Svix; the key is the whsec_ signing secret.
/// Retries: exponential. Then: an endpoint that fails for 5 days is disabled.
///
/// Source: <https://docs.incident.io/api-reference/webhooks>.
pub static INCIDENT_IO: Scheme = standard("incident-io")
    .about(About::new(
        "incident.io",
        Family::StandardWebhooks,
        Confidence::B,
        "https://docs.incident.io/api-reference/webhooks",
    ))
    .delivery_id(Place::Header("webhook-id"))
    .event_type(Place::Json("/event_type"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .retries(Retries::UNKNOWN.horizon(86_400))
    .build();

/// **Increase**, confidence A: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. Older subscriptions send Increase-Webhook-Signature with
/// t=RFC 3339 time and v1=hex over t.body; the SDK only speaks Standard Webhooks. The subscription
/// shared secret may be caller-chosen text.
///
/// Source: `Increase/increase-python:src/increase/resources/events.py`.
pub static INCREASE: Scheme = standard("increase")
    .about(About::new(
        "Increase",
        Family::StandardWebhooks,
        Confidence::A,
        "Increase/increase-python:src/increase/resources/events.py",
    ))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/category"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .build();

/// **Lithic**, confidence A: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. Key strips whsec_ and base64-decodes the rest.
///
/// Source: `lithic-com/lithic-python:src/lithic/resources/webhooks.py`.
pub static LITHIC: Scheme = standard("lithic")
    .about(About::new(
        "Lithic",
        Family::StandardWebhooks,
        Confidence::A,
        "lithic-com/lithic-python:src/lithic/resources/webhooks.py",
    ))
    .delivery_id(Place::Header("webhook-id"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .build();

/// **Loops**, confidence A: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. The secret is prefix_base64: the part after the first
/// underscore is decoded. The vendor's SDK checks the stamp only when asked to, with no window of
/// its own. The body has eventName, eventTime and webhookSchemaVersion, no type.
///
/// Source: `Loops-so/loops-go:webhooks.go`.
pub static LOOPS: Scheme = standard("loops")
    .about(About::new(
        "Loops",
        Family::StandardWebhooks,
        Confidence::A,
        "Loops-so/loops-go:webhooks.go",
    ))
    .delivery_id(Place::Header("webhook-id"))
    .event_type(Place::Json("/eventName"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .build();

/// **OpenAI**, confidence A: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. A secret that lacks whsec_ is taken as UTF-8 text by the
/// SDK. The SDK also takes a bare base64 entry without v1,. Retried for up to 72 hours with
/// exponential backoff when the answer is not 2xx.
///
/// Source: `openai/openai-python:src/openai/lib/_webhooks.py`.
pub static OPENAI: Scheme = standard("openai")
    .about(About::new(
        "OpenAI",
        Family::StandardWebhooks,
        Confidence::A,
        "openai/openai-python:src/openai/lib/_webhooks.py",
    ))
    .delivery_id(Place::Header("webhook-id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .retries(
        Retries::UNKNOWN
            .after_client_error(AfterClientError::Retries)
            .horizon(259_200),
    )
    .build();

/// **Polar**, confidence A: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the secret's text. Standard Webhooks framing, but the key is the whole secret as
/// UTF-8 (polar_whs_ text included), not a decoded whsec_.
///
/// Source: `polarsource/polar-js:src/webhooks.ts`.
pub static POLAR: Scheme = Scheme::builder("polar", "webhook-signature")
    .about(About::new(
        "Polar",
        Family::StandardWebhooks,
        Confidence::A,
        "polarsource/polar-js:src/webhooks.ts",
    ))
    .grammar(V1_LIST)
    .encoding(Encoding::Base64)
    .content(ID_DOT_TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Header("webhook-timestamp"))
    .delivery_id(Place::Header("webhook-id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .build();

/// **Render**, confidence A: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`.
///
/// Source: `render-examples/webhook-github-action:app.ts`.
pub static RENDER: Scheme = standard("render")
    .about(About::new(
        "Render",
        Family::StandardWebhooks,
        Confidence::A,
        "render-examples/webhook-github-action:app.ts",
    ))
    .delivery_id(Place::Header("webhook-id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .build();

/// **Replicate**, confidence A: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. The secret is fetched from the API and is the same for all
/// webhooks of the account. Several events of one prediction share no delivery id.
///
/// Source: `replicate/replicate-python:replicate/webhook.py`.
pub static REPLICATE: Scheme = standard("replicate")
    .about(About::new(
        "Replicate",
        Family::StandardWebhooks,
        Confidence::A,
        "replicate/replicate-python:replicate/webhook.py",
    ))
    .delivery_id(Place::Header("webhook-id"))
    .event_type(Place::Json("/status"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .build();

/// **Resend**, confidence A: `svix-signature: v1,<base64> …` over
/// `{svix-id}.{svix-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. Sent through Svix, so the header prefix is svix-. Entries
/// with versions other than v1 are ignored. Retries: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h.
///
/// Source: `resend/resend-node:src/webhooks/webhooks.ts`.
pub static RESEND: Scheme = svix("resend")
    .about(About::new(
        "Resend",
        Family::StandardWebhooks,
        Confidence::A,
        "resend/resend-node:src/webhooks/webhooks.ts",
    ))
    .delivery_id(Place::Header("svix-id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Header("svix-id")))
    .retries(
        Retries::UNKNOWN
            .acknowledge_within(15)
            .after_client_error(AfterClientError::Retries)
            .horizon(99_305),
    )
    .build();

/// **Sent** (sent.dm), confidence A: `X-Webhook-Signature: v1,<base64>` over
/// `{X-Webhook-ID}.{X-Webhook-Timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`, which may be absent; missing padding is repaired, as the
/// vendor's own tool does. `X-Webhook-ID` names the *endpoint* and repeats on every delivery, so
/// it identifies none; `X-Webhook-Event-ID` is not signed. **Assumed:** a list of several
/// signatures. Ten consecutive failures disable the endpoint.
///
/// Source: `sentdm/sent-plugin:skills/sent-webhook-engineer/scripts/verify_signature.py`.
pub static SENT: Scheme = Scheme::builder("sent", "x-webhook-signature")
    .grammar(V1_LIST)
    .encoding(Encoding::Base64)
    .key_format(WHSEC)
    .content(&[
        Part::Header("x-webhook-id"),
        Part::Literal("."),
        Part::Timestamp,
        Part::Literal("."),
        Part::Body,
    ])
    .timestamp(Timestamp::Header("x-webhook-timestamp"))
    .about(
        About::new(
            "Sent",
            Family::StandardWebhooks,
            Confidence::A,
            "sentdm/sent-plugin:skills/sent-webhook-engineer/scripts/verify_signature.py",
        )
        .with_replay_note(
            "X-Webhook-ID names the endpoint (one vendor page says otherwise), X-Webhook-Event-ID \
             is unsigned",
        ),
    )
    .delivery_id(Place::Header("x-webhook-event-id"))
    .event_type(Place::Json("/event"))
    .replay_id(ReplayId::Body)
    .retries(
        Retries::UNKNOWN
            .acknowledge_within(30)
            .after_client_error(AfterClientError::Retries),
    )
    .build();

/// **Standard Webhooks**, confidence A: `webhook-signature: v1,<base64>` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. Entries of another version, such as `v1a`, are passed
/// over.
///
/// Source: <https://www.standardwebhooks.com>,
/// `standard-webhooks/standard-webhooks:libraries/python/standardwebhooks/webhooks.py`.
pub static STANDARD_WEBHOOKS: Scheme = standard("standard-webhooks")
    .about(About::new(
        "Standard Webhooks",
        Family::StandardWebhooks,
        Confidence::A,
        "standard-webhooks/standard-webhooks:libraries/python/standardwebhooks/webhooks.py",
    ))
    .delivery_id(Place::Header("webhook-id"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .build();

/// **Stytch**, confidence B: `svix-signature: v1,<base64> …` over
/// `{svix-id}.{svix-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. Sent through Svix, whose instructions Stytch refers to.
/// The event type is source, object_type and action joined by dots, three separate fields of the
/// signed body, and in lower case; event_id names the event.
///
/// Source: <https://stytch.com/docs/workspace-management/webhooks>.
pub static STYTCH: Scheme = svix("stytch")
    .about(About::new(
        "Stytch",
        Family::StandardWebhooks,
        Confidence::B,
        "https://stytch.com/docs/workspace-management/webhooks",
    ))
    .delivery_id(Place::Header("svix-id"))
    .replay_id(ReplayId::Id(Place::Header("svix-id")))
    .build();

/// **Supabase auth hooks**, confidence B: `webhook-signature: v1,<base64> …` over
/// `{webhook-id}.{webhook-timestamp}.{body}`.
///
/// The key is the base64 after `v1,whsec_`. The dashboard text carries v1,whsec_ in front of the
/// base64 key. Several secrets may be listed with | between them. Database webhooks (pg_net) are
/// not signed.
///
/// Source: `supabase/auth:internal/conf/configuration.go`.
pub static SUPABASE: Scheme = Scheme::builder("supabase", "webhook-signature")
    .about(About::new(
        "Supabase auth hooks",
        Family::StandardWebhooks,
        Confidence::B,
        "supabase/auth:internal/conf/configuration.go",
    ))
    .grammar(V1_LIST)
    .encoding(Encoding::Base64)
    .key_format(KeyFormat::Base64 {
        prefix: "v1,whsec_",
    })
    .content(ID_DOT_TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Header("webhook-timestamp"))
    .delivery_id(Place::Header("webhook-id"))
    .replay_id(ReplayId::Id(Place::Header("webhook-id")))
    .build();

/// **Svix**, confidence A: `svix-signature: v1,<base64>` over `{svix-id}.{svix-timestamp}.{body}`.
///
/// The key is the base64 after `whsec_`. The `webhook-` headers of
/// [`STANDARD_WEBHOOKS`](static@STANDARD_WEBHOOKS) may come instead or beside; this preset reads
/// its own alone. Retries go on for some 28 hours.
///
/// Source: <https://docs.svix.com/receiving/verifying-payloads/how-manual>,
/// `svix/svix-webhooks:go/webhook_test.go`.
pub static SVIX: Scheme = svix("svix")
    .about(About::new(
        "Svix",
        Family::StandardWebhooks,
        Confidence::A,
        "svix/svix-webhooks:go/webhook_test.go",
    ))
    .delivery_id(Place::Header("svix-id"))
    .replay_id(ReplayId::Id(Place::Header("svix-id")))
    .retries(Retries::UNKNOWN.horizon(28 * 3_600))
    .build();
