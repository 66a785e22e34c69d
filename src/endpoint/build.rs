//! From a builder to its endpoint, if the two can be.

use std::sync::Arc;
use std::time::Duration;

use super::builder::Keys;
use super::{Endpoint, EndpointBuilder, Inner, Judge, ReplayDecided};
#[cfg(feature = "tower")]
use super::{ObserveOnly, ObservedEndpoint};
use crate::error::ConfigError;
use crate::observe::Observer;
#[cfg(feature = "tower")]
use crate::replay::ReplayGuard;
use crate::verify::Verifier;

impl EndpointBuilder<ReplayDecided> {
    /// The endpoint.
    ///
    /// # Errors
    ///
    /// `bad-endpoint` where the name is empty, a limit is zero or out of range, a refusal would be
    /// answered with anything but a status in the 400s or 500s, the scheme signs the public URL or a
    /// configured text and neither is given, or the scheme's deliveries cannot be
    /// told apart by the replay guard or would be forgotten by it inside their window.
    pub fn build(self) -> Result<Endpoint, ConfigError> {
        #[cfg(feature = "tower")]
        let guard = self.replay.guard.clone();
        self.build_with(
            #[cfg(feature = "tower")]
            guard,
        )
    }
}

#[cfg(feature = "tower")]
impl EndpointBuilder<ObserveOnly> {
    /// The endpoint that only observes.
    ///
    /// # Errors
    ///
    /// `bad-endpoint` as [`build`](EndpointBuilder::build) otherwise has.
    pub fn build(self) -> Result<ObservedEndpoint, ConfigError> {
        self.build_with(None).map(ObservedEndpoint::new)
    }
}

impl<R> EndpointBuilder<R> {
    fn build_with(
        self,
        #[cfg(feature = "tower")] guard: Option<ReplayGuard>,
    ) -> Result<Endpoint, ConfigError> {
        self.check()?;
        let body_deadline = self.longest_body();
        let Self {
            name,
            keys,
            body_limit,
            header_limit,
            #[cfg(feature = "tower")]
            handler_deadline,
            tolerance,
            answers,
            hooks,
            ..
        } = self;
        let name: Arc<str> = Arc::from(name);
        let observer = Arc::new(Observer::new(Arc::clone(&name), hooks));
        let judge = match keys {
            Keys::Own(mut verifier) => {
                let rules = verifier.rules_mut();
                rules.for_endpoint(&name, body_limit, header_limit);
                if let Some(tolerance) = tolerance {
                    rules.set_tolerance(tolerance);
                }
                observer.short_keys(&verifier);
                Judge::Own(verifier)
            }
            #[cfg(feature = "tenants")]
            Keys::Tenants(tenants) => {
                let limits = (body_limit, header_limit);
                Judge::Tenants(tenants.ready(&name, limits, tolerance, &observer)?)
            }
        };
        if let Some(what) = judge.rules().lacks() {
            return Err(ConfigError::endpoint(what));
        }
        #[cfg(feature = "tower")]
        let guard = match guard {
            Some(guard) => Some(guard.ready_for(judge.rules().scheme(), &observer)?),
            None => None,
        };
        let endpoint = Endpoint {
            inner: Arc::new(Inner {
                name,
                judge,
                body_deadline,
                #[cfg(feature = "tower")]
                handler_deadline,
                #[cfg(feature = "tower")]
                guard,
                answers,
                observer,
            }),
        };
        let longest = endpoint.longest_answer();
        endpoint.inner.observer.started(endpoint.scheme(), longest);
        Ok(endpoint)
    }

    fn longest_body(&self) -> Duration {
        self.body_deadline.unwrap_or_else(|| {
            let most = Endpoint::DEFAULT_BODY_DEADLINE;
            self.keys.scheme().retries().within(2, most)
        })
    }

    fn check(&self) -> Result<(), ConfigError> {
        if self.name.is_empty() || self.name.chars().any(char::is_control) {
            return Err(ConfigError::endpoint(
                "an endpoint's name is empty or has control characters: it stands in logs and metrics",
            ));
        }
        if self.body_limit == 0 {
            return Err(ConfigError::endpoint(
                "the body limit is 0 bytes: nothing would pass",
            ));
        }
        if self.header_limit == 0 || self.header_limit > Verifier::MAX_HEADER {
            return Err(ConfigError::endpoint(format!(
                "the header limit is {} bytes: it goes from 1 to {}",
                self.header_limit,
                Verifier::MAX_HEADER
            )));
        }
        if self
            .body_deadline
            .is_some_and(|deadline| deadline.is_zero())
        {
            return Err(ConfigError::endpoint(
                "the body deadline is zero: nothing would pass",
            ));
        }
        #[cfg(feature = "tower")]
        if self
            .handler_deadline
            .is_some_and(|deadline| deadline.is_zero())
        {
            return Err(ConfigError::endpoint(
                "the handler's deadline is zero: nothing would pass",
            ));
        }
        let scheme = self.keys.scheme();
        if self.tolerance.is_some() && scheme.timestamp().is_none() {
            return Err(ConfigError::endpoint(format!(
                "a tolerance is set, but {} signs no timestamp: leave the tolerance out",
                scheme.slug()
            )));
        }
        self.answers.check()
    }
}
