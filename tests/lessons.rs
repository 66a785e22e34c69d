//! What has gone wrong in this field, and that it does not go wrong here: a test for each of 61
//! lessons, with the public report that teaches it. They are about advisories, issues and pull
//! requests of many projects, most of them mended since; none is a claim about a current release of
//! anything. Other tests look at much of this more closely.
#![cfg(all(
    feature = "all-providers",
    feature = "axum",
    feature = "config",
    feature = "events",
    feature = "memory-store",
    feature = "metrics",
    feature = "redis",
    feature = "tenants",
    feature = "tracing"
))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

#[path = "lessons/absent.rs"]
mod absent;
#[path = "lessons/bodies.rs"]
mod bodies;
#[path = "lessons/candidates.rs"]
mod candidates;
#[allow(dead_code, reason = "other tests look at it more closely")]
#[path = "operators/captured.rs"]
mod captured;
#[path = "lessons/claims.rs"]
mod claims;
#[allow(dead_code, reason = "other tests move it more")]
#[path = "replay/clock.rs"]
mod clock;
#[path = "lessons/comparison.rs"]
mod comparison;
#[path = "lessons/complete.rs"]
mod complete;
#[allow(dead_code, reason = "other tests drive more")]
#[path = "replay/driver.rs"]
mod driver;
#[allow(dead_code, reason = "other tests drive more")]
#[path = "operators/drivers.rs"]
mod drivers;
#[allow(dead_code, reason = "other tests look at it more closely")]
#[path = "replay/forms.rs"]
mod forms;
#[path = "lessons/framing.rs"]
mod framing;
#[path = "lessons/headers.rs"]
mod headers;
#[path = "lessons/keys.rs"]
mod keys;
#[path = "lessons/limits.rs"]
mod limits;
#[path = "lessons/lock.rs"]
mod lock;
#[path = "silence/needles.rs"]
mod needles;
#[allow(dead_code, reason = "other tests tell it more")]
#[path = "replay/puppet.rs"]
mod puppet;
#[path = "lessons/reference.rs"]
mod reference;
#[path = "lessons/replay.rs"]
mod replay;
#[path = "lessons/routes.rs"]
mod routes;
#[path = "lessons/rust.rs"]
mod rust;
#[path = "lessons/shown.rs"]
mod shown;
#[path = "lessons/signatures.rs"]
mod signatures;
#[path = "lessons/sources.rs"]
mod sources;
#[path = "lessons/stamps.rs"]
mod stamps;
mod support;
#[path = "lessons/time.rs"]
mod time;
#[path = "lessons/wire.rs"]
mod wire;
