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
use crate::error::{ConfigError, VerifyError};
use crate::keys::DeliveryKeys;
use crate::observe::Observer;
use crate::verify::{Head, Rules, Verification};

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

    /// Judges a head by its tenant's keys, if they are at hand. If they have to be looked up, it is
    /// judged first as far as it can be without.
    pub(crate) fn seek<'v>(
        &self,
        place: &'v mut Option<Verification>,
        head: Head<'_>,
    ) -> Result<&'v mut Verification, NotBegun> {
        let now = self.rules.now();
        let Some(name) = self.at.find(head) else {
            return self.begin_at(place, head, now, self.directory.nobody());
        };
        if let Some(keys) = self.directory.at_hand(&name) {
            return self.begin_at(place, head, now, keys);
        }
        self.rules.judge(head, now)?;
        let keys = Box::pin(Arc::clone(&self.directory).look_up(name));
        Err(NotBegun::LookingUp(LookUp { keys, now }))
    }

    fn begin_at<'v>(
        &self,
        place: &'v mut Option<Verification>,
        head: Head<'_>,
        now: Option<UnixTime>,
        keys: Result<DeliveryKeys, VerifyError>,
    ) -> Result<&'v mut Verification, NotBegun> {
        match keys {
            Ok(keys) => Ok(self.rules.begin(place, head, || now, keys)?),
            Err(error) => {
                // What is wrong with the head comes first, as it does for a known tenant.
                self.rules.judge(head, now)?;
                Err(error.into())
            }
        }
    }

    /// Judges the head, now that its keys have been looked up.
    pub(crate) fn begin<'v>(
        &self,
        place: &'v mut Option<Verification>,
        head: Head<'_>,
        look_up: &LookUp,
        keys: Result<DeliveryKeys, VerifyError>,
    ) -> Result<&'v mut Verification, VerifyError> {
        self.rules.begin(place, head, || look_up.now, keys?)
    }

    /// Looks a tenant up anew from now on.
    pub(crate) fn forget(&self, tenant: &str) {
        self.directory.forget(tenant);
    }
}

impl LookUp {
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<DeliveryKeys, VerifyError>> {
        self.keys.as_mut().poll(cx)
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
