//! Cargo, asked from within a test that cargo runs.

use std::env;
use std::process::Command;

/// Cargo in this package. What cargo tells a test of its package is left out: build scripts that look
/// at it would run anew, here and again outside.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo
}
