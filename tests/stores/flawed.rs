//! A store as simple as can be, and everything that can be wrong with one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hookproof::Clock;
use hookproof::replay::{
    Claim, Identity, Lease, Owner, Renewal, ReplayStore, StoreError, StoreFuture,
};

use crate::Moved;

/// What is wrong with a store.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Flaw {
    None,
    /// It answers nothing but errors.
    Fails,
    /// It renews what nobody holds.
    RenewsNothing,
    /// It completes claims alone: what it forgot stays unmarked.
    CompletesClaimsAlone,
    /// It lets everyone claim.
    ClaimsTwice,
    /// It says that another's lease goes on for ever.
    NoEndInSight,
    /// It says that another's lease is over already.
    OverAtOnce,
    /// It tells a rival that the claim is another's, and takes it away all the same.
    TakesAway,
    /// It lets anyone renew.
    AnyoneRenews,
    /// It lets anyone complete.
    AnyoneCompletes,
    /// It lets anyone release.
    AnyoneReleases,
    /// It takes an owner who asks again for a rival.
    RefusesItsOwner,
    /// It tells an owner who asks again that the claim is held, and lets the lease run out.
    RepeatsInVain,
    /// It does not release.
    ReleasesNothing,
    /// It completes once.
    CompletesOnce,
    /// It forgets a claim that is completed.
    ForgetsMarks,
    /// It forgets a mark when it is released.
    ReleasesMarks,
    /// It renews a mark.
    RenewsMarks,
    /// It takes all deliveries for one.
    OneForAll,
    /// It looks first, and holds the claim later.
    LooksThenHolds,
    /// Its claims never end.
    ClaimsForEver,
    /// Its marks never end.
    MarksForEver,
    /// Its marks end with the lease of the claim.
    MarksEndWithLeases,
    /// It renews what has ended.
    RenewsEnded,
    /// Its renewals change nothing.
    RenewsInVain,
    /// It does not complete what has ended.
    CompletesInTimeAlone,
    /// To make room it forgets the oldest.
    MakesRoom,
}

/// Remembers in a map, and is wrong in one way.
#[derive(Clone)]
pub(crate) struct Flawed {
    pub(crate) flaw: Flaw,
    pub(crate) clock: Moved,
    held: Arc<Mutex<HashMap<Identity, Held>>>,
}

/// A claim, or a mark where there is no owner.
#[derive(Clone, Copy)]
struct Held {
    owner: Option<Owner>,
    ends: Duration,
}

impl Held {
    fn is_of(&self, lease: &Lease) -> bool {
        self.owner == Some(lease.owner())
    }
}

impl Flawed {
    pub(crate) fn new(flaw: Flaw) -> Self {
        Self {
            flaw,
            clock: Moved::default(),
            held: Arc::default(),
        }
    }

    fn is(&self, flaw: Flaw) -> bool {
        self.flaw == flaw
    }

    fn key(&self, lease: &Lease) -> Identity {
        match self.flaw {
            Flaw::OneForAll => Identity::from_bytes([0; 16]),
            _ => *lease.identity(),
        }
    }

    /// What is held and has not ended.
    fn live(&self, lease: &Lease) -> Option<Held> {
        self.any(lease).filter(|held| match held.owner {
            Some(_) if self.is(Flaw::ClaimsForEver) => true,
            None if self.is(Flaw::MarksForEver) => true,
            _ => held.ends > self.clock.monotonic(),
        })
    }

    /// What is held, or was.
    fn any(&self, lease: &Lease) -> Option<Held> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(&self.key(lease)).copied()
    }

    fn put(&self, lease: &Lease, owner: Option<Owner>, lasts: Duration) {
        let ends = self.clock.monotonic() + lasts;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is(Flaw::MakesRoom) && held.len() >= 16 {
            let first = held.iter().min_by_key(|(_, held)| held.ends);
            let first = first.map(|(identity, _)| *identity);
            first.map(|identity| held.remove(&identity));
        }
        held.insert(self.key(lease), Held { owner, ends });
    }

    fn forget(&self, lease: &Lease) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.remove(&self.key(lease));
    }

    fn answer<T>(&self, answer: T) -> StoreFuture<T> {
        StoreFuture::now(if self.is(Flaw::Fails) {
            Err(StoreError::new("it is on fire"))
        } else {
            Ok(answer)
        })
    }

    /// Whether the delivery is in the way of a claim, and how.
    fn in_the_way(&self, lease: &Lease) -> Option<Claim> {
        let held = self.live(lease)?;
        match held.owner {
            None => Some(Claim::Done),
            Some(owner) if owner == lease.owner() && !self.is(Flaw::RefusesItsOwner) => None,
            Some(_) if self.is(Flaw::ClaimsTwice) => None,
            Some(_) => Some(Claim::InProgress {
                retry_after: match self.flaw {
                    Flaw::NoEndInSight => Duration::MAX,
                    Flaw::OverAtOnce => Duration::ZERO,
                    _ => held.ends.saturating_sub(self.clock.monotonic()),
                },
            }),
        }
    }
}

impl ReplayStore for Flawed {
    fn claim(&self, lease: &Lease, lasts: Duration) -> StoreFuture<Claim> {
        let (store, lease) = (self.clone(), lease.clone());
        let before = self.in_the_way(&lease);
        if self.is(Flaw::LooksThenHolds) {
            return StoreFuture::later(async move {
                tokio::task::yield_now().await;
                if before.is_none() {
                    store.put(&lease, Some(lease.owner()), lasts);
                }
                Ok(before.unwrap_or(Claim::Claimed))
            });
        }
        if before.is_none() || (self.is(Flaw::TakesAway) && before != Some(Claim::Done)) {
            let again = self.live(&lease).is_some_and(|held| held.is_of(&lease));
            if !(again && self.is(Flaw::RepeatsInVain)) {
                self.put(&lease, Some(lease.owner()), lasts);
            }
        }
        self.answer(before.unwrap_or(Claim::Claimed))
    }

    fn renew(&self, lease: &Lease, lasts: Duration) -> StoreFuture<Renewal> {
        let held = if self.is(Flaw::RenewsEnded) {
            self.any(lease)
        } else {
            self.live(lease)
        };
        let may = match held {
            None => self.is(Flaw::RenewsNothing),
            Some(Held { owner: None, .. }) => self.is(Flaw::RenewsMarks),
            Some(held) => held.is_of(lease) || self.is(Flaw::AnyoneRenews),
        };
        if !may {
            return self.answer(Renewal::Lost);
        }
        if let Some(held) = held
            && !self.is(Flaw::RenewsInVain)
        {
            self.put(lease, held.owner, lasts);
        }
        self.answer(Renewal::Held)
    }

    fn complete(&self, lease: &Lease, retention: Duration) -> StoreFuture<Renewal> {
        let held = self.live(lease);
        let may = match held {
            None if self.is(Flaw::CompletesInTimeAlone) => self.any(lease).is_none(),
            None => !self.is(Flaw::CompletesClaimsAlone),
            Some(Held { owner: None, .. }) => !self.is(Flaw::CompletesOnce),
            Some(held) => held.is_of(lease) || self.is(Flaw::AnyoneCompletes),
        };
        if !may {
            return self.answer(Renewal::Lost);
        }
        match held {
            Some(_) if self.is(Flaw::ForgetsMarks) => self.forget(lease),
            Some(held) if self.is(Flaw::MarksEndWithLeases) => {
                let left = held.ends.saturating_sub(self.clock.monotonic());
                self.put(lease, None, left);
            }
            _ => self.put(lease, None, retention),
        }
        self.answer(Renewal::Held)
    }

    fn release(&self, lease: &Lease) -> StoreFuture<()> {
        let may = match self.live(lease) {
            None => false,
            Some(Held { owner: None, .. }) => self.is(Flaw::ReleasesMarks),
            Some(held) => held.is_of(lease) || self.is(Flaw::AnyoneReleases),
        };
        if may && !self.is(Flaw::ReleasesNothing) {
            self.forget(lease);
        }
        self.answer(())
    }
}
