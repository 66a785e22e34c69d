//! What several presets write alike.

use crate::scheme::{Grammar, KeyFormat, Part};

/// `sha1=<signature>`.
pub(super) const SHA1: Grammar = Grammar::Prefixed {
    prefix: "sha1=",
    optional: false,
};

/// `sha256=<signature>`.
pub(super) const SHA256: Grammar = Grammar::Prefixed {
    prefix: "sha256=",
    optional: false,
};

/// `v1,<signature> v1,<signature>`.
pub(super) const V1_LIST: Grammar = Grammar::List {
    prefix: "v1,",
    separator: b' ',
};

/// `t=…,v1=<signature>`.
pub(super) const V1_PAIRS: Grammar = Grammar::Pairs {
    signature: "v1",
    separator: b',',
    assign: b'=',
};

/// Base64 after `whsec_`, which may be absent.
pub(super) const WHSEC: KeyFormat = KeyFormat::Base64 { prefix: "whsec_" };

pub(super) const TIMESTAMP_DOT_BODY: &[Part] = &[Part::Timestamp, Part::Literal("."), Part::Body];

/// As Standard Webhooks has it. An id is not searched for dots: the timestamp's strict grammar and a
/// body that opens with a bracket leave one reading.
pub(super) const ID_DOT_TIMESTAMP_DOT_BODY: &[Part] = &[
    Part::Header("webhook-id"),
    Part::Literal("."),
    Part::Timestamp,
    Part::Literal("."),
    Part::Body,
];

/// The same with Svix's own header.
pub(super) const SVIX_ID_DOT_TIMESTAMP_DOT_BODY: &[Part] = &[
    Part::Header("svix-id"),
    Part::Literal("."),
    Part::Timestamp,
    Part::Literal("."),
    Part::Body,
];
