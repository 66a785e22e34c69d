//! The five create-webhook APIs, over the wire: the documented shapes field by field, the documented
//! errors, and what nobody should send.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "support/answering.rs"]
mod answering;
#[path = "support/client.rs"]
mod client;
#[path = "api/deliveries.rs"]
mod deliveries;
#[path = "api/errors.rs"]
mod errors;
#[path = "api/hostile.rs"]
mod hostile;
#[path = "api/jetemail.rs"]
mod jetemail;
#[path = "api/keys.rs"]
mod keys;
#[path = "api/mailingapi.rs"]
mod mailingapi;
#[path = "api/sendkit.rs"]
mod sendkit;
#[path = "api/sendmux.rs"]
mod sendmux;
#[path = "api/sendmux_once.rs"]
mod sendmux_once;
#[path = "api/sent.rs"]
mod sent;
#[path = "api/sent_calls.rs"]
mod sent_calls;
#[path = "api/states.rs"]
mod states;
