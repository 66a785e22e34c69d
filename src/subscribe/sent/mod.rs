//! Sent's webhooks: creating them, and all else but changing them.
//!
//! Read from the provider's [API reference]. Everything here is documented there, but that pages count
//! from 1, which is assumed. The names of events are those of the current documentation: `message`,
//! where the older form of the create request has `messages`. That is read, and as `Unlisted` it is
//! sent. Changing a webhook (`PUT`) and the log of its deliveries are not here.
//!
//! | method | request | answer |
//! |---|---|---|
//! | [`Api::create`] | `POST /v3/webhooks` | [`Created`] |
//! | [`Api::dry_run`] | the same with `sandbox: true` | [`DryRun`] |
//! | [`Api::list`] | `GET /v3/webhooks` | [`WebhookList`] |
//! | [`Api::get`] | `GET /v3/webhooks/{id}` | [`Webhook`] |
//! | [`Api::set_active`] | `PATCH /v3/webhooks/{id}/toggle-status` | [`Webhook`] |
//! | [`Api::delete`] | `DELETE /v3/webhooks/{id}` | nothing |
//! | [`Api::rotate_secret`] | `POST /v3/webhooks/{id}/rotate-secret` | [`Rotated`] |
//! | [`Api::send_test`] | `POST /v3/webhooks/{id}/test` | [`TestDelivery`] |
//!
//! # Example
//!
//! ```
//! use hookproof::subscribe::ApiKey;
//! use hookproof::subscribe::sent::{Api, CreateWebhook, EventType};
//! use hookproof::{Verifier, providers};
//!
//! let api = Api::new(ApiKey::new("sk_test_0123456789abcdef")?);
//! let webhook = CreateWebhook::new(
//!     "Order Notifications",
//!     "https://example.com/webhooks/orders",
//!     [EventType::Message, EventType::Templates],
//! );
//! let webhook = webhook.idempotency_key("req_abc123_retry1");
//! let (request, reply) = api.create(&webhook)?.into_parts();
//! assert_eq!(request.uri(), "https://api.sent.dm/v3/webhooks");
//!
//! // Your HTTP client sends the request. This is what comes back:
//! let response = http::Response::builder().status(201).body(
//!     r#"{"success":true,"error":null,"data":{"id":"d4f5a6b7-c8d9-4e0f-a1b2-c3d4e5f6a7b8",
//!         "signing_secret":"whsec_aG9va3Byb29mIGV4YW1wbGUga2V5LCAzMiBieXRlcyE="},
//!         "meta":{"request_id":"req_7X9zKp2jDw","version":"v3"}}"#,
//! )?;
//! let created = reply.read(&response)?;
//! assert_eq!(created.request_id.as_deref(), Some("req_7X9zKp2jDw"));
//! let verifier = Verifier::new(&providers::SENT, created.secret)?;
//! # let _ = verifier;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [API reference]: https://docs.sent.dm/docs/reference/api/webhooks/SentDmServicesEndpointsCustomerAPIv3WebhooksCreateWebhookEndpoint

mod create;
mod envelope;
mod reply;
mod webhook;

pub use create::CreateWebhook;
pub use reply::{Created, DryRun, Rotated, TestDelivery};
pub use webhook::{EventType, Webhook, WebhookList};

use http::{HeaderName, Method};
use serde_json::json;

use super::base::{Base, one};
use super::rules::{not_blank, within};
use super::{ApiKey, Call, RequestError};

/// Sent's API, with a key of an account or an organisation (`sk_live_…`, `sk_test_…`).
#[derive(Debug)]
pub struct Api(Base);

impl Api {
    /// The API at `https://api.sent.dm`. The key goes into the header `x-api-key`.
    #[must_use]
    pub fn new(key: ApiKey) -> Self {
        let url = "https://api.sent.dm";
        let header = HeaderName::from_static("x-api-key");
        Self(Base::new(url, "/v3/webhooks", key, header, ""))
    }

    /// The API elsewhere: what stands before `/v3/webhooks`.
    ///
    /// # Errors
    ///
    /// `base url`, where it is not a URL of a scheme, a host, a port and a path, or neither `https` nor
    /// `http` on this machine.
    pub fn at(mut self, base_url: &str) -> Result<Self, RequestError> {
        self.0.at(base_url)?;
        Ok(self)
    }

    /// The same API for a child profile (`x-profile-id`), which only an organisation's key may name.
    /// Every request has it; a [`CreateWebhook`] may name another.
    ///
    /// # Errors
    ///
    /// `x-profile-id`, where it is not a UUID.
    pub fn for_profile(mut self, profile_id: &str) -> Result<Self, RequestError> {
        self.0
            .always(create::PROFILE_ID, create::profile(profile_id)?);
        Ok(self)
    }

    /// Creates a webhook. Its secret is shown in the answer, and again only by a rotation.
    ///
    /// An answer that says it is a dry run's is not taken for a webhook: an idempotency key that was
    /// used for a [dry run](Self::dry_run) gets that one's answer.
    ///
    /// # Errors
    ///
    /// The first field that breaks a constraint; [`CreateWebhook`] has them.
    pub fn create(&self, webhook: &CreateWebhook) -> Result<Call<Created>, RequestError> {
        let (headers, body) = (webhook.headers()?, webhook.body(None)?);
        self.0
            .call_with(Method::POST, "", headers, &body, Created::read)
    }

    /// Has the request to create a webhook checked by the provider, without effect. What comes back
    /// has no secret, whatever the provider puts there.
    ///
    /// An idempotency key is not sent along, or the request to create would be answered with this
    /// one's answer.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create).
    pub fn dry_run(&self, webhook: &CreateWebhook) -> Result<Call<DryRun>, RequestError> {
        let (mut headers, body) = (webhook.headers()?, webhook.body(Some(true))?);
        headers.remove(create::IDEMPOTENCY_KEY);
        self.0
            .call_with(Method::POST, "", headers, &body, DryRun::read)
    }

    /// Lists a page of the webhooks. Pages count from 1 and have up to 100 webhooks.
    ///
    /// # Errors
    ///
    /// `page`, where it is 0, and `page_size`, where it is not 1 to 100.
    pub fn list(&self, page: u32, page_size: u32) -> Result<Call<WebhookList>, RequestError> {
        if page == 0 {
            return Err(RequestError::new("page", "is 0: pages count from 1"));
        }
        within("page_size", page_size, &(1..=100))?;
        let query = format!("?page={page}&page_size={page_size}");
        self.0.plain(Method::GET, &query, WebhookList::read)
    }

    /// Tells of one webhook, without its secret.
    ///
    /// # Errors
    ///
    /// `webhook id`, where a path cannot hold it.
    pub fn get(&self, id: &str) -> Result<Call<Webhook>, RequestError> {
        self.0.plain(Method::GET, &one(id, "")?, Webhook::read)
    }

    /// Switches a webhook on or off. The provider switches one off after ten failures in a row; this
    /// is the way back.
    ///
    /// # Errors
    ///
    /// `webhook id`, where a path cannot hold it.
    pub fn set_active(&self, id: &str, is_active: bool) -> Result<Call<Webhook>, RequestError> {
        let path = one(id, "/toggle-status")?;
        let body = json!({ "is_active": is_active });
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

    /// Gives the webhook another secret, up to ten times a minute. The old one is invalid at once, and
    /// deliveries under way may still be signed with it, so have the receiver take both for a while.
    ///
    /// # Errors
    ///
    /// `webhook id`, where a path cannot hold it.
    pub fn rotate_secret(&self, id: &str) -> Result<Call<Rotated>, RequestError> {
        let path = one(id, "/rotate-secret")?;
        self.0.call(Method::POST, &path, &json!({}), Rotated::read)
    }

    /// Has a test event delivered, once. `event_type` is an event's whole name, such as
    /// `message.sent`.
    ///
    /// # Errors
    ///
    /// `webhook id`, where a path cannot hold it, and `event_type`, where it is blank.
    pub fn send_test(
        &self,
        id: &str,
        event_type: &str,
    ) -> Result<Call<TestDelivery>, RequestError> {
        let path = one(id, "/test")?;
        let body = json!({ "event_type": not_blank("event_type", event_type)? });
        self.0.call(Method::POST, &path, &body, TestDelivery::read)
    }
}
