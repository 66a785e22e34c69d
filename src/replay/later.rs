//! What the store is told after the fact: claims that are given up, deliveries that were handled
//! while it was down. Nobody waits for it.

use core::future::Future;
use core::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::guard::Guard;
use super::{Lease, Renewal, StoreFuture};

/// The pauses between attempts grow between these.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A timer, where there is a runtime to drive one.
pub(super) fn timer(after: Duration) -> Option<Pin<Box<Sleep>>> {
    Handle::try_current().ok().map(|_| Box::pin(sleep(after)))
}

/// Gives a claim up without waiting. If it cannot be told, the end of the lease frees it.
pub(super) fn release(guard: &Guard, lease: &Lease) {
    let told = match guard.store.release(lease).into_now() {
        Ok(answer) => return log_failure(answer, guard),
        Err(told) => told,
    };
    let Ok(room) = Arc::clone(&guard.releases).try_acquire_owned() else {
        return;
    };
    let (guard, lease) = (guard.clone(), lease.clone());
    in_background(async move {
        let again = || guard.store.release(&lease);
        repeat(told, again, guard.deadline, guard.lease).await;
        drop(room);
    });
}

/// Marks a delivery as done without waiting, however long the store is down. Until it is told,
/// this process remembers by itself that the delivery was handled.
pub(super) fn complete(guard: &Guard, lease: &Lease) {
    let told = match guard.store.complete(lease, guard.retention).into_now() {
        Ok(Ok(_)) => return guard.handled.remove(lease.identity()),
        Ok(answer) => StoreFuture::now(answer),
        Err(told) => told,
    };
    let (guard, lease) = (guard.clone(), lease.clone());
    guard.handled.insert(*lease.identity());
    in_background(async move {
        let again = || guard.store.complete(&lease, guard.retention);
        match repeat(told, again, guard.deadline, guard.retention).await {
            Some(Renewal::Held) => {}
            Some(Renewal::Lost) => guard.observer.lease_lost(),
            None => guard.observer.not_completed(),
        }
        guard.handled.remove(lease.identity());
    });
}

fn in_background(work: impl Future<Output = ()> + Send + 'static) {
    if let Ok(runtime) = Handle::try_current() {
        runtime.spawn(work);
    }
}

fn log_failure(answer: Result<(), super::StoreError>, guard: &Guard) {
    if let Err(error) = answer {
        guard.observer.store_failed(&error);
    }
}

/// Asks until there is an answer, for so long in all.
async fn repeat<T>(
    first: StoreFuture<T>,
    again: impl Fn() -> StoreFuture<T>,
    deadline: Duration,
    within: Duration,
) -> Option<T> {
    let started = Instant::now();
    let mut pause = FIRST_PAUSE;
    let mut call = first;
    loop {
        if let Ok(Ok(answer)) = timeout(deadline, call).await {
            return Some(answer);
        }
        if started.elapsed() >= within {
            return None;
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
        call = again();
    }
}
