//! Tenants: one endpoint for many customers, each with secrets of its own.
//!
//! A platform receives deliveries for its customers, and each customer has a secret at the
//! provider. The tenant stands in the request ([`TenantAt`]: a part of the path, the host, a
//! header); its keys come from a [`KeySource`], a database say, while the request waits.
//!
//! 1. The head is judged as far as that needs no keys. What is malformed or stale costs the source
//!    nothing.
//! 2. The keys are taken from the cache, or looked up: once for all deliveries that wait for the
//!    same tenant, within a deadline, so many at once and no more.
//! 3. The delivery is judged by that tenant's keys and no others. Its [`Receipt`](crate::Receipt)
//!    names the tenant, and so does its identity: what one tenant was sent is no duplicate of what
//!    another was.
//!
//! | what comes of the look-up | what becomes of the delivery |
//! |---|---|
//! | a keyring | it is judged by it; the ring is kept for [`cached_for`](Tenants::cached_for) |
//! | none: the tenant is unknown | refused, as if its signature were wrong; that is kept for [`unknown_for`](Tenants::unknown_for) |
//! | a keyring that cannot be used (a blank secret, say) | refused likewise, and an error in the log: never let through |
//! | an error, or none within [`look_up_deadline`](Tenants::look_up_deadline) | 503; nothing is kept |
//!
//! # What strangers can learn and cost
//!
//! An unknown tenant is refused before the body is read, with the same answer as a bad signature.
//! Who times answers can tell it from a known one: that a tenant exists is no secret by default.
//! [`hide_tenants`](Tenants::hide_tenants) closes the difference.
//!
//! Names are the sender's to invent. Of names that turned out unknown only so many are looked up in
//! a minute ([`unknown_per_minute`](Tenants::unknown_per_minute)): beyond that, names that are not
//! in the cache are answered 503 until the minute has passed, so that a flood of invented ones
//! costs the source a bounded number of look-ups. A look-up that fails counts too, unless the name
//! was known before. Tenants that are in the cache, or were and only grew too old, are not held up by
//! any of it.
//!
//! # Example
//!
//! ```
//! use hookproof::tenants::{SourceError, TenantAt, Tenants};
//! use hookproof::{Endpoint, Keyring, Secret, providers};
//!
//! async fn keys(tenant: String) -> Result<Option<Keyring>, SourceError> {
//!     // … from a database
//!     Ok((tenant == "acme").then(|| Keyring::new(Secret::new("whsec_1234567890123456"))))
//! }
//!
//! let tenants = Tenants::new(&providers::STRIPE, TenantAt::path("/hooks/{tenant}/stripe"), keys);
//! let endpoint = Endpoint::for_tenants("stripe", tenants)
//!     .without_replay_guard()
//!     .build()?;
//! # Ok::<(), hookproof::ConfigError>(())
//! ```

mod at;
mod budget;
mod directory;
mod flight;
mod source;
mod tenancy;

use core::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use at::TenantAt;
pub use source::{KeySource, SourceError};
pub(crate) use tenancy::{LookUp, NotBegun, Tenancy};

use crate::clock::{Clock, SystemClock};
use crate::public_url::PublicUrl;
use crate::scheme::Scheme;
use source::AnySource;

/// Where an endpoint's tenants and their keys come from. For
/// [`Endpoint::for_tenants`](crate::Endpoint::for_tenants).
///
/// | what | default |
/// |---|---|
/// | how long a tenant's keys are kept | 60 s: a secret that was retired is accepted no longer than that |
/// | how long it is kept that a tenant is unknown | 10 s: a new tenant is known after that |
/// | how many tenants are kept | 10 000 |
/// | deadline of a look-up | 2 s, or a fifth of the time in which the provider wants its answer |
/// | look-ups at once | 32 |
/// | look-ups a minute of names that turn out unknown | 1 000 |
#[must_use = "tenants do nothing until an endpoint has them"]
pub struct Tenants {
    scheme: Scheme,
    at: TenantAt,
    source: Arc<dyn AnySource>,
    clock: Arc<dyn Clock>,
    public_url: Option<PublicUrl>,
    config: Vec<(String, String)>,
    settings: Settings,
    look_up_deadline: Option<Duration>,
}

/// What has a default.
#[derive(Clone, Copy)]
struct Settings {
    cached_for: Duration,
    unknown_for: Duration,
    capacity: usize,
    look_ups: usize,
    unknown_per_minute: u32,
    hidden: bool,
}

impl Tenants {
    /// How long a look-up may take unless told otherwise: 2 seconds, or less where the provider
    /// wants its answer within 10.
    pub const DEFAULT_LOOK_UP_DEADLINE: Duration = Duration::from_secs(2);

    /// Tenants of one scheme, whose names stand there and whose keys come from that source.
    pub fn new(scheme: &Scheme, at: TenantAt, source: impl KeySource) -> Self {
        Self {
            scheme: *scheme,
            at,
            source: Arc::new(source),
            clock: Arc::new(SystemClock),
            public_url: None,
            config: Vec::new(),
            settings: Settings {
                cached_for: Duration::from_secs(60),
                unknown_for: Duration::from_secs(10),
                capacity: 10_000,
                look_ups: 32,
                unknown_per_minute: 1_000,
                hidden: false,
            },
            look_up_deadline: None,
        }
    }

    /// How the URL is known that the scheme signs: as
    /// [`Verifier::with_public_url`](crate::Verifier::with_public_url).
    pub fn public_url(mut self, url: PublicUrl) -> Self {
        self.public_url = Some(url);
        self
    }

    /// A text that the scheme signs and that no delivery sends, the same for all tenants: as
    /// [`Verifier::with_config`](crate::Verifier::with_config).
    pub fn config(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.config.push((name.into(), text.into()));
        self
    }

    /// How long a tenant's keys are kept before they are looked up again. A secret that was retired
    /// at the source is accepted no longer than that, and no longer than until
    /// [`Endpoint::forget_tenant`](crate::Endpoint::forget_tenant).
    pub const fn cached_for(mut self, age: Duration) -> Self {
        self.settings.cached_for = age;
        self
    }

    /// How long it is kept that a tenant is unknown, or that its secret cannot be used. Zero: not
    /// at all.
    pub const fn unknown_for(mut self, age: Duration) -> Self {
        self.settings.unknown_for = age;
        self
    }

    /// How many tenants' keys are kept: each takes some 400 bytes, and 200 for each further key.
    pub const fn capacity(mut self, tenants: usize) -> Self {
        self.settings.capacity = tenants;
        self
    }

    /// How many look-ups are under way at once; further ones wait, within their deadline.
    pub const fn look_ups_at_once(mut self, look_ups: usize) -> Self {
        self.settings.look_ups = look_ups;
        self
    }

    /// How long a delivery waits for its keys; then it is answered 503.
    pub const fn look_up_deadline(mut self, deadline: Duration) -> Self {
        self.look_up_deadline = Some(deadline);
        self
    }

    /// How many look-ups a minute names may cost that turn out unknown. So many may come at once.
    pub const fn unknown_per_minute(mut self, look_ups: u32) -> Self {
        self.settings.unknown_per_minute = look_ups;
        self
    }

    /// Hides which tenants exist: the body of a delivery for an unknown one is read and a MAC
    /// computed over it, with as many keys as the tenant had that was looked up last, and it is
    /// refused whatever the MAC says. Answers and their order are then those of a bad signature.
    ///
    /// What remains is time: whether keys were in the cache or had to be looked up. And while a
    /// flood of unknown names has used up [its share](Self::unknown_per_minute), or the source is
    /// down, tenants in the cache are answered, and all other names alike 503.
    pub const fn hide_tenants(mut self) -> Self {
        self.settings.hidden = true;
        self
    }

    /// Reads the time from another clock than the system's.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The scheme.
    pub(crate) const fn scheme(&self) -> &Scheme {
        &self.scheme
    }
}

impl fmt::Debug for Tenants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tenants")
            .field("scheme", &self.scheme.slug())
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}
