//! `hookproof`: judges, signs and lists webhook deliveries at the command line, registers webhooks,
//! and plays the providers that send them.
//!
//! A thin driver of the library: it reads a raw request from a file, hands it to the one verifier,
//! and prints the verdict. Exit codes: 0 accepted or done, 1 refused, 2 usage or configuration.

mod args;
mod check;
mod exit;
mod failure;
mod headers;
mod keys;
mod output;
mod preset;
mod providers;
mod request;
#[cfg(feature = "sandbox")]
mod sandbox;
mod settings;
mod sign;
#[cfg(feature = "subscribe")]
mod subscribe;
mod verify;

use std::process::ExitCode;

use args::{Args, Command, ProvidersCommand};

fn main() -> ExitCode {
    let args = match Args::read() {
        Ok(args) => args,
        Err(error) => return output::print_usage(&error),
    };
    let (format, outcome) = match &args.command {
        Command::Providers(args) => match &args.command {
            Some(ProvidersCommand::Check(args)) => (args.format, check::run(args)),
            None => (args.format.of_failures(), providers::run(args)),
        },
        #[cfg(feature = "sandbox")]
        Command::Sandbox(args) => (args::Format::Human, sandbox::run(args)),
        Command::Sign(args) => (args.format, sign::run(args)),
        #[cfg(feature = "subscribe")]
        Command::Subscribe(args) => (args.format, subscribe::run(args)),
        Command::Verify(args) => (args.format, verify::run(args)),
    };
    match outcome {
        Ok(report) => output::print(&report),
        Err(failure) => output::print_failure(&failure, format),
    }
}
