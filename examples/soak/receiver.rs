//! The receiver: a process of its own, so that its memory is its own. It says on its first line where it
//! listens, is told on standard input what it receives, and writes one line for each delivery that it has
//! judged. It ends when its standard input does.

use std::collections::HashSet;
use std::error::Error;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{Write as _, stdin, stdout};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use hookproof::axum::VerifiedBytes;
use hookproof::replay::{MemoryStore, RedisStore, ReplayGuard, ReplayStore};
use hookproof::scheme::Scheme;
use hookproof::{ConfigError, Endpoint, Secret, Tolerance, Verifier};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::gates::Gate;
use crate::server;
use crate::webhooks::preset;

type BoxError = Box<dyn Error + Send + Sync>;

/// How old, and how far ahead, a timestamp may be. A store grows by design until what it remembers
/// first expires; so that it has done so within the first third of a run of a minute, the window is this
/// short, and what was handled is remembered for as long as the window, past and future together. The
/// sandbox sends what is late or early with at least ten minutes, and duplicates within a second.
const TOLERANCE_SECS: u32 = 5;
pub(crate) const RETENTION: Duration = Duration::from_secs(2 * TOLERANCE_SECS as u64);

/// Of so many events one is failed by the handler at first, and handled at a later attempt.
const FAILS_FIRST: u64 = 16;

/// What the receiver is told.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct SetUp {
    /// The address of a Redis server, where a gate needs it.
    pub(crate) redis: Option<String>,
    pub(crate) routes: Vec<Route>,
}

/// A provider's webhook at one of the gates.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Route {
    pub(crate) gate: String,
    pub(crate) provider: String,
    pub(crate) secret: String,
}

/// Receives until standard input ends.
pub(crate) async fn run() -> Result<(), BoxError> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    write(&json!(listener.local_addr()?.to_string()));
    let mut told = String::new();
    stdin().read_line(&mut told)?;
    let memory = MemoryStore::default();
    let app = router(&serde_json::from_str(&told)?, &memory)?;

    let (end, ended) = oneshot::channel();
    thread::spawn(move || {
        let _ = stdin().read_line(&mut String::new());
        let _ = end.send(());
    });
    server::serve(listener, app, async { drop(ended.await) }).await;
    write(&json!({"entries": memory.stats().entries}));
    Ok(())
}

fn router(set_up: &SetUp, memory: &MemoryStore) -> Result<Router, BoxError> {
    let redis = set_up.redis.as_deref().map(RedisStore::new).transpose()?;
    let mut app = Router::new();
    for route in &set_up.routes {
        let gate: Gate = route.gate.parse()?;
        let scheme = preset(route.provider.parse()?);
        let store: Arc<dyn ReplayStore> = match &redis {
            Some(redis) if gate.needs_redis() => Arc::new(redis.clone()),
            _ => Arc::new(memory.clone()),
        };
        let endpoint = endpoint(gate, scheme, Secret::new(route.secret.as_str()), store)?;
        app = app.merge(mounted(gate, scheme, &endpoint));
    }
    Ok(app)
}

fn endpoint(
    gate: Gate,
    scheme: &'static Scheme,
    secret: Secret,
    store: Arc<dyn ReplayStore>,
) -> Result<Endpoint, ConfigError> {
    let window = Tolerance::symmetric(TOLERANCE_SECS);
    let within = match scheme.timestamp() {
        Some(_) => scheme.adjust().tolerance(window).try_build()?,
        None => *scheme,
    };
    let journal = Journal { gate, scheme };
    Endpoint::builder(
        format!("{}-{}", gate.slug(), scheme.slug()),
        Verifier::new(&within, secret)?,
    )
    .on_refusal(move |refusal| {
        let reason = refusal.error().kind().as_str();
        journal.refused(refusal.answer().status(), reason);
    })
    .on_unhandled(move |unhandled| {
        let status = unhandled.answer().status();
        journal.proven(status, unhandled.kind().as_str(), unhandled.proven().body());
    })
    .replay(ReplayGuard::new(store).retention(RETENTION))
    .build()
}

/// The endpoint in front of its handler, on the gate's road.
fn mounted(gate: Gate, scheme: &'static Scheme, endpoint: &Endpoint) -> Router {
    let path = format!("/{}/webhooks/{}", gate.slug(), scheme.slug());
    let (journal, failures) = (Journal { gate, scheme }, Failures::default());
    let handler = move |body: VerifiedBytes| {
        let (status, verdict) = match failures.fails(&body) {
            true => (StatusCode::INTERNAL_SERVER_ERROR, "handler-failed"),
            false => (StatusCode::OK, "accepted"),
        };
        journal.proven(status, verdict, &body);
        async move { status }
    };
    if gate.is_layer() {
        let behind = Router::new().route(&path, post(handler));
        behind.route_layer(endpoint.layer())
    } else {
        Router::new().route(&path, post(endpoint.handler(handler)))
    }
}

/// The events that were failed and have not come again yet: no more than are under way.
#[derive(Clone, Default)]
struct Failures {
    hasher: RandomState,
    failed: Arc<Mutex<HashSet<u64>>>,
}

impl Failures {
    fn fails(&self, body: &[u8]) -> bool {
        let event = self.hasher.hash_one(body);
        if !event.is_multiple_of(FAILS_FIRST) {
            return false;
        }
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = !failed.remove(&event);
        if is_first {
            failed.insert(event);
        }
        is_first
    }
}

/// Writes the lines of one endpoint, in the form of the example receiver's.
#[derive(Clone, Copy)]
struct Journal {
    gate: Gate,
    scheme: &'static Scheme,
}

impl Journal {
    fn refused(self, status: StatusCode, reason: &str) {
        self.line(status, "refused", Some(reason), &Value::Null);
    }

    fn proven(self, status: StatusCode, verdict: &str, body: &[u8]) {
        let body = serde_json::from_slice(body).unwrap_or_default();
        self.line(status, verdict, None, &body);
    }

    fn line(self, status: StatusCode, verdict: &str, reason: Option<&str>, body: &Value) {
        let event = body["type"].as_str().or_else(|| body["event"].as_str());
        write(&json!({
            "gate": self.gate.slug(), "provider": self.scheme.slug(), "status": status.as_u16(),
            "verdict": verdict, "reason": reason, "event": event, "delivery_id": body["id"],
        }));
    }
}

/// Whole and at once. What cannot be written is missed by whoever reads.
fn write(line: &Value) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}
