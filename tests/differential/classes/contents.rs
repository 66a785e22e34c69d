//! Bodies and ids: bytes to hookproof, texts to the libraries.

use serde_json::Value;

use super::reading::{as_text, holds, is_utf8, unmarked};
use super::vendors::{
    ALL, GITHUB, SLACK_JS, STANDARD, STANDARD_JS, STANDARD_PY, STRIPE_JS, STRIPE_PY, SVIX_JS,
    TWILIO_JS, TWILIO_PY,
};
use super::{Class, Difference};
use crate::form;

pub(super) const CLASSES: &[Class] = &[
    Class::takes("ssl-check", &[SLACK_JS], |it| {
        let fields = form::fields(&it.delivery.body);
        let is_check = fields
            .iter()
            .any(|(name, value)| name == b"ssl_check" && value == b"1");
        it.delivery.is_form() && is_check
    }),
    Class::takes("dropped-mark", &[GITHUB, STRIPE_JS], |it| {
        has_mark(it) && is_signed_as_text(it)
    }),
    Class::takes(
        "replaced-bytes",
        &[
            GITHUB,
            SLACK_JS,
            STANDARD_JS,
            STRIPE_JS,
            SVIX_JS,
            TWILIO_JS,
            TWILIO_PY,
        ],
        |it| !is_utf8(&it.delivery.body) && is_signed_as_text(it),
    ),
    Class::takes("id-as-text", STANDARD, |it| {
        has_high_id(it) && is_signed_as_text(it)
    }),
    Class::refuses("not-utf-8", ALL, |it| {
        let fields = form::fields(&it.delivery.body).into_iter();
        let mut texts = fields.flat_map(|(name, value)| [name, value]);
        let in_form = it.delivery.is_form() && texts.any(|text| !is_utf8(&text));
        !is_utf8(&it.delivery.body) || in_form
    }),
    Class::refuses("mark", &[GITHUB, STRIPE_JS], has_mark),
    Class::refuses("empty-body", &[GITHUB], |it| it.delivery.body.is_empty()),
    Class::refuses("id-above-7f", STANDARD, has_high_id),
    Class::refuses(
        "not-an-event",
        &[STANDARD_JS, STANDARD_PY, STRIPE_JS, STRIPE_PY],
        |it| !is_event(&it.delivery.body),
    ),
];

fn has_mark(it: &Difference<'_>) -> bool {
    unmarked(&it.delivery.body) != it.delivery.body
}

fn has_high_id(it: &Difference<'_>) -> bool {
    !it.delivery.content().id.is_ascii()
}

fn is_signed_as_text(it: &Difference<'_>) -> bool {
    it.hookproof == "mismatch" && holds(it, &as_text(it))
}

/// Whether it is what the libraries make an event of.
fn is_event(body: &[u8]) -> bool {
    match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(event)) => event.get("object").is_none_or(|it| it != "v2.core.event"),
        _ => false,
    }
}
