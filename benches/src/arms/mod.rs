//! What is timed: deliveries, the crate's own verification of them, and what it is held against.

pub mod base;
pub mod floor;
pub mod frames;
pub mod peers;
pub mod router;
pub mod signed;
