//! The words in which a scheme is written: where things stand, and what is signed.

use super::Digest;

/// How a signature header is written.
///
/// Prefixes, keys and versions match exactly, with case; but a prefix in an `Authorization` header,
/// which names an authentication scheme, in any. Items that are empty, of an unknown
/// version or malformed are passed over and do not spoil a good one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Grammar {
    /// Items joined by `separator`; those that start with `prefix` hold a signature after it:
    /// `v1,<base64> v1,<base64>`.
    List {
        /// What a signature's item starts with, such as `v1,`.
        prefix: &'static str,
        /// What stands between items.
        separator: u8,
    },
    /// Keys and values: `t=…,v1=…`. Every pair with the signature's key holds a signature.
    Pairs {
        /// The key of signatures, such as `v1`; `*` for every pair's value.
        signature: &'static str,
        /// What stands between pairs.
        separator: u8,
        /// What stands between a key and its value.
        assign: u8,
    },
    /// The text is the signature.
    Plain,
    /// The signature stands after a prefix, such as `sha256=`.
    Prefixed {
        /// What stands before the signature.
        prefix: &'static str,
        /// Whether the bare signature is taken too.
        optional: bool,
    },
}

/// A piece of the signed content.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Part {
    /// The body, byte for byte as received.
    Body,
    /// The body's digest in lower-case hex.
    BodyDigest(Digest),
    /// What a rule makes that no list of parts can express.
    Canonical(Canonical),
    /// A text that is not secret and that the operator configures under this name:
    /// [`Verifier::with_config`](crate::Verifier::with_config).
    Config(&'static str),
    /// The decoded value of a field of a form or multipart body (feature `forms`).
    Form(&'static str),
    /// The text at a JSON pointer of a document that is the value of a form field (features `forms`
    /// and `json`).
    FormJson(&'static FormJson),
    /// The value of a header, which must occur exactly once.
    Header(&'static str),
    /// The text at a JSON pointer of the body: a string's value, a number as it was sent, `true` or
    /// `false` (feature `json`).
    Json {
        /// The pointer (RFC 6901).
        pointer: &'static str,
        /// What stands for a value that is missing or null; `None`: the delivery is malformed.
        absent: Option<&'static str>,
    },
    /// A fixed text.
    Literal(&'static str),
    /// The request's method.
    Method,
    /// The path of the URL.
    Path,
    /// The decoded value of this name in the URL's query (feature `forms`).
    Query(&'static str),
    /// The query of the URL as it stands there, without its question mark.
    RawQuery,
    /// The secret's text.
    Secret,
    /// Where the body is a form: names sorted, for each its distinct values sorted, all joined with
    /// nothing between. Nothing where it is none (feature `forms`).
    SortedForm,
    /// The timestamp, as received: its text is signed, not the moment it stands for.
    Timestamp,
    /// The URL as the provider knows it: see [`PublicUrl`](crate::PublicUrl).
    Url,
    /// The same up to its query.
    UrlWithoutQuery,
}

/// A rule that makes signed content in a way that no list of parts can express.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Canonical {
    /// The form's fields but `sign` and `sign_type`, decoded, empty ones left out, sorted by name, as
    /// `name=value` joined by `&` (feature `forms`).
    AlipayV1,
    /// `name`, line feed, `value`, line feed for each of `Message`, `MessageId`, `Subject`, `Timestamp`,
    /// `TopicArn` and `Type` that the JSON body has; where its `Type` is not `Notification`, of
    /// `Message`, `MessageId`, `SubscribeURL`, `Timestamp`, `Token`, `TopicArn` and `Type` (feature
    /// `json`).
    AmazonSns,
    /// The timestamp, the value of `h` in the signature header (header names parted by blanks), the
    /// values of those headers in that order, and the body, joined by dots.
    CoinbaseCdp,
    /// Method, path with query, the headers that `x-contentful-signed-headers` lists as
    /// `name:value` joined by `;`, and the body, joined by line feeds.
    Contentful,
    /// The form's fields in order as a JSON object of strings, with a blank after each colon and
    /// comma and all but ASCII escaped (features `forms` and `json`).
    FreshbooksJson,
    /// `id:…;request-id:…;ts:…;` of the query's `data.id` in lower case, the header `x-request-id` and
    /// the timestamp; a segment whose source is absent is left out (feature `forms`).
    Mercadopago,
    /// The URL up to its query, then `?` and the query's values sorted as `name=value` joined by `&`,
    /// and for a form a dot, if there is a query, and its fields sorted and joined (feature `forms`).
    PlivoV3,
    /// The body, with the text at `/auth` replaced by the secret (feature `json`).
    UnisenderGo,
    /// Every form field but `sig`, sorted, as `&name=value` with `&` and `=` in values turned into `_`
    /// (feature `forms`).
    VonageSig,
    /// The secret, the query's `timestamp` and `nonce` and the encrypted text of the XML body (or the
    /// query's `echostr`), sorted and joined (feature `forms`).
    Wecom,
}

impl Canonical {
    /// The rule's name, such as `plivo-v3`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AlipayV1 => "alipay-v1",
            Self::AmazonSns => "amazon-sns",
            Self::CoinbaseCdp => "coinbase-cdp",
            Self::Contentful => "contentful",
            Self::FreshbooksJson => "freshbooks-json",
            Self::Mercadopago => "mercadopago",
            Self::PlivoV3 => "plivo-v3",
            Self::UnisenderGo => "unisender-go",
            Self::VonageSig => "vonage-sig",
            Self::Wecom => "wecom",
        }
    }

    /// Every rule.
    pub const ALL: &[Self] = &[
        Self::AlipayV1,
        Self::AmazonSns,
        Self::CoinbaseCdp,
        Self::Contentful,
        Self::FreshbooksJson,
        Self::Mercadopago,
        Self::PlivoV3,
        Self::UnisenderGo,
        Self::VonageSig,
        Self::Wecom,
    ];
}

/// Where a signed timestamp stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Timestamp {
    /// At a place of the delivery that is not the signature header's text.
    At(Place),
    /// In a header of its own.
    Header(&'static str),
    /// In the signature header, as the item of that number in its list, from 0.
    Item(usize),
    /// In the signature header, under this key.
    Pair(&'static str),
}

/// How a timestamp is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Unit {
    /// An HTTP date, such as `Sun, 06 Nov 1994 08:49:37 GMT` (feature `dates`).
    HttpDate,
    /// Unix microseconds in 1 to 18 ASCII digits.
    Micros,
    /// Unix milliseconds in 1 to 18 ASCII digits.
    Millis,
    /// RFC 3339, with a fraction or without (feature `dates`).
    Rfc3339,
    /// Unix seconds in 1 to 12 ASCII digits.
    #[default]
    Seconds,
}

impl Unit {
    /// The unit's name, such as `ms`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HttpDate => "http-date",
            Self::Micros => "us",
            Self::Millis => "ms",
            Self::Rfc3339 => "rfc3339",
            Self::Seconds => "s",
        }
    }
}

/// A place in a delivery.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Place {
    /// The decoded value of a field of a form or multipart body (feature `forms`).
    Form(&'static str),
    /// A JSON pointer into a document that is the value of a form field (features `forms` and
    /// `json`).
    FormJson(&'static FormJson),
    /// The value of a header.
    Header(&'static str),
    /// A JSON pointer (RFC 6901) into the body, such as `/id` (feature `json`).
    Json(&'static str),
    /// The decoded value of this name in the URL's query (feature `forms`).
    Query(&'static str),
}

/// A place in a JSON document that is the value of a form field: held by reference, since it is rare
/// and would make every [`Place`] larger.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(
    clippy::exhaustive_structs,
    reason = "a name and a pointer, in a constant"
)]
pub struct FormJson {
    /// The form field.
    pub field: &'static str,
    /// The pointer (RFC 6901) into its document.
    pub pointer: &'static str,
}

/// Numbered headers, each of which may hold a signature: `x-acme-signature-1` and so on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(
    clippy::exhaustive_structs,
    reason = "a name and a number, in a constant"
)]
pub struct Numbered {
    /// What stands before the number, in lower case.
    pub prefix: &'static str,
    /// The last number; the first is 1.
    pub last: u8,
}

/// Which form of the body the signature covers, where a transfer compresses it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum BodyForm {
    /// As it was before any `Content-Encoding` was applied: a delivery that still names one is to be
    /// decompressed in front of hookproof, and is refused as `unavailable` until it is.
    Decoded,
    /// As it was sent.
    #[default]
    Sent,
}
