//! Presets: what is known of how each provider signs, a static a scheme, a file a family.
//!
//! Each is written as a scheme of the user's own would be, and can be
//! [adjusted](crate::scheme::Scheme::adjust). A scheme is chosen by configuration, never by which
//! header a request happens to carry.

mod raw_body;
mod shapes;
mod stamped_headers;
mod stamped_kv;
mod standard_webhooks;

pub use raw_body::{
    ABLY, ADYEN_BANKING, AFTERSHIP, AFTERSHIP_RETURNS, AGORA, AIRTABLE, ALCHEMY, ASANA, ASHBY,
    ATTIO, BITBUCKET, BOLT, CAL_COM, CHECKOUT_COM, CHECKR, CIRCLECI, CLICKUP, COINBASE_COMMERCE,
    COINIFY, CONVOY, CREEM, CRONOFY, DATASAUR, DEEL, DROPBOX, DWOLLA, EASYPOST, FLINKS_PAY,
    FLUTTERWAVE_V4, FORGEJO, FOURTHWALL, FOURTHWALL_APPS, GETSTREAM, GITEA, GITHUB,
    GITHUB_ENTERPRISE, GOCARDLESS, GRAFANA_ALERTING, GREENHOUSE, GUSTO, HEROKU, HOOKDECK, JETEMAIL,
    JIRA, JOBBER, LAUNCHDARKLY, LEAF, LEMONSQUEEZY, LINE, LINE_WORKS, LINKEDIN, LYFT, MAILERSEND,
    MAILTRAP, META, MICROSOFT_TEAMS_OUTGOING, MODERN_TREASURY, MOLLIE, NOTION, NPM, NYLAS, ONFIDO,
    PAGERDUTY, PLANETSCALE, PRIMER, PULUMI, QUICKBOOKS, RAZORPAY, SAVVYCAL, SENDBIRD, SENDKIT,
    SENDMUX, SENTRY, SHOPIFY, SMARTSHEET, SNYK, SONARQUBE, SQUARESPACE, STRIKE, SUMSUB, TALLY,
    TODOIST, TYPEFORM, UBER, VERIFF, VIBER, WHATSAPP, WOLT, WOOCOMMERCE, WORKABLE, X, XERO,
};
pub use stamped_headers::{
    CUSTOMERIO, EMAILIT, GRAFANA_ALERTING_TIMESTAMPED, JETEMAIL_INBOUND, METHOD_FI, OMISE, SAMSARA,
    SENDMUX_V2, SLACK, ZOOM,
};
pub use stamped_kv::{
    CALENDLY, CLOUDFLARE_STREAM, COINFLOW, CONVOY_ADVANCED, DUFFEL, ELEVENLABS, MAILINGAPI, MUX,
    PADDLE_BILLING, SHIPPO, STRIPE, STRIPE_THIN, SURGE, TIKTOK, ZAVU,
};
pub use standard_webhooks::{
    BIGCOMMERCE, BREX, CLERK, DODO_PAYMENTS, ETSY, FATHOM, FINCH, FOLK, GITLAB_SIGNED, INCIDENT_IO,
    INCREASE, LITHIC, LOOPS, OPENAI, POLAR, RENDER, REPLICATE, RESEND, SENT, STANDARD_WEBHOOKS,
    STYTCH, SUPABASE, SVIX,
};

use crate::scheme::Scheme;

/// Every preset, sorted by slug.
pub static ALL: &[&Scheme] = &[
    &ABLY,
    &ADYEN_BANKING,
    &AFTERSHIP,
    &AFTERSHIP_RETURNS,
    &AGORA,
    &AIRTABLE,
    &ALCHEMY,
    &ASANA,
    &ASHBY,
    &ATTIO,
    &BIGCOMMERCE,
    &BITBUCKET,
    &BOLT,
    &BREX,
    &CAL_COM,
    &CALENDLY,
    &CHECKOUT_COM,
    &CHECKR,
    &CIRCLECI,
    &CLERK,
    &CLICKUP,
    &CLOUDFLARE_STREAM,
    &COINBASE_COMMERCE,
    &COINFLOW,
    &COINIFY,
    &CONVOY,
    &CONVOY_ADVANCED,
    &CREEM,
    &CRONOFY,
    &CUSTOMERIO,
    &DATASAUR,
    &DEEL,
    &DODO_PAYMENTS,
    &DROPBOX,
    &DUFFEL,
    &DWOLLA,
    &EASYPOST,
    &ELEVENLABS,
    &EMAILIT,
    &ETSY,
    &FATHOM,
    &FINCH,
    &FLINKS_PAY,
    &FLUTTERWAVE_V4,
    &FOLK,
    &FORGEJO,
    &FOURTHWALL,
    &FOURTHWALL_APPS,
    &GETSTREAM,
    &GITEA,
    &GITHUB,
    &GITHUB_ENTERPRISE,
    &GITLAB_SIGNED,
    &GOCARDLESS,
    &GRAFANA_ALERTING,
    &GRAFANA_ALERTING_TIMESTAMPED,
    &GREENHOUSE,
    &GUSTO,
    &HEROKU,
    &HOOKDECK,
    &INCIDENT_IO,
    &INCREASE,
    &JETEMAIL,
    &JETEMAIL_INBOUND,
    &JIRA,
    &JOBBER,
    &LAUNCHDARKLY,
    &LEAF,
    &LEMONSQUEEZY,
    &LINE,
    &LINE_WORKS,
    &LINKEDIN,
    &LITHIC,
    &LOOPS,
    &LYFT,
    &MAILERSEND,
    &MAILINGAPI,
    &MAILTRAP,
    &META,
    &METHOD_FI,
    &MICROSOFT_TEAMS_OUTGOING,
    &MODERN_TREASURY,
    &MOLLIE,
    &MUX,
    &NOTION,
    &NPM,
    &NYLAS,
    &OMISE,
    &ONFIDO,
    &OPENAI,
    &PADDLE_BILLING,
    &PAGERDUTY,
    &PLANETSCALE,
    &POLAR,
    &PRIMER,
    &PULUMI,
    &QUICKBOOKS,
    &RAZORPAY,
    &RENDER,
    &REPLICATE,
    &RESEND,
    &SAMSARA,
    &SAVVYCAL,
    &SENDBIRD,
    &SENDKIT,
    &SENDMUX,
    &SENDMUX_V2,
    &SENT,
    &SENTRY,
    &SHIPPO,
    &SHOPIFY,
    &SLACK,
    &SMARTSHEET,
    &SNYK,
    &SONARQUBE,
    &SQUARESPACE,
    &STANDARD_WEBHOOKS,
    &STRIKE,
    &STRIPE,
    &STRIPE_THIN,
    &STYTCH,
    &SUMSUB,
    &SUPABASE,
    &SURGE,
    &SVIX,
    &TALLY,
    &TIKTOK,
    &TODOIST,
    &TYPEFORM,
    &UBER,
    &VERIFF,
    &VIBER,
    &WHATSAPP,
    &WOLT,
    &WOOCOMMERCE,
    &WORKABLE,
    &X,
    &XERO,
    &ZAVU,
    &ZOOM,
];

/// The preset of that slug.
///
/// # Example
///
/// ```
/// use hookproof::providers;
///
/// assert!(providers::find("sendmux-v2").is_some());
/// assert!(providers::find("Sendmux").is_none());
/// ```
#[must_use]
pub fn find(slug: &str) -> Option<&'static Scheme> {
    let nth = ALL
        .binary_search_by(|scheme| scheme.slug().cmp(slug))
        .ok()?;
    ALL.get(nth).copied()
}
