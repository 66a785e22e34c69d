//! A receiver for five providers: `cargo run --example receiver`.
//!
//! Without options it starts a server on a free loopback port, and a sandbox that plays the five
//! providers. It creates a webhook at each through the provider's own API, has each deliver one of
//! every event, adds replays and a set of forgeries, all over real HTTP, and prints what became of
//! them. It fails if anything is not as it should be.
//!
//! With `--listen ADDR` it stays up for real deliveries, at `/webhooks/{preset}`, and writes one
//! JSON line for each on standard output. `--help` has the options, the `listen` module the lines.

mod args;
mod client;
mod corpus;
mod deliveries;
mod journal;
mod listen;
mod oneshot;
mod presets;
mod sandbox;
mod secrets;
mod server;
mod store;
mod table;
mod trials;
mod typed;

use std::process::ExitCode;

use args::Args;
use clap::Parser as _;
use listen::ListenError;

/// The set-up cannot be used, as for a wrong option.
const USAGE: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let store = match store::open(&args) {
        Ok(store) => store,
        Err(error) => {
            eprintln!("receiver: --store is neither memory nor usable: {error}");
            return ExitCode::from(USAGE);
        }
    };
    match &args.listen {
        Some(address) => match listen::run(address, &args, store).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("receiver: {error}");
                match error {
                    ListenError::Address(..) => ExitCode::FAILURE,
                    ListenError::Setup(_) => ExitCode::from(USAGE),
                }
            }
        },
        None => match oneshot::run(store).await {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(error) => {
                eprintln!("receiver: {error}");
                ExitCode::FAILURE
            }
        },
    }
}
