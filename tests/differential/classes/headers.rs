//! Headers that are there twice, under another name or too long, and timestamps.

use hookproof::Verifier;

use super::Class;
use super::vendors::{
    LISTS, SLACK_JS, STAMPED, STANDARD_JS, STRIPE_JS, STRIPE_PY, SVIX_JS, SVIX_PY, TWILIO_JS,
    TWILIO_PY,
};

pub(super) const CLASSES: &[Class] = &[
    Class::takes("two-digests", &[TWILIO_JS, TWILIO_PY], |it| {
        let digests = it.delivery.url.matches("bodySHA256=").count();
        it.hookproof == "duplicate-header" && digests > 1
    }),
    Class::takes(
        "repeated-header",
        &[
            STANDARD_JS,
            STRIPE_JS,
            STRIPE_PY,
            SVIX_JS,
            TWILIO_JS,
            TWILIO_PY,
        ],
        |it| it.hookproof == "duplicate-header",
    ),
    Class::takes("other-names", &[SVIX_JS, SVIX_PY], |it| {
        let mut names = it.delivery.headers.iter().map(|(name, _)| name);
        let is_other = |name: &String| name.to_ascii_lowercase().starts_with("webhook-");
        it.hookproof == "missing-header" && names.any(is_other)
    }),
    Class::takes("future", &[SLACK_JS, STRIPE_JS, STRIPE_PY], |it| {
        it.hookproof == "future"
    }),
    Class::takes("two-timestamps", &[STRIPE_JS, STRIPE_PY], |it| {
        it.hookproof == "malformed" && it.delivery.stamps().len() > 1
    }),
    Class::takes("odd-timestamp", STAMPED, |it| {
        let mut stamps = it.delivery.stamps().into_iter();
        it.hookproof == "malformed" && stamps.any(|stamp| !is_plain_number(stamp))
    }),
    Class::takes("long-header", LISTS, |it| {
        let mut values = it.delivery.headers.iter().map(|(_, value)| value);
        it.hookproof == "malformed" && values.any(|value| value.len() > Verifier::MAX_HEADER)
    }),
];

/// One number has one spelling, of 12 digits at most.
fn is_plain_number(stamp: &[u8]) -> bool {
    let digits = stamp.iter().all(u8::is_ascii_digit) && (1..=12).contains(&stamp.len());
    digits && (stamp == b"0" || !stamp.starts_with(b"0"))
}
