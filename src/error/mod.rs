//! What can go wrong: [`VerifyError`] with a delivery, [`ConfigError`] with the set-up.

mod config;
mod verify;

pub use config::{ConfigError, ConfigErrorKind};
pub use verify::{VerifyError, VerifyErrorKind};
