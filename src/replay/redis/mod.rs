//! A store on Redis or Valkey, for several processes.

mod builder;
mod connection;
mod scripts;
mod server;

use core::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;

pub use builder::RedisStoreBuilder;
use connection::{Connection, Failure};
use scripts::{CLAIM, COMPLETE, RELEASE, RENEW, Scripts};

use super::{Claim, Lease, Renewal, ReplayStore, StoreError, StoreFuture};
use crate::error::ConfigError;

/// Remembers deliveries in Redis 6.2 or newer, or Valkey: shared by several receivers, and kept
/// across their restarts.
///
/// A delivery is one key: the prefix, the identity in 32 hex digits, and a time to live by the
/// server's clock. Each call is one script on that one key, and so one atomic step in one round
/// trip, in a cluster too. A claim is renewed, completed and released by its owner alone. Only a
/// claim needs memory, so that a server at its `maxmemory` refuses new deliveries and still hears
/// that others are done.
///
/// | what | default |
/// |---|---|
/// | prefix of the keys | `hookproof:` |
/// | deadline of each call, connecting included | 1 s |
///
/// It connects when it is first used, over one connection for all calls, and connects anew when
/// that breaks or stays silent past the deadline. So a receiver starts while its Redis is down, and
/// recovers by itself. A call whose connection broke is tried once more within its deadline.
///
/// Give Redis `maxmemory-policy noeviction`: every other policy forgets deliveries to make room.
/// `docs/replay.md` has what to expect when a server is restarted or fails over. Quotas for each
/// endpoint are the memory store's: here the server's memory is shared by all.
///
/// Cloning is cheap, and clones share the connection.
///
/// # Example
///
/// ```
/// use hookproof::replay::RedisStore;
/// use hookproof::{Endpoint, Secret, Verifier, providers};
///
/// let store = RedisStore::new("redis://127.0.0.1:6379/0")?;
/// let verifier = Verifier::new(&providers::SENDMUX, Secret::new("whsec_Q5VvFg7vvDnxI1xq9NwK"))?;
/// # #[cfg(feature = "json")]
/// let endpoint = Endpoint::builder("sendmux", verifier).replay(store).build()?;
/// # Ok::<(), hookproof::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct RedisStore {
    inner: Arc<Inner>,
}

struct Inner {
    connection: Connection,
    scripts: Scripts,
    prefix: String,
}

impl RedisStore {
    /// How long a call may take unless told otherwise, connecting included: 1 second.
    pub const DEFAULT_DEADLINE: Duration = Duration::from_secs(1);

    /// What keys begin with unless told otherwise.
    pub const DEFAULT_KEY_PREFIX: &'static str = "hookproof:";

    /// A store with the defaults.
    ///
    /// # Errors
    ///
    /// As [`RedisStoreBuilder::build`].
    pub fn new(url: &str) -> Result<Self, ConfigError> {
        Self::builder(url).build()
    }

    /// Starts a store at an address: `redis://user:password@host:port/database`, `unix:///path`,
    /// or, with the feature `redis-tls`, `rediss://…`.
    pub fn builder(url: &str) -> RedisStoreBuilder {
        RedisStoreBuilder::new(&[url])
    }

    /// Starts a store on a cluster, at the addresses of some of its nodes. The others are found
    /// through them, keys are sent to the nodes that hold them, and nodes may come and go.
    #[cfg(feature = "redis-cluster")]
    #[cfg_attr(docsrs, doc(cfg(feature = "redis-cluster")))]
    pub fn cluster(nodes: &[&str]) -> RedisStoreBuilder {
        RedisStoreBuilder::new(nodes).of_cluster()
    }

    fn assemble(connection: Connection, prefix: String) -> Self {
        Self {
            inner: Arc::new(Inner {
                connection,
                scripts: Scripts::new(),
                prefix,
            }),
        }
    }

    /// One call: what the script gives back for the lease's key.
    fn call<T: 'static>(
        &self,
        script: usize,
        lease: &Lease,
        lasts: Option<Duration>,
        read: fn(Result<i64, Failure>) -> Result<T, StoreError>,
    ) -> StoreFuture<T> {
        let (inner, owner) = (Arc::clone(&self.inner), lease.owner().to_bytes());
        let key = format!("{}{}", inner.prefix, lease.identity());
        StoreFuture::later(async move {
            if Handle::try_current().is_err() {
                return Err(StoreError::no_runtime());
            }
            let script = inner.scripts.get(script);
            let mut invocation = script.key(key);
            invocation.arg(&owner[..]);
            if let Some(lasts) = lasts {
                invocation.arg(millis(lasts));
            }
            read(inner.connection.invoke(&invocation).await)
        })
    }
}

impl ReplayStore for RedisStore {
    fn claim(&self, lease: &Lease, lasts: Duration) -> StoreFuture<Claim> {
        self.call(CLAIM, lease, Some(lasts), |answer| match answer {
            Ok(scripts::CLAIMED) => Ok(Claim::Claimed),
            Ok(scripts::DONE) => Ok(Claim::Done),
            Ok(left) => Ok(Claim::InProgress {
                retry_after: Duration::from_millis(u64::try_from(left).unwrap_or(0)),
            }),
            Err(failure) if failure.is_out_of_memory() => Ok(Claim::Full),
            Err(failure) => Err(failure.into()),
        })
    }

    fn renew(&self, lease: &Lease, lasts: Duration) -> StoreFuture<Renewal> {
        self.call(RENEW, lease, Some(lasts), held)
    }

    fn complete(&self, lease: &Lease, retention: Duration) -> StoreFuture<Renewal> {
        self.call(COMPLETE, lease, Some(retention), held)
    }

    fn release(&self, lease: &Lease) -> StoreFuture<()> {
        self.call(RELEASE, lease, None, |answer| Ok(answer.map(|_| ())?))
    }
}

fn held(answer: Result<i64, Failure>) -> Result<Renewal, StoreError> {
    Ok(match answer? {
        scripts::HELD => Renewal::Held,
        _ => Renewal::Lost,
    })
}

/// At least one: a key cannot live for nothing.
fn millis(lasts: Duration) -> u64 {
    u64::try_from(lasts.as_millis())
        .unwrap_or(u64::MAX)
        .clamp(1, 1 << 52)
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore")
            .field("connection", &self.inner.connection)
            .field("prefix", &self.inner.prefix)
            .finish()
    }
}
