//! The store on Redis, against a real server: what it leaves there, what a call costs, and what it
//! does while the server or the network fails.
#![cfg(feature = "redis")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

mod support;

#[path = "redis/addresses.rs"]
mod addresses;
#[path = "redis/case.rs"]
mod case;
#[cfg(feature = "redis-cluster")]
#[path = "redis/cluster.rs"]
mod cluster;
#[path = "redis/faults.rs"]
mod faults;
#[path = "redis/guard.rs"]
mod guard;
#[path = "redis/keys.rs"]
mod keys;
#[path = "redis/network.rs"]
mod network;
#[path = "redis/refusals.rs"]
mod refusals;
#[path = "redis/server.rs"]
mod server;
#[cfg(feature = "redis-tls")]
#[path = "redis/tls.rs"]
mod tls;
#[path = "redis/traffic.rs"]
mod traffic;

use std::time::Duration;

use hookproof::replay::RedisStore;

/// The deadline of stores whose calls are to fail.
const DEADLINE: Duration = Duration::from_millis(300);

/// How much later than its deadline a call may end on a machine that is busy.
const SLACK: Duration = Duration::from_millis(700);

/// Longer than any test.
const LONG: Duration = Duration::from_secs(60);

/// A store with a short deadline.
fn hasty(url: &str) -> RedisStore {
    RedisStore::builder(url)
        .deadline(DEADLINE)
        .build()
        .expect("a usable address")
}
