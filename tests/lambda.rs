//! Lambda: what an event says is judged as the request would have been.
#![cfg(feature = "lambda")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

#[path = "lambda/bodies.rs"]
mod bodies;
#[path = "lambda/events.rs"]
mod events;
#[path = "lambda/hostile.rs"]
mod hostile;
#[path = "lambda/lines.rs"]
mod lines;
#[path = "lambda/sources.rs"]
mod sources;
#[path = "lambda/targets.rs"]
mod targets;
