//! The hostile catalogue's rows of raw HTTP: what each sends to a receiver of `mailingapi`, and
//! whether what comes back is what it allows. Shared with the example receiver's tests.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    clippy::panic,
    reason = "each test program takes what it needs, and a test fails by panicking"
)]

pub mod bodies;
pub mod expect;
mod parts;
pub mod peer;
pub mod row;
