//! `--listen`: receives real deliveries.
//!
//! Each preset is mounted at `/webhooks/{preset}` behind the handler adapter. The handler takes the
//! proven bytes and reads the event itself, so that a proven delivery of a kind that nobody
//! foresaw is taken rather than sent again and again. What was judged is written as one JSON line
//! before it is answered:
//!
//! ```json
//! {"provider":"mailingapi","status":200,"verdict":"accepted","reason":null,"event":"delivered","delivery_id":"evt_1"}
//! {"provider":"mailingapi","status":401,"verdict":"refused","reason":"stale","event":null,"delivery_id":null}
//! ```

use std::fmt;
use std::io;
use std::num::NonZeroUsize;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use hookproof::axum::VerifiedBytes;
use hookproof::scheme::Scheme;
use hookproof::{ConfigError, Endpoint, Secret, Tolerance, Verifier};
use tokio::net::TcpListener;

use crate::args::Limits;
use crate::journal::{self, Line};
use crate::presets::{self, Preset};
use crate::secrets::{SecretError, Secrets};
use crate::server;

/// Below the time in which the process ends: a delivery under way is always answered.
const BODY_DEADLINE: Duration = Duration::from_secs(8);

/// Listens until the process is asked to end.
pub(crate) async fn run(address: &str, limits: Limits) -> Result<(), ListenError> {
    let app = router(limits).map_err(ListenError::Setup)?;
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

fn router(limits: Limits) -> Result<Router, SecretError> {
    let mut secrets = Secrets::default();
    let mut app = Router::new().route("/healthz", get(|| async { StatusCode::OK }));
    for preset in &presets::ALL {
        let secret = secrets.of(preset)?;
        let endpoint =
            endpoint(preset, secret, limits).map_err(|error| SecretError::bad(preset, error))?;
        for label in endpoint.verifier().short_keys() {
            eprintln!(
                "{}: the {label} key has fewer than 16 bytes",
                preset.variable
            );
        }
        let handler = endpoint.handler(move |bytes: VerifiedBytes| receive(preset, bytes));
        app = app.route(&preset.path(), post(handler));
    }
    secrets.announce();
    Ok(app)
}

fn endpoint(preset: &Preset, secret: Secret, limits: Limits) -> Result<Endpoint, ConfigError> {
    let verifier = Verifier::new(&scheme(preset, limits.tolerance)?, secret)?;
    Endpoint::builder(preset.slug(), verifier)
        .body_limit(limits.max_body.map_or(preset.max_body, NonZeroUsize::get))
        .body_deadline(BODY_DEADLINE)
        .on_refusal(journal::refused)
        .without_replay_guard()
        .build()
}

fn scheme(preset: &Preset, tolerance: Option<Tolerance>) -> Result<Scheme, ConfigError> {
    match (tolerance, preset.scheme.timestamp()) {
        (Some(tolerance), Some(_)) => preset.scheme.adjust().tolerance(tolerance).try_build(),
        _ => Ok(*preset.scheme),
    }
}

/// The handler. A delivery that cannot be written down is not acknowledged: it will come again.
async fn receive(preset: &Preset, bytes: VerifiedBytes) -> StatusCode {
    let proven = bytes.into_proven();
    let event = (preset.event)(proven.body());
    let delivery_id = proven.delivery_id();
    let status = StatusCode::OK;
    let line = Line::accepted(
        preset.slug(),
        status.as_u16(),
        event.as_deref(),
        delivery_id.as_deref(),
    );
    match line.write() {
        Ok(()) => status,
        Err(error) => {
            eprintln!("standard output: {error}");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
