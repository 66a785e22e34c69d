//! What operators see of an endpoint: metrics, log, spans, hooks, its clock's offset, and what it
//! would refuse; and what senders see of refusals.
#![cfg(all(
    feature = "axum",
    feature = "events",
    feature = "memory-store",
    feature = "metrics",
    feature = "tenants",
    feature = "tracing"
))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "operators/answers.rs"]
mod answers;
#[path = "operators/bounded.rs"]
mod bounded;
#[path = "operators/captured.rs"]
mod captured;
#[path = "operators/claims.rs"]
mod claims;
#[path = "operators/counted.rs"]
mod counted;
#[path = "operators/drivers.rs"]
mod drivers;
#[path = "operators/enforced.rs"]
mod enforced;
#[path = "operators/hooks.rs"]
mod hooks;
#[path = "operators/logged.rs"]
mod logged;
#[path = "operators/moments.rs"]
mod moments;
#[path = "operators/observed.rs"]
mod observed;
#[allow(dead_code, reason = "other tests tell it more")]
#[path = "replay/puppet.rs"]
mod puppet;
#[path = "operators/skew.rs"]
mod skew;
#[path = "operators/spans.rs"]
mod spans;
mod support;
#[path = "operators/tenancy.rs"]
mod tenancy;
