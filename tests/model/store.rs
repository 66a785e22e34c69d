//! The memory store under two or three threads: at the store, at the clock and at each other.

use std::num::NonZeroUsize;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use hookproof::replay::{Claim, Identity, Lease, MemoryStore, Renewal, ReplayStore, StoreFuture};
use hookproof::{Clock, UnixTime};
use loom::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use loom::thread::{self, JoinHandle};

/// How long leases last here, by a clock that stands still unless a thread moves it.
const LEASE: Duration = Duration::from_secs(10);
const RETENTION: Duration = Duration::from_secs(1_000);

/// A clock that threads move.
#[derive(Clone, Debug)]
struct Hands(Arc<AtomicU64>);

impl Clock for Hands {
    fn now(&self) -> Option<UnixTime> {
        None
    }

    fn monotonic(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

/// The store, its clock, and who handles.
#[derive(Clone)]
struct World {
    store: MemoryStore,
    clock: Hands,
    handling: Arc<AtomicUsize>,
}

impl World {
    fn new() -> Self {
        Self::with_quota(8)
    }

    fn with_quota(entries: usize) -> Self {
        let clock = Hands(Arc::new(AtomicU64::new(0)));
        let quota = NonZeroUsize::new(entries).expect("room");
        Self {
            store: MemoryStore::with_quota(quota).with_clock(clock.clone()),
            clock,
            handling: Arc::new(AtomicUsize::new(0)),
        }
    }

    fn claim(&self, lease: &Lease) -> Claim {
        at_once(self.store.claim(lease, LEASE))
    }

    fn renew(&self, lease: &Lease) -> Renewal {
        at_once(self.store.renew(lease, LEASE))
    }

    fn complete(&self, lease: &Lease) -> Renewal {
        at_once(self.store.complete(lease, RETENTION))
    }

    fn release(&self, lease: &Lease) {
        at_once(self.store.release(lease));
    }

    fn set(&self, seconds: u64) {
        self.clock.0.store(seconds, Ordering::SeqCst);
    }

    fn set_past_the_lease(&self) {
        self.set(LEASE.as_secs());
    }

    /// To a moment at which the lease can be renewed, and to one past its end without that.
    fn set_before_and_past(&self) {
        self.set(8);
        self.set(12);
    }

    /// A handler, at whose side there must be no other.
    fn handle(&self) {
        assert_eq!(self.handling.fetch_add(1, Ordering::SeqCst), 0);
        self.handling.fetch_sub(1, Ordering::SeqCst);
    }

    /// One attempt as the guard makes it: whether it was handled.
    fn attempt(&self, succeeds: bool) -> bool {
        let lease = &attempt_at(1);
        match self.claim(lease) {
            Claim::Claimed => {}
            Claim::Done | Claim::InProgress { .. } => return false,
            other => panic!("{other:?}"),
        }
        self.handle();
        if succeeds {
            assert_eq!(self.complete(lease), Renewal::Held);
        } else {
            self.release(lease);
        }
        succeeds
    }

    /// A store with room for so many, where one delivery is claimed.
    fn claimed(entries: usize) -> (Self, Lease) {
        let (world, owner) = (Self::with_quota(entries), attempt_at(1));
        assert_eq!(world.claim(&owner), Claim::Claimed);
        (world, owner)
    }

    /// A new attempt at that delivery claims it, in a thread of its own, after some step.
    fn rival(&self, before: impl FnOnce(&Self) + 'static) -> JoinHandle<(Claim, Lease)> {
        self.spawn(|world| {
            let rival = attempt_at(1);
            before(&world);
            (world.claim(&rival), rival)
        })
    }

    fn spawn<T: 'static>(&self, step: impl FnOnce(Self) -> T + 'static) -> JoinHandle<T> {
        let world = self.clone();
        thread::spawn(move || step(world))
    }
}

fn at_once<T>(future: StoreFuture<T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(Ok(answer)) = pin!(future).poll(&mut context) else {
        panic!("memory answers, and at once");
    };
    answer
}

/// A new attempt at that delivery.
fn attempt_at(delivery: u8) -> Lease {
    Lease::new(Identity::from_bytes([delivery; 16]), Arc::from("model"))
}

fn joined<T>(handle: JoinHandle<T>) -> T {
    handle.join().expect("a thread that ends well")
}

fn among(claims: &[Claim], wanted: Claim) -> usize {
    claims.iter().filter(|claim| **claim == wanted).count()
}

fn in_progress(claim: Claim) -> bool {
    matches!(claim, Claim::InProgress { .. })
}

#[test]
fn of_three_rivals_one_claims_and_the_others_are_told_so() {
    loom::model(|| {
        let world = World::new();
        let others = [(); 2].map(|()| world.spawn(|world| world.claim(&attempt_at(1))));
        let own = world.claim(&attempt_at(1));
        let [one, two] = others.map(joined);
        let claims = [own, one, two];
        assert_eq!(among(&claims, Claim::Claimed), 1);
        assert_eq!(claims.into_iter().filter(|it| in_progress(*it)).count(), 2);
        assert_eq!(world.store.stats().in_progress, 1);
    });
}

#[test]
fn of_rivals_that_all_would_succeed_one_does_and_alone() {
    loom::model(|| {
        let world = World::new();
        let others = [(); 2].map(|()| world.spawn(|world| world.attempt(true)));
        let own = world.attempt(true);
        let [one, two] = others.map(joined);
        assert_eq!(usize::from(own) + usize::from(one) + usize::from(two), 1);
        assert_eq!(world.claim(&attempt_at(1)), Claim::Done);
    });
}

#[test]
fn while_one_gives_up_at_most_one_rival_claims() {
    loom::model(|| {
        let (world, owner) = World::claimed(8);
        let rivals = [(); 2].map(|()| world.rival(|_| ()));
        world.release(&owner);
        let claims = rivals.map(joined);
        let winners = claims.iter().filter(|(claim, _)| *claim == Claim::Claimed);
        assert!(winners.clone().count() <= 1);
        for (_, winner) in winners.clone() {
            assert_eq!(world.renew(winner), Renewal::Held);
        }
        let free = winners.count() == 0;
        assert_eq!(world.claim(&attempt_at(1)) == Claim::Claimed, free);
    });
}

#[test]
fn what_one_fails_to_handle_another_may_and_never_beside_it() {
    loom::model(|| {
        let world = World::new();
        let fails = world.spawn(|world| world.attempt(false));
        let again = world.spawn(|world| world.attempt(true));
        let handled = world.attempt(true);
        assert!(!joined(fails));
        let again = joined(again);
        assert!(!(handled && again));
        let done = world.claim(&attempt_at(1)) == Claim::Done;
        assert_eq!(done, handled || again);
    });
}

#[test]
fn a_repeated_call_of_the_owner_lets_no_rival_in() {
    loom::model(|| {
        let world = World::new();
        let (owner, rival) = (attempt_at(1), attempt_at(1));
        let others = [owner.clone(), rival.clone()]
            .map(|lease| world.spawn(move |world| world.claim(&lease)));
        let own = world.claim(&owner);
        let [repeated, theirs] = others.map(joined);
        assert_eq!(own == Claim::Claimed, repeated == Claim::Claimed);
        assert_ne!(own == Claim::Claimed, theirs == Claim::Claimed);
        assert_eq!(world.renew(&owner) == Renewal::Held, own == Claim::Claimed);
        let held = world.renew(&rival) == Renewal::Held;
        assert_eq!(held, theirs == Claim::Claimed);
    });
}

/// What an old owner says after another has taken over changes nothing.
fn is_undisturbed(world: &World, old: &Lease, new: &Lease) {
    assert_eq!(world.renew(old), Renewal::Lost);
    assert_eq!(world.complete(old), Renewal::Lost);
    world.release(old);
    assert_eq!(world.renew(new), Renewal::Held);
    assert!(in_progress(world.claim(old)));
    assert_eq!(world.complete(new), Renewal::Held);
    assert_eq!(world.claim(old), Claim::Done);
}

#[test]
fn a_lease_that_ends_is_taken_over_or_completed_but_not_both() {
    loom::model(|| {
        let (world, old) = World::claimed(8);
        let taking = world.rival(|_| ());
        let moving = world.spawn(|world| world.set_past_the_lease());
        let completed = world.complete(&old);
        joined(moving);
        let (claim, new) = joined(taking);
        match claim {
            Claim::Claimed => {
                assert_eq!(completed, Renewal::Lost);
                is_undisturbed(&world, &old, &new);
            }
            Claim::Done | Claim::InProgress { .. } => {
                assert_eq!(completed, Renewal::Held);
                assert_eq!(world.claim(&new), Claim::Done);
            }
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn a_lease_that_ends_is_taken_over_or_renewed_but_not_both() {
    loom::model(|| {
        let (world, old) = World::claimed(8);
        let taking = world.rival(World::set_before_and_past);
        let renewed = world.renew(&old);
        let (claim, new) = joined(taking);
        match claim {
            // It may have been renewed before, when the clock stood at the beginning.
            Claim::Claimed => is_undisturbed(&world, &old, &new),
            Claim::InProgress { retry_after } => {
                assert_eq!(renewed, Renewal::Held);
                assert_eq!(retry_after, Duration::from_secs(6));
                is_undisturbed(&world, &new, &old);
            }
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn an_old_owner_that_gives_up_frees_nothing_of_the_new_one() {
    loom::model(|| {
        let (world, old) = World::claimed(8);
        let taking = world.rival(World::set_past_the_lease);
        world.release(&old);
        let (claim, new) = joined(taking);
        assert_eq!(claim, Claim::Claimed);
        is_undisturbed(&world, &old, &new);
    });
}

#[test]
fn of_two_that_take_over_one_does() {
    loom::model(|| {
        let (world, old) = World::claimed(8);
        let taking = [(); 2].map(|()| world.rival(World::set_past_the_lease));
        let completed = world.complete(&old) == Renewal::Held;
        let rivals = taking.map(joined);
        let winners = rivals.iter().filter(|(claim, _)| *claim == Claim::Claimed);
        assert_eq!(winners.clone().count() + usize::from(completed), 1);
        for (_, winner) in winners {
            is_undisturbed(&world, &old, winner);
        }
    });
}

#[test]
fn of_two_that_find_a_mark_ended_one_claims() {
    loom::model(|| {
        let world = World::new();
        assert!(world.attempt(true));
        let rivals = [(); 2].map(|()| world.spawn(|world| world.claim(&attempt_at(1))));
        world.set(RETENTION.as_secs());
        let claims = rivals.map(joined);
        assert!(among(&claims, Claim::Claimed) <= 1);
        if !claims.contains(&Claim::Claimed) {
            assert_eq!(among(&claims, Claim::Done), 2);
            assert_eq!(world.claim(&attempt_at(1)), Claim::Claimed);
        }
        assert_eq!(world.store.stats().entries, 1);
    });
}

#[test]
fn with_room_for_one_the_others_are_refused() {
    loom::model(|| {
        let world = World::with_quota(1);
        let others = [2, 3].map(|nth| world.spawn(move |world| world.claim(&attempt_at(nth))));
        let own = world.claim(&attempt_at(1));
        let [two, three] = others.map(joined);
        let claims = [own, two, three];
        assert_eq!(among(&claims, Claim::Claimed), 1);
        assert_eq!(among(&claims, Claim::Full), 2);
        let stats = world.store.stats();
        assert_eq!((stats.entries, stats.refused), (1, 2));
    });
}

#[test]
fn what_is_live_is_never_dropped_for_room() {
    loom::model(|| {
        let (world, owner) = World::claimed(1);
        let others = [(); 2].map(|()| world.spawn(|world| world.claim(&attempt_at(2))));
        assert_eq!(world.complete(&owner), Renewal::Held);
        assert_eq!(others.map(joined), [Claim::Full; 2]);
        assert_eq!(world.claim(&attempt_at(1)), Claim::Done);
    });
}

#[test]
fn room_that_is_given_back_is_taken_once() {
    loom::model(|| {
        let (world, owner) = World::claimed(1);
        let others = [2, 3].map(|nth| world.spawn(move |world| world.claim(&attempt_at(nth))));
        world.release(&owner);
        let claims = others.map(joined);
        let claimed = among(&claims, Claim::Claimed);
        assert!(claimed <= 1);
        assert_eq!(among(&claims, Claim::Full), 2 - claimed);
        assert_eq!(world.store.stats().entries, claimed);
    });
}

#[test]
fn a_lease_that_ends_makes_room_unless_it_was_renewed_in_time() {
    loom::model(|| {
        let (world, old) = World::claimed(1);
        let other = attempt_at(2);
        let wanting = other.clone();
        let wanting = world.spawn(move |world| {
            world.set_before_and_past();
            world.claim(&wanting)
        });
        let renewed = world.renew(&old);
        let (held, claimed) = (world.renew(&old), joined(wanting));
        assert!(renewed == Renewal::Held || held == Renewal::Lost);
        let (old, other) = (world.renew(&old), world.renew(&other));
        match claimed {
            Claim::Claimed => assert_eq!((old, other), (Renewal::Lost, Renewal::Held)),
            Claim::Full => assert_eq!((old, other), (Renewal::Held, Renewal::Lost)),
            other => panic!("{other:?}"),
        }
        assert_eq!(world.store.stats().entries, 1);
    });
}
