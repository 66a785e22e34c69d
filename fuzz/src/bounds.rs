//! Memory: no input makes the library ask for more than a small multiple of it.
//!
//! All bytes that are asked for count, also those that are given back at once. So the bound holds
//! for the memory that is held, and for work that allocates; and it is the same in each run, which a
//! bound on time would not be.

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static MEMORY: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// So many bytes whatever the input is, and so many for each byte of it.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    pub fixed: usize,
    pub each: usize,
}

impl Bound {
    /// What reading one delivery may take. A body that repeats short keys has the most: each is held
    /// in a table that doubles, and what is signed is put together for each form of the URL.
    pub const DELIVERY: Self = Self {
        fixed: 64 * 1024,
        each: 64,
    };

    /// Runs, and looks at what was asked for.
    ///
    /// # Panics
    ///
    /// Where it was more than the bound.
    pub fn check<R>(self, length: usize, run: impl FnOnce() -> R) -> R {
        let region = Region::new(MEMORY);
        let result = run();
        let bytes = region.change().bytes_allocated;
        let most = self.fixed + self.each * length;
        assert!(bytes <= most, "{bytes} bytes for an input of {length}");
        result
    }
}
