//! The exit codes.

use std::process::ExitCode;

/// The exit codes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Exit {
    /// Accepted, or done.
    Done,
    /// Refused.
    Refused,
    /// Usage or configuration.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Refused => 1,
            Exit::Failed => 2,
        })
    }
}
