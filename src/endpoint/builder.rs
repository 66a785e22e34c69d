//! Building an endpoint: the decision that must be made, and what has a default.

use core::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{Endpoint, Inner};
use crate::answers::Answers;
use crate::clock::Tolerance;
use crate::error::ConfigError;
use crate::observe::{Observer, Refusal};
#[cfg(feature = "tower")]
use crate::replay::ReplayGuard;
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
    guard: Option<ReplayGuard>,
}

/// Builds an [`Endpoint`].
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
    name: String,
    verifier: Verifier,
    body_limit: usize,
    header_limit: usize,
    body_deadline: Option<Duration>,
    #[cfg(feature = "tower")]
    handler_deadline: Option<Duration>,
    tolerance: Option<Tolerance>,
    answers: Answers,
    observer: Observer,
    replay: R,
}

impl EndpointBuilder {
    pub(super) fn new(name: String, verifier: Verifier) -> Self {
        let answers = Answers::for_scheme(verifier.scheme());
        Self {
            name,
            verifier,
            body_limit: Verifier::DEFAULT_BODY_LIMIT,
            header_limit: Verifier::MAX_HEADER,
            body_deadline: None,
            #[cfg(feature = "tower")]
            handler_deadline: None,
            tolerance: None,
            answers,
            observer: Observer::default(),
            replay: ReplayUndecided,
        }
    }

    /// Remembers no deliveries: one that comes twice is handled twice. Right where the handler
    /// bears that, because it stores the event under its id, say.
    pub fn without_replay_guard(self) -> EndpointBuilder<ReplayDecided> {
        self.decided(ReplayDecided {
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
        self.decided(ReplayDecided { guard })
    }

    fn decided(self, replay: ReplayDecided) -> EndpointBuilder<ReplayDecided> {
        EndpointBuilder {
            name: self.name,
            verifier: self.verifier,
            body_limit: self.body_limit,
            header_limit: self.header_limit,
            body_deadline: self.body_deadline,
            #[cfg(feature = "tower")]
            handler_deadline: self.handler_deadline,
            tolerance: self.tolerance,
            answers: self.answers,
            observer: self.observer,
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
        self.observer.on_refusal = Some(Arc::new(hook));
        self
    }

    /// Runs for each proven delivery, before it is claimed and handled; so also for one that was
    /// handled before. It cannot change the verdict and must not block.
    pub fn on_accept(mut self, hook: impl Fn(&Receipt) + Send + Sync + 'static) -> Self {
        self.observer.on_accept = Some(Arc::new(hook));
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
        self.observer.on_unhandled = Some(Arc::new(hook));
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
        self.observer.on_unparsable = Some(Arc::new(hook));
        self
    }
}

impl EndpointBuilder<ReplayDecided> {
    /// The endpoint.
    ///
    /// # Errors
    ///
    /// `bad-endpoint` where the name is empty, a limit is zero or out of range, a refusal would be
    /// answered with anything but a status in the 400s or 500s, or the scheme's deliveries cannot be
    /// told apart by the replay guard or would be forgotten by it inside their window.
    pub fn build(self) -> Result<Endpoint, ConfigError> {
        let Self {
            name,
            verifier,
            body_limit,
            header_limit,
            body_deadline,
            #[cfg(feature = "tower")]
            handler_deadline,
            tolerance,
            answers,
            observer,
            #[cfg_attr(
                not(feature = "tower"),
                expect(unused_variables, reason = "there is no guard")
            )]
            replay,
        } = self;
        let scheme = verifier.scheme();
        let body_deadline = body_deadline.unwrap_or_else(|| {
            let most = Endpoint::DEFAULT_BODY_DEADLINE;
            scheme.retries().within(2, most)
        });
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(ConfigError::endpoint(
                "an endpoint's name is empty or has control characters: it stands in logs and metrics",
            ));
        }
        if body_limit == 0 {
            return Err(ConfigError::endpoint(
                "the body limit is 0 bytes: nothing would pass",
            ));
        }
        if header_limit == 0 || header_limit > Verifier::MAX_HEADER {
            return Err(ConfigError::endpoint(format!(
                "the header limit is {header_limit} bytes: it goes from 1 to {}",
                Verifier::MAX_HEADER
            )));
        }
        if body_deadline.is_zero() {
            return Err(ConfigError::endpoint(
                "the body deadline is zero: nothing would pass",
            ));
        }
        #[cfg(feature = "tower")]
        if handler_deadline.is_some_and(|deadline| deadline.is_zero()) {
            return Err(ConfigError::endpoint(
                "the handler's deadline is zero: nothing would pass",
            ));
        }
        answers.check()?;
        let verifier = match tolerance {
            None => verifier,
            Some(_) if verifier.scheme().timestamp().is_none() => {
                return Err(ConfigError::endpoint(format!(
                    "a tolerance is set, but {} signs no timestamp: leave the tolerance out",
                    verifier.scheme().slug()
                )));
            }
            Some(tolerance) => verifier.with_tolerance(tolerance),
        };
        let name: Arc<str> = Arc::from(name);
        let verifier = verifier.for_endpoint(&name, body_limit, header_limit);
        #[cfg(feature = "tower")]
        let guard = match replay.guard {
            Some(guard) => Some(guard.ready_for(verifier.scheme())?),
            None => None,
        };
        let endpoint = Endpoint {
            inner: Arc::new(Inner {
                name,
                verifier,
                body_deadline,
                #[cfg(feature = "tower")]
                handler_deadline,
                #[cfg(feature = "tower")]
                guard,
                answers,
                observer,
            }),
        };
        let inner = &*endpoint.inner;
        let longest = endpoint.longest_answer();
        inner
            .observer
            .started(&inner.name, &inner.verifier, longest);
        Ok(endpoint)
    }
}

impl<R> fmt::Debug for EndpointBuilder<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EndpointBuilder")
            .field("name", &self.name)
            .field("verifier", &self.verifier)
            .finish_non_exhaustive()
    }
}
