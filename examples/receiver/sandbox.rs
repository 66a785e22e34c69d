//! The five providers, played by a sandbox on this machine: the receiver creates its webhooks with them
//! as it would with the real ones, and they deliver to it.

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};

use axum::http::StatusCode;
use hookproof::Secret;
use hookproof::subscribe::{ApiKey, Call, jetemail, mailingapi, sendkit, sendmux, sent};
use hookproof_sandbox::{Emit, Outcome, Provider, Running, Sandbox};

use crate::client;
use crate::corpus::Example;

type BoxError = Box<dyn Error + Send + Sync>;

/// Where a name has to be given.
const NAME: &str = "receiver";

/// The providers.
#[derive(Debug)]
pub(crate) struct Providers(Running);

/// A webhook at one of them.
#[derive(Debug)]
pub(crate) struct Webhook {
    provider: Provider,
    pub(crate) id: String,
    /// From the answer to the request that created it.
    pub(crate) secret: Secret,
}

impl Providers {
    pub(crate) async fn start() -> Result<Self, BoxError> {
        let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let sandbox = Sandbox::default().start(anywhere).await?;
        Ok(Self(sandbox))
    }

    /// Creates a webhook for all events.
    pub(crate) async fn register(
        &self,
        provider: Provider,
        url: String,
    ) -> Result<Webhook, BoxError> {
        let base = self.0.url(provider);
        let key = ApiKey::new("any-key-will-do-here")?;
        let (id, secret) = match provider {
            Provider::Sendmux => {
                use sendmux::{Api, CreateWebhook, EventType};
                let webhook = CreateWebhook::new(url, EventType::ALL.iter().cloned());
                let created = self.ask(Api::new(key).at(&base)?.create(&webhook)?).await?;
                (created.webhook.id, created.secret)
            }
            Provider::MailingApi => {
                use mailingapi::{Api, CreateWebhook, EventType};
                let webhook = CreateWebhook::new(url, EventType::ALL.iter().cloned());
                let created = self.ask(Api::new(key).at(&base)?.create(&webhook)?).await?;
                (created.webhook.id, created.secret)
            }
            Provider::SendKit => {
                use sendkit::{Api, CreateWebhook, EventType};
                let webhook = CreateWebhook::new(NAME, url, EventType::ALL.iter().cloned());
                let created = self.ask(Api::new(key).at(&base)?.create(&webhook)?).await?;
                (created.webhook.id, created.secret)
            }
            Provider::JetEmail => {
                use jetemail::{Api, CreateWebhook, EventType};
                let webhook = CreateWebhook::new(NAME, url, EventType::ALL.iter().cloned());
                let created = self.ask(Api::new(key).at(&base)?.create(&webhook)?).await?;
                (created.webhook.id, created.secret)
            }
            Provider::Sent => {
                use sent::{Api, CreateWebhook, EventType};
                let webhook = CreateWebhook::new(NAME, url, EventType::ALL.iter().cloned());
                let created = self.ask(Api::new(key).at(&base)?.create(&webhook)?).await?;
                (created.webhook.id, created.secret)
            }
            other => return Err(format!("nothing is known of creating webhooks at {other}").into()),
        };
        Ok(Webhook {
            provider,
            id,
            secret,
        })
    }

    /// Has a webhook's provider deliver an example, and gives the receiver's answer. It is sent once:
    /// here an answer that would have it sent again is wrong.
    pub(crate) async fn deliver(
        &self,
        webhook: &Webhook,
        example: &Example,
    ) -> Result<Option<StatusCode>, BoxError> {
        let body = String::from_utf8(example.body.to_vec())?;
        let mut emit = Emit::default().subscription(&webhook.id).body(body).once();
        emit.event.clone_from(&example.name);
        let deliveries = self.0.emit(webhook.provider, &emit)?;
        let number = *deliveries.first().ok_or("nothing was delivered")?;
        self.0.settled(number).await;
        let lines = self.0.log();
        let answer = lines.iter().rfind(|line| line.delivery == number);
        Ok(match answer.map(|line| &line.outcome) {
            Some(Outcome::Answered { status, .. }) => StatusCode::from_u16(*status).ok(),
            _ => None,
        })
    }

    /// Sends a call, and reads the answer to it.
    async fn ask<T>(&self, call: Call<T>) -> Result<T, BoxError> {
        let (request, reply) = call.into_parts();
        let answer = client::ask(self.0.address(), request).await?;
        Ok(reply.read(&answer)?)
    }
}
