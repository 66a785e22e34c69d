//! The rows, a group a file.

mod cores;
mod flat;
mod frames;
mod growth;
mod guarded;
mod heap;
mod keys;
mod loopback;
mod memory;
mod peers;
mod redis;
mod refusals;
mod router;
mod sizes;
pub mod store;
pub mod tenants;
mod times;

use crate::row::Row;

/// Rows that are measured together.
pub struct Group {
    pub name: &'static str,
    /// Whether a row of it is a gate.
    pub has_gate: bool,
    pub rows: fn() -> Vec<Row>,
}

impl Group {
    const fn new(name: &'static str, rows: fn() -> Vec<Row>) -> Self {
        Self {
            name,
            has_gate: false,
            rows,
        }
    }

    const fn gate(mut self) -> Self {
        self.has_gate = true;
        self
    }
}

/// All groups, in the order in which they are printed.
pub const GROUPS: [Group; 17] = [
    Group::new("sizes", sizes::rows),
    Group::new("flat", flat::rows),
    Group::new("cores", cores::rows),
    Group::new("keys", keys::rows),
    Group::new("router", router::rows).gate(),
    Group::new("refusals", refusals::rows),
    Group::new("frames", frames::rows),
    Group::new("heap", heap::rows).gate(),
    Group::new("loopback", loopback::rows),
    Group::new("peers", peers::rows),
    Group::new("memory", memory::rows).gate(),
    Group::new("store", store::rows).gate(),
    Group::new("guarded", guarded::rows),
    Group::new("tenants", tenants::rows).gate(),
    Group::new("redis", redis::rows),
    Group::new("growth", growth::rows).gate(),
    Group::new("times", times::rows),
];
