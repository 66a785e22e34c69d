//! Why a proven body is not an event, without a word of the body.

use std::fmt;

use serde_json::error::Category;

/// Objects and lists may nest this deep; `serde_json` has the same limit for the values it builds.
pub(super) const MAX_DEPTH: usize = 127;

/// A proven body that does not read as an event.
///
/// It says what is wrong and where. It never repeats a byte of the body, neither in its message nor
/// in its `Debug` form, so it can be logged.
///
/// # Example
///
/// ```
/// use hookproof::events::{Event as _, sent};
///
/// let error = sent::Event::from_body(b"{\"event\":\n 12}").unwrap_err();
/// assert_eq!(error.to_string(), "value of an unexpected type at line 2 column 3");
/// assert_eq!((error.line(), error.column()), (2, 3));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EventError {
    fault: Fault,
    line: usize,
    column: usize,
}

/// What is wrong with the body.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fault {
    Depth,
    End,
    Encoding,
    Repeated,
    Syntax,
    Type,
}

impl EventError {
    /// Returns the line of the fault, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the column of the fault in bytes, counted from 1; 0 is before the first byte.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    /// A fault in `part` of `body`. Only the error's category and position are taken over:
    /// the texts of `serde_json` can repeat values and keys.
    pub(super) fn json(body: &[u8], part: &[u8], error: &serde_json::Error) -> Self {
        let fault = match error.classify() {
            Category::Data => Fault::Type,
            Category::Eof => Fault::End,
            Category::Io | Category::Syntax => Fault::Syntax,
        };
        let (lines, columns) = before(body, part);
        let first_line = error.line() <= 1;
        Self {
            fault,
            line: lines + error.line().max(1),
            column: error.column() + if first_line { columns } else { 0 },
        }
    }

    /// A fault at the first byte of `part` of `body`.
    pub(super) fn at(fault: Fault, body: &[u8], part: &[u8]) -> Self {
        let (lines, columns) = before(body, part);
        Self {
            fault,
            line: lines + 1,
            column: columns + 1,
        }
    }
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fault {
            Fault::Depth => write!(f, "JSON nests deeper than {MAX_DEPTH} levels")?,
            Fault::End => f.write_str("unexpected end of JSON")?,
            Fault::Encoding => f.write_str("body is not UTF-8")?,
            Fault::Repeated => f.write_str("repeated key")?,
            Fault::Syntax => f.write_str("invalid JSON")?,
            Fault::Type => f.write_str("value of an unexpected type")?,
        }
        write!(f, " at line {} column {}", self.line, self.column)
    }
}

impl std::error::Error for EventError {}

/// Counts the line breaks in front of `part`, and the bytes between the last of them and `part`.
/// `part` is a slice of `body`; for one that is not, the count is from the start.
fn before(body: &[u8], part: &[u8]) -> (usize, usize) {
    let offset = part.as_ptr().addr().checked_sub(body.as_ptr().addr());
    let head = offset.and_then(|at| body.get(..at)).unwrap_or_default();
    let lines = head.iter().filter(|byte| **byte == b'\n').count();
    let columns = head.iter().rev().take_while(|byte| **byte != b'\n').count();
    (lines, columns)
}
