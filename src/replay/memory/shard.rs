//! One shard of the memory store: what happens under one lock.

use std::collections::hash_map::Entry;
use std::sync::Arc;
use std::time::Duration;

use super::spread::ByIdentity;
use crate::replay::store::Owner;
use crate::replay::{Claim, Lease, Renewal};

/// A reading of the monotonic clock.
#[derive(Clone, Copy)]
pub(super) struct Now(Duration);

impl Now {
    pub(super) const fn at(monotonic: Duration) -> Self {
        Self(monotonic)
    }

    /// Whole seconds, for marks, which are kept small: the end is rounded up.
    fn secs(self) -> u32 {
        u32::try_from(self.0.as_secs()).unwrap_or(u32::MAX)
    }

    fn secs_after(self, duration: Duration) -> u32 {
        let end = self.0.saturating_add(duration);
        let rounded = end.as_secs() + u64::from(end.subsec_nanos() > 0);
        u32::try_from(rounded).unwrap_or(u32::MAX)
    }

    const fn after(self, duration: Duration) -> Duration {
        self.0.saturating_add(duration)
    }
}

/// Some of the deliveries of every endpoint.
pub(super) struct Shard {
    /// How many entries each endpoint may have here.
    room: usize,
    /// Few, and mostly one: found by looking at each.
    spaces: Vec<Space>,
}

/// Some of the deliveries of one endpoint.
struct Space {
    endpoint: Arc<str>,
    claims: ByIdentity<Held>,
    /// Until which second of the clock each handled delivery is remembered.
    done: ByIdentity<u32>,
    /// No mark ends before this second.
    first_end: u32,
    /// No lease ends before this moment.
    first_free: Duration,
}

struct Held {
    owner: Owner,
    until: Duration,
}

impl Shard {
    pub(super) const fn new(room: usize) -> Self {
        Self {
            room,
            spaces: Vec::new(),
        }
    }

    /// How many claims and how many handled deliveries there are.
    pub(super) fn count(&self) -> (usize, usize) {
        self.spaces.iter().fold((0, 0), |(claims, done), space| {
            (claims + space.claims.len(), done + space.done.len())
        })
    }

    pub(super) fn claim(&mut self, lease: &Lease, lasts: Duration, now: Now) -> Claim {
        let room = self.room;
        let space = self.space(lease);
        if space.is_done(lease, now) {
            return Claim::Done;
        }
        let held = Held {
            owner: lease.owner(),
            until: now.after(lasts),
        };
        let has_room = space.len() < room || space.clear_away(now);
        let first_free = space.first_free.min(held.until);
        match space.claims.entry(*lease.identity()) {
            Entry::Occupied(mut other) => {
                if other.get().owner != lease.owner() && other.get().until > now.0 {
                    let retry_after = other.get().until - now.0;
                    return Claim::InProgress { retry_after };
                }
                other.insert(held);
            }
            Entry::Vacant(free) if has_room => {
                free.insert(held);
            }
            Entry::Vacant(_) => return Claim::Full,
        }
        space.first_free = first_free;
        Claim::Claimed
    }

    pub(super) fn renew(&mut self, lease: &Lease, lasts: Duration, now: Now) -> Renewal {
        match self.space(lease).claims.get_mut(lease.identity()) {
            Some(held) if held.owner == lease.owner() && held.until > now.0 => {
                held.until = now.after(lasts);
                Renewal::Held
            }
            _ => Renewal::Lost,
        }
    }

    pub(super) fn complete(&mut self, lease: &Lease, retention: Duration, now: Now) -> Renewal {
        let space = self.space(lease);
        match space.claims.get(lease.identity()) {
            Some(held) if held.owner != lease.owner() && held.until > now.0 => Renewal::Lost,
            _ => {
                space.claims.remove(lease.identity());
                space.mark(lease, now.secs_after(retention), now);
                Renewal::Held
            }
        }
    }

    pub(super) fn release(&mut self, lease: &Lease) {
        let claims = &mut self.space(lease).claims;
        if claims
            .get(lease.identity())
            .is_some_and(|held| held.owner == lease.owner())
        {
            claims.remove(lease.identity());
        }
    }

    fn space(&mut self, lease: &Lease) -> &mut Space {
        let endpoint = lease.shared_endpoint();
        let found = self.spaces.iter().position(|space| {
            Arc::ptr_eq(&space.endpoint, endpoint) || space.endpoint == *endpoint
        });
        let nth = found.unwrap_or_else(|| {
            self.spaces.push(Space {
                endpoint: Arc::clone(endpoint),
                claims: ByIdentity::default(),
                done: ByIdentity::default(),
                first_end: u32::MAX,
                first_free: Duration::MAX,
            });
            self.spaces.len() - 1
        });
        &mut self.spaces[nth]
    }
}

impl Space {
    fn len(&self) -> usize {
        self.claims.len() + self.done.len()
    }

    fn is_done(&mut self, lease: &Lease, now: Now) -> bool {
        match self.done.get(lease.identity()) {
            None => false,
            Some(end) if *end > now.secs() => true,
            Some(_) => {
                self.done.remove(lease.identity());
                false
            }
        }
    }

    /// Remembers a handled delivery, until the later of two ends if it is known. Before the map grows, what has expired goes.
    fn mark(&mut self, lease: &Lease, end: u32, now: Now) {
        if self.done.len() == self.done.capacity() {
            self.clear_away(now);
        }
        self.first_end = self.first_end.min(end);
        let mark = self.done.entry(*lease.identity()).or_insert(end);
        *mark = end.max(*mark);
    }

    /// Forgets what has expired, and tells whether anything has. It looks at every entry, so it
    /// does so only where something has ended.
    fn clear_away(&mut self, now: Now) -> bool {
        let before = self.len();
        if self.first_free <= now.0 {
            self.claims.retain(|_, held| held.until > now.0);
            let ends = self.claims.values().map(|held| held.until);
            self.first_free = ends.min().unwrap_or(Duration::MAX);
        }
        if self.first_end <= now.secs() {
            self.done.retain(|_, end| *end > now.secs());
            self.first_end = self.done.values().copied().min().unwrap_or(u32::MAX);
        }
        self.len() < before
    }
}
