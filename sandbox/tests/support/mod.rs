//! What the tests of the whole have in common.

pub(crate) mod ask;
pub(crate) mod browser;
pub(crate) mod receiver;
