//! Create-webhook requests: where a signing secret is born.
//!
//! A provider shows the secret of a new webhook once, in the answer to the request that created it.
//! Here that request is typed, checked before it is sent, and its answer is read so that the secret
//! goes into a [`Secret`](crate::Secret) without passing through a person. The HTTP client is yours:
//! a [`Call`] is a request to be sent and what reads the answer to it.
//!
//! | provider | module | beside creating |
//! |---|---|---|
//! | Sendmux | [`sendmux`] | list, get, update, delete; rotating the secret, test deliveries, what was delivered |
//! | MailingAPI | [`mailingapi`] | list, get, update, delete |
//! | SendKit.ai | [`sendkit`] | get, update (with a secret of your own, too), test deliveries |
//! | JetEmail | [`jetemail`] | nothing |
//! | Sent | [`sent`] | dry runs, list, get, delete, switching on and off, rotating the secret, test deliveries |
//!
//! A request is checked when it is made, against what the provider documents: a [`RequestError`] names
//! the field. An event that the provider does not list is sent as `EventType::Unlisted`. Of a success
//! only the webhook's id and its secret are asked for, so that no other field can lose the secret;
//! everything else of it is optional. A list is whole or unreadable: a webhook that was passed over
//! would seem not to be there. An error is an [`ApiError`], whose kind means the same with every
//! provider.
//!
//! `hookproof subscribe` does the same from the command line, and `examples/register.rs` with a
//! client.

mod answer;
mod api_key;
mod base;
mod call;
mod error;
mod fields;
mod kind;
mod names;
mod refused;
mod rules;

pub mod jetemail;
pub mod mailingapi;
pub mod sendkit;
pub mod sendmux;
pub mod sent;

pub use api_key::ApiKey;
pub use call::{Call, Reply};
pub use error::RequestError;
pub use kind::ApiErrorKind;
pub use names::UnknownName;
pub use refused::{ApiError, ReplyError};
