//! SendKit.ai's webhooks: creating, reading, changing and testing them.
//!
//! Read from the provider's [API reference]. The requests, and the answers to a creation and a test,
//! are documented there. Assumed are the form of errors (`{"success":false,"error":"…"}`), that a
//! change is answered with the webhook, and that a new `secret` in it is the way to rotate. This is
//! SendKit.ai, not sendkit.dev.
//!
//! | method | request | answer |
//! |---|---|---|
//! | [`Api::create`] | `POST /v1/webhooks` | [`Created`] |
//! | [`Api::get`] | `GET /v1/webhooks/{id}` | [`Webhook`] |
//! | [`Api::update`] | `PATCH /v1/webhooks/{id}` | [`Webhook`] |
//! | [`Api::send_test`] | `POST /v1/webhooks/{id}/test` | [`TestDelivery`] |
//!
//! # Example
//!
//! ```
//! use hookproof::subscribe::ApiKey;
//! use hookproof::subscribe::sendkit::{Api, CreateWebhook, EventType};
//! use hookproof::{Verifier, providers};
//!
//! let api = Api::new(ApiKey::new("sk_0123456789abcdef")?);
//! let webhook = CreateWebhook::new(
//!     "CRM Sync",
//!     "https://crm.example.com/webhooks/sendkit",
//!     [EventType::EmailReplied, EventType::EmailPositiveReply],
//! );
//! let (request, reply) = api.create(&webhook)?.into_parts();
//! assert_eq!(request.uri(), "https://api.sendkit.ai/v1/webhooks");
//!
//! // Your HTTP client sends the request. This is what comes back:
//! let response = http::Response::builder().status(201).body(
//!     r#"{"success":true,"data":{"_id":"664a1b2c3d4e5f6a7b8c9d0e","status":"active",
//!         "secret":"a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4a5b6c7d8e9f0a1b2"}}"#,
//! )?;
//! let created = reply.read(&response)?;
//! assert_eq!(created.webhook.id, "664a1b2c3d4e5f6a7b8c9d0e");
//! let verifier = Verifier::new(&providers::SENDKIT, created.secret)?;
//! # let _ = verifier;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [API reference]: https://docs.sendkit.ai/api-reference/post-v1-webhooks

mod create;
mod reply;
mod settings;
mod update;
mod webhook;

pub use create::{CreateWebhook, Created};
pub use update::UpdateWebhook;
pub use webhook::{EventType, TestDelivery, Webhook};

use http::{HeaderName, Method};

use super::base::{Base, one};
use super::{ApiKey, Call, RequestError};

/// SendKit.ai's API, with a key of a workspace (`sk_…`) or a platform (`sk_user_…`).
#[derive(Debug)]
pub struct Api(Base);

impl Api {
    /// The API at `https://api.sendkit.ai`. The key goes into the header `X-Api-Key`.
    #[must_use]
    pub fn new(key: ApiKey) -> Self {
        let url = "https://api.sendkit.ai";
        let header = HeaderName::from_static("x-api-key");
        Self(Base::new(url, "/v1/webhooks", key, header, ""))
    }

    /// The API elsewhere: what stands before `/v1/webhooks`.
    ///
    /// # Errors
    ///
    /// `base url`, where it is not a URL of a scheme, a host, a port and a path, or neither `https` nor
    /// `http` on this machine.
    pub fn at(mut self, base_url: &str) -> Result<Self, RequestError> {
        self.0.at(base_url)?;
        Ok(self)
    }

    /// Creates a webhook. The provider takes no idempotency key: asked again where no answer came, it
    /// may create a second one.
    ///
    /// # Errors
    ///
    /// The first field that breaks a constraint; [`CreateWebhook`] has them.
    pub fn create(&self, webhook: &CreateWebhook) -> Result<Call<Created>, RequestError> {
        self.0
            .call(Method::POST, "", &webhook.body()?, Created::read)
    }

    /// Tells of one webhook. The answer has the secret too, shortened in the documented example; it is
    /// not read.
    ///
    /// # Errors
    ///
    /// `webhook id`, where a path cannot hold it.
    pub fn get(&self, id: &str) -> Result<Call<Webhook>, RequestError> {
        self.0.plain(Method::GET, &one(id, "")?, Webhook::read)
    }

    /// Changes a webhook.
    ///
    /// # Errors
    ///
    /// `webhook id`, where a path cannot hold it, `body`, where nothing is to be changed, and the
    /// first field that breaks a constraint; [`UpdateWebhook`] has them.
    pub fn update(&self, id: &str, change: &UpdateWebhook) -> Result<Call<Webhook>, RequestError> {
        let (path, body) = (one(id, "")?, change.body()?);
        self.0.call(Method::PATCH, &path, &body, Webhook::read)
    }

    /// Has a signed event `test` delivered, now. The answer comes after the delivery, so wait for it
    /// longer than the webhook's timeout.
    ///
    /// # Errors
    ///
    /// `webhook id`, where a path cannot hold it.
    pub fn send_test(&self, id: &str) -> Result<Call<TestDelivery>, RequestError> {
        self.0
            .plain(Method::POST, &one(id, "/test")?, TestDelivery::read)
    }
}
