//! The catalogue's rows of raw HTTP, through the layer and through the axum adapter.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::server::{Calls, Front, Receivers};
use crate::wire::expect::{Target, run};
use crate::wire::row::{Row, catalogue, more};

/// So many rows at a time, so that none is kept waiting by all others.
const AT_ONCE: usize = 8;

/// The deadline of bodies that nothing good can come of.
const HASTE: Duration = Duration::from_secs(3);

/// Runs a row, and compares the calls of the handler.
async fn judge(row: &Row, target: &Target, calls: &Calls) -> Result<(), String> {
    let wanted = run(row, target).await?;
    match calls.of(&target.path) {
        called if called == wanted => Ok(()),
        called => Err(format!("{called} calls of the handler, not {wanted}")),
    }
}

async fn every_row_through(front: Front) {
    let calls = Calls::default();
    let receivers = Receivers::serve(front, &calls, HASTE).await;
    let slots = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for row in catalogue().into_iter().chain(more()) {
        let (slots, calls, target) = (Arc::clone(&slots), calls.clone(), receivers.target(&row));
        running.spawn(async move {
            let _slot = slots.acquire_owned().await;
            let verdict = judge(&row, &target, &calls).await;
            verdict.map_err(|why| format!("{} ({}): {why}", row.id, row.what))
        });
    }
    let verdicts = running.join_all().await;
    let count = verdicts.len();
    let wrong: Vec<_> = verdicts.into_iter().filter_map(Result::err).collect();
    assert!(wrong.is_empty(), "{front:?}: {wrong:#?}");
    assert_eq!(count, 50 + 115);
}

/// One after the other: the row of 100 000 chunks is work for a whole core.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_row_is_answered_as_it_should_be_through_the_layer_and_the_adapter() {
    for front in Front::ALL {
        every_row_through(front).await;
    }
}
