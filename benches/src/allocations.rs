//! Memory: how often it is asked for, and how much is held.

use std::alloc::System;
use std::hint::black_box;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static MEMORY: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How often a call allocates or grows an allocation.
pub fn count<R>(mut call: impl FnMut() -> R) -> usize {
    // What is made once in a process, at the first call, is not a delivery's.
    black_box(call());
    let region = Region::new(MEMORY);
    black_box(call());
    let change = region.change();
    change.allocations + change.reallocations
}

/// Bytes held beyond those of a moment before.
pub struct Held(Region<'static, System>);

impl Held {
    pub fn since_now() -> Self {
        Self(Region::new(MEMORY))
    }

    pub fn bytes(&self) -> usize {
        let change = self.0.change();
        change
            .bytes_allocated
            .saturating_sub(change.bytes_deallocated)
    }
}
