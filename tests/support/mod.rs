//! What several test files share: vectors, clocks, signed requests.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    clippy::panic,
    reason = "each test file takes what it needs, and a test fails by panicking"
)]

#[cfg(feature = "redis-tls")]
pub mod certificates;
pub mod clock;
pub mod delivered;
#[cfg(feature = "tower")]
pub mod http;
#[cfg(feature = "tracing")]
pub mod log;
#[cfg(feature = "redis")]
pub mod proxy;
pub mod reading;
#[cfg(feature = "redis")]
pub mod redis;
pub mod rows;
pub mod shapes;
pub mod signing;
pub mod vectors;
