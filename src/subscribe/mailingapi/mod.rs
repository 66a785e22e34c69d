//! MailingAPI's webhooks: creating, listing, changing and deleting them.
//!
//! Read from the provider's [API reference] and its [guide to errors]. The requests, their answers
//! and the error codes are documented there. Assumed are the status of each of the four codes that
//! are the webhooks' own, and that a creation is answered with 201: the codes decide, and any status
//! of success is taken. One rule is this crate's: the URL has to be `https`, as documented, unless it
//! is this machine (`localhost` or a loopback address), which only a sandbox can reach.
//!
//! No request is known that rotates a secret or sends a test: create another webhook, and delete the
//! first.
//!
//! | method | request | answer |
//! |---|---|---|
//! | [`Api::create`] | `POST /v1/webhooks` | [`Created`] |
//! | [`Api::list`] | `GET /v1/webhooks` | a list of [`Webhook`] |
//! | [`Api::get`] | `GET /v1/webhooks/{id}` | [`Webhook`], with its [`Stats`] |
//! | [`Api::update`] | `PATCH /v1/webhooks/{id}` | [`Webhook`] |
//! | [`Api::delete`] | `DELETE /v1/webhooks/{id}` | nothing |
//!
//! # Example
//!
//! ```
//! use hookproof::subscribe::ApiKey;
//! use hookproof::subscribe::mailingapi::{Api, CreateWebhook, EventType};
//! use hookproof::{Verifier, providers};
//!
//! let api = Api::new(ApiKey::new("example_key")?);
//! let webhook = CreateWebhook::new(
//!     "https://app.example.com/webhooks/mailingapi",
//!     [EventType::Delivered, EventType::Bounced],
//! );
//! let (request, reply) = api.create(&webhook.description("Production"))?.into_parts();
//! assert_eq!(request.uri(), "https://api.mailingapi.com/v1/webhooks");
//!
//! // Your HTTP client sends the request. This is what comes back:
//! let response = http::Response::builder().status(201).body(
//!     r#"{"id":"wh_abc123","url":"https://app.example.com/webhooks/mailingapi",
//!         "events":["delivered","bounced"],"description":"Production",
//!         "secret":"whsec_Q5VvFg7vvDnxI1xq9NwKUlqq4Ar-lmAgJ5QzFWSkEGc",
//!         "status":"active","created_at":"2024-01-15T10:00:00Z"}"#,
//! )?;
//! let created = reply.read(&response)?;
//! assert_eq!(created.webhook.id, "wh_abc123");
//! let verifier = Verifier::new(&providers::MAILINGAPI, created.secret)?;
//! # let _ = verifier;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [API reference]: https://mailingapi.com/docs/api-webhooks
//! [guide to errors]: https://mailingapi.com/docs/errors

mod create;
mod reply;
mod settings;
mod update;
mod webhook;

pub use create::{CreateWebhook, Created};
pub use update::UpdateWebhook;
pub use webhook::{EventType, Stats, Status, Webhook};

use http::Method;
use http::header::AUTHORIZATION;

use super::base::{Base, one};
use super::{ApiKey, Call, RequestError};

/// MailingAPI's API, with a key of an account.
#[derive(Debug)]
pub struct Api(Base);

impl Api {
    /// The API at `https://api.mailingapi.com`. The key goes into the header `Authorization`.
    #[must_use]
    pub fn new(key: ApiKey) -> Self {
        let url = "https://api.mailingapi.com";
        let path = "/v1/webhooks";
        Self(Base::new(url, path, key, AUTHORIZATION, "Bearer "))
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

    /// Creates a webhook. Its secret is shown in the answer and never again. The provider takes no
    /// idempotency key: where no answer came, [`list`](Self::list) tells whether to ask again.
    ///
    /// # Errors
    ///
    /// The first field that breaks a constraint; [`CreateWebhook`] has them.
    pub fn create(&self, webhook: &CreateWebhook) -> Result<Call<Created>, RequestError> {
        self.0
            .call(Method::POST, "", &webhook.body()?, Created::read)
    }

    /// Lists the webhooks of the account.
    ///
    /// # Errors
    ///
    /// None that can be told beforehand.
    pub fn list(&self) -> Result<Call<Vec<Webhook>>, RequestError> {
        self.0.plain(Method::GET, "", Webhook::read_list)
    }

    /// Tells of one webhook and of what it delivered, without its secret.
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
        self.0.plain(Method::DELETE, &one(id, "")?, reply::deleted)
    }
}
