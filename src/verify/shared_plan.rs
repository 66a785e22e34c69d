//! A plan that receipts refer to.
//!
//! Each receipt counts a reference, and cores that count in one place wait for each other. So each
//! thread counts in a place of its own, as far as they go; what they lead to is one plan.

use core::ops::Deref;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use super::plan::Plan;

/// In how many places references are counted. Threads share them where they are more.
const PLACES: usize = 32;

/// The plan of a verifier. Clones are the same one.
#[derive(Clone)]
pub(crate) struct SharedPlan {
    plan: Arc<Plan>,
    places: Arc<[OnceLock<PlanRef>; PLACES]>,
}

/// A counted reference to it.
#[derive(Clone)]
pub(super) struct PlanRef(Arc<Place>);

/// Aligned, so that no two counts stand in one line of the cache.
#[repr(align(64))]
struct Place(Arc<Plan>);

impl SharedPlan {
    pub(crate) fn new(plan: Plan) -> Self {
        Self {
            plan: Arc::new(plan),
            places: Arc::default(),
        }
    }

    /// The plan, to be changed. What has been counted refers to the one before.
    pub(crate) fn change(&mut self) -> &mut Plan {
        self.places = Arc::default();
        Arc::make_mut(&mut self.plan)
    }

    #[inline]
    pub(super) fn counted(&self) -> PlanRef {
        let place = PLACE.with(|place| self.places.get(*place));
        match place.and_then(OnceLock::get) {
            Some(counted) => counted.clone(),
            None => self.first_counted(),
        }
    }

    #[cold]
    fn first_counted(&self) -> PlanRef {
        let new = PlanRef(Arc::new(Place(Arc::clone(&self.plan))));
        let place = PLACE.with(|place| self.places.get(*place));
        place
            .map_or(&new, |place| place.get_or_init(|| new.clone()))
            .clone()
    }
}

impl Deref for SharedPlan {
    type Target = Plan;

    fn deref(&self) -> &Plan {
        &self.plan
    }
}

impl Deref for PlanRef {
    type Target = Plan;

    fn deref(&self) -> &Plan {
        &self.0.0
    }
}

static THREADS: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// In which of them this thread counts.
    static PLACE: usize = THREADS.fetch_add(1, Ordering::Relaxed) % PLACES;
}
