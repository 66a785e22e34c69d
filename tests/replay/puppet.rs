//! A store that does as a test tells it, keeps its word otherwise, and recalls what it was asked.

use std::collections::{HashMap, VecDeque};
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use hookproof::replay::{Claim, Identity, Lease, Renewal, ReplayStore, StoreError, StoreFuture};
use tokio::time::{Instant, sleep};

/// The methods of a store.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Ask {
    Claim,
    Complete,
    Release,
    Renew,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    /// Done and answered at once.
    Keeps,
    /// Done at once, answered after so long.
    Late(Duration),
    /// Not done, and an error at once.
    Fails,
    /// Not done, and an error after so long.
    FailsAfter(Duration),
    /// Not done, never answered.
    Hangs,
    /// Not done: no room for a claim, or a lease lost.
    Refuses,
}

/// Copies are one store. It expires by tokio's clock, which tests pause.
#[derive(Clone)]
pub(crate) struct Puppet(Arc<Mutex<State>>);

struct State {
    begun: Instant,
    held: HashMap<Identity, (Held, Instant)>,
    next: HashMap<Ask, VecDeque<Act>>,
    always: HashMap<Ask, Act>,
    calls: Vec<(Ask, Instant, Duration)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Held {
    By([u8; 16]),
    Done,
}

impl Default for Puppet {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(State {
            begun: Instant::now(),
            held: HashMap::new(),
            next: HashMap::new(),
            always: HashMap::new(),
            calls: Vec::new(),
        })))
    }
}

impl Puppet {
    /// A store that treats every call of a method so.
    pub(crate) fn that(ask: Ask, act: Act) -> Self {
        let store = Self::default();
        store.always(ask, act);
        store
    }

    pub(crate) fn always(&self, ask: Ask, act: Act) {
        self.state().always.insert(ask, act);
    }

    /// What becomes of the next calls of a method.
    pub(crate) fn next(&self, ask: Ask, acts: impl IntoIterator<Item = Act>) {
        self.state().next.entry(ask).or_default().extend(acts);
    }

    /// Everything held is gone, as after a restart without its data.
    pub(crate) fn forget(&self) {
        self.state().held.clear();
    }

    /// How often a method was called.
    pub(crate) fn asked(&self, ask: Ask) -> usize {
        self.seconds(ask).len()
    }

    /// How often any was.
    pub(crate) fn calls(&self) -> usize {
        self.state().calls.len()
    }

    /// When a method was called, in seconds after the store was made.
    pub(crate) fn seconds(&self, ask: Ask) -> Vec<u64> {
        let state = self.state();
        let calls = state.calls.iter().filter(|(asked, ..)| *asked == ask);
        calls
            .map(|(_, at, _)| at.duration_since(state.begun).as_secs())
            .collect()
    }

    /// The time that the last call of a method was given: a lease or a retention.
    pub(crate) fn given(&self, ask: Ask) -> Duration {
        let state = self.state();
        let mut calls = state.calls.iter().rev();
        let last = calls.find(|(asked, ..)| *asked == ask);
        last.expect("a call").2
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("nothing panics under the lock")
    }

    fn play<T: Send + 'static>(
        &self,
        ask: Ask,
        time: Duration,
        refusal: T,
        step: impl FnOnce(&mut State) -> T,
    ) -> StoreFuture<T> {
        let mut state = self.state();
        state.calls.push((ask, Instant::now(), time));
        let next = state.next.get_mut(&ask).and_then(VecDeque::pop_front);
        let always = state.always.get(&ask).copied();
        match next.or(always).unwrap_or(Act::Keeps) {
            Act::Keeps => StoreFuture::now(Ok(step(&mut state))),
            Act::Late(after) => {
                let answer = step(&mut state);
                StoreFuture::later(async move {
                    sleep(after).await;
                    Ok(answer)
                })
            }
            Act::Fails => StoreFuture::now(Err(StoreError::new("as told"))),
            Act::FailsAfter(after) => StoreFuture::later(async move {
                sleep(after).await;
                Err(StoreError::new("as told"))
            }),
            Act::Hangs => StoreFuture::later(pending()),
            Act::Refuses => StoreFuture::now(Ok(refusal)),
        }
    }
}

impl State {
    /// What is held now and has not ended.
    fn live(&self, lease: &Lease) -> Option<(Held, Duration)> {
        let (held, until) = self.held.get(lease.identity())?;
        let left = until.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some((*held, left))
    }

    fn hold(&mut self, lease: &Lease, held: Held, lasts: Duration) {
        let until = Instant::now() + lasts;
        self.held.insert(*lease.identity(), (held, until));
    }
}

fn by(lease: &Lease) -> Held {
    Held::By(lease.owner().to_bytes())
}

impl ReplayStore for Puppet {
    fn claim(&self, lease: &Lease, lasts: Duration) -> StoreFuture<Claim> {
        self.play(Ask::Claim, lasts, Claim::Full, |state| {
            match state.live(lease) {
                Some((Held::Done, _)) => Claim::Done,
                Some((other, left)) if other != by(lease) => {
                    Claim::InProgress { retry_after: left }
                }
                _ => {
                    state.hold(lease, by(lease), lasts);
                    Claim::Claimed
                }
            }
        })
    }

    fn renew(&self, lease: &Lease, lasts: Duration) -> StoreFuture<Renewal> {
        self.play(Ask::Renew, lasts, Renewal::Lost, |state| {
            match state.live(lease) {
                Some((held, _)) if held == by(lease) => {
                    state.hold(lease, held, lasts);
                    Renewal::Held
                }
                _ => Renewal::Lost,
            }
        })
    }

    fn complete(&self, lease: &Lease, retention: Duration) -> StoreFuture<Renewal> {
        self.play(
            Ask::Complete,
            retention,
            Renewal::Lost,
            |state| match state.live(lease) {
                Some((Held::By(other), _)) if Held::By(other) != by(lease) => Renewal::Lost,
                _ => {
                    state.hold(lease, Held::Done, retention);
                    Renewal::Held
                }
            },
        )
    }

    fn release(&self, lease: &Lease) -> StoreFuture<()> {
        self.play(Ask::Release, Duration::ZERO, (), |state| {
            if state.live(lease).is_some_and(|(held, _)| held == by(lease)) {
                state.held.remove(lease.identity());
            }
        })
    }
}
