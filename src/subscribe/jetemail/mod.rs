//! JetEmail's webhooks for the events of e-mail: creating them.
//!
//! Read from the provider's [API reference]. The request, its answer and its errors are documented
//! there. List, get, update and delete exist, and are not here: nothing that could be relied on says
//! their forms. No request is known that rotates a secret or sends a test.
//!
//! Give the secret to [`JETEMAIL`](crate::providers::JETEMAIL). The other scheme,
//! `jetemail-inbound`, has a secret for each domain, from the dashboard.
//!
//! | method | request | answer |
//! |---|---|---|
//! | [`Api::create`] | `POST /webhooks` | [`Created`] |
//!
//! # Example
//!
//! ```
//! use hookproof::subscribe::ApiKey;
//! use hookproof::subscribe::jetemail::{Api, CreateWebhook, EventType, Status};
//! use hookproof::{Verifier, providers};
//!
//! let api = Api::new(ApiKey::new("api_0123456789abcdef")?);
//! let webhook = CreateWebhook::new(
//!     "Production Webhook",
//!     "https://example.com/webhook",
//!     [EventType::OutboundDelivered, EventType::OutboundBounced],
//! );
//! let (request, reply) = api.create(&webhook)?.into_parts();
//! assert_eq!(request.uri(), "https://api.jetemail.com/webhooks");
//!
//! // Your HTTP client sends the request. This is what comes back:
//! let response = http::Response::new(
//!     r#"{"success":true,"message":"Webhook created successfully","webhook":{
//!         "uuid":"a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d","status":"enabled",
//!         "secret":"whsec_XvHTwHkTdGTxIzwLnLe1YI8UdUtCFbnT"}}"#,
//! );
//! let created = reply.read(&response)?;
//! assert_eq!(created.webhook.status, Some(Status::Enabled));
//! let verifier = Verifier::new(&providers::JETEMAIL, created.secret)?;
//! # let _ = verifier;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [API reference]: https://jetemail.com/docs/api-reference/webhooks/create-a-webhook

mod create;
mod webhook;

pub use create::{CreateWebhook, Created};
pub use webhook::{EventType, Status, Webhook};

use http::Method;
use http::header::AUTHORIZATION;

use super::base::Base;
use super::{ApiKey, Call, RequestError};

/// JetEmail's API, with a key of an account (`api_…`).
#[derive(Debug)]
pub struct Api(Base);

impl Api {
    /// The API at `https://api.jetemail.com`. The key goes into the header `Authorization`.
    #[must_use]
    pub fn new(key: ApiKey) -> Self {
        let url = "https://api.jetemail.com";
        Self(Base::new(url, "/webhooks", key, AUTHORIZATION, "Bearer "))
    }

    /// The API elsewhere: what stands before `/webhooks`.
    ///
    /// # Errors
    ///
    /// `base url`, where it is not a URL of a scheme, a host, a port and a path, or neither `https` nor
    /// `http` on this machine.
    pub fn at(mut self, base_url: &str) -> Result<Self, RequestError> {
        self.0.at(base_url)?;
        Ok(self)
    }

    /// Creates a webhook. Its secret is shown in the answer and never again. The provider takes no
    /// idempotency key: asked again where no answer came, it may create a second one.
    ///
    /// # Errors
    ///
    /// The first field that breaks a constraint; [`CreateWebhook`] has them.
    pub fn create(&self, webhook: &CreateWebhook) -> Result<Call<Created>, RequestError> {
        self.0
            .call(Method::POST, "", &webhook.body()?, Created::read)
    }
}
