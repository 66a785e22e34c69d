//! The replay guard: nothing is handled twice, nothing is lost.
//!
//! A valid signature can be sent again: by an attacker inside the window, for ever where a scheme
//! signs no timestamp, and by the provider itself, which retries on purpose. An endpoint with a
//! guard [claims](ReplayStore::claim) each delivery after its proof and before its handler:
//!
//! | the store says | the delivery | the sender is told |
//! |---|---|---|
//! | nobody has it | goes to the handler; an answer in the 200s marks it done, anything else, a panic and a sender that hangs up give it up | what the handler answers |
//! | it is done | does not reach the handler | 200 |
//! | another attempt has it | does not reach the handler | 503, `Retry-After` |
//! | it is full, or does not answer | does not reach the handler | 503, `Retry-After` |
//!
//! So there is **at most one success of a handler for a delivery** while the store keeps its word,
//! and at least one attempt for as long as the provider retries. `docs/replay.md` in the
//! repository has what is guaranteed, what is not, and what happens at each fault.
//!
//! | store | feature | for |
//! |---|---|---|
//! | `MemoryStore` | `memory-store` | one process |
//! | `RedisStore` | `redis` | several, or one that must not forget at a restart |
//! | your own | | [`ReplayStore`] says what it must keep, `conformance` tries it |
//!
//! # Long handlers
//!
//! The claim's lease is renewed while the handler runs. A handler that can be overtaken (it slept
//! through its lease, the store forgot) sees it in its `LeaseWatch`. When a sender hangs up, its
//! handler's future is dropped where it waits, and the claim is given up; where work must not stop
//! half-way, detach the handler (`VerifyLayer::detached`).

#[cfg(feature = "tower")]
mod claimed;
#[cfg(feature = "tower")]
mod claiming;
#[cfg(feature = "testing")]
#[cfg_attr(docsrs, doc(cfg(feature = "testing")))]
pub mod conformance;
#[cfg(feature = "tower")]
mod guard;
#[cfg(feature = "tower")]
mod guarded;
mod identity;
#[cfg(feature = "tower")]
mod later;
#[cfg(feature = "memory-store")]
mod memory;
#[cfg(feature = "redis")]
mod redis;
mod store;
#[cfg(feature = "tower")]
mod watch;

#[cfg(feature = "redis")]
pub use self::redis::{RedisStore, RedisStoreBuilder};
#[cfg(feature = "tower")]
pub use claimed::Claimed;
#[cfg(feature = "tower")]
pub(crate) use claimed::HeldClaim;
#[cfg(feature = "tower")]
pub(crate) use claiming::{Claiming, NotClaimed};
#[cfg(feature = "tower")]
pub(crate) use guard::Guard;
#[cfg(feature = "tower")]
pub use guard::ReplayGuard;
#[cfg(feature = "tower")]
pub(crate) use guarded::{Guarded, Outcome};
pub use identity::Identity;
#[cfg(feature = "memory-store")]
pub use memory::{MemoryStats, MemoryStore};
pub use store::{Claim, Lease, Owner, Renewal, ReplayStore, StoreError, StoreFuture};
#[cfg(feature = "tower")]
pub use watch::LeaseWatch;
