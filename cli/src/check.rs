//! `hookproof providers check`: what the schemes of a file say, or every fault of it.

use hookproof::config::{Fault, Schemes, SchemesError, write};
use hookproof::config::{Format as FileFormat, SchemesErrorKind};
use hookproof::scheme::Scheme;
use serde::Serialize;

use crate::args::{CheckArgs, Format};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{Report, json_lines};

/// Reads the file and prints what became of it.
pub(crate) fn run(args: &CheckArgs) -> Result<Report, Failure> {
    match Schemes::load(&args.file) {
        Ok(schemes) => Ok(Report::done(match args.format {
            Format::Human => schemes.iter().map(sound).collect::<String>().into_bytes(),
            Format::Json => json_lines(&Verdict::sound(&schemes))?,
        })),
        // Nothing was checked, so there is no verdict.
        Err(error) if error.kind() == SchemesErrorKind::Unreadable => Err(error.into()),
        Err(error) => Ok(Report {
            text: match args.format {
                Format::Human => faults(&error),
                Format::Json => json_lines(&Verdict::faulty(&error))?,
            },
            exit: Exit::Failed,
        }),
    }
}

/// The verdict on a file. The fields' names are a contract.
#[derive(Debug, Serialize)]
struct Verdict<'v> {
    ok: bool,
    schemes: Vec<&'static str>,
    faults: Vec<Told<'v>>,
}

/// A fault as it is printed.
#[derive(Debug, Serialize)]
struct Told<'v> {
    scheme: Option<&'v str>,
    field: Option<&'v str>,
    line: Option<usize>,
    column: Option<usize>,
    message: &'v str,
}

impl<'v> Verdict<'v> {
    fn sound(schemes: &Schemes) -> Self {
        Self {
            ok: true,
            schemes: schemes.iter().map(Scheme::slug).collect(),
            faults: Vec::new(),
        }
    }

    fn faulty(error: &'v SchemesError) -> Self {
        Self {
            ok: false,
            schemes: Vec::new(),
            faults: error.faults().iter().map(Told::of).collect(),
        }
    }
}

impl<'v> Told<'v> {
    fn of(fault: &'v Fault) -> Self {
        Self {
            scheme: fault.scheme(),
            field: fault.field(),
            line: fault.line(),
            column: fault.column(),
            message: fault.message(),
        }
    }
}

/// The slug with its verdict, and below it what the scheme says, in the file's own words; nothing
/// is left to a preset that it extends.
fn sound(scheme: &'static Scheme) -> String {
    let mut text = format!("{}: ok\n", scheme.slug());
    let written = write([scheme], FileFormat::Toml);
    for line in written.lines().skip(2) {
        text.push_str(&format!("  {line}\n"));
    }
    for (waiver, reason) in [
        ("parts touch", scheme.parts_touch()),
        ("the body is not signed", scheme.body_unsigned()),
    ] {
        if reason.is_some() {
            text.push_str(&format!("  note: {waiver}, which is waived\n"));
        }
    }
    text
}

/// One fault a line.
fn faults(error: &SchemesError) -> Vec<u8> {
    let lines = error.faults().iter().map(|fault| format!("{fault}\n"));
    lines.collect::<String>().into_bytes()
}
