//! What else verifies webhooks: published crates, each called as its documentation has it, and the
//! MAC alone in other ways than FLOOR and BASE have it.

mod macs;
mod served;
mod standalone;

pub use macs::MACS;
pub use served::{Delivery, SERVED, Served, bare};
pub use standalone::PEERS;
