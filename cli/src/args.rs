//! What can be written at the command line.

#[cfg(feature = "sandbox")]
use std::net::SocketAddr;
#[cfg(feature = "sandbox")]
use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue};
use clap::{Parser, Subcommand, ValueEnum};
use http::Method;

/// Judges, signs and lists webhook deliveries, registers webhooks, and plays their providers.
#[derive(Debug, Parser)]
#[command(name = "hookproof", version, arg_required_else_help = true)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the providers whose deliveries can be judged
    Providers(ProvidersArgs),
    /// Play five providers on this machine: their create-webhook APIs and their deliveries
    #[cfg(feature = "sandbox")]
    Sandbox(SandboxArgs),
    /// Sign a body as a provider does, and print the headers to send
    Sign(SignArgs),
    /// Register a webhook at a provider, and keep the secret that is shown once
    #[cfg(feature = "subscribe")]
    Subscribe(SubscribeArgs),
    /// Judge one raw HTTP/1.1 request: exit code 0 accepted, 1 refused, 2 usage or configuration
    Verify(VerifyArgs),
}

/// How data is printed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// For a reader.
    Human,
    /// For a program.
    Json,
}

/// `hookproof providers`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct ProvidersArgs {
    /// Something else than listing.
    #[command(subcommand)]
    pub(crate) command: Option<ProvidersCommand>,

    /// Only this provider
    pub(crate) slug: Option<String>,

    /// How to print
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: ProvidersFormat,
}

/// What else `hookproof providers` does.
#[derive(Debug, Subcommand)]
pub(crate) enum ProvidersCommand {
    /// Check a file of schemes: exit code 0 sound, 2 with faults, each of which is told
    Check(CheckArgs),
}

/// `hookproof providers check`.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// The file, whose name ends in .toml or .json
    pub(crate) file: PathBuf,

    /// How to print
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: Format,
}

/// How providers are printed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum ProvidersFormat {
    /// For a reader.
    Human,
    /// For a program.
    Json,
    /// A table for documentation.
    Markdown,
}

impl ProvidersFormat {
    /// How it is said that there is nothing to print.
    pub(crate) const fn of_failures(self) -> Format {
        match self {
            Self::Json => Format::Json,
            Self::Human | Self::Markdown => Format::Human,
        }
    }
}

/// `hookproof sandbox`.
#[cfg(feature = "sandbox")]
#[derive(Debug, clap::Args)]
pub(crate) struct SandboxArgs {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4242")]
    pub(crate) listen: SocketAddr,

    /// How many times shorter than documented the waits before retries are
    #[arg(long, value_name = "TIMES", default_value = "1")]
    pub(crate) speed: NonZeroU32,

    /// Mix in duplicates, late and early stamps, tampered and forged deliveries, slow bodies
    #[arg(long)]
    pub(crate) chaos: bool,

    /// The seed of what is mixed in, to have a run again; without it a new one, which is told
    #[arg(long, value_name = "NUMBER", requires = "chaos")]
    pub(crate) seed: Option<u64>,

    /// A further name, without port, under which it may be asked; may be repeated
    #[arg(long = "allow-host", value_name = "NAME")]
    pub(crate) allowed_hosts: Vec<String>,

    /// Print each attempt at a delivery as a line of JSON on standard output
    #[arg(long)]
    pub(crate) log: bool,
}

/// `hookproof sign`.
#[derive(Debug, clap::Args)]
pub(crate) struct SignArgs {
    /// The provider's slug, as `hookproof providers` lists it
    #[arg(long, value_name = "SLUG")]
    pub(crate) provider: String,

    /// A file of schemes, .toml or .json, in which the slug is looked for first
    #[arg(long, value_name = "FILE")]
    pub(crate) schemes: Option<PathBuf>,

    /// The environment variable that holds the secret
    #[arg(long, value_name = "VAR")]
    pub(crate) secret_env: String,

    /// The moment to sign at, in unix seconds; without it the system's clock
    #[arg(long, value_name = "UNIX_SECONDS", allow_negative_numbers = true)]
    pub(crate) at: Option<i64>,

    /// A header to send along; those that the scheme signs must be given
    #[arg(long = "header", value_name = "NAME=VALUE")]
    pub(crate) headers: Vec<String>,

    /// The URL that the request will be sent to, for schemes that sign it
    #[arg(long)]
    pub(crate) url: Option<String>,

    /// The method of the request, for schemes that sign it; without it POST
    #[arg(long)]
    pub(crate) method: Option<Method>,

    /// A text that the scheme signs and no request tells, such as an app key; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) config: Vec<String>,

    /// The body's file, or - for standard input; without it the body is empty
    #[arg(long, value_name = "FILE")]
    pub(crate) body: Option<PathBuf>,

    /// How to print
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: Format,
}

/// `hookproof subscribe`.
#[cfg(feature = "subscribe")]
#[derive(Debug, clap::Args)]
pub(crate) struct SubscribeArgs {
    /// The provider: sendmux, mailingapi, sendkit, jetemail or sent
    pub(crate) provider: String,

    /// Where the provider is to deliver
    #[arg(long)]
    pub(crate) url: String,

    /// The events to deliver, separated by commas, or all
    #[arg(long, value_name = "EVENTS", value_delimiter = ',', required = true)]
    pub(crate) events: Vec<String>,

    /// The environment variable that holds the account's API key
    #[arg(long, value_name = "VAR")]
    pub(crate) api_key_env: String,

    /// What stands in place of the provider's address, such as that of a sandbox
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,

    /// The new file that the secret goes to, for its owner alone
    #[arg(long, value_name = "FILE")]
    pub(crate) write_secret: Option<PathBuf>,

    /// Print the secret on standard output
    #[arg(long)]
    pub(crate) show_secret: bool,

    /// The webhook's name; SendKit.ai, JetEmail and Sent need one, MailingAPI calls it description
    #[arg(long)]
    pub(crate) name: Option<String>,

    /// The key by which Sendmux and Sent know the same request again; without it a new one
    #[arg(long, value_name = "KEY")]
    pub(crate) idempotency_key: Option<String>,

    /// The profile that the webhook is for, with a key of an organisation at Sent
    #[arg(long, value_name = "UUID")]
    pub(crate) profile_id: Option<String>,

    /// A header to send along, such as a gateway's; may be repeated
    #[arg(long = "header", value_name = "NAME=VALUE")]
    pub(crate) headers: Vec<String>,

    /// How to print
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: Format,
}

/// `hookproof verify`.
#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// The provider's slug, as `hookproof providers` lists it
    #[arg(long, value_name = "SLUG")]
    pub(crate) provider: String,

    /// A file of schemes, .toml or .json, in which the slug is looked for first
    #[arg(long, value_name = "FILE")]
    pub(crate) schemes: Option<PathBuf>,

    /// The environment variable that holds the secret, or the provider's public key
    #[arg(long, value_name = "VAR")]
    pub(crate) secret_env: String,

    /// The variable of an older secret that still counts; may be repeated, newest first
    #[arg(long, value_name = "VAR")]
    pub(crate) previous_secret_env: Vec<String>,

    /// The clock, in unix seconds; without it the system's
    #[arg(long, value_name = "UNIX_SECONDS", allow_negative_numbers = true)]
    pub(crate) at: Option<i64>,

    /// The public URL, for schemes that sign it; wins over the request's own target and Host
    #[arg(long)]
    pub(crate) url: Option<String>,

    /// A text that the scheme signs and no request tells, such as an app key; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) config: Vec<String>,

    /// The raw request's file, or - for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) request: PathBuf,

    /// How to print
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: Format,
}

impl Args {
    /// Reads the process's arguments.
    pub(crate) fn read() -> Result<Self, clap::Error> {
        Self::try_parse().map_err(without_stray_values)
    }
}

/// What stands at a place where nothing is taken may be a secret, pasted after a forgotten option
/// or an unquoted blank: the message does not repeat it. Option names stay.
fn without_stray_values(mut error: clap::Error) -> clap::Error {
    for kind in [ContextKind::InvalidArg, ContextKind::InvalidSubcommand] {
        let stray = match error.get(kind) {
            Some(ContextValue::String(text)) => !text.starts_with('-') && !text.starts_with('<'),
            _ => false,
        };
        if stray && error.get(ContextKind::InvalidValue).is_none() {
            error.insert(kind, ContextValue::String("(not shown)".to_owned()));
        }
    }
    error
}
