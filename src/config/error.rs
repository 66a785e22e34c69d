//! What is wrong with a file, all of it at once.

use core::fmt;
use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};

/// Why a file of schemes is not taken. It says what to mend, and lists every fault that can be told.
pub struct SchemesError {
    kind: SchemesErrorKind,
    faults: Vec<Fault>,
    path: Option<PathBuf>,
    source: Option<io::Error>,
}

/// The kinds of trouble with a file of schemes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SchemesErrorKind {
    /// A scheme says what it may not, or in words that are not known.
    BadScheme,
    /// The text is not TOML, not JSON or not UTF-8.
    BadSyntax,
    /// The text is longer than [`MAX_TEXT`](super::MAX_TEXT), or has more schemes than
    /// [`MAX_SCHEMES`](super::MAX_SCHEMES).
    TooLarge,
    /// The file cannot be read, or its name does not say what it is.
    Unreadable,
}

impl SchemesErrorKind {
    /// The kind's name, such as `bad-scheme`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadScheme => "bad-scheme",
            Self::BadSyntax => "bad-syntax",
            Self::TooLarge => "too-large",
            Self::Unreadable => "unreadable",
        }
    }
}

impl fmt::Display for SchemesErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One fault: where it is, and what to do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    pub(super) scheme: Option<String>,
    pub(super) field: Option<String>,
    pub(super) place: Option<(usize, usize)>,
    pub(super) message: String,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            scheme: None,
            field: None,
            place: None,
            message: message.into(),
        }
    }

    /// The scheme's slug; its number where it has none that can be shown, such as `number 2`.
    #[must_use]
    pub fn scheme(&self) -> Option<&str> {
        self.scheme.as_deref()
    }

    /// The field, such as `timestamp.unit`; `None` where the scheme as a whole contradicts itself.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// For `bad-syntax`: the line, from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.place.map(|(line, _)| line)
    }

    /// For `bad-syntax`: the column, from 1.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        self.place.map(|(_, column)| column)
    }

    /// What to do.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.place {
            write!(f, "line {line}, column {column}: ")?;
        }
        match (&self.scheme, &self.field) {
            (Some(scheme), Some(field)) => write!(f, "scheme {scheme}, field {field}: ")?,
            (Some(scheme), None) => write!(f, "scheme {scheme}: ")?,
            (None, Some(field)) => write!(f, "field {field}: ")?,
            (None, None) => {}
        }
        f.write_str(&self.message)
    }
}

impl SchemesError {
    pub(super) const fn new(kind: SchemesErrorKind, faults: Vec<Fault>) -> Self {
        Self {
            kind,
            faults,
            path: None,
            source: None,
        }
    }

    pub(super) fn one(kind: SchemesErrorKind, message: impl Into<String>) -> Self {
        Self::new(kind, vec![Fault::new(message)])
    }

    pub(super) fn unreadable(error: io::Error) -> Self {
        let fault = Fault::new(format!("the file cannot be read: {error}"));
        Self {
            source: Some(error),
            ..Self::new(SchemesErrorKind::Unreadable, vec![fault])
        }
    }

    pub(super) fn in_file(mut self, path: &Path) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// What kind of trouble it is.
    #[must_use]
    pub const fn kind(&self) -> SchemesErrorKind {
        self.kind
    }

    /// Every fault that was found, at least one. A scheme whose fields are all sound shows the first
    /// of its contradictions.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl fmt::Debug for SchemesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SchemesError({}: {self})", self.kind)
    }
}

/// The file's name and the faults, one after the other.
impl fmt::Display for SchemesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        for (nth, fault) in self.faults.iter().enumerate() {
            if nth > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl Error for SchemesError {
    /// What the operating system said, where the file cannot be read.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|error| error as _)
    }
}
