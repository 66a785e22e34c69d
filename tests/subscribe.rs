//! Create-webhook requests: what is sent, what is refused before it is sent, and what is read of the
//! answers, without a network.
#![cfg(feature = "subscribe")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

#[path = "subscribe/base.rs"]
mod base;
#[path = "subscribe/jetemail/mod.rs"]
mod jetemail;
#[path = "subscribe/mailingapi/mod.rs"]
mod mailingapi;
#[path = "subscribe/pretend.rs"]
mod pretend;
#[path = "subscribe/sendkit/mod.rs"]
mod sendkit;
#[path = "subscribe/sendmux/mod.rs"]
mod sendmux;
#[path = "subscribe/sent/mod.rs"]
mod sent;
