//! What an endpoint is built from: the decision that must be made, and what has a default.

use core::fmt;
use std::time::Duration;

use crate::answers::Answers;
use crate::clock::Tolerance;
use crate::observe::{Hooks, Refusal};
#[cfg(feature = "tower")]
use crate::replay::ReplayGuard;
use crate::scheme::Scheme;
#[cfg(feature = "tenants")]
use crate::tenants::Tenants;
use crate::verify::{Receipt, Verifier};

/// The replay decision has not been made: there is no `build` yet.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReplayUndecided;

/// The replay decision has been made.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReplayDecided {
    #[cfg(feature = "tower")]
    pub(super) guard: Option<ReplayGuard>,
}

/// Nothing will be enforced.
#[cfg(feature = "tower")]
#[derive(Debug)]
#[non_exhaustive]
pub struct ObserveOnly;

/// Whose keys deliveries will be judged by.
pub(super) enum Keys {
    Own(Verifier),
    #[cfg(feature = "tenants")]
    Tenants(Box<Tenants>),
}

impl Keys {
    pub(super) fn scheme(&self) -> &Scheme {
        match self {
            Self::Own(verifier) => verifier.scheme(),
            #[cfg(feature = "tenants")]
            Self::Tenants(tenants) => tenants.scheme(),
        }
    }
}

/// Builds an [`Endpoint`](crate::Endpoint).
///
/// One decision has no default, and [`build`](EndpointBuilder::build) does not exist before it is
/// made: what becomes of a delivery that comes twice. A valid signature can be sent again, by an
/// attacker inside the window, by the provider on purpose.
///
/// ```compile_fail,E0599
/// use hookproof::{Endpoint, Secret, Verifier, providers};
///
/// let verifier = Verifier::new(&providers::STRIPE, Secret::new("whsec_1234567890123456")).unwrap();
/// let endpoint = Endpoint::builder("stripe", verifier).build();
/// ```
#[must_use = "a builder does nothing until `build`"]
pub struct EndpointBuilder<R = ReplayUndecided> {
    pub(super) name: String,
    pub(super) keys: Keys,
    pub(super) body_limit: usize,
    pub(super) header_limit: usize,
    pub(super) body_deadline: Option<Duration>,
    #[cfg(feature = "tower")]
    pub(super) handler_deadline: Option<Duration>,
    pub(super) tolerance: Option<Tolerance>,
    pub(super) answers: Answers,
    pub(super) hooks: Hooks,
    #[cfg_attr(
        not(feature = "tower"),
        expect(dead_code, reason = "there is no guard")
    )]
    pub(super) replay: R,
}

impl EndpointBuilder {
    pub(super) fn new(name: String, keys: Keys) -> Self {
        let answers = Answers::for_scheme(keys.scheme());
        Self {
            name,
            keys,
            body_limit: Verifier::DEFAULT_BODY_LIMIT,
            header_limit: Verifier::MAX_HEADER,
            body_deadline: None,
            #[cfg(feature = "tower")]
            handler_deadline: None,
            tolerance: None,
            answers,
            hooks: Hooks::default(),
            replay: ReplayUndecided,
        }
    }

    /// Remembers no deliveries: one that comes twice is handled twice. Right where the handler
    /// bears that, because it stores the event under its id, say.
    pub fn without_replay_guard(self) -> EndpointBuilder<ReplayDecided> {
        self.with_decision(ReplayDecided {
            #[cfg(feature = "tower")]
            guard: None,
        })
    }

    /// Remembers deliveries in a store, so that none is handled twice: see [`replay`](crate::replay).
    /// Takes a store as it is, or a [`ReplayGuard`] with times of its own.
    ///
    /// # Example
    ///
    /// ```
    /// # #[cfg(all(feature = "memory-store", feature = "json"))] {
    /// use hookproof::{Endpoint, Secret, Verifier, providers, replay::MemoryStore};
    ///
    /// let verifier = Verifier::new(&providers::STRIPE, Secret::new("whsec_1234567890123456"))?;
    /// let endpoint = Endpoint::builder("stripe", verifier)
    ///     .replay(MemoryStore::default())
    ///     .build()?;
    /// # }
    /// # Ok::<(), hookproof::ConfigError>(())
    /// ```
    #[cfg(feature = "tower")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
    pub fn replay(self, guard: impl Into<ReplayGuard>) -> EndpointBuilder<ReplayDecided> {
        let guard = Some(guard.into());
        self.with_decision(ReplayDecided { guard })
    }

    /// Enforces nothing: verifies, reports, and lets through what it would have refused. For
    /// roll-outs, for a while: see [`ObservedEndpoint`](crate::ObservedEndpoint).
    #[cfg(feature = "tower")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
    pub fn dangerous_observe_only(self) -> EndpointBuilder<ObserveOnly> {
        self.with_decision(ObserveOnly)
    }

    fn with_decision<R>(self, replay: R) -> EndpointBuilder<R> {
        EndpointBuilder {
            name: self.name,
            keys: self.keys,
            body_limit: self.body_limit,
            header_limit: self.header_limit,
            body_deadline: self.body_deadline,
            #[cfg(feature = "tower")]
            handler_deadline: self.handler_deadline,
            tolerance: self.tolerance,
            answers: self.answers,
            hooks: self.hooks,
            replay,
        }
    }
}

impl<R> EndpointBuilder<R> {
    /// The longest body, in bytes; by default 1 MiB. A longer one is refused unread where its
    /// length is announced, and else as soon as it has grown past the limit.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// The longest value, in bytes, of each header that the scheme reads; by default, and at most,
    /// 8 KiB. A longer one is `malformed`.
    pub fn header_limit(mut self, bytes: usize) -> Self {
        self.header_limit = bytes;
        self
    }

    /// How long the whole body may take, from the head on; by default 10 seconds, or half the time
    /// in which the provider wants its answer.
    pub fn body_deadline(mut self, deadline: Duration) -> Self {
        self.body_deadline = Some(deadline);
        self
    }

    /// How long the handler may take; by default as long as it likes. After it the sender is
    /// answered 503: the handler's future is dropped and its claim given up, or, where it is
    /// detached, it goes on and the sender's next attempt finds what became of it.
    #[cfg(feature = "tower")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
    pub fn handler_deadline(mut self, deadline: Duration) -> Self {
        self.handler_deadline = Some(deadline);
        self
    }

    /// The window of the signed timestamp; by default the scheme's.
    pub fn tolerance(mut self, tolerance: Tolerance) -> Self {
        self.tolerance = Some(tolerance);
        self
    }

    /// What is answered to what; by default what suits the scheme's provider.
    pub fn answers(mut self, answers: Answers) -> Self {
        self.answers = answers;
        self
    }

    /// Runs for each refused delivery, before the answer. It cannot change the verdict, must not
    /// block, and is the place to count for a rate limiter.
    pub fn on_refusal(mut self, hook: impl Fn(&Refusal<'_>) + Send + Sync + 'static) -> Self {
        self.hooks.on_refusal = Some(Box::new(hook));
        self
    }

    /// Runs for each proven delivery, before it is claimed and handled; so also for one that was
    /// handled before. It cannot change the verdict and must not block.
    pub fn on_accept(mut self, hook: impl Fn(&Receipt) + Send + Sync + 'static) -> Self {
        self.hooks.on_accept = Some(Box::new(hook));
        self
    }

    /// Runs for each proven delivery that is not handled now, before the answer: one that was
    /// handled before, say. As [`on_refusal`](Self::on_refusal).
    #[cfg(feature = "tower")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
    pub fn on_unhandled(
        mut self,
        hook: impl Fn(&crate::observe::Unhandled<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.hooks.on_unhandled = Some(Box::new(hook));
        self
    }

    /// Runs for each proven delivery whose body is not what the handler's type expects, before the
    /// answer.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn on_unparsable(
        mut self,
        hook: impl Fn(&Receipt, &crate::events::EventError) + Send + Sync + 'static,
    ) -> Self {
        self.hooks.on_unparsable = Some(Box::new(hook));
        self
    }
}

impl<R> fmt::Debug for EndpointBuilder<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EndpointBuilder")
            .field("name", &self.name)
            .field("scheme", &self.keys.scheme().slug())
            .finish_non_exhaustive()
    }
}
