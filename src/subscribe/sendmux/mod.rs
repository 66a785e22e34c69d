//! Sendmux's webhooks: creating them, and all else that their API does.
//!
//! Read from the provider's [API reference] and the `openapi-app.json` of its documentation
//! repository. Everything here is documented there. One rule is this crate's: `http://` is refused for
//! a receiver, as documented, unless it is this machine (`localhost` or a loopback address), which
//! only a sandbox can reach.
//!
//! Deliveries come with two signatures. Give the secret to
//! [`SENDMUX_V2`](crate::providers::SENDMUX_V2), whose signature covers a timestamp.
//!
//! | method | request | answer |
//! |---|---|---|
//! | [`Api::create`] | `POST /api/v1/webhooks` | [`Created`] |
//! | [`Api::list`] | `GET /api/v1/webhooks` | [`WebhookList`] |
//! | [`Api::get`] | `GET /api/v1/webhooks/{id}` | [`Webhook`] |
//! | [`Api::update`] | `PATCH /api/v1/webhooks/{id}` | [`Webhook`] |
//! | [`Api::delete`] | `DELETE /api/v1/webhooks/{id}` | nothing |
//! | [`Api::rotate_secret`] | `POST /api/v1/webhooks/{id}/rotate-secret` | [`Created`] |
//! | [`Api::send_test`] | `POST /api/v1/webhooks/{id}/test` | [`TestSent`] |
//! | [`Api::deliveries`] | `GET /api/v1/webhooks/{id}/deliveries` | [`DeliveryList`] |
//! | [`Api::payload`] | `GET /api/v1/webhooks/{id}/deliveries/{id}/payload` | [`Payload`] |
//!
//! # Example
//!
//! ```
//! use hookproof::subscribe::ApiKey;
//! use hookproof::subscribe::sendmux::{Api, CreateWebhook, EventType};
//! use hookproof::{Verifier, providers};
//!
//! let api = Api::new(ApiKey::new("smx_root_example")?);
//! let webhook = CreateWebhook::new(
//!     "https://hooks.example.com/sendmux",
//!     [EventType::MessageBounced, EventType::MessageReceived],
//! );
//! let (request, reply) = api.create(&webhook.idempotency_key("deploy-42"))?.into_parts();
//! assert_eq!(request.uri(), "https://app.sendmux.ai/api/v1/webhooks");
//!
//! // Your HTTP client sends the request. This is what comes back:
//! let response = http::Response::builder().status(201).body(
//!     r#"{"ok":true,"data":{"id":"whk_cl00000000000000000000012",
//!         "url":"https://hooks.example.com/sendmux",
//!         "event_types":["message.bounced","message.received"],"enabled":true,"failing":false,
//!         "secret":"whsec_Q5VvFg7vvDnxI1xq9NwKUlqq4Ar-lmAgJ5QzFWSkEGc"},
//!         "meta":{"request_id":"req_cl00000000000000000000034"}}"#,
//! )?;
//! let created = reply.read(&response)?;
//! assert_eq!(created.webhook.id, "whk_cl00000000000000000000012");
//! let verifier = Verifier::new(&providers::SENDMUX_V2, created.secret)?;
//! # let _ = verifier;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [API reference]: https://sendmux.ai/docs/api/webhooks/create-a-webhook-subscription

mod create;
mod deliveries;
mod envelope;
mod page;
mod settings;
mod update;
mod webhook;

pub use create::{CreateWebhook, Created};
pub use deliveries::{Delivery, DeliveryList, DeliveryResult, Payload};
pub use page::Page;
pub use update::UpdateWebhook;
pub use webhook::{EventType, TestSent, Webhook, WebhookList};

use http::Method;
use http::header::AUTHORIZATION;

use super::base::{Base, one};
use super::rules::id;
use super::{ApiKey, Call, RequestError};

/// Sendmux's API, with a root key of an account (`smx_root_…`).
#[derive(Debug)]
pub struct Api(Base);

impl Api {
    /// The API at `https://app.sendmux.ai`. The key goes into the header `Authorization`.
    #[must_use]
    pub fn new(key: ApiKey) -> Self {
        let url = "https://app.sendmux.ai";
        let path = "/api/v1/webhooks";
        Self(Base::new(url, path, key, AUTHORIZATION, "Bearer "))
    }

    /// The API elsewhere: what stands before `/api/v1/webhooks`.
    ///
    /// # Errors
    ///
    /// `base url`, where it is not a URL of a scheme, a host, a port and a path, or neither `https` nor
    /// `http` on this machine.
    pub fn at(mut self, base_url: &str) -> Result<Self, RequestError> {
        self.0.at(base_url)?;
        Ok(self)
    }

    /// Creates a webhook. Its secret is shown in the answer and never again.
    ///
    /// # Errors
    ///
    /// The first field that breaks a constraint; [`CreateWebhook`] has them.
    pub fn create(&self, webhook: &CreateWebhook) -> Result<Call<Created>, RequestError> {
        let (headers, body) = (webhook.headers()?, webhook.body()?);
        self.0
            .call_with(Method::POST, "", headers, &body, Created::read)
    }

    /// Lists the webhooks of the team.
    ///
    /// # Errors
    ///
    /// `limit`, where the page's is not 1 to 100.
    pub fn list(&self, page: &Page) -> Result<Call<WebhookList>, RequestError> {
        self.0.plain(Method::GET, &page.query()?, WebhookList::read)
    }

    /// Tells of one webhook, without its secret.
    ///
    /// # Errors
    ///
    /// `webhook id`, where a path cannot hold it.
    pub fn get(&self, id: &str) -> Result<Call<Webhook>, RequestError> {
        self.0.plain(Method::GET, &one(id, "")?, Webhook::read)
    }

    /// Changes a webhook. Its secret stays.
    ///
    /// # Errors
    ///
    /// `webhook id`, where a path cannot hold it, `body`, where nothing is to be changed, and the
    /// first field that breaks a constraint; [`UpdateWebhook`] has them.
    pub fn update(&self, id: &str, change: &UpdateWebhook) -> Result<Call<Webhook>, RequestError> {
        let (path, body) = (one(id, "")?, change.body()?);
        self.0.call(Method::PATCH, &path, &body, Webhook::read)
    }

    /// Deletes a webhook.
    ///
    /// # Errors
    ///
    /// `webhook id`, where a path cannot hold it.
    pub fn delete(&self, id: &str) -> Result<Call<()>, RequestError> {
        self.0
            .plain(Method::DELETE, &one(id, "")?, envelope::deleted)
    }

    /// Gives the webhook another secret. The old one is invalid at once, so have the receiver take
    /// both for a while; the answer has the shape of a creation.
    ///
    /// # Errors
    ///
    /// `webhook id`, where a path cannot hold it.
    pub fn rotate_secret(&self, id: &str) -> Result<Call<Created>, RequestError> {
        let path = one(id, "/rotate-secret")?;
        self.0.plain(Method::POST, &path, Created::read)
    }

    /// Has a `sendmux.test` event delivered. The webhook must be subscribed to it, or the answer is an
    /// error of kind [`Conflict`](super::ApiErrorKind::Conflict).
    ///
    /// # Errors
    ///
    /// `webhook id`, where a path cannot hold it.
    pub fn send_test(&self, id: &str) -> Result<Call<TestSent>, RequestError> {
        self.0
            .plain(Method::POST, &one(id, "/test")?, TestSent::read)
    }

    /// Lists the attempts to deliver of the last 7 days, the latest first.
    ///
    /// # Errors
    ///
    /// `webhook id`, where a path cannot hold it, and `limit`, where the page's is not 1 to 100.
    pub fn deliveries(&self, id: &str, page: &Page) -> Result<Call<DeliveryList>, RequestError> {
        let path = one(id, "/deliveries")? + &page.query()?;
        self.0.plain(Method::GET, &path, DeliveryList::read)
    }

    /// Tells what one attempt delivered, for 7 days.
    ///
    /// # Errors
    ///
    /// `webhook id` or `delivery id`, where a path cannot hold it.
    pub fn payload(&self, webhook: &str, delivery: &str) -> Result<Call<Payload>, RequestError> {
        let delivery = id("delivery id", delivery)?;
        let path = one(webhook, &format!("/deliveries/{delivery}/payload"))?;
        self.0.plain(Method::GET, &path, Payload::read)
    }
}
