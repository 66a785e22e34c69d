//! The options.

use std::num::NonZeroUsize;

use clap::Parser;
use hookproof::Tolerance;

/// Sends itself genuine and forged deliveries of five providers and says what became of them; or,
/// with --listen, receives real ones.
#[derive(Debug, Parser)]
#[command(name = "receiver")]
pub(crate) struct Args {
    /// Stay up and receive deliveries at ADDR, such as 127.0.0.1:8080; port 0 is a free one
    ///
    /// Secrets come from SENDMUX_WEBHOOK_SECRET, MAILINGAPI_WEBHOOK_SECRET,
    /// SENDKIT_WEBHOOK_SECRET, JETEMAIL_WEBHOOK_SECRET, JETEMAIL_INBOUND_WEBHOOK_SECRET and
    /// SENT_WEBHOOK_SECRET. For each that is not set a random one is made and printed once on
    /// standard error.
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<String>,

    /// Where handled deliveries are remembered: memory, or redis://HOST:PORT/DB, which several
    /// receivers may share
    #[arg(long, value_name = "STORE", default_value = "memory")]
    pub(crate) store: String,

    /// How long the handler takes over each delivery
    #[arg(
        long,
        value_name = "MS",
        requires = "listen",
        default_value_t = 0,
        hide_default_value = true
    )]
    pub(crate) handler_delay: u64,

    /// Let the handler answer 500 to the first N attempts of each delivery
    #[arg(
        long,
        value_name = "N",
        requires = "listen",
        default_value_t = 0,
        hide_default_value = true
    )]
    pub(crate) fail_first: u32,

    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// What can be set for all presets at once.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct Limits {
    /// How old, and how far ahead, a signed timestamp may be [default: 300]
    #[arg(long, value_name = "SECONDS", requires = "listen", value_parser = tolerance)]
    pub(crate) tolerance: Option<Tolerance>,

    /// The longest body [default: 1 MiB; for jetemail-inbound, whose bodies hold whole
    /// attachments, 32 MiB]
    #[arg(long, value_name = "BYTES", requires = "listen")]
    pub(crate) max_body: Option<NonZeroUsize>,
}

fn tolerance(text: &str) -> Result<Tolerance, String> {
    let seconds: Option<u32> = text.parse().ok();
    seconds
        .and_then(|seconds| Tolerance::try_new(seconds, seconds))
        .ok_or_else(|| {
            format!(
                "a tolerance is a whole number of seconds from 0 to {}",
                Tolerance::MAX_SECS
            )
        })
}
