//! Trying a store: does it keep what [`ReplayStore`] says?
//!
//! [`check`] goes through every cell of the table there, through expiry, and through races. It
//! takes some seconds by the store's clock, and leaves nothing live behind but marks that end
//! within a minute. A store that passes can stand behind an endpoint.

use core::fmt;
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;
use std::collections::hash_map::RandomState;
use std::error::Error;
use std::hash::BuildHasher as _;
use std::sync::Arc;
use std::time::Duration;

use super::{Claim, Identity, Lease, Renewal, ReplayStore, StoreError};

/// How long leases and marks last here, where their end is waited for.
const SHORT: Duration = Duration::from_millis(1_500);
/// Past their end, for stores that count in whole seconds.
const PAST_SHORT: Duration = Duration::from_millis(2_700);
/// So long that no end comes in between.
const LONG: Duration = Duration::from_secs(60);

/// How many claim one delivery at the same time.
const RIVALS: usize = 32;

/// How many claims are held at the same time.
const CROWD: usize = 64;

/// Runs a store through the suite. `wait` lets time pass for the store, by sleeping or by moving
/// its clock. The store may hold other things; deliveries tried here are new ones.
///
/// # Errors
///
/// The first promise that the store does not keep.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "memory-store")] {
/// use hookproof::replay::{MemoryStore, conformance};
///
/// # async fn try_it() -> Result<(), conformance::Violation> {
/// conformance::check(&MemoryStore::default(), tokio::time::sleep).await
/// # }
/// # }
/// ```
pub async fn check<W>(
    store: &impl ReplayStore,
    wait: impl Fn(Duration) -> W,
) -> Result<(), Violation>
where
    W: Future<Output = ()>,
{
    let trial = Trial::new(store);
    trial.nothing_held().await?;
    trial.held_by_another().await?;
    trial.held_by_the_owner().await?;
    trial.done().await?;
    trial.apart().await?;
    trial.rivals().await?;
    trial.ends(wait).await
}

/// A promise that a store does not keep.
#[derive(Debug)]
pub struct Violation {
    promise: &'static str,
    found: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: found {}", self.promise, self.found)
    }
}

impl Error for Violation {}

struct Trial<'s, S> {
    store: &'s S,
    endpoint: Arc<str>,
}

impl<'s, S: ReplayStore> Trial<'s, S> {
    fn new(store: &'s S) -> Self {
        Self {
            store,
            endpoint: Arc::from("conformance"),
        }
    }

    /// A delivery that was never tried before.
    fn fresh(&self) -> Lease {
        let random = [(); 2].map(|()| RandomState::new().hash_one(0).to_be_bytes());
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&random[0]);
        bytes[8..].copy_from_slice(&random[1]);
        Lease::new(Identity::from_bytes(bytes), Arc::clone(&self.endpoint))
    }

    /// Another attempt at the same delivery.
    fn rival(&self, lease: &Lease) -> Lease {
        Lease::new(*lease.identity(), Arc::clone(&self.endpoint))
    }

    async fn claimed(
        &self,
        promise: &'static str,
        lease: &Lease,
        lasts: Duration,
        expected: Claim,
    ) -> Result<(), Violation> {
        expect(promise, self.store.claim(lease, lasts).await, expected)
    }

    async fn renewed(
        &self,
        promise: &'static str,
        lease: &Lease,
        lasts: Duration,
        expected: Renewal,
    ) -> Result<(), Violation> {
        expect(promise, self.store.renew(lease, lasts).await, expected)
    }

    async fn completed(
        &self,
        promise: &'static str,
        lease: &Lease,
        retention: Duration,
        expected: Renewal,
    ) -> Result<(), Violation> {
        expect(
            promise,
            self.store.complete(lease, retention).await,
            expected,
        )
    }

    async fn released(&self, promise: &'static str, lease: &Lease) -> Result<(), Violation> {
        expect(promise, self.store.release(lease).await, ())
    }

    async fn nothing_held(&self) -> Result<(), Violation> {
        let lease = self.fresh();
        let promise = "a lease that nobody holds cannot be renewed";
        self.renewed(promise, &lease, LONG, Renewal::Lost).await?;
        let promise = "releasing what is not held does nothing";
        self.released(promise, &lease).await?;
        let promise = "a new delivery can be claimed";
        self.claimed(promise, &lease, LONG, Claim::Claimed).await?;
        self.released("a claim can be released", &lease).await?;

        let lease = self.fresh();
        let promise = "a delivery that was handled is marked though its claim was forgotten";
        self.completed(promise, &lease, LONG, Renewal::Held).await?;
        let rival = self.rival(&lease);
        self.claimed(promise, &rival, LONG, Claim::Done).await
    }

    async fn held_by_another(&self) -> Result<(), Violation> {
        let lease = self.fresh();
        let rival = self.rival(&lease);
        let promise = "a new delivery can be claimed";
        self.claimed(promise, &lease, LONG, Claim::Claimed).await?;

        match self.store.claim(&rival, LONG).await {
            Ok(Claim::InProgress { retry_after }) if (LONG / 2..=LONG).contains(&retry_after) => {}
            other => {
                let promise =
                    "a second claim is told that the first is in progress, and when its lease ends";
                return Err(violation(promise, &other));
            }
        }
        let promise = "a lease is renewed by its owner alone";
        self.renewed(promise, &rival, LONG, Renewal::Lost).await?;
        let promise = "a delivery is completed by its owner alone";
        self.completed(promise, &rival, LONG, Renewal::Lost).await?;
        let promise = "a claim is released by its owner alone";
        self.released(promise, &rival).await?;
        let promise = "what others tried changes nothing for the owner";
        self.renewed(promise, &lease, LONG, Renewal::Held).await?;
        self.store.release(&lease).await.map_err(failed)
    }

    async fn held_by_the_owner(&self) -> Result<(), Violation> {
        let lease = self.fresh();
        let promise = "a claim that is repeated by its owner is held";
        for _ in 0..2 {
            self.claimed(promise, &lease, LONG, Claim::Claimed).await?;
        }
        let promise = "a released delivery can be claimed at once";
        self.released(promise, &lease).await?;
        let rival = self.rival(&lease);
        self.claimed(promise, &rival, LONG, Claim::Claimed).await?;
        let promise = "a release that comes late does not free another's claim";
        self.released(promise, &lease).await?;
        self.renewed(promise, &rival, LONG, Renewal::Held).await?;
        self.store.release(&rival).await.map_err(failed)
    }

    async fn done(&self) -> Result<(), Violation> {
        let lease = self.fresh();
        let rival = self.rival(&lease);
        let promise = "a new delivery can be claimed";
        self.claimed(promise, &lease, LONG, Claim::Claimed).await?;
        let promise = "a claim can be completed";
        self.completed(promise, &lease, LONG, Renewal::Held).await?;
        let promise = "a delivery that is done cannot be claimed";
        self.claimed(promise, &rival, LONG, Claim::Done).await?;
        let promise = "completing can be repeated";
        self.completed(promise, &lease, LONG, Renewal::Held).await?;
        for again in [&rival, &lease] {
            let promise = "a delivery that is done cannot be claimed";
            self.claimed(promise, again, LONG, Claim::Done).await?;
            let promise = "a delivery that is done is not forgotten for a release";
            self.released(promise, again).await?;
            self.claimed(promise, again, LONG, Claim::Done).await?;
            let promise = "a delivery that is done has no lease";
            self.renewed(promise, again, LONG, Renewal::Lost).await?;
        }
        Ok(())
    }

    async fn apart(&self) -> Result<(), Violation> {
        let (one, two) = (self.fresh(), self.fresh());
        let promise = "deliveries are kept apart";
        self.claimed(promise, &one, LONG, Claim::Claimed).await?;
        self.completed(promise, &one, LONG, Renewal::Held).await?;
        self.claimed(promise, &two, LONG, Claim::Claimed).await?;
        self.store.release(&two).await.map_err(failed)
    }

    /// Many claim at the same time: all calls are made before the first is answered.
    async fn rivals(&self) -> Result<(), Violation> {
        let lease = self.fresh();
        let rivals: Vec<Lease> = (0..RIVALS).map(|_| self.rival(&lease)).collect();
        let calls = rivals.iter().map(|rival| self.store.claim(rival, LONG));
        let answers = all(calls.collect()).await;
        let mut winner = None;
        for (rival, answer) in rivals.iter().zip(answers) {
            match answer {
                Ok(Claim::Claimed) if winner.is_none() => winner = Some(rival),
                Ok(Claim::InProgress { .. }) => {}
                other => {
                    return Err(violation(
                        "of many claims at the same time one is held, the others are told so",
                        &other,
                    ));
                }
            }
        }
        let Some(winner) = winner else {
            let none: Result<(), StoreError> = Ok(());
            return Err(violation(
                "of many claims at the same time one is held",
                &none,
            ));
        };
        self.store.release(winner).await.map_err(failed)
    }

    async fn ends<W>(&self, wait: impl Fn(Duration) -> W) -> Result<(), Violation>
    where
        W: Future<Output = ()>,
    {
        let [left, renewed, late, done, outlived] = [(); 5].map(|()| self.fresh());
        let [repeated, kept] = [(); 2].map(|()| self.fresh());
        let promise = "a new delivery can be claimed";
        for lease in [&left, &renewed, &late, &outlived, &repeated, &kept] {
            self.claimed(promise, lease, SHORT, Claim::Claimed).await?;
        }
        let promise = "a lease is renewed by its owner";
        self.renewed(promise, &renewed, LONG, Renewal::Held).await?;
        let promise = "a delivery can be marked as done";
        self.completed(promise, &done, SHORT, Renewal::Held).await?;

        let promise = "a claim that is repeated by its owner is held";
        self.claimed(promise, &repeated, LONG, Claim::Claimed)
            .await?;
        let promise = "a claim can be completed";
        self.completed(promise, &kept, LONG, Renewal::Held).await?;
        let crowd: Vec<Lease> = (0..CROWD).map(|_| self.fresh()).collect();
        for lease in &crowd {
            let promise = "a new delivery can be claimed";
            self.claimed(promise, lease, LONG, Claim::Claimed).await?;
        }

        wait(PAST_SHORT).await;

        let promise = "nothing live is forgotten to make room";
        for lease in &crowd {
            self.renewed(promise, lease, LONG, Renewal::Held).await?;
            self.store.release(lease).await.map_err(failed)?;
        }
        let promise = "a claim that is repeated by its owner begins its lease anew";
        match self.store.claim(&self.rival(&repeated), LONG).await {
            Ok(Claim::InProgress { .. }) => {}
            other => return Err(violation(promise, &other)),
        }
        let promise = "a mark is not forgotten before its retention";
        self.claimed(promise, &self.rival(&kept), LONG, Claim::Done)
            .await?;

        let promise = "a claim whose lease has ended is free for others";
        let rival = self.rival(&left);
        self.claimed(promise, &rival, LONG, Claim::Claimed).await?;
        let promise = "who lost a lease to another cannot renew it";
        self.renewed(promise, &left, LONG, Renewal::Lost).await?;
        let promise = "who lost a lease to another cannot complete";
        self.completed(promise, &left, LONG, Renewal::Lost).await?;
        let promise = "who lost a lease to another cannot release it";
        self.released(promise, &left).await?;
        self.renewed(promise, &rival, LONG, Renewal::Held).await?;

        let promise = "a lease that has ended is not renewed";
        self.renewed(promise, &late, LONG, Renewal::Lost).await?;

        let promise = "a renewed lease lasts as long as it was renewed for";
        match self.store.claim(&self.rival(&renewed), LONG).await {
            Ok(Claim::InProgress { .. }) => {}
            other => return Err(violation(promise, &other)),
        }

        let promise =
            "what was handled is marked as done though its lease has ended, if nobody claimed it";
        self.completed(promise, &outlived, LONG, Renewal::Held)
            .await?;
        let rival_of_outlived = self.rival(&outlived);
        self.claimed(promise, &rival_of_outlived, LONG, Claim::Done)
            .await?;

        let promise = "a mark is forgotten after its retention";
        let again = self.rival(&done);
        self.claimed(promise, &again, LONG, Claim::Claimed).await?;

        for lease in [&rival, &renewed, &again, &repeated] {
            self.store.release(lease).await.map_err(failed)?;
        }
        Ok(())
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "a plain value, written where it is expected"
)]
fn expect<T: PartialEq + fmt::Debug>(
    promise: &'static str,
    found: Result<T, StoreError>,
    expected: T,
) -> Result<(), Violation> {
    match found {
        Ok(found) if found == expected => Ok(()),
        other => Err(violation(promise, &other)),
    }
}

fn violation<T: fmt::Debug>(promise: &'static str, found: &Result<T, StoreError>) -> Violation {
    let found = match found {
        Ok(found) => format!("{found:?}"),
        Err(error) => format!("an error: {error}"),
    };
    Violation { promise, found }
}

fn failed(error: StoreError) -> Violation {
    violation::<()>("the store answers", &Err(error))
}

/// Polls all of them until all are answered.
async fn all<T>(calls: Vec<impl Future<Output = T>>) -> Vec<T> {
    let mut calls: Vec<_> = calls.into_iter().map(|call| Box::pin(call)).collect();
    let mut answers: Vec<Option<T>> = calls.iter().map(|_| None).collect();
    let finished = poll_fn(|cx| {
        for (call, answer) in calls.iter_mut().zip(&mut answers) {
            if answer.is_none()
                && let Poll::Ready(given) = call.as_mut().poll(cx)
            {
                *answer = Some(given);
            }
        }
        if answers.iter().all(Option::is_some) {
            return Poll::Ready(());
        }
        Poll::Pending
    });
    pin!(finished).await;
    answers.into_iter().flatten().collect()
}
