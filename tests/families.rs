//! Families of schemes beyond a MAC over headers and body: each word of a scheme is followed, by
//! schemes of the tests' own.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

#[cfg(all(feature = "forms", feature = "json"))]
#[path = "families/canonical.rs"]
mod canonical;
#[path = "families/config.rs"]
mod config;
#[path = "families/credentials.rs"]
mod credentials;
#[path = "families/decoded.rs"]
mod decoded;
#[path = "families/digests.rs"]
mod digests;
#[cfg(all(feature = "forms", feature = "json"))]
#[path = "families/fields.rs"]
mod fields;
#[path = "families/headers.rs"]
mod headers;
#[path = "families/identities.rs"]
mod identities;
#[cfg(feature = "json")]
#[path = "families/items.rs"]
mod items;
#[path = "families/kit.rs"]
mod kit;
#[path = "families/pairs.rs"]
mod pairs;
#[cfg(feature = "asymmetric")]
#[path = "families/public_keys.rs"]
mod public_keys;
#[cfg(all(feature = "forms", feature = "json"))]
#[path = "families/remembered.rs"]
mod remembered;
#[path = "families/seams.rs"]
mod seams;
#[cfg(feature = "asymmetric")]
#[path = "families/signatures.rs"]
mod signatures;
#[cfg(all(feature = "forms", feature = "json"))]
#[path = "families/streamed.rs"]
mod streamed;
mod support;
#[path = "families/times.rs"]
mod times;
#[path = "families/url.rs"]
mod url;
