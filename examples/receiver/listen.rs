//! `--listen`: receives real deliveries.
//!
//! Each preset is mounted at `/webhooks/{preset}` behind the handler adapter. The handler takes the
//! proven bytes and reads the event itself, so that a proven delivery of a kind that nobody
//! foresaw is taken rather than sent again and again. What was judged is written as one JSON line
//! before it is answered:
//!
//! ```json
//! {"provider":"mailingapi","status":200,"verdict":"accepted","reason":null,"event":"delivered","delivery_id":"evt_1"}
//! {"provider":"mailingapi","status":200,"verdict":"duplicate","reason":null,"event":"delivered","delivery_id":"evt_1"}
//! {"provider":"mailingapi","status":401,"verdict":"refused","reason":"stale","event":null,"delivery_id":null}
//! ```
//!
//! `accepted` stands for a delivery whose handler ran and answered in the 200s, `handler-failed` for
//! one whose handler answered otherwise. A proven delivery whose handler did not run is a `duplicate`
//! of one that was handled, `in-progress` while another attempt is being handled, or
//! `store-unavailable`.

use std::fmt;
use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use hookproof::axum::VerifiedBytes;
use hookproof::replay::ReplayStore;
use hookproof::scheme::Scheme;
use hookproof::{ConfigError, Endpoint, Keyring, Tolerance, Verifier};
use tokio::net::TcpListener;

use crate::args::{Args, Limits};
use crate::journal::{self, Line, Verdict};
use crate::presets::{self, Preset};
use crate::secrets::{SecretError, Secrets};
use crate::server;
use crate::trials::Trials;

/// Half the time in which the providers want their answer, and below the time in which the process
/// ends: a delivery under way is always answered.
const BODY_DEADLINE: Duration = Duration::from_secs(5);

/// Listens until the process is asked to end.
pub(crate) async fn run(
    address: &str,
    args: &Args,
    store: Arc<dyn ReplayStore>,
) -> Result<(), ListenError> {
    let app = router(args, &store).map_err(ListenError::Setup)?;
    let failed = |error| ListenError::Address(address.to_owned(), error);
    let stop = server::asked_to_end().map_err(failed)?;
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    eprintln!("listening on http://{bound}");
    server::serve(listener, app, stop).await;
    Ok(())
}

/// Why the receiver does not listen.
#[derive(Debug)]
pub(crate) enum ListenError {
    /// The address cannot be used.
    Address(String, io::Error),
    /// A secret or a limit cannot be used.
    Setup(SecretError),
}

impl fmt::Display for ListenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address, error) => write!(f, "cannot listen at {address}: {error}"),
            Self::Setup(error) => error.fmt(f),
        }
    }
}

fn router(args: &Args, store: &Arc<dyn ReplayStore>) -> Result<Router, SecretError> {
    let mut secrets = Secrets::default();
    let trials = Trials::new(Duration::from_millis(args.handler_delay), args.fail_first);
    let mut app = Router::new().route("/healthz", get(|| async { StatusCode::OK }));
    for preset in &presets::ALL {
        let keys = secrets.of(preset)?;
        let endpoint = endpoint(preset, keys, args.limits, Arc::clone(store))
            .map_err(|error| SecretError::bad(preset, error))?;
        for label in endpoint
            .verifier()
            .map(Verifier::short_keys)
            .unwrap_or_default()
        {
            eprintln!(
                "{}: the {label} key has fewer than 16 bytes",
                preset.variable
            );
        }
        warn_if_slow(&endpoint, args.handler_delay);
        let trials = trials.clone();
        let handler = move |bytes: VerifiedBytes| receive(preset, trials, bytes);
        // Detached: a sender that hangs up does not stop a handler half-way.
        let handler = endpoint.handler(handler).detached();
        app = app.route(&preset.path(), post(handler));
    }
    secrets.announce();
    Ok(app)
}

/// Named after the provider: presets of one provider share the secret, so what came in under one
/// of its schemes is a duplicate under another.
fn endpoint(
    preset: &'static Preset,
    keys: Keyring,
    limits: Limits,
    store: Arc<dyn ReplayStore>,
) -> Result<Endpoint, ConfigError> {
    let verifier = Verifier::new(&scheme(preset, limits.tolerance)?, keys)?;
    Endpoint::builder(preset.scheme.provider(), verifier)
        .body_limit(limits.max_body.map_or(preset.max_body, NonZeroUsize::get))
        .body_deadline(BODY_DEADLINE)
        .on_refusal(journal::refused)
        .on_unhandled(|delivery| journal::unhandled(preset, delivery))
        .replay(store)
        .build()
}

fn warn_if_slow(endpoint: &Endpoint, handler_delay: u64) {
    let longest = endpoint.longest_answer() + Duration::from_millis(handler_delay);
    let waits = endpoint.scheme().retries().acknowledge_secs;
    if let Some(waits) = waits.filter(|secs| longest > Duration::from_secs(u64::from(*secs))) {
        eprintln!(
            "{}: an answer may take {} s, and the provider waits {waits} s",
            endpoint.name(),
            longest.as_secs_f64()
        );
    }
}

fn scheme(preset: &Preset, tolerance: Option<Tolerance>) -> Result<Scheme, ConfigError> {
    match (tolerance, preset.scheme.timestamp()) {
        (Some(tolerance), Some(_)) => preset.scheme.adjust().tolerance(tolerance).try_build(),
        _ => Ok(*preset.scheme),
    }
}

/// The handler. A delivery that cannot be written down is not acknowledged: it will come again.
async fn receive(preset: &Preset, trials: Trials, bytes: VerifiedBytes) -> StatusCode {
    let proven = bytes.into_proven();
    let event = (preset.event)(proven.body());
    let delivery_id = proven.delivery_id();
    let (status, verdict) = if trials.pass(&proven).await {
        (StatusCode::OK, Verdict::Accepted)
    } else {
        (StatusCode::INTERNAL_SERVER_ERROR, Verdict::HandlerFailed)
    };
    let line = Line::proven(
        preset.slug(),
        status.as_u16(),
        verdict,
        event.as_deref(),
        delivery_id.as_deref(),
    );
    match line.write() {
        Ok(()) => status,
        Err(error) => {
            eprintln!("standard output: {error}");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
