//! The words of a file that stand for one fact each, in both directions.

use crate::scheme::{
    AfterClientError, Algorithm, BodyForm, Canonical, Confidence, Digest, Encoding, Family,
    KeyFormat, Part, ReplayId, Unit,
};

/// Something that a file says in one word.
pub(super) trait Word: Copy + 'static {
    /// All that can be said.
    const ALL: &'static [Self];

    /// How it is said.
    fn word(&self) -> &'static str;
}

impl Word for Algorithm {
    const ALL: &'static [Self] = &[
        Self::Basic,
        Self::EcdsaP256(Digest::Sha1),
        Self::EcdsaP256(Digest::Sha256),
        Self::Ed25519,
        Self::Hmac(Digest::Md5),
        Self::Hmac(Digest::Sha1),
        Self::Hmac(Digest::Sha256),
        Self::Hmac(Digest::Sha384),
        Self::Hmac(Digest::Sha512),
        Self::Digest(Digest::Keccak256),
        Self::Digest(Digest::Md5),
        Self::Digest(Digest::Sha1),
        Self::Digest(Digest::Sha256),
        Self::Digest(Digest::Sha384),
        Self::Digest(Digest::Sha512),
        Self::Rsa(Digest::Sha1),
        Self::Rsa(Digest::Sha256),
        Self::RsaBySignatureVersion,
        Self::Token,
    ];

    fn word(&self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Digest(digest) => digest.as_str(),
            Self::EcdsaP256(Digest::Sha1) => "ecdsa-p256-sha1",
            Self::EcdsaP256(_) => "ecdsa-p256-sha256",
            Self::Ed25519 => "ed25519",
            Self::Hmac(Digest::Keccak256) => "hmac-keccak256",
            Self::Hmac(Digest::Md5) => "hmac-md5",
            Self::Hmac(Digest::Sha1) => "hmac-sha1",
            Self::Hmac(Digest::Sha256) => "hmac-sha256",
            Self::Hmac(Digest::Sha384) => "hmac-sha384",
            Self::Hmac(Digest::Sha512) => "hmac-sha512",
            Self::Rsa(Digest::Sha1) => "rsa-sha1",
            Self::Rsa(_) => "rsa-sha256",
            Self::RsaBySignatureVersion => "rsa-by-signature-version",
            Self::Token => "token",
        }
    }
}

impl Word for Digest {
    const ALL: &'static [Self] = &[
        Self::Keccak256,
        Self::Md5,
        Self::Sha1,
        Self::Sha256,
        Self::Sha384,
        Self::Sha512,
    ];

    fn word(&self) -> &'static str {
        self.as_str()
    }
}

impl Word for Encoding {
    const ALL: &'static [Self] = &[Self::Base64, Self::Base64Url, Self::Hex, Self::HexUpper];

    fn word(&self) -> &'static str {
        match self {
            Self::Base64 => "base64",
            Self::Base64Url => "base64url",
            Self::Hex => "hex",
            Self::HexUpper => "hex-upper",
        }
    }
}

/// Key formats without anything further; the others are tables.
impl Word for KeyFormat {
    const ALL: &'static [Self] = &[
        Self::Base64 { prefix: "" },
        Self::Hex,
        Self::PublicBase64 { prefix: "" },
        Self::PublicDer,
        Self::PublicHex,
        Self::PublicPem,
        Self::Text,
    ];

    fn word(&self) -> &'static str {
        match self {
            Self::Base64 { prefix: "" } => "base64",
            Self::Base64 { .. } => "base64-after",
            Self::Hex => "hex",
            Self::PublicBase64 { prefix: "" } => "public-base64",
            Self::PublicBase64 { .. } => "public-base64-after",
            Self::PublicDer => "public-der",
            Self::PublicHex => "public-hex",
            Self::PublicPem => "public-pem",
            Self::Text => "text",
            Self::TextDigest(_) => "text-digest",
            Self::TextThen(_) => "text-then",
        }
    }
}

/// Parts without anything further, which stand in braces; the others are tables.
impl Word for Part {
    const ALL: &'static [Self] = &[
        Self::Body,
        Self::Method,
        Self::Path,
        Self::RawQuery,
        Self::Secret,
        Self::SortedForm,
        Self::Timestamp,
        Self::Url,
        Self::UrlWithoutQuery,
    ];

    fn word(&self) -> &'static str {
        match self {
            Self::Body => "{body}",
            Self::BodyDigest(_) => "body-digest",
            Self::Canonical(_) => "canonical",
            Self::Config(_) => "config",
            Self::Form(_) | Self::FormJson(_) => "form",
            Self::Header(_) => "header",
            Self::Json { .. } => "json",
            Self::Literal(_) => "literal",
            Self::Method => "{method}",
            Self::Path => "{path}",
            Self::Query(_) => "query",
            Self::RawQuery => "{raw-query}",
            Self::Secret => "{secret}",
            Self::SortedForm => "{sorted-form}",
            Self::Timestamp => "{timestamp}",
            Self::Url => "{url}",
            Self::UrlWithoutQuery => "{url-without-query}",
        }
    }
}

impl Word for Canonical {
    const ALL: &'static [Self] = Self::ALL;

    fn word(&self) -> &'static str {
        self.as_str()
    }
}

impl Word for BodyForm {
    const ALL: &'static [Self] = &[Self::Decoded, Self::Sent];

    fn word(&self) -> &'static str {
        match self {
            Self::Decoded => "decoded",
            Self::Sent => "sent",
        }
    }
}

impl Word for Unit {
    const ALL: &'static [Self] = &[
        Self::HttpDate,
        Self::Micros,
        Self::Millis,
        Self::Rfc3339,
        Self::Seconds,
    ];

    fn word(&self) -> &'static str {
        self.as_str()
    }
}

/// Identities that are no id at a place.
impl Word for ReplayId {
    const ALL: &'static [Self] = &[
        Self::Body,
        Self::Content,
        Self::ContentWithoutTimestamp,
        Self::Indistinct,
        Self::UnsignedBody,
    ];

    fn word(&self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Content => "content",
            Self::ContentWithoutTimestamp => "content-without-timestamp",
            Self::Id(_) => "id",
            Self::Indistinct => "indistinct",
            Self::UnsignedBody => "unsigned-body",
        }
    }
}

impl Word for AfterClientError {
    const ALL: &'static [Self] = &[Self::Loses, Self::Retries, Self::Unknown];

    fn word(&self) -> &'static str {
        match self {
            Self::Loses => "loses",
            Self::Retries => "retries",
            Self::Unknown => "unknown",
        }
    }
}

impl Word for Family {
    const ALL: &'static [Self] = &[
        Self::AsymStatic,
        Self::Basic,
        Self::BodyFields,
        Self::Canonicaliser,
        Self::RawBodyMac,
        Self::SecretHash,
        Self::SharedToken,
        Self::StampedHeaders,
        Self::StampedKv,
        Self::StandardWebhooks,
        Self::UrlContext,
    ];

    fn word(&self) -> &'static str {
        self.as_str()
    }
}

impl Word for Confidence {
    const ALL: &'static [Self] = &[Self::A, Self::B, Self::C, Self::D];

    fn word(&self) -> &'static str {
        self.as_str()
    }
}
