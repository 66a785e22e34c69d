//! What the guard's types can do anywhere.

use std::error::Error;
use std::fmt::{Debug, Display};
use std::future::Future;
use std::hash::Hash;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use hookproof::replay::{
    Claim, Identity, Lease, Owner, Renewal, ReplayStore, StoreError, StoreFuture,
};

fn cloned<T: Clone + Debug + Send + Sync + Unpin + 'static>() {}

fn failed<T: Error + Send + Sync + Unpin + 'static>() {}

fn sent<T: Debug + Send + Unpin + 'static>() {}

fn valued<T: Copy + Debug + Eq + Send + Sync + Unpin + 'static>() {}

#[test]
fn what_stores_are_given_and_answer_goes_between_threads() {
    cloned::<Lease>();
    failed::<StoreError>();
    sent::<StoreFuture<Claim>>();
    sent::<StoreFuture<()>>();
    valued::<Claim>();
    valued::<Identity>();
    valued::<Owner>();
    valued::<Renewal>();
}

#[test]
fn identities_are_kept_in_maps_and_shown() {
    fn keyed<T: Copy + Debug + Display + Hash + Ord>() {}
    keyed::<Identity>();
}

#[test]
fn a_store_behind_a_shared_pointer_is_a_store() {
    fn store<S: ReplayStore>() {}
    store::<Arc<dyn ReplayStore>>();
}

#[cfg(feature = "memory-store")]
#[test]
fn the_memory_store_is_shared() {
    use hookproof::replay::{MemoryStats, MemoryStore};
    cloned::<MemoryStore>();
    valued::<MemoryStats>();
}

#[cfg(feature = "tower")]
#[test]
fn guards_leases_and_claims_go_between_threads() {
    use hookproof::layer::{Attached, Detached};
    use hookproof::replay::{Claimed, LeaseWatch, ReplayGuard};
    use hookproof::{Unhandled, UnhandledKind, VerifyLayer};

    fn hashed<T: Copy + Debug + Display + Eq + Hash + Send + Sync + 'static>() {}
    fn travels<T: Copy + Debug + Send + Sync>() {}
    cloned::<LeaseWatch>();
    cloned::<ReplayGuard>();
    cloned::<VerifyLayer<Attached>>();
    cloned::<VerifyLayer<Detached>>();
    hashed::<UnhandledKind>();
    sent::<Claimed>();
    travels::<Unhandled<'_>>();
}

#[test]
fn every_attempt_has_an_owner_of_its_own() {
    let endpoint: Arc<str> = Arc::from("hooks");
    let identity = Identity::from_bytes([0; 16]);
    let owner = || {
        Lease::new(identity, Arc::clone(&endpoint))
            .owner()
            .to_bytes()
    };
    let threads: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| (0..250).map(|_| owner()).collect::<Vec<_>>()))
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    });
    let mut owners = threads.concat();
    owners.sort_unstable();
    owners.dedup();
    assert_eq!(owners.len(), 1_000);
}

#[test]
fn a_lease_is_one_attempt_at_one_delivery() {
    let identity = Identity::from_bytes([7; 16]);
    let lease = Lease::new(identity, Arc::from("hooks"));
    let copy = lease.clone();
    assert_eq!(copy.identity(), &identity);
    assert_eq!(copy.owner(), lease.owner());
    assert_eq!(copy.endpoint(), "hooks");
    let shown = format!("{lease:?}");
    assert!(shown.contains("hooks"), "{shown}");
    assert!(!shown.contains("owner"), "{shown}");
}

#[test]
fn a_store_error_says_why() {
    let because = StoreError::new("no route to host");
    assert_eq!(
        because.to_string(),
        "the replay store failed: no route to host"
    );
    assert!(because.source().is_some());
    assert_eq!(
        StoreError::timeout().to_string(),
        "the replay store did not answer within its deadline"
    );
    assert!(StoreError::timeout().source().is_none());
}

#[test]
fn an_answer_that_is_there_is_given_once() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut now = std::pin::pin!(StoreFuture::now(Ok(1)));
    assert!(matches!(now.as_mut().poll(&mut cx), Poll::Ready(Ok(1))));
    assert!(now.as_mut().poll(&mut cx).is_pending());
    let later = std::pin::pin!(StoreFuture::later(async { Ok(2) }));
    assert!(matches!(later.poll(&mut cx), Poll::Ready(Ok(2))));
}
