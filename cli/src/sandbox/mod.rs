//! `hookproof sandbox`: five providers on this machine, until they are told to stop.

mod lines;
mod stop;

use hookproof_sandbox::{Chaos, Provider, Running, Sandbox};
use tokio::runtime::Builder;

use crate::args::SandboxArgs;
use crate::failure::Failure;
use crate::output::{Report, tell, warn};

use lines::Lines;
use stop::Stop;

/// Runs the sandbox until Ctrl-C or SIGTERM.
pub(crate) fn run(args: &SandboxArgs) -> Result<Report, Failure> {
    let runtime = Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| cannot("no threads can be started", &error))?;
    runtime.block_on(serve(args))?;
    Ok(Report::done(Vec::new()))
}

async fn serve(args: &SandboxArgs) -> Result<(), Failure> {
    // From here on a signal ends it well, whenever it comes.
    let mut stop = Stop::new().map_err(|error| cannot("signals cannot be waited for", &error))?;
    let lines = args.log.then(Lines::start);
    let mut sandbox = Sandbox::default().speed(args.speed).chaos(chaos(args)?);
    for name in &args.allowed_hosts {
        sandbox = sandbox.allow_host(name);
    }
    if let Some(lines) = &lines {
        sandbox = sandbox.on_line(lines.writer());
    }
    let running = sandbox.start(args.listen).await;
    let running =
        running.map_err(|error| cannot(&format!("cannot listen on {}", args.listen), &error))?;
    introduce(&running);
    stop.wait().await;
    running.stop().await;
    if let Some(lines) = lines {
        lines.finish();
    }
    Ok(())
}

fn cannot(what: &str, error: &std::io::Error) -> Failure {
    Failure::new("sandbox", format!("{what}: {error}"))
}

fn chaos(args: &SandboxArgs) -> Result<Chaos, Failure> {
    if !args.chaos {
        return Ok(Chaos::none());
    }
    let seed = match args.seed {
        Some(seed) => seed,
        None => getrandom::u64()
            .map_err(|_| Failure::new("sandbox", "the system gives no random bytes"))?,
    };
    tell(&format!("chaos: --seed {seed}"));
    Ok(Chaos::from_seed(seed))
}

/// The address first: whoever starts it as a process waits for that line.
fn introduce(running: &Running) {
    let address = running.address();
    if !address.ip().is_loopback() {
        warn(
            "this address is not loopback: whoever reaches it can register webhooks, read what is \
             delivered and see every secret of this sandbox",
        );
    }
    for provider in Provider::ALL {
        tell(&format!("{:<12}{}", provider.slug(), running.url(provider)));
    }
    tell(&format!("listening on http://{address}"));
}
