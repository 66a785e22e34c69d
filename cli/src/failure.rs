//! Why nothing was judged or done: usage or configuration, exit code 2, or somebody else's refusal,
//! exit code 1.

use hookproof::ConfigError;
use hookproof::config::SchemesError;
use serde::Serialize;

use crate::exit::Exit;

/// A mistake of whoever runs the program, or what the other side refused. The message says what to
/// fix and shows no secret.
#[derive(Debug, Serialize)]
pub(crate) struct Failure {
    /// Its kind, such as `bad-secret`.
    #[serde(rename = "error")]
    pub(crate) kind: &'static str,
    /// What to fix.
    pub(crate) message: String,
    /// The exit code.
    #[serde(skip)]
    pub(crate) exit: Exit,
}

impl Failure {
    /// A failure of a kind, with what to fix.
    pub(crate) fn new(kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            exit: Exit::Failed,
        }
    }

    /// What went wrong elsewhere, with a command line that is sound.
    #[cfg(feature = "subscribe")]
    pub(crate) fn refused(kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Refused,
            ..Self::new(kind, message)
        }
    }

    /// An option or argument that cannot be used as it was given.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new("usage", message)
    }

    /// A file that cannot be read.
    pub(crate) fn unreadable(what: &str, error: &std::io::Error) -> Self {
        Self::new("unreadable", format!("{what} cannot be read: {error}"))
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(error.kind().as_str(), error.to_string())
    }
}

impl From<SchemesError> for Failure {
    fn from(error: SchemesError) -> Self {
        Self::new(error.kind().as_str(), error.to_string())
    }
}
