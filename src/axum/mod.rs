//! axum 0.8: the handler adapter, and extractors that fail closed.
//!
//! The paved road is [`Endpoint::handler`](crate::Endpoint::handler): the endpoint in front of one
//! handler, whose first argument is the proof. It cannot be forgotten, since a handler that takes
//! no proof does not mount:
//!
//! ```
//! # #[cfg(feature = "events")] {
//! use axum::{Router, http::StatusCode, routing::post};
//! use hookproof::{Endpoint, Receipt, Secret, Verifier, providers};
//! use hookproof::{axum::Verified, events::sendmux};
//!
//! async fn on_mail(event: Verified<sendmux::Event>, receipt: Receipt) -> StatusCode {
//!     println!("{:?}, signed with the key {}", event.kind, receipt.key());
//!     StatusCode::NO_CONTENT
//! }
//!
//! # fn router() -> Result<Router, hookproof::ConfigError> {
//! let verifier = Verifier::new(&providers::SENDMUX, Secret::from_env("SENDMUX_WEBHOOK_SECRET")?)?;
//! let sendmux = Endpoint::builder("sendmux", verifier).without_replay_guard().build()?;
//! let app: Router = Router::new().route("/webhooks/sendmux", post(sendmux.handler(on_mail)));
//! # Ok(app)
//! # }
//! # }
//! ```
//!
//! Behind the [layer](crate::VerifyLayer) the same types are extractors. They read the proof and
//! never the request's body, so that nothing between layer and handler can exchange it. Where no
//! endpoint is in front, or another provider's, they answer 500, the handler does not run, and the
//! log says which.
//!
//! | first argument of the handler | what it gets |
//! |---|---|
//! | `Verified<T>` | a typed event of the endpoint's provider |
//! | `VerifiedJson<T>` | the proven body as a type of the user's own |
//! | [`VerifiedBytes`] | the proven body, byte for byte |
//!
//! [`Receipt`](crate::Receipt) and [`Proven`](crate::Proven) are extractors too, for any argument
//! after the first. A body that is proven but does not parse is answered 422, or 503 where a
//! status in the 400s loses the event; the reason goes to
//! `EndpointBuilder::on_unparsable` and the log alone. The first two need the feature `events`.

mod extract;
mod handler;
mod rejection;

pub use extract::{FromProof, VerifiedBytes};
#[cfg(feature = "events")]
pub use extract::{Verified, VerifiedJson};
pub use handler::{Webhook, WebhookHandler};
pub use rejection::VerifiedRejection;
