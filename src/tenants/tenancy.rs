//! The tenants of one endpoint, ready for deliveries.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::sync::Arc;
use std::time::Duration;

use super::directory::Directory;
use super::{TenantAt, Tenants};
use crate::clock::{Tolerance, UnixTime};
use crate::endpoint::{Keyed, Now};
use crate::error::{ConfigError, VerifyError};
use crate::keys::DeliveryKeys;
use crate::observe::Observer;
use crate::verify::{Head, Rules};

/// How deliveries are judged, and by whose keys.
pub(crate) struct Tenancy {
    rules: Rules,
    at: TenantAt,
    directory: Arc<Directory>,
    deadline: Duration,
}

/// Why the verification of a delivery has not begun.
pub(crate) enum NotBegun {
    Refused(VerifyError),
    /// The keys are being looked up.
    LookingUp(LookUp),
}

impl From<VerifyError> for NotBegun {
    fn from(error: VerifyError) -> Self {
        Self::Refused(error)
    }
}

/// A look-up for one delivery. Dropped, it is given up, or left to others who wait for it.
pub(crate) struct LookUp {
    keys: Pin<Box<dyn Future<Output = Result<DeliveryKeys, VerifyError>> + Send>>,
    /// When the delivery came: it does not age while its keys are looked up.
    now: Option<UnixTime>,
}

impl Tenants {
    /// The tenants of an endpoint, with its name, limits and window.
    pub(crate) fn ready(
        self,
        name: &Arc<str>,
        limits: (usize, usize),
        tolerance: Option<Tolerance>,
        observer: &Arc<Observer>,
    ) -> Result<Tenancy, ConfigError> {
        self.at.check()?;
        self.check()?;
        let by_default = self
            .scheme
            .retries()
            .within(5, Self::DEFAULT_LOOK_UP_DEADLINE);
        let deadline = self.look_up_deadline.unwrap_or(by_default);
        let mut rules = Rules::new(&self.scheme)?;
        rules.set_clock(Arc::clone(&self.clock));
        rules.for_endpoint(name, limits.0, limits.1);
        if let Some(tolerance) = tolerance {
            rules.set_tolerance(tolerance);
        }
        for (name, text) in &self.config {
            rules.set_config(name, text);
        }
        if let Some(url) = &self.public_url {
            rules.set_public_url(url.clone());
        }
        let at = self.at.clone();
        let directory = Directory::new(self, deadline, Arc::clone(observer));
        Ok(Tenancy {
            rules,
            at,
            directory: Arc::new(directory),
            deadline,
        })
    }

    fn check(&self) -> Result<(), ConfigError> {
        let zero = [
            (self.settings.cached_for.is_zero(), "the age of cached keys"),
            (self.settings.capacity == 0, "the capacity for tenants"),
            (
                self.settings.look_ups == 0,
                "the number of look-ups at once",
            ),
            (
                self.look_up_deadline.is_some_and(|it| it.is_zero()),
                "the deadline of a look-up",
            ),
            (
                self.settings.unknown_per_minute == 0,
                "the number of look-ups for unknown tenants",
            ),
        ];
        match zero.iter().find(|(is_zero, _)| *is_zero) {
            Some((_, what)) => Err(ConfigError::endpoint(format!(
                "{what} is zero: nothing would pass"
            ))),
            None => Ok(()),
        }
    }
}

impl Tenancy {
    pub(crate) const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// How long a delivery may wait for its keys.
    pub(crate) const fn deadline(&self) -> Duration {
        self.deadline
    }

    /// The keys of a delivery's tenant, if they are at hand. If they have to be looked up, its head is
    /// judged first as far as it can be without.
    pub(crate) fn seek(&self, head: Head<'_>) -> Result<Keyed, NotBegun> {
        let now = self.rules.now();
        let at_hand = match self.at.find(head) {
            None => self.directory.nobody(),
            Some(name) => match self.directory.at_hand(&name) {
                Some(keys) => keys,
                None => {
                    self.rules.judge(head, now)?;
                    let keys = Box::pin(Arc::clone(&self.directory).look_up(name));
                    return Err(NotBegun::LookingUp(LookUp { keys, now }));
                }
            },
        };
        match at_hand {
            Ok(keys) => Ok(keyed(keys, now)),
            Err(error) => {
                // What is wrong with the head comes first, as it does for a known tenant.
                self.rules.judge(head, now)?;
                Err(error.into())
            }
        }
    }

    /// Looks a tenant up anew from now on.
    pub(crate) fn forget(&self, tenant: &str) {
        self.directory.forget(tenant);
    }
}

impl LookUp {
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Keyed, VerifyError>> {
        let now = self.now;
        let keys = self.keys.as_mut().poll(cx);
        keys.map_ok(|keys| keyed(keys, now))
    }
}

const fn keyed(keys: DeliveryKeys, now: Option<UnixTime>) -> Keyed {
    Keyed {
        keys,
        now: Now::Read(now),
    }
}

impl fmt::Debug for Tenancy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tenants")
            .field("scheme", &self.rules.scheme().slug())
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}
