//! Tenants: each is judged by its own keys and no others, at a bounded cost to their source.
#![cfg(feature = "tenants")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

#[path = "tenants/cache.rs"]
mod cache;
#[path = "replay/clock.rs"]
mod clock;
#[path = "tenants/crowds.rs"]
mod crowds;
#[path = "tenants/dropped.rs"]
mod dropped;
#[path = "tenants/endpoints.rs"]
mod endpoints;
#[path = "tenants/flights.rs"]
mod flights;
#[path = "tenants/flood.rs"]
mod flood;
#[path = "tenants/hidden.rs"]
mod hidden;
#[path = "tenants/judged.rs"]
mod judged;
#[path = "tenants/limits.rs"]
mod limits;
#[path = "tenants/names.rs"]
mod names;
#[path = "tenants/platform.rs"]
mod platform;
#[allow(dead_code, reason = "made for another test, which needs more of it")]
#[path = "replay/puppet.rs"]
mod puppet;
#[path = "tenants/register.rs"]
mod register;
#[path = "tenants/remembered.rs"]
mod remembered;
#[cfg(feature = "axum")]
#[path = "tenants/routes.rs"]
mod routes;
#[path = "tenants/secrets.rs"]
mod secrets;
mod support;
#[path = "tenants/unread.rs"]
mod unread;
#[path = "tenants/wire.rs"]
mod wire;
