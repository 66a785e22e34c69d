//! The store in memory.

use std::sync::Arc;

use hookproof::replay::{MemoryStore, ReplayStore, conformance};

use crate::Moved;

#[tokio::test]
async fn the_memory_store_conforms() {
    conformance::check(&MemoryStore::default(), tokio::time::sleep)
        .await
        .expect("it conforms");
}

#[tokio::test]
async fn the_memory_store_conforms_on_a_clock_that_is_moved() {
    let clock = Moved::default();
    let store = MemoryStore::default().with_clock(clock.clone());
    conformance::check(&store, |time| clock.pass(time))
        .await
        .expect("it conforms");
}

#[tokio::test]
async fn a_store_behind_a_pointer_conforms() {
    let clock = Moved::default();
    let store = MemoryStore::default().with_clock(clock.clone());
    let store: Arc<dyn ReplayStore> = Arc::new(Arc::new(store));
    conformance::check(&store, |time| clock.pass(time))
        .await
        .expect("it conforms");
}
