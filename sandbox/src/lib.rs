//! Five webhook providers on one machine, for whoever receives their webhooks.
//!
//! The sandbox answers the create-webhook requests of Sendmux, MailingAPI, SendKit.ai, JetEmail and
//! Sent as they do, and delivers signed events to what was registered as they do: with their headers,
//! their retries and their rules. It delivers to loopback addresses alone. `docs/sandbox.md` in the
//! repository tells what it plays and where it departs from the providers.

mod api;
mod app;
mod body;
mod control;
mod deliver;
mod delivery;
mod events;
mod excerpt;
mod followers;
mod fresh;
mod guard;
mod log;
mod loopback;
mod moment;
mod page;
mod protect;
mod provider;
mod running;
#[cfg(test)]
mod sample;
mod serve;
mod start;
mod store;
mod subscription;

pub use deliver::{Chaos, Emit, EmitError};
pub use delivery::{Expected, Outcome, State, Truth};
pub use log::Line;
pub use provider::{Provider, UnknownProvider};
pub use running::Running;
pub use start::Sandbox;

/// The example of the explanation is compiled.
#[cfg(doctest)]
#[doc = include_str!("../../docs/sandbox.md")]
struct Explanation;
