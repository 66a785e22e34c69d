//! What threads do to each other, in every order in which they can: each test is played once for every
//! one. `scripts/model.sh` runs them; in any other build there is nothing here.
#![cfg(all(test, hookproof_loom))]

mod exchange;
mod store;
