//! Timestamp and signatures as pairs of one header; the MAC covers the timestamp, a joiner and the
//! body.

use crate::scheme::{
    About, Confidence, Family, Grammar, Part, Place, ReplayId, Retries, Scheme, Timestamp,
};

const T_AND_V1: Grammar = Grammar::Pairs {
    signature: "v1",
    separator: b',',
    assign: b'=',
};

const TIMESTAMP_DOT_BODY: &[Part] = &[Part::Timestamp, Part::Literal("."), Part::Body];

/// **MailingAPI**, confidence D, partly assumed: `X-MailingAPI-Signature: t=<seconds>,v1=<hex>`
/// over `{t}.{body}`.
///
/// Documented: the header's name, the pairs `t` and `v1`, the `whsec_` secret, which a caller may
/// choose. **Assumed:** HMAC-SHA256 in hex, the signed content, the key as the secret's whole text,
/// the window of 300 s, several `v1` during a rotation, everything about retries. If the deliveries
/// you receive differ, [adjust](Scheme::adjust) the preset.
///
/// Source: <https://mailingapi.com/docs/webhooks>.
pub static MAILINGAPI: Scheme = Scheme::builder("mailingapi", "x-mailingapi-signature")
    .about(About::new(
        "MailingAPI",
        Family::StampedKv,
        Confidence::D,
        "https://mailingapi.com/docs/webhooks",
    ))
    .grammar(T_AND_V1)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .build();

/// **Stripe**, confidence A: `Stripe-Signature: t=<seconds>,v1=<hex>` over `{t}.{body}`.
///
/// The key is the secret's whole text, `whsec_` included; it is never base64-decoded. During a
/// rotation several `v1` come, any of which may match; `v0` is ignored. The vendor's own library
/// refuses only old timestamps; here the window has two sides. Retries go on for three days.
///
/// Source: <https://docs.stripe.com/webhooks/signature>,
/// `stripe/stripe-python:stripe/_webhook.py`.
pub static STRIPE: Scheme = Scheme::builder("stripe", "stripe-signature")
    .about(About::new(
        "Stripe",
        Family::StampedKv,
        Confidence::A,
        "stripe/stripe-python:stripe/_webhook.py",
    ))
    .grammar(T_AND_V1)
    .content(TIMESTAMP_DOT_BODY)
    .timestamp(Timestamp::Pair("t"))
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/type"))
    .replay_id(ReplayId::Id(Place::Json("/id")))
    .retries(Retries::UNKNOWN.horizon(3 * 24 * 3_600))
    .build();
