//! What threads do to each other, in every order in which they can: each test is played once for every
//! one. `scripts/model.sh` runs them; in any other build there is nothing here.
#![cfg(all(hookproof_loom, feature = "memory-store"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

#[path = "model/exchange.rs"]
mod exchange;
#[path = "model/store.rs"]
mod store;
