//! Secrets, which hookproof looks at before there is a delivery.

use super::vendors::{ALL, STANDARD_PY, SVIX_PY, TWILIO_JS, TWILIO_PY};
use super::{Class, Difference};
use crate::delivery::loose_base64;

pub(super) const CLASSES: &[Class] = &[
    Class::takes("empty-secret", &[TWILIO_JS, TWILIO_PY], |it| {
        is_bad(it) && it.delivery.secret.is_empty()
    }),
    Class::takes("blank-in-secret", ALL, |it| {
        is_bad(it) && it.delivery.secret.trim() != it.delivery.secret
    }),
    Class::takes("placeholder", ALL, |it| is_bad(it) && is_placeholder(it)),
    Class::takes("loose-secret", &[STANDARD_PY, SVIX_PY], |it| {
        is_bad(it) && !loose_base64(&it.delivery.secret).is_empty()
    }),
];

fn is_bad(it: &Difference<'_>) -> bool {
    it.hookproof == "bad-secret"
}

fn is_placeholder(it: &Difference<'_>) -> bool {
    let known = [
        "changeme",
        "whsec_",
        "whsec_...",
        "your_webhook_secret",
        "${SECRET}",
    ];
    known.contains(&&*it.delivery.secret)
}
