//! The scenarios of the hostile catalogue (`tests/data/vectors/hostile.jsonl`), a test each, named
//! after it: deliveries that come again, stores and clocks that fail, receivers that are wired
//! wrongly. Each says what the row leaves open and this crate documents. Those that count
//! allocations are in `scenarios_memory.rs`, in a program of their own.
#![cfg(all(
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

#[path = "scenarios/again.rs"]
mod again;
#[path = "scenarios/bodies.rs"]
mod bodies;
#[allow(dead_code, reason = "other tests look at it more closely")]
#[path = "operators/captured.rs"]
mod captured;
#[path = "scenarios/catalogue.rs"]
mod catalogue;
#[path = "scenarios/claims.rs"]
mod claims;
#[path = "replay/clock.rs"]
mod clock;
#[allow(dead_code, reason = "other tests look at jobs and leases")]
#[path = "replay/driver.rs"]
mod driver;
#[path = "scenarios/events.rs"]
mod events;
#[allow(dead_code, reason = "other tests compare more forms")]
#[path = "replay/forms.rs"]
mod forms;
#[path = "scenarios/json.rs"]
mod json;
#[path = "scenarios/keys.rs"]
mod keys;
#[path = "scenarios/limits.rs"]
mod limits;
#[allow(dead_code, reason = "other tests drive more")]
#[path = "tenants/platform.rs"]
mod platform;
#[allow(dead_code, reason = "other tests tell it more")]
#[path = "replay/puppet.rs"]
mod puppet;
#[path = "scenarios/receiver.rs"]
mod receiver;
#[allow(dead_code, reason = "other tests tell it more")]
#[path = "tenants/register.rs"]
mod register;
#[path = "scenarios/secrets.rs"]
mod secrets;
#[path = "scenarios/services.rs"]
mod services;
#[path = "scenarios/stores.rs"]
mod stores;
mod support;
#[path = "scenarios/tenants.rs"]
mod tenants;
#[path = "scenarios/times.rs"]
mod times;
#[path = "scenarios/told.rs"]
mod told;
#[path = "scenarios/wiring.rs"]
mod wiring;
