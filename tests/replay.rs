//! The replay guard: what a delivery is remembered by, and that none is handled twice or lost.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

#[cfg(feature = "tower")]
#[path = "replay/answers.rs"]
mod answers;
#[cfg(feature = "axum")]
#[path = "replay/argument.rs"]
mod argument;
#[cfg(feature = "memory-store")]
#[path = "replay/clock.rs"]
mod clock;
#[cfg(all(feature = "memory-store", feature = "tower"))]
#[path = "replay/clocks.rs"]
mod clocks;
#[cfg(feature = "tower")]
#[path = "replay/deadlines.rs"]
mod deadlines;
#[cfg(feature = "tower")]
#[path = "replay/driver.rs"]
mod driver;
#[cfg(feature = "tower")]
#[path = "replay/endings.rs"]
mod endings;
#[cfg(feature = "tower")]
#[path = "replay/endpoints.rs"]
mod endpoints;
#[cfg(feature = "tower")]
#[path = "replay/faults.rs"]
mod faults;
#[path = "replay/forms.rs"]
mod forms;
#[path = "replay/identity.rs"]
mod identity;
#[cfg(feature = "tower")]
#[path = "replay/leases.rs"]
mod leases;
#[cfg(feature = "memory-store")]
#[path = "replay/memory.rs"]
mod memory;
#[path = "replay/nameless.rs"]
mod nameless;
#[cfg(feature = "tower")]
#[path = "replay/once.rs"]
mod once;
#[cfg(feature = "tower")]
#[path = "replay/own_driver.rs"]
mod own_driver;
#[cfg(feature = "tower")]
#[path = "replay/puppet.rs"]
mod puppet;
#[cfg(feature = "tower")]
#[path = "replay/stacked.rs"]
mod stacked;
mod support;
#[path = "replay/traits.rs"]
mod traits;
