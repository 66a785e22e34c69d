//! What the test files share: the receiver as a process, and deliveries to it.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    clippy::panic,
    reason = "each test file takes what it needs, and a test fails by panicking"
)]

pub mod answers;
pub mod cargo;
pub mod delivery;
pub mod process;
#[path = "../../../tests/support/proxy.rs"]
pub mod proxy;
#[path = "../../../tests/support/redis.rs"]
pub mod redis;
pub mod senders;
#[path = "../../../tests/support/wire/mod.rs"]
pub mod wire;
