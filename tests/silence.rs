//! What is refused says nothing outward, and nothing secret inward. In `silence/` what single
//! deliveries leave in the log, and the whole hostile catalogue: everything that it makes anybody
//! say is searched for secrets, keys, MACs, candidates and bodies.
#![cfg(all(feature = "axum", feature = "events", feature = "tracing"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

#[allow(dead_code, reason = "other tests look at it more closely")]
#[path = "operators/captured.rs"]
mod captured;
#[cfg(all(feature = "memory-store", feature = "metrics", feature = "tenants"))]
#[path = "silence/catalogue.rs"]
mod catalogue;
#[path = "operators/drivers.rs"]
#[allow(dead_code, reason = "other tests drive more")]
mod drivers;
#[path = "silence/needles.rs"]
mod needles;
#[cfg(feature = "memory-store")]
#[path = "silence/printed.rs"]
mod printed;
#[allow(dead_code, reason = "other tests tell it more")]
#[path = "replay/puppet.rs"]
mod puppet;
#[path = "silence/refused.rs"]
mod refused;
mod support;
#[cfg(all(feature = "memory-store", feature = "metrics", feature = "tenants"))]
#[path = "silence/told.rs"]
mod told;
