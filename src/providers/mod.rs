//! Presets: what is known of how each provider signs, a static a scheme, a file a family.
//!
//! Each is written as a scheme of the user's own would be, and can be
//! [adjusted](crate::scheme::Scheme::adjust). A scheme is chosen by configuration, never by which
//! header a request happens to carry.

mod raw_body;
mod stamped_headers;
mod stamped_kv;
mod standard_webhooks;

pub use raw_body::{GITHUB, JETEMAIL, SENDKIT, SENDMUX};
pub use stamped_headers::{JETEMAIL_INBOUND, SENDMUX_V2, SLACK};
pub use stamped_kv::{MAILINGAPI, STRIPE};
pub use standard_webhooks::{SENT, STANDARD_WEBHOOKS, SVIX};

use crate::scheme::Scheme;

/// Every preset, sorted by slug.
pub static ALL: &[&Scheme] = &[
    &GITHUB,
    &JETEMAIL,
    &JETEMAIL_INBOUND,
    &MAILINGAPI,
    &SENDKIT,
    &SENDMUX,
    &SENDMUX_V2,
    &SENT,
    &SLACK,
    &STANDARD_WEBHOOKS,
    &STRIPE,
    &SVIX,
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
