//! The rows, a group a file.

mod guarded;
mod keys;
mod memory;
mod redis;
mod sizes;
mod store;
mod tenants;

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
pub const GROUPS: [Group; 7] = [
    Group::new("sizes", sizes::rows),
    Group::new("keys", keys::rows),
    Group::new("memory", memory::rows).gate(),
    Group::new("store", store::rows).gate(),
    Group::new("guarded", guarded::rows),
    Group::new("tenants", tenants::rows).gate(),
    Group::new("redis", redis::rows),
];
