//! The hostile catalogue: its headers through every way in, its raw HTTP at a real socket, and what
//! HTTP/2 lets a sender do besides.
//!
//! It runs with every feature alone: it takes seconds, and none of them changes a verdict.
#![cfg(all(feature = "axum", feature = "events", feature = "memory-store"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

#[allow(dead_code, reason = "other tests drive more")]
#[path = "operators/drivers.rs"]
mod drivers;
#[path = "hostile/headers.rs"]
mod headers;
#[path = "hostile/http2.rs"]
mod http2;
#[path = "hostile/wire.rs"]
mod raw;
#[path = "hostile/server.rs"]
mod server;
#[path = "hostile/streams.rs"]
mod streams;
mod support;
#[path = "support/wire/mod.rs"]
mod wire;
