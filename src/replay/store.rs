//! What a replay guard asks of its store.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::collections::hash_map::RandomState;
use std::error::Error;
use std::hash::BuildHasher as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::Identity;

/// Remembers deliveries: which are being handled, and which have been.
///
/// For each delivery a store holds at most one of two things: a **claim**, with its owner and the
/// moment at which its lease ends, or the mark that it is **done**, with the moment at which that
/// may be forgotten. The four methods move between them:
///
/// | method | nothing is held, or it has expired | a claim of this owner | a claim of another | done |
/// |---|---|---|---|---|
/// | [`claim`](Self::claim) | holds the claim: `Claimed` | the lease begins anew: `Claimed` | `InProgress` | `Done` |
/// | [`renew`](Self::renew) | `Lost` | the lease begins anew: `Held` | `Lost` | `Lost` |
/// | [`complete`](Self::complete) | marks it done: `Held` | marks it done: `Held` | `Lost` | `Held` |
/// | [`release`](Self::release) | nothing | forgets the claim | nothing | nothing |
///
/// What every store must keep:
///
/// 1. Each method is **one atomic step**: of two claims at the same time one is told `Claimed`.
/// 2. It never forgets a live claim or a mark before its time, to make room or otherwise. Without
///    room, `claim` answers `Full`. `complete` needs no room, or the event could be handled twice.
/// 3. It expires by a clock that the wall clock of receivers does not move: a monotonic one, or
///    the store's own server's.
/// 4. Calling a method again with the same [`Lease`] does no harm: the guard repeats calls whose
///    answer it did not get.
/// 5. It holds on to nothing while it waits. A future that is dropped may or may not have taken
///    effect, and may do so later.
///
/// The guard puts its own deadline on every call; a store that talks to a server has one of its
/// own as well, and drops connections that went silent.
///
/// `replay::conformance` (feature `testing`) runs a store through all of this. Futures are `'static`: a
/// store clones the handle of its pool into them.
///
/// # Example
///
/// A store on a relational database: one table, and four statements that are each one atomic step.
///
/// ```sql
/// CREATE TABLE hookproof (
///     identity bytea PRIMARY KEY,
///     owner    bytea,                -- NULL: done
///     expires  timestamptz NOT NULL  -- of the lease or of the mark, by the server's clock
/// );
/// -- claim($1 identity, $2 owner, $3 lease): a row is returned if it is held now
/// INSERT INTO hookproof AS held VALUES ($1, $2, now() + $3)
///     ON CONFLICT (identity) DO UPDATE SET owner = $2, expires = now() + $3
///     WHERE held.expires <= now() OR held.owner = $2
///     RETURNING 1;
/// -- … and without one, the row that was in the way: Done where owner is NULL, else InProgress, as
/// -- also where it has gone meanwhile
/// SELECT owner IS NULL, expires - now() FROM hookproof WHERE identity = $1;
/// -- renew: Held if a row is returned, else Lost
/// UPDATE hookproof SET expires = now() + $3
///     WHERE identity = $1 AND owner = $2 AND expires > now() RETURNING 1;
/// -- complete($3 retention): Held if a row is returned, else Lost
/// INSERT INTO hookproof AS held VALUES ($1, NULL, now() + $3)
///     ON CONFLICT (identity) DO UPDATE SET owner = NULL, expires = now() + $3
///     WHERE held.owner IS NULL OR held.owner = $2 OR held.expires <= now()
///     RETURNING 1;
/// -- release
/// DELETE FROM hookproof WHERE identity = $1 AND owner = $2;
/// ```
pub trait ReplayStore: Send + Sync + 'static {
    /// Claims a delivery for an owner. The lease lasts that long unless it is renewed.
    fn claim(&self, lease: &Lease, lasts: Duration) -> StoreFuture<Claim>;

    /// Lets a lease begin anew.
    fn renew(&self, lease: &Lease, lasts: Duration) -> StoreFuture<Renewal>;

    /// Marks a delivery as done, to be remembered that long.
    fn complete(&self, lease: &Lease, retention: Duration) -> StoreFuture<Renewal>;

    /// Gives a claim up: the delivery can be claimed again at once.
    fn release(&self, lease: &Lease) -> StoreFuture<()>;
}

impl<S: ReplayStore + ?Sized> ReplayStore for Arc<S> {
    fn claim(&self, lease: &Lease, lasts: Duration) -> StoreFuture<Claim> {
        (**self).claim(lease, lasts)
    }

    fn renew(&self, lease: &Lease, lasts: Duration) -> StoreFuture<Renewal> {
        (**self).renew(lease, lasts)
    }

    fn complete(&self, lease: &Lease, retention: Duration) -> StoreFuture<Renewal> {
        (**self).complete(lease, retention)
    }

    fn release(&self, lease: &Lease) -> StoreFuture<()> {
        (**self).release(lease)
    }
}

/// One attempt to handle one delivery: which delivery, and who. The owner is new for each attempt,
/// so that nobody renews, completes or releases what another has claimed since.
#[derive(Clone)]
pub struct Lease {
    identity: Identity,
    owner: Owner,
    endpoint: Arc<str>,
}

impl Lease {
    /// A new attempt, with an owner that no other has. The endpoint's name is what quotas go by.
    #[must_use]
    pub fn new(identity: Identity, endpoint: Arc<str>) -> Self {
        Self {
            identity,
            owner: Owner::new(),
            endpoint,
        }
    }

    /// The delivery.
    #[must_use]
    pub const fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Who claims it.
    #[must_use]
    pub const fn owner(&self) -> Owner {
        self.owner
    }

    /// At which endpoint it came in: what quotas go by.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    #[cfg(feature = "memory-store")]
    pub(super) const fn shared_endpoint(&self) -> &Arc<str> {
        &self.endpoint
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease")
            .field("identity", &self.identity)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// The owner of a claim: 16 bytes, unique among all attempts of all processes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Owner(u128);

impl Owner {
    /// A number of the process's own, drawn once, and one of the attempt's.
    fn new() -> Self {
        static PROCESS: OnceLock<u64> = OnceLock::new();
        static ATTEMPTS: AtomicU64 = AtomicU64::new(0);
        // Hashers of the standard library are keyed from the system's random numbers.
        let process = *PROCESS.get_or_init(|| RandomState::new().hash_one(0));
        let attempt = ATTEMPTS.fetch_add(1, Ordering::Relaxed);
        Self(u128::from(process) << 64 | u128::from(attempt))
    }

    /// The bytes.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }
}

/// What a store says to a claim.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Claim {
    /// The claim is held: handle the delivery.
    Claimed,
    /// The delivery has been handled, and is not forgotten yet.
    Done,
    /// There is no room for another claim.
    Full,
    /// Another attempt holds it.
    InProgress {
        /// When its lease ends, unless it is renewed.
        retry_after: Duration,
    },
}

/// What a store says to the owner of a claim.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Renewal {
    /// It was still the owner's: what was asked for is done.
    Held,
    /// It is not the owner's any more: the lease ended, and another may have claimed the delivery.
    Lost,
}

/// Why a store did not answer. For the operator alone.
#[derive(Debug)]
pub struct StoreError {
    message: &'static str,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl StoreError {
    /// The store is not available, because of that.
    pub fn new(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            message: "the replay store failed",
            source: Some(source.into()),
        }
    }

    /// The store did not answer within its deadline.
    #[must_use]
    pub const fn timeout() -> Self {
        Self {
            message: "the replay store did not answer within its deadline",
            source: None,
        }
    }

    #[cfg(feature = "tower")]
    pub(super) const fn no_runtime() -> Self {
        Self {
            message: "there is no Tokio runtime for the replay store's deadline",
            source: None,
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{}: {source}", self.message),
            None => f.write_str(self.message),
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.source {
            Some(source) => Some(source.as_ref()),
            None => None,
        }
    }
}

/// A store's answer, there at once or later. At once it costs no allocation.
#[must_use = "a future does nothing until it is awaited"]
pub struct StoreFuture<T>(Answering<T>);

enum Answering<T> {
    Now(Option<Result<T, StoreError>>),
    Later(Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send>>),
}

impl<T> StoreFuture<T> {
    /// An answer that is there.
    pub const fn now(answer: Result<T, StoreError>) -> Self {
        Self(Answering::Now(Some(answer)))
    }

    /// The answer, where it is there already; else the future back.
    #[cfg(feature = "tower")]
    pub(super) fn into_now(self) -> Result<Result<T, StoreError>, Self> {
        match self.0 {
            Answering::Now(Some(answer)) => Ok(answer),
            other => Err(Self(other)),
        }
    }

    /// An answer that will come.
    pub fn later(answer: impl Future<Output = Result<T, StoreError>> + Send + 'static) -> Self {
        Self(Answering::Later(Box::pin(answer)))
    }
}

// The answer is handed out by value and never pinned.
impl<T> Unpin for StoreFuture<T> {}

impl<T> Future for StoreFuture<T> {
    type Output = Result<T, StoreError>;

    /// Polled once more after its answer, it stays pending.
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            Answering::Now(answer) => answer.take().map_or(Poll::Pending, Poll::Ready),
            Answering::Later(answer) => answer.as_mut().poll(cx),
        }
    }
}

impl<T> fmt::Debug for StoreFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreFuture").finish_non_exhaustive()
    }
}
