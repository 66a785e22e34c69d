//! The vendors' libraries.

use crate::judges::Registry::{self, Npm, PyPi};

/// A preset, and where the library for it is published.
pub(crate) type Vendor = (&'static str, Registry);

pub(super) const GITHUB: Vendor = ("github", Npm);
pub(super) const SLACK_JS: Vendor = ("slack", Npm);
pub(super) const SLACK_PY: Vendor = ("slack", PyPi);
pub(super) const STANDARD_JS: Vendor = ("standard-webhooks", Npm);
pub(super) const STANDARD_PY: Vendor = ("standard-webhooks", PyPi);
pub(super) const STRIPE_JS: Vendor = ("stripe", Npm);
pub(super) const STRIPE_PY: Vendor = ("stripe", PyPi);
pub(super) const SVIX_JS: Vendor = ("svix", Npm);
pub(super) const SVIX_PY: Vendor = ("svix", PyPi);
pub(super) const TWILIO_JS: Vendor = ("twilio", Npm);
pub(super) const TWILIO_PY: Vendor = ("twilio", PyPi);

pub(super) const ALL: &[Vendor] = &[
    GITHUB,
    SLACK_JS,
    SLACK_PY,
    STANDARD_JS,
    STANDARD_PY,
    STRIPE_JS,
    STRIPE_PY,
    SVIX_JS,
    SVIX_PY,
    TWILIO_JS,
    TWILIO_PY,
];

/// Those that sign a timestamp.
pub(super) const STAMPED: &[Vendor] = &[
    SLACK_JS,
    SLACK_PY,
    STANDARD_JS,
    STANDARD_PY,
    STRIPE_JS,
    STRIPE_PY,
    SVIX_JS,
    SVIX_PY,
];

/// Those whose signature is a list.
pub(super) const LISTS: &[Vendor] = &[
    STANDARD_JS,
    STANDARD_PY,
    STRIPE_JS,
    STRIPE_PY,
    SVIX_JS,
    SVIX_PY,
];

/// Standard Webhooks and Svix.
pub(super) const STANDARD: &[Vendor] = &[STANDARD_JS, STANDARD_PY, SVIX_JS, SVIX_PY];
