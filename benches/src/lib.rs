//! What is measured, how, and how it is told: shared by the programs of this package.

pub mod allocations;
pub mod arms;
pub mod measure;
pub mod row;
pub mod rows;
