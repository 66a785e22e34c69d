//! Proof before processing: webhook signature verification.
//!
//! A webhook is a POST from a stranger who claims to be your payment, mail or messaging provider.
//! hookproof proves the claim: it reads the signature headers of a delivery, recomputes the MAC over
//! timestamp and raw body, compares in constant time, enforces the window, and lets only proven bytes
//! through.
//!
//! # One sentence
//!
//! A [`Scheme`](scheme::Scheme) is constant data; one interpreter, the [`Verifier`], reads it;
//! verifying a [`Delivery`] under a [`Keyring`] at a [`Clock`] yields a [`Receipt`] that cannot be
//! made in any other way.
//!
//! # Where to start
//!
//! | you have | you take |
//! |---|---|
//! | an axum handler | `Endpoint::handler`, see the module `axum` |
//! | a tower stack | `Endpoint::layer`, see the module `layer` |
//! | a whole delivery in memory | [`Verifier::verify`] |
//! | a body that is arriving | [`Verifier::begin`], [`Verification`] |
//! | a Lambda event | `LambdaRequest`, see the module `lambda` |
//! | a provider that is not among the [presets](providers) | [`scheme`]; from a file, the module `config` |
//! | deliveries that come twice | [`replay`] |
//! | tests of a receiver | [`Signer`] |
//!
//! ```
//! use hookproof::{Delivery, Secret, Signer, Verifier, VerifyErrorKind, providers};
//!
//! let secret = "whsec_Q5VvFg7vvDnxI1xq9NwKUlqq4Ar-lmAgJ5QzFWSkEGc";
//! let headers = Signer::new(&providers::STRIPE, Secret::new(secret))?.sign(b"{}")?;
//!
//! let verifier = Verifier::new(&providers::STRIPE, Secret::new(secret))?;
//! let receipt = verifier.verify(Delivery::new(&headers, b"{}"))?;
//! assert_eq!(receipt.key(), "primary");
//!
//! let tampered = verifier.verify(Delivery::new(&headers, b"{ }"));
//! assert_eq!(tampered.unwrap_err().kind(), VerifyErrorKind::Mismatch);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `tower` (default) | the layer: `VerifyLayer`, `VerifiedBody` |
//! | `axum` | the handler adapter and the extractors, for axum 0.8 |
//! | `json` | ids, event names, signatures and signed values that stand in a JSON body |
//! | `forms` | the same in forms, multipart bodies and queries |
//! | `dates` | timestamps written as RFC 3339 or as HTTP dates |
//! | `asymmetric` | providers that sign with a private key: Ed25519, ECDSA on P-256 and RSA |
//! | `legacy-digests` | providers that still sign over SHA-1 or MD5 |
//! | `keccak` | providers that sign over Keccak-256, as Ethereum has it |
//! | `all-providers` | the six above: every preset can be used |
//! | `events` | typed events of Sendmux, MailingAPI, SendKit.ai, JetEmail and Sent |
//! | `subscribe` | create-webhook requests of the same five, for an HTTP client of yours |
//! | `config` | schemes of your own from a TOML or JSON file |
//! | `lambda` | `LambdaRequest`: deliveries from Lambda events of API Gateway, load balancers and function URLs |
//! | `memory-store` | `MemoryStore`: the replay guard's store for one process |
//! | `redis` | `RedisStore`: the replay guard's store for several processes, on Redis or Valkey |
//! | `redis-cluster` | the same on a cluster |
//! | `redis-tls` | `rediss://` addresses for it, with rustls |
//! | `testing` | the conformance suite for replay stores |
//! | `tenants` | an endpoint's keys by tenant, looked up while the request waits |
//! | `proxies` | the signed URL from the headers of proxies that are named by their addresses |
//! | `metrics` | counters and histograms, through the `metrics` facade |
//! | `tracing` | one event a refusal |
//!
//! Without any it is the core: no I/O, no runtime, and on `wasm32-unknown-unknown` no clock but the
//! one you pass.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answers;
#[cfg(feature = "axum")]
#[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
pub mod axum;
mod clock;
#[cfg(feature = "config")]
#[cfg_attr(docsrs, doc(cfg(feature = "config")))]
pub mod config;
mod digest;
mod encoding;
mod endpoint;
mod error;
#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
pub mod events;
mod fields;
#[cfg(feature = "tower")]
mod follow;
#[cfg(feature = "json")]
mod json;
mod keys;
#[cfg(feature = "lambda")]
#[cfg_attr(docsrs, doc(cfg(feature = "lambda")))]
pub mod lambda;
#[cfg(feature = "tower")]
#[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
pub mod layer;
mod mac;
mod observe;
mod placeholder;
pub mod providers;
#[cfg(feature = "asymmetric")]
mod public_key;
mod public_url;
pub mod replay;
pub mod scheme;
mod secret;
mod sign;
#[cfg(feature = "subscribe")]
#[cfg_attr(docsrs, doc(cfg(feature = "subscribe")))]
pub mod subscribe;
mod sync;
#[cfg(feature = "tenants")]
#[cfg_attr(docsrs, doc(cfg(feature = "tenants")))]
pub mod tenants;
mod timestamp;
mod verify;

pub use answers::{Answer, Answers, UnhandledKind};
pub use clock::{Clock, SystemClock, Tolerance, UnixTime};
pub use endpoint::{Endpoint, EndpointBuilder, ReplayDecided, ReplayUndecided};
#[cfg(feature = "tower")]
pub use endpoint::{ObserveOnly, ObservedEndpoint};
pub use error::{ConfigError, ConfigErrorKind, VerifyError, VerifyErrorKind};
pub use keys::{KeyFile, Keyring, SecretFile, SecretFileError};
#[cfg(feature = "tower")]
pub use layer::{VerifiedBody, VerifyLayer};
pub use observe::{ClockSkew, Refusal, Unhandled};
pub use public_url::PublicUrl;
#[cfg(feature = "proxies")]
pub use public_url::{PeerAddr, TrustedProxies};
pub use secret::Secret;
pub use sign::{SignError, Signer};
pub use verify::{Delivery, Head, Proven, Receipt, Unsigned, Verification, Verifier};

/// The examples of the explanations are compiled.
#[cfg(doctest)]
#[doc = include_str!("../docs/replay.md")]
struct Replay;

/// As above.
#[cfg(doctest)]
#[doc = include_str!("../docs/operating.md")]
struct Operating;

/// As above.
#[cfg(all(doctest, feature = "config"))]
#[doc = include_str!("../docs/schemes.md")]
struct Schemes;

/// The README's examples are compiled.
#[cfg(all(
    doctest,
    feature = "axum",
    feature = "events",
    feature = "memory-store"
))]
#[doc = include_str!("../README.md")]
struct Readme;
