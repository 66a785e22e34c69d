//! The built program, run as a user runs it: arguments, environment, standard streams, exit code.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[cfg(unix)]
mod documentation;
#[cfg(all(feature = "sandbox", feature = "subscribe"))]
mod playing;
mod providers;
mod reading;
#[path = "../../../tests/support/rows.rs"]
#[expect(unreachable_pub, reason = "shared with the library's tests")]
mod rows;
#[cfg(all(feature = "sandbox", feature = "subscribe"))]
mod sandbox;
mod schemes;
mod secrets;
mod settings;
mod sign;
#[cfg(all(feature = "sandbox", feature = "subscribe"))]
mod subscribe;
mod support;
mod usage;
mod vectors;
mod verify;
