//! Endpoints: a verifier with a name, its limits, its answers and its hooks. What every driver is
//! given.

#[cfg(feature = "tower")]
mod begin;
mod build;
mod builder;
#[cfg(feature = "tower")]
mod claim;
#[cfg(feature = "tower")]
mod observed;

use core::fmt;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "tenants")]
pub(crate) use begin::Now;
#[cfg(feature = "tower")]
pub(crate) use begin::{Keyed, LookUp, NotBegun};
#[cfg(feature = "tower")]
pub(crate) use claim::StartedClaim;

use builder::Keys;
#[cfg(feature = "tower")]
pub use builder::ObserveOnly;
pub use builder::{EndpointBuilder, ReplayDecided, ReplayUndecided};
#[cfg(feature = "tower")]
pub use observed::ObservedEndpoint;

use crate::answers::{Answer, Answers};
use crate::error::VerifyError;
use crate::observe::{ClockSkew, Observer, Refusal};
use crate::scheme::Scheme;
#[cfg(feature = "tenants")]
use crate::tenants::{Tenancy, Tenants};
use crate::verify::{Head, Proven, Rules, Verification, Verifier};

/// One place at which deliveries come in: a name, a [`Verifier`], the replay decision, limits,
/// answers and hooks. Cloning is cheap, and every driver is given one: the tower layer
/// (`Endpoint::layer`), the axum adapter (`Endpoint::handler`), or a server of the user's own.
///
/// Built by [`Endpoint::builder`]:
///
/// | what | default |
/// |---|---|
/// | longest body | 1 MiB |
/// | longest header that the scheme reads | 8 KiB |
/// | time for the whole body | 10 s, or half the time in which the provider wants its answer |
/// | time for the handler | as long as it likes |
/// | window of the signed timestamp | the scheme's, mostly 300 s either way |
/// | answers | by the scheme: see [`Answers`] |
/// | replay decision | none: the builder asks for it |
///
/// # Example
///
/// A driver of one's own, for a server that hands over head and body:
///
/// ```
/// use bytes::Bytes;
/// use http::{HeaderMap, StatusCode};
/// use hookproof::{Endpoint, Secret, Verifier, providers};
///
/// let verifier = Verifier::new(&providers::SENDMUX, Secret::new("whsec_Q5VvFg7vvDnxI1xq9NwK"))?;
/// let endpoint = Endpoint::builder("sendmux", verifier)
///     .without_replay_guard()
///     .build()?;
///
/// fn receive(endpoint: &Endpoint, headers: &HeaderMap, body: Bytes) -> StatusCode {
///     let proven = endpoint.begin(headers).and_then(|mut verification| {
///         verification.update(body)?;
///         verification.finish()
///     });
///     match proven {
///         Ok(proven) => {
///             if let Err(error) = endpoint.accept(&proven) {
///                 return endpoint.refuse(&error).status();
///             }
///             StatusCode::NO_CONTENT // … after acting on proven.body()
///         }
///         Err(error) => endpoint.refuse(&error).status(),
///     }
/// }
/// assert_eq!(receive(&endpoint, &HeaderMap::new(), Bytes::new()), StatusCode::UNAUTHORIZED);
/// # Ok::<(), hookproof::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct Endpoint {
    inner: Arc<Inner>,
}

struct Inner {
    name: Arc<str>,
    judge: Judge,
    body_deadline: Duration,
    #[cfg(feature = "tower")]
    handler_deadline: Option<Duration>,
    #[cfg(feature = "tower")]
    guard: Option<crate::replay::Guard>,
    answers: Answers,
    observer: Arc<Observer>,
}

/// By whose keys deliveries are judged.
enum Judge {
    Own(Verifier),
    #[cfg(feature = "tenants")]
    Tenants(Tenancy),
}

impl Judge {
    fn rules(&self) -> &Rules {
        match self {
            Self::Own(verifier) => verifier.rules(),
            #[cfg(feature = "tenants")]
            Self::Tenants(tenancy) => tenancy.rules(),
        }
    }
}

impl Endpoint {
    /// How long a whole body may take unless told otherwise: 10 seconds, or half the time in which
    /// the provider wants its answer.
    pub const DEFAULT_BODY_DEADLINE: Duration = Duration::from_secs(10);

    /// Starts an endpoint. The name is the operator's own and stands in receipts, logs and
    /// metrics: two endpoints of one provider have two.
    pub fn builder(name: impl Into<String>, verifier: Verifier) -> EndpointBuilder {
        EndpointBuilder::new(name.into(), Keys::Own(verifier))
    }

    /// Starts an endpoint for tenants, each with keys of its own: see [`tenants`](crate::tenants).
    #[cfg(feature = "tenants")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tenants")))]
    pub fn for_tenants(name: impl Into<String>, tenants: Tenants) -> EndpointBuilder {
        EndpointBuilder::new(name.into(), Keys::Tenants(Box::new(tenants)))
    }

    /// The endpoint's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// The scheme, with the endpoint's window.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        self.inner.judge.rules().scheme()
    }

    /// The verifier, with the endpoint's limits; `None` where the endpoint has tenants.
    #[must_use]
    pub fn verifier(&self) -> Option<&Verifier> {
        match &self.inner.judge {
            Judge::Own(verifier) => Some(verifier),
            #[cfg(feature = "tenants")]
            Judge::Tenants(_) => None,
        }
    }

    /// How long the whole body of a delivery may take.
    #[must_use]
    pub fn body_deadline(&self) -> Duration {
        self.inner.body_deadline
    }

    /// How long an answer may take at most, as far as that is bounded: the look-up of
    /// a tenant's keys, the body, a claim before the
    /// handler and the word to the store after it, and the handler if it has a deadline. A warning
    /// is logged at start where it is longer than the provider waits
    /// ([`Retries::acknowledge_secs`](crate::scheme::Retries::acknowledge_secs)).
    #[must_use]
    pub fn longest_answer(&self) -> Duration {
        #[cfg(feature = "tower")]
        let further = {
            let guard = self.inner.guard.as_ref();
            let store = guard.map_or(Duration::ZERO, crate::replay::Guard::holds_up);
            let handler = self.inner.handler_deadline.unwrap_or_default();
            store
                .saturating_add(handler)
                .saturating_add(self.look_up_deadline())
        };
        #[cfg(not(feature = "tower"))]
        let further = Duration::ZERO;
        self.inner.body_deadline.saturating_add(further)
    }

    /// What is answered to what.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.inner.answers
    }

    /// Judges a delivery's head and makes ready for its body: [`Verifier::begin`] under the
    /// endpoint's limits.
    ///
    /// # Errors
    ///
    /// As [`Verifier::begin`], and `unavailable` where the endpoint has tenants: their keys may have
    /// to be looked up, which `Endpoint::admit` waits for.
    pub fn begin<'h>(&self, head: impl Into<Head<'h>>) -> Result<Verification, VerifyError> {
        match &self.inner.judge {
            Judge::Own(verifier) => verifier.begin(head),
            #[cfg(feature = "tenants")]
            Judge::Tenants(_) => Err(VerifyError::unavailable(
                "a tenant's keys, which Endpoint::admit waits for,",
            )),
        }
    }

    /// Tells hooks and logs that a delivery was proven. For drivers of one's own on endpoints
    /// without a replay guard: call it once for each, before the handler.
    ///
    /// # Errors
    ///
    /// `unavailable` where the endpoint has a replay guard: its deliveries are claimed, by
    /// `Endpoint::claim`.
    pub fn accept(&self, proven: &Proven) -> Result<(), VerifyError> {
        #[cfg(feature = "tower")]
        if self.inner.guard.is_some() {
            return Err(VerifyError::unavailable(
                "a claim, which this endpoint's replay guard asks for,",
            ));
        }
        self.inner.observer.accepted(proven);
        Ok(())
    }

    /// Tells hooks and logs why a delivery is refused, and says what to answer. For drivers of
    /// one's own: call it once for each, before the answer.
    pub fn refuse(&self, error: &VerifyError) -> Answer {
        let answer = self.inner.answers.to(error.kind());
        let refusal = Refusal::new(&self.inner.name, self.scheme(), error, answer);
        self.inner.observer.refused(&refusal);
        answer
    }

    /// How far this machine's clock seems to be off, by the deliveries that came last: after 16 that
    /// were proven, or after 5 in a row that were refused for their age and claim the same. `None`
    /// before that, and where the scheme signs no timestamp.
    #[must_use]
    pub fn clock_skew(&self) -> Option<ClockSkew> {
        self.inner.observer.clock_skew()
    }

    /// Tells hooks and logs that a proven body is not what the handler wants, and says what to
    /// answer. For drivers of one's own.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn unparsable(
        &self,
        receipt: &crate::verify::Receipt,
        error: &crate::events::EventError,
    ) -> Answer {
        self.inner.observer.unparsable(receipt, error);
        self.inner.answers.to_unparsable()
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("Endpoint");
        f.field("name", &self.inner.name);
        match &self.inner.judge {
            Judge::Own(verifier) => f.field("verifier", verifier),
            #[cfg(feature = "tenants")]
            Judge::Tenants(tenancy) => f.field("tenants", tenancy),
        };
        f.field("body_deadline", &self.inner.body_deadline)
            .field("answers", &self.inner.answers)
            .finish_non_exhaustive()
    }
}
