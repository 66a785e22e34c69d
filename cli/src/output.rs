//! Printing: data on standard output, messages on standard error, and the exit code.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use serde::Serialize;

use crate::args::Format;
use crate::exit::Exit;
use crate::failure::Failure;

/// What a command has to say.
#[derive(Debug)]
pub(crate) struct Report {
    /// The data, to the last line break.
    pub(crate) text: Vec<u8>,
    /// The exit code.
    pub(crate) exit: Exit,
}

impl Report {
    /// A report of a command that did what it was asked.
    pub(crate) const fn done(text: Vec<u8>) -> Self {
        Self {
            text,
            exit: Exit::Done,
        }
    }
}

/// Prints a report.
pub(crate) fn print(report: &Report) -> ExitCode {
    print_data(&report.text, report.exit)
}

/// Prints why nothing was judged or done; as JSON also where a program looks for data.
pub(crate) fn print_failure(failure: &Failure, format: Format) -> ExitCode {
    message(&format!("error: {}: {}", failure.kind, failure.message));
    match format {
        Format::Human => failure.exit.into(),
        Format::Json => match json_line(failure) {
            Ok(line) => print_data(&line, failure.exit),
            Err(_) => Exit::Failed.into(),
        },
    }
}

/// Prints the parser's help, version or complaint.
pub(crate) fn print_usage(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    if error.use_stderr() {
        message(text.trim_end());
        return Exit::Failed.into();
    }
    print_data(text.as_bytes(), Exit::Done)
}

/// Prints a warning.
pub(crate) fn warn(text: &str) {
    message(&format!("warning: {text}"));
}

/// Tells whoever watches.
#[cfg(feature = "sandbox")]
pub(crate) fn tell(text: &str) {
    message(text);
}

/// One line of JSON.
pub(crate) fn json_line(value: &impl Serialize) -> Result<Vec<u8>, Failure> {
    let mut line = serde_json::to_vec(value).map_err(|error| not_json(&error))?;
    line.push(b'\n');
    Ok(line)
}

/// JSON over several lines.
pub(crate) fn json_lines(value: &impl Serialize) -> Result<Vec<u8>, Failure> {
    let mut lines = serde_json::to_vec_pretty(value).map_err(|error| not_json(&error))?;
    lines.push(b'\n');
    Ok(lines)
}

/// Names and values, one pair a line, the values aligned.
pub(crate) fn description(pairs: &[(&str, String)]) -> Vec<u8> {
    let width = pairs.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, value) in pairs {
        text.push_str(&format!("{name:width$}  {value}\n"));
    }
    text.into_bytes()
}

/// A text that somebody else wrote, safe to print on a terminal and of bounded length.
pub(crate) fn shown(text: &str) -> String {
    shown_up_to(256, text)
}

/// The same of so many characters.
pub(crate) fn shown_up_to(most: usize, text: &str) -> String {
    let mut shown: String = text.chars().take(most).flat_map(escaped).collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

fn escaped(character: char) -> impl Iterator<Item = char> {
    // Quotes and backslashes do no harm outside of a literal; what `escape_debug` thinks
    // unprintable does: control characters and those that turn the direction of writing.
    let plain = matches!(character, '"' | '\'' | '\\');
    let escape = (!plain).then(|| character.escape_debug());
    escape
        .into_iter()
        .flatten()
        .chain(plain.then_some(character))
}

fn not_json(error: &serde_json::Error) -> Failure {
    Failure::new(
        "output",
        format!("the answer cannot be written as JSON: {error}"),
    )
}

/// A reader that went away has what it wanted: the exit code stays. Any other trouble must not
/// pass for a verdict.
fn print_data(text: &[u8], exit: Exit) -> ExitCode {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text).and_then(|()| stdout.flush()) {
        Ok(()) => exit.into(),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => exit.into(),
        Err(error) => {
            message(&format!(
                "error: standard output cannot be written: {error}"
            ));
            Exit::Failed.into()
        }
    }
}

/// Where nobody listens to messages, the exit code has to do.
fn message(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
