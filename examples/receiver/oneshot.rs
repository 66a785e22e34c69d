//! Without options: the five providers on this machine, webhooks created at each, every example event
//! delivered by them, then replays and a set of forgeries; and a table of what became of them.

use std::collections::BTreeMap;
use std::error::Error;
use std::future::pending;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use axum::http::header::RETRY_AFTER;
use hookproof::replay::ReplayStore;
use hookproof::{Endpoint, Secret, Verifier};
use tokio::net::TcpListener;

use crate::client;
use crate::corpus::{self, Example};
use crate::deliveries::{Author, Delivery};
use crate::presets::{self, Preset};
use crate::sandbox::{Providers, Webhook};
use crate::server;
use crate::table::{Outcome, Table};
use crate::typed::{self, Handled};

type BoxError = Box<dyn Error + Send + Sync>;

/// Above the examples, and small, so that the oversized body need not be large.
const MAX_BODY: usize = 64 * 1024;

/// Whether everything was as it should be.
pub(crate) async fn run(store: Arc<dyn ReplayStore>) -> Result<bool, BoxError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let receiver = listener.local_addr()?;
    let providers = Providers::start().await?;
    let accounts = accounts(&providers, receiver).await?;

    let handled = Handled::default();
    let app = typed::router(handled.clone(), |scheme| {
        let secret = Secret::new(accounts[scheme.slug()].secret());
        Endpoint::builder(scheme.slug(), Verifier::new(scheme, secret)?)
            .body_limit(MAX_BODY)
            .replay(Arc::clone(&store))
            .build()
    })?;
    tokio::spawn(server::serve(listener, app, pending()));

    let run = Run {
        receiver,
        providers,
        handled,
    };
    Table::head()?;
    let mut table = Table::default();
    for preset in &presets::ALL {
        run.preset(preset, &accounts[preset.slug()], &mut table)
            .await?;
    }
    table.tally()?;
    Ok(table.is_right())
}

/// Where a preset's secret comes from.
enum Account {
    /// A webhook that was created.
    Webhook(Webhook),
    /// A text of chance.
    Text(String),
}

impl Account {
    fn secret(&self) -> &str {
        match self {
            Self::Webhook(webhook) => webhook.secret.expose(),
            Self::Text(text) => text,
        }
    }

    /// The endpoint's id at the provider, where it has one.
    fn endpoint(&self) -> &str {
        match self {
            Self::Webhook(webhook) => &webhook.id,
            Self::Text(_) => "",
        }
    }
}

/// An account for each preset, by its slug.
async fn accounts(
    providers: &Providers,
    receiver: SocketAddr,
) -> Result<BTreeMap<&'static str, Account>, BoxError> {
    let mut accounts = BTreeMap::new();
    for preset in &presets::ALL {
        let account = match preset.provider {
            Some(provider) => {
                let url = format!("http://{receiver}{}", preset.path());
                Account::Webhook(providers.register(provider, url).await?)
            }
            None => Account::Text(preset.form.random()?),
        };
        accounts.insert(preset.slug(), account);
    }
    Ok(accounts)
}

/// Who takes part.
struct Run {
    receiver: SocketAddr,
    providers: Providers,
    handled: Handled,
}

impl Run {
    /// All that is sent under one preset.
    async fn preset(
        &self,
        preset: &'static Preset,
        account: &Account,
        table: &mut Table,
    ) -> Result<(), BoxError> {
        let author = Author::new(preset, account.secret(), account.endpoint())?;
        let examples = corpus::examples(preset.corpus)?;
        let first = examples.first().ok_or("no example bodies")?;
        let mut handled = Vec::new();
        for example in &examples {
            let delivery = author.genuine(example)?;
            let outcome = match account {
                Account::Webhook(webhook) => self.by_provider(webhook, example).await?,
                Account::Text(_) => self.by_author(&delivery).await,
            };
            table.row(&delivery, &outcome)?;
            handled.push(delivery);
        }
        let mut others = author.replays(handled.first().ok_or("no example bodies")?)?;
        others.extend(author.forgeries(first, MAX_BODY)?);
        for delivery in &others {
            table.row(delivery, &self.by_author(delivery).await)?;
        }
        Ok(())
    }

    /// Has the webhook's provider deliver an example.
    async fn by_provider(&self, webhook: &Webhook, example: &Example) -> Result<Outcome, BoxError> {
        let started = Instant::now();
        let status = self.providers.deliver(webhook, example).await?;
        Ok(Outcome {
            status,
            retry_after: false,
            events: self.handled.take(),
            took: started.elapsed(),
        })
    }

    /// Sends a delivery that no provider sends, or sends so.
    async fn by_author(&self, delivery: &Delivery) -> Outcome {
        let started = Instant::now();
        let answer = client::send(self.receiver, delivery).await;
        let took = started.elapsed();
        if let Err(error) = &answer {
            eprintln!("{} {}: {error}", delivery.preset.slug(), delivery.title);
        }
        let answer = answer.ok();
        Outcome {
            status: answer.as_ref().map(|answer| answer.status()),
            retry_after: answer.is_some_and(|answer| answer.headers().contains_key(RETRY_AFTER)),
            events: self.handled.take(),
            took,
        }
    }
}
