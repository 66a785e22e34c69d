//! One connection for all calls, made when it is wanted and dropped when it is broken or silent.

use core::fmt;
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use redis::{RedisError, ScriptInvocation};
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use super::server::{Server, Wire};
use crate::replay::StoreError;
use crate::sync::{Mutex, locked};

/// Where the server is, and the connection to it while there is one.
pub(super) struct Connection {
    server: Arc<Server>,
    deadline: Duration,
    link: Mutex<Option<Link>>,
}

/// A connection that is being made, was made, or could not be.
#[derive(Clone)]
struct Link {
    begun: Instant,
    made: watch::Receiver<Option<Result<Live, RedisError>>>,
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
            server: Arc::new(server),
            deadline,
            link: Mutex::new(None),
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

    /// The connection, a new one where there is none. Who waits for it holds nothing.
    async fn live(&self) -> Result<Live, RedisError> {
        loop {
            let (mut link, is_new) = self.link();
            let made = link.made.wait_for(Option::is_some).await;
            match made.ok().and_then(|made| made.clone()) {
                Some(Ok(live)) if !live.is_dead() => return Ok(live),
                Some(Err(error)) if is_new => return Err(error),
                // Its runtime ended.
                None if is_new => return Err(io::Error::from(ErrorKind::ConnectionReset).into()),
                // It was begun before this call, and the network may be well again.
                _ => {}
            }
        }
    }

    /// What is there or coming, and whether it was begun just now.
    fn link(&self) -> (Link, bool) {
        let mut link = locked(&self.link);
        if let Some(link) = &*link
            && link.is_usable(self.deadline)
        {
            return (link.clone(), false);
        }
        let begun = self.begin();
        *link = Some(begun.clone());
        (begun, true)
    }

    /// Connects in a task of its own, which goes on when its caller's deadline ends: else callers
    /// who keep coming, each for a moment, would begin again and again and never be connected.
    fn begin(&self) -> Link {
        let (server, deadline) = (Arc::clone(&self.server), self.deadline);
        let (tell, made) = watch::channel(None);
        tokio::spawn(async move {
            let wire = timeout(deadline, server.connect()).await;
            let wire = wire.unwrap_or_else(|_| Err(io::Error::from(ErrorKind::TimedOut).into()));
            let live = wire.map(|wire| Live {
                wire,
                dead: Arc::default(),
            });
            tell.send_replace(Some(live));
        });
        Link {
            begun: Instant::now(),
            made,
        }
    }
}

impl Link {
    fn is_usable(&self, deadline: Duration) -> bool {
        match &*self.made.borrow() {
            Some(made) => made.as_ref().is_ok_and(|live| !live.is_dead()),
            // A runtime that stands still never finishes it, one that ended neither.
            None => {
                self.made.has_changed().is_ok() && self.begun.elapsed() < deadline.saturating_mul(2)
            }
        }
    }
}

impl Live {
    fn is_dead(&self) -> bool {
        self.dead.load(Ordering::Relaxed)
    }
}

/// After which the connection is not worth another call: it is broken, or its server has become a
/// replica and a new connection may find the one that took its place.
fn is_last(error: &RedisError) -> bool {
    error.is_unrecoverable_error() || says(error, "READONLY") || says(error, "MASTERDOWN")
}

/// Whether the server's answer is that word. Before version 7 the word of a command that a script
/// called stands inside the text of the script's error.
fn says(error: &RedisError, word: &str) -> bool {
    error.code() == Some(word) || error.detail().is_some_and(|detail| detail.contains(word))
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
    /// Whether the server is at its `maxmemory`.
    pub(super) fn is_out_of_memory(&self) -> bool {
        matches!(self, Self::Server(error) if says(error, "OOM"))
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
