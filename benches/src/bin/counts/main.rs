//! Counts the instructions of the hot paths under callgrind and holds them to the numbers that are
//! kept in `counts.json`. A busy machine changes no count, so this is the guard against regressions.
//!
//! `scripts/counts.sh` checks, `scripts/counts.sh --update` writes the numbers anew.

mod callgrind;
mod kept;
mod paths;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;

use callgrind::{Count, Counter};
use kept::{Kept, Verdict};
use paths::PATHS;

/// Counts instructions, and checks them against the numbers that are kept.
#[derive(Parser)]
struct Arguments {
    /// Keeps the numbers of this run.
    #[arg(long)]
    update: bool,
    /// The compiler, as `rustc --version` tells it; numbers are kept for each minor version.
    #[arg(long, value_name = "VERSION")]
    rustc: String,
    /// Runs one path for callgrind to count, and does nothing else.
    #[arg(long, value_name = "PATH", hide = true)]
    run: Option<String>,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments = Arguments::parse();
    if let Some(name) = arguments.run {
        paths::run(&name);
        return Ok(ExitCode::SUCCESS);
    }
    let toolchain = kept::toolchain(&arguments.rustc)?;
    let mut kept = Kept::read()?;
    if !arguments.update && !kept.has(&toolchain) {
        println!(
            "not run: scripts/counts.sh (no numbers are kept for {toolchain}: scripts/counts.sh --update)"
        );
        return Ok(ExitCode::SUCCESS);
    }
    println!("instructions outside SHA-256 and libc, blocks of SHA-256; {toolchain}");
    let counter = Counter::new()?;
    let mut failed = false;
    for (path, _) in PATHS {
        let count = counter.count(path)?;
        if arguments.update {
            kept.keep(&toolchain, path, count);
        }
        let verdict = kept.judge(&toolchain, path, count);
        let Count {
            instructions,
            blocks,
        } = count;
        println!("{path:<40} {instructions:>8} {blocks:>4}  {verdict}");
        failed |= verdict != Verdict::Holds;
    }
    if arguments.update {
        kept.write()?;
    }
    Ok(ExitCode::from(u8::from(failed)))
}
