//! One connection for all calls, made when it is wanted and dropped when it is broken or silent.

use core::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use redis::{RedisError, ScriptInvocation};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use super::server::{Server, Wire};
use crate::replay::StoreError;

/// Where the server is, and the connection to it while there is one.
pub(super) struct Connection {
    server: Server,
    deadline: Duration,
    live: Mutex<Option<Live>>,
}

#[derive(Clone)]
struct Live {
    wire: Wire,
    /// Set by whoever found it broken or silent: it is not used again.
    dead: Arc<AtomicBool>,
}

/// Why a call failed.
pub(super) enum Failure {
    Server(RedisError),
    Timeout,
}

impl Connection {
    pub(super) fn new(server: Server, deadline: Duration) -> Self {
        Self {
            server,
            deadline,
            live: Mutex::new(None),
        }
    }

    /// Runs a script. One that met a broken connection is run once more, over a new one: it may
    /// have run before, which scripts bear.
    pub(super) async fn invoke(&self, script: &ScriptInvocation<'_>) -> Result<i64, Failure> {
        let tries = async {
            match self.try_once(script).await {
                Err(error) if error.is_unrecoverable_error() => self.try_once(script).await,
                answer => answer,
            }
        };
        match timeout(self.deadline, tries).await {
            Ok(answer) => answer.map_err(Failure::Server),
            Err(_) => Err(Failure::Timeout),
        }
    }

    async fn try_once(&self, script: &ScriptInvocation<'_>) -> Result<i64, RedisError> {
        let mut live = self.live().await?;
        let mut call = Call::begin(&live, self.deadline);
        let answer = live.wire.invoke(script).await;
        call.answered = true;
        if let Err(error) = &answer
            && is_last(error)
        {
            live.dead.store(true, Ordering::Relaxed);
        }
        answer
    }

    /// The connection, a new one where there is none. Who comes while it is being made waits for
    /// it, each within its own deadline.
    async fn live(&self) -> Result<Live, RedisError> {
        let mut slot = self.live.lock().await;
        if let Some(live) = slot.as_ref()
            && !live.dead.load(Ordering::Relaxed)
        {
            return Ok(live.clone());
        }
        *slot = None;
        let live = Live {
            wire: self.server.connect(self.deadline).await?,
            dead: Arc::default(),
        };
        *slot = Some(live.clone());
        Ok(live)
    }
}

/// After which the connection is not worth another call: it is broken, or its server has become a
/// replica and a new connection may find the one that took its place.
fn is_last(error: &RedisError) -> bool {
    error.is_unrecoverable_error() || matches!(error.code(), Some("READONLY" | "MASTERDOWN"))
}

/// A call under way. If it is given up, by its own deadline or its caller's, after so long that the
/// server should have answered, its connection counts as silent: a network that swallows bytes
/// breaks nothing that could be noticed otherwise.
struct Call {
    dead: Arc<AtomicBool>,
    begun: Instant,
    patience: Duration,
    answered: bool,
}

impl Call {
    fn begin(live: &Live, deadline: Duration) -> Self {
        Self {
            dead: Arc::clone(&live.dead),
            begun: Instant::now(),
            // Callers may have shorter deadlines than the store; they are of its order.
            patience: deadline / 4,
            answered: false,
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if !self.answered && self.begun.elapsed() >= self.patience {
            self.dead.store(true, Ordering::Relaxed);
        }
    }
}

impl Failure {
    /// Whether the server is at its `maxmemory`. Before version 7 the word stands inside the text
    /// of a script's error.
    pub(super) fn is_out_of_memory(&self) -> bool {
        let Self::Server(error) = self else {
            return false;
        };
        error.code() == Some("OOM")
            || error
                .detail()
                .is_some_and(|detail| detail.contains("OOM command not allowed"))
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Server(error) => Self::new(error),
            Failure::Timeout => Self::timeout(),
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("server", &self.server)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
